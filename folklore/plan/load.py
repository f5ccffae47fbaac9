"""Reads config.yaml and every study file, validates them together and expands them into a plan."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from folklore.execution.errors import UserError, unknown
from folklore.plan.data_source import unknown_data_sets
from folklore.plan.error_list import listed_once
from folklore.plan.local_files import content_digest
from folklore.plan.plan import Plan
from folklore.plan.recordings import missing_recordings
from folklore.plan.references import unknown_names
from folklore.plan.resolver import VariantResolver
from folklore.plan.selections import exhausted
from folklore.plan.study_file import read_study, study_files
from folklore.plan.variant_names import ambiguous_names
from folklore.schema.config import Config
from folklore.schema.validation import validated


def load_plan(config: dict[str, Any], folder: Path, digest_of: Callable[[Path, Path], str] = content_digest) -> Plan:
    """Return the plan of every study in the folder. Raises UserError with all errors, one per line.

    `digest_of` takes the path of local data and the folder that keeps the digests of files.
    """
    errors: list[str] = []
    settings = validated(Config, config, "config.yaml", errors) or Config()
    studies = {name: read_study(path, errors) for name, path in study_files(folder, errors).items()}
    chosen = list(studies) if settings.studies == "all" else list(settings.studies)
    errors.extend(f"config.yaml: studies: {unknown('study', name, studies)}" for name in chosen if name not in studies)
    records = Path(settings.results, "contents")
    resolver = VariantResolver(settings, studies, errors, cache(lambda path: digest_of(Path(path), records)))
    planned = {name: resolver.planned(name) for name in studies}
    for name, study in studies.items():
        errors.extend(unknown_names(name, study))
        recipes = {variant.name: variant.recipe for variant in planned[name].variants.values()}
        claims, selections = planned[name].claims, planned[name].selections
        found = [
            *ambiguous_names(study),
            *exhausted(selections),
            *missing_recordings(study, claims, selections, recipes),
        ]
        errors.extend(f"studies/{name}.yaml: {error}" for error in found)
    errors.extend(unknown_data_sets(settings, resolver.recipes.values()))
    if errors:
        raise UserError("\n".join(listed_once(errors)))
    chosen_studies = {name: planned[name] for name in studies if name in chosen}
    return Plan(settings, chosen_studies, resolver.recipes)
