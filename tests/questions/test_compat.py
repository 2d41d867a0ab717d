"""Which word a cell has, and why."""

from datetime import date

import pytest

from builders import model
from platctl.outlook.fits import Why
from platctl.outlook.timeline import Timeline
from platctl.questions.compat.asked import AskedKind, asked
from platctl.questions.compat.derive import CompatOptions, compat
from platctl.questions.compat.report import Break, Cell, CompatReport, VersionTable, Word

TODAY = date(2026, 11, 20)
COMPONENT = """
    kind: component
    id: identity
    interfaces:
      - id: rest
        versions:
          - {version: 2.4.0, deprecated: 2027-01-10, sunset: 2027-03-31}
          - {version: 3.0.0}
          - {version: 1.9.0, sunset: 2026-01-01}
      - {id: events, versions: [{version: "2.1.0"}]}
"""


def consumer(uses: str) -> str:
    return f"kind: consumer\nid: shop\nuses:\n  - {uses}\n"


def report(*texts: str, **options: object) -> CompatReport:
    state = model(*texts)
    named = tuple(state.components)
    return compat(state, "", "", CompatOptions(today=TODAY, named=named, **options))  # type: ignore[arg-type]


def table(*texts: str, **options: object) -> VersionTable:
    (found,) = report(*texts, **options).tables
    return found


def cells(uses: str, **options: object) -> dict[str, Cell]:
    found = table(COMPONENT, consumer(uses), **options)
    (row,) = found.rows
    names = (f"{column.interface} {column.version}" for column in found.columns)
    return dict(zip(names, row.cells, strict=True))


@pytest.mark.parametrize(
    ("uses", "words"),
    [
        ('{component: identity#rest, requires: ">=2,<3"}', ("works-until", "doesnt", "doesnt", "no-relation")),
        ('{component: identity#rest, requires: ">=3"}', ("doesnt", "works", "doesnt", "no-relation")),
        ('{component: identity#rest, requires: ">=2"}', ("works-until", "unknown", "doesnt", "no-relation")),
        (
            '{component: identity#rest, requires: ">=2", confirmed: 2026-11-01}',
            ("works-until", "unknown", "doesnt", "no-relation"),
        ),
        ("{component: identity#rest}", ("unknown", "unknown", "doesnt", "no-relation")),
        ("{component: identity#rest, requires: two}", ("unknown", "unknown", "doesnt", "no-relation")),
        ('{component: identity, requires: ">=2,<3"}', ("unknown", "doesnt", "doesnt", "unknown")),
        ('{component: identity, requires: ">=3,<4"}', ("doesnt", "works", "doesnt", "doesnt")),
    ],
)
def test_the_word_of_a_cell(uses: str, words: tuple[str, ...]) -> None:
    assert tuple(cell.word.value for cell in cells(uses).values()) == words


@pytest.mark.parametrize(
    ("uses", "name", "why"),
    [
        ("{component: identity#rest}", "rest 3.0.0", Why.NO_RANGE),
        ("{component: identity#rest, requires: two}", "rest 3.0.0", Why.UNREADABLE_RANGE),
        ('{component: identity, requires: ">=2,<3"}', "rest 2.4.0", Why.INTERFACE),
        ('{component: identity#rest, requires: ">=2"}', "rest 3.0.0", Why.UNCONFIRMED),
        ('{component: identity#rest, requires: ">=2,<3"}', "rest 3.0.0", Why.OUT_OF_RANGE),
        ('{component: identity#rest, requires: ">=1,<2"}', "rest 1.9.0", Why.NOT_AVAILABLE),
    ],
)
def test_why_it_is_unknown_or_does_not_work(uses: str, name: str, why: Why) -> None:
    assert cells(uses)[name].why is why


def test_a_day_is_that_of_the_end_whether_it_is_deprecated_by_then_or_now() -> None:
    uses = '{component: identity#rest, requires: ">=2,<3"}'
    now, later = (cells(uses, at=at)["rest 2.4.0"] for at in (None, date(2027, 2, 1)))
    assert (now.word, now.until) == (Word.WORKS_UNTIL, date(2027, 3, 31))
    assert (later.word, later.until) == (Word.DEPRECATED, date(2027, 3, 31))
    assert cells(uses, at=date(2027, 3, 31))["rest 2.4.0"].word is Word.FAILS
    until = cells(uses, last=date(2027, 3, 30))["rest 2.4.0"]
    assert [each.fit.value for each in until.days] == ["works", "deprecated"]


def test_what_was_verified_is_told_apart_and_confirms_a_version() -> None:
    uses = 'component: identity#rest, requires: ">=2", verified: [{version: "3.0", on: 2026-10-02, by: pact, url: "https://ci.example/8"}]'
    found = cells(f"{{{uses}}}")
    assert found["rest 3.0.0"].word is Word.WORKS
    assert found["rest 3.0.0"].verified
    assert found["rest 3.0.0"].verified.by == "pact"
    assert found["rest 2.4.0"].verified is None
    without = cells("{component: identity#rest, verified: [{version: 3.0.0}]}")
    assert [without[name].word for name in ("rest 2.4.0", "rest 3.0.0")] == [Word.UNKNOWN, Word.WORKS]


def test_a_record_does_not_make_a_version_work_that_the_range_excludes() -> None:
    found = cells('{component: identity#rest, requires: ">=2,<3", verified: [{version: 3.0.0}]}')
    assert (found["rest 3.0.0"].word, found["rest 3.0.0"].verified) == (Word.FAILS, None)


PLAN = """
    kind: initiative
    id: rest-4
    title: Rest 4
    status: planned
    end: 2027-02-01
    changes:
      - {component: identity#rest, effect: addition, version: 4.0.0}
      - {component: identity#rest, effect: removal, version: 3.0.0}
"""


def test_a_version_that_is_ahead_has_its_first_day_and_its_cells_hold_from_then_on() -> None:
    found = table(COMPONENT, PLAN, consumer('{component: identity#rest, requires: ">=3,<5"}'))
    by_version = {
        column.version: (column, cell) for column, cell in zip(found.columns, found.rows[0].cells, strict=True)
    }
    column, cell = by_version["4.0.0"]
    assert (column.begins, column.by and column.by.id, cell.word) == (date(2027, 2, 1), "rest-4", Word.WORKS)
    column, cell = by_version["3.0.0"]
    assert (column.ends, cell.word, cell.until) == (date(2027, 2, 1), Word.WORKS_UNTIL, date(2027, 2, 1))
    assert by_version["1.9.0"][0].is_over
    assert (found.rows[0].whole.word, found.rows[0].whole.until) == (Word.WORKS, None)


def test_those_that_can_not_hold_together_are_as_few_as_possible() -> None:
    def uses(id_: str, range_: str) -> str:
        return f'kind: consumer\nid: {id_}\nuses:\n  - {{component: identity#rest, requires: "{range_}"}}\n'

    texts = [uses("a", ">=2,<4"), uses("b", ">=3,<4"), uses("c", ">=2,<3"), uses("d", ">=2,<9")]
    both = report(COMPONENT, *texts[:2], together=True).together
    assert both
    assert [(each.start, each.until, each.shared[0].versions) for each in both.days] == [(TODAY, None, ("3.0.0",))]
    found = report(COMPONENT, *texts, together=True).together
    assert found
    assert ([each.who.id for each in found.clash], found.days, found.is_smallest) == (["b", "c"], (), True)


def last_break(change: str) -> Break:
    """With work that ends on the sunset of 2.4.0."""
    work = f"kind: initiative\nid: work\nstatus: planned\nend: 2027-03-31\nchanges:\n  - {change}\n"
    (found,) = report(COMPONENT, work, consumer('{component: identity#rest, requires: ">=2,<3"}')).breaks[-1:]
    return found


def test_the_catalog_and_work_that_end_something_on_one_day_are_both_named() -> None:
    found = last_break('{component: identity#rest, effect: removal, version: "<3"}')
    assert found.by
    assert found.announced
    days = found.announced.since, found.announced.sunset
    assert (found.by.id, *days) == ("work", date(2027, 1, 10), date(2027, 3, 31))


def test_work_that_does_something_else_on_that_day_is_not_blamed() -> None:
    found = last_break("{component: identity#rest, effect: change}")
    assert (found.fate.value, found.by) == ("removed", None)


def test_of_two_things_on_one_day_the_one_that_matters_is_told() -> None:
    identity = "kind: component\nid: identity\nversions: [{version: 2.4.0}, {version: 3.0.0, sunset: 2027-03-31}]"
    work = (
        "kind: initiative\nid: work\nstatus: planned\nend: 2027-03-31\nchanges: [{component: identity, effect: change}]"
    )
    (found,) = report(identity, work, consumer('{component: identity, requires: ">=2.4"}')).breaks
    assert (found.fate.value, found.versions, found.by and found.by.id) == ("changed", ("2.4.0",), "work")


@pytest.mark.parametrize("other", ["a", "z"])
def test_of_two_removals_on_one_day_the_one_of_what_is_used_is_named(other: str) -> None:
    def removal(id_: str, version: str) -> str:
        change = f"{{component: identity#rest, effect: removal, version: {version}}}"
        return f"kind: initiative\nid: {id_}\nstatus: planned\nend: 2027-02-01\nchanges: [{change}]"

    texts = removal("work", "2.4.0"), removal(other, "3.0.0")
    (found,) = report(COMPONENT, *texts, consumer('{component: identity#rest, requires: ">=2,<3"}')).breaks[-1:]
    assert found.by
    assert (found.by.id, found.versions) == ("work", ("2.4.0",))


def test_a_deprecation_after_its_own_sunset_ends_a_version_on_its_own_day() -> None:
    identity = "kind: component\nid: identity\nversion: 2.4.0"
    change = "{component: identity, effect: deprecation, version: <3, sunset: 2027-02-01}"
    work = f"kind: initiative\nid: work\nstatus: planned\nend: 2027-06-30\nchanges:\n  - {change}"
    (found,) = report(identity, work, consumer('{component: identity, requires: ">=2,<3"}')).breaks
    assert (found.day, found.fate.value, found.by and found.by.id) == (date(2027, 6, 30), "removed", "work")


def test_those_that_use_a_component_are_asked_whether_they_work_together() -> None:
    other = "kind: component\nid: other"
    apart = "kind: consumer\nid: apart\nuses: [{component: other}]"
    state = model(COMPONENT, other, apart, consumer("{component: identity#rest}"))
    identity = next(ref for ref in state.components if ref.id == "identity")
    found = compat(state, "", "", CompatOptions(today=TODAY, named=(identity,), together=True)).together
    assert found
    assert [each.id for each in found.named] == ["shop"]


def test_what_breaks_no_one_is_done_before_the_step_that_is_stuck() -> None:
    state = model(COMPONENT, consumer('{component: identity#rest, requires: ">=2,<3"}'))
    given = [(AskedKind.DROP, "identity#rest"), (AskedKind.DROP, "identity#events")]
    changes = asked(state, Timeline(state, TODAY), TODAY, given)
    found = compat(state, "", "", CompatOptions(today=TODAY, asked=changes)).what_if
    assert found
    assert [(str(step.on), step.is_stuck) for step in found.steps] == [
        ("identity#events", False),
        ("identity#rest", True),
    ]
    assert [each.id for each in found.stuck] == ["shop"]
