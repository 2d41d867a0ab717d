"""Shortens a document to a limit by omitting items, the last ones first, and counting them."""

from collections.abc import Iterator
from itertools import groupby

from platctl.record import record

_NAMED_LENGTH = 300
_REST = "_The rest is omitted to keep this short._"


@record(eq=False)
class Leaf:
    """Items that can be omitted from the end; `head` and `tail` are printed while an item remains.

    `more` is the template of the line that counts the missing ones. Items that are not `droppable` are omitted last.
    """

    items: tuple[str, ...]
    head: str = ""
    tail: str = ""
    more: str = "\n… and {:,} more"
    droppable: bool = True


@record(eq=False)
class Branch:
    """Parts between an opening and a closing, which are omitted if no part remains."""

    title: str
    opening: str
    parts: tuple["Part", ...]
    closing: str = ""


Part = Leaf | Branch
Kept = dict[Leaf, int]


def shortened(parts: tuple[Part, ...], limit: int) -> str:
    """The document in at most `limit` characters."""
    cuts = _cuts(parts)

    def written(dropped: int) -> str:
        return _written(parts, _kept(cuts, dropped))

    most = sum(len(leaf.items) for leaf in cuts)
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(written(middle)) <= limit else (middle + 1, high)
    text = written(low)
    return text if len(text) <= limit else _REST[:limit]


def _cuts(parts: tuple[Part, ...]) -> list[Leaf]:
    """The leaves in the order in which they are shortened."""
    backwards = list(_leaves(parts))[::-1]
    return sorted(backwards, key=lambda leaf: not leaf.droppable)


def _leaves(parts: tuple[Part, ...]) -> Iterator[Leaf]:
    for part in parts:
        if isinstance(part, Leaf):
            yield part
        else:
            yield from _leaves(part.parts)


def _kept(cuts: list[Leaf], dropped: int) -> Kept:
    kept = {}
    for leaf in cuts:
        kept[leaf] = max(0, len(leaf.items) - dropped)
        dropped -= len(leaf.items) - kept[leaf]
    return kept


def _written(parts: tuple[Part, ...], kept: Kept) -> str:
    texts = []
    for is_gone, some in groupby(parts, lambda part: _is_gone(part, kept)):
        found = list(some)
        texts += [_left_out(found)] if is_gone else [_text(part, kept) for part in found]
    return "\n\n".join(text for text in texts if text)


def _is_gone(part: Part, kept: Kept) -> bool:
    if isinstance(part, Leaf):
        return False
    leaves = [leaf for leaf in _leaves(part.parts) if leaf.items]
    return bool(leaves) and not any(kept[leaf] for leaf in leaves)


def _left_out(parts: list[Part]) -> str:
    names = "; ".join(part.title for part in parts if isinstance(part, Branch) and part.title)
    return f"Omitted to keep this short: {names if len(names) <= _NAMED_LENGTH else f'{len(parts)} parts'}"


def _text(part: Part, kept: Kept) -> str:
    if isinstance(part, Branch):
        return "\n\n".join(text for text in (part.opening, _written(part.parts, kept), part.closing) if text)
    number = kept[part]
    missing = len(part.items) - number
    body = [part.head, *part.items[:number], part.tail] if number else []
    if missing:
        more = part.more.format(missing)
        body.append(more if number else more.lstrip("\n"))
    return "\n".join(text for text in body if text)
