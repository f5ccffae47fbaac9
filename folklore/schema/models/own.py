"""Own: a model of the user's, built by a function in a Python file that the study names."""

import ast
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from folklore.execution.errors import unknown
from folklore.schema.models.layer_cost import LayerCost
from folklore.schema.models.model_settings import ModelSettings

# The parameters that folklore fills in; the others are settings.
_GIVEN = 2
_ASSUMED = LayerCost(multiply_adds=50_000_000, parameters=1_000_000, outputs=500_000)


class Own(ModelSettings):
    name: Literal["own"]
    build: Annotated[str, Field(pattern=r"^.+\.py:[A-Za-z_]\w*$")]  # file, relative to the working directory: function
    settings: dict[str, Any] = {}

    suits_gpu = True
    phrase = "The study’s own network, as {build} returns it{listed_settings: with {listed_settings}}."

    @property
    def listed_settings(self) -> str | None:
        return ", ".join(f"{key} = {value}" for key, value in self.settings.items()) or None

    @property
    def initial_weights(self) -> str:
        return f"As {self.build} leaves them."

    @property
    def files(self) -> tuple[Path, ...]:
        return (Path(self.build.partition(":")[0]),)

    @property
    def layers(self) -> None:
        """Unknown until the network is built."""

    def layer_costs(self, shape: tuple[int, ...], classes: int) -> list[LayerCost]:  # noqa: ARG002
        """Assume a network of a million parameters."""
        return [_ASSUMED]

    def code_error(self) -> str | None:
        """Read the file without running it; an imported or computed builder is checked when a run starts."""
        (file,), name = self.files, self.build.partition(":")[2]
        if not file.is_file():
            return f"build: {file} does not exist in {Path.cwd()}. Create the file or correct its path"
        try:
            body = ast.parse(file.read_bytes()).body
        except SyntaxError as error:
            return f"build: {file}: line {error.lineno}: {error.msg}"
        names = {name for statement in body for name in _bound_names(statement)}
        if name not in names:
            return f"build: {file}: {unknown('function', name, names)}"
        function = next((each for each in body if isinstance(each, ast.FunctionDef) and each.name == name), None)
        return function and self._settings_error(function.args)

    def _settings_error(self, parameters: ast.arguments) -> str | None:
        positional = [each.arg for each in parameters.posonlyargs + parameters.args]
        keywords = [each.arg for each in parameters.kwonlyargs]
        required = positional[: len(positional) - len(parameters.defaults)][_GIVEN:]
        required += [key for key, default in zip(keywords, parameters.kw_defaults, strict=True) if default is None]
        known = positional[_GIVEN:] + keywords
        foreign = [] if parameters.kwarg else [key for key in self.settings if key not in known]
        if foreign:
            return f"settings: {unknown(f'parameter of {self.build}', foreign[0], known)}"
        missing = [key for key in required if key not in self.settings]
        return f"settings: {self.build} needs {', '.join(missing)}. Add each with its value" if missing else None


def _bound_names(statement: ast.stmt) -> list[str]:
    """Return the names that a statement defines at the top of a file."""
    match statement:
        case ast.FunctionDef() | ast.ClassDef():
            return [statement.name]
        case ast.Import() | ast.ImportFrom():
            return [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
