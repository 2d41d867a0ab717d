"""What stands before a page of a generated site."""

import pytest
import yaml
from hypothesis import given
from oracles import HOSTILE, texts

from platctl.render.data.front_matter import FrontMatter, SiteGenerator, render
from platctl.render.escape import visible


def test_each_generator_gets_what_it_asks_for() -> None:
    matter = FrontMatter("Roadmap", "What comes when", 2)
    common = '---\ntitle: "Roadmap"\ndescription: "What comes when"\n'
    assert render(matter, SiteGenerator.MKDOCS) == f"{common}---\n\n"
    assert render(matter, SiteGenerator.DOCUSAURUS) == f'{common}sidebar_position: 2\nmdx: {{"format": "md"}}\n---\n\n'
    assert render(matter, SiteGenerator.HUGO) == f"{common}weight: 2\n---\n\n"


def test_what_is_not_said_is_left_out() -> None:
    assert render(FrontMatter("Roadmap"), SiteGenerator.HUGO) == '---\ntitle: "Roadmap"\n---\n\n'


@pytest.mark.parametrize("generator", SiteGenerator)
@pytest.mark.parametrize("text", [*HOSTILE, "---\nevil: 1", "no", "1:30", "{{< x >}} {%raw%} {{{%", "🚀 größer"])
def test_any_title_is_that_title(generator: SiteGenerator, text: str) -> None:
    read = yaml.safe_load(render(FrontMatter(text, text), generator).removeprefix("---").removesuffix("---\n\n"))
    shown = visible(text, whole_line=False)
    assert (read["title"], read["description"]) == (shown, shown)
    assert set(read) <= {"title", "description", "mdx"}


@given(texts)
def test_a_title_stays_in_its_line_and_fills_in_nothing(text: str) -> None:
    lines = render(FrontMatter(text), SiteGenerator.DOCUSAURUS).splitlines()
    assert (len(lines), lines[0], lines[3]) == (5, "---", "---")
    assert yaml.safe_load(lines[1]) == {"title": visible(text, whole_line=False)}
    assert not any("{{" in each or "{%" in each for each in lines)
