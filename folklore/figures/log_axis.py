"""Logarithmic axes whose numbers are plain text, so that no text of a figure needs mathtext."""

from matplotlib.axes import Axes
from matplotlib.ticker import LogFormatterSciNotation

from folklore.wording.numbers import ten


class PowersOfTen(LogFormatterSciNotation):
    """Write `10⁻⁵` and `2 × 10⁻⁵` at the ticks that matplotlib labels."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return super().__call__(x, pos) and power_of_ten(x)


def power_of_ten(value: float) -> str:
    mantissa, _, exponent = f"{value:.5e}".partition("e")
    power = ten(int(exponent))
    return power if float(mantissa) == 1 else f"{float(mantissa):g} × {power}"


def set_log_scale(axes: Axes, which: str = "y") -> None:
    """Make the `x` or `y` axis logarithmic."""
    axes.set(**{f"{which}scale": "log"})
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_formatter(PowersOfTen())
    axis.set_minor_formatter(PowersOfTen())
