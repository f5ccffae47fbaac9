"""Compose the section of a study from the study and the files of its rules."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas

from folklore.analysis.metrics_table import MetricsTable
from folklore.execution.files import read_json
from folklore.report import results
from folklore.report.page import DescribedDataset, Failure, Figure, PageTable, Section
from folklore.report.protocol import protocol
from folklore.report.selections import optimism, selections
from folklore.report.variant import ReportedVariant
from folklore.schema.figures import FigureSpec
from folklore.schema.recipe import Recipe
from folklore.schema.study import Study
from folklore.schema.verdict import Verdict
from folklore.wording.figures import count_words
from folklore.wording.numbers import NOTHING, setting


def compose(
    name: str,
    study: Study,
    edition: str,
    scale: str,
    figures: dict[str, dict[str, str]],
    failures: Sequence[Failure],
    runs: pandas.DataFrame,
    facts: dict[str, Any],
    metrics: MetricsTable,
    verdicts: Sequence[Verdict],
) -> Section:
    variants = _variants(runs, facts)
    data = _data(variants)
    chosen = results.chosen_by_validation(runs, variants)
    comparable = _comparable(scale, any(origin.stand_in for origin in data))
    seeds = count_words(runs["seed"].nunique(), "seed")
    return Section(
        name=name,
        title=study.title,
        question=study.question,
        reference=study.reference,
        scale=scale,
        edition=edition,
        protocol=protocol(variants, sorted(int(seed) for seed in runs["seed"].unique()), study.probes),
        variants=results.settings_table(variants),
        layers=_layers(variants),
        results=results.results(runs, [variant.name for variant in chosen]),
        chosen=tuple(results.sentence_on_the_chosen(runs, variant) for variant in chosen),
        selections=selections(metrics, study.selections),
        optimism=optimism(metrics, study.selections),
        diverged=results.diverged(runs),
        failures=tuple(failures),
        published=results.published(metrics, study.published, comparable),
        figures=tuple(_figure(key, study.figures[key], paths, seeds) for key, paths in figures.items()),
        verdicts=tuple(verdicts),
        defects=study.defects,
        notes=study.notes,
        data=data,
        environments=tuple(sorted(runs["environment"].dropna().unique())),
    )


def read_verdicts(path: Path) -> list[Verdict]:
    return [Verdict.model_validate(verdict) for verdict in read_json(path)]


def _variants(runs: pandas.DataFrame, facts: dict[str, Any]) -> list[ReportedVariant]:
    """Return variants in study order, untrained ones last."""
    names = dict.fromkeys([*runs["variant"].unique(), *facts])
    return [ReportedVariant(name, Recipe.model_validate(facts[name]["settings"]), facts[name]) for name in names]


def _figure(name: str, drawing: FigureSpec, paths: dict[str, str], seeds: str) -> Figure:
    return Figure(
        name=name,
        caption=drawing.caption.replace("{seeds}", seeds),
        svg=paths["svg"],
        pdf=paths["pdf"],
        sha256=hashlib.sha256(Path(paths["svg"]).read_bytes()).hexdigest(),
        redraw=f"snakemake --cores 1 {paths['svg']}",
    )


def _comparable(scale: str, stand_in: bool) -> str:
    """Return the reason why measured and published values are not comparable; empty if they are."""
    if stand_in:
        return " Measured on stand-in data: not comparable."
    return _SMALLER.get(scale, "")


_SMALLER = {
    "demo": " Measured at demo scale: not comparable.",
    "reduced": " Measured with fewer examples and epochs than published: limited comparability.",
}


def _layers(variants: Sequence[ReportedVariant]) -> tuple[PageTable, ...]:
    """Return one table per distinct network."""
    groups: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for variant in variants:
        groups.setdefault(tuple(_layer(row) for row in variant.facts["layers"]), []).append(variant.name)
    columns = ("layer", "kind", "output", "activation", "parameters", "multiply-adds")
    return tuple(
        PageTable(
            caption="Layers of the network" + (f": {'; '.join(names)}" if len(names) < len(variants) else ""),
            columns=columns,
            rows=rows,
        )
        for rows, names in groups.items()
        if rows
    )


def _layer(row: dict[str, Any]) -> tuple[str, ...]:
    counts = (setting(row["parameters"]), setting(row["macs"]))
    return row["layer"], row["kind"], row["output"], row["activation"] or NOTHING, *counts


def _data(variants: Sequence[ReportedVariant]) -> tuple[DescribedDataset, ...]:
    """Return one entry per dataset, with its splits."""
    splits: dict[str, dict[str, None]] = {}
    for variant in variants:
        split = variant.facts["split"]
        splits.setdefault(variant.facts["dataset"]["sha256"], {})[f"{split['sha256']} (seed {split['seed']})"] = None
    datasets = {variant.facts["dataset"]["sha256"]: variant.facts["dataset"] for variant in variants}
    return tuple(_origin(known, tuple(splits[sha256])) for sha256, known in datasets.items())


def _origin(known: dict[str, Any], splits: tuple[str, ...]) -> DescribedDataset:
    kept = {key: known[key] for key in ("name", "source", "stand_in", "description", "licence", "sha256")}
    places = tuple(
        f"{item['place']}, SHA-256 {item['sha256']}" if item["sha256"] else item["place"] for item in known["origin"]
    )
    return DescribedDataset(**kept, origin=places, splits=splits)
