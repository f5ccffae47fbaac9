"""Draw the number of examples per class in the training, validation and test set."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from folklore.figures.rows import ABSENT, first_of, read_facts
from folklore.figures.style import FAINT, INK, PATCH, SMALL, TINY, empty, footnote, new_figure
from folklore.schema.config import Style
from folklore.schema.figures.facts import ClassDistribution
from folklore.wording.figures import count_words

_PARTS = {"train": "training", "validation": "validation", "test": "test"}
_MOST = 60  # classes of a page
_MANY = 15  # number of classes above which bars and letters are smaller


def draw(table: Path, drawing: ClassDistribution, style: Style, note: str) -> Figure:
    facts = read_facts(table, (drawing.variant,))
    if not facts:
        return empty(style, ABSENT, note)
    fact = facts[drawing.variant]
    counts, whole = fact["split"]["counts"], dict(enumerate(fact["dataset"]["classes"]))
    shown, omitted = first_of(whole, _MOST, "class")
    names = [str(name) for name in shown.values()]
    parts = [part for part in _PARTS if sum(counts.get(part, ()))]
    each = 0.15 if len(names) > _MANY else 0.22
    figure = new_figure(style, each * len(names) + 1.1)
    panels = figure.subplots(1, len(parts), sharey=True, squeeze=False).ravel()
    for axes, part, colour in zip(panels, parts, style.palette, strict=False):
        _panel(axes, _PARTS[part], counts[part], colour, style, len(names))
    panels[0].set_yticks(range(len(names)), names)
    panels[0].set_ylim(len(names) - 0.4, -0.6)  # the first class on top
    how = "stratified by class" if fact["split"].get("stratified") else "drawn at random"
    about = f"{count_words(len(whole), 'class')}; split {how} with seed {fact['split']['seed']}"
    footnote(figure, style, about, "dashed: all classes equal", "each set has its own axis", omitted, note)
    return figure


def _panel(axes: Axes, title: str, counts: list[int], colour: str, style: Style, shown: int) -> None:
    total = sum(counts)
    axes.barh(range(shown), counts[:shown], height=0.72, color=colour, alpha=0.8)
    axes.axvline(total / len(counts), color=INK, linewidth=1, linestyle=(0, (4, 3)))
    size = style.font_size * (TINY if shown > _MANY else SMALL)
    for place, count in enumerate(counts[:shown]):
        axes.annotate(
            f"{count:,}", (count, place), (3, 0), textcoords="offset points", va="center", fontsize=size, **PATCH
        )
    axes.set_xlim(0, 1.3 * (max(counts[:shown]) or 1))  # room for the numbers beyond the bars
    axes.set_title(title, loc="left", fontweight="bold")
    axes.set_title(count_words(total, "example"), loc="right", color=FAINT, fontsize=style.font_size * SMALL)
    axes.set_xlabel("examples")
    axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0, labelsize=size)
