"""Lines in the colours of a terminal."""

from io import StringIO

from platctl.page import Line, Tone
from platctl.render.escape import guarded

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.DIM: "dim",
    Tone.CODE: "cyan",
    Tone.BAD: "bold red",
    Tone.WARN: "bold magenta",
    Tone.GOOD: "bold green",
    Tone.RISK: "magenta",
    Tone.NOTE: "bold cyan",
}
"""Readable on dark and on light backgrounds, unlike white, black, yellow and plain blue."""


def colored(lines: list[Line]) -> str:
    from rich.console import Console
    from rich.text import Text

    # Everything that Rich would detect is set here, so that environment and terminal have no influence.
    file = StringIO()
    console = Console(
        file=file,
        color_system="standard",
        force_terminal=True,
        force_jupyter=False,
        force_interactive=False,
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
    texts = []
    for line in lines:
        text = Text.assemble(*((run.text, _STYLES[run.tone]) for run in line))
        text.plain = guarded(text.plain)
        text.rstrip()
        texts.append(text)
    console.print(Text("\n").join(texts), end="\n" if texts else "")
    return file.getvalue()
