"""FIGURES: kind → `draw(table, drawing, style, note)`, a matplotlib Figure drawn from one table of the study."""

FIGURES = {
    "curves": "folklore.figures.curves:draw",
    "comparison": "folklore.figures.comparison:draw",
    "single_runs": "folklore.figures.single_runs:draw",
    "profiles": "folklore.figures.profiles:draw",
    "table": "folklore.figures.table:draw",
    "schedules": "folklore.figures.schedules:draw",
    "class_distribution": "folklore.figures.class_distribution:draw",
    "architecture": "folklore.figures.architecture:draw",
    "trade_off": "folklore.figures.trade_off:draw",
}
