"""Decodes a file's bytes to text."""

import codecs
import re

from platctl.finding import Finding, Severity, Span
from platctl.source.tree import SourceFile
from platctl.source.yaml.limits import Limits

_LFS = b"version https://git-lfs.github.com/spec/"
_UTF8 = "save the file as UTF-8"
# The longest first: UTF-32's mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# How ASCII text starts in these encodings without the mark.
_UNMARKED = (
    (re.compile(rb"\0\0\0[^\0]|[^\0]\0\0\0", re.DOTALL), "UTF-32"),
    (re.compile(rb"(?:\0[^\0]){2}|(?:[^\0]\0){2}", re.DOTALL), "UTF-16"),
)


def decode(file: SourceFile, limits: Limits) -> str | Finding:
    """The text without its byte order mark, or a finding if it can't be decoded."""
    data = file.data
    if len(data) > limits.size:
        message = f"the file has {len(data):,} bytes; at most {limits.size:,} are allowed"
        return _error("too-large", message, Span(file.path), "split it into several files")
    if data.startswith(_LFS):
        message = "this is a Git LFS pointer, not the file itself"
        return _error("encoding", message, Span(file.path), "run `git lfs pull`, or keep YAML files out of LFS")
    encoding = _other_encoding(data)
    if encoding:
        return _error("encoding", f"the file is {encoding}, not UTF-8", Span(file.path), _UTF8)
    if b"\0" in data:
        span = _place(file, data.index(b"\0"))
        message = "this is a binary file, not text: it contains a NUL byte"
        return _error("encoding", message, span, "remove or rename the file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Without `utf-8-sig`, whose positions do not count the mark.
        return _undecodable(file, error.start + len(data) - len(error.object))


def _other_encoding(data: bytes) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:4]:
        return next((name for start, name in _UNMARKED if start.match(data)), None)
    return None


def _undecodable(file: SourceFile, offset: int) -> Finding:
    byte = file.data[offset]
    message = f"the file is not UTF-8: byte 0x{byte:02X} is not valid here"
    if _looks_like_latin1(file.data):
        message += "; it looks like Latin-1 or Windows-1252"
    return _error("encoding", message, _place(file, offset), _UTF8)


def _looks_like_latin1(data: bytes) -> bool:
    """Whether there are single accented letters between ASCII ones, as in no other encoding."""
    return re.search(rb"[A-Za-z ][\xc0-\xff]{1,3}[A-Za-z ]", data) is not None


def _place(file: SourceFile, offset: int) -> Span:
    """The place of a byte, counting the characters before it."""
    before = file.data[:offset].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Span(file.path, line, column, line, column + 1)


def _error(rule: str, message: str, span: Span, help_: str) -> Finding:
    return Finding(rule, Severity.ERROR, message, span, help=help_)
