"""Options, exit codes and where output goes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from running import PLATCTL, Run, git

MODEL = """\
kind: component
id: identity
owner: core
version: 2.4.0
---
kind: team
id: core
---
kind: consumer
id: shop
owner: core
uses: [identity, basket]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_text(MODEL, "utf-8")
    return tmp_path


def test_the_threshold_decides_the_exit_code(folder: Path, run: Run) -> None:
    assert run("validate", cwd=folder).returncode == 1
    assert run("validate", "--fail-on", "never", cwd=folder).returncode == 0
    assert run("validate", "--ignore", "unknown-reference", cwd=folder).returncode == 0


def test_rules_are_chosen_by_name(folder: Path, run: Run) -> None:
    chosen = run("validate", "--rule", "unknown-reference", cwd=folder)
    assert "1 error in 1 file, 3 entities" in chosen.stdout
    mistyped = run("validate", "--rule", "unknown-refrence", cwd=folder)
    assert mistyped.returncode == 2
    assert "did you mean `unknown-reference`?" in mistyped.stderr


def test_paths_narrow_what_is_said_but_not_what_is_known(folder: Path, run: Run) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "other.yaml").write_text("kind: consumer\nid: site\nowner: core\nuses: [identiy]\n", "utf-8")
    result = run("validate", "more", cwd=folder)
    assert "identiy" in result.stdout
    assert "basket" not in result.stdout
    assert "no team" not in result.stdout
    outside = run("validate", "..", cwd=folder)
    assert outside.returncode == 2


def test_a_severity_of_the_settings_counts(folder: Path, run: Run) -> None:
    (folder / "platctl.yaml").write_text("rules:\n  unknown-reference:\n    paths: {'model.yaml': warning}\n", "utf-8")
    result = run("validate", cwd=folder)
    assert result.returncode == 0
    assert "warning[unknown-reference]" in result.stdout


def test_a_waiver_holds_until_its_day_and_is_then_a_finding(folder: Path, run: Run) -> None:
    waiver = "waivers:\n  - {rule: unknown-reference, entity: shop, reason: basket comes soon, expires: 2027-01-31}\n"
    (folder / "platctl.yaml").write_text(waiver, "utf-8")
    before = run("validate", "--today", "2027-01-31", cwd=folder)
    assert before.returncode == 0
    assert "1 waived" in before.stdout
    after = run("validate", "--today", "2027-02-01", cwd=folder)
    assert after.returncode == 1
    assert "expired-waiver" in after.stdout
    assert "unknown-reference" in after.stdout


def test_a_setting_that_names_no_rule_is_a_finding(folder: Path, run: Run) -> None:
    (folder / "platctl.yaml").write_text("rules:\n  unknown-refrence: off\n", "utf-8")
    result = run("validate", cwd=folder)
    assert "platctl.yaml:2:3" in result.stdout
    assert "did you mean `unknown-reference`?" in result.stdout


def test_an_output_file_is_replaced_as_a_whole_and_never_coloured(folder: Path, run: Run) -> None:
    report = folder / "report.txt"
    report.write_text("old", "utf-8")
    result = run("--color", "always", "validate", "--output", report, cwd=folder)
    assert result.stdout == ""
    assert "unknown-reference" in report.read_text("utf-8")
    assert "\x1b" not in report.read_text("utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["model.yaml", "report.txt"]


def test_an_output_that_can_not_be_written_leaves_everything_as_it_was(folder: Path, run: Run) -> None:
    link = folder / "link.txt"
    link.symlink_to(folder / "model.yaml")
    assert run("validate", "--output", link, cwd=folder).returncode == 2
    assert run("validate", "--output", folder / "no" / "where.txt", cwd=folder).returncode == 2
    assert (folder / "model.yaml").read_text("utf-8") == MODEL


def test_a_device_is_written_to_and_stays_a_device(folder: Path, run: Run) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    assert run("validate", "--output", pipe, cwd=folder).returncode == 1
    assert "unknown-reference" in reader.communicate(timeout=30)[0]
    assert pipe.is_fifo()


@pytest.mark.parametrize("arguments", [["validate"], ["impact", "--help"], ["--help"], ["--version"]], ids=" ".join)
def test_a_reader_that_is_gone_ends_it_quietly_with_a_code_of_its_own(streaming: Path, arguments: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as out:
        result = subprocess.run([PLATCTL, *arguments], cwd=streaming, stdout=out, stderr=subprocess.PIPE, text=True)
    assert (result.returncode, result.stderr) == (141, "")


def test_a_reader_that_leaves_in_the_middle_gets_what_it_reads(folder: Path) -> None:
    unknown = ", ".join(f"gone-{number}" for number in range(100))  # findings for more than a pipe holds
    (folder / "model.yaml").write_text(MODEL.replace("basket", unknown), "utf-8")
    command = f"{PLATCTL} validate --format json | head -c 1; echo ${{PIPESTATUS[0]}}"
    clean = {"PATH": os.environ["PATH"]}  # PYTHONUNBUFFERED would drop what a pipe does not take at once
    result = subprocess.run(["bash", "-c", command], cwd=folder, env=clean, capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("{141\n", "")


def test_a_full_disk_is_said(folder: Path) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        result = subprocess.run(
            [str(PLATCTL), "-C", str(folder), "validate"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert result.returncode == 2
    assert "no space left" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_narrow_encoding_is_no_failure(folder: Path, run: Run, encoding: str) -> None:
    (folder / "title.yaml").write_text("kind: team\nid: x\ntitle: Größe 日本\nlead: [1]\n", "utf-8")
    result = run("validate", cwd=folder, env={"PYTHONIOENCODING": encoding})
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_the_version_and_the_help_come_without_a_model(tmp_path: Path, run: Run) -> None:
    assert run("--version", cwd=tmp_path).stdout.startswith("platctl ")
    help_ = run("--help", cwd=tmp_path)
    assert help_.returncode == 0
    for command in ("validate", "impact", "rule", "init"):
        assert command in help_.stdout


def test_a_wrong_option_is_exit_2_with_help(tmp_path: Path, run: Run) -> None:
    result = run("validate", "--frobnicate", cwd=tmp_path)
    assert result.returncode == 2
    assert "--frobnicate" in result.stderr
    assert "platctl validate --help" in result.stderr


def test_init_writes_a_model_that_holds_and_never_over_a_file(tmp_path: Path, run: Run) -> None:
    assert run("init", "new", cwd=tmp_path).returncode == 0
    assert run("-C", "new", "validate", "--fail-on", "warning", cwd=tmp_path).returncode == 0
    what_if = run("-C", "new", "impact", "initiative:retire-identity-2", cwd=tmp_path)
    assert what_if.returncode == 1
    assert "shop" in what_if.stdout
    before = {path.name: path.read_bytes() for path in (tmp_path / "new").rglob("*") if path.is_file()}
    again = run("init", "new", cwd=tmp_path)
    assert again.returncode == 2
    assert "already exist" in again.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["opensearch", "streaming"])
def test_an_example_is_a_repository_with_two_commits(tmp_path: Path, run: Run, name: str) -> None:
    result = run("init", "--example", name, "demo", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert git(tmp_path / "demo", "log", "--format=%h").count("\n") == 2
    assert git(tmp_path / "demo", "status", "--short") == ""
    assert run("-C", "demo", "impact", "--base", "HEAD~1", "--fail-on", "never", cwd=tmp_path).returncode == 0
    assert run("init", "--example", name, "demo", cwd=tmp_path).returncode == 2


def test_files_that_all_have_one_time_still_make_two_commits(tmp_path: Path) -> None:
    """As an installed package has them."""
    root = Path(__file__).parents[2]
    shutil.copytree(
        root / "src" / "platctl", tmp_path / "src" / "platctl", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(root / "examples", tmp_path / "examples")
    for path in (tmp_path / "examples").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    command = (
        "from pathlib import Path; from platctl.workspace.examples import unpack; unpack('opensearch', Path('demo'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    subprocess.run([sys.executable, "-c", command], cwd=tmp_path, env=environment, check=True)
    assert git(tmp_path / "demo", "log", "--format=%h").count("\n") == 2


def test_every_example_has_the_same_commits_everywhere(tmp_path: Path, run: Run) -> None:
    heads = set()
    for name in ("one", "two"):
        run("init", "--example", "streaming", name, cwd=tmp_path)
        heads.add(git(tmp_path / name, "rev-parse", "HEAD"))
    assert len(heads) == 1


def test_an_unknown_example_lists_the_known(tmp_path: Path, run: Run) -> None:
    result = run("init", "--example", "opensarch", cwd=tmp_path)
    assert result.returncode == 2
    assert "opensearch, streaming" in result.stderr


def test_a_question_about_nothing_gets_the_nearest_name(streaming: Path, run: Run) -> None:
    result = run("-C", streaming, "impact", "component:identiy", "--effect", "removal")
    assert result.returncode == 2
    assert "component:identity" in result.stderr


def test_a_model_below_the_top_of_a_repository_is_found_from_within(tmp_path: Path, run: Run) -> None:
    inner = tmp_path / "platform" / "teams"
    inner.mkdir(parents=True)
    (tmp_path / "platform" / "platctl.yaml").write_text("layers: [platform]\n", "utf-8")
    (tmp_path / "platform" / "model.yaml").write_text(MODEL, "utf-8")
    (tmp_path / "elsewhere.yaml").write_text("not: a model\n", "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    result = run("validate", cwd=inner)
    assert "platform/model.yaml:12:18" in result.stdout
    assert "elsewhere" not in result.stdout


@pytest.mark.parametrize(
    "question",
    [
        ("component:identity", "--effect", "removal", "--interface", "rest", "--version", "abc"),
        ("component:identity", "--effect", "breaking", "--interface", "rest", "--version", "3.0.0"),
        ("initiative:passkeys", "--effect", "removal"),
        ("component:identity",),
        ("component:identity", "--effect", "remval"),
    ],
)
def test_a_question_that_asks_nothing_is_exit_2(streaming: Path, run: Run, question: tuple[str, ...]) -> None:
    result = run("-C", streaming, "impact", *question)
    assert result.returncode == 2
    assert result.stderr.startswith("error: ")
    assert result.stdout == ""


@pytest.mark.parametrize("place", [0, 1, 3])
def test_the_options_of_all_commands_may_stand_anywhere(streaming: Path, run: Run, place: int) -> None:
    words: list[str | Path] = ["impact", "--base", "HEAD~1"]
    words[place:place] = ["-q", "-C", streaming, "--color", "never"]
    result = run(*words)
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("Base ")
    assert len(result.stdout.splitlines()) < 6


def test_what_stands_behind_two_dashes_is_never_an_option(streaming: Path, run: Run) -> None:
    result = run("-C", streaming, "validate", "--", "-q")
    assert result.returncode == 2
    assert "`-q` does not exist" in result.stderr
