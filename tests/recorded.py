"""What of an output is kept in a golden file: all that people read, and of data what shows each feature."""

import base64
import hashlib
import json
import re
from typing import Any

from platctl.render.page.html_assets import STYLE
from platctl.render.page.html_scripts import FILTER, GRAPH

_MOST = 2
"""Items that are kept of a list; of lists within it, one."""
_WIDTH = 120
_DIGEST = re.compile(r"'sha256-[^']*'")
_SHARED = {STYLE: "/* page.css */", FILTER: "/* filter.js */", GRAPH: "/* graph.js */"}


def telling(name: str, text: str) -> str:
    """JSON with the beginnings of its lists and the number of the rest, and HTML without what all pages bring along."""
    if name.endswith((".json", ".sarif")):
        return f"{_laid_out(_beginnings(json.loads(text), _MOST))}\n"
    if name.endswith(".html"):
        for part, short in _SHARED.items():
            text = text.replace(part, short, 1)
        text = _DIGEST.sub("'sha256-'", text)
    return text


def page_on_record(text: str) -> str:
    """The page of which a golden file was made."""
    for part, name in _SHARED.items():
        text = text.replace(name, part, 1)
    parts = re.search(r"(?s)<style>(.*?)</style>", text), re.search(r"(?s)<script>(.*?)</script>", text)
    for found in filter(None, parts):
        text = text.replace("'sha256-'", f"'sha256-{_digest(found[1])}'", 1)
    return text


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _beginnings(value: Any, most: int) -> Any:
    if isinstance(value, dict):
        return {name: _beginnings(each, most) for name, each in value.items()}
    if isinstance(value, list):
        rest = len(value) - most
        return [_beginnings(each, 1) for each in value[:most]] + ([f"and {rest} more"] if rest > 0 else [])
    return value


def _laid_out(value: Any, indent: str = "") -> str:
    """JSON in which only what is too wide for a line has several."""
    line = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or len(indent + line) < _WIDTH:
        return line
    inner = f"{indent}  "
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(name)}: {_laid_out(each, inner)}" for name, each in value.items()]
    else:
        items = [inner + _laid_out(each, inner) for each in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join((opening, ",\n".join(items), indent + closing))
