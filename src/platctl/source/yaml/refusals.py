"""Findings about YAML features that platctl does not support."""

import re
from typing import Any

from yaml.events import AliasEvent

from platctl.finding import Label, Severity
from platctl.source.yaml.characters import BLANK, ESCAPED, INVISIBLE, described
from platctl.source.yaml.limits import Limits
from platctl.source.yaml.problems import Problems
from platctl.source.yaml.stream import Stream

_UNSUPPORTED = "unsupported-yaml"
_SHOWN = 60
_TAG = re.compile(r"(?:&\S+\s+)?(!\S*)")
_B = BLANK.pattern
_MISPLACED_BLANK = re.compile(rf"\A{_B}|{_B}\Z|\A-{_B}|\A[\w.-]+{_B}*:{_B}|{_B}#")
"""At the start or the end, after a dash or the colon of a key, or before a comment."""
_FOLDED_NUMBER = re.compile(r">[0-9]+")


class RefusedError(Exception):
    """A document can't be read, for a recorded reason; `at_all` if the rest of the file can't be read either."""

    def __init__(self, offset: int, *, at_all: bool = False) -> None:
        super().__init__(offset)
        self.offset, self.at_all = offset, at_all


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


class Refusals:
    """Records what is wrong with events of one stretch. What is not omitted is read as far as possible."""

    def __init__(self, problems: Problems, stretch: Stream, limits: Limits) -> None:
        self._problems = problems
        self._text, self._offset = stretch.text, stretch.offset
        self._limits = limits

    def duplicate(self, key: str, event: Any, first: Any) -> None:
        """Two entries with the same key."""
        label = Label(self._text.span(*self._reach(first)), "first used here")
        message = f"duplicate key `{_short(key)}`; the first one is used"
        self._problems.add("duplicate-key", message, *self._reach(event), "delete one of them", related=(label,))

    def key_without_quotes(self, event: Any, value: object) -> None:
        """A key that would be a number, a boolean or null."""
        what = "null" if value is None else "a boolean" if isinstance(value, bool) else "a number"
        written = _short(event.value)
        if written:
            self._add(_UNSUPPORTED, f"a key must be text, but `{written}` is {what}", event, f'write `"{written}":`')
        else:
            self._add(_UNSUPPORTED, "a key must be text, but this one is empty", event, "add a name before the `:`")

    def compound_key(self, event: Any) -> None:
        """A key that is a list, a mapping or an alias; often a part of a template."""
        start = self._reach(event)[0] - 1
        if start >= 0 and self._text.characters.startswith("{{", start):
            help_ = "render templates before running platctl, or put the value in quotes"
            self._problems.left_out("yaml-syntax", "`{{ … }}` is a template, not YAML", start, start + 2, help_)
        else:
            what = "an alias" if isinstance(event, AliasEvent) else "a list or a mapping"
            self._leave_out(_UNSUPPORTED, f"a key must be text, but this is {what}", event, "use a name")

    def merge_key(self, event: Any) -> None:
        """`<<`."""
        help_ = "write the merged keys here"
        self._leave_out(_UNSUPPORTED, "merge keys (`<<`) are not supported", event, help_)

    def is_tagged(self, event: Any) -> bool:
        """Whether a scalar starts with `!`, which its event does not show."""
        return _TAG.match(self._source(event)) is not None

    def tag(self, event: Any) -> None:
        """A tag, which starts with `!`."""
        start, end = self._reach(event)
        if found := _TAG.match(self._text.characters, start, end):
            start, end = found.span(1)
        tag = self._text.characters[start:end]
        help_ = f"delete `{_short(tag)}`, or put the whole value in quotes if it is text"
        self._problems.add(_UNSUPPORTED, f"tags such as `{_short(tag)}` are not supported", start, end, help_)

    def unknown_alias(self, event: Any) -> None:
        """`*name` without `&name`."""
        name = _short(event.anchor)
        message, help_ = (
            f"`*{name}` refers to an anchor `&{name}`, which does not exist",
            f'if it is text, put it in quotes: `"*{name}"`',
        )
        self._leave_out("yaml-syntax", message, event, help_)

    def endless_alias(self, event: Any) -> None:
        """`*name` inside `&name`."""
        message = f"`*{_short(event.anchor)}` is inside the value that it repeats, which would never end"
        self._leave_out(_UNSUPPORTED, message, event, "write the value instead")

    def escapes(self, event: Any) -> None:
        """Invisible characters written as escapes such as `"\\e"` or `"\\u200b"`; literal ones are found elsewhere."""
        source = self._source(event)
        if "\\" not in source:
            return
        if found := ESCAPED.search(event.value):
            message = f"an escape in this text produces {described(found[0])}"
            self._add("control-character", message, event, "delete the escape")
        for found in INVISIBLE.finditer(event.value):
            if found[1] and found[1] not in source:
                message = f"an escape in this text produces the invisible character {described(found[1][0])}"
                self._add("invisible-character", message, event, "delete the escape", Severity.WARNING)
                return

    def blanks(self, event: Any, *, is_key: bool) -> None:
        """Characters in a scalar without quotes that look like a space, where YAML would need one."""
        start, source = self._reach(event)[0], self._source(event)
        if found := (BLANK if is_key else _MISPLACED_BLANK).search(source):
            at = BLANK.search(source, found.start())
            assert at is not None  # noqa: S101  the pattern contains one
            message = f"{described(at[0])} looks like a space, but is not one"
            help_ = "replace it with a space"
            where = (start + at.start(), start + at.end())
            self._problems.add("invisible-character", message, *where, help_, severity=Severity.WARNING)

    def marked_key(self, event: Any) -> None:
        """A key in brackets that starts with `?`, which the parser takes for a sign of its own."""
        start, end = self._reach(event)
        if start and self._text.characters[start - 1] == "?":
            text = _short(self._text.characters[start - 1 : end])
            help_ = f"put it in quotes: `'{text}'`" if "'" not in text else "put the text in quotes"
            message = f"`{text}` in brackets is read without its `?`, unlike in YAML 1.2"
            self._problems.add(_UNSUPPORTED, message, start - 1, end, help_)

    def cut_anchor(self, event: Any) -> None:
        """An anchor whose name the parser ends before a `:` or `?`."""
        start, _ = self._reach(event)
        end = start + 1 + len(event.anchor)
        rest = re.compile(r"[:?][^\s,\[\]{}]*").match(self._text.characters, end)
        if rest:
            name = _short(event.anchor + rest[0])
            message = f"the anchor `&{name}` is read as `&{_short(event.anchor)}`, unlike in YAML 1.2"
            self._problems.add(_UNSUPPORTED, message, start, rest.end(), "use only letters, digits, `-` and `_`")

    def empty_folded(self, event: Any) -> None:
        """`>2`, which is probably a version range."""
        if found := _FOLDED_NUMBER.match(self._source(event)):
            message = f"`{found[0]}` starts a block of text on the lines below, which is missing"
            help_ = f'if it is a version range, put it in quotes: `"{found[0]}"`'
            start = self._reach(event)[0]
            self._problems.left_out("yaml-syntax", message, start, start + len(found[0]), help_)

    def too_long(self, event: Any) -> None:
        """One text that is too long."""
        message = f"this text has {len(event.value):,} characters; at most {self._limits.scalar:,} are allowed"
        self._leave_out("too-large", message, event, "move it to a separate file, and add a link")

    def too_deep(self, event: Any) -> RefusedError:
        """Nesting that is too deep: the document is given up."""
        message = f"lists and mappings are nested more than {self._limits.depth} levels deep"
        self._leave_out("too-large", message, event, "use fewer levels")
        return RefusedError(self._reach(event)[0])

    def too_many(self, event: Any) -> RefusedError:
        """Too many values: the file is given up."""
        message = f"the file is too large: more than {self._limits.values:,} values, with aliases expanded"
        self._leave_out("too-large", message, event, "split the file, and use fewer aliases")
        return RefusedError(self._reach(event)[0], at_all=True)

    def _add(self, rule: str, message: str, event: Any, help_: str, severity: Severity = Severity.ERROR) -> None:
        self._problems.add(rule, message, *self._reach(event), help_, severity=severity)

    def _leave_out(self, rule: str, message: str, event: Any, help_: str) -> None:
        self._problems.left_out(rule, message, *self._reach(event), help_)

    def _reach(self, event: Any) -> tuple[int, int]:
        return event.start_mark.index + self._offset, event.end_mark.index + self._offset

    def _source(self, event: Any) -> str:
        start, end = self._reach(event)
        return self._text.characters[start:end]
