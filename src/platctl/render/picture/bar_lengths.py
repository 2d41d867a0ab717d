"""The lengths of the bars of a chart, in any format."""

from platctl.page import Bars


def bar_lengths(chart: Bars, room: int, least: int) -> list[int]:
    """The longest fills the width; one above zero has at least `least`."""
    most = chart.most if chart.most is not None else max((bar.value for bar in chart.bars), default=0)
    return [
        max(least, round(min(bar.value / most, 1) * room)) if bar.value > 0 and most > 0 else 0 for bar in chart.bars
    ]
