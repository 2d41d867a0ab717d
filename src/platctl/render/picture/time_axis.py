"""A time axis of an SVG chart."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property

from platctl.record import record
from platctl.render.picture.svg_elements import EDGE, LINE, SIZE, WIDTH, shown, text_lines
from platctl.render.picture.text_width import width


@record(slots=False)
class TimeAxis:
    """The days from `start` to `end` between the position `left` and the right edge."""

    start: datetime.date
    end: datetime.date
    left: int

    @cached_property
    def _days(self) -> int:
        return max(1, (self.end - self.start).days + 1)

    def x(self, day: datetime.date) -> int:
        """The position of the start of a day."""
        return self._at((day - self.start).days)

    def after(self, day: datetime.date) -> int:
        """The position of the end of a day."""
        return self._at((day - self.start).days + 1)

    def _at(self, days: int) -> int:
        share = min(max(0, days), self._days) / self._days
        return self.left + round(share * (WIDTH - EDGE - self.left))

    def drawn(self, ticks: Sequence[tuple[str, datetime.date]], bottom: int) -> Iterator[str]:
        """A line at the start of each period, and its name unless it would run into the next."""
        ends = [*(self.x(day) for _, day in ticks[1:]), WIDTH]
        for (name, day), end in zip(ticks, ends, strict=False):
            x = self.x(day)
            yield f'<path class="grid" d="M{x} {LINE + 6}V{bottom}"/>'
            if x + width(shown(name), SIZE) <= end:
                yield from text_lines(x, 4, [shown(name)], "tick")

    def today(self, today: datetime.date | None, bottom: int) -> Iterator[str]:
        """The mark of today, if it is shown."""
        if today is None or not self.start <= today <= self.end:
            return
        x = self.x(today)
        yield f'<path class="today" d="M{x} {LINE + 6}V{bottom}"/>'
        text = f"today, {today.isoformat()}"
        yield from text_lines(min(x, round(WIDTH - EDGE - width(text, SIZE))), bottom, [text], "tick")
