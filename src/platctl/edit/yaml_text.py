"""Writes mappings of names and texts as YAML, in block or in flow style."""

import re

from platctl.record import record
from platctl.source.errors import SourceError
from platctl.source.yaml.characters import ESCAPED, INVISIBLE, described
from platctl.source.yaml.scalars import plain

# Every YAML reader takes these for text; everything else is put in quotes, even if not needed.
_BARE = re.compile(r"\w(?:[\w ./+@&'();-]|(?<=\w)#(?=\w)|,(?= )|:(?=\w))*(?<! )")
_BARE_IN_FLOW = re.compile(r"\w(?:[\w ./+@&'();-]|(?<=\w)#(?=\w))*(?<! )")
_BOOLEAN_ELSEWHERE = re.compile(r"y|n|yes|no|on|off", re.IGNORECASE)
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})


@record
class NamedText:
    """A name and its text. `quoted` is for text that may look like a number, such as a digest."""

    name: str
    text: str
    quoted: bool = False

    def block(self) -> str:
        """The entry as a line of a block mapping."""
        return f"{self.name}: {scalar(self.text, quoted=self.quoted)}"

    def flow(self, *, json: bool = False) -> str:
        """The entry between braces; with `json`, as valid JSON."""
        name = scalar(self.name, quoted=json)
        return f"{name}: {scalar(self.text, quoted=self.quoted or json, flow=True)}"


ListItem = tuple[NamedText, ...]


def block(item: ListItem) -> list[str]:
    """The lines of an item of a block list, after its dash."""
    return [entry.block() for entry in item]


def flow(item: ListItem, *, json: bool = False) -> str:
    """The same item on one line, between braces."""
    return "{" + ", ".join(entry.flow(json=json) for entry in item) + "}"


@record
class Scalar:
    """A single value: a text, or with `is_plain` the meaning of the text without quotes, such as a number."""

    text: str
    is_plain: bool = False

    @property
    def value(self) -> object:
        """The value."""
        return plain(self.text) if self.is_plain else self.text

    def written(self, *, like: str = "", flow: bool = False) -> str:
        """The value as YAML on one line, with the quote in `like` if that is one."""
        if self.is_plain:
            return self.text
        if like == "'" and self.text.isprintable():
            _refuse_unseen(self.text)
            return "'" + self.text.replace("'", "''") + "'"
        return scalar(self.text, quoted=like == '"', flow=flow)


def scalar(text: str, *, quoted: bool = False, flow: bool = False) -> str:
    """A text as one line of YAML: bare if every reader takes it for text, otherwise in double quotes.

    Raises SourceError for invisible characters, which platctl would reject when it reads the file.
    """
    _refuse_unseen(text)
    if not quoted and _is_bare(text, flow=flow):
        return text
    return f'"{text.translate(_ESCAPES)}"'


def _is_bare(text: str, *, flow: bool) -> bool:
    shape = _BARE_IN_FLOW if flow else _BARE
    return bool(shape.fullmatch(text)) and plain(text) == text and not _BOOLEAN_ELSEWHERE.fullmatch(text)


def _refuse_unseen(text: str) -> None:
    unseen = ESCAPED.search(text) or next((found for found in INVISIBLE.finditer(text) if found[1]), None)
    if unseen:
        raise SourceError(f"{described(unseen[0][0])} can't be written to a file", "remove it from the text")
    try:
        text.encode()
    except UnicodeEncodeError:
        message = "text that is not UTF-8 can't be written to a file"
        raise SourceError(message, "use other characters") from None
