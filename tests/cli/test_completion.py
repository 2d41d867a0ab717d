"""Shells are told what can be typed next, by the protocol that their scripts use."""

from pathlib import Path

import pytest

from running import Run


def offered(run: Run, line: str) -> list[str]:
    """What bash gets for a line whose last word is to be completed."""
    words = line.split(" ")
    env = {"_PLATCTL_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = run(env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("platctl com", ["comment"]),
        ("platctl ci --fail", ["--fail-on", "--fail-on-finding"]),
        ("platctl validate --format s", ["sarif"]),
        ("platctl impact --fail-on ", ["breaks", "must-act", "at-risk", "never"]),
        ("platctl ci --fail-on-finding ", ["error", "warning", "info", "never"]),
        ("platctl impact --effect re", ["removal"]),
        ("platctl validate --rule unknown-", ["unknown-kind", "unknown-field", "unknown-reference"]),
        ("platctl rule missing-o", ["missing-owner"]),
        ("platctl comment --host gitl", ["gitlab"]),
        ("platctl schema p", ["platctl"]),
        ("platctl init --example s", ["streaming"]),
        ("platctl --color a", ["auto", "always"]),
        ("platctl -C {model} impact --explain tv", ["tv-app"]),
        ("platctl -C {model} backlog --explain down", ["downloads-2"]),
        ("platctl -C {model} needs partners/", ["partners/aurora-telecom", "partners/meridian-hotels"]),
        ("platctl -C {model} set initiative:pass", ["initiative:passkeys"]),
        ("platctl -C {model} roadmap --select component:ident", ["component:identity"]),
        ("platctl -C {model} goals passw", ["passwordless"]),
        ("platctl -C {model} plan c", ["compare"]),
        ("platctl -C {model} plan compare mov", ["movers"]),
        ("platctl -C {model} plan --scenario tr", ["travellers"]),
        ("platctl -C {model} promote sign", ["sign-language"]),
        ("platctl -C /nowhere impact --explain tv", []),
    ],
)
def test_what_can_stand_there_is_offered(line: str, words: list[str], unpacked: Path, run: Run) -> None:
    line = line.format(model=unpacked)
    assert set(words) <= set(offered(run, line))
    assert all(word.startswith(line.rpartition(" ")[2]) for word in offered(run, line))


def test_all_commands_are_offered(run: Run) -> None:
    from platctl.cli.app import COMMANDS

    assert offered(run, "platctl ") == [name for name in COMMANDS if " " not in name]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_can_be_shown_for_each_shell(shell: str, run: Run) -> None:
    done = run(env={"_PLATCTL_COMPLETE": f"source_{shell}"})
    assert (done.returncode, done.stderr) == (0, "")
    assert f"complete_{shell}" in done.stdout
