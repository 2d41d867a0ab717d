"""The blocks that pages for people and calendars are made of. Texts are plain; each renderer escapes them."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from platctl.record import record


class Tone(StrEnum):
    """What a piece of text is, for renderers that can show it."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    CODE = "code"
    BAD = "bad"
    WARN = "warn"
    GOOD = "good"
    RISK = "risk"
    NOTE = "note"


@record
class Target:
    """The target of a link: a page of the same set, by its relative path without an extension, or an address.

    `page` is "" for this page. `url` is an http or https address; anything else is shown as text.
    """

    page: str = ""
    anchor: str = ""
    url: str = ""


@record
class Run:
    """A piece of text in one tone; renderers that support links turn `to` into one.

    `anchor` makes the text the target of links to this place. `mark` is a sign before the text, for formats that are
    typeset, so that its meaning is not told by colour alone. An aside has a line of its own in a typeset cell, and
    follows a semicolon elsewhere.
    """

    text: str
    tone: Tone = Tone.PLAIN
    to: Target | None = None
    anchor: str = ""
    mark: str = ""
    is_aside: bool = False


Line = tuple[Run, ...]
"""Text that may be wrapped but contains no line breaks."""


def line(*parts: str | Run | Line) -> Line:
    """A line from texts, runs and other lines."""
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, str):
            runs.append(Run(part))
        else:
            runs.extend([part] if isinstance(part, Run) else part)
    return tuple(run for run in runs if run.text)


def joined(parts: Iterable[str | Run | Line], separator: str = ", ") -> Line:
    """Parts with a separator between them."""
    result: Line = ()
    for part in parts:
        result = line(result, separator, part) if result else line(part)
    return result


def row(*cells: str | Run | Line) -> tuple[Line, ...]:
    """A row of a table from texts, runs and lines."""
    return tuple(map(line, cells))


@record
class Paragraph:
    """Lines that belong together; each starts on a new line."""

    lines: tuple[Line, ...]


@record
class ShortTable:
    """A table in fewer words, for a terminal too narrow for it; `legend` explains them."""

    rows: tuple[tuple[Line, ...], ...]
    header: tuple[str, ...]
    legend: Line


@record
class Table:
    """Rows of cells; `header` may be empty, and text renderers then show plain aligned columns.

    `numbers` are the columns, counted from 0, that are right-aligned; `optional` are those that may
    be hidden where space is short, in this order. `short` is shown where there is no room even then.
    `groups` are titles above rows that belong together, each with the number of its first row, counted from 0.
    """

    rows: tuple[tuple[Line, ...], ...]
    header: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()
    optional: tuple[int, ...] = ()
    short: ShortTable | None = None
    groups: tuple[tuple[int, Line], ...] = ()

    @property
    def with_titles(self) -> "Table":
        """The same rows with the titles of groups as rows of their own."""
        if not self.groups:
            return self
        titles = dict(self.groups)
        rows: list[tuple[Line, ...]] = []
        for nth, each in enumerate(self.rows):
            if nth in titles:
                rows.append((tuple(Run(run.text, Tone.STRONG, run.to) for run in titles[nth]),))
            rows.append(each)
        return replace(self, rows=tuple(rows), groups=())


@record
class Entry:
    """An item with notes below it."""

    head: Line
    notes: tuple[Line, ...] = ()


@record
class Entries:
    """A list of items."""

    items: tuple[Entry, ...]


@record
class Excerpt:
    """A line of a source file with a caret under a part of it. Columns count characters from 1, end exclusive."""

    place: str
    line_number: int
    text: str
    column: int
    end_column: int
    label: str = ""
    tone: Tone = Tone.BAD


@record
class Box:
    """A node of a diagram, or a group of them (`is_group`), with a second line `note`.

    `band` is the number of its band. Boxes with the same `ring` are in one cycle and get a common frame.
    """

    name: str
    label: str
    tone: Tone = Tone.PLAIN
    note: str = ""
    band: int = 0
    ring: str = ""
    is_group: bool = False
    to: Target | None = None
    names: tuple[str, ...] = ()
    """Other names by which it can be found."""


@record
class Arrow:
    """An edge of a diagram, between boxes by their names; `is_soft` is drawn as a broken line."""

    start: str
    end: str
    label: str = ""
    tone: Tone = Tone.PLAIN
    is_soft: bool = False


@record
class Diagram:
    """A graph. As a flow chart it goes from left to right; as a layered drawing from top to bottom, or with `is_rising`
    from bottom to top, and `bands` are the names of its parts from the top.

    `is_told` says that all of it is on the page as a table as well. `key` explains what the lines and colours mean.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    title: str = ""
    bands: tuple[str, ...] = ()
    is_rising: bool = False
    is_told: bool = False
    key: tuple[tuple[Arrow, str], ...] = ()


@record
class Bar:
    """One bar of a chart: its length, and the value as text."""

    label: str
    value: float
    text: str
    tone: Tone = Tone.PLAIN


@record
class Bars:
    """Horizontal bars that start at 0. `most` is the value of a full-length bar; the largest value if None."""

    bars: tuple[Bar, ...]
    most: float | None = None


@record
class Stretch:
    """Something that lasts from one day to another, both included."""

    label: str
    start: datetime.date
    end: datetime.date
    tone: Tone = Tone.PLAIN
    note: str = ""


@record
class Lane:
    """Stretches that belong together."""

    title: str
    stretches: tuple[Stretch, ...]


@record
class Schedule:
    """Lanes below a time axis. `ticks` are the names of periods and their first days; `today` is marked."""

    title: str
    start: datetime.date
    end: datetime.date
    ticks: tuple[tuple[str, datetime.date], ...]
    lanes: tuple[Lane, ...]
    today: datetime.date | None = None


@record
class DayMarks:
    """What happens on a day: a small mark for each thing, by its tone, and all of them as text."""

    day: datetime.date
    marks: tuple[Tone, ...]
    text: str


@record
class DayChart:
    """Marks over a time axis, with bands of days below it. `ticks` and `today` are as in a `Schedule`.

    `key` explains the marks and bands by their tones. It is only a chart: the same is on the page as text.
    """

    title: str
    start: datetime.date
    end: datetime.date
    ticks: tuple[tuple[str, datetime.date], ...]
    days: tuple[DayMarks, ...]
    bands: tuple[Stretch, ...]
    key: tuple[tuple[Tone, str], ...]
    today: datetime.date | None = None


@record
class Periods:
    """A chart of what belongs to each period; the same is on the page as text for formats without charts."""

    title: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]


@record
class Point:
    """A point of a field, with a short mark that is drawn and a name; `x` and `y` are from 0 to 1, upwards."""

    mark: str
    name: str
    x: float
    y: float


@record
class Matrix:
    """Points over two axes, divided into four fields at `split`.

    `fields` are named from the upper left to the lower right. It is only a chart: the same is on the page as text.
    """

    points: tuple[Point, ...]
    x_title: str
    y_title: str
    fields: tuple[str, str, str, str]
    split: tuple[float, float] = (0.5, 0.5)


class CellKind(StrEnum):
    """What a cell of a dependency matrix says of its row and column."""

    USES = "uses"
    EXPOSES = "exposes"
    SOFT = "soft"
    REACHES = "reaches"


@record
class DependencyMatrix:
    """A design structure matrix: each row depends on the columns in which it has a cell (row, column, kind).

    `names` are those of rows and columns alike; `bands` are names of parts, each with its number of rows. The same is
    on the page as a table.
    """

    title: str
    names: tuple[Run, ...]
    bands: tuple[tuple[str, int], ...]
    cells: tuple[tuple[int, int, CellKind], ...]
    key: tuple[tuple[CellKind, str], ...] = ()


@record
class Conclusion:
    """The answer in a sentence, and what follows from it in this order. It stands first."""

    text: Line
    tone: Tone = Tone.PLAIN
    steps: tuple[Line, ...] = ()


@record
class Section:
    """Blocks under a title, indented where a renderer can. `anchor` is a target for links."""

    title: Line
    blocks: tuple["Block", ...]
    anchor: str = ""


@record
class Fold:
    """Blocks that a reader can unfold; formats without folding show them as a section."""

    title: Line
    blocks: tuple["Block", ...]


Picture = Diagram | Bars | Schedule | DayChart | Periods | Matrix | DependencyMatrix
Block = Paragraph | Conclusion | Table | Entries | Excerpt | Picture | Section | Fold


@record
class Page:
    """A whole answer for people."""

    blocks: tuple[Block, ...]


@record
class CalendarEntry:
    """Something that happens on one day.

    `uid` is stable, so that calendars move the entry instead of adding another; it is unique in its series.
    `description` may have several lines.
    """

    uid: str
    day: datetime.date
    title: str
    description: str = ""
    categories: tuple[str, ...] = ()
    url: str = ""


@record
class CalendarSeries:
    """What makes the entries of one repository unique among those of others, and which version of them is the newer."""

    id: str = "platctl"
    sequence: int = 0
