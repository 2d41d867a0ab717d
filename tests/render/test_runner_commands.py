"""No line of any page or table is a command to a runner, wherever a text begins."""

import itertools
from collections.abc import Callable
from functools import partial

import pytest
from oracles import commands

from platctl.page import Entries, Entry, Page, Paragraph, Run, Section, Table, Tone, line
from platctl.render.data import csv
from platctl.render.page import confluence, html, markdown, mediawiki, text

COMMANDS = ["::error::x", "  ::set-output name=a::b", "##[error]x", "a ##[group]b"]
RENDERERS: dict[str, Callable[[Page], str]] = {
    "text": partial(text.render, width=100, color=False),
    "markdown": markdown.render,
    "html": html.render,
    "confluence": confluence.render,
    "mediawiki": mediawiki.render,
}


@pytest.mark.parametrize("format_", RENDERERS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_of_a_page_is_a_command(format_: str, command: str) -> None:
    tones = set(Tone) - ({Tone.CODE} if format_ == "markdown" else set())  # there, code is as it is in the file
    for tone in sorted(tones):
        said = line(Run(command, tone))
        page = Page(
            (
                Paragraph((said,)),
                Paragraph((line("a"), said, line(Run(" ", tone), Run(command, tone)))),
                Table(((said, line("b")),), (command, "c")),
                Entries((Entry(said, (said, said)),)),
                Section(said, (Paragraph((said,)),)),
            )
        )
        assert commands(RENDERERS[format_](page)) == []


@pytest.mark.parametrize(("one", "other"), [*itertools.product([*COMMANDS, None, ":", "##"], repeat=2)])
def test_no_row_is_a_command(one: str | None, other: str | None) -> None:
    assert commands(csv.render((one or "", other or ""), [(one, other)])) == []
