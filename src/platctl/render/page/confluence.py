"""Pages in Confluence's storage format, which its REST interface takes as the body of a page.

Not in wiki markup: that is only converted when it is pasted, and can't be read back or compared.
Source: Atlassian, "Confluence Storage Format"; `<representation>storage</representation>` of the content interface.
"""

from collections.abc import Iterator, Mapping

from platctl.page import Fold, Line, Page, Section, Target
from platctl.render import link
from platctl.render.cells import plain
from platctl.render.escape import element, guarded
from platctl.render.page.walker import Spot, Walker


def render(page: Page, *, titles: Mapping[str, str] | None = None) -> str:
    """A page as the body of one in Confluence.

    `titles` says what the page is called there that `Target.page` names; a link to one that is not in it is text.
    """
    return "".join(f"{part}\n" for part in _Confluence(titles or {}).parts(page.blocks, Spot(1)))


class _Confluence(Walker[str]):
    plain_in_titles = ()

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def text(self, text: str) -> str:
        return element(text)

    def link(self, text: str, to: Target) -> str:
        if to.url:
            address = link.address(to.url)
            return f'<a href="{element(address)}">{text}</a>' if address else text
        title = self._titles.get(to.page, "")
        name = link.anchor(to.anchor)
        if (to.page and not title) or not (to.page or name):
            return text
        place = f' ac:anchor="{name}"' if name else ""
        page = f'<ri:page ri:content-title="{element(title)}" />' if to.page else ""
        return f"<ac:link{place}>{page}<ac:link-body>{text}</ac:link-body></ac:link>"

    def place(self, text: str, name: str) -> str:
        return _macro("anchor", {"": link.anchor(name)}, "") + text

    def paragraph(self, lines: list[str], at: Spot) -> str:
        inner = "<br />\n".join(lines)
        return f"<p>{inner}</p>"

    def table(self, header: list[str], rows: list[list[str]], numbers: frozenset[int], at: Spot) -> str:
        head = [_row(header, "th", numbers)] if header else []
        body = (_row(row, "td", numbers) for row in rows)
        return "\n".join(("<table><tbody>", *head, *body, "</tbody></table>"))

    def entries(self, items: list[str]) -> str:
        inner = "\n".join(items)
        return f"<ul>{inner}</ul>"

    def excerpt(self, name: str, lines: list[Line]) -> str:
        text = "\n".join(guarded(plain(each)).rstrip() for each in lines).replace("]]>", "]]]]><![CDATA[>")
        return _macro("code", {}, f"<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>")

    def heading(self, title: str, section: Section, at: Spot) -> str:
        name = link.anchor(section.anchor)
        tag = f"h{at.heading_level}"
        return f"<{tag}>{_macro('anchor', {'': name}) if name else ''}{title}</{tag}>"

    def section(self, title: str, heading: str, parts: Iterator[str]) -> Iterator[str]:
        if title:
            yield heading
        yield from parts

    def fold(self, fold: Fold, at: Spot) -> Iterator[str]:
        body = "\n".join(self.parts(fold.blocks, at))
        title = element(plain(fold.title)).strip()
        yield _macro("expand", {"title": title}, f"<ac:rich-text-body>\n{body}\n</ac:rich-text-body>")


def _macro(name: str, parameters: Mapping[str, str], body: str = "") -> str:
    written = "".join(f'<ac:parameter ac:name="{key}">{value}</ac:parameter>' for key, value in parameters.items())
    return f'<ac:structured-macro ac:name="{name}">{written}{body}</ac:structured-macro>'


def _row(cells: list[str], tag: str, numbers: frozenset[int]) -> str:
    right = ' style="text-align: right;"'
    parts = (f"<{tag}{right if nth in numbers else ''}>{cell}</{tag}>" for nth, cell in enumerate(cells))
    return f"<tr>{''.join(parts)}</tr>"
