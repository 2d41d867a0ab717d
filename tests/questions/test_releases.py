"""Releases as days: a model that names them says what one with their days says, and a move is told once."""

import datetime
import random
from pathlib import Path

import pytest

from builders import model
from impacts import compared, effects
from platctl.model.entity.kinds import KINDS
from platctl.model.model import Model
from platctl.model.release_day import ReleaseDay, UnsetDay
from platctl.model.stage import missing
from platctl.model.vocabulary import Status
from platctl.outlook.compared import Compared
from platctl.outlook.lifelines import lives
from platctl.page import Page
from platctl.questions.changelog.derive import ChangelogOptions, changelog
from platctl.questions.changelog.page import page as changes_page
from platctl.questions.changelog.report import Kind
from platctl.questions.compat.derive import CompatOptions, compat
from platctl.questions.history.derive import story
from platctl.questions.impact.page import page as impact_page
from platctl.render.page.text import render
from platctl.workspace.past_reader import read_past
from platctl.workspace.unread import judged_head
from platctl.workspace.workspace import open_workspace
from repos import Repo

TODAY = datetime.date(2026, 11, 1)
PLATFORM = """
kind: component
id: api
owner: sig
interfaces:
  - id: v1
    versions:
      - {version: 1.0.0, sunset: <a>, since: 2026-01-01}
      - {version: 2.0.0, since: <b>}
---
kind: consumer
id: shop
owner: sig
uses: [{component: api#v1, requires: '<2', need_by: <b>}]
---
kind: consumer
id: app
uses: [{component: api#v1, requires: '>=1,<4'}]
---
kind: initiative
id: beta
title: Drop the beta
status: planned
owner: sig
end: <a>
deadline: <b>
requested_by: [shop]
goals: [grow]
changes: [{component: api#v1, effect: addition, version: 3.0.0}]
---
kind: initiative
id: tail
title: The tail
status: planned
depends_on: [beta]
start: <b>
end: <c>
changes: [{component: api#v1, effect: removal, version: 2.0.0, sunset: <c>}]
---
kind: goal
id: grow
title: Grow
due: <a>
---
kind: team
id: sig
title: SIG
"""
DAYS = ["2026-12-09", "2027-01-13", "2027-03-31", "2027-08-01", ""]


def released(days: dict[str, str], text: str = PLATFORM) -> str:
    """The platform, in which days are those of releases."""
    for name in days:
        text = text.replace(f"<{name}>", f"release:r-{name}")
    documents = [f"kind: release\nid: r-{name}\n" + (f"date: {day}\n" if day else "") for name, day in days.items()]
    return "---\n".join([text.lstrip("\n"), *documents])


def dated(days: dict[str, str], text: str = PLATFORM) -> str:
    """The same with the days themselves; a field without a day is left out."""
    for name, day in days.items():
        text = text.replace(f"<{name}>", day or "null")
    return text


def shown(page: Page) -> str:
    return render(page, width=100, color=False)


def facts(was: str, now: str) -> list[object]:
    """What the questions say of two states, apart from releases and places."""
    base, head = model(was), model(now)
    report = compared(base, head, today=str(TODAY))
    ends = compat(head, "", "", CompatOptions(today=TODAY))
    told = changelog(base, head, Compared("head", "base"), ChangelogOptions(today=TODAY))
    return [
        effects(report),
        [(each.cause.date, each.cause.until, each.cause.by, each.gain and each.gain.date) for each in report.verdicts],
        [(each.initiative.id, each.verdict, each.was, each.now) for each in report.deliveries],
        [(each.kind, each.subject.id, each.date, each.limit) for each in report.conflicts],
        [(each.subject, each.effect, each.date, each.sunset, each.removed, each.added) for each in report.changes],
        [(each.day, str(each.on), each.versions, each.level, each.early, len(each.hits)) for each in ends.breaks],
        sorted((each.kind, each.entity.id) for each in told.entries if each.entity.ref.kind != "release"),
    ]


@pytest.mark.parametrize("seed", range(60))
def test_naming_a_release_says_what_its_day_says(seed: int) -> None:
    choose = random.Random(seed)
    was = {name: choose.choice(DAYS) for name in "abc"}
    now = {name: choose.choice([was[name], *DAYS]) for name in "abc"}
    assert facts(released(was), released(now)) == facts(dated(was), dated(now))


def test_a_field_has_the_day_of_its_release() -> None:
    found = model(released({"a": "2026-12-09", "b": "2027-01-13", "c": ""}))
    (beta,) = (each for each in found.initiatives.values() if each.id == "beta")
    assert beta.end == datetime.date(2026, 12, 9)
    assert isinstance(beta.end, ReleaseDay)
    assert found.findings == ()


def test_no_field_is_left_without_an_answer() -> None:
    found = model(released({"a": "2026-12-09", "b": "", "c": ""}))
    assert not any(isinstance(value, UnsetDay) for each in found.entities.values() for _, value in each.items())


MOVE = (
    {"a": "2026-12-09", "b": "2027-01-13", "c": "2027-03-31"},
    {"a": "2027-01-20", "b": "2027-01-13", "c": "2027-03-31"},
)


def test_a_release_that_moves_is_one_cause_and_told_once() -> None:
    report = compared(released(MOVE[0]), released(MOVE[1]), today=str(TODAY))
    (moved,) = report.releases
    assert (moved.release.id, moved.days) == ("r-a", 42)
    assert [each.id for each in moved.work] == ["beta"]
    assert sorted(each.id for each in moved.others) == ["api", "grow"]
    assert [each.release and each.release.id for each in report.deliveries] == ["r-a"]
    assert report.others == ()
    text = shown(impact_page(report))
    assert text.count("Release r-a") == 1
    assert text.count("delayed by 42 days") == 1
    assert "also api, Grow" in text


def test_work_that_leaves_its_release_moves_by_itself() -> None:
    was, now = released(MOVE[0]), released(MOVE[1])
    report = compared(was, now.replace("end: release:r-a", "end: 2027-02-01"), today=str(TODAY))
    assert [each.release for each in report.deliveries] == [None]
    assert [each.id for move in report.releases for each in move.work] == ["beta"] or report.releases[0].work == ()


def test_the_changelog_tells_what_follows_below_the_release() -> None:
    base, head = model(released(MOVE[0])), model(released(MOVE[1]))
    report = changelog(base, head, Compared("head", "base"), ChangelogOptions(today=TODAY))
    text = shown(changes_page(report))
    assert text.count("2026-12-09 -> 2027-01-20") == 4, "the release, and below it work, sunset and goal"
    assert [each.kind.value for each in report.entries if not each.because] == ["release-moved"]


def test_a_release_without_a_day_is_work_without_a_day() -> None:
    days = {"a": "2026-12-09", "b": "2027-01-13", "c": ""}
    report = compared(released({**days, "c": "2027-03-31"}), released(days), today=str(TODAY))
    (moved,) = report.releases
    assert (moved.was, moved.now) == (datetime.date(2027, 3, 31), None)
    assert "Release r-c  has no day any more, was 2027-03-31" in shown(impact_page(report))
    assert [each for each in report.changes if each.effect.value == "removal" and each.date is None]


def test_planned_work_on_a_release_without_a_day_lacks_no_period() -> None:
    found = model(released({"a": "2026-12-09", "b": "2027-01-13", "c": ""}))
    (tail,) = (each for each in found.initiatives.values() if each.id == "tail")
    assert "period" not in missing(tail, Status.PLANNED)


UNKNOWN = released({"a": "2026-12-09", "b": "2027-01-13", "c": "2027-03-31"}).replace(
    "end: release:r-c", "end: release:r-x"
)


def test_what_hangs_on_a_release_are_its_references() -> None:
    found = model(released({"a": "2026-12-09", "b": "2027-01-13", "c": ""}))
    named = {(str(each.source), each.route[-1]) for each in found.references if each.target.id == "r-c"}
    assert named == {("initiative:tail", "end"), ("initiative:tail", "sunset")}
    assert {each.target.id for each in model(UNKNOWN).unresolved} == {"r-x"}


def test_a_former_name_of_a_release_still_works() -> None:
    days = {"a": "2026-12-09", "b": "2027-01-13", "c": "2027-03-31"}
    text = released(days).replace("id: r-a\n", "id: v1-32\naliases: [r-a]\n")
    (beta,) = (each for each in model(text).initiatives.values() if each.id == "beta")
    assert beta.end == datetime.date(2026, 12, 9)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    found = Repo(tmp_path)
    text = released(MOVE[0])
    platform, *releases = text.split("---\nkind: release")
    found.write("platform.yaml", platform)
    found.write("releases.yaml", "---".join(f"\nkind: release{each}" for each in releases))
    found.commit(date="2026-10-01T12:00:00Z")
    return found


def test_a_history_knows_that_work_moved_with_its_release(repo: Repo) -> None:
    path = repo.path / "releases.yaml"
    path.write_text(path.read_text().replace("2026-12-09", "2027-01-20"))
    repo.commit(date="2026-10-02T12:00:00Z")
    past = read_past(open_workspace(repo.path))
    (beta,) = (ref for ref in past.moments[0].changed if ref.id == "beta")
    assert {str(ref) for ref in past.moments[1].changed} == {
        "component:api",
        "goal:grow",
        "initiative:beta",
        "release:r-a",
    }
    assert story(past, lives(past).named[beta]).slips == 1


def test_a_release_that_can_not_be_read_moves_nothing(repo: Repo) -> None:
    workspace = open_workspace(repo.path)
    base = workspace.model(workspace.source.working_tree())
    (repo.path / "releases.yaml").write_text("kind: release\nid: [\n")
    head = judged_head(workspace, base, workspace.source.working_tree()).model
    assert ends(head) == ends(base)
    assert not [each for each in head.references if each.target not in head.entities]


def ends(found: Model) -> list[object]:
    return [(ref, each.start, each.end, each.deadline) for ref, each in found.initiatives.items()]


def test_a_release_is_a_kind_like_any_other() -> None:
    assert "release" in KINDS


VERSIONS = """
kind: component
id: api
versions:
  - {version: 1.0.0, sunset: release:a}
  - {version: 2.0.0, sunset: release:b}
---
kind: initiative
id: switch
status: planned
start: <start>
end: <end>
changes: [{component: api, effect: internal}]
---
{kind: release, id: a, date: <a>}
---
{kind: release, id: b, date: <b>}
"""


def versions(a: str = "2027-03-01", b: str = "2027-06-01", start: str = "2027-01-01", end: str = "release:a") -> str:
    named = VERSIONS.replace("<start>", start).replace("<end>", end)
    return named.replace("<a>", a).replace("<b>", b)


def causes(was: str, now: str) -> dict[str, str]:
    """By what happened: the release that it follows from."""
    report = changelog(model(was), model(now), Compared("head", "base"), ChangelogOptions(today=TODAY))
    return {
        f"{each.entity.id} {next(iter(getattr(each.fact, 'versions', ())), '')}".strip(): each.because.entity.id
        for each in report.entries
        if each.because and each.because.kind is Kind.RELEASE_MOVED
    }


def test_each_field_moves_with_the_release_that_it_names() -> None:
    now = versions(a="2027-04-01", b="2027-07-01")
    assert causes(versions(), now) == {"api 1.0.0": "a", "api 2.0.0": "b", "switch": "a"}
    assert causes(versions(), versions(b="2027-07-01")) == {"api 2.0.0": "b"}


def test_work_that_changes_its_release_is_its_own_cause() -> None:
    was = versions(start="release:b", end="release:a")
    now = versions(start="release:a", end="release:b", b="2027-07-01")
    assert causes(was, now) == {"api 2.0.0": "b"}
    report = compared(was, now, today=str(TODAY))
    assert [each.release for each in report.deliveries] == [None]
    assert [each.id for move in report.releases for each in move.work] == []


def test_to_leave_a_release_is_told_although_the_day_stays() -> None:
    report = compared(versions(), versions(end="2027-03-01"), today=str(TODAY))
    (other,) = report.others
    assert other.what == "end: 2027-03-01 (release a) -> 2027-03-01"


def test_a_release_that_loses_its_day_takes_what_hangs_on_it_along() -> None:
    assert causes(versions(), versions(a="null")) == {"api 1.0.0": "a", "switch": "a"}
