"""`platctl history` on a small plan with a past, and what it refuses."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from repos import Repo
from running import Run

PASSKEYS = """\
kind: initiative
id: {id}
title: Sign in without a password
status: {status}
type: capability
owner: {owner}
effort: {{access: {weeks}}}
period: {period}
"""
IDENTITY = "kind: component\nid: identity\nversions:\n  - version: 2.4.0\n"


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a story: an idea that becomes a plan, slips twice, and is renamed, moved and broken."""
    repo = Repo(tmp_path_factory.mktemp("planned") / "repo")

    def write(path: str, date: str, **said: object) -> None:
        facts = {"id": "passkeys", "status": "planned", "owner": "access", "weeks": 10, "period": "2027-Q1"}
        repo.write(path, PASSKEYS.format_map(facts | said))
        repo.commit(date=f"{date}T12:00:00Z")

    repo.write("identity.yaml", IDENTITY)
    write("plan.yaml", "2026-10-05", status="idea")
    write("plan.yaml", "2026-12-01")
    write("plan.yaml", "2027-02-15", period="2027-Q2", weeks=14)
    repo.write("identity.yaml", IDENTITY + "    sunset: 2027-09-30\n  - version: 3.0.0\n")
    repo.commit(date="2027-03-01T12:00:00Z")
    write("plan.yaml", "2027-04-02", status="planed", period="2027-Q2", weeks=14)
    (repo.path / "plan.yaml").unlink()
    write(
        "plans/sign-in.yaml", "2027-05-03", id="sign-in\naliases: [passkeys]", owner="core", period="2027-Q3", weeks=14
    )
    write(
        "plans/sign-in.yaml",
        "2027-09-01",
        id="sign-in\naliases: [passkeys]",
        owner="core",
        status="done",
        period="2027-Q3",
        weeks=14,
    )
    (repo.path / "identity.yaml").unlink()
    repo.commit(date="2027-10-01T12:00:00Z")
    return repo.path


SHOWN = {
    "history-story.txt": ("passkeys",),
    "history-story.md": ("sign-in", "--format", "markdown"),
    "history-story.csv": ("initiative:sign-in", "--format", "csv"),
    "history-component.txt": ("identity", "--since", "2027-01-01"),
    "history-all.txt": ("--all",),
    "history-all.md": ("--all", "--format", "markdown"),
    "history-all.json": ("--all", "--format", "json"),
}


@pytest.mark.parametrize(("name", "asked"), SHOWN.items())
def test_a_history_reads_as_before(
    planned: Path, run: Run, golden: Callable[[str, str], None], name: str, asked: tuple[str, ...]
) -> None:
    result = run("-C", planned, "history", *asked, env={"COLUMNS": "100"})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def test_the_story_of_one_entity_as_json(planned: Path, run: Run) -> None:
    document = json.loads(run("-C", planned, "history", "sign-in", "--format", "json").stdout)
    assert (document["format"], document["former"], document["slips"]) == ("platctl.history", ["passkeys"], 2)
    slips = [
        (chapter["at"]["author"], chapter["at"]["date"], event["was"], event["now"], event["days"], event["nth"])
        for chapter in document["chapters"]
        for event in chapter["events"]
        if event["what"] == "slipped"
    ]
    assert slips == [
        ("Ada", "2027-02-15", "2027-03-31", "2027-06-30", 91, 1),
        ("Ada", "2027-05-03", "2027-06-30", "2027-09-30", 92, 2),
    ]


def test_all_slips_as_rows(planned: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-C", planned, "history", "--all", "--format", "csv").stdout)))
    assert [(row["date"], row["initiative"], row["owner"], row["days"], row["nth"]) for row in rows] == [
        ("2027-02-15", "sign-in", "access", "91", "1"),
        ("2027-05-03", "sign-in", "access", "92", "2"),
    ]


def test_quiet_leaves_how_it_stands(planned: Path, run: Run) -> None:
    story = run("-C", planned, "-q", "history", "identity", env={"COLUMNS": "120"}).stdout.splitlines()
    assert story[-1] == "removed, last in identity.yaml"
    over_all = run("-C", planned, "-q", "history", "--all", env={"COLUMNS": "120"}).stdout.splitlines()
    assert over_all[1:] == [
        "2 slips of 1 initiative, median 91.5 days",
        "1 of 3 (33 %) was delivered in the planned period",
        "1 done early, 0 on time, 0 late",
    ]


def test_selectors_choose_among_the_initiatives_that_there_are(planned: Path, run: Run) -> None:
    none = run("-C", planned, "history", "--all", "--select", "owner:core", "--exclude", "sign-in", "--format", "json")
    assert json.loads(none.stdout)["slips"] == []
    one = run("-C", planned, "history", "--all", "--select", "owner:core", "--format", "json")
    assert len(json.loads(one.stdout)["slips"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "use `platctl history ENTITY`, or `platctl history --all`"),
        (("sign-in", "--all"), "no entity is named"),
        (("sing-in",), "did you mean `initiative:sign-in`"),
        (("componant:identity",), "did you mean `component`?"),
        (("sign-in", "--select", "owner:core"), "use them with `platctl history --all`"),
        (("--all", "--select", "state:new"), "`state:` compares two states"),
        (("--all", "--since", "yesterday"), "`yesterday` is not a date"),
        (("sign-in", "--format", "sarif"), "one of text, markdown, json, html, confluence, mediawiki, csv"),
    ],
)
def test_what_can_t_be_answered_says_what_to_write(
    planned: Path, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run("-C", planned, "history", *arguments, env={"COLUMNS": "200"})
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_folder_without_git_has_no_history(planned: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(planned, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    result = run("-C", tmp_path / "copy", "history", "--all")
    assert result.returncode == 2
    assert "is not in a git repository" in result.stderr


def test_a_shallow_clone_says_where_its_history_begins(planned: Path, tmp_path: Path, run: Run) -> None:
    Repo(planned).git("clone", "-q", "--depth", "3", f"file://{planned}", str(tmp_path / "shallow"))
    result = run("-C", tmp_path / "shallow", "history", "sign-in", env={"COLUMNS": "120"})
    assert result.returncode == 0
    assert "(or earlier)" in result.stdout
    assert "is missing; run `git fetch --unshallow`" in result.stdout


def test_nothing_in_a_history_reaches_the_terminal_or_a_page_as_markup(tmp_path: Path, run: Run) -> None:
    repo = Repo(tmp_path / "hostile")
    repo.write("a.yaml", 'kind: initiative\nid: a\ntitle: "\\e[31m<script>|x"\nowner: core\n')
    repo.git("add", "--all")
    repo.git("-c", "user.name=x", "commit", "-q", "-m", "x", "--author", "\x1b[2J**Eve**|</td> <eve@example.org>")
    repo.write("::error::|b\u202e.yaml", 'kind: initiative\nid: "[\n')
    repo.commit()
    for arguments in (("a",), ("--all",)):
        text = run("-C", repo.path, "history", *arguments)
        page = run("-C", repo.path, "history", *arguments, "--format", "markdown")
        html = run("-C", repo.path, "history", *arguments, "--format", "html")
        assert (text.returncode, page.returncode, html.returncode) == (0, 0, 0)
        assert "<script>|x" not in html.stdout
        assert "\x1b" not in text.stdout + page.stdout
        assert "\u202e" not in text.stdout + page.stdout
        assert "<script>" not in page.stdout
        assert "**Eve**" not in page.stdout
