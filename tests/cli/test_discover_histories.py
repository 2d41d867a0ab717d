"""`platctl discover` in real repositories of organisations of which the truth is known, with moved and split files."""

import json
from pathlib import Path
from typing import Any

import pytest

from questions.organisation import Organisation, core, organisation, real, recorded, rewritten, shared, stays, twins
from repos import Repo
from running import platctl

SEEDS = range(6)


def written(made: Organisation, folder: Path) -> Repo:
    repo = Repo(folder)
    for state, files in zip(made.states, made.commits, strict=True):
        for file in repo.path.glob("*.yaml"):
            file.unlink()
        for path, text in files.items():
            repo.write(path, text)
        repo.commit(date=f"{state.day}T12:00:00Z")
    return repo


def answer(repo: Repo, *arguments: str) -> Any:
    done = platctl("discover", "--format", "json", *arguments, cwd=repo.path)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def titles(report: Any, pattern: str) -> set[frozenset[str]]:
    return {
        frozenset(used["entity"]["title"] for used in (each["component"], each["twin"]) if used)
        for each in report["found"]
        if each["pattern"] == pattern
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_joins_and_leaves_have_the_commit_that_made_them(seed: int, tmp_path: Path) -> None:
    made = organisation(seed)
    repo = written(made, tmp_path / "one")
    commits = repo.git("rev-list", "--reverse", "HEAD").split("\n")
    report, state = answer(repo, "--today", str(made.today)), made.states[-1]
    assert titles(report, "shared-component") == {frozenset({each}) for each in shared(state)}
    assert titles(report, "core-product") == {frozenset({each}) for each in core(state)}
    assert titles(report, "twins") == twins(state)
    known = stays(made.states)
    old = recorded(made.states, {key: thing.kind for one in made.states for key, thing in one.things.items()})
    for each in report["found"]:
        for used in filter(None, (each["component"], each["twin"])):
            rows = {row["user"]["title"]: row for row in (*used["users"], *used["former"])}
            expected = {user: spans for (user, other), spans in known.items() if other == used["entity"]["title"]}
            assert rows.keys() == expected.keys()
            for user, spans in expected.items():
                row, edge = rows[user], (user, used["entity"]["title"])
                assert row["came"]["commit"] == commits[spans[0][0]]
                assert (row["how"] == "recorded") == (edge in old)
                assert [pause["back"]["commit"] for pause in row["pauses"]] == [commits[came] for came, _ in spans[1:]]
                last = spans[-1][1]
                assert (row["left"] and row["left"]["commit"]) == (None if last is None else commits[last])


def without_commits(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_commits(each) for key, each in value.items() if key not in ("commit", "state", "look")}
    return [without_commits(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("arguments", [(), ("--backtest",)])
def test_other_files_give_the_same_answer(seed: int, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    made = organisation(seed)
    today = ("--today", str(made.today))
    found = [
        without_commits(answer(written(rewritten(made.states, other), tmp_path / str(other)), *today, *arguments))
        for other in (1, 2)
    ]
    assert found[0] == found[1]
    assert real(made.states)
