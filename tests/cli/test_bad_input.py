"""Whatever is in a folder: a clear finding with its place, a documented exit code, never a traceback."""

from pathlib import Path

import pytest

from repos import Repo
from running import Run, git

GOOD = "kind: component\nid: identity\nowner: core\nversion: 2.4.0\n---\nkind: team\nid: core\n"


def write(folder: Path, name: str, data: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD = {
    "a month that does not exist": (
        "kind: decision\nid: d\ndate: 2023-14-05\n",
        ["invalid-value", "bad.yaml:3:7", "there is no month 14", "2023-05-14"],
    ),
    "another month that does not exist": (
        "kind: decision\nid: d\ndate: 2025-30-01\n",
        ["invalid-value", "bad.yaml:3:7", "2025-01-30"],
    ),
    "a number for an id": ("kind: team\nid: 2001\n", ["wrong-type", "bad.yaml:2:5", 'id: "2001"']),
    "a list at top level": ("- kind: team\n  id: x\n", ["wrong-type", "bad.yaml:1:1", "must be a mapping"]),
    "200 levels of nesting": (
        "kind: team\nid: x\nx-deep: " + "[" * 200 + "]" * 200 + "\n",
        ["too-large", "bad.yaml:3"],
    ),
    "a billion laughs": (LAUGHS, ["too-large", "bad.yaml:"]),
    "Latin-1 text": ("kind: team\nid: x\ntitle: Caf\xe9\n".encode("latin-1"), ["encoding", "bad.yaml:3", "UTF-8"]),
    "a reference to nothing": (
        "kind: consumer\nid: shop\nowner: core\nuses: [identiy]\n",
        ["unknown-reference", "bad.yaml:4:8", "did you mean `identity`?"],
    ),
    "a merge key": ("kind: team\nid: x\n<<: {lead: Ann}\n", ["unsupported-yaml", "bad.yaml:3:1"]),
    "a Python tag": ('kind: team\nid: !!python/object/apply:os.system ["id"]\n', ["unsupported-yaml", "bad.yaml:2:5"]),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD.keys())
def test_bad_text_is_a_finding_with_its_place(tmp_path: Path, run: Run, text: str | bytes, said: list[str]) -> None:
    write(tmp_path, "good.yaml", GOOD)
    write(tmp_path, "bad.yaml", text)
    result = run("validate", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    for part in said:
        assert part in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_a_reference_in_capitals_holds_and_is_mentioned(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "good.yaml", GOOD + "---\nkind: consumer\nid: shop\nowner: core\nuses: [Identity]\n")
    result = run("validate", cwd=tmp_path)
    assert result.returncode == 0
    assert "reference-case" in result.stdout
    assert "unknown-reference" not in result.stdout


def test_an_empty_file_is_said_and_hides_nothing(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "good.yaml", GOOD)
    write(tmp_path, "empty.yaml", "")
    result = run("validate", cwd=tmp_path)
    assert result.returncode == 0
    assert "empty-file" in result.stdout


def test_a_folder_named_like_a_file_is_said(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "good.yaml", GOOD)
    (tmp_path / "x.yaml").mkdir()
    result = run("validate", cwd=tmp_path)
    assert result.returncode == 0
    assert "x.yaml" in result.stdout


def test_a_broken_file_hides_nothing_and_invents_nothing(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "broken.yaml", "kind: component\nid: billing\nversion: [1.0\n")
    write(tmp_path, "good.yaml", GOOD + "---\nkind: consumer\nid: shop\nowner: core\nuses: [billing, identiy]\n")
    result = run("validate", cwd=tmp_path)
    assert result.returncode == 1
    assert "yaml-syntax" in result.stdout
    assert "`identiy`" in result.stdout
    assert "no component `billing`" not in result.stdout
    assert "incomplete" in result.stdout


def test_nothing_to_check_is_exit_2(tmp_path: Path, run: Run) -> None:
    result = run("validate", cwd=tmp_path)
    assert result.returncode == 2
    assert "there is no model" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("ref", ["nowhere", "--output=stolen", "-x", "HEAD:secret", "main\nx"])
def test_a_ref_that_is_none_is_exit_2(streaming: Path, run: Run, ref: str) -> None:
    result = run("-C", streaming, "impact", f"--base={ref}")
    assert result.returncode == 2
    assert result.stderr.startswith("error: ")
    assert not (streaming / "stolen").exists()


def test_a_folder_without_git_can_be_validated_but_not_compared(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "good.yaml", GOOD)
    assert run("validate", cwd=tmp_path).returncode == 0
    result = run("impact", cwd=tmp_path)
    assert result.returncode == 2
    assert "not in a git repository" in result.stderr
    assert "help: " in result.stderr


def test_a_shallow_clone_says_how_to_get_the_rest(streaming: Path, tmp_path: Path, run: Run) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{streaming}", str(clone))
    result = run("-C", clone, "impact", "--base", "HEAD~1")
    assert result.returncode == 2
    assert "shallow" in result.stderr
    assert "git fetch --unshallow" in result.stderr


def test_two_folders_can_be_compared_without_git(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "old/model.yaml", GOOD + "---\nkind: consumer\nid: shop\nuses: [identity]\n")
    write(
        tmp_path, "new/model.yaml", GOOD.replace("2.4.0", "3.0.0") + "---\nkind: consumer\nid: shop\nuses: [identity]\n"
    )
    result = run("-C", tmp_path / "new", "impact", "--base", tmp_path / "old")
    assert result.returncode == 1, result.stderr
    assert "shop" in result.stdout


def test_an_unknown_format_is_exit_2_with_the_known_ones(streaming: Path, run: Run) -> None:
    result = run("-C", streaming, "impact", "--format", "yaml")
    assert result.returncode == 2
    assert "text, markdown, json" in result.stderr


def test_a_sprint_that_a_new_calendar_does_not_have_is_found(tmp_path: Path, run: Run) -> None:
    settings = "calendar: {{cadence: sprint, sprint_start: 2026-01-05, sprint_weeks: {weeks}}}\n"
    repo = Repo(tmp_path)
    repo.write("platctl.yaml", settings.format(weeks=2))
    repo.write("plan.yaml", "kind: initiative\nid: a\ntitle: A\nperiod: 2026-S26\n")
    repo.commit()
    repo.write("platctl.yaml", settings.format(weeks=4))
    result = run("validate", "--new-only", "--base", "HEAD", cwd=tmp_path, env={"COLUMNS": "200"})
    assert result.returncode == 1
    assert "`2026-S26` is not a period: 2026 has 13 sprints" in result.stdout
