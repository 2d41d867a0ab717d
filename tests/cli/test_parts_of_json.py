"""`--fields`, `--limit` and `--brief` through the command line."""

import json
from pathlib import Path

import pytest

from platctl.cli.app import COMMANDS
from platctl.render.data.part_of_json import BRIEF_BYTES
from running import platctl

IMPACT = ("impact", "--base", "HEAD~1", "--fail-on", "never")


def test_programs_take_what_they_need(unpacked: Path) -> None:
    call = (*IMPACT, "-f", "json", "--fields", "verdicts.consumer.id,verdicts.level", "--limit", "1")
    found = json.loads(platctl(*call, cwd=unpacked).stdout)
    assert found == {
        "format": "platctl.impact",
        "format_version": 3,
        "verdicts": [{"consumer": {"id": "mobile-app"}, "level": "must-act"}],
        "verdicts_left_out": 9,
    }


@pytest.mark.parametrize(
    "call", [IMPACT, ("ci", "--base", "HEAD~1"), ("backlog",), ("graph",), ("show", "identity")], ids=" ".join
)
def test_the_gist_is_short(call: tuple[str, ...], unpacked: Path) -> None:
    gist, everything = (platctl(*call, "-f", "json", *more, cwd=unpacked).stdout for more in (["--brief"], []))
    assert len(gist.encode()) <= BRIEF_BYTES
    assert len(gist) < len(everything) / 2
    assert json.loads(gist)["format"] == json.loads(everything)["format"]


def test_a_field_that_does_not_exist_is_an_error_that_names_the_nearest(unpacked: Path) -> None:
    result = platctl(*IMPACT, "-f", "json", "--fields", "verdicts.consumr", cwd=unpacked)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(
        "error: there is no field `verdicts.consumr`\nhelp: did you mean `consumer`? use one"
    )


@pytest.mark.parametrize("option", [["--brief"], ["--limit", "3"], ["--fields", "summary"]], ids=" ".join)
def test_only_json_can_be_shortened(option: list[str], unpacked: Path) -> None:
    result = platctl(*IMPACT, *option, cwd=unpacked)
    assert (result.returncode, result.stdout) == (2, "")
    assert "only JSON can be shortened" in result.stderr
    both = platctl(*IMPACT, *option, "--report", "json=-", cwd=unpacked)
    assert both.returncode == 0


def test_fields_may_be_given_one_by_one(unpacked: Path) -> None:
    """As in `gh`, blanks around names don't count."""
    at_once = platctl(*IMPACT, "-f", "json", "--fields", "verdicts.level, summary", cwd=unpacked)
    one_by_one = platctl(*IMPACT, "-f", "json", "--fields", "verdicts.level", "--fields", "summary", cwd=unpacked)
    assert at_once.stdout == one_by_one.stdout != ""


@pytest.mark.parametrize("names", ["", "verdicts,", "verdicts..level"])
def test_a_name_is_not_empty(names: str, unpacked: Path) -> None:
    result = platctl(*IMPACT, "-f", "json", "--fields", names, cwd=unpacked)
    assert (result.returncode, result.stdout) == (2, "")
    assert "`--fields` has an empty name" in result.stderr


@pytest.mark.parametrize("where", [["--output-dir", "pages"], ["--output", "page.md", "--dry-run"]], ids=" ".join)
def test_pages_are_not_shortened_either(where: list[str], unpacked: Path) -> None:
    result = platctl("roadmap", *where, "--brief", cwd=unpacked)
    assert result.returncode == 2
    assert "only JSON can be shortened" in result.stderr
    assert not (unpacked / "pages").exists()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_with_json_offers_them(name: str) -> None:
    help_ = platctl(name, "--help").stdout
    if "--format" in help_:
        assert "--brief" in help_
        assert "--fields" in help_
        assert "--limit" in help_
