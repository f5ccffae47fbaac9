"""Results that are planted, so that it is known what the console has to say of them."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from checkouts import Checkout

from folklore.plan.load import load_plan
from folklore.plan.plan import Plan
from folklore.schema.recipe import Run


@dataclass(frozen=True)
class Planted:
    """A checkout in which nothing ran, and results that pretend otherwise."""

    checkout: Checkout
    results: Path = field(default=Path("results"))

    @cached_property
    def plan(self) -> Plan:
        return load_plan({}, self.checkout.path("studies"))

    def run(self, variant: str, seed: int = 1) -> Run:
        return Run(recipe=self.plan.studies["tiny"].variants[variant].id, seed=seed)

    def scores(self, run: Run, status: str = "finished", seconds: float = 1.0) -> Path:
        folder = self.results / "runs" / run.recipe / str(run.seed)
        folder.mkdir(parents=True)
        (folder / "cost.json").write_text(json.dumps({"seconds": seconds}))
        (folder / "scores.json").write_text(json.dumps({"status": status}))
        return folder

    def log(self, run: Run, text: str) -> None:
        path = self.results / "logs/train_run" / run.recipe / f"{run.seed}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def progress(self, run: Run, **told: object) -> Path:
        folder = self.results / "resume" / run.recipe / str(run.seed)
        folder.mkdir(parents=True)
        (folder / "lock").touch()
        (folder / "progress.json").write_text(json.dumps(told))
        return folder
