"""Parses YAML files: bytes to documents with positions, and a finding for every error.

No input raises an exception, crashes the process or takes a long time. The supported part of YAML:

- Scalars are those of YAML 1.2: `no`, `1:30`, `012` and dates are text, as is everything in quotes.
- Keys are text. Tags, directives and merge keys (`<<`) are rejected; aliases are copied, within `Limits`.
- A document that can't be parsed does not hide the other documents of its file.
"""

from platctl.finding import Finding, Severity, Span
from platctl.source.tree import SourceFile
from platctl.source.yaml.decode import decode
from platctl.source.yaml.document import Document, ParsedFile
from platctl.source.yaml.limits import STANDARD, Limits
from platctl.source.yaml.problems import Problems
from platctl.source.yaml.scalars import Float
from platctl.source.yaml.text import Text

__all__ = ["Document", "Float", "Limits", "ParsedFile", "parse_file"]


def parse_file(file: SourceFile, limits: Limits = STANDARD) -> ParsedFile:
    """All documents of one file, and all findings about it."""
    text = decode(file, limits)
    if isinstance(text, Finding):
        return ParsedFile(file.path, "", (), (text,), complete=False)
    problems = Problems(Text(file.path, text), limits.findings)
    documents = tuple(_documents(problems, limits))
    findings = problems.listed()
    if not documents and not findings:
        findings = (_nothing_in(file.path, text),)
    return ParsedFile(file.path, text, documents, findings, not problems.incomplete)


def _nothing_in(path: str, text: str) -> Finding:
    what = "contains only comments and empty documents" if text.strip() else "is empty"
    return Finding("empty-file", Severity.INFO, f"the file {what}", Span(path), help="delete it, or add an entity")


def _documents(problems: Problems, limits: Limits) -> list[Document]:
    # Importing PyYAML takes longer than everything else in many runs.
    try:
        from platctl.source.yaml.document_reader import read_documents
    except ImportError as error:
        message = "PyYAML lacks its C parser: `pip install --force-reinstall --only-binary :all: PyYAML`"
        raise RuntimeError(message) from error
    return read_documents(problems, limits)
