"""Paths: where the workflow keeps the files of a plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from folklore.execution.in_progress import folder_of
from folklore.plan.identity import dataset_id, split_id
from folklore.plan.plan import Plan, PlannedStudy, Variant
from folklore.schema.figures import FORMATS, FigureSpec
from folklore.schema.recipe import Run


@dataclass(frozen=True)
class Paths:
    """`failures`: files that failed jobs could not make → why; the inputs of the report do without them."""

    plan: Plan
    failures: Mapping[str, str] = field(default_factory=dict)

    @property
    def results(self) -> str:
        return self.plan.config.results

    @cached_property
    def edition(self) -> str:
        return f"{self.results}/{self.plan.config.edition}"

    def available(self, paths: Iterable[str]) -> list[str]:
        return [path for path in paths if path not in self.failures]

    # Of a run, by the identity of its recipe, and of the data that it learns from.

    def run(self, recipe: str, seed: int | str) -> str:
        return f"{self.results}/runs/{recipe}/{seed}"

    def arrays(self, recipe: str) -> str:
        return f"{self._datasets[recipe]}.npz"

    def provenance(self, recipe: str) -> str:
        return f"{self._datasets[recipe]}.json"

    def indices(self, recipe: str) -> str:
        return f"{self.results}/splits/{self._splits[recipe]}.npz"

    def resume(self, recipe: str, seed: int | str) -> str:
        """Return a folder that no rule declares: Snakemake deletes the declared files of a job that failed."""
        return folder_of(self.results, recipe, seed)

    def parents(self, recipe: str, seed: str) -> dict[str, list[str]]:
        """Return the weights that each edge of a recipe starts from; an empty list where it has no such edge."""
        edges = self.plan.recipes[recipe].parents.edges
        return {name: self._weights(edges.get(name), seed) for name in ("weights", "mask")}

    def teacher_logits(self, recipe: str, seed: str) -> list[str]:
        teacher = self.plan.recipes[recipe].parents.teacher
        if teacher is None:
            return []
        run = self.run(teacher.recipe, teacher.seed_of(seed))
        return [f"{run}/logits/{teacher.checkpoint}/{self._splits[recipe]}.safetensors"]

    def dataset_of_split(self, split: str) -> str:
        """Return the path without its ending."""
        return f"{self.results}/data/{dataset_id(self.plan.splits[split])}"

    # Of a study.

    def scores(self, runs: Iterable[Run]) -> list[str]:
        return [f"{self.run(run.recipe, run.seed)}/scores.json" for run in runs]

    def scores_of_all_runs(self) -> list[str]:
        runs = {(run.recipe, run.seed): run for study in self.plan.studies.values() for run in study.runs}
        return self.available(self.scores(runs[key] for key in sorted(runs)))

    def probe(self, variant: Variant, seed: int, probe: str, ending: str) -> str:
        return f"{self.run(variant.id, seed)}/probes/{probe}.{ending}"

    def probes(self, study: PlannedStudy) -> list[str]:
        asked = ((probe, study.variants[name]) for probe, names in study.probed.items() for name in names)
        return [self.probe(variant, seed, probe, "csv") for probe, variant in asked for seed in study.seeds]

    def data(self, study: PlannedStudy) -> dict[str, list[str]]:
        """Return the JSON files of the datasets and of the splits that the variants learn from."""
        data = [variant.recipe.data for variant in study.variants.values()]
        return {
            "data": sorted({f"{self.results}/data/{dataset_id(each)}.json" for each in data}),
            "splits": sorted({f"{self.results}/splits/{split_id(each)}.json" for each in data}),
        }

    def table(self, study: str, name: str) -> str:
        return f"{self.edition}/tables/{study}/{name}"

    def figures(self, study: PlannedStudy) -> dict[str, dict[str, str]]:
        """Map each figure that could be drawn to its path by format."""
        stem = f"{self.edition}/figures/{study.name}"
        paths = {name: {kind: f"{stem}/{name}.{kind}" for kind in FORMATS} for name in study.study.figures}
        return {name: by_format for name, by_format in paths.items() if by_format["svg"] not in self.failures}

    def pictures(self, study: PlannedStudy, drawing: FigureSpec) -> list[str]:
        """Return the arrays of the probe that a figure shows, one file for each of its variants, of the first seed."""
        if not drawing.shows:
            return []
        variants = (study.variants[name] for name in study.shown(drawing))
        return [self.probe(variant, study.seeds[0], drawing.shows, "npz") for variant in variants]

    def section(self, study: str) -> str:
        return f"{self.edition}/report/sections/{study}.json"

    def sections(self) -> list[str]:
        return self.available(map(self.section, self.plan.studies))

    # What failed.

    def inputs_left_out(self, study: PlannedStudy) -> list[str]:
        """Return the scores and answers of probes that a study's tables do without."""
        return [path for path in (*self.scores(study.runs), *self.probes(study)) if path in self.failures]

    def failed_in(self, study: PlannedStudy) -> dict[str, str]:
        """Map what failed in a study to the reason. A probe of a failed run is not mentioned."""
        found: dict[str, str] = {}
        for variant in study.variants.values():
            for seed in study.seeds:
                run = f"{variant.name}, seed {seed}"
                parts = {run: f"{self.run(variant.id, seed)}/scores.json"}
                parts |= {f"probe {name} of {run}": self.probe(variant, seed, name, "csv") for name in study.probed}
                failed = {part: self.failures[path] for part, path in parts.items() if path in self.failures}
                found |= {run: failed[run]} if run in failed else failed
        for name in study.study.figures:
            if reason := self.failures.get(f"{self.edition}/figures/{study.name}/{name}.svg"):
                found[f"figure {name}"] = reason
        return found

    def studies_without_section(self) -> dict[str, str]:
        """Map each study whose section could not be written to the reason."""
        sections = {study: self.section(study) for study in self.plan.studies}
        return {study: self.failures[path] for study, path in sections.items() if path in self.failures}

    def _weights(self, edge, seed: str) -> list[str]:
        if edge is None:
            return []
        if edge.recipe is None:
            return [f"{self.results}/pretrained/{edge.pretrained}.safetensors"]
        return [f"{self.run(edge.recipe, edge.seed_of(seed))}/weights.safetensors"]

    @cached_property
    def _datasets(self) -> dict[str, str]:
        """Recipe → path of its dataset without the ending; thousands of runs share a recipe."""
        return {name: f"{self.results}/data/{dataset_id(recipe.data)}" for name, recipe in self.plan.recipes.items()}

    @cached_property
    def _splits(self) -> dict[str, str]:
        return {name: split_id(recipe.data) for name, recipe in self.plan.recipes.items()}
