"""What a long run says on a terminal, and that nothing of it stays."""

import io
import sys
import time
from pathlib import Path

import pytest

from platctl.shell import progress as module
from platctl.shell.errors import note
from platctl.shell.progress import PROGRESS
from running import platctl


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put in place during the test, since pytest has streams of its own for each phase."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setattr(module, "_SECONDS", 0)
    return found


def shown(terminal: Terminal) -> str:
    while not terminal.getvalue():
        time.sleep(0.001)
    return terminal.getvalue()


def test_a_long_run_says_what_it_does_and_then_takes_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    PROGRESS.start("reading")
    assert shown(terminal) == "reading…"
    PROGRESS.say("deriving")
    note("note: done")
    assert terminal.getvalue() == "reading…\r\x1b[Kderiving…\r\x1b[Knote: done\n"
    PROGRESS.stop()
    assert terminal.getvalue().endswith("done\n")


def test_a_short_run_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(module, "_SECONDS", 60)
    PROGRESS.start("reading")
    PROGRESS.stop()
    assert terminal.getvalue() == ""


def test_where_no_one_looks_nothing_is_said(unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(module, "_SECONDS", 0)
    PROGRESS.start("reading")
    PROGRESS.stop()
    assert pipe.getvalue() == ""
    assert platctl("graph", "-f", "json", cwd=unpacked).stderr == ""
