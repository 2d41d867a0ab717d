"""Sizes and elements shared by SVG charts."""

from platctl.page import Tone
from platctl.render.escape import element, visible
from platctl.render.picture.text_width import width

WIDTH = 960
EDGE = 8
SIZE = 13
LINE = 17
GAP = 12
ROW_GAP = 7
MOST_LABEL = 300
LEAST_BAR = 3
_BAR = 14


def shown(text: str) -> str:
    """Text as displayed, for measuring."""
    return visible(text, whole_line=False)


def widest(labels: list[list[str]]) -> int:
    """The width of the widest line of wrapped labels."""
    return round(max((width(each, SIZE) for label in labels for each in label), default=0))


def text_lines(x: int, y: int, lines: list[str], name: str = "") -> list[str]:
    """Lines of text below each other; `y` is the upper edge of the first."""
    kind = f' class="{name}"' if name else ""
    return [f'<text x="{x}" y="{y + SIZE + nth * LINE}"{kind}>{element(text)}</text>' for nth, text in enumerate(lines)]


def rect(x: int, y: int, length: int, tone: Tone, said: str) -> str:
    """A bar with a tooltip."""
    kind = f' class="{tone.value}"' if tone not in (Tone.PLAIN, Tone.CODE, Tone.NOTE) else ""
    size = f'x="{x}" y="{y + 1}" width="{length}" height="{_BAR}" rx="2"'
    return f"<rect {size}{kind}><title>{element(said)}</title></rect>"
