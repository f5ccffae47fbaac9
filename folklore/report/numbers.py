"""Numbers as they stand in a text: no more digits than are known, a true minus sign, thousands set apart."""

import math
from collections.abc import Sequence

NOTHING = "–"


def setting(value: object) -> str:
    """A chosen value, written as it was chosen."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _signed(f"{value:,}")
    if isinstance(value, float):
        return _signed(_powers(f"{value + 0.0:g}"))  # −0.0 is 0
    if isinstance(value, list | tuple):
        return ", ".join(setting(item) for item in value)
    return str(value)


def measured(value: float | None) -> str:
    return _fixed(value, _decimals([value]))


def together(*values: float | None) -> list[str]:
    """All with the same number of decimals, which suits the largest of them."""
    return [_fixed(value, _decimals(values)) for value in values]


def interval(effect: float | None, low: float | None, high: float | None) -> str:
    effect_, low_, high_ = together(effect, low, high)
    return effect_ if low is None or high is None else f"{effect_} [{low_}, {high_}]"


def estimate(mean: float | None, half: float | None) -> str:
    """mean ± half, two digits of the half kept."""
    if mean is None or not half:
        return measured(mean)
    decimals = min(max(1 - math.floor(math.log10(half)), 0), 3)
    return f"{_fixed(mean, decimals)} ± {_fixed(half, decimals)}"


def probability(p: float | None) -> str:
    if p is None:
        return NOTHING
    return "< 0.001" if p < 0.001 else f"= {p:.2g}" if p < 0.01 else f"= {p:.3f}"


def _decimals(values: Sequence[float | None]) -> int:
    largest = max((abs(value) for value in values if value is not None), default=0)
    return min(max(2 - math.floor(math.log10(largest)), 0), 6) if largest else 0


def _fixed(value: float | None, decimals: int) -> str:
    if value is None:
        return NOTHING
    text = f"{value:,.{decimals}f}"
    return _signed(text if float(text.replace(",", "")) else text.lstrip("-"))


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _powers(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return mantissa
    power = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{power}" if mantissa == "1" else f"{mantissa} × 10{power}"
