"""Writes the reference pages, and the command output on other pages; `--check` only compares."""

import difflib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator import pictures
from generator.commands import commands
from generator.data import roadmap
from generator.model import model
from generator.replay import replayed, with_commands
from generator.rules import rules

DOCS = Path(__file__).parent
REFERENCE: dict[str, Callable[[], str]] = {
    "pictures/roadmap.svg": pictures.roadmap,
    "reference/commands.md": commands,
    "reference/model.md": model,
    "reference/roadmap-data.md": roadmap,
    "reference/rules.md": rules,
}


def generated() -> dict[Path, str]:
    """Each generated page with its current text."""
    pages = with_commands(DOCS)
    with ThreadPoolExecutor() as pool:
        reference = dict(
            zip(map(DOCS.joinpath, REFERENCE), pool.map(lambda write: write(), REFERENCE.values()), strict=True)
        )
        texts = pool.map(replayed, [page.read_text("utf-8") for page in pages])
        return reference | dict(zip(pages, texts, strict=True))


def difference(page: Path, wanted: str) -> str:
    """The difference to the page on disk; empty if it is up to date."""
    there = page.read_text("utf-8") if page.exists() else ""
    name = page.relative_to(DOCS).as_posix()
    lines = difflib.unified_diff(there.splitlines(True), wanted.splitlines(True), name, f"{name} (generated)")
    return "".join(lines)


def main(arguments: list[str]) -> int:
    """Write the pages; with `--check`, report those that are out of date (exit code 1)."""
    pages = generated()
    stale = {page: text for page, text in pages.items() if difference(page, text)}
    for page, text in stale.items():
        if "--check" in arguments:
            sys.stdout.write(difference(page, text))
        else:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, "utf-8")
            print(f"wrote {page.relative_to(DOCS)}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
