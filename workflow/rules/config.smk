"""Reads config.yaml, and the files laid over it, once for their errors alone."""

from snakemake.exceptions import WorkflowError

from folklore.execution.errors import UserError
from folklore.schema.yaml_file import read_yaml

try:
    read_yaml(Path(workflow.basedir, "config.yaml"), "config.yaml")
    for file in workflow.overwrite_configfiles:
        read_yaml(Path(file))
except UserError as error:
    raise WorkflowError(str(error)) from None
