"""The worked example, and pages of any text."""

from datetime import date

from hypothesis import strategies as st
from oracles import texts

from platctl.page import (
    Arrow,
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
    Line,
    Matrix,
    Page,
    Paragraph,
    Point,
    Run,
    Schedule,
    Section,
    Stretch,
    Table,
    Target,
    Tone,
    line,
)


def place(text: str) -> Line:
    return line(Run(text, Tone.DIM))


def verdict(head: str, note: str, at: str) -> Entry:
    return Entry(line(head), (line(note, "   ", place(at)),))


EXAMPLE = Page(
    (
        Paragraph((line("Base 1f3c9a2 (merge base of origin/main and HEAD) -> working tree"),)),
        Section(
            line("Changes (2)"),
            (
                Table(
                    (
                        (
                            line("identity#api"),
                            line(Run("breaking", Tone.BAD)),
                            line("2.4.0 -> 3.0.0, 2.4.0 leaves"),
                            place("components/identity.yaml:9:7"),
                        ),
                        (
                            line("media-codec#sdk"),
                            line("addition"),
                            line("5.2.0 beside 5.1.0"),
                            place("components/media-codec.yaml:10:7"),
                        ),
                    )
                ),
            ),
        ),
        Section(
            line("Consumers (11): 1 breaks, 1 must act"),
            (
                Section(
                    line(Run("Breaks", Tone.BAD)),
                    (
                        Entries(
                            (
                                verdict(
                                    "mobile-app (tier 1)  mobile-app <- gateway <- identity",
                                    "nothing on offer meets >=2,<3",
                                    "components/gateway.yaml:8:5",
                                ),
                            )
                        ),
                    ),
                ),
                Section(
                    line("Must act"),
                    (
                        Entries(
                            (
                                verdict(
                                    "kiosk (tier 2)  kiosk <- identity",
                                    "nothing on offer meets >=2,<3; soft, so must-act rather than breaks",
                                    "consumers/kiosk.yaml:9:5",
                                ),
                            )
                        ),
                    ),
                ),
                Section(
                    (),
                    (Entries((Entry(line("Left in this change"), (line("crm no longer uses identity#api"),)),)),),
                ),
            ),
        ),
        Section(
            line("How much that is"),
            (
                Table(
                    ((line("breaks"), line("1 (9%)"), line("1,200,000 (40%)"), line("-"), line("12,000,000 (80%)")),),
                    ("Level", "Consumers", "Users", "Developers", "Revenue"),
                ),
            ),
        ),
        Fold(line("Picture"), (Diagram((Box("a", "A", Tone.BAD), Box("b", "1. B")), (Arrow("b", "a", ">=2"),)),)),
        Paragraph((line(Run("FAIL: 1 consumer breaks (--fail-on breaks)", Tone.BAD)),)),
    )
)

SCHEDULE = Schedule(
    "Plan",
    date(2027, 1, 1),
    date(2027, 12, 31),
    tuple((f"2027-Q{quarter}", date(2027, 3 * quarter - 2, 1)) for quarter in (1, 2, 3, 4)),
    (
        Lane("Access", (Stretch("Passkeys", date(2027, 1, 1), date(2027, 3, 31), Tone.STRONG),)),
        Lane("Media", (Stretch("Offline", date(2027, 7, 1), date(2027, 12, 31), Tone.DIM),)),
    ),
    date(2027, 2, 14),
)

targets = st.builds(
    Target,
    st.just("") | texts,
    st.just("") | texts,
    st.just("")
    | texts
    | st.sampled_from(("https://a.example/x?y=1&copy=2#z", "javascript:x", "//c.example", "http://")),
)

lines = st.lists(st.builds(Run, texts, st.sampled_from(Tone)), max_size=3).map(lambda runs: line(*runs))
_leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, st.lists(lines, max_size=3).map(tuple)),
    st.builds(
        Table,
        st.lists(st.lists(lines, min_size=1, max_size=4).map(tuple), max_size=3).map(tuple),
        st.lists(texts, max_size=4).map(tuple),
    ),
    st.builds(
        Entries,
        st.lists(st.builds(Entry, lines, st.lists(lines, max_size=2).map(tuple)), max_size=3).map(tuple),
    ),
    st.builds(
        Excerpt,
        texts,
        st.integers(1, 99_999),
        texts,
        st.integers(1, 50),
        st.integers(1, 60),
        texts,
        st.sampled_from(Tone),
    ),
    st.builds(
        Diagram,
        st.lists(st.builds(Box, texts, texts, st.sampled_from(Tone), texts), max_size=3).map(tuple),
        st.lists(st.builds(Arrow, texts, texts, texts), max_size=3).map(tuple),
    ),
)
_share = st.floats(0, 1)
matrices = st.builds(
    Matrix,
    st.lists(st.builds(Point, texts, texts, _share, _share), max_size=5).map(tuple),
    texts,
    texts,
    st.tuples(texts, texts, texts, texts),
    st.tuples(_share, _share),
)
_days = st.dates(date(2026, 1, 1), date(2030, 1, 1))
_leaves |= matrices
_leaves |= st.builds(
    DayChart,
    texts,
    _days,
    _days,
    st.lists(st.tuples(texts, _days), max_size=2).map(tuple),
    st.lists(
        st.builds(DayMarks, _days, st.lists(st.sampled_from(Tone), max_size=20).map(tuple), texts), max_size=9
    ).map(tuple),
    st.lists(st.builds(Stretch, texts, _days, _days), max_size=2).map(tuple),
    st.lists(st.tuples(st.sampled_from(Tone), texts), max_size=2).map(tuple),
    _days | st.none(),
)
_blocks = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Section, lines, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Fold, lines, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
pages = st.builds(Page, st.lists(_blocks, max_size=4).map(tuple))
