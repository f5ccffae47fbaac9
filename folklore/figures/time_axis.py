"""The time axis of curves: epochs, updates or seconds."""

from matplotlib.axes import Axes
from matplotlib.ticker import EngFormatter, MaxNLocator, NullFormatter

from folklore.figures.log_axis import set_log_scale
from folklore.schema.metric import TimeUnit
from folklore.wording.figures import time_unit_words


def write_time_axis(axes: Axes, time_unit: TimeUnit, logarithmic: bool, ticks: int, lowest: bool) -> None:
    """Write a time axis with at most `ticks` ticks if linear; only the lowest panel has numbers and a label."""
    if logarithmic:
        set_log_scale(axes, "x")
        axes.xaxis.set_minor_formatter(NullFormatter())
    else:
        axes.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10], integer=time_unit != "seconds"))
    if time_unit != "epochs":  # numbers of epochs are short as they are
        axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.tick_params(labelbottom=lowest)
    axes.set_xlabel(time_unit_words(time_unit) if lowest else "")
