"""A page with one of everything, and one of hostile text."""

from datetime import date

from platctl.page import (
    Arrow,
    Bar,
    Bars,
    Block,
    Box,
    DayChart,
    DayMarks,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Lane,
    Page,
    Paragraph,
    Run,
    Schedule,
    Section,
    Stretch,
    Table,
    Target,
    Tone,
    line,
)

_QUARTERS = tuple((f"2027-Q{quarter}", date(2027, 3 * quarter - 2, 1)) for quarter in (1, 2, 3, 4))
_LONG = "A very long name of an initiative that nobody could put into one line of a picture, WWWWWWWWWWWWWWWWWWWWWWWWWW"
_NOTES = {Tone.STRONG: "on time", Tone.BAD: "slipped", Tone.WARN: "at risk"}


def _stretches(name: str) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(f"{name} {tone.value}", date(2027, 1 + nth, 1), date(2027, 4 + nth, 20), tone, _NOTES.get(tone, ""))
        for nth, tone in enumerate(Tone)
    )


BREAKS = DayChart(
    "Consumers affected, by day",
    date(2026, 11, 1),
    date(2027, 10, 28),
    tuple((f"2027-{month:02}", date(2027, month, 1)) for month in range(1, 11)),
    (
        DayMarks(date(2026, 12, 11), (Tone.NOTE,) * 5, "5 are at risk"),
        DayMarks(date(2027, 3, 31), (*(Tone.BAD,) * 3, Tone.WARN), "3 break, 1 must act"),
        DayMarks(date(2027, 4, 2), (Tone.BAD,) * 30, "30 break"),
        DayMarks(date(2027, 9, 30), (Tone.BAD,), "1 breaks, and its text is long enough to begin left of its day"),
    ),
    (Stretch("TV is frozen", date(2026, 12, 14), date(2027, 1, 6), Tone.DIM, "Christmas"),),
    ((Tone.BAD, "a consumer that breaks"), (Tone.DIM, "a freeze of one of them")),
    date(2026, 11, 23),
)

PLAN = Schedule(
    "Plan of 2027",
    date(2027, 1, 1),
    date(2027, 12, 31),
    _QUARTERS,
    (
        Lane("Team Access", _stretches("Access")),
        Lane("Team Media", _stretches("Media")),
        Lane("Everything else", (Stretch(_LONG, date(2027, 11, 1), date(2028, 2, 1), note="ends later"),)),
    ),
    date(2027, 5, 12),
)
SLIPS = Bars((Bar("2027-Q1", 4, "4 slips", Tone.BAD), Bar("2027-Q2", 1, "1 slip"), Bar(_LONG, 2, "none " * 30)))


def _part(nth: int) -> Section:
    """A part of a page that has one of each kind of block."""
    table = Table(
        tuple(
            (line(Run(f"row {row} of part{nth}", Tone.CODE)), line(f"{row}"), line(Run("words", Tone(tone))))
            for row, tone in enumerate(Tone)
        ),
        ("Name", "Count", "What it is about"),
        frozenset({1}),
    )
    inner = (
        Paragraph(
            (
                line(
                    "A paragraph with ",
                    Run("a link", to=Target("team/media", "q1")),
                    " and one to ",
                    Run("the web", to=Target(url="https://wiki.example/")),
                    ".",
                ),
            )
        ),
        table,
        Entries(tuple(Entry(line(f"item {item}"), (line(Run(f"note of {item}", Tone.DIM)),)) for item in range(3))),
        Excerpt(f"components/a{nth}.yaml:1:1", 12, "id: " + "x" * 90, 5, 20, "here", Tone.WARN),
        Fold(line("More of it"), (Paragraph((line(Run("inside", to=Target(anchor="part-0"))),)), table)),
    )
    return Section(
        line(f"Part {nth}"), (*inner, Section(line("What stands below it"), (Paragraph((line("x"),)),))), f"part-{nth}"
    )


PAGE = Page(
    (
        Paragraph((line("Roadmap of ", Run("2027", Tone.GOOD)), line("What comes when, and what it needs."))),
        Section(line("When"), (PLAN,), "when"),
        Section(line("How it went"), (SLIPS,)),
        Section(line("What breaks when"), (BREAKS,)),
        *map(_part, range(4)),
        Section(
            line("Who stands on whom"), (Diagram((Box("a", "A", Tone.BAD), Box("b", "B")), (Arrow("a", "b", ">=2"),)),)
        ),
    )
)


def hostile(text: str) -> Section:
    run = line(Run(text, Tone.CODE, Target(text, text)))
    picture = Schedule(
        text,
        date(2027, 1, 1),
        date(2027, 12, 31),
        ((text, date(2027, 1, 1)),),
        (Lane(text, (Stretch(text, date(2027, 1, 1), date(2027, 3, 1), Tone.BAD, text),)),),
    )
    marks = (DayMarks(date(2027, 3, 1), (Tone.BAD,), text),)
    band = Stretch(text, date(2027, 2, 1), date(2027, 3, 1), Tone.DIM, text)
    ticks = ((text, date(2027, 1, 1)),)
    chart = DayChart(text, date(2027, 1, 1), date(2027, 6, 1), ticks, marks, (band,), ((Tone.BAD, text),))
    blocks: tuple[Block, ...] = (
        chart,
        Table(((run,),), (text,)),
        Entries((Entry(run, (run,)),)),
        Fold(run, (picture,)),
    )
    return Section(run, blocks, text)
