"""How well plans held, on histories of a few commits."""

import datetime

import pytest

from pasts import on
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.model.settings.config import Config
from platctl.model.validator import validated
from platctl.outlook.lifelines import lives
from platctl.questions.history.overview import overview
from platctl.questions.history.report import GroupFigures, OverviewReport


def initiative(name: str, period: str, status: str = "planned", more: str = "") -> str:
    return f"kind: initiative\nid: {name}\nstatus: {status}\nperiod: {period}\n{more}---\n"


def told(found: Past, since: datetime.date | None = None, only: set[str] | None = None) -> OverviewReport:
    refs = None if only is None else frozenset(Ref("initiative", "default", name) for name in only)
    return overview(found, lives(found), since, refs)


def by_period(report: OverviewReport) -> dict[str, tuple[int, int, int, float | None]]:
    """Planned, delivered, slips and median days of each period."""
    return {
        each.period: (each.figures.planned, each.figures.delivered, each.figures.slips, each.figures.median_days)
        for each in report.periods
    }


def test_a_period_counts_what_was_planned_for_it_before_it_began_and_done_before_it_ended() -> None:
    planned = initiative("a", "2027-Q1") + initiative("b", "2027-Q1")
    late = initiative("a", "2027-Q1", "done") + initiative("b", "2027-Q2")
    report = told(
        on(
            ("2026-12-20", planned),
            ("2027-01-10", planned + initiative("later", "2027-Q1")),
            ("2027-03-31", late),
            ("2027-04-01", initiative("a", "2027-Q1", "done") + initiative("b", "2027-Q2", "done")),
        )
    )
    assert by_period(report)["2027-Q1"] == (2, 1, 1, 91)
    (first,) = [each for each in report.periods if each.period == "2027-Q1"]
    assert ([each.id for each in first.delivered], [each.id for each in first.missed]) == (["a"], ["b"])
    assert (report.total.planned, report.total.delivered) == (2, 1)


def test_where_the_history_begins_in_a_period_its_first_commit_is_the_plan() -> None:
    report = told(on(("2027-02-10", initiative("a", "2027-Q1")), ("2027-04-10", initiative("a", "2027-Q1", "done"))))
    assert by_period(report)["2027-Q1"] == (1, 0, 0, None)


def test_a_period_that_is_not_over_is_shown_and_not_summed_up() -> None:
    report = told(on(("2027-02-10", initiative("a", "2027-Q1"))))
    assert [(each.period, each.is_over, each.figures.planned) for each in report.periods] == [("2027-Q1", False, 1)]
    assert (report.total.planned, report.teams, report.types) == (0, (), ())


def test_a_period_without_a_commit_counts_if_something_was_planned_for_it() -> None:
    report = told(on(("2027-02-10", initiative("a", "2027-Q2")), ("2027-11-01", initiative("a", "2027-Q2", "done"))))
    assert by_period(report)["2027-Q2"] == (1, 0, 0, None)
    assert "2027-Q3" not in by_period(report)


def test_what_is_done_and_then_removed_is_delivered() -> None:
    commits = (
        ("2027-01-01", initiative("a", "2027-Q1")),
        ("2027-02-01", initiative("a", "2027-Q1", "done")),
        ("2027-03-01", initiative("b", "2027-Q3")),
        ("2027-04-01", initiative("b", "2027-Q3")),
    )
    assert by_period(told(on(*commits)))["2027-Q1"] == (1, 1, 0, None)


def test_a_renamed_initiative_keeps_its_promise() -> None:
    renamed = initiative("b", "2027-Q1", "done", "aliases: [a]\n")
    report = told(on(("2027-01-01", initiative("a", "2027-Q1")), ("2027-02-01", renamed), ("2027-05-01", renamed)))
    assert by_period(report)["2027-Q1"] == (1, 1, 0, None)
    assert [each.id for each in report.periods[0].delivered] == ["b"]


def test_slips_stand_in_the_period_in_which_their_author_wrote_them() -> None:
    commits = (
        ("2027-01-01", initiative("a", "2027-Q1") + initiative("b", "2027-Q1")),
        ("2027-03-01", initiative("a", "2027-Q2") + initiative("b", "2027-Q3")),
        ("2027-05-01", initiative("a", "2027-Q4") + initiative("b", "2027-Q2")),
    )
    report = told(on(*commits))
    assert [(each.initiative.id, each.period, each.days, each.nth) for each in report.slips] == [
        ("a", "2027-Q1", 91, 1),
        ("b", "2027-Q1", 183, 1),
        ("a", "2027-Q2", 184, 2),
    ]
    assert {
        each.period: (each.figures.slips, each.figures.median_days, each.figures.pulled_in) for each in report.periods
    } == {
        "2027-Q1": (2, 137, 0),
        "2027-Q2": (1, 184, 1),
    }
    assert (report.total.slips, report.total.median_days) == (3, 183)


def test_teams_and_types_have_figures_of_their_own_as_they_were_before_a_slip() -> None:
    core, web = "owner: core\ntype: debt\n", "owner: web\n"
    commits = (
        ("2027-01-01", initiative("a", "2027-Q1", more=core) + initiative("b", "2027-Q1", "active")),
        ("2027-02-01", initiative("a", "2027-Q2", more=web) + initiative("b", "2027-Q1", "done")),
        ("2027-04-01", initiative("a", "2027-Q2", more=web) + initiative("b", "2027-Q1", "done")),
    )
    report = told(on(*commits))

    def figures(groups: tuple[GroupFigures, ...]) -> dict[str | None, tuple[int, int, int]]:
        return {each.name: (each.figures.planned, each.figures.delivered, each.figures.slips) for each in groups}

    assert figures(report.teams) == {"core": (1, 0, 1), None: (1, 1, 0)}
    assert figures(report.types) == {"debt": (1, 0, 1), None: (1, 1, 0)}
    assert report.slips[0].owner is not None
    assert report.slips[0].owner.id == "core"


def test_the_calendar_of_the_last_commit_says_what_a_period_is() -> None:
    config = validated(Config, {"calendar": {"cadence": "month"}})
    commits = (("2027-01-20", initiative("a", "2027-02")), ("2027-03-01", initiative("a", "2027-03")))
    assert by_period(told(on(*commits, config=config))) == {
        "2027-01": (0, 0, 0, None),
        "2027-02": (1, 0, 0, None),
        "2027-03": (0, 0, 1, 31),
    }


def test_since_leaves_out_whole_periods() -> None:
    commits = (
        ("2027-01-01", initiative("a", "2027-Q1")),
        ("2027-02-01", initiative("a", "2027-Q2")),
        ("2027-04-01", initiative("a", "2027-Q3")),
    )
    report = told(on(*commits), datetime.date(2027, 5, 20))
    assert (list(by_period(report)), [each.nth for each in report.slips]) == (["2027-Q2"], [2])


def test_only_chosen_initiatives_count() -> None:
    first, second = (initiative("a", period) + initiative("b", period) for period in ("2027-Q1", "2027-Q2"))
    report = told(on(("2027-01-01", first), ("2027-02-01", second)), only={"b"})
    assert [each.initiative.id for each in report.slips] == ["b"]


@pytest.mark.parametrize("day", ["", "9999-12-31", "1970-01-01"])
@pytest.mark.parametrize("calendar", [{"cadence": "sprint", "sprint_weeks": 12}, {"fiscal_year_start": 12}])
def test_days_that_can_t_be_are_survived(day: str, calendar: dict[str, object]) -> None:
    config = validated(Config, {"calendar": calendar})
    commits = ((day, initiative("a", "9999-S99")), ("2027-01-01", initiative("a", "2027-Q1")), (day, ""))
    assert len(told(on(*commits, config=config)).periods) >= 1


def test_a_commit_by_a_clock_that_is_slow_does_not_begin_its_period_anew() -> None:
    commits = (
        ("2027-01-01", initiative("a", "2027-Q2")),
        ("2027-04-10", initiative("a", "2027-Q3")),
        ("2027-03-30", initiative("a", "2027-Q4")),
        ("2027-07-01", initiative("a", "2027-Q4")),
    )
    report = told(on(*commits))
    assert by_period(report)["2027-Q2"] == (1, 0, 1, 92)
    assert by_period(report)["2027-Q1"] == (0, 0, 1, 92)
