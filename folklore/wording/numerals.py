"""Numerals with a minus sign, and a power of ten in place of an exponent."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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
