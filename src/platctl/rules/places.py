"""Look up what is at a place in a model's files: the entity, the line and the text."""

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from platctl.finding import Finding, Span, fingerprint
from platctl.model.model import Model
from platctl.model.ref import Ref


@dataclass
class Whereabouts:
    """Looks up places in a model's files."""

    model: Model
    _documents: dict[str, list[tuple[int, int, Ref]]] = field(default_factory=dict)

    def entity(self, span: Span | None) -> Ref | None:
        """The entity whose document contains a place."""
        if span is None:
            return None
        if span.path not in self._documents:
            self._documents[span.path] = self._documents_of(span.path)
        documents = self._documents[span.path]
        at = bisect.bisect_right(documents, span.line, key=lambda document: document[0]) - 1
        return documents[at][2] if at >= 0 and span.line <= documents[at][1] else None

    def _documents_of(self, path: str) -> list[tuple[int, int, Ref]]:
        """First and last line and entity of each document. Computed on demand per file, since finding spans is slow."""
        spans = ((self.model.documents[ref].span(), ref) for ref in self._refs.get(path, ()))
        return sorted((span.line, span.end_line, ref) for span, ref in spans)

    @cached_property
    def _refs(self) -> dict[str, list[Ref]]:
        """The entities by file."""
        found: dict[str, list[Ref]] = {}
        for ref, placement in self.model.documents.items():
            found.setdefault(placement.document.path, []).append(ref)
        return found

    def line(self, span: Span) -> str | None:
        """The line on which a place starts."""
        file = self.model.files.get(span.path)
        lines = _split(file.text) if file else []
        return lines[span.line - 1] if 0 < span.line <= len(lines) else None

    def text(self, span: Span) -> str:
        """The text at a place, to the end of the line at most."""
        line = self.line(span) or ""
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        return line[span.column - 1 : end]

    def recognizable(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings with fingerprints made of rule, entity and the text at the place, without line and wording.

        So a finding stays the same when lines move, when a list is sorted and when its entity moves to another file.
        Identical findings are numbered, so that the first one in base matches the first one in head.
        """
        seen: Counter[str] = Counter()
        for finding in findings:
            mark = self._mark(finding)
            again = [str(seen[mark])] if seen[mark] else []
            seen[mark] += 1
            yield replace(finding, fingerprint=fingerprint(mark, *again))

    def _mark(self, finding: Finding) -> str:
        span = finding.span
        if span is None:
            return fingerprint(finding.rule, "", "", finding.about or finding.message)
        entity = self.entity(span)
        return fingerprint(finding.rule, str(entity) if entity else span.path, self.text(span), finding.about)


@lru_cache(maxsize=64)
def _split(text: str) -> list[str]:
    """Lines as YAML defines them; `str.splitlines` would also split at other characters."""
    return re.split(r"\r\n|\n|\r", text)
