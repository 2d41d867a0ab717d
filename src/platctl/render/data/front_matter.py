"""Metadata of a page for a static site generator, as YAML before the page."""

import json
from collections.abc import Mapping
from typing import Any

from platctl.record import record
from platctl.render.escape import visible
from platctl.render.page.markdown_dialect import SiteGenerator


@record
class FrontMatter:
    """The title and description of a page, and its position among its siblings, counted from 1."""

    title: str
    description: str = ""
    position: int | None = None


def render(matter: FrontMatter, generator: SiteGenerator) -> str:
    """The lines before a page, with a blank one at the end.

    A value is written as JSON, which YAML reads as the same value whatever a text says (YAML 1.2, 1.3).
    """
    fields = {"title": visible(matter.title, whole_line=False)}
    if matter.description:
        fields["description"] = visible(matter.description, whole_line=False)
    lines = [f"{name}: {_json(value)}" for name, value in {**fields, **_own(matter, generator)}.items()]
    return "\n".join(("---", *lines, "---", "", ""))


def _own(matter: FrontMatter, generator: SiteGenerator) -> Mapping[str, Any]:
    """What only this generator needs. Material for MkDocs orders pages in `nav`, and not here."""
    match generator:
        case SiteGenerator.DOCUSAURUS:
            # Read as Markdown, not as MDX, where braces are code.
            position = {} if matter.position is None else {"sidebar_position": matter.position}
            return {**position, "mdx": {"format": "md"}}
        case SiteGenerator.HUGO:
            return {} if matter.position is None else {"weight": matter.position}
    return {}


def _json(value: Any) -> str:
    """JSON without anything that Hugo would expand."""
    return json.dumps(value, ensure_ascii=False).replace("{{", "{\\u007b").replace("{%", "\\u007b%")
