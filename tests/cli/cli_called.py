"""The console, asked in this process."""

from click.testing import Result
from typer.testing import CliRunner

from folklore.cli.program import program


def ask(*arguments: str, answer: str | None = None) -> Result:
    """Asks the console in this process, on a terminal without colours."""
    return CliRunner(env={"COLUMNS": "140", "NO_COLOR": "1"}).invoke(program, list(arguments), input=answer)


def said(*arguments: str, answer: str | None = None) -> str:
    result = ask(*arguments, answer=answer)
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output
