"""What every figure says of the data that it was drawn from."""

from collections.abc import Iterable

from folklore.recipe import Data


def data_note(used: Iterable[Data]) -> str:
    """Such as `cifar10: stand-in data (embedded), 160–320 examples to train on`; a sentence a data set."""
    examples: dict[tuple[str, str], list[int]] = {}
    for data in used:
        examples.setdefault((data.name, data.source), []).append(data.train)
    return "; ".join(
        f"{name}: {_origin(source)}, {_span(counts)} examples to train on"
        for (name, source), counts in examples.items()
    )


def _origin(source: str) -> str:
    return "stand-in data (embedded)" if source == "embedded" else f"{source} data"


def _span(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
