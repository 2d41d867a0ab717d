"""Graphs as layered drawings in SVG: a separate file, or a part of an HTML page."""

from collections.abc import Iterator, Sequence

from platctl.page import Arrow, Box, Diagram, Tone
from platctl.record import record
from platctl.render import link
from platctl.render.escape import element
from platctl.render.picture import palette
from platctl.render.picture.layered.layout import Layered, layout
from platctl.render.picture.svg_elements import shown
from platctl.render.picture.text_width import width, wrapped

STYLE = """
svg.graph { font-size: 13px; } .graph text { fill: var(--text); text-anchor: middle; }
.graph .name { font-weight: 650; } .graph .note, .graph .band { font-size: 12px; fill: var(--dim); }
.graph text.band { text-anchor: start; } .graph rect.band { fill: var(--tint); }
.graph .box { fill: var(--ground); stroke: var(--dim); } .graph .behind { fill: var(--tint); stroke: var(--dim); }
.graph .edge { fill: none; stroke: var(--dim); stroke-opacity: 0.65; } .graph .soft { stroke-dasharray: 5 4; }
.graph .head { fill: var(--dim); stroke: none; } .graph .ring { fill: none; stroke: var(--dim); stroke-dasharray: 3 3; }
.graph .count { font-size: 11px; fill: var(--dim); paint-order: stroke; stroke: var(--ground); stroke-width: 4px; }
.graph .strong .box { fill: var(--text); stroke: var(--text); } .graph .strong text { fill: var(--ground); }
.graph .bad .box { stroke: var(--bad); stroke-width: 3; } .graph .bad .note { fill: var(--bad); }
.graph .warn .box { stroke: var(--warn); stroke-width: 2; } .graph .warn .note { fill: var(--warn); }
.graph .risk .box { stroke: var(--risk); stroke-width: 2; stroke-dasharray: 6 3; }
.graph .risk .note { fill: var(--risk); } .graph .good .box { stroke: var(--good); stroke-width: 1.5; }
.graph .good .note { fill: var(--good); } .graph .dim .box { stroke-dasharray: 2 3; }
.graph .edge.bad { stroke: var(--bad); stroke-width: 2; stroke-opacity: 1; } .graph .head.bad { fill: var(--bad); }
.graph .edge.warn { stroke: var(--warn); stroke-width: 1.75; stroke-opacity: 1; }
.graph .head.warn { fill: var(--warn); }
.graph .edge.risk { stroke: var(--risk); stroke-width: 1.75; stroke-opacity: 1; }
.graph .head.risk { fill: var(--risk); }
.graph .edge.good { stroke: var(--good); stroke-width: 1.5; stroke-opacity: 1; }
.graph .head.good { fill: var(--good); }
.graph a:hover .name { text-decoration: underline; }
.graph a:focus-visible .box { stroke: var(--focus); stroke-width: 4; }
.graph.crowded .edge { stroke-opacity: 0.35; stroke-width: 0.75; } .graph.crowded .count { display: none; }
.graph.crowded .count.on { display: inline; }
.graph.lit .edge, .graph.lit .count { opacity: 0.12; } .graph.lit .node { opacity: 0.4; }
.graph.lit .on { opacity: 1; } .graph.lit .edge.on { stroke-opacity: 1; stroke-width: 2.5; }
"""
"""The style that a page needs once for such drawings; colours come from the page."""

_SIZE, _SMALL = 13, 12
_HIGH, _LOW = 38, 28
"""The height of boxes, with and without notes."""
_BETWEEN = range(44, 121)
"""Between two rows; more where there are many lines."""
_LINES_A_PIXEL = 6
_MANY_LINES = 150
"""With more lines, their labels are shown only for what a reader points at."""
_EDGE = 16
_SIDE = 112
"""The width of the column with the names of the bands."""
_LEAST_WIDTH = 84
_KEY_LINE = 20
_MOST_IN_A_ROW = 16


def render(diagram: Diagram) -> str:
    """A drawing as a file, readable on light and dark backgrounds."""
    drawn = _Drawn.of(diagram)
    kind = ' xmlns="http://www.w3.org/2000/svg" role="img"'
    key = [*drawn.key()]
    opening = drawn.opening(kind, below=len(key) * _KEY_LINE)
    style = f"<style>{palette.of_file(STYLE)}</style>"
    return "\n".join((opening, style, *drawn.body(is_linked=False), *key, "</svg>\n"))


def picture(diagram: Diagram) -> str:
    """A drawing as a part of a page that has `STYLE`; "" if there is nothing to draw."""
    if not diagram.boxes:
        return ""
    drawn = _Drawn.of(diagram)
    # As a group, and not as an image, so that its links are reached.
    return "\n".join((drawn.opening(' role="group"'), *drawn.body(is_linked=True), "</svg>"))


@record(slots=False)
class _Drawn:
    diagram: Diagram
    arrows: tuple[Arrow, ...]
    number: dict[str, int]
    widths: tuple[float, ...]
    high: int
    layered: Layered

    @classmethod
    def of(cls, diagram: Diagram) -> "_Drawn":
        number = {box.name: nth for nth, box in enumerate(diagram.boxes)}
        arrows = tuple(each for each in diagram.arrows if each.start in number and each.end in number)
        widths = tuple(_width(box) for box in diagram.boxes)
        ends = [(number[each.start], number[each.end]) for each in arrows]
        links = [(end, start) for start, end in ends] if diagram.is_rising else ends
        rings = [box.ring for box in diagram.boxes]
        layered = layout([box.band for box in diagram.boxes], widths, links, rings, most=_MOST_IN_A_ROW)
        return cls(diagram, arrows, number, widths, _HIGH if any(map(_note, diagram.boxes)) else _LOW, layered)

    @property
    def between(self) -> int:
        return min(_BETWEEN.start + len(self.arrows) // _LINES_A_PIXEL, _BETWEEN.stop - 1)

    @property
    def left(self) -> int:
        return _SIDE if self.diagram.bands else _EDGE

    @property
    def width(self) -> float:
        return round(self.left + self.layered.width + _EDGE, 1)

    @property
    def height(self) -> int:
        last = len(self.layered.bands) - 1
        has_bows = any({row for _, row in route} == {last} for route in self.layered.routes)
        return self.top(last) + self.high + (self.between if has_bows else _EDGE)

    def top(self, row: int) -> int:
        return _EDGE + row * (self.high + self.between)

    def opening(self, more: str, below: int = 0) -> str:
        """The start, with some room below the picture."""
        title = element(self.diagram.title).strip() or "Graph"
        kind = "graph crowded" if len(self.arrows) > _MANY_LINES else "graph"
        high = self.height + below
        size = f'width="{self.width:g}" height="{high}" viewBox="0 0 {self.width:g} {high}"'
        return f'<svg{more} class="{kind}" {size}>\n<title>{title}</title>'

    def body(self, *, is_linked: bool) -> Iterator[str]:
        yield from self._bands()
        yield from self._rings()
        counts = []
        for nth, (arrow, route) in enumerate(zip(self.arrows, self.layered.routes, strict=True)):
            way = tuple(reversed(route)) if self.diagram.is_rising else route
            yield self._edge(arrow, way)
            counts += [self._count(arrow, way, nth)] if arrow.label else []
        yield from counts
        for nth, box in enumerate(self.diagram.boxes):
            yield self._box(nth, box, is_linked=is_linked)

    def key(self) -> Iterator[str]:
        """What the lines mean, one below the other."""
        for nth, (arrow, text) in enumerate(self.diagram.key):
            y = self.height + nth * _KEY_LINE + _KEY_LINE // 2
            said = f'<text class="band" x="48" y="{y + 4}">{element(shown(text))}</text>'
            yield f'<g><path class="{_edge_class(arrow)}" d="M10 {y}H38"/>{said}</g>'

    def _bands(self) -> Iterator[str]:
        """A stripe for every second band, and the names of all."""
        if not self.diagram.bands:
            return
        rows = self.layered.bands
        for nth, band in enumerate(dict.fromkeys(rows)):
            first, count = rows.index(band), rows.count(band)
            top = self.top(first) - self.between // 2
            if nth % 2 == 0:
                high = count * (self.high + self.between) + min(top, 0)
                yield f'<rect class="band" x="0" y="{max(top, 0)}" width="{self.width:g}" height="{high}"/>'
            lines = wrapped(shown(self.diagram.bands[band]), _SIDE - 20, _SMALL)
            for at, text in enumerate(lines):
                y = self.top(first) + _SMALL + at * (_SMALL + 3)
                yield f'<text class="band" x="10" y="{y}">{element(text)}</text>'

    def _rings(self) -> Iterator[str]:
        """A frame around members of a cycle that stand next to each other."""
        rings = [box.ring for box in self.diagram.boxes]
        spots: dict[tuple[str, int], list[int]] = {}
        for nth, ring in enumerate(rings):
            if ring:
                spots.setdefault((ring, self.layered.nodes[nth][1]), []).append(nth)
        for (ring, row), members in spots.items():
            left = min(self._x(each) - self.widths[each] / 2 for each in members) - 6
            right = max(self._x(each) + self.widths[each] / 2 for each in members) + 6
            size = f'width="{right - left:g}" height="{self.high + 12}"'
            title = f"<title>{element(ring)}</title>"
            yield f'<rect class="ring" x="{left:g}" y="{self.top(row) - 6}" {size} rx="5">{title}</rect>'

    def _x(self, nth: int) -> float:
        return self.left + self.layered.nodes[nth][0]

    def _edge(self, arrow: Arrow, way: Sequence[tuple[float, int]]) -> str:
        said = element(f"{self._label(arrow.start)} → {self._label(arrow.end)}{_in_brackets(arrow.label)}")
        path, head = self._path(way)
        end = f'<path class="{" ".join(("head", *_tone_class(arrow.tone)))}" d="{head}"/>' if head else ""
        return f'<path class="{_edge_class(arrow)}" {self._ends(arrow)} d="{path}"><title>{said}</title></path>{end}'

    def _ends(self, arrow: Arrow) -> str:
        return f'data-a="{self.number[arrow.start]}" data-b="{self.number[arrow.end]}"'

    def _label(self, name: str) -> str:
        return shown(self.diagram.boxes[self.number[name]].label)

    def _path(self, way: Sequence[tuple[float, int]]) -> tuple[str, str]:
        """The line, and a head where it does not lead down, or up in a rising drawing."""
        points = [(self.left + x, row) for x, row in way]
        (start, first), (end, last) = points[0], points[-1]
        if first == last:
            return self._within_row(start, end, first)
        is_down = last > first
        path = f"M{start:g} {self.top(first) + (self.high if is_down else 0)}"
        for nth, (x, row) in enumerate(points[1:], start=1):
            before = points[nth - 1][0]
            near = self.top(row) if is_down else self.top(row) + self.high
            far = near - self.between if is_down else near + self.between
            middle = (near + far) // 2
            path += f"C{before:g} {middle} {x:g} {middle} {x:g} {near}"
            if nth < len(points) - 1:
                path += f"V{near + self.high if is_down else near - self.high}"
        if is_down is not self.diagram.is_rising:
            return path, ""
        tip = self.top(last) if is_down else self.top(last) + self.high
        return path, _head(end, tip, -7 if is_down else 7)

    def _within_row(self, start: float, end: float, row: int) -> tuple[str, str]:
        """A bow below the boxes; both directions between two boxes are two bows."""
        bottom = self.top(row) + self.high
        if start == end:
            return f"M{start - 8:g} {bottom}c-2 16 18 16 16 0", _head(start + 8, bottom, 7)
        aside = 5 if end > start else -5
        deep = bottom + min(14 + abs(end - start) / 16, self.between - 8)
        one, other = start + aside, end - aside
        return f"M{one:g} {bottom}C{one:g} {deep:g} {other:g} {deep:g} {other:g} {bottom}", _head(other, bottom, 7)

    def _count(self, arrow: Arrow, way: Sequence[tuple[float, int]], nth: int) -> str:
        """The label of a line, between two rows; labels of lines side by side stand at different heights."""
        (one, first), (other, last) = way[(len(way) - 1) // 2], way[(len(way) - 1) // 2 + 1]
        part = (0.3, 0.5, 0.7)[nth % 3]
        upper, lower = (one, other) if first <= last else (other, one)
        eased = part * part * (3 - 2 * part)
        x = self.left + upper + (lower - upper) * eased
        y = self.top(min(first, last)) + self.high + self.between * part + 4
        place = f'{self._ends(arrow)} x="{x:g}" y="{y:g}"'
        return f'<text class="count" {place} aria-hidden="true">{element(shown(arrow.label))}</text>'

    def _box(self, nth: int, box: Box, *, is_linked: bool) -> str:
        x, row = self._x(nth), self.layered.nodes[nth][1]
        top, wide = self.top(row), self.widths[nth]
        left, size = x - wide / 2, f'width="{wide:g}" height="{self.high}" rx="2"'
        note, middle = _note(box), top + self.high // 2
        parts = [f'<rect class="behind" x="{left + 4:g}" y="{top + 4}" {size}/>'] if box.is_group else []
        parts.append(f'<rect class="box" x="{left:g}" y="{top}" {size}/>')
        name_at = middle - 3 if note else middle + 5
        parts.append(f'<text class="name" x="{x:g}" y="{name_at}">{element(_name(box))}</text>')
        if note:
            parts.append(f'<text class="note" x="{x:g}" y="{middle + 13}">{element(note)}</text>')
        inner = "".join(parts)
        kinds = " ".join(("node", *_tone_class(box.tone)))
        address = link.href(box.to) if is_linked and box.to else ""
        names = f' data-names="{element(" ".join(map(shown, box.names)))}"' if is_linked and box.names else ""
        if address:
            return f'<a href="{element(address)}" data-id="{nth}"{names} class="{kinds}">{inner}</a>'
        return f'<g data-id="{nth}"{names} class="{kinds}">{inner}</g>'


def _name(box: Box) -> str:
    return shown(box.label or box.name)


def _note(box: Box) -> str:
    return shown(box.note)


def _width(box: Box) -> float:
    # Estimated for regular letters; bold ones are wider.
    needed = max(width(_name(box), _SIZE) * 1.02, width(_note(box), _SMALL))
    return float(max(round(needed) + 16, _LEAST_WIDTH))


def _tone_class(tone: Tone) -> tuple[str, ...]:
    return () if tone in (Tone.PLAIN, Tone.CODE, Tone.NOTE) else (tone.value,)


def _edge_class(arrow: Arrow) -> str:
    return " ".join(("edge", *(["soft"] if arrow.is_soft else []), *_tone_class(arrow.tone)))


def _in_brackets(text: str) -> str:
    return f" ({shown(text)})" if text.strip() else ""


def _head(x: float, tip: float, back: int) -> str:
    return f"M{x - 4:g} {tip + back}L{x:g} {tip}L{x + 4:g} {tip + back}Z"


def frame() -> str:
    """A small frame of a cycle, for the key."""
    rect = '<rect class="ring" x="2" y="1" width="24" height="10" rx="3"/>'
    return f'<svg class="graph" viewBox="0 0 28 12" aria-hidden="true">{rect}</svg>'


def line(arrow: Arrow) -> str:
    """A short line of a kind, for the key."""
    path = f'<path class="{_edge_class(arrow)}" d="M0 6H28"/>'
    return f'<svg class="graph" viewBox="0 0 28 12" aria-hidden="true">{path}</svg>'
