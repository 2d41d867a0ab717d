"""A rule: a function from a model to findings, and a page that explains it."""

import inspect
from collections.abc import Callable, Iterable, Iterator

from platctl.finding import Finding, Label, Severity, Span
from platctl.record import record
from platctl.rules.context import Context as Context

Check = Callable[[Context], Iterator[Finding]]


@record
class Rule:
    """A rule and its page. `check` is None if its findings are made elsewhere, such as while reading the files."""

    id: str
    severity: Severity
    title: str
    explanation: str
    example: str
    fix: str
    check: Check | None = None

    def finding(
        self,
        message: str,
        span: Span | None,
        help_: str = "",
        related: Iterable[Label] = (),
        severity: Severity | None = None,
        about: str = "",
    ) -> Finding:
        """A finding of this rule; `about` distinguishes it from others at places with the same text."""
        return Finding(self.id, severity or self.severity, message, span, tuple(related), help_, about)


def rule(id_: str, severity: Severity, title: str, *, example: str, fix: str) -> Callable[[Check], Rule]:
    """Turn a function into a rule. Its docstring states what the rule reports, and why that is a problem."""

    def make(check: Check) -> Rule:
        return Rule(id_, severity, title, paragraphs(check.__doc__ or ""), code(example), code(fix), check)

    return make


def page(id_: str, severity: Severity, title: str, explanation: str, example: str, fix: str) -> Rule:
    """A rule whose findings are made elsewhere."""
    return Rule(id_, severity, title, paragraphs(explanation), code(example), code(fix))


def paragraphs(text: str) -> str:
    """Prose without line breaks and indentation; an empty line still separates paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n"))


def code(text: str) -> str:
    """YAML without the indentation of the Python source."""
    return inspect.cleandoc(text) + "\n"
