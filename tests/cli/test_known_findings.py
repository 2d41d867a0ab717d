"""Findings that were there before: with git by --new-only, without it by a baseline."""

import json
from pathlib import Path

import pytest

from running import Run, git, platctl

OLD = 300
SUMMARY_OF_ONE = "1 error, 300 already known"


def goal(name: str, above: int = 0) -> str:
    """A goal below one that does not exist, and below so many lines of comment."""
    return "#\n" * above + f"kind: goal\nid: {name}\nparent: gone-{name}\n"


def goals(numbers: range, above: int = 0) -> str:
    return "---\n".join(goal(f"g{number}", above) for number in numbers)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with 300 old findings, and its baseline beside it."""
    folder = tmp_path_factory.mktemp("known") / "repo"
    folder.mkdir()
    for start in range(0, OLD, 100):
        (folder / f"goals-{start}.yaml").write_text(goals(range(start, start + 100)))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "old")
    done = platctl("-C", folder, "baseline", "-o", folder.parent / "baseline.json")
    assert done.stderr == f"wrote 300 findings to {folder.parent / 'baseline.json'}\n"
    return folder


@pytest.fixture
def old(template: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    git(template, "clone", "-q", str(template), str(tmp_path / "repo"))
    return tmp_path / "repo"


def found(folder: Path, *options: str | Path) -> list[tuple[str, str]]:
    """Rule and path of what is reported."""
    report = json.loads(platctl("-C", folder, "validate", "--format", "json", *options).stdout)
    findings = [each["finding"] for each in report["diagnostics"]]
    return [(each["rule"], each["span"]["path"]) for each in findings]


def ways(template: Path) -> list[tuple[str | Path, ...]]:
    return [("--new-only",), ("--baseline", template.parent / "baseline.json")]


def test_of_300_old_findings_and_a_new_one_the_new_one_is_reported(template: Path, old: Path, run: Run) -> None:
    (old / "new.yaml").write_text(goal("new"))
    for way in ways(template):
        assert found(old, *way) == [("unknown-reference", "new.yaml")]
    result = run("-C", old, "validate", "--new-only")
    assert result.returncode == 1
    assert SUMMARY_OF_ONE in result.stdout
    assert "new since" in " ".join(result.stdout.split())


def test_old_findings_that_move_by_ten_lines_stay_old(template: Path, old: Path) -> None:
    for start in range(0, OLD, 100):
        (old / f"goals-{start}.yaml").write_text(goals(range(start, start + 100), above=10))
    (old / "new.yaml").write_text(goal("new"))
    for way in ways(template):
        assert found(old, *way) == [("unknown-reference", "new.yaml")]


def test_old_findings_that_move_to_another_file_stay_old(template: Path, old: Path) -> None:
    for start in range(0, OLD, 100):
        (old / f"goals-{start}.yaml").unlink()
    (old / "all.yaml").write_text(goals(range(OLD)))
    (old / "new.yaml").write_text(goal("new"))
    for way in ways(template):
        assert found(old, *way) == [("unknown-reference", "new.yaml")]


def test_a_baseline_needs_no_git(template: Path, old: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for file in old.glob("*.yaml"):
        (plain / file.name).write_bytes(file.read_bytes())
    (plain / "new.yaml").write_text(goal("new"))
    assert found(plain, "--baseline", template.parent / "baseline.json") == [("unknown-reference", "new.yaml")]


def test_nothing_new_passes(template: Path, old: Path, run: Run) -> None:
    for way in ways(template):
        result = run("-C", old, "validate", *way)
        assert result.returncode == 0
        assert result.stdout.startswith("No findings, 300 already known in 3 files")
        assert result.stderr == ""


def test_what_was_mended_is_counted(template: Path, old: Path, run: Run) -> None:
    (old / "goals-200.yaml").write_text(goals(range(200, 299)))
    result = run("-C", old, "validate", "--baseline", template.parent / "baseline.json")
    assert result.returncode == 0
    assert result.stderr == (
        "note: 1 entry of the baseline is no longer needed; run `platctl baseline -o FILE` to update it\n"
    )


def test_what_a_waiver_accepted_is_not_new_when_the_waiver_goes(old: Path, run: Run) -> None:
    (old / "platctl.yaml").write_text("waivers: [{rule: unknown-reference, reason: old}]\n")
    git(old, "add", ".")
    git(old, "commit", "-q", "-m", "waive")
    (old / "platctl.yaml").write_text("rules: {}\n")
    assert found(old, "--new-only", "--base", "HEAD") == []


def test_an_old_finding_about_the_settings_is_not_new_when_other_settings_change(old: Path) -> None:
    (old / "platctl.yaml").write_text("rules: {no-such-rule: error}\n")
    git(old, "add", ".")
    git(old, "commit", "-q", "-m", "settings")
    (old / "platctl.yaml").write_text("rules: {no-such-rule: error, missing-owner: error}\n")
    assert ("unknown-rule", "platctl.yaml") not in found(old, "--new-only", "--base", "HEAD")


def test_a_base_alone_is_refused(old: Path, run: Run) -> None:
    result = run("-C", old, "validate", "--base", "HEAD")
    assert result.returncode == 2
    assert result.stderr == (
        "error: `--base` is only used by `--new-only` and `state:` selectors\nhelp: add `--new-only`\n"
    )


# The file


def test_a_baseline_is_sorted_and_stands_beside_the_model(tmp_path: Path, run: Run) -> None:
    (tmp_path / "b.yaml").write_text(goal("b"))
    (tmp_path / "a.yaml").write_text(goal("a"))
    result = run("baseline", cwd=tmp_path)
    assert result.stderr == "wrote 2 findings to .platctl/baseline.json\n"
    assert result.stdout == ""
    written = (tmp_path / ".platctl" / "baseline.json").read_text()
    assert run("baseline", "-o", "-", cwd=tmp_path).stdout == written
    document = json.loads(written)
    assert (document["format"], document["format_version"]) == ("platctl.baseline", 1)
    entries = document["findings"]
    assert [(each["path"], each["rule"]) for each in entries] == [
        ("a.yaml", "unknown-reference"),
        ("b.yaml", "unknown-reference"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is not a baseline: its `format` is not platctl.baseline"),
        (b'{"format": "platctl.impact"}', "is not a baseline: its `format` is not platctl.baseline"),
        (b'{"format": "platctl.baseline", "format_version": 2}', "was written by another version of platctl"),
        (b'{"format": "platctl.baseline", "format_version": 1}', "an entry of `findings` has no fingerprint"),
        (
            b'{"format": "platctl.baseline", "format_version": 1, "findings": [{"fingerprint": "\\u001b[2J"}]}',
            "an entry of `findings` has no fingerprint",
        ),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, run: Run, content: bytes, message: str) -> None:
    (tmp_path / "a.yaml").write_text(goal("a"))
    (tmp_path / "b.json").write_bytes(content)
    result = run("validate", "--baseline", "b.json", cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert "help: write a new one: `platctl baseline -o FILE`" in result.stderr


def test_a_file_that_is_not_there_or_has_no_end_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.yaml").write_text(goal("a"))
    assert "there is no baseline file `b.json`" in run("validate", "--baseline", "b.json", cwd=tmp_path).stderr
    assert "there is no baseline file" in run("validate", "--baseline", "/dev/zero", cwd=tmp_path).stderr
    with (tmp_path / "big.json").open("wb") as sparse:
        sparse.truncate(1 << 30)
    assert "is larger than 16 MiB" in run("validate", "--baseline", "big.json", cwd=tmp_path).stderr
