"""Pages as self-contained HTML files: no network, light and dark, for screen readers and on paper."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from platctl.page import (
    Bars,
    Block,
    Conclusion,
    DayChart,
    DependencyMatrix,
    Diagram,
    Fold,
    Line,
    Matrix,
    Page,
    Paragraph,
    Picture,
    Run,
    Schedule,
    Section,
    Table,
    Target,
    Tone,
    line,
)
from platctl.render import link
from platctl.render.cells import plain
from platctl.render.escape import element
from platctl.render.page import html_assets, html_scripts
from platctl.render.page.walker import BOLD, Spot, Walker
from platctl.render.picture import cells_svg, chart_svg, diagram_svg, matrix_svg

_TOP_LEVEL = 2
_FEWEST_CONTENTS = 4
"""The number of headings from which a page has a table of contents."""
_LONGEST_TITLE = 70
_FEWEST_ITEMS = 12
"""The number of rows and items from which there is a box to filter them."""
_MANY_COLUMNS = 4
"""The number of columns from which a table takes the whole width."""
_TOO_MANY_COLUMNS = 11
"""The number of columns from which a table may be wider than the page."""
_LONGEST_WORD = 20
_USUAL_CELL = 32
"""In characters: a longer word is broken, and a longer cell gets several lines."""
_PADDING = 3
_LINE = 150
"""The number of characters that fit beside each other in a table."""
_CONTENT = "content"
_DAY = re.compile(r"(?<![\w./-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w/-])")
_PERIOD = re.compile(r"(?<![\w./-])(?:FY)?[0-9]{2,4}-[HQSW][0-9]{1,2}(?![\w/-])")
_BACKTICKS = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def render(page: Page, *, title: str = "", lang: str = "en") -> str:
    """A page as one file; links to pages of the same set end in `.html`.

    `title` is its heading; by default the first line of the page. `lang` is the language, as a BCP 47 tag.
    """
    heading, blocks = ((Run(title),), page.blocks) if title else _headed(page.blocks)
    html = _Html(shared_widths(blocks), has_contents=_has_contents(blocks))
    first = [*itertools.takewhile(lambda each: isinstance(each, Conclusion | Paragraph), blocks)]
    opening = list(html.parts(tuple(first), Spot(_TOP_LEVEL)))
    parts = list(html.parts(blocks[len(first) :], Spot(_TOP_LEVEL)))
    has_filter = sum(part.count("<tr>") + part.count("<li>") for part in parts) >= _FEWEST_ITEMS
    script = (html_scripts.FILTER if has_filter else "") + (html_scripts.GRAPH if html.has_graph else "")
    head = html_assets.head(plain(heading), lang, script)
    body = _body(html.title(heading), opening, html.contents, parts, script)
    return "".join(f"{part}\n" for part in (*head, *body))


def _headed(blocks: tuple[Block, ...]) -> tuple[Line, tuple[Block, ...]]:
    """The first line of a page, if it begins with one, and the rest. Of a line that begins with a name in bold, the
    name is the heading, and what is said about it stands below.
    """
    match blocks:
        case (Paragraph(lines=((Run(tone=Tone.STRONG) as name, *about), *more)), *rest) if about:
            said = plain(tuple(about)).lstrip(",: ")
            return (name,), (Paragraph((line(Run(said, Tone.DIM)), *more)), *rest)
        case (Paragraph(lines=(first, *more)), *rest) if plain(first).strip():
            return first, (Paragraph(tuple(more)), *rest)
    return (), blocks


def _has_contents(blocks: tuple[Block, ...]) -> bool:
    """Whether there are several headings, all of them short enough for a list of links."""
    sections = [block for block in blocks if isinstance(block, Section)]
    titles = [title for each in sections if (title := plain(each.title).strip())]
    return len(titles) >= _FEWEST_CONTENTS and max(map(len, titles)) <= _LONGEST_TITLE


def shared_widths(blocks: Iterable[Block]) -> dict[tuple[str, ...], list[int]]:
    """By header that several tables have: the width of each column, in percent, so that columns stand below each other.

    A column is as wide as its longest words or the usual length of its cells ask for.
    """
    found: dict[tuple[str, ...], list[Table]] = {}
    for table in _tables(blocks):
        if len(table.header) >= _MANY_COLUMNS:
            found.setdefault(table.header, []).append(table)
    return {header: _widths(header, tables) for header, tables in found.items() if len(tables) > 1}


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Section | Fold):
            yield from _tables(block.blocks)


def _widths(header: tuple[str, ...], tables: Sequence[Table]) -> list[int]:
    least, wanted = [], []
    for nth, name in enumerate(header):
        cells = [plain(row[nth]) for table in tables for row in table.rows if nth < len(row)]
        longest = max((len(word) for cell in (*cells, name) for word in cell.split()), default=1)
        usual = sorted(map(len, cells))[len(cells) * 9 // 10] if cells else 1
        least.append(min(longest, _LONGEST_WORD) + _PADDING)
        wanted.append(max(least[-1], min(usual, _USUAL_CELL) + _PADDING))
    room, slack = max(_LINE - sum(least), 0), sum(wanted) - sum(least)
    widths = [few + (want - few) * min(room / (slack or 1), 1) for few, want in zip(least, wanted, strict=True)]
    return [round(100 * each / sum(widths)) for each in widths]


def _body(
    title: str, opening: list[str], contents: list[tuple[str, str]], parts: list[str], script: str
) -> Iterator[str]:
    """The heading and the answer first, then the contents, then the rest."""
    yield "<body>"
    if contents:
        yield f'<a class="skip" href="#{_CONTENT}">Skip the contents</a>'
    yield "<main>"
    yield f"<h1>{title or 'platctl'}</h1>"
    yield from opening
    if contents:
        yield from _contents(contents)
    yield from [f'<div id="{html_scripts.FILTER_PLACE}"></div>'] if html_scripts.FILTER in script else []
    if contents:
        yield f'<div id="{_CONTENT}" tabindex="-1">'
    yield from parts
    yield from ["</div>"] if contents else []
    yield "</main>"
    yield from [f"<script>{script}</script>"] if script else []
    yield "</body>\n</html>"


def _contents(contents: list[tuple[str, str]]) -> Iterator[str]:
    """Links to the headings."""
    links = "\n".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in contents)
    yield f'<nav aria-label="Contents">\n<ul>\n{links}\n</ul>\n</nav>'


class _Html(Walker[str]):
    """Records the headings for a table of contents."""

    plain_in_titles = (Tone.STRONG,)

    def __init__(self, widths: Mapping[tuple[str, ...], Sequence[int]], *, has_contents: bool) -> None:
        self._widths = widths
        self.contents: list[tuple[str, str]] = []
        """Name and title of each."""
        self.has_graph = False
        self._groups: Mapping[int, str] = {}
        self._columns: Sequence[int] = ()
        self._has_contents = has_contents
        self._names = {_CONTENT, html_scripts.FILTER_PLACE}

    def aside(self, text: str) -> str:
        return f"<small>{text}</small>"

    def place(self, text: str, name: str) -> str:
        known = link.anchor(name)
        if not known or known in self._names:
            return text
        self._names.add(known)
        return f'<span id="{known}">{text}</span>'

    def text(self, text: str) -> str:
        days = _DAY.sub(r'<time datetime="\g<0>">\g<0></time>', element(text))
        days = _PERIOD.sub(r'<span class="whole">\g<0></span>', days)
        return _BACKTICKS.sub(r"<code>\1</code>", days)

    def styled(self, run: Run) -> str:
        return self._toned(run, element(run.text) if run.tone is Tone.CODE else self.text(run.text))

    def _toned(self, run: Run, text: str) -> str:
        if run.mark and text:
            text = f'<span class="mark" aria-hidden="true">{element(run.mark)}</span>{text}'
        if not text or run.tone is Tone.PLAIN:
            return text
        if run.tone in (Tone.CODE, Tone.STRONG):
            return f"<{run.tone.value}>{text}</{run.tone.value}>"
        tag = "strong" if run.tone in BOLD else "span"
        return f'<{tag} class="{run.tone.value}">{text}</{tag}>'

    def link(self, text: str, to: Target) -> str:
        address = link.href(to)
        more = ' rel="noopener noreferrer"' if to.url else ""
        return f'<a href="{element(address)}"{more}>{text}</a>' if address else text

    def paragraph(self, lines: list[str], at: Spot) -> str:
        return _element("p", "<br>\n".join(lines))

    def conclusion(self, block: Conclusion, at: Spot) -> Iterator[str]:
        tone = "" if block.tone is Tone.PLAIN else f" {block.tone.value}"
        steps = [self.item(self.inline(each), []) for each in block.steps]
        listed = [f"<ol>\n{_joined(steps)}\n</ol>"] if len(steps) > 1 else [f"<ul>\n{each}\n</ul>" for each in steps]
        yield _joined((f'<div class="answer{tone}">', f"<p>{self.inline(block.text)}</p>", *listed, "</div>"))

    def _table(self, table: Table, at: Spot) -> str:
        self._groups = {nth: self.inline(title) for nth, title in table.groups}
        self._columns = self._widths.get(table.header, ())
        return super()._table(replace(table, groups=()), at)

    def table(self, header: list[str], rows: list[list[str]], numbers: frozenset[int], at: Spot) -> str:
        columns = range(len(rows[0]))
        head = [_element("thead", _row(header, numbers, columns, "col"))] if header else []
        # The subject of a row is in the first column that is not a number.
        names = [nth for nth in columns if nth not in numbers][:1] if header else []
        bodies: list[list[str]] = [[]]
        for nth, each in enumerate(rows):
            if nth in self._groups:
                bodies += [[_group_row(self._groups[nth], len(columns))]]
            bodies[-1].append(_row(each, numbers, names, "row"))
        body = _joined(_element("tbody", _joined(each)) for each in bodies if each)
        kind = ' class="few"' if len(columns) < _MANY_COLUMNS else ' class="even"' if self._columns else ""
        widths = "".join(f'<col width="{each}%">' for each in self._columns)
        even = [f"<colgroup>{widths}</colgroup>"] if widths else []
        scrolling = _scrolling(at.above, "wide drawn" if len(columns) >= _TOO_MANY_COLUMNS else "wide")
        return _joined((scrolling, f"<table{kind}>", *even, *head, body, "</table>\n</div>"))

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
        is_listed = self._has_contents and not at.is_folded and at.level == _TOP_LEVEL
        name = link.anchor(section.anchor)
        if name in self._names or not name:
            name = f"section-{len(self._names)}" if is_listed else ""
        while name in self._names:
            name += "-"
        if name:
            self._names.add(name)
        if is_listed:
            self.contents.append((name, self.text(plain(section.title)).strip()))
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
                    yield f"{_scrolling(title, 'drawn')}\n{drawn}\n</div>"
                    yield _details("As a table", super().picture(picture, at._replace(above=title)))
            case DayChart():
                yield f"{_scrolling(picture.title, 'drawn')}\n{chart_svg.picture(picture, picture.title)}\n</div>"
            case Diagram():
                if drawn := diagram_svg.picture(picture):
                    self.has_graph = True
                    yield f"{_scrolling(picture.title or at.above, 'drawn')}\n{drawn}\n</div>"
                    if picture.key:
                        key = [f"<li>{diagram_svg.line(arrow)}{self.text(text)}</li>" for arrow, text in picture.key]
                        has_rings = any(box.ring for box in picture.boxes)
                        key += [f"<li>{diagram_svg.frame()}in one cycle</li>"] if has_rings else []
                        yield f'<ul class="key">\n{_joined(key)}\n</ul>'
                    if told := [*super().picture(picture, at)]:
                        yield _details("As a list", told)
            case DependencyMatrix():
                if drawn := cells_svg.picture(picture):
                    yield f"{_scrolling(picture.title or at.above, 'drawn')}\n{drawn}\n</div>"
                    marks = (f"<li>{cells_svg.mark(kind)}{self.text(text)}</li>" for kind, text in picture.key)
                    yield f'<ul class="key">\n{_joined(marks)}\n</ul>'
            case Matrix():
                yield matrix_svg.picture(picture, at.above.strip() or f"{picture.y_title}, {picture.x_title}")
            case _:
                yield from super().picture(picture, at)


def _element(tag: str, inner: str) -> str:
    return f"<{tag}>\n{inner}\n</{tag}>"


def _details(summary: str, inner: Iterable[str]) -> str:
    body = "\n".join(inner)
    return f"<details>\n<summary>{summary}</summary>\n{body}\n</details>"


def _scrolling(label: str, kind: str = "wide") -> str:
    """The start of a part that scrolls on its own in a narrow window, also with the keyboard."""
    named = f' aria-label="{element(label.strip())}"' if label.strip() else ""
    return f'<div class="{kind}" role="group" tabindex="0"{named}>'


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _group_row(title: str, columns: int) -> str:
    return f'<tr class="group"><th scope="rowgroup" colspan="{columns}">{title}</th></tr>'


def _row(cells: list[str], numbers: frozenset[int], headings: Sequence[int], scope: str) -> str:
    parts = []
    for nth, cell in enumerate(cells):
        tag = "th" if cell and nth in headings else "td"
        attributes = (f' scope="{scope}"' if tag == "th" else "") + (' class="number"' if nth in numbers else "")
        parts.append(f"<{tag}{attributes}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"
