"""Safe addresses for links, with every character encoded that some format could interpret."""

from urllib.parse import quote, urlsplit

from platctl.page import Target

_SAFE = "%/:?#&+,;=~-._"
"""Characters that stay as they are in an address: no brackets, quotes, spaces or emphasis marks."""


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
    """The name of a link target, for an attribute or after `#`."""
    return quote(name, safe="~-._", errors="replace")


def path(target: Target, ending: str) -> str:
    """The path to a page of the same set and to a place on it; "" if the target has neither."""
    page = quote(target.page.lstrip("/"), safe="/~-._", errors="replace")
    place = f"#{anchor(target.anchor)}" if target.anchor else ""
    return f"{page}{ending if page else ''}{place}"


def href(to: Target) -> str:
    """Where a link of an HTML page leads, also from a picture in it; "" if nowhere safe."""
    return address(to.url) if to.url else path(to, ".html")
