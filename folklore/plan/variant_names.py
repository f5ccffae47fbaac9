"""Names of variants: each means one recipe."""

from collections import Counter
from collections.abc import Iterator

from folklore.plan.variants import expand_variants
from folklore.schema.study import Study


def ambiguous_names(study: Study) -> Iterator[str]:
    """Yield one line per name that two variants have, a variant and a selection, or that is empty."""
    for scale in ("demo", "full"):
        points = Counter(point.name for point in expand_variants(study, scale))
        for name, count in points.items():
            if count > 1 and name not in study.variants:
                yield f"axes: two values are both called {name!r}. Remove one, or give the axis names for its values"
            elif count > 1:
                yield f"variants.{name}: a point of the grid has this name too. Rename the variant"
            if not name:
                yield "variants: expected a name; got ''. Give the variant a name"
        for name in study.reuse:
            if name in points:
                yield f"reuse.{name}: a variant of the study has this name too. Rename one of them"
        for name in study.selections:
            if name in points or name in study.reuse:
                yield f"selections.{name}: a variant has this name too. Rename the selection"
