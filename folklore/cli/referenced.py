"""The results that the studies refer to, at every scale and for every data source."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from folklore.cli.checkout import STUDIES, Checkout
from folklore.plan.load import load_plan
from folklore.plan.plan import Plan
from folklore.schema.config import Config, Source

SCALES = get_args(Config.model_fields["scale"].annotation)
SOURCES = get_args(Source)


@dataclass
class Referenced:
    editions: frozenset[str]
    runs: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # recipe → seeds
    datasets: set[str] = field(default_factory=set)
    splits: set[str] = field(default_factory=set)
    weights: set[str] = field(default_factory=set)
    figures: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # study → figures

    def add(self, planned: Plan) -> None:
        self.datasets.update(planned.datasets)
        self.splits.update(planned.splits)
        for study in planned.studies.values():
            self.figures[study.name].update(study.study.figures)
            for run in study.runs:
                self._add_run(planned, run.recipe, run.seed)

    def _add_run(self, planned: Plan, recipe: str, seed: int) -> None:
        """Add a run and its parents, which may belong to studies and seeds that are not selected."""
        self.runs[recipe].add(seed)
        for edge in planned.recipes[recipe].parents.edges.values():
            if edge.recipe is None:
                self.weights.add(edge.pretrained)
            else:
                self._add_run(planned, edge.recipe, edge.seed_of(seed))


def named(checkout: Checkout) -> Referenced:
    """Collect references from the plans of all scales and data sources, so that none of their results is an orphan."""
    found = Referenced(frozenset(f"{scale}-{source}" for scale in SCALES for source in SOURCES))
    for settings in _settings(checkout.settings):
        found.add(load_plan(settings, STUDIES))
    return found


def _settings(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the settings of all plans: every scale, the default and the given seeds and data sources."""
    for scale in SCALES:
        for seeds in {str(given.get("seeds")): given.get("seeds"), "None": None}.values():
            for data in (given.get("data") or {}, {"source": "official"}, {"source": "embedded"}):
                yield given | {"scale": scale, "studies": "all", "seeds": seeds, "data": data}
