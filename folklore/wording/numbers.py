"""Format numbers for text: significant digits, a minus sign, thousands separators, powers of ten."""

import math
from collections.abc import Sequence

NOTHING = "–"
# Numbers beyond these are written with a power of ten.
_TINY, _HUGE = 0.0001, 1e7
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def setting(value: object) -> str:
    """Format the value of a setting."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return format_number(f"{value:,}")
    if isinstance(value, float):
        return format_number(f"{value + 0.0:g}")  # −0.0 is 0
    if isinstance(value, list | tuple):
        return ", ".join(setting(item) for item in value)
    return str(value)


def measured(value: float | None) -> str:
    power = _power([value], _TINY)
    (text,) = together(value and value / 10**power)
    return f"{text} × {ten(power)}" if power else text


def number(value: float) -> str:
    """Return four digits, or all digits before the point for numbers below ten million."""
    value += 0.0  # −0 becomes 0
    return format_number(f"{value:,.0f}" if 10_000 <= abs(value) < 1e7 else f"{value:.4g}")


def exactly(value: float) -> str:
    """Return a number that a study file states, with the digits it was given with."""
    return format_number(f"{value + 0.0:.12g}")


def together(*values: float | None) -> list[str]:
    """Format all values with the same number of decimals, chosen for the largest."""
    decimals = _decimals(values)
    return [_fixed(value, decimals) for value in values]


def interval(effect: float | None, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return measured(effect)
    power = _power([effect, low, high], _TINY)
    effect_, low_, high_ = together(*(value and value / 10**power for value in (effect, low, high)))
    return _raised(f"{effect_} [{low_}, {high_}]", power)


def estimate(mean: float | None, half: float | None) -> str:
    """Format mean ± half-width, with two digits of the half-width."""
    if mean is None or not half:
        return measured(mean)
    power = _power([mean, half], 10 * _TINY)
    return _raised(_estimate(mean / 10**power, half / 10**power), power)


def probability(p: float | None) -> str:
    if p is None:
        return NOTHING
    return "< 0.001" if p < 0.001 else f"= {p:.2g}" if p < 0.01 else f"= {p:.3f}"


def _estimate(mean: float, half: float) -> str:
    most = 3 if max(abs(mean), half) >= 0.01 else 5
    decimals = min(max(1 - math.floor(math.log10(half)), 0), most)
    return f"{_fixed(mean, decimals)} ± {_fixed(half, decimals)}"


def _power(values: Sequence[float | None], tiny: float) -> int:
    """Return the common power of ten of values that are all tiny or of which one is huge; else 0."""
    largest = max((abs(value) for value in values if value is not None), default=0)
    return int(f"{largest:.2e}".partition("e")[2]) if 0 < largest < tiny or largest >= _HUGE else 0


def _raised(text: str, power: int) -> str:
    return f"({text}) × {ten(power)}" if power else text


def _decimals(values: Sequence[float | None]) -> int:
    largest = max((abs(value) for value in values if value is not None), default=0)
    return min(max(2 - math.floor(math.log10(largest)), 0), 6) if largest else 0


def _fixed(value: float | None, decimals: int) -> str:
    if value is None:
        return NOTHING
    text = f"{value:,.{decimals}f}"
    return format_number(text if float(text.replace(",", "")) else text.lstrip("-"))


def ten(power: int) -> str:
    return f"10{str(power).translate(_RAISED)}"


def format_number(text: str) -> str:
    """Rewrite a number that Python formatted, such as `-2.5e-07`, as −2.5 × 10⁻⁷."""
    mantissa, _, exponent = text.replace("e+", "e").partition("e")
    if not exponent:
        return _signed(mantissa)
    if mantissa in ("1", "-1"):
        return f"{_signed(mantissa[:-1])}{ten(int(exponent))}"
    return f"{_signed(mantissa)} × {ten(int(exponent))}"


def _signed(text: str) -> str:
    return text.replace("-", "−")
