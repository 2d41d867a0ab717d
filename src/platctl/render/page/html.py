"""Pages as self-contained HTML files: no network, light and dark, for screen readers and on paper."""

import re
from collections.abc import Iterable, Iterator, Sequence

from platctl.page import (
    Bars,
    Block,
    DayChart,
    Fold,
    Line,
    Matrix,
    Page,
    Paragraph,
    Run,
    Schedule,
    Section,
    Target,
    Tone,
)
from platctl.render import link
from platctl.render.cells import plain
from platctl.render.escape import element
from platctl.render.page import html_assets
from platctl.render.page.walker import BOLD, Spot, Walker
from platctl.render.picture import chart_svg, matrix_svg
from platctl.render.picture.in_words import Picture

_TOP_LEVEL = 2
_CONTENTS_LEVELS = 2
_FEWEST_CONTENTS = 8
"""The number of headings from which a page has a table of contents."""
_FEWEST_ITEMS = 12
"""The number of rows and items from which there is a box to filter them."""
_CONTENT = "content"
_DAY = re.compile(r"(?<![\w./-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w/-])")
_BACKTICKS = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def render(page: Page, *, title: str = "", lang: str = "en") -> str:
    """A page as one file; links to pages of the same set end in `.html`.

    `title` is its heading; by default the first line of the page. `lang` is the language, as a BCP 47 tag.
    """
    heading, blocks = ((Run(title),), page.blocks) if title else _headed(page.blocks)
    html = _Html(has_contents=_headings(blocks, _CONTENTS_LEVELS) >= _FEWEST_CONTENTS)
    parts = list(html.parts(blocks, Spot(_TOP_LEVEL)))
    has_filter = sum(part.count("<tr>") + part.count("<li>") for part in parts) >= _FEWEST_ITEMS
    head = html_assets.head(plain(heading), lang, has_script=has_filter)
    body = _body(html.title(heading), html.contents, parts, has_filter=has_filter)
    return "".join(f"{part}\n" for part in (*head, *body))


def _headed(blocks: tuple[Block, ...]) -> tuple[Line, tuple[Block, ...]]:
    """The first line of a page, if it begins with one, and the rest."""
    match blocks:
        case (Paragraph(lines=(first, *more)), *rest) if plain(first).strip():
            return first, (Paragraph(tuple(more)), *rest)
    return (), blocks


def _headings(blocks: tuple[Block, ...], levels: int) -> int:
    """The number of headings in the given levels."""
    if not levels:
        return 0
    sections = [block for block in blocks if isinstance(block, Section)]
    return sum(
        bool(plain(each.title).strip()) + _headings(each.blocks, levels - bool(plain(each.title).strip()))
        for each in sections
    )


def _body(title: str, contents: list[tuple[int, str, str]], parts: list[str], *, has_filter: bool) -> Iterator[str]:
    yield "<body>"
    if contents:
        yield f'<a class="skip" href="#{_CONTENT}">Skip the contents</a>'
    yield "<main>"
    yield f"<h1>{title or 'platctl'}</h1>"
    if contents:
        yield from _contents(contents)
        yield f'<div id="{_CONTENT}" tabindex="-1">'
    yield from parts
    yield from ["</div>"] if contents else []
    yield "</main>"
    yield from [f"<script>{html_assets.SCRIPT}</script>"] if has_filter else []
    yield "</body>\n</html>"


def _contents(contents: list[tuple[int, str, str]]) -> Iterator[str]:
    """Links to the headings of two levels, the second below the first."""
    yield '<nav aria-label="Contents">\n<ul>'
    above = _TOP_LEVEL
    for nth, (level, name, title) in enumerate(contents):
        if level > above:
            yield "<ul>"
        elif nth:
            yield "</li>\n</ul>\n</li>" if level < above else "</li>"
        yield f'<li><a href="#{name}">{title}</a>'
        above = level
    yield ("</li>\n</ul>\n" if above > _TOP_LEVEL else "") + "</li>\n</ul>\n</nav>"


class _Html(Walker[str]):
    """Records the headings for a table of contents."""

    plain_in_titles = (Tone.STRONG,)

    def __init__(self, *, has_contents: bool) -> None:
        self.contents: list[tuple[int, str, str]] = []
        """Level, name and title of each."""
        self._has_contents = has_contents
        self._names = {_CONTENT}

    def text(self, text: str) -> str:
        days = _DAY.sub(r'<time datetime="\g<0>">\g<0></time>', element(text))
        return _BACKTICKS.sub(r"<code>\1</code>", days)

    def styled(self, run: Run) -> str:
        return self._toned(run, element(run.text) if run.tone is Tone.CODE else self.text(run.text))

    def _toned(self, run: Run, text: str) -> str:
        if not text or run.tone is Tone.PLAIN:
            return text
        if run.tone in (Tone.CODE, Tone.STRONG):
            return f"<{run.tone.value}>{text}</{run.tone.value}>"
        tag = "strong" if run.tone in BOLD else "span"
        return f'<{tag} class="{run.tone.value}">{text}</{tag}>'

    def link(self, text: str, to: Target) -> str:
        address = link.address(to.url) if to.url else link.path(to, ".html")
        more = ' rel="noopener noreferrer"' if to.url else ""
        return f'<a href="{element(address)}"{more}>{text}</a>' if address else text

    def paragraph(self, lines: list[str], at: Spot) -> str:
        return _element("p", "<br>\n".join(lines))

    def table(self, header: list[str], rows: list[list[str]], numbers: frozenset[int], at: Spot) -> str:
        columns = range(len(rows[0]))
        head = [_element("thead", _row(header, numbers, columns, "col"))] if header else []
        # The subject of a row is in the first column that is not a number.
        names = [nth for nth in columns if nth not in numbers][:1] if header else []
        body = _element("tbody", "\n".join(_row(row, numbers, names, "row") for row in rows))
        return "\n".join((_scrolling(at.above), "<table>", *head, body, "</table>\n</div>"))

    def entries(self, items: list[str]) -> str:
        return _element("ul", "\n".join(items))

    def excerpt(self, name: str, lines: list[Line]) -> str:
        text = "\n".join("".join(self._toned(run, element(run.text)) for run in each) for each in lines)
        return f"{_scrolling(name)}\n<pre>{text}</pre>\n</div>"

    def heading(self, title: str, section: Section, at: Spot) -> str:
        tag, name = f"h{at.heading_level}", self._name(section, at)
        return f'<{tag} id="{name}">{title}</{tag}>' if name else f"<{tag}>{title}</{tag}>"

    def _name(self, section: Section, at: Spot) -> str:
        """The name for links, if wanted; each is used once."""
        is_listed = self._has_contents and not at.is_folded and at.level < _TOP_LEVEL + _CONTENTS_LEVELS
        name = link.anchor(section.anchor)
        if name in self._names or not name:
            name = f"section-{len(self._names)}" if is_listed else ""
        while name in self._names:
            name += "-"
        if name:
            self._names.add(name)
        if is_listed:
            self.contents.append((at.level, name, self.text(plain(section.title)).strip()))
        return name

    def section(self, title: str, heading: str, parts: Iterator[str]) -> Iterator[str]:
        if title:
            yield _element("section", "\n".join((heading, *parts)))
        else:
            yield from parts

    def fold(self, fold: Fold, at: Spot) -> Iterator[str]:
        inner = self.parts(fold.blocks, Spot(at.level, plain(fold.title), is_folded=True))
        # Interactive elements must not be nested.
        yield _details("".join(map(self.styled, fold.title)), inner)

    def picture(self, picture: Picture, at: Spot) -> Iterator[str]:
        """A chart scrolls on its own, and is also there as a table."""
        match picture:
            case Bars() | Schedule():
                title = (picture.title if isinstance(picture, Schedule) else "") or at.above
                if drawn := chart_svg.picture(picture, title):
                    yield f"{_scrolling(title)}\n{drawn}\n</div>"
                    yield _details("As a table", super().picture(picture, at._replace(above=title)))
            case DayChart():
                yield f"{_scrolling(picture.title)}\n{chart_svg.picture(picture, picture.title)}\n</div>"
            case Matrix():
                yield matrix_svg.picture(picture, at.above.strip() or f"{picture.y_title}, {picture.x_title}")
            case _:
                yield from super().picture(picture, at)


def _element(tag: str, inner: str) -> str:
    return f"<{tag}>\n{inner}\n</{tag}>"


def _details(summary: str, inner: Iterable[str]) -> str:
    body = "\n".join(inner)
    return f"<details>\n<summary>{summary}</summary>\n{body}\n</details>"


def _scrolling(label: str) -> str:
    """The start of a part that scrolls on its own in a narrow window, also with the keyboard."""
    named = f' aria-label="{element(label.strip())}"' if label.strip() else ""
    return f'<div class="wide" role="group" tabindex="0"{named}>'


def _row(cells: list[str], numbers: frozenset[int], headings: Sequence[int], scope: str) -> str:
    parts = []
    for nth, cell in enumerate(cells):
        tag = "th" if cell and nth in headings else "td"
        attributes = (f' scope="{scope}"' if tag == "th" else "") + (' class="number"' if nth in numbers else "")
        parts.append(f"<{tag}{attributes}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"
