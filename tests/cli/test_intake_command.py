"""`platctl intake` on the made-up company, and on what somebody typed with care."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run

SHOWN = {
    "streaming-intake.txt": (),
    "streaming-intake.md": ("--format", "markdown"),
    "streaming-intake.json": ("--format", "json", "owner:access"),
}


@pytest.mark.parametrize(("name", "arguments"), SHOWN.items())
def test_the_intake_reads_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, arguments: tuple[str, ...]
) -> None:
    result = run("-C", unpacked, "intake", *arguments, env={"COLUMNS": "100"})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def test_what_is_alike_is_listed(tmp_path: Path, run: Run, golden: Callable[[str, str], None]) -> None:
    titles = ("Sign in with passkeys", "Sign in with a passkey", "sign in with passkeys!", "Dark theme")
    days = ("2023-01-01", "2026-11-01", "2026-03-01", None)
    documents = [
        f"kind: initiative\nid: i{at}\ntitle: {title}\n" + (f"proposed_on: {day}\n" if day else "")
        for at, (title, day) in enumerate(zip(titles, days, strict=True))
    ]
    (tmp_path / "ideas.yaml").write_text("---\n".join(documents), "utf-8")
    result = run("intake", "--today", "2026-11-23", cwd=tmp_path, env={"COLUMNS": "100"})
    golden("intake-alike.txt", result.stdout.replace(tmp_path.name, "ideas"))


def test_markup_in_titles_stays_text(tmp_path: Path, run: Run) -> None:
    title = "<img src=x> @everyone [a](javascript:x) | `b`"
    (tmp_path / "a.yaml").write_text(f"kind: initiative\nid: a\ntitle: {json.dumps(title)}\n", "utf-8")
    shown = run("intake", "--format", "markdown", cwd=tmp_path).stdout
    assert "<img" not in shown
    assert "`@everyone`" in shown, "no mention within code"


def test_a_selector_that_names_nothing_is_said(unpacked: Path, run: Run) -> None:
    result = run("-C", unpacked, "intake", "tag:nothing-has-this")
    assert result.returncode == 0
    assert "matches nothing" in result.stderr
    assert "0 initiatives" in result.stdout
