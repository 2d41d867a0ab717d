"""Nothing is added by half: each command, format, rule and scoring model has its tests and its line in the docs.

Every command runs over a repository whose texts are hostile, and writes every format that it has.
"""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typer

from hostile_model import MARK, TODAY, hostile_repository
from judges import JUDGES, harmless
from platctl.cli.app import ACTIONS, COMMANDS, app
from platctl.model.settings.usual_scoring import USUAL
from platctl.rules.registry import NAMES
from platctl.shell.formats import FORMATS
from render.oracles import HOSTILE
from running import platctl

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
ROOT = TESTS.parent
PAGES = [ROOT / "README.md", *DOCS.rglob("*.md"), *DOCS.rglob("*.yml"), *(ROOT / "templates").iterdir()]
WRITTEN = "\n".join(page.read_text("utf-8") for page in PAGES if page.parent.name != "reference")
"""What somebody wrote; the reference follows from the program."""

HOSTILE_NAME = "::error::[/] <b> | `x`"
CALLS: dict[str, tuple[int, list[str]]] = {
    "validate": (1, []),
    "impact": (1, []),
    "backlog": (0, []),
    "tradeoff": (0, ["i1", "i2"]),
    "balance": (0, []),
    "sensitivity": (0, ["--samples", "10"]),
    "goals": (0, []),
    "roadmap": (0, ["--view", "timeline"]),
    "intake": (0, []),
    "compat": (0, ["--together"]),
    "needs": (0, ["u1"]),
    "show": (0, ["c0"]),
    "list": (0, []),
    "graph": (0, []),
    "influence": (0, ["c0"]),
    "discover": (0, []),
    "plan": (0, ["--horizon", "2"]),
    "plan compare": (0, ["s0", "s1", "--horizon", "2"]),
    "changelog": (0, ["HEAD"]),
    "history": (0, ["initiative:i1"]),
    "ci": (1, ["--base", "HEAD"]),
    "owners": (0, []),
    "rule": (0, ["unknown-reference"]),
    "new": (0, ["team", "other", "--title", HOSTILE_NAME]),
    "promote": (0, ["i0"]),
    "rename": (0, ["team:t0", "other-team", "--references"]),
    "set": (0, ["team:t0", "title", HOSTILE_NAME]),
    "approve": (0, ["i1", "--for", "u1", "--by", HOSTILE_NAME]),
    "comment": (2, ["comment.md"]),
    "baseline": (0, []),
    "schema": (0, ["team"]),
    "cache": (0, []),
    "init": (0, ["other"]),
}
"""How each command is called, and its exit code then."""
SHOWING_ALL = {"page", "table", "alerts"}
"""The parts of a report that are the same whatever else is asked for."""
WITHOUT_TODAY = {"history", "rule", "approve", "comment", "schema", "init", "cache"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_repository(tmp_path_factory.mktemp("hostile") / "repo")


def called(name: str, folder: Path, *more: str) -> tuple[str, str]:
    """What a command prints and notes."""
    code, arguments = CALLS[name]
    today = () if name in WITHOUT_TODAY else ("--today", TODAY)
    done = platctl(name, *arguments, *today, *more, cwd=folder)
    assert done.returncode == code, (name, more, done.stderr)
    return done.stdout, done.stderr


@cache
def reports(name: str, folder: Path) -> dict[str, str]:
    """What a command writes in each of its formats: one call for those that show the same, one for each other one."""
    first, *others = formats_of(name)
    with TemporaryDirectory() as outside:
        files = {format_: Path(outside, format_) for format_ in others if FORMATS[format_].needs in SHOWING_ALL}
        options = [word for format_, file in files.items() for word in ("--report", f"{format_}={file}")]
        written = {first: called(name, folder, "--format", first, *options)[0]}
        written |= {format_: file.read_bytes().decode() for format_, file in files.items()}
    return written | {each: called(name, folder, "--format", each)[0] for each in others if each not in files}


@cache
def formats_of(name: str) -> list[str]:
    """The formats that the help of a command lists."""
    helps = [option.help for option in _command(name).params if "--format" in option.opts]
    return [word for text in helps for word in re.findall(r"\w+", text) if word in FORMATS]


def options_of(name: str) -> set[str]:
    return {word for option in _command(name).params for word in option.opts}


def _command(name: str) -> Any:
    group: Any = typer.main.get_command(app)
    return group.get_command(group.make_context("platctl", [], resilient_parsing=True), name)


# Hostile texts -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_gets_by_with_hostile_texts(name: str, hostile: Path, tmp_path: Path) -> None:
    folder = hostile if name not in ACTIONS else hostile_repository(tmp_path / "repo")
    for text in called(name, folder):
        if name not in ("cache", "ci", "schema"):
            harmless(text)


@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
def test_in_every_format_hostile_texts_stay_texts(format_: str, hostile: Path) -> None:
    outputs = [reports(name, hostile)[format_] for name in COMMANDS if format_ in formats_of(name)]
    for text in outputs:
        JUDGES[format_](text)
    assert [text for text in outputs if MARK in text]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if "--report" in options_of(name)])
def test_a_report_is_the_same_whatever_is_asked_for_with_it(name: str, hostile: Path, tmp_path: Path) -> None:
    formats = formats_of(name)
    options = [word for each in formats for word in ("--report", f"{each}={tmp_path / each}")]
    called(name, hostile, *options)
    # Pages are written from one view, so one of them stands for all.
    for each in [each for each in formats if FORMATS[each].needs != "page" or each == "json"]:
        printed, _ = called(name, hostile, "--format", each, "--report", f"json={tmp_path / 'again'}")
        assert printed == (tmp_path / each).read_text("utf-8"), each
        assert (tmp_path / "again").read_bytes() == (tmp_path / "json").read_bytes(), each


# Tests and documentation ---------------------------------------------------------------------------------------


@cache
def words_of_tests() -> dict[str, set[str]]:
    """By test module: the texts that it passes or lists, word by word."""
    return {
        path.relative_to(TESTS).as_posix(): set(_words(ast.parse(path.read_text("utf-8"))))
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__)
    }


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.split(r"[^\w-]+", node.value)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def having(*wanted: str) -> set[str]:
    return {module for module, words in words_of_tests().items() if words.issuperset(wanted)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_tests_of_its_own(name: str) -> None:
    assert {module for module in having(*name.split()) if module.startswith(("cli/", "ready_made/"))}
    if name not in ACTIONS and name != "rule":
        derived = {word for words in words_of_tests().values() for word in words}
        assert [word for word in derived if word.startswith(f"platctl.questions.{name.replace(' ', '.')}.")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_use(name: str) -> None:
    call = re.compile(rf"platctl (-C \S+ |--?\w+ )*{name}\b")
    assert call.search(WRITTEN)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_tests_and_is_mentioned(format_: str) -> None:
    assert having(format_)
    assert re.search(rf"--format {format_}\b|`{format_}`|--report {format_}=|or markdown.*\b{format_}\b", WRITTEN)


@cache
def untried() -> set[str]:
    """The rules whose page is not their test."""
    tree = ast.parse((TESTS / "rules/test_examples.py").read_text("utf-8"))
    sets = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Set)]
    return {name for node in sets for name in ast.literal_eval(node.value)}


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_test_and_a_page(name: str) -> None:
    assert name not in untried() or having(name) - {"rules/test_examples.py"}
    assert f"\n## {name}\n" in (DOCS / "reference/rules.md").read_text("utf-8")


@pytest.mark.parametrize("name", USUAL)
def test_every_scoring_model_has_a_published_example_and_a_page(name: str) -> None:
    assert {module for module in having(*name.split()) if module.startswith("ranking/")}
    assert f"`{name}`" in (DOCS / "how-to/rank-the-backlog.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", USUAL)
def test_every_scoring_model_ranks_all_open_work(name: str, hostile: Path) -> None:
    done = platctl("backlog", "--model", name, "--today", TODAY, "--format", "json", cwd=hostile)
    assert done.returncode == 0, done.stderr
    ranked = {item["initiative"]["id"] for item in json.loads(done.stdout)["items"]}
    assert ranked == {f"i{number}" for number in range(len(HOSTILE))}
