"""Reads a study file such that as many of its errors as possible are reported at once."""

import re
from pathlib import Path

from folklore.execution.errors import UserError
from folklore.schema.file_names import study_name_error
from folklore.schema.study import Study
from folklore.schema.validation import validated
from folklore.schema.yaml_file import read_yaml


def study_files(folder: Path, errors: list[str]) -> dict[str, Path]:
    """Map the name of each study to its file; append an error for each file that Snakemake's rules cannot name.

    Editors and macOS leave files whose names begin with a dot; these are no studies.
    """
    found = {}
    for path in sorted(folder.glob("[!.]*.y*ml")):
        error = study_name_error(path.stem)
        if path.suffix == ".yml":
            error = "expected the ending .yaml; got .yml. Rename the file"
        if error:
            errors.append(f"{folder.name}/{path.name}: {error}")
        elif path.suffix == ".yaml":
            found[path.stem] = path
    return found


def read_study(path: Path, errors: list[str]) -> Study:
    """Return the study. One with errors is read again without the blocks in error, so that later errors show too."""
    where, before = f"{path.parent.name}/{path.name}", len(errors)
    try:
        content = read_yaml(path, where)
    except UserError as error:
        errors.append(str(error))
        content = {}
    study = validated(Study, content, where, errors) if len(errors) == before else None
    if study is not None:
        return study
    faulty = {re.split(r"[:.]", error.removeprefix(f"{where}: "))[0] for error in errors[before:]}
    if "claims" in faulty:
        faulty.add("defects")  # they refer to claims
    sound = {key: content[key] for key in Study.model_fields if key in content and key not in faulty}
    return validated(Study, {"title": "", "question": "", "reference": "", **sound}, where, []) or _NOTHING


_NOTHING = Study(title="", question="", reference="")
