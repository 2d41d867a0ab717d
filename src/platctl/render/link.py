"""Addresses that links may lead to, with every character coded that any format could take for its own."""

from urllib.parse import quote, urlsplit

from platctl.page import Target

_SAFE = "%/:?#&+,;=~-._"
"""What stays as it is in an address; neither brackets, quotes, blanks nor marks of emphasis are among it."""


def address(url: str) -> str:
    """An http or https address of another site, coded; "" if it is none.

    A name or password before the host is refused: it is how an address looks as if it led elsewhere.
    """
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not has_host or set(parts.netloc) & set('@ \\[]"<>'):
        return ""
    return quote(url, safe=_SAFE, errors="replace")


def anchor(name: str) -> str:
    """A name that links lead to, for an attribute or behind `#`."""
    return quote(name, safe="~-._", errors="replace")


def path(target: Target, ending: str) -> str:
    """The way to a page of the same set and to a place on it; "" if the target has neither."""
    page = quote(target.page.lstrip("/"), safe="/~-._", errors="replace")
    place = f"#{anchor(target.anchor)}" if target.anchor else ""
    return f"{page}{ending if page else ''}{place}"
