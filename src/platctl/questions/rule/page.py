"""One rule explained, or all of them listed."""

from collections.abc import Sequence

from platctl.page import Entries, Entry, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.rule.report import RuleFacts
from platctl.writing.findings import TONES


def page(rule: RuleFacts) -> Page:
    """What a rule does, why, an example, and its fix."""
    title = line(Run(rule.id, Tone.STRONG), " (", Run(rule.severity.value, TONES[rule.severity]), "): ", rule.title)
    return Page(
        (
            Paragraph((title,)),
            Paragraph(tuple(line(part) for part in rule.explanation.split("\n\n"))),
            Section(line("Example"), (_code(rule.example),)),
            Section(line("Use instead"), (_code(rule.fix),)),
        )
    )


def _code(text: str) -> Entries:
    return Entries(tuple(Entry(line(Run(each, Tone.CODE))) for each in text.strip("\n").split("\n")))


def list_page(rules: Sequence[RuleFacts]) -> Page:
    """All rules, one per row."""
    rows = tuple(
        row(Run(rule.id, Tone.STRONG), Run(rule.severity.value, TONES[rule.severity]), rule.title) for rule in rules
    )
    return Page((Table(rows, ("Rule", "Severity", "What it finds")),))


def list_sheet(rules: Sequence[RuleFacts]) -> Page:
    """The same below a heading."""
    heading = Paragraph((line(Run("Rules", Tone.STRONG), f", {len(rules):,}"),))
    return Page((heading, *list_page(rules).blocks))
