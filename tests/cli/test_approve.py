"""`platctl approve` on the made-up company: git shows exactly what was added."""

import json
from pathlib import Path

import pytest

from running import Run, git

PLAN = "retire-identity-v2"
FILE = "initiatives/retire-identity-v2.yaml"


def changed_lines(folder: Path) -> list[str]:
    """The lines that git says were taken out or put in."""
    diff = git(folder, "diff", "--unified=0").splitlines()
    return [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_an_approval_is_written_below_the_others(streaming: Path, run: Run) -> None:
    result = run(
        *("approve", PLAN, "--for", "settop-app", "--by", "Oskar Lehmann"),
        *("--on", "2026-11-23", "--note", "If: the notice is out"),
        cwd=streaming,
    )
    assert (result.returncode, result.stdout) == (0, "")
    added = changed_lines(streaming)
    assert [line for line in added if "digest" not in line] == [
        "+  - consumer: settop-app",
        "+    by: Oskar Lehmann",
        "+    on: 2026-11-23",
        '+    note: "If: the notice is out"',
    ]
    assert added[3].startswith('+    digest: "')
    assert result.stderr.splitlines() == [f"wrote {FILE}:39", *(line[1:] for line in added)]
    assert git(streaming, "status", "--short") == f" M {FILE}\n"


def test_one_that_has_lapsed_is_renewed_where_it_stands(streaming: Path, run: Run) -> None:
    command = ("approve", "partner-api-2", "--for", "aurora-telecom", "--by", "Emeka Adeyemi", "--on", "2026-11-23")
    assert run(*command, cwd=streaming).returncode == 0
    day, old, new_day, new = changed_lines(streaming)
    assert (day, new_day) == ("-    on: 2026-10-26", "+    on: 2026-11-23")
    assert old.startswith('-    digest: "')
    assert new.startswith('+    digest: "')
    assert old[1:] != new[1:]


def test_one_that_holds_is_not_written_again_until_the_plan_is_altered(streaming: Path, run: Run) -> None:
    command = ("approve", PLAN, "--for", "tv-app", "--by", "Hanna Lindqvist")
    run(*command, cwd=streaming)
    before = (streaming / FILE).read_bytes()
    again = run(*command, "--note", "again", cwd=streaming)
    assert (again.returncode, (streaming / FILE).read_bytes()) == (0, before)
    assert "has already approved this for tv-app" in again.stderr
    altered = before.replace(b"effect: removal", b"effect: breaking")
    assert altered != before
    (streaming / FILE).write_bytes(altered)
    assert run(*command, cwd=streaming).returncode == 0
    digests = [text.split(b"\n")[0] for text in (before.split(b"digest: ")[1], after(streaming).split(b"digest: ")[1])]
    assert digests[0] != digests[1]


def after(streaming: Path) -> bytes:
    return (streaming / FILE).read_bytes()


def test_impact_takes_it(streaming: Path, run: Run) -> None:
    def missing() -> int:
        report = json.loads(run("impact", "--base", "HEAD~1", "--format", "json", cwd=streaming).stdout)
        return int(report["summary"]["approvals_missing"])

    before = missing()
    run("approve", PLAN, "--for", "mobile-app", "--by", "Diego Fuentes", cwd=streaming)
    assert missing() == before - 1


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("partners/aurora-telecom", "partners/aurora-telecom"),
        ("aurora-telecom", "partners/aurora-telecom"),
        ("consumer:Partners/Aurora-Telecom", "partners/aurora-telecom"),
    ],
)
def test_the_consumer_is_written_as_briefly_as_it_is_understood(
    streaming: Path, run: Run, name: str, written: str
) -> None:
    assert run("approve", PLAN, "--for", name, "--by", "Ana", cwd=streaming).returncode == 0
    assert changed_lines(streaming)[0] == f"+  - consumer: {written}"


CHAIN = """\
kind: component
id: codec
---
kind: component
id: player
depends_on: [codec]
---
kind: component
id: other
---
kind: initiative
id: exit
changes: [{component: codec, effect: removal}]
---
kind: consumer
id: direct
uses: [codec]
---
kind: consumer
id: indirect
title: Behind the player
uses: [player]
---
kind: consumer
id: apart
title: Set apart
uses: [other]
"""


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_an_approval_for_someone_who_is_not_affected_says_so(tmp_path: Path, run: Run, option: list[str]) -> None:
    (tmp_path / "model.yaml").write_text(CHAIN, "utf-8")
    for consumer, affected in (("direct", True), ("indirect", True), ("apart", False)):
        result = run("approve", "exit", "--for", consumer, "--by", "Ana", *option, cwd=tmp_path)
        assert result.returncode == 0
        assert ("Set apart (apart) is not affected by exit" in result.stderr) is not affected


MODEL = """\
kind: initiative
id: Exit
namespace: media
aliases: [leave]
changes: [{component: codec, effect: removal}]
approvals: []
---
kind: initiative
id: idea
---
kind: consumer
id: Studio
namespace: media
aliases: [atelier]
---
kind: consumer
id: shop
---
kind: consumer
id: shop
namespace: partners
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_bytes(b"\xef\xbb\xbf" + MODEL.replace("\n", "\r\n").encode())
    return tmp_path


@pytest.mark.parametrize("plan", ["exit", "media/exit", "initiative:media/Exit", "leave"])
@pytest.mark.parametrize(("user", "written"), [("atelier", "Studio"), ("shop", "default/shop")])
def test_an_id_may_be_written_in_any_way(folder: Path, run: Run, plan: str, user: str, written: str) -> None:
    result = run("approve", plan, "--for", user, "--by", "Ana", cwd=folder)
    assert (result.returncode, result.stderr.splitlines()[:2]) == (
        0,
        ["wrote model.yaml:7", f"  - consumer: {written}"],
    )
    text = (folder / "model.yaml").read_bytes().decode()
    item = text.split("approvals:\r\n")[1].split("---")[0]
    assert item.startswith(f"  - consumer: {written}\r\n    by: Ana\r\n    digest: ")
    assert text.replace(f"\r\n{item}", " []\r\n") == "\ufeff" + MODEL.replace("\n", "\r\n")


WRONG = {
    "an initiative that is not there": (["exits", "--for", "shop", "--by", "Ana"], "did you mean `media/exit`?"),
    "a consumer that is not there": (["exit", "--for", "shopp", "--by", "Ana"], "did you mean `shop`"),
    "another kind": (
        ["consumer:shop", "--for", "shop", "--by", "Ana"],
        "`consumer:shop` is a consumer, but an initiative is needed here",
    ),
    "no reference": (["a b", "--for", "shop", "--by", "Ana"], "help: use the id of an initiative"),
    "one like no other": (["zzz", "--for", "shop", "--by", "Ana"], "help: use one of `idea`, `media/exit`"),
    "an initiative without changes": (["idea", "--for", "shop", "--by", "Ana"], "initiative:idea has no `changes`"),
    "nobody": (["exit", "--for", "shop", "--by", " "], "`--by` is empty"),
    "a day that does not exist": (["exit", "--for", "shop", "--by", "Ana", "--on", "2026-02-30"], "has no day 30"),
    "characters that nobody sees": (["exit", "--for", "shop", "--by", "A\x1b[2Jna"], "U+001B (ESC) can't be written"),
    "an option that is missing": (["exit", "--for", "shop"], "--by"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_can_not_be_approved_is_said_and_nothing_is_written(
    folder: Path, run: Run, arguments: list[str], said: str
) -> None:
    refused(folder, run, arguments, said)


def refused(folder: Path, run: Run, arguments: list[str], said: str) -> None:
    before = (folder / "model.yaml").read_bytes()
    result = run("approve", *arguments, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert (folder / "model.yaml").read_bytes() == before


def test_an_id_of_several_consumers_has_to_be_said_in_full(folder: Path, run: Run) -> None:
    text = (folder / "model.yaml").read_text("utf-8").replace("id: shop\n---", "id: shop\nnamespace: own\n---")
    (folder / "model.yaml").write_text(text, "utf-8")
    refused(folder, run, ["exit", "--for", "shop", "--by", "Ana"], "use one of `own/shop`, `partners/shop`")


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("approvals: []", "approvals: [{consumer: shop}]"),
        ("effect: removal", "effect: removing"),
        ("id: idea", "id: [idea"),
    ],
)
def test_what_is_not_read_completely_is_not_approved(folder: Path, run: Run, good: str, bad: str) -> None:
    text = (folder / "model.yaml").read_text("utf-8")
    (folder / "model.yaml").write_text(text.replace(good, bad), "utf-8")
    refused(folder, run, ["exit", "--for", "studio", "--by", "Ana"], "a part of its file can't be read (model.yaml")


def test_a_read_only_file_is_left_alone(folder: Path, run: Run) -> None:
    (folder / "model.yaml").chmod(0o444)
    refused(folder, run, ["exit", "--for", "studio", "--by", "Ana"], "`model.yaml` is read-only")
