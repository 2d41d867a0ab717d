"""`platctl set`: one field is changed in its file, and the rest of the file stays unchanged."""

from pathlib import Path

import pytest

from running import Run

MODEL = """\
# Who does it
kind: team
id: core
title: 'Core'   # the name
---
kind: initiative
id: Passkeys
title: Sign in
scores: {reach: 5}  # a guess
changes:
  - component: identity   # all of it
    effect: addition
---
kind: component
id: identity
aliases: [core]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_bytes(b"\xef\xbb\xbf" + MODEL.replace("\n", "\r\n").encode())
    return tmp_path


def text(folder: Path) -> str:
    return (folder / "model.yaml").read_bytes().decode()


def test_the_diff_is_shown_and_all_other_bytes_stay(folder: Path, run: Run) -> None:
    result = run("set", "initiative:passkeys", "scores.reach", "7.50", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "wrote model.yaml:9\n")
    assert [line for line in result.stdout.splitlines() if line[0] in "+-"] == [
        "--- a/model.yaml",
        "+++ b/model.yaml",
        "-scores: {reach: 5}  # a guess",
        "+scores: {reach: 7.50}  # a guess",
    ]
    assert text(folder) == "\ufeff" + MODEL.replace("reach: 5", "reach: 7.50").replace("\n", "\r\n")


def test_a_dry_run_shows_the_same_and_writes_nothing(folder: Path, run: Run) -> None:
    before = text(folder)
    result = run("set", "passkeys", "owner", "core", "--dry-run", cwd=folder)
    assert (result.returncode, text(folder)) == (0, before)
    assert "\n+owner: core\n" in result.stdout
    assert result.stderr == "nothing was written because of `--dry-run`\n"


def test_several_fields_are_written_together_or_not_at_all(folder: Path, run: Run) -> None:
    new = ("changes[1].component", "identity", "changes[1].effect", "internal", "title", "Better")
    assert run("set", "passkeys", *new[:2], cwd=folder).returncode == 1, "a change without an effect"
    result = run("set", "passkeys", *new, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "wrote model.yaml:8\n")
    assert [line for line in result.stdout.splitlines() if line[0] in "+-"][2:] == [
        "-title: Sign in",
        "+title: Better",
        "+  - component: identity",
        "+    effect: internal",
    ]
    before = text(folder)
    assert run("set", "passkeys", "title", "Good", "owner", "nobody", cwd=folder).returncode == 1
    assert text(folder) == before
    result = run("set", "passkeys", *new, cwd=folder)
    assert "already has this `changes[1].component` and `changes[1].effect` and `title`" in result.stderr


def test_a_field_is_taken_out(folder: Path, run: Run) -> None:
    assert run("set", "passkeys", "scores.reach", "--unset", cwd=folder).returncode == 0
    assert text(folder) == "\ufeff" + MODEL.replace("scores: {reach: 5}  # a guess\n", "").replace("\n", "\r\n")


@pytest.mark.parametrize("arguments", [("title", "Sign in"), ("period", "--unset")])
def test_what_is_so_already_is_said(folder: Path, run: Run, arguments: tuple[str, ...]) -> None:
    before = text(folder)
    result = run("set", "passkeys", *arguments, cwd=folder)
    assert (result.returncode, result.stdout, text(folder)) == (0, "", before)
    assert result.stderr.startswith("nothing to do: initiative:passkeys ")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a: b # c", '"a: b # c"'),
        ("two\nlines", '"two\\nlines"'),
        ("- item", '"- item"'),
        ("{{ x }}", '"{{ x }}"'),
        ("=1+1", '"=1+1"'),
        ("!!python/object:os.system", '"!!python/object:os.system"'),
    ],
)
def test_a_value_is_text_whatever_it_looks_like(folder: Path, run: Run, value: str, written: str) -> None:
    result = run("set", "passkeys", "title", "--", value, cwd=folder)
    assert result.returncode == 0
    assert f"title: {written}\r\n" in text(folder)


FORBIDDEN = {
    "a field that does not exist": (["passkeys", "titel", "x"], "did you mean `title`?"),
    "a team that does not exist": (["passkeys", "owner", "cor"], "error[unknown-reference]: team `cor` does not exist"),
    "a day that does not exist": (["passkeys", "end", "2027-02-30"], "error[invalid-value]"),
    "no number": (["passkeys", "effort.core", "much"], "error[wrong-type]"),
    "what an entity can't do without": (["passkeys", "changes[0].effect", "--unset"], "error[missing-field]"),
    "an id that another one has": (["initiative:passkeys", "kind", "component"], "error["),
}


@pytest.mark.parametrize(("arguments", "message"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_would_bring_an_error_is_refused_with_it(
    folder: Path, run: Run, arguments: list[str], message: str
) -> None:
    before = text(folder)
    result = run("set", *arguments, cwd=folder)
    assert (result.returncode, result.stdout, text(folder)) == (1, "", before)
    assert message in result.stderr
    assert "nothing was written" in result.stderr


def test_an_error_that_is_there_may_stay(folder: Path, run: Run) -> None:
    (folder / "other.yaml").write_text("kind: goal\nid: a\nparent: b\n", "utf-8")
    assert run("set", "passkeys", "title", "Better", cwd=folder).returncode == 0
    assert run("set", "goal:a", "parent", "c", cwd=folder).returncode == 1
    assert run("set", "goal:a", "parent", "--unset", cwd=folder).returncode == 0


WRONG = {
    "an entity that is not there": (["passkey", "title", "x"], "did you mean `initiative:passkeys`?"),
    "an id of two entities": (["core", "title", "x"], "use one of `component:identity`, `team:core`"),
    "a kind that is not there": (["initative:passkeys", "title", "x"], "did you mean `initiative`?"),
    "no value": (["passkeys", "title"], "the value is missing"),
    "no value for another": (["passkeys", "title", "x", "owner"], "the value is missing"),
    "a field that is taken out, and another": (["passkeys", "title", "x", "y", "--unset"], "`--unset` takes no value"),
    "a value for nothing": (["passkeys", "title", "x", "--unset"], "`--unset` takes no value"),
    "a mapping": (["passkeys", "scores", "5"], "`scores` is a mapping"),
    "no field": (["passkeys", "a..b", "5"], "`a..b` is not a field"),
    "characters that nobody sees": (["passkeys", "title", "a\x1b[2Jb"], "U+001B (ESC) can't be written"),
    "a path": (["../../etc/passwd", "title", "x"], "help: use `KIND:ID`"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_call_changes_nothing(folder: Path, run: Run, arguments: list[str], said: str) -> None:
    before = text(folder)
    result = run("set", *arguments, cwd=folder)
    assert (result.returncode, result.stdout, text(folder)) == (2, "", before)
    assert said in result.stderr
    assert "\x1b" not in result.stderr


def test_a_file_that_may_not_be_written_is_left_alone(folder: Path, run: Run) -> None:
    (folder / "model.yaml").chmod(0o444)
    result = run("set", "passkeys", "title", "x", cwd=folder)
    assert result.returncode == 2
    assert "`model.yaml` is read-only" in result.stderr


def test_no_terminal_obeys_what_stands_in_the_file(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.yaml").write_text("kind: team\nid: a\n# ::error::x \u202e reversed\ntitle: b\n", "utf-8")
    result = run("set", "a", "title", "c", cwd=tmp_path)
    assert "\\u202e" in result.stdout
    assert "\u202e" not in result.stdout
