"""Reads the documents of one file, including those after one that can't be read."""

from platctl.finding import Label
from platctl.source.yaml.document import Document
from platctl.source.yaml.limits import Limits
from platctl.source.yaml.parse_failure import ParseFailure
from platctl.source.yaml.problems import Problems
from platctl.source.yaml.refusals import RefusedError
from platctl.source.yaml.sanitize import sanitized
from platctl.source.yaml.stream import PARSER_ERRORS, Stream
from platctl.source.yaml.syntax_errors import explain
from platctl.source.yaml.values import Values


def read_documents(problems: Problems, limits: Limits) -> list[Document]:
    """Every document that can be read and is not empty. Errors are recorded in `problems`."""
    documents: list[Document] = []
    values = Values(problems, limits)
    stretch: Stream | None = Stream(sanitized(problems))
    # One more than are listed, so that `problems` knows that there are more.
    for _ in range(limits.findings + 1):
        if stretch is not None:
            stretch = _read(stretch, values, documents, problems)
    problems.is_cut = stretch is not None
    problems.incomplete |= problems.is_cut
    return documents


def _read(stretch: Stream, values: Values, documents: list[Document], problems: Problems) -> Stream | None:
    """Read a stretch up to its end or to a document that can't be read; returns the rest."""
    path = stretch.text.path
    try:
        for ordinal, value in enumerate(values.documents(stretch)):
            if value is not None:
                documents.append(Document(path, len(documents), value, stretch, ordinal, frozenset(values.unsure)))
    except RefusedError as refused:
        return None if refused.at_all else stretch.after(refused.offset)
    except PARSER_ERRORS as error:
        failure = ParseFailure.of(error, stretch)
        _note(failure, problems)
        return stretch.after(failure.offset)
    return None


def _note(failure: ParseFailure, problems: Problems) -> None:
    problems.incomplete = True
    said = explain(failure)
    # A problem that is already reported on this line is probably the cause.
    if not problems.on_line(said.start, ("control-character", "yaml-syntax")):
        text = problems.text
        end = said.start + 1 if said.end is None else said.end
        related = (Label(text.span(said.other[0], said.other[0] + 1), said.other[1]),) if said.other else ()
        problems.add(said.rule, said.message, said.start, end, said.help, related=related)
