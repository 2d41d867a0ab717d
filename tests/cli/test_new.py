"""`platctl new`: a new entity is asked for on a terminal, and taken from options anywhere else."""

import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from pathlib import Path

import pytest

from platctl.model.prompts import PROMPTS
from platctl.model.vocabulary import KIND_NAMES
from repos import Repo
from running import PLATCTL, Run, git

TEAM = "kind: team\nid: core\n"
PASSKEYS = "kind: initiative\nid: passkeys\ntitle: Sign in\nproposed_by: Ana Ruiz\n"
GIVEN = ("new", "initiative", "passkeys", "--title", "Sign in", "--set", "proposed_by=Ana Ruiz")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "teams.yaml").write_text(TEAM, "utf-8")
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_is_given_is_written_into_a_file_of_its_own(folder: Path, run: Run) -> None:
    result = run(*GIVEN, cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, PASSKEYS, "wrote initiatives/passkeys.yaml\n")
    assert (folder / "initiatives" / "passkeys.yaml").read_text("utf-8") == PASSKEYS


def test_it_goes_where_others_of_its_kind_are(folder: Path, run: Run) -> None:
    (folder / "plans" / "2027").mkdir(parents=True)
    (folder / "plans" / "2027" / "a.yaml").write_text("kind: initiative\nid: a\n", "utf-8")
    assert run(*GIVEN, cwd=folder).stderr == "wrote plans/2027/passkeys.yaml\n"


def test_it_goes_below_the_roots_of_the_settings(folder: Path, run: Run) -> None:
    (folder / "platctl.yaml").write_text("roots: [model]\n", "utf-8")
    assert run(*GIVEN, cwd=folder).stderr == "wrote model/initiatives/passkeys.yaml\n"


def test_another_file_may_be_named_from_here(folder: Path, run: Run) -> None:
    git(folder, "init", "-q")
    (folder / "platctl.yaml").write_text("roots: [plans]\n", "utf-8")
    (folder / "plans").mkdir()
    assert run(*GIVEN, "--file", "x/../b.yml", cwd=folder / "plans").stderr == "wrote plans/b.yml\n"


def test_fields_have_the_order_of_the_model_and_the_types_that_they_take(folder: Path, run: Run) -> None:
    more = ("effort.core=2.50", "tags[0]=no", "owner=core", "x-ticket=12", "description=a: b # c\nd", "tags[1]=- x")
    result = run(*GIVEN, "--dry-run", *(f"--set={each}" for each in more), cwd=folder)
    assert result.stdout == (
        'kind: initiative\nid: passkeys\ntitle: Sign in\ndescription: "a: b # c\\nd"\nowner: core\n'
        'tags:\n  - "no"\n  - "- x"\nproposed_by: Ana Ruiz\neffort:\n  core: 2.50\nx-ticket: 12\n'
    )
    assert files(folder) == ["teams.yaml"]


def test_an_editor_finds_the_schema(folder: Path, run: Run) -> None:
    assert run("schema", "--write", ".platctl/schema", cwd=folder).returncode == 0
    first, rest = run(*GIVEN, cwd=folder).stdout.split("\n", 1)
    assert first == "# yaml-language-server: $schema=../.platctl/schema/initiative.schema.json"
    assert (folder / "initiatives" / first.partition("=")[2]).resolve().is_file()
    assert rest == PASSKEYS


def test_an_id_may_have_a_namespace(folder: Path, run: Run) -> None:
    result = run("new", "team", "media/Codec", "--title", "Codecs", cwd=folder)
    assert result.stdout == "kind: team\nid: Codec\nnamespace: media\ntitle: Codecs\n"
    assert result.stderr == "wrote teams/Codec.yaml\n"


def test_a_model_may_begin_with_it(tmp_path: Path, run: Run) -> None:
    assert run("new", "team", "core", "--title", "Core", cwd=tmp_path).returncode == 0
    assert run("validate", cwd=tmp_path).returncode == 0


def test_a_script_is_told_what_is_missing_and_never_asked(folder: Path, run: Run) -> None:
    result = run("new", "initiative", "--title", "Sign in", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: missing: `ID`, `proposed_by`",
        "help: add the id after the kind, `--set proposed_by=…`; on a terminal, platctl asks for missing fields",
    ]


REFUSED = {
    "a kind that is none": (["new", "initative", "x"], 2, "did you mean `initiative`?"),
    "a path for an id": (["new", "team", "../x", "--title", "x"], 2, "`../x` is not a valid id"),
    "a long path for an id": (["new", "team", "a/../../x", "--title", "x"], 2, "is not a valid id"),
    "an id that is taken": (["new", "team", "Core", "--title", "x"], 2, "team:core already exists (teams.yaml:2:5)"),
    "a file outside": ([*GIVEN, "--file", "../x.yaml"], 2, "is outside the model"),
    "a file that is hidden": ([*GIVEN, "--file", ".x/a.yaml"], 2, "hidden files are not part of the model"),
    "a file that is no YAML": ([*GIVEN, "--file", "x.txt"], 2, "use a name that ends with `.yaml`"),
    "a file that is there": ([*GIVEN, "--file", "teams.yaml"], 2, "`teams.yaml` already exists"),
    "a link": ([*GIVEN, "--file", "link/x.yaml"], 2, "is not a folder, or is a link"),
    "no field": ([*GIVEN, "--set", "proposed_bi=x"], 1, "did you mean `proposed_by`?"),
    "no team": ([*GIVEN, "--set", "owner=nobody"], 1, "error[unknown-reference]: team `nobody` does not exist"),
    "no value": ([*GIVEN, "--set", "owner"], 2, "use `--set FIELD=VALUE`"),
    "a control character": ([*GIVEN, "--set", "outcome=\x1b[2J"], 2, "U+001B (ESC) can't be written"),
}


@pytest.mark.parametrize(("arguments", "code", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_not_be_is_said_and_nothing_is_written(
    folder: Path, run: Run, tmp_path_factory: pytest.TempPathFactory, arguments: list[str], code: int, said: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "link").symlink_to(elsewhere)
    result = run(*arguments, cwd=folder)
    assert result.returncode == code
    assert said in result.stderr
    assert files(folder) == ["teams.yaml"]
    assert files(elsewhere) == []
    assert (folder / "teams.yaml").read_text("utf-8") == TEAM


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_left_alone(folder: Path, run: Run) -> None:
    folder.chmod(0o555)
    result = run(*GIVEN, cwd=folder)
    folder.chmod(0o755)
    assert result.returncode == 2
    assert "can't be written: permission denied" in result.stderr


# On a terminal --------------------------------------------------------------------------------------------------


def typed(folder: Path, *arguments: str, answers: list[str]) -> tuple[int, str]:
    """The exit code and all that a terminal shows when somebody answers each question in turn."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    process = subprocess.Popen(
        [PLATCTL, *arguments],
        **dict.fromkeys(("stdin", "stdout", "stderr"), theirs),
        cwd=folder,
        env=environment,
        start_new_session=True,
        # So that Ctrl-C reaches it.
        preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    shown, left, until = "", list(answers), time.monotonic() + 30
    while time.monotonic() < until:
        ready, _, _ = select.select([ours], [], [], 0.2)
        try:
            piece = os.read(ours, 4096).decode() if ready else ""
        except OSError:  # Linux says so when the other side is closed
            break
        if ready and not piece:
            break
        shown += piece
        if left and shown.endswith("): "):
            os.write(ours, left.pop(0).encode())
    os.close(ours)
    assert not left
    return process.wait(timeout=10), shown.replace("\r\n", "\n")


def test_on_a_terminal_everything_is_asked_for(folder: Path) -> None:
    answers = ["passkeys\n", "Sign in\n", "\n", "Ana Ruiz\n", "feature\n", "\n"]
    code, shown = typed(folder, "new", "initiative", answers=answers)
    assert code == 0
    assert shown.count("proposed_by (The person who proposed it.): ") == 2
    assert "type (Type of work. Press Enter to skip.): " in shown
    written = (folder / "initiatives" / "passkeys.yaml").read_text("utf-8")
    assert written == PASSKEYS.replace("proposed_by", "type: feature\nproposed_by")


def test_an_answer_that_does_not_fit_is_asked_for_again(folder: Path) -> None:
    answers = ["featur\n", "feature\n", "core\n"]
    code, shown = typed(folder, *GIVEN, answers=answers)
    assert code == 0
    assert "`type` can't be `featur`; did you mean `feature`?" in shown
    assert "title (" not in shown
    assert "owner: core\n" in (folder / "initiatives" / "passkeys.yaml").read_text("utf-8")


def test_an_id_that_is_none_and_a_team_that_is_not_there_are_asked_for_again(folder: Path) -> None:
    answers = ["pass keys\n", "passkeys\n", "Sign in\n", "Ana Ruiz\n", "\n", "cor\n", "core\n"]
    code, shown = typed(folder, "new", "initiative", answers=answers)
    assert code == 0
    assert "`pass keys` is not a valid id" in shown
    assert "team `cor` does not exist; did you mean `core`?" in shown
    assert "owner: core\n" in (folder / "initiatives" / "passkeys.yaml").read_text("utf-8")


def test_an_answer_is_judged_on_the_given_day(folder: Path) -> None:
    waiver = "{rule: unknown-reference, reason: The team is being founded, expires: 2027-01-31}"
    (folder / "platctl.yaml").write_text(f"waivers: [{waiver}]\n", "utf-8")
    Repo(folder).commit(date="2027-03-01T12:00:00Z")
    code, shown = typed(folder, *GIVEN, "--today", "2027-01-31", answers=["\n", "media\n"])
    assert code == 0
    assert "owner: media\n" in (folder / "initiatives" / "passkeys.yaml").read_text("utf-8")
    assert "does not exist; " not in shown


def test_the_end_of_the_input_writes_nothing(folder: Path) -> None:
    code, shown = typed(folder, "new", "initiative", "passkeys", answers=["\x04"])
    assert code == 2
    assert "no answer for `title`; nothing was written" in shown
    assert files(folder) == ["teams.yaml"]


def test_an_interrupt_ends_quietly(folder: Path) -> None:
    code, shown = typed(folder, "new", "initiative", "passkeys", answers=["\x03"])
    assert code in (130, -2)
    assert "Traceback" not in shown
    assert files(folder) == ["teams.yaml"]


NEEDED = {"initiative": ["--set=proposed_by=Ana"], "decision": ["--set=chose=a", "--set=over[0]=b", "--set=why=c"]}
NEEDED["ballot"] = ["--set=by=Ana"]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_kind_can_be_made_listed_and_shown(kind: str, folder: Path, run: Run) -> None:
    assert set(PROMPTS) == set(KIND_NAMES)
    title = [] if kind in ("decision", "ballot") else ["--title", "X"]
    made = run("new", kind, "x1", *title, *NEEDED.get(kind, []), "--dry-run", cwd=folder)
    assert made.returncode == 0 or kind == "decision", made.stderr
    (folder / "x.yaml").write_text(f"kind: {kind}\nid: x1\n" + ("by: Ana\n" if kind == "ballot" else ""), "utf-8")
    assert "x1" in run("list", kind, cwd=folder).stdout
    assert run("show", f"{kind}:x1", cwd=folder).stdout.startswith(f"x1 ({kind}:x1)")
