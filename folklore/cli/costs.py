"""Forecasts of the time of jobs, from earlier runs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from folklore.cli.checkout import Checkout
from folklore.cli.words import duration, hours
from folklore.cli.would_run import WouldRun
from folklore.plan.resources.demand import gains_from_gpu


@dataclass
class JobCost:
    """Every job takes one core; a training run that gains from a GPU takes a GPU too."""

    core: float = 0  # seconds
    gpu: float = 0
    sources: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        if set(self.sources) == {"not counted"}:
            return "never made before, so not counted"
        basis = ", ".join(f"{count:,} {source}" for source, count in self.sources.most_common())
        gpu = f", {duration(self.gpu)} of it with a GPU" if self.gpu else ""
        return f"{duration(self.core)}{gpu} ({basis})"

    def in_hours(self) -> str:
        return f"{hours(self.core)} core-hours, {hours(self.gpu)} GPU-hours"


@dataclass(frozen=True)
class Costs:
    checkout: Checkout
    jobs: Sequence[WouldRun]

    @cached_property
    def _usual(self) -> dict[str, float]:
        """Map each rule to the median of its jobs' last times."""
        by_rule: dict[str, list[float]] = defaultdict(list)
        for job in self.jobs:
            if job.seconds is not None:
                by_rule[job.rule].append(job.seconds)
        return {rule: median(known) for rule, known in by_rule.items()}

    def of(self, jobs: Iterable[WouldRun]) -> JobCost:
        total = JobCost()
        for job in jobs:
            seconds, source = self._seconds(job)
            total.core += seconds
            total.gpu += seconds if self._takes_gpu(job) else 0
            total.sources[source] += 1
        return total

    def _seconds(self, job: WouldRun) -> tuple[float, str]:
        if job.rule == "train_run":
            forecast = self.checkout.past.forecast(job.wildcards["recipe"])
            return forecast.seconds, forecast.source
        if job.seconds is not None:
            return job.seconds, "recorded"
        if job.rule in self._usual:
            return self._usual[job.rule], "similar"
        return 0.0, "not counted"

    def _takes_gpu(self, job: WouldRun) -> bool:
        trains = job.rule == "train_run" and self.checkout.plan.config.device != "cpu"
        return trains and gains_from_gpu(self.checkout.plan.recipes[job.wildcards["recipe"]])
