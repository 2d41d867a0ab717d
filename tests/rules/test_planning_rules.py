"""What an initiative says at its stage, and whether its days can hold."""

import itertools

import pytest
from checking import found, messages

from platctl.model.stage import _FILLED, STAGES
from platctl.model.vocabulary import Status
from platctl.questions.intake.gaps import _EXAMPLES

FULL = """
    kind: initiative
    id: passkeys
    title: Sign in without a password
    status: planned
    proposed_by: Ana Ruiz
    owner: core
    effort: {core: 6}
    changes: [{component: identity, effect: internal}]
    goals: [trust]
    period: 2027-Q2
"""


def without(*fields: str, status: str = "planned") -> str:
    lines = FULL.replace("status: planned", f"status: {status}").splitlines(keepends=True)
    return "".join(line for line in lines if not line.strip().startswith(tuple(f"{field}:" for field in fields)))


# stage-incomplete


def test_what_a_stage_asks_for_is_said_in_one_finding_at_the_status():
    (finding,) = found("stage-incomplete", without("effort", "period"))
    assert finding.message == "`passkeys` is planned, but lacks `effort` and `period`"
    assert finding.help == "add `effort:` and `period:`, or go back to `status: proposed`"
    assert finding.span.line == 4


def test_an_initiative_with_all_that_its_stage_asks_for_is_complete():
    assert not found("stage-incomplete", FULL)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DONE])
def test_each_field_of_the_table_is_asked_for(status: Status):
    for field in STAGES[status]:
        (finding,) = found("stage-incomplete", without(field, status=status.value))
        assert finding.message.endswith(f"but lacks `{field}`")
    assert not found("stage-incomplete", without(status=status.value))


def test_the_table_knows_each_status_and_how_to_tell_each_field():
    assert set(STAGES) == set(Status)
    assert {field for fields in STAGES.values() for field in fields} == set(_FILLED) == set(_EXAMPLES)


def test_each_stage_asks_for_at_least_what_the_one_before_asked_for():
    stages = [STAGES[status] for status in (Status.IDEA, Status.PROPOSED, Status.SHAPED, Status.PLANNED, Status.ACTIVE)]
    assert all(set(before) <= set(after) for before, after in itertools.pairwise(stages))


def test_start_and_end_are_a_period():
    assert not found("stage-incomplete", FULL.replace("period: 2027-Q2", "start: 2027-04-01\n    end: 2027-05-01"))
    assert found("stage-incomplete", FULL.replace("period: 2027-Q2", "start: 2027-04-01"))


def test_what_is_done_has_an_end():
    assert messages("stage-incomplete", without(status="done")) == ["4: `passkeys` is done, but lacks `end`"]


def test_the_last_stage_that_is_complete_is_the_one_to_go_back_to():
    (done,) = found("stage-incomplete", without(status="done"))
    (active,) = found("stage-incomplete", without("period", status="active"))
    (idea,) = found("stage-incomplete", without("title", status="idea"))
    assert done.help.endswith("`status: planned`")
    assert active.help.endswith("`status: shaped`")
    assert "status" not in idea.help


def test_what_is_given_up_has_nothing_to_fill_in():
    for status in ("dropped", "parked"):
        assert not found("stage-incomplete", f"kind: initiative\nid: passkeys\nstatus: {status}")


def test_without_a_status_it_is_an_idea():
    assert messages("stage-incomplete", "kind: initiative\nid: passkeys") == [
        "2: `passkeys` is an idea, but lacks `title` and `proposed_by`"
    ]


def test_a_field_that_could_not_be_read_is_not_said_to_be_missing():
    assert not found("stage-incomplete", FULL.replace("goals: [trust]", "goals: trust"))
    assert not found("stage-incomplete", FULL.replace("2027-Q2", "spring"))


# end-before-start


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ("start: 2027-04-01\nend: 2027-03-01", "4: `end` 2027-03-01 is before `start` 2027-04-01"),
        ("start: 2027-07-01\nperiod: 2027-Q2", "4: `period` 2027-06-30 is before `start` 2027-07-01"),
        ("period: 2027-Q2\nend: 2027-03-31", "4: `end` 2027-03-31 is before the first day of `period` 2027-04-01"),
        ("earliest: 2027-04-01\ndeadline: 2027-03-01", "4: `deadline` 2027-03-01 is before `earliest` 2027-04-01"),
    ],
)
def test_an_initiative_that_ends_before_it_starts(days: str, message: str):
    assert messages("end-before-start", f"kind: initiative\nid: passkeys\n{days}") == [message]


def test_days_in_order_or_on_one_day_are_fine():
    assert not found("end-before-start", "kind: initiative\nid: passkeys\nstart: 2027-04-01\nend: 2027-04-01")
    assert not found("end-before-start", "kind: initiative\nid: passkeys\nend: 2027-04-01")


def test_a_freeze_and_the_life_of_a_version_have_their_order_too():
    text = """
        kind: consumer
        id: shop
        freezes: [{start: 2027-12-31, end: 2027-11-15}]
        ---
        kind: component
        id: identity
        interfaces:
          - id: rest
            versions: [{version: 2.4.0, since: 2027-02-01, deprecated: 2027-03-01, sunset: 2027-01-01}]
    """
    assert messages("end-before-start", text) == [
        "3: `end` 2027-11-15 is before `start` 2027-12-31",
        "9: `sunset` 2027-01-01 is before `deprecated` 2027-03-01",
        "9: `sunset` 2027-01-01 is before `since` 2027-02-01",
    ]


# starts-before-dependency-ends


def pair(first: str, second: str) -> str:
    return f"kind: initiative\nid: login\n{first}\n---\nkind: initiative\nid: passkeys\n{second}\ndepends_on: [login]"


def test_work_that_begins_before_what_it_waits_for_has_ended():
    (finding,) = found("starts-before-dependency-ends", pair("end: 2027-04-30", "start: 2027-04-30"))
    assert finding.message == "`passkeys` starts on 2027-04-30, but `login` ends only on 2027-04-30"
    assert finding.help == "start after 2027-04-30, or remove the dependency"
    assert (finding.span.line, finding.related[0].span.line) == (8, 3)


def test_work_that_begins_on_the_day_after_is_fine():
    assert not found("starts-before-dependency-ends", pair("end: 2027-04-30", "start: 2027-05-01"))
    assert not found("starts-before-dependency-ends", pair("period: 2027-Q1", "period: 2027-Q2"))


def test_periods_follow_the_fiscal_year():
    moved = pair("period: 2027-Q1", "start: 2027-05-01")
    assert not found("starts-before-dependency-ends", moved)
    assert found("starts-before-dependency-ends", moved, config="calendar: {fiscal_year_start: 4}")


def test_without_days_nobody_knows():
    assert not found("starts-before-dependency-ends", pair("title: Login", "start: 2027-05-01"))


@pytest.mark.parametrize("status", ["done", "dropped", "parked"])
def test_work_that_is_over_holds_up_nobody(status: str):
    over = f"end: 2027-04-30\nstatus: {status}"
    assert not found("starts-before-dependency-ends", pair(over, "start: 2027-04-01"))


# orphan-initiative


def test_an_initiative_that_serves_no_goal():
    for status in ("idea", "proposed", "shaped"):
        assert messages("orphan-initiative", without("goals", status=status)) == ["2: `passkeys` serves no goal"]
        assert not found("orphan-initiative", without(status=status))


def test_where_the_stage_asks_for_goals_it_is_not_said_twice():
    assert not found("orphan-initiative", without("goals"))
    assert found("stage-incomplete", without("goals"))


def test_goals_that_could_not_be_read_are_not_said_to_be_missing():
    assert not found("orphan-initiative", without(status="idea").replace("[trust]", "trust"))


# overdue


def dated(end: str, status: str = "active") -> str:
    return f"kind: initiative\nid: passkeys\nstatus: {status}\nend: {end}\n"


def test_committed_work_is_overdue_from_the_day_after_its_last_one():
    (finding,) = found("overdue", dated("2027-01-14"))
    assert finding.message == "`passkeys` is overdue since 2027-01-14"
    assert (finding.span.line, finding.related[0].span.line) == (4, 3)
    assert not found("overdue", dated("2027-01-15"))
    assert found("overdue", dated("2027-01-14", "planned"))
    assert found("overdue", dated("2027-01-14").replace("end:", "start: 2026-01-01\nperiod: 2026-Q4\nx-end:"))


@pytest.mark.parametrize("status", [each for each in Status if not each.is_committed])
def test_work_that_no_one_counts_on_is_not_overdue(status: Status):
    assert not found("overdue", dated("2027-01-14", status.value))


def test_without_a_day_nothing_is_overdue():
    assert not found("overdue", dated("2027-01-14"), today=None)
    assert not found("overdue", "kind: initiative\nid: passkeys\nstatus: active\n")


# over-capacity


def team(weeks: str, *work: str) -> str:
    head = f"kind: team\nid: core\ncapacity: {weeks}\n"
    return "---\n".join([head, *(f"kind: initiative\nid: w{at}\n{each}\n" for at, each in enumerate(work))])


def test_a_team_is_over_capacity_in_each_period_in_which_its_committed_work_does_not_fit():
    text = team(
        "12",
        "status: planned\neffort: {core: 30}\nperiod: 2027-Q2",
        "status: active\neffort: {core: 2}\nperiod: 2027-Q2",
        "status: proposed\neffort: {core: 90}\nperiod: 2027-Q2",
        "status: planned\neffort: {core: 12}\nperiod: 2027-Q3",
        "status: planned\neffort: {core: 90}\nperiod: 2026-Q4",
        "status: planned\neffort: {core: 13}\nperiod: 2027-Q4",
    )
    second, first = found("over-capacity", text)
    assert first.message == "`core` has 32.0 of 12 person-weeks in 2027-Q2"
    assert first.help == "move or reduce `w0` or `w1`, or correct `capacity`"
    assert first.span.line == 3
    assert [each.text for each in first.related] == ["takes 30.0 person-weeks", "takes 2.0 person-weeks"]
    assert second.message == "`core` has 13.0 of 12 person-weeks in 2027-Q4"
    assert (first.about, second.about) == ("2027-Q2", "2027-Q4")


def test_it_is_reported_at_the_capacity_of_that_period_and_at_the_effort_of_that_team():
    weeks = "{2027-Q1: 40, 2027-Q2: 12}"
    text = team(weeks, "status: planned\neffort:\n  web: 3\n  core: 30\nperiod: 2027-Q2") + "---\nkind: team\nid: web\n"
    (finding,) = found("over-capacity", text)
    assert (finding.span.line, finding.span.column) == (3, text.splitlines()[2].index("12") + 1)
    assert finding.related[0].span.line == text.splitlines().index("  core: 30") + 1


def test_a_team_without_a_capacity_is_not_over_it():
    assert not found("over-capacity", team("{2027-Q3: 1}", "status: planned\neffort: {core: 30}\nperiod: 2027-Q2"))
