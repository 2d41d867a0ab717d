"""The places where Markdown is rendered, and their differences."""

import sys
from enum import StrEnum

from platctl.record import record


class Anchoring(StrEnum):
    """How a heading gets a name for links."""

    ID = "id"
    """`<a id="x"></a>` before it."""
    NAME = "name"
    """`<a name="x"></a>` before it."""
    BRACES = "braces"
    """`{#x}` after it."""


class SiteGenerator(StrEnum):
    """A static site generator."""

    MKDOCS = "mkdocs"
    DOCUSAURUS = "docusaurus"
    HUGO = "hugo"

    @property
    def shows_title(self) -> bool:
        """Whether it shows the title of the front matter above the page."""
        return self in (SiteGenerator.DOCUSAURUS, SiteGenerator.HUGO)


@record
class Dialect:
    """A place where Markdown is rendered.

    Links to pages of the same set get `ending`, are placed between the two parts of `around_link`, and lead to the last
    part of a page's path where the place knows no folders (`is_flat`). Items of a list are set in by `indent`.
    `has_folds` is whether `<details>` works, and `has_backslashes` whether a backslash makes any sign plain, and the
    end of a line a break. A generator of sites (`is_site`) acts upon `{{` and `{%` even in code, and on `import` and
    `export` at the start of a line. `limit` counts characters.
    """

    name: str
    ending: str = ".md"
    around_link: tuple[str, str] = ("", "")
    is_flat: bool = False
    anchoring: Anchoring = Anchoring.ID
    mermaid: tuple[str, str] = ("```mermaid", "```")
    flow_chart: str = "flowchart"
    has_folds: bool = True
    has_backslashes: bool = True
    indent: int = 2
    is_site: bool = False
    top_level: int = 2
    limit: int = sys.maxsize


GITHUB = Dialect("github", top_level=3, limit=65_000)
"""Comments, job summaries and files. A comment has at most 65,536 characters."""

DIALECTS: dict[str, Dialect] = {
    each.name: each
    for each in (
        GITHUB,
        # GitHub, "Adding links to wikis": a page is named without its folder and its ending.
        Dialect("github-wiki", ending="", is_flat=True),
        # gitlabhq, base_sanitization_filter.rb: of names that a page brings along, only those of `<a name>` are left.
        Dialect("gitlab", anchoring=Anchoring.NAME),
        # GitLab, "Wiki-specific Markdown": without ending and with `./` a link counts from the page that it is on.
        Dialect("gitlab-wiki", ending="", around_link=("./", ""), anchoring=Anchoring.NAME),
        # Microsoft Learn, "Markdown syntax for wikis": `:::`, `graph` and not `flowchart`, two blanks for a break.
        Dialect("azure", mermaid=("::: mermaid", ":::"), flow_chart="graph", has_backslashes=False),
        # Python-Markdown: few signs can have a backslash, lists go in by four, no Markdown inside `<details>`.
        Dialect("mkdocs", has_folds=False, has_backslashes=False, indent=4, is_site=True),
        # Docusaurus, "MDX and React": links to `.md` files are resolved; text is read as a program where it may be.
        Dialect("docusaurus", anchoring=Anchoring.BRACES, is_site=True),
        # Hugo omits HTML (markup.goldmark.renderer.unsafe); `relref` finds pages whatever their addresses are.
        Dialect(
            "hugo",
            around_link=('{{< relref "', '" >}}'),
            anchoring=Anchoring.BRACES,
            has_folds=False,
            is_site=True,
        ),
    )
}
"""By name."""
