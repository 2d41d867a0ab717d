"""The files that others copy are sound, by the judgement of tools that are not ours."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
import yaml

from platctl import __version__
from platctl.cli.app import app
from ready_made.pipelines import (
    ACTION,
    GITHUB_CHECK,
    GITHUB_FORKS,
    GITHUB_WIKI,
    GITLAB,
    GITLAB_TEMPLATE,
    GITLAB_WIKI,
    OWN_WORKFLOWS,
    ROOT,
    WORKFLOWS,
    read,
)

ON_GITHUB = [ACTION, GITHUB_CHECK, GITHUB_FORKS, GITHUB_WIKI, *sorted(OWN_WORKFLOWS.iterdir())]
ALL = [*ON_GITHUB, GITLAB_TEMPLATE, GITLAB, GITLAB_WIKI]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent
CALL = re.compile(r"(?:platctl\"?|DIRECTORY\"|-C model) (?P<command>ci|comment|validate|impact|roadmap)\b")
OTHER_CLIENT = re.compile(r"gh pr view (?:[^\n]*\\\n)*[^\n]*\n")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def tool(name: str, *arguments: str | Path) -> str:
    """What a checker says, which has to be content."""
    done = subprocess.run([str(BIN / name), *map(str, arguments)], capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_every_file_is_looked_at() -> None:
    assert set(ALL) >= set(WORKFLOWS.glob("*.yml"))
    assert set(ALL) >= set(ROOT.glob("templates/*.yml"))


def test_zizmor_finds_nothing_even_where_it_may_be_wrong() -> None:
    said = tool("zizmor", "--offline", "--persona=auditor", "--strict-collection", *ON_GITHUB)
    assert "No findings to report" in said


def test_only_the_trigger_that_is_meant_is_excused() -> None:
    ignored = [line for path in ON_GITHUB for line in path.read_text("utf-8").splitlines() if "zizmor:" in line]
    assert ignored == ["on: # zizmor: ignore[dangerous-triggers] no code from the fork is run"]


def test_the_files_hold_against_the_schemas_of_their_hosts(tmp_path: Path) -> None:
    tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *ON_GITHUB[1:])
    documents = [tmp_path / "spec.yml", tmp_path / "jobs.yml"]
    for path, document in zip(documents, read(GITLAB_TEMPLATE), strict=True):
        path.write_text(yaml.safe_dump(document), "utf-8")
    tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", *documents, GITLAB, GITLAB_WIKI)


def test_pre_commit_takes_the_hooks() -> None:
    tool("pre-commit", "validate-manifest", HOOKS)


def strings(value: Any, key: str) -> Iterator[str]:
    """All texts under a key, anywhere."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == key:
                yield from [each] if isinstance(each, str) else each
            else:
                yield from strings(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, key)


def shell_lines() -> Iterator[str]:
    for path in ALL:
        for key in ("run", "before_script", "script", "after_script"):
            yield from strings(read(path), key)
    yield from strings(read(HOOKS), "entry")


def test_nothing_is_pasted_into_a_shell_line() -> None:
    lines = list(shell_lines())
    assert len(lines) > 15
    assert [line for line in lines if "${{" in line or "$[[" in line] == []


def test_actions_are_pinned_to_a_commit_with_the_release_beside_it() -> None:
    uses = [line for path in ON_GITHUB for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(uses) == 18
    for line in uses:
        assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_no_job_may_more_than_it_needs() -> None:
    for path in (GITHUB_CHECK, GITHUB_FORKS):
        (workflow,) = read(path)
        assert workflow["permissions"] == {}
        assert [job["permissions"] for job in workflow["jobs"].values()] == [
            {"contents": "read", "pull-requests": "write"}
        ]
    (workflow,) = read(GITHUB_WIKI)
    assert workflow["permissions"] == {}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "write"}]
    for path in OWN_WORKFLOWS.iterdir():
        (workflow,) = read(path)
        assert workflow["permissions"] == {}
        assert all(job["permissions"] == {"contents": "read"} for job in workflow["jobs"].values())


def test_what_is_installed_is_this_release() -> None:
    (action,), (spec, _) = read(ACTION), read(GITLAB_TEMPLATE)
    assert action["inputs"]["version"]["default"] == __version__
    assert spec["spec"]["inputs"]["version"]["default"] == __version__
    pinned = [line for line in shell_lines() if re.search(r"platctl==\d", line)]
    assert len(pinned) == 4
    assert all(f"platctl=={__version__}" in line for line in pinned)


def options_of(name: str) -> set[str]:
    group: Any = typer.main.get_command(app)
    command = group.get_command(group.make_context("platctl", [], resilient_parsing=True), name)
    return {option for each in (*command.params, *group.params) for option in each.opts}


def test_every_option_exists() -> None:
    seen = set()
    for line in shell_lines():
        if called := CALL.search(line):
            options = set(OPTION.findall(OTHER_CLIENT.sub("", line)))
            assert options <= options_of(called["command"]), line
            seen |= options
    assert seen >= {"--comment", "--pr", "--base", "--head", "--fail-on", "--new-only", "--baseline", "--report"}


def test_every_output_of_the_action_is_one_of_the_command() -> None:
    (action,) = read(ACTION)
    values = [each["value"] for each in action["outputs"].values()]
    named = {found for value in values for found in re.findall(r"steps\.check\.outputs\.(\S+)", value)}
    written = (ROOT / "src/platctl/questions/ci/step_outputs.py").read_text("utf-8")
    assert len(named) == 11
    assert {name for name in named if f'"{name}"' not in written} == set()
