"""Numbers as they stand in a text: no more digits than are known, a true minus sign, thousands set apart."""

import math
from collections.abc import Sequence

NOTHING = "–"
_TINY = 0.0001  # below that, zeros behind the point hide what there is, and a power of ten says it


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
    return together(value)[0]


def together(*values: float | None) -> list[str]:
    """All with the same number of decimals, which suits the largest of them, and the same power of ten."""
    power = _power(values, _TINY)
    return [_scaled(value, _decimals(values) if not power else 2, power) for value in values]


def interval(effect: float | None, low: float | None, high: float | None) -> str:
    effect_, low_, high_ = together(effect, low, high)
    return effect_ if low is None or high is None else f"{effect_} [{low_}, {high_}]"


def estimate(mean: float | None, half: float | None) -> str:
    """mean ± half, two digits of the half kept."""
    if mean is None or not half:
        return measured(mean)
    if power := _power([mean, half], 10 * _TINY):
        return f"({_estimate(mean / 10**power, half / 10**power)}) × {_ten(power)}"
    return _estimate(mean, half)


def probability(p: float | None) -> str:
    if p is None:
        return NOTHING
    return "< 0.001" if p < 0.001 else f"= {p:.2g}" if p < 0.01 else f"= {p:.3f}"


def _estimate(mean: float, half: float) -> str:
    most = 3 if max(abs(mean), half) >= 0.01 else 5
    decimals = min(max(1 - math.floor(math.log10(half)), 0), most)
    return f"{_fixed(mean, decimals)} ± {_fixed(half, decimals)}"


def _power(values: Sequence[float | None], tiny: float) -> int:
    """Of ten, of the largest of numbers that are all tiny; else 0."""
    largest = max((abs(value) for value in values if value is not None), default=0)
    return int(f"{largest:.2e}".partition("e")[2]) if 0 < largest < tiny else 0


def _scaled(value: float | None, decimals: int, power: int) -> str:
    if not value or not power:
        return _fixed(value, 0 if power else decimals)
    return f"{_fixed(value / 10**power, decimals)} × {_ten(power)}"


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
    return _ten(int(exponent)) if mantissa == "1" else f"{mantissa} × {_ten(int(exponent))}"


def _ten(power: int) -> str:
    return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
