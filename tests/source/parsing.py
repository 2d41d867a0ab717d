"""Parsing in one line, and cutting out of a text what a span points at."""

import re

from platctl.finding import Finding, Span
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import ParsedFile, parse_file


def parsed(content: str | bytes) -> ParsedFile:
    """The content as the file `a.yaml`."""
    return parse_file(SourceFile("a.yaml", content if isinstance(content, bytes) else content.encode()))


def values(content: str | bytes) -> list[object]:
    """The values of all documents of a file that has nothing wrong with it."""
    file = parsed(content)
    assert file.findings == ()
    assert file.complete
    return [document.value for document in file.documents]


def value(content: str | bytes) -> object:
    """The value of its only document."""
    (only,) = values(content)
    return only


def rules(content: str | bytes) -> list[str]:
    """The rules of all findings."""
    return [finding.rule for finding in parsed(content).findings]


def only_finding(content: str | bytes) -> Finding:
    """The one finding there is."""
    (finding,) = parsed(content).findings
    return finding


def place(span: Span | None) -> str:
    """`line:column-line:column`."""
    assert span is not None
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def cut(text: str, span: Span | None) -> str:
    """The characters that a span points at. Fails if it points outside of the text."""
    assert span is not None
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
    start = starts[span.line - 1] + span.column - 1
    end = starts[span.end_line - 1] + span.end_column - 1
    assert 0 <= start <= end <= len(text)
    return text[start:end]
