"""Resources that the jobs of a run request from a cluster: memory, time, a GPU, and a shared allocation."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from folklore.plan.plan import Plan
from folklore.plan.resources.demand import gains_from_gpu, memory_mb
from folklore.plan.resources.forecast import Forecast, RunHistory

SHORT = 20  # minutes of time limit up to which runs share an allocation


@dataclass(frozen=True)
class RunRequests:
    """All by the identity of a recipe."""

    plan: Plan
    _forecasts: dict[str, Forecast] = field(default_factory=dict, repr=False)

    @cached_property
    def _past(self) -> RunHistory:
        return RunHistory(Path(self.plan.config.results), self.plan.recipes)

    def device(self, recipe: str) -> str:
        """Return the configured device; `auto` takes a GPU for networks that gain from one."""
        asked, known = self.plan.config.device, self.plan.recipes[recipe]
        if known.network is None or (asked == "auto" and not gains_from_gpu(known)):
            return "cpu"
        return asked

    def gpus(self, recipe: str) -> int:
        return int(self.device(recipe) in ("auto", "cuda"))

    def memory_mb(self, recipe: str, attempt: int) -> int:
        return attempt * memory_mb(self.plan.recipes[recipe])

    def minutes(self, recipe: str, attempt: int) -> int:
        """Return a time limit."""
        if recipe not in self._forecasts:
            self._forecasts[recipe] = self._past.forecast(recipe)
        return self._forecasts[recipe].time_limit(attempt)

    def allocation(self, recipe: str) -> str | None:
        """Return the group of short runs, which share an allocation; None for a run with one of its own."""
        if self.minutes(recipe, 1) > SHORT:
            return None
        return "short_gpu_runs" if self.gpus(recipe) else "short_runs"
