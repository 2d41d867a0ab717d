"""`platctl roadmap` on the made-up company: each view, each audience, each format, and what it refuses."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from rich.cells import cell_len

from platctl.model.calendar import parse_date
from platctl.model.model import Model
from platctl.model.settings.audience import BUILT_IN
from platctl.questions.roadmap import page as view
from platctl.questions.roadmap.calendar import entries
from platctl.questions.roadmap.choices import View
from platctl.questions.roadmap.derive import RoadmapOptions, Roadmaps
from platctl.questions.roadmap.report import RoadmapReport
from platctl.questions.roadmap.views import RoadmapViews
from platctl.render.data import json as json_format
from platctl.render.page import text
from platctl.render.page.markdown_dialect import DIALECTS
from platctl.shell.formats import Style, rendered
from platctl.shell.options import Globals
from platctl.workspace.workspace import open_workspace
from running import Run, git

SHOWN = {
    "now-next-later.txt": "",
    "now-next-later-120.txt": "",
    "timeline-by-team.txt": "--view timeline --group-by team --from 2027-Q1 --to 2027-Q2",
    "by-goal.txt": "--view by-goal",
    "by-team.txt": "--view by-team --audience developers",
    "by-component.txt": "--view by-component --audience developers",
    "by-consumer.txt": "--view by-consumer --select owner:access",
    "customers.txt": "--audience customers",
    "customers-by-consumer.txt": "--view by-consumer --audience customers",
    "for-tv-app.txt": "--for tv-app",
    "for-identity.txt": "--for component:identity --audience developers",
    "for-offline-viewing.md": "--for offline-viewing --format markdown",
    "for-access.html": "--for team:access --format html",
    "timeline.md": "--view timeline --audience developers --format markdown",
    "by-goal-mkdocs.md": "--view by-goal --format markdown --dialect mkdocs",
    "customers.html": "--audience customers --format html",
    "customers.wiki": "--audience customers --format mediawiki",
    "by-consumer.xml": "--view by-consumer --select passkeys+ --format confluence",
    "timeline.csv": "--view timeline --format csv",
    "customers.json": "--audience customers --format json",
    "timeline.mmd": "--view timeline --format mermaid",
    "customers.mmd": "--audience customers --format mermaid",
    "timeline.svg": "--view timeline --group-by team --audience developers --format svg",
    "for-tv-app.ics": "--for tv-app --audience developers --format ical",
    "by-team.mmd": "--view by-team --format mermaid",
}


@pytest.mark.parametrize(("name", "arguments"), SHOWN.items(), ids=SHOWN)
def test_a_roadmap_reads_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, arguments: str
) -> None:
    columns = "120" if "120" in name else "80"
    result = run("-C", unpacked, "roadmap", *arguments.split(), env={"COLUMNS": columns})
    assert (result.returncode, result.stderr) == (0, "")
    golden(f"roadmap/{name}", result.stdout)


# Everything -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def company(unpacked: Path) -> Model:
    workspace = open_workspace(unpacked)
    return workspace.model(workspace.source.working_tree())


def every_report(model: Model) -> Iterator[RoadmapReport]:
    """Each view for each audience, and the page of everything that has one."""
    for audience, each in product(BUILT_IN.values(), View):
        asked = RoadmapOptions(audience, parse_date("2026-11-23"), view=each)
        pages = Roadmaps(model, "working tree", asked).pages(asked)
        yield pages.index
        if each is View.NOW_NEXT_LATER:
            yield from pages.subjects.values()


def every_text(report: RoadmapReport) -> Iterator[str]:
    """It in all formats; text first."""
    yield text.render(view.page(report), width=80, color=False)
    yield json_format.render(report, "roadmap")
    formats = ["csv", "mermaid", "html", "confluence", "mediawiki"]
    formats += ["svg"] if report.ticks else []
    formats += ["ical"] if any(entries(report)) else []
    for each in formats:
        yield rendered(RoadmapViews(report, OPTIONS, Style()), each)
    for dialect in DIALECTS.values():
        yield rendered(RoadmapViews(report, OPTIONS, Style(dialect)), "markdown")


OPTIONS = Globals(Path(), color="never", quiet=False)


def test_every_view_for_every_audience_in_every_format_is_the_same_each_time_and_fits_into_80_columns(
    company: Model,
) -> None:
    reports = list(every_report(company))
    shuffled = replace(company, entities=dict(reversed(company.entities.items())))
    assert reports == list(every_report(shuffled))
    found = [list(every_text(report)) for report in reports]
    assert len(found) > 80
    assert {line for texts in found for line in texts[0].splitlines() if cell_len(line) > 80} == set()
    assert all(each.endswith("\n") for texts in found for each in texts[:3])


# What is asked ----------------------------------------------------------------------------------------------


def titles(folder: Path, run: Run, *arguments: str) -> list[str]:
    """The initiatives of a roadmap, by identifier."""
    result = run("-C", folder, "roadmap", "--format", "json", *arguments)
    assert result.stderr == ""
    return [item["initiative"]["id"] for item in json.loads(result.stdout)["items"]]


@pytest.mark.parametrize("name", ["tv-app", "consumer:tv-app", "Consumer:TV-App", "consumer:default/tv-app"])
def test_a_page_is_found_by_name_with_or_without_its_kind(unpacked: Path, run: Run, name: str) -> None:
    assert run("-C", unpacked, "roadmap", "--for", name).stdout.startswith("Lanterna for TV\n")


def test_dates_and_periods_limit_what_is_shown(unpacked: Path, run: Run) -> None:
    by_period = titles(unpacked, run, "--from", "2027-Q2", "--to", "2027-Q2")
    by_day = titles(unpacked, run, "--from", "2027-04-01", "--to", "2027-06-30")
    assert (
        by_period
        == by_day
        == [
            *("travel-mode", "kids-profiles", "downloads-2", "gateway-identity-3", "settop-sessions-4"),
        ]
    )


def test_what_lies_outside_or_has_no_day_is_counted(unpacked: Path, run: Run) -> None:
    shown = run("-C", unpacked, "-q", "roadmap", "--to", "2026-Q4").stdout
    assert shown.splitlines() == [
        *("Roadmap: now, next, later", ""),
        "7 initiatives, not shown: 12 outside the days shown, 4 without a date",
    ]


def test_selectors_choose_the_work(unpacked: Path, run: Run) -> None:
    assert titles(unpacked, run, "--select", "passkeys") == ["passkeys"]
    assert "passkeys" not in titles(unpacked, run, "--exclude", "passkeys")
    nothing = run("-C", unpacked, "roadmap", "--select", "tag:nothing-has-it", "--fail-on-empty")
    assert nothing.returncode == 2


def test_groups_can_be_others_than_those_of_the_view(unpacked: Path, run: Run) -> None:
    found = json.loads(run("-C", unpacked, "roadmap", "--group-by", "status", "--format", "json").stdout)
    assert [group["key"] for group in found["groups"]] == ["idea", "proposed", "shaped", "planned", "active", "done"]


def test_the_csv_has_a_row_for_each_initiative(unpacked: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-C", unpacked, "roadmap", "--format", "csv").stdout)))
    (retire,) = (row for row in rows if row["initiative"] == "retire-identity-v2")
    assert (retire["end"], retire["confidence"]) == ("2027-03-31", "planned")
    assert retire["changes"] == "removes identity#rest <3"


def test_another_day_has_other_horizons(unpacked: Path, run: Run) -> None:
    found = json.loads(run("-C", unpacked, "roadmap", "--today", "2027-05-01", "--format", "json").stdout)
    horizons = {item["initiative"]["id"]: item["horizon"] for item in found["items"]}
    assert horizons["downloads-2"] == "now"


@pytest.mark.parametrize(
    ("arguments", "error", "help_"),
    [
        ("--for tvapp", "there is no consumer, team, goal or component `tvapp`", "did you mean `consumer:tv-app`?"),
        ("--for consumer:tv-ap", "there is no consumer `tv-ap`", "did you mean `consumer:tv-app`?"),
        (
            "--for initiative:passkeys",
            "`initiative:passkeys` is an initiative, which is not allowed here",
            "consumer, team, goal, component",
        ),
        (
            "--for meridian-hotels --audience customers",
            "`--for` names a consumer that is restricted: customers may not see it",
            "no audience may",
        ),
        ("--from soon", "--from: `soon` is not a date", "or a period, such as `2027-Q1`"),
        ("--to 2027-Q5", "--to: `2027-Q5` is not a period: a year has 4 quarters", "or a period, such as `2027-Q1`"),
        ("--to 2027-S27", "--to: `2027-S27` is not a period: 2027 has 26 sprints", "or a period, such as `2027-Q1`"),
        ("--from 2027-13-01", "there is no month 13", "use a day"),
        ("--from 2027-Q2 --to 2027-Q1", "`--from 2027-Q2` begins after `--to 2027-Q1` ends", "swap them"),
        ("--view gantt", "`--view` can't be `gantt`", "use one of timeline, now-next-later"),
        ("--group-by horizont", "`--group-by` can't be `horizont`", "did you mean `horizon`?"),
        ("--audience costumers", "`--audience` can't be `costumers`", "did you mean `customers`?"),
        ("--format sarif", "`--format` can't be `sarif`", "use one of text, markdown"),
        ("--dialect gitlab-wikis", "`--dialect` can't be `gitlab-wikis`", "did you mean `gitlab-wiki`?"),
        ("--today x", "--today: `x` is not a date", ""),
        ("--check", "`--check` needs a page to check", "`--output`"),
        ("--check --output -", "`--check` needs a page to check", "`--output`"),
        ("--output a.md --inject b.md", "can't be combined", "use one of them"),
        ("--output-dir d --for tv-app", "`--output-dir` writes all pages", "omit `--for`"),
        ("--output-dir d --format csv", "`csv` is not a page format", "markdown, json, html, confluence, mediawiki"),
        ("--output-dir d --index ../x", "`--index` can't be `../x`", "such as `Home`"),
        ("--inject b.md", "there is no page `b.md`", "use `--output` for a new one"),
        ("--inject b.md --marker UP", "`--marker` can't be `UP`", "lowercase letters"),
        ("--select passkey", "there is no entity `passkey`", "did you mean `passkeys`?"),
    ],
)
def test_a_wrong_call_says_what_to_write(
    unpacked: Path, tmp_path: Path, run: Run, arguments: str, error: str, help_: str
) -> None:
    result = run("-C", unpacked, "roadmap", *arguments.split(), cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert error in result.stderr
    assert help_ in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_model_without_work_has_an_empty_roadmap(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text("{kind: component, id: a, version: 1.0.0}", "utf-8")
    for each in View:
        result = run("-C", tmp_path, "roadmap", "--today", "2027-01-01", "--view", each.value)
        assert result.returncode == 0, each
        assert "No work to show." in result.stdout


def test_titles_are_shown_and_never_obeyed(tmp_path: Path, run: Run) -> None:
    title = '"<b>|*x*\\e[31m ]]> {{x}} ::error:: [a](http://e.example)"'
    work = f"kind: initiative\nid: x\nstatus: planned\ntitle: {title}\nperiod: 2027-Q1\noutcome: {title}\n"
    (tmp_path / "model.yaml").write_text(f"{work}requested_by: [c]\n---\nkind: consumer\nid: c\ntitle: {title}\n")
    for format_, each in product(
        ("text", "markdown", "html", "confluence", "mediawiki", "csv", "mermaid"), ("by-consumer", "timeline")
    ):
        arguments = ("--today", "2027-01-01", "--format", format_, "--view", each)
        result = run("-C", tmp_path, "roadmap", *arguments)
        assert result.returncode == 0, arguments
        assert "\x1b" not in result.stdout
        assert format_ in ("text", "csv") or "<b>" not in result.stdout
        assert format_ != "markdown" or "[a](" not in result.stdout


HIDDEN = """\
kind: consumer
id: acme
title: Acme
visibility: restricted
aliases: [ac]
---
kind: consumer
id: shop
---
kind: consumer
id: portal
visibility: public
"""
BOARD = "audiences:\n  board: {like: product-managers, sees: restricted}\n"


@pytest.mark.parametrize(
    ("settings", "arguments", "error", "help_"),
    [
        (
            BOARD,
            "roadmap --for acme",
            "`--for` names a consumer that is restricted: product-managers may not see it",
            "use `--audience board`",
        ),
        (
            "",
            "roadmap --for ac --audience customers",
            "`--for` names a consumer that is restricted: customers may not see it",
            "no audience may: add one with `sees: restricted` to `audiences` in platctl.yaml",
        ),
        (
            BOARD,
            "roadmap --for consumer:shop --audience customers",
            "`--for` names a consumer that is internal: customers may not see it",
            "use `--audience developers` or `--audience product-managers` or `--audience board`",
        ),
        (
            BOARD,
            "changelog . --for acme --audience product-managers",
            "`--for` names a consumer that is restricted: product-managers may not see it",
            "use `--audience board`",
        ),
    ],
)
def test_what_is_hidden_is_not_said_to_be_unknown(
    tmp_path: Path, run: Run, settings: str, arguments: str, error: str, help_: str
) -> None:
    (tmp_path / "model.yaml").write_text(HIDDEN, "utf-8")
    (tmp_path / "platctl.yaml").write_text(settings, "utf-8")
    call = [*arguments.split(), "--today", "2027-01-01"]
    result = run(*call, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, f"error: {error}\nhelp: {help_}\n")
    nothing = run(*[each.replace("acme", "acm") for each in call], cwd=tmp_path)
    if "acme" in call:
        assert "there is no consumer" in nothing.stderr
        assert "acme" not in nothing.stderr
    allowed = re.search(r"use `--audience ([a-z]+)`", help_)
    assert not allowed or run(*call, "--audience", allowed[1], cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "confluence", "mediawiki", "json"])
def test_a_strategy_of_several_paragraphs_is_shown_without_its_line_breaks(
    tmp_path: Path, run: Run, format_: str
) -> None:
    (tmp_path / "model.yaml").write_text(
        "kind: goal\nid: g\ntitle: |\n  Trust\ndescription: |\n  Be\n  good.\n", "utf-8"
    )
    (tmp_path / "platctl.yaml").write_text("strategy: |\n  We build\n  one account.\n\n  And few versions.\n", "utf-8")
    call = ("roadmap", "--today", "2027-01-01", "--format", format_)
    shown = run(*call, cwd=tmp_path).stdout
    if format_ == "json":
        assert json.loads(shown)["strategy"] == "We build\none account.\n\nAnd few versions."
        return
    assert "We build one account." in shown
    assert "And few versions." in shown
    assert r"\n" not in shown
    assert r"\n" not in run(*call, "--for", "goal:g", cwd=tmp_path).stdout


PLANNED = "kind: initiative\nid: a\nstatus: planned\nend: 2027-01-31\n"


def calendar(folder: Path, run: Run, *arguments: str) -> dict[str, str]:
    """The properties of the only event."""
    call = ("roadmap", "--today", "2026-01-01", "--format", "ical", *arguments)
    lines = run(*call, cwd=folder).stdout.replace("\r\n", "\n").splitlines()
    return dict(line.split(":", 1) for line in lines)


def committed(folder: Path, text: str, day: str, name: str = "model.yaml") -> None:
    (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", text, at=f"{day}T12:00:00Z")


def test_two_repositories_have_different_events_and_a_moved_one_replaces_itself(tmp_path: Path, run: Run) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        git(tmp_path / name, "init", "-q")
        committed(tmp_path / name, name, "2026-01-01", "README.md")
        committed(tmp_path / name, PLANNED, "2026-01-02")
    first, other = (calendar(tmp_path / name, run) for name in ("one", "two"))
    assert first["UID"] != other["UID"]
    committed(tmp_path / "one", PLANNED.replace("01-31", "02-28"), "2026-01-03")
    moved = calendar(tmp_path / "one", run)
    assert (moved["UID"], moved["DTSTART;VALUE=DATE"]) == (first["UID"], "20270228")
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"]) > 0
    assert calendar(tmp_path / "one", run, "--head", "HEAD~1") == first


def test_a_calendar_is_named_by_its_settings_or_its_first_commit_or_its_remote(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "repo"
    folder.mkdir()
    (folder / "model.yaml").write_text(PLANNED, "utf-8")
    plain = calendar(folder, run)
    assert (plain["UID"], plain["SEQUENCE"]) == ("release-initiative-a@platctl", "0")
    git(folder, "init", "-q")
    assert calendar(folder, run)["UID"].endswith("@platctl")
    git(folder, "remote", "add", "origin", "https://user:secret@host.example/group/plans.git")
    assert calendar(folder, run)["UID"].endswith("@plans")
    committed(folder, PLANNED, "2026-01-01")
    root = git(folder, "rev-parse", "HEAD").strip()
    committed(folder, f"{PLANNED}title: A\n", "2026-01-02")
    assert calendar(folder, run)["UID"].endswith(f"@{root[:12]}")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", "shallow")
    assert calendar(tmp_path / "shallow", run)["UID"].endswith("@repo")
    (folder / "platctl.yaml").write_text("calendar: {id: lanterna}\n", "utf-8")
    assert calendar(folder, run)["UID"].endswith("@lanterna")
