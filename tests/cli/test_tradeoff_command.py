"""`platctl tradeoff` on the made-up company: weigh two, decide, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run, git

SHOWN = {
    "streaming-tradeoff-80.txt": ("downloads-2", "edge-packaging"),
    "streaming-tradeoff.md": ("retire-identity-v2", "design-system-7", "gateway-identity-3", "--format", "markdown"),
    "streaming-tradeoff-precedence.txt": ("passkeys", "kids-profiles", "--model", "whole_cost"),
}


@pytest.mark.parametrize(("name", "asked"), SHOWN.items())
def test_a_tradeoff_reads_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, asked: tuple[str, ...]
) -> None:
    result = run("-C", unpacked, "tradeoff", *asked, env={"COLUMNS": "80"})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def test_json_has_the_exact_numbers(unpacked: Path, run: Run) -> None:
    found = json.loads(run("-C", unpacked, "tradeoff", "downloads-2", "edge-packaging", "-f", "json").stdout)
    assert (found["format"], found["format_version"]) == ("platctl.tradeoff", 1)
    (pair,) = found["pairs"]
    reach = next(each for each in pair["flips"] if each["name"] == "reach" and each["of"]["id"] == "downloads-2")
    assert reach["to"] == pytest.approx(pair["second_score"] * 30 / 2 / 0.8)
    assert [order["cost"] for order in found["orders"]] == [90000000, 803412000]


def test_the_same_without_the_table_is_the_verdict(unpacked: Path, run: Run) -> None:
    result = run("-C", unpacked, "tradeoff", "-q", "downloads-2", "edge-packaging")
    assert result.stdout.count("\n\n") == 1
    assert "Downloads that last scores higher than Package video at the edge" in result.stdout


# Decisions ------------------------------------------------------------------------------------------------------

DECIDE = ("tradeoff", "--decide", "edge-packaging", "--over", "gateway-identity-3")
FILE = "decisions/edge-packaging-over-gateway-identity-3.yaml"
TEXT = """\
kind: decision
id: edge-packaging-over-gateway-identity-3
title: Package video at the edge before Gateway on identity 3
date: 2026-11-23
by: Elif Aydin
chose: edge-packaging
over:
  - gateway-identity-3
why: "It pays for itself: by May."
expires: 2027-03-31
"""
REASON = ("--why", "It pays for itself: by May.", "--by", "Elif Aydin", "--on", "2026-11-23", "--expires", "2027-03-31")


def place(folder: Path, run: Run, name: str) -> int:
    found = json.loads(run("-C", folder, "backlog", "--format", "json").stdout)
    return next(each["rank"] for each in found["items"] if each["initiative"]["id"] == name)


def test_a_decision_is_written_beside_the_others_and_followed(streaming: Path, run: Run) -> None:
    assert place(streaming, run, "edge-packaging") > place(streaming, run, "gateway-identity-3")
    result = run(*DECIDE, *REASON, cwd=streaming)
    assert (result.returncode, result.stdout, result.stderr) == (0, TEXT, f"wrote {FILE}\n")
    assert (streaming / FILE).read_text("utf-8") == TEXT
    assert git(streaming, "status", "--short") == f"?? {FILE}\n"
    assert place(streaming, run, "edge-packaging") < place(streaming, run, "gateway-identity-3")


def test_a_dry_run_writes_nothing(streaming: Path, run: Run) -> None:
    result = run(*DECIDE, *REASON, "--dry-run", cwd=streaming)
    assert (result.stdout, result.stderr) == (TEXT, f"would write {FILE}\n")
    assert git(streaming, "status", "--short") == ""


def test_a_decision_is_never_written_over_another(streaming: Path, run: Run) -> None:
    run(*DECIDE, "--why", "Money.", cwd=streaming)
    before = (streaming / FILE).read_bytes()
    again = run(*DECIDE, "--why", "Time.", cwd=streaming)
    assert (again.returncode, again.stdout) == (2, "")
    assert "already exists (decisions/edge-packaging-over" in again.stderr
    assert (streaming / FILE).read_bytes() == before
    assert run(*DECIDE, "--why", "Time.", "--id", "2026-11-time", cwd=streaming).returncode == 0
    assert (streaming / "decisions" / "2026-11-time.yaml").exists()


def test_what_may_not_be_read_by_all_stays_so_in_the_decision(streaming: Path, run: Run) -> None:
    result = run(
        "tradeoff", "partner-api-2", "wallets", "--decide", "wallets", "--why", "x", "--dry-run", cwd=streaming
    )
    assert "visibility: restricted\n" in result.stdout
    assert "chose: wallets\nover:\n  - partner-api-2\n" in result.stdout


def test_a_decision_that_can_not_be_followed_says_so(streaming: Path, run: Run) -> None:
    result = run(
        "tradeoff", "--decide", "kids-profiles", "--over", "passkeys", "--why", "x", "--dry-run", cwd=streaming
    )
    assert result.returncode == 0
    assert "note: the order does not follow the decision: Sign in with a passkey has to come first" in result.stderr


WORK = "kind: initiative\nid: {id}\nnamespace: {space}\ntitle: {title}\n---\n"


def test_without_decisions_the_folder_is_made_where_the_model_is_read(tmp_path: Path, run: Run) -> None:
    (tmp_path / "platctl.yaml").write_text("roots: [plan]\n", "utf-8")
    (tmp_path / "plan").mkdir()
    odd = '"yes: #no\\n- [*x] \\"{{e}}\\" @b"'
    texts = WORK.format(id="a" * 60, space="default", title=odd) + WORK.format(id="b" * 60, space="red", title="null")
    (tmp_path / "plan" / "work.yaml").write_text(texts, "utf-8")
    result = run("tradeoff", "a" * 60, "b" * 60, "--decide", f"red/{'b' * 60}", "--why", "- x: y", cwd=tmp_path)
    assert (result.returncode, len(result.stdout.splitlines())) == (0, 7)
    (written,) = (tmp_path / "plan" / "decisions").iterdir()
    assert len(written.stem) == 63
    assert run("validate", cwd=tmp_path).returncode == 0
    report = json.loads(run("tradeoff", "a" * 60, "b" * 60, "-f", "json", cwd=tmp_path).stdout)
    assert [each["standing"] for each in report["decided"]] == ["unranked"]
    assert "not all of these initiatives are ranked, so the decision changes nothing yet" in result.stderr


def test_a_folder_that_is_a_link_is_not_written_through(tmp_path: Path, run: Run) -> None:
    inside, outside = tmp_path / "model", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "decisions").symlink_to(outside)
    texts = WORK.format(id="a", space="default", title="A") + WORK.format(id="b", space="default", title="B")
    (inside / "work.yaml").write_text(texts, "utf-8")
    result = run("tradeoff", "a", "b", "--decide", "a", "--why", "x", cwd=inside)
    assert (result.returncode, result.stdout) == (2, "")
    assert "is not a folder, or is a link" in result.stderr
    assert not list(outside.iterdir())


REFUSED = {
    ("downloads-2",): "needs at least two initiatives",
    ("downloads-2", "downloads-2"): "needs at least two initiatives",
    ("downloads-2", "pass-keys"): "did you mean `passkeys`?",
    ("downloads-2", "own-cdn"): "own-cdn is dropped",
    ("downloads-2", "passkeys", "--why", "x"): "`--why` belongs to a decision",
    ("--decide", "passkeys", "--why", "x"): "add `--over INITIATIVE`",
    ("--decide", "passkeys", "--over", "downloads-2"): "`--why` is missing",
    ("--decide", "passkeys", "--over", "downloads-2", "--why", " "): "`--why` is empty",
    ("--decide", "passkeys", "--over", "downloads-2", "--why", "x", "--id", "../x"): "`../x` is not a valid id",
    ("--decide", "passkeys", "--over", "downloads-2", "--why", "x\x1b[31m"): "can't be written to a file",
    (
        *("--decide", "passkeys", "--over", "downloads-2", "--why", "x"),
        *("--on", "2026-11-23", "--expires", "2026-11-22"),
    ): "before its date 2026-11-23",
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.items())
def test_what_can_not_be_weighed_or_decided_is_refused(
    streaming: Path, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    result = run("tradeoff", *arguments, cwd=streaming)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert git(streaming, "status", "--short") == ""
