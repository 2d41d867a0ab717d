"""One habit of options: what a word means in one command, it means in all."""

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from platctl.cli.app import ACTIONS, COMMANDS, GROUPS, app
from running import Run, git

OF_ALL = ["text", "markdown", "json", "html", "confluence", "mediawiki", "csv"]
QUESTIONS = [name for name in COMMANDS if name not in ACTIONS]
WITHOUT_A_MODEL = {"rule"}
COMPARING = ["impact", "ci", "validate", "owners", "goals", "changelog"]
CALLS = {
    "impact": ["impact", "--fail-on", "never"],
    "ci": ["ci", "--no-fetch", "--fail-on", "never", "--fail-on-finding", "never"],
    "validate": ["validate", "--new-only", "--fail-on", "never"],
    "owners": ["owners"],
    "goals": ["goals"],
    "changelog": ["changelog"],
}
OF_ONE_STATE = [
    ["backlog"],
    ["balance", "--fail-on", "never"],
    ["sensitivity"],
    ["tradeoff", "passkeys", "downloads-2"],
    ["intake"],
    ["needs", "tv-app"],
    ["roadmap"],
]


def options(command: str) -> dict[str, Any]:
    """By name: what the command line declares; arguments by the name in the function."""
    group: Any = typer.main.get_command(app)
    declared = group.get_command(group.make_context("platctl", [], resilient_parsing=True), command)
    return {name: each for each in declared.params for name in [*each.opts, *each.secondary_opts]}


# What is declared


@pytest.mark.parametrize("command", QUESTIONS)
def test_every_report_has_the_same_formats_and_can_go_to_several_files(command: str) -> None:
    declared = options(command)
    assert {"--format", "-f", "--output", "-o", "--report"} <= declared.keys()
    offered = declared["--format"].help.rstrip(".").replace(" or ", ", ").split(", ")
    assert set(OF_ALL) <= set(offered)


@pytest.mark.parametrize("command", [each for each in QUESTIONS if each not in WITHOUT_A_MODEL])
def test_every_report_on_a_model_can_be_asked_of_another_state(command: str) -> None:
    declared = options(command)
    assert declared["--head"].metavar == ("REF" if command == "history" else "REF|DIR")
    if "--base" in declared:
        assert declared["--base"].metavar == "REF|DIR"
    if "--select" in declared and command != "history":
        assert "--base" in declared, "`state:` selectors compare with it"
    assert ("--fetch" in declared) == ("--no-fetch" in declared) == (command in COMPARING)


def test_one_word_has_one_meaning() -> None:
    same = ["--output", "--report", "--today", "--select", "--exclude", "--fail-on-empty", "--base", "--head", "--at"]
    same += ["--dry-run", "--audience", "--model", "--no-decisions", "--fetch"]
    other = {("history", "--head"), ("baseline", "--output")}
    for name in same:
        declared = {command: options(command) for command in COMMANDS if (command, name) not in other}
        meanings = {each[name].help for each in declared.values() if name in each}
        assert len(meanings) == 1, (name, meanings)


@pytest.mark.parametrize("command", sorted(ACTIONS | {"tradeoff", "roadmap"}))
def test_whatever_writes_can_be_tried_first(command: str) -> None:
    declared = options(command)
    assert declared["--dry-run"] is declared["-n"]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_names_an_entity_completes(command: str) -> None:
    names = ("CONSUMER", "INITIATIVE", "ENTITY", "GOAL", "SELECTOR")
    for option in options(command).values():
        if any(each in (option.metavar or "") for each in names) and option.name != "context":
            assert option._custom_shell_complete, option.name


def test_every_command_is_in_one_group_of_the_help(run: Run) -> None:
    assert list(COMMANDS) == [name for group in GROUPS.values() for name in group]
    assert len(set(COMMANDS)) == sum(map(len, GROUPS.values()))
    shown = run("--help").stdout
    places = [shown.index(f"\n{title}:\n") for title in ("Look", "Decide", "Plan", "Tell", "Change", "Automate")]
    assert places == sorted(places)
    assert "Before you merge a change: `platctl impact`" in shown
    assert all(f"\n  {name} " in shown for name in COMMANDS)


# Both ends of a comparison


@pytest.fixture(scope="module")
def states(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A repository, and its last two commits as folders outside of it."""
    folder = tmp_path_factory.mktemp("states")
    repo = folder / "repo"
    shutil.copytree(unpacked, repo)
    for name, commit in (("before", "HEAD~1"), ("after", "HEAD")):
        git(repo, "worktree", "add", "--detach", str(folder / name), commit)
        (folder / name / ".git").unlink()
    return repo, folder / "before", folder / "after"


def facts(text: str) -> Any:
    """A report without the names of what was compared, and of which commit a comment speaks."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            unnamed = ("compared", "state", "since", "nth")
            return {name: bare(each) for name, each in value.items() if name not in unnamed}
        return [bare(each) for each in value] if isinstance(value, list) else value

    return bare(json.loads(text))


@pytest.mark.parametrize("command", COMPARING)
def test_a_folder_and_a_ref_of_one_state_give_one_report(
    states: tuple[Path, Path, Path], run: Run, command: str
) -> None:
    repo, before, after = states
    call = ["-C", repo, *CALLS[command], "--today", "2026-11-23", "--format", "json"]
    heads: list[list[str | Path]] = [[], ["--head", "HEAD"], ["--head", after]]
    reports = []
    for base, head in itertools.product(("HEAD~1", before), heads):
        done = run(*call, "--base", base, *head)
        assert done.returncode == 0, done.stderr
        reports.append(facts(done.stdout))
    assert all(each == reports[0] for each in reports)


@pytest.mark.parametrize("call", OF_ONE_STATE, ids=lambda call: call[0])
def test_a_report_on_one_state_can_be_asked_of_a_ref_or_a_folder(
    states: tuple[Path, Path, Path], run: Run, call: list[str]
) -> None:
    repo, before, after = states

    def asked(*head: str | Path) -> Any:
        done = run("-C", repo, *call, "--today", "2026-11-23", "--format", "json", *head)
        assert done.returncode == 0, done.stderr
        return facts(done.stdout)

    assert asked() == asked("--head", "HEAD") == asked("--head", after)
    assert asked("--head", before) == asked("--head", "HEAD~1")


@pytest.mark.parametrize("call", [["backlog"], ["intake"], ["roadmap"]], ids=lambda call: call[0])
def test_state_selectors_work_wherever_there_are_selectors(
    states: tuple[Path, Path, Path], run: Run, call: list[str]
) -> None:
    repo, before, _ = states
    chosen = [
        run("-C", repo, *call, "-s", "state:modified", "--base", base, "--format", "csv").stdout
        for base in ("HEAD~1", before)
    ]
    assert chosen[0] == chosen[1]
    assert chosen[0].count("\n") < run("-C", repo, *call, "--format", "csv").stdout.count("\n")
    refused = run("-C", repo, *call, "--base", "HEAD~1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "`--base` is only used by `state:` selectors" in refused.stderr


def test_a_history_ends_at_the_head_that_is_named(states: tuple[Path, Path, Path], run: Run) -> None:
    repo, before, _ = states
    now = run("-C", repo, "history", "downloads-2", "--format", "csv").stdout
    earlier = run("-C", repo, "history", "downloads-2", "--format", "csv", "--head", "HEAD~1").stdout
    assert now.startswith(earlier)
    assert now.count("\n") > earlier.count("\n") > 1
    refused = run("-C", repo, "history", "downloads-2", "--head", before)
    assert "is a folder, and has no history" in refused.stderr


def test_a_selector_narrows_what_the_report_is_about(unpacked: Path, run: Run) -> None:
    both = run("-C", unpacked, "owners", "kind:consumer", "-s", "tv-app", "--format", "json").stdout
    alone = run("-C", unpacked, "owners", "tv-app", "--format", "json").stdout
    assert json.loads(both)["owners"] == json.loads(alone)["owners"]
    assert (
        "Owners of `kind:consumer` and `tv-app`"
        in run("-C", unpacked, "owners", "kind:consumer", "-s", "tv-app").stdout
    )
    apart = run("-C", unpacked, "owners", "team:access", "-s", "tv-app")
    assert "the selection is empty" in apart.stderr


# Former spellings


@pytest.mark.parametrize(
    ("former", "now"),
    [
        (["backlog", "--top", "3"], ["backlog", "--limit", "3"]),
        (["backlog", "--top=3"], ["backlog", "--limit=3"]),
        (["changelog", "HEAD~1", "--most", "1"], ["changelog", "HEAD~1", "--limit", "1"]),
        (["changelog", "HEAD~1", "HEAD"], ["changelog", "--base", "HEAD~1", "--head", "HEAD"]),
        (["changelog", "HEAD", "--since", "2026-11-20"], ["changelog", "--head", "HEAD", "--since", "2026-11-20"]),
        (["goals", "--explain"], ["goals", "--explain", "*"]),
        (["goals", "--explain", "--format", "text"], ["goals", "--explain", "*"]),
        (["goals", "passwordless", "--explain"], ["goals", "--explain", "passwordless"]),
        (["ci", "--base", "HEAD~1", "--no-fetch"], ["ci", "--no-fetch", "--base", "HEAD~1"]),
    ],
    ids=lambda call: " ".join(call),
)
def test_a_former_spelling_goes_on_working(unpacked: Path, run: Run, former: list[str], now: list[str]) -> None:
    one, other = run("-C", unpacked, *former), run("-C", unpacked, *now)
    assert one.stdout == other.stdout != ""
    assert (one.returncode, one.stderr) == (other.returncode, other.stderr)


@pytest.mark.parametrize("option", ["--top", "--most"])
def test_a_former_spelling_is_not_shown(run: Run, option: str) -> None:
    command = {"--top": "backlog", "--most": "changelog"}[option]
    assert option not in run(command, "--help").stdout


def test_what_follows_two_dashes_is_taken_as_it_is(unpacked: Path, run: Run) -> None:
    refused = run("-C", unpacked, "changelog", "--", "--most")
    assert "--most" in refused.stderr
    assert "--limit" not in refused.stderr


# Slips


@pytest.mark.parametrize(
    ("typed", "meant"), [("impct", "impact"), ("road-map", "roadmap"), ("histroy", "history"), ("schemas", "schema")]
)
def test_a_command_that_does_not_exist_names_the_nearest(run: Run, typed: str, meant: str) -> None:
    refused = run(typed, "--base", "main")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"error: there is no command `{typed}`\nhelp: did you mean `{meant}`?")


def test_a_command_like_no_other_leads_to_the_list(run: Run) -> None:
    assert run("frobnicate").stderr == (
        "error: there is no command `frobnicate`\nhelp: `platctl --help` lists the commands\n"
    )


# Nothing is written


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


WRITING: dict[str, list[str]] = {
    "new": ["new", "team", "crew", "--title", "Crew"],
    "set": ["set", "initiative:passkeys", "title", "Other"],
    "promote": ["promote", "partner-api-2"],
    "rename": ["rename", "component:identity", "account", "--references"],
    "approve": ["approve", "retire-identity-v2", "--for", "kids-app", "--by", "Leila Haddad"],
    "baseline": ["baseline"],
    "schema": ["schema", "--write", "schemas"],
    "init": ["init", "fresh"],
    "init an example": ["init", "fresh", "--example", "opensearch"],
    "tradeoff": ["tradeoff", "--decide", "passkeys", "--over", "downloads-2", "--why", "first", "--by", "Ana"],
    "a page": ["roadmap", "--output", "page.md"],
    "a folder of pages": ["roadmap", "--output-dir", "wiki"],
}


@pytest.mark.parametrize("name", WRITING)
def test_a_dry_run_shows_what_the_real_one_does_and_writes_nothing(streaming: Path, run: Run, name: str) -> None:
    before = contents(streaming)
    tried = run(*WRITING[name], "-n", cwd=streaming)
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout + tried.stderr
    assert contents(streaming) == before
    done = run(*WRITING[name], cwd=streaming)
    assert done.returncode == 0, done.stderr
    assert contents(streaming) != before


def test_a_dry_run_of_a_page_is_a_diff_and_no_failure(streaming: Path, run: Run) -> None:
    run("roadmap", "--output", "page.md", cwd=streaming)
    page = streaming / "page.md"
    page.write_text(page.read_text("utf-8").replace("Downloads", "Uploads"), "utf-8")
    tried = run("roadmap", "--output", "page.md", "--dry-run", cwd=streaming)
    assert tried.returncode == 0
    assert "--- page.md\n+++ page.md\n" in tried.stdout
    assert tried.stderr == "nothing was written: `--dry-run`; 1 page would change\n"
    assert "Uploads" in page.read_text("utf-8")


# Rows for spreadsheets


def tables(unpacked: Path) -> Iterator[list[str]]:
    for name in QUESTIONS:
        yield {
            "needs": ["needs", "tv-app"],
            "show": ["show", "identity"],
            "tradeoff": OF_ONE_STATE[3],
            "history": ["history", "--all"],
            "plan compare": ["plan", "compare", "travellers", "movers"],
        }.get(name, [name])


def test_every_table_has_a_header_and_rows_as_wide(unpacked: Path, run: Run) -> None:
    import csv
    import io

    for call in tables(unpacked):
        more = ["--base", "HEAD~1"] if call[0] in ("impact", "ci", "changelog", "owners") else []
        done = run("-C", unpacked, *call, *more, "--format", "csv")
        rows = list(csv.reader(io.StringIO(done.stdout)))
        assert len(rows) > 1, call
        assert {len(row) for row in rows} == {len(rows[0])}, call
        assert len(set(rows[0])) == len(rows[0]), call


def test_the_rows_of_impact_are_its_verdicts(unpacked: Path, run: Run) -> None:
    import csv
    import io

    call = ["-C", unpacked, "impact", "--base", "HEAD~1", "--format"]
    verdicts = json.loads(run(*call, "json").stdout)["verdicts"]
    rows = list(csv.DictReader(io.StringIO(run(*call, "csv").stdout)))
    assert [(row["consumer"], row["level"], row["reason"]) for row in rows] == [
        (each["consumer"]["ref"].partition(":")[2], each["level"], each["cause"]["reason"]) for each in verdicts
    ]
    assert [bool(row["fails"]) for row in rows] == [each["fails"] is not None for each in verdicts]
