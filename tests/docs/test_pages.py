"""The documentation says what the program does."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from platctl.model.settings.usual_scoring import USUAL
from running import quick

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)")
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the pages' commands need a shell")
@pytest.mark.timeout(300)  # a hundred runs of platctl, on a machine that may be busy
def test_the_reference_and_the_shown_output_are_up_to_date():
    check = [sys.executable, "-B", str(DOCS / "generate.py"), "--check"]
    env = {**os.environ, "PLATCTL": str(quick())}
    run = subprocess.run(check, env=env, capture_output=True, encoding="utf-8", timeout=280, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", ""), "run `python docs/generate.py`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_within_the_documentation_leads_somewhere(page: Path):
    for path, anchor in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as they are linked to."""
    headings = HEADING.findall(FENCED.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_page_on_ranking_names_every_scoring_model():
    page = (DOCS / "how-to" / "rank-the-backlog.md").read_text("utf-8")
    listed = page.partition("`--model` takes ")[2].partition(", or one of your own")[0]
    assert re.findall(r"`(\w+)`", listed) == list(USUAL)


def test_every_page_of_the_documentation_can_be_reached_from_its_first_page():
    reached, waiting = set(), [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page.suffix == ".md" and page not in reached:
            reached.add(page)
            text = FENCED.sub("", page.read_text("utf-8"))
            waiting += [(page.parent / path).resolve() for path, _ in LINK.findall(text) if path]
    assert reached >= set(DOCS.rglob("*.md"))
