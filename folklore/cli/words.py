"""Amounts in words."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def duration(seconds: float) -> str:
    """Return a text such as `40 s`, `12 min`, `3.5 h`, `2.1 days`."""
    if seconds < 1:
        return "under a second"
    for limit, unit, name in ((100, 1, "s"), (100 * _MINUTE, _MINUTE, "min"), (2 * _DAY, _HOUR, "h")):
        if seconds < limit:
            return f"{_short(seconds / unit)} {name}"
    return f"{_short(seconds / _DAY)} days"


def hours(seconds: float) -> str:
    amount = seconds / _HOUR
    return "under 0.01" if 0 < amount < 0.01 else _short(amount)


def size(count: int) -> str:
    """Return a text such as `340 B`, `1.2 MB`."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{_short(amount)} {unit}"
        amount /= 1000
    return f"{_short(amount)} TB"


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _short(amount: float) -> str:
    if amount >= 10:
        return f"{amount:,.0f}"
    return f"{amount:.1f}".removesuffix(".0") if amount >= 1 else f"{amount:.2g}"
