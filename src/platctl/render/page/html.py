"""Pages as HTML files that need nothing else: no network, light and dark, readable aloud and on paper."""

from collections.abc import Iterator

from platctl.page import (
    Bars,
    Block,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Line,
    Matrix,
    Page,
    Paragraph,
    Periods,
    Run,
    Schedule,
    Section,
    Table,
    Target,
    Tone,
)
from platctl.render import link
from platctl.render.cells import plain
from platctl.render.escape import element
from platctl.render.page import html_assets as browser
from platctl.render.page.excerpt import excerpt_lines, gutter
from platctl.render.picture import chart_svg as plot
from platctl.render.picture import matrix_svg as svg
from platctl.render.picture.in_words import told

_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)
_CONTENTS_LEVELS = 2
_FEWEST_CONTENTS = 8
"""Headings from which on a page has a table of contents."""
_FEWEST_ITEMS = 12
"""Rows and items from which on there is a box to filter them."""
_CONTENT = "content"


def render(page: Page, *, title: str = "", lang: str = "en") -> str:
    """A page as one file; links to pages of the same set end in `.html`.

    `title` is its heading; if left out, the first line of the page is. `lang` is the language, as a BCP 47 tag.
    """
    heading, blocks = ((Run(title),), page.blocks) if title else _headed(page.blocks)
    writer = _HtmlWriter(has_contents=_headings(blocks, _CONTENTS_LEVELS) >= _FEWEST_CONTENTS)
    parts = list(writer.parts(blocks, 2, ""))
    has_filter = sum(part.count("<tr>") + part.count("<li>") for part in parts) >= _FEWEST_ITEMS
    body = _body(heading, writer.contents, parts, has_filter=has_filter)
    return "".join(f"{part}\n" for part in (*browser.head(plain(heading), lang, has_script=has_filter), *body))


def _headed(blocks: tuple[Block, ...]) -> tuple[Line, tuple[Block, ...]]:
    """The first line of a page, if it begins with one, and the rest."""
    match blocks:
        case (Paragraph(lines=(first, *more)), *rest) if plain(first).strip():
            return first, (Paragraph(tuple(more)), *rest)
    return (), blocks


def _headings(blocks: tuple[Block, ...], levels: int) -> int:
    """How many headings there are in so many levels."""
    if not levels:
        return 0
    sections = [block for block in blocks if isinstance(block, Section)]
    return sum(
        bool(plain(each.title).strip()) + _headings(each.blocks, levels - bool(plain(each.title).strip()))
        for each in sections
    )


def _body(heading: Line, contents: list[tuple[int, str, str]], parts: list[str], *, has_filter: bool) -> Iterator[str]:
    yield "<body>"
    if contents:
        yield f'<a class="skip" href="#{_CONTENT}">Skip the contents</a>'
    yield "<main>"
    text = _inline(tuple(map(_unbold, heading)))
    yield f"<h1>{text or 'platctl'}</h1>"
    if contents:
        yield from _contents(contents)
        yield f'<div id="{_CONTENT}" tabindex="-1">'
    yield from parts
    yield from ["</div>"] if contents else []
    yield "</main>"
    yield from [f"<script>{browser.SCRIPT}</script>"] if has_filter else []
    yield "</body>\n</html>"


def _contents(contents: list[tuple[int, str, str]]) -> Iterator[str]:
    """Links to the headings of two levels, the second below the first."""
    yield '<nav aria-label="Contents">\n<ul>'
    above = 2
    for nth, (level, name, title) in enumerate(contents):
        if level > above:
            yield "<ul>"
        elif nth:
            yield "</li>\n</ul>\n</li>" if level < above else "</li>"
        yield f'<li><a href="#{name}">{title}</a>'
        above = level
    yield ("</li>\n</ul>\n" if above > 2 else "") + "</li>\n</ul>\n</nav>"


class _HtmlWriter:
    """Writes blocks, and notes down the headings that a table of contents leads to."""

    def __init__(self, *, has_contents: bool) -> None:
        self.contents: list[tuple[int, str, str]] = []
        """Level, name and title of each."""
        self._has_contents = has_contents
        self._names = {_CONTENT}

    # Blocks --------------------------------------------------------------------------------------------------

    def parts(self, blocks: tuple[Block, ...], level: int, above: str, *, is_open: bool = True) -> Iterator[str]:
        """Blocks under a heading of the level before; `above` names what a table shows."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield from _element("p", "<br>\n".join(filter(None, map(_inline, block.lines))))
                case Table():
                    yield from self._table(block, above)
                case Entries():
                    yield from _element("ul", "\n".join(filter(None, map(self._entry, block.items))))
                case Excerpt():
                    yield _excerpt(block)
                case Bars() | Schedule():
                    yield from self._plot(block, level, above)
                case Diagram() | Periods():
                    yield from self.parts(told(block), level, above)
                case Matrix():
                    yield svg.picture(block, above.strip() or f"{block.y_title}, {block.x_title}")
                case Section():
                    yield from self._section(block, level, above, is_open)
                case Fold():
                    yield self._fold(block, level)

    def _section(self, section: Section, level: int, above: str, is_open: bool) -> Iterator[str]:
        title = _inline(tuple(map(_unbold, section.title)))
        if not title:
            yield from self.parts(section.blocks, level, above, is_open=is_open)
            return
        tag = f"h{min(level, _LOWEST_LEVEL)}"
        name = self._name(section, level, is_open)
        opening = f'<{tag} id="{name}">' if name else f"<{tag}>"
        blocks = self.parts(section.blocks, level + 1, plain(section.title), is_open=is_open)
        yield from _element("section", "\n".join((f"{opening}{title}</{tag}>", *blocks)))

    def _name(self, section: Section, level: int, is_open: bool) -> str:
        """The name that links lead to, if there is to be one; each is given once."""
        is_listed = self._has_contents and is_open and level < 2 + _CONTENTS_LEVELS
        name = link.anchor(section.anchor)
        if name in self._names or not name:
            name = f"section-{len(self._names)}" if is_listed else ""
        while name in self._names:
            name += "-"
        if name:
            self._names.add(name)
        if is_listed:
            self.contents.append((level, name, element(plain(section.title)).strip()))
        return name

    def _fold(self, fold: Fold, level: int) -> str:
        inner = "\n".join(self.parts(fold.blocks, level, plain(fold.title), is_open=False))
        # What can be pressed may not stand in what can be pressed.
        return f"<details>\n<summary>{''.join(map(_styled, fold.title))}</summary>\n{inner}\n</details>"

    def _plot(self, block: Bars | Schedule, level: int, above: str) -> Iterator[str]:
        """A picture that scrolls by itself, and the same as a table."""
        title = (block.title if isinstance(block, Schedule) else "") or above
        drawn = plot.picture(block, title)
        if drawn:
            yield f"{_scrolling(title)}\n{drawn}\n</div>"
            inner = "\n".join(self.parts(told(block), level, title))
            yield f"<details>\n<summary>As a table</summary>\n{inner}\n</details>"

    def _entry(self, entry: Entry) -> str:
        head, notes = _inline(entry.head), [f"<li>{note}</li>" for note in map(_inline, entry.notes) if note]
        if not head:
            return "\n".join(notes)
        below = "\n".join(("", "<ul>", *notes, "</ul>")) if notes else ""
        return f"<li>{head}{below}</li>"

    def _table(self, table: Table, above: str) -> Iterator[str]:
        if not table.rows:
            return
        yield f"{_scrolling(above)}\n<table>"
        count = max(len(table.header), *map(len, table.rows))
        if table.header:
            header = [*map(element, table.header), *[""] * (count - len(table.header))]
            yield from _element("thead", _row(header, table.numbers, frozenset(range(count)), "col"))
        # What a row is about stands in the first column that is no number.
        names = [nth for nth in range(count) if nth not in table.numbers][:1] if table.header else []
        for_rows = ([*map(_inline, row), *[""] * (count - len(row))] for row in table.rows)
        yield from _element("tbody", "\n".join(_row(row, table.numbers, frozenset(names), "row") for row in for_rows))
        yield "</table>\n</div>"


def _element(tag: str, inner: str) -> Iterator[str]:
    """An element, unless it would be empty."""
    if inner:
        yield f"<{tag}>\n{inner}\n</{tag}>"


def _scrolling(label: str) -> str:
    """The beginning of what scrolls by itself where the window is narrow, with the keyboard too."""
    named = f' aria-label="{element(label.strip())}"' if label.strip() else ""
    return f'<div class="wide" role="group" tabindex="0"{named}>'


def _excerpt(excerpt: Excerpt) -> str:
    lines = excerpt_lines(excerpt, gutter([excerpt]), _CODE_WIDTH)
    return (
        f"{_scrolling(excerpt.place)}\n<pre>"
        + "\n".join("".join(map(_styled, each)) for each in lines)
        + "</pre>\n</div>"
    )


def _row(cells: list[str], numbers: frozenset[int], headings: frozenset[int], scope: str) -> str:
    parts = []
    for nth, cell in enumerate(cells):
        tag = "th" if cell and nth in headings else "td"
        attributes = (f' scope="{scope}"' if tag == "th" else "") + (' class="number"' if nth in numbers else "")
        parts.append(f"<{tag}{attributes}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


def _inline(line: Line) -> str:
    """A line with its links; "" if there is nothing to see."""
    return "".join(map(_linked, line)) if plain(line).strip() else ""


def _linked(run: Run) -> str:
    text, to = _styled(run), _address(run.to) if run.to else ""
    if not to or not run.text.strip():
        return text
    more = ' rel="noopener noreferrer"' if run.to and run.to.url else ""
    return f'<a href="{element(to)}"{more}>{text}</a>'


def _address(target: Target) -> str:
    return link.address(target.url) if target.url else link.path(target, ".html")


def _styled(run: Run) -> str:
    text = element(run.text)
    if not text or run.tone is Tone.PLAIN:
        return text
    if run.tone is Tone.CODE:
        return f"<code>{text}</code>"
    if run.tone is Tone.STRONG:
        return f"<strong>{text}</strong>"
    tag = "strong" if run.tone in _BOLD else "span"
    return f'<{tag} class="{run.tone.value}">{text}</{tag}>'


def _unbold(run: Run) -> Run:
    """A heading is bold as it is."""
    return Run(run.text, to=run.to) if run.tone is Tone.STRONG else run
