"""The few forms of Markdown that the reference pages are made of."""

from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by docs/generate.py; change the program instead. -->"


def page(title: str, *parts: str) -> str:
    """A page that says how it came about."""
    return "\n\n".join([f"# {title}", NOTE, *filter(None, parts)]) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there are no rows."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(header), _row(["---"] * len(header)), *lines]) if lines else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """A word as code, or nothing."""
    return f"`{text}`" if text else ""


def fenced(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text.rstrip()}\n```"
