"""Validation of a model: all findings, with severities and waivers from the settings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache

from platctl.finding import Finding, Label, Severity
from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.ref import Ref, RefError, parse_ref
from platctl.model.settings.config import Config, RuleLevel, Waiver
from platctl.model.similar_names import Names, did_you_mean
from platctl.outlook.timeline import Timeline
from platctl.record import record
from platctl.rules.places import Whereabouts
from platctl.rules.registry import NAMES, check, rules
from platctl.rules.report import Counts, Diagnostic, SourceLine, ValidationReport, Waived
from platctl.rules.rule import Context
from platctl.rules.waivers import IMPACT_RULE, is_in_force
from platctl.source.yaml.document import Route


@record
class ValidationOptions:
    """Which rules run and which files are reported. `today` decides which dates have passed; None if unknown.

    With `entities`, only findings in their documents are reported. Findings whose fingerprint is in `known` are only
    counted. `settings` replace the model's own settings.
    """

    today: Date | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()
    entities: frozenset[Ref] | None = None
    fail_on: Severity | None = Severity.ERROR
    known: frozenset[str] = frozenset()
    settings: Config | None = None


def validate(model: Model, state: str, options: ValidationOptions) -> ValidationReport:
    """All findings about one state of a model, in reading order."""
    context = Context(model, Graph(model), Timeline(model, options.today), options.today)
    places = Whereabouts(model)
    found = _recognizable(places, [*model.findings, *check(context), *_unknown_rules(model)])
    settings = options.settings or model.config
    waivers = _Waivers(model, settings, places, options.today)
    kept, waived = waivers.split(weighed(model, settings, found))
    kept += weighed(model, settings, _recognizable(places, waivers.findings()))
    wanted = [each for each in _in_order(kept) if _is_wanted(each, options, places)]
    shown = [each for each in wanted if each.fingerprint not in options.known]
    dropped = tuple(each for each in waived if _is_wanted(each.finding, options, places))
    return ValidationReport(
        state=state,
        summary=_counts(shown, len(dropped), len(wanted) - len(shown), options.fail_on),
        files=len(model.files),
        entities=len(model.entities),
        diagnostics=tuple(Diagnostic(finding, _lines(places, finding)) for finding in shown),
        waived=dropped,
        is_complete=model.is_complete,
        anchor=model.anchor,
        fail_on=options.fail_on,
    )


def _recognizable(places: Whereabouts, findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, with its fingerprint, before settings and options remove any."""
    return list(places.recognizable(_in_order(dict.fromkeys(findings))))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: each.sort_key)


def _counts(findings: list[Finding], waived: int, known: int, fail_on: Severity | None) -> Counts:
    severities = [finding.severity for finding in findings]
    return Counts(
        error=severities.count(Severity.ERROR),
        warning=severities.count(Severity.WARNING),
        info=severities.count(Severity.INFO),
        waived=waived,
        known=known,
        failing=sum(severity.rank <= fail_on.rank for severity in severities) if fail_on else 0,
    )


def _is_wanted(finding: Finding, options: ValidationOptions, places: Whereabouts) -> bool:
    if finding.rule in options.ignore or (options.select and finding.rule not in options.select):
        return False
    if options.entities is not None and places.entity(finding.span) not in options.entities:
        return False
    path = finding.span.path if finding.span else ""
    return not options.paths or any(path == each or path.startswith(f"{each}/") for each in options.paths)


def weighed(model: Model, settings: Config, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their severities from the settings, without those that are switched off."""
    return [each for finding in findings if (each := _with_severity(model, settings, finding)) is not None]


def _with_severity(model: Model, settings: Config, finding: Finding) -> Finding | None:
    rule = settings.rules.get(finding.rule)
    if rule is None:
        return finding
    level = rule.severity
    for pattern, at_path in rule.paths.items():
        if finding.span and fnmatchcase(model.path_in_model(finding.span.path), pattern):
            level = at_path
    if level is RuleLevel.OFF:
        return None
    return replace(finding, severity=_graded(finding, Severity(level.value))) if level else finding


def _graded(finding: Finding, wanted: Severity) -> Severity:
    """The severity after a setting; a finding that its rule made milder or graver stays milder or graver."""
    usual = _severities().get(finding.rule, finding.severity)
    if finding.severity is usual:
        return wanted
    milder = finding.severity.rank > usual.rank
    return max(finding.severity, wanted, key=_rank) if milder or wanted.rank > usual.rank else finding.severity


def _rank(severity: Severity) -> int:
    return severity.rank


@cache
def _severities() -> Mapping[str, Severity]:
    return {rule.id: rule.severity for rule in rules()}


def _lines(places: Whereabouts, finding: Finding) -> tuple[SourceLine, ...]:
    primary = [] if finding.span is None else [Label(finding.span, "")]
    return tuple(
        SourceLine(label.span, text, label.text)
        for label in (*primary, *finding.related)
        if (text := places.line(label.span)) is not None
    )


def _unknown_rules(model: Model) -> Iterator[Finding]:
    """Settings for a rule that does not exist."""
    known = {*NAMES, IMPACT_RULE}
    named: list[tuple[str, Route, bool]] = [(name, ("rules", name), True) for name in model.config.rules]
    named += [(waiver.rule, ("waivers", index, "rule"), False) for index, waiver in enumerate(model.config.waivers)]
    for name, route, on_key in named:
        if name not in known and model.config_placement:
            span = model.config_placement.span(route, key=on_key)
            help_ = did_you_mean(Names(known).nearest(name)) or "`platctl rule` lists all rules"
            yield Finding("unknown-rule", Severity.WARNING, f"there is no rule `{name}`", span, help=help_)


@dataclass
class _Waivers:
    model: Model
    settings: Config
    places: Whereabouts
    today: Date | None
    used: set[int] = field(default_factory=set)

    def split(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Waived]]:
        """The remaining findings, and those that a waiver in force accepts."""
        kept, waived = [], []
        for finding in findings:
            waiver = self._waiver(finding)
            if waiver:
                waived.append(Waived(finding, waiver.reason))
            else:
                kept.append(finding)
        return kept, waived

    def _waiver(self, finding: Finding) -> Waiver | None:
        for index, waiver in enumerate(self.settings.waivers):
            if waiver.rule == finding.rule and self._matches(waiver, finding):
                self.used.add(index)
                if is_in_force(waiver, self.today):
                    return waiver
        return None

    def _matches(self, waiver: Waiver, finding: Finding) -> bool:
        if waiver.path and not (finding.span and fnmatchcase(self.model.path_in_model(finding.span.path), waiver.path)):
            return False
        if waiver.entity is None:
            return True
        entity = self.places.entity(finding.span)
        if entity is None:
            return False
        try:
            wanted = parse_ref(waiver.entity, entity.kind)
        except RefError:
            return False
        return self.model.canonical(wanted) == entity

    def findings(self) -> Iterator[Finding]:
        """Waivers that have expired, and those that match nothing."""
        for index, waiver in enumerate(self.settings.waivers):
            # Settings from another state have no span in the files of this one.
            if self.settings is not self.model.config or self.model.config_placement is None:
                return
            if waiver.rule == IMPACT_RULE:
                continue
            span = self.model.config_placement.span(("waivers", index))
            if not is_in_force(waiver, self.today):
                message = f"the waiver of `{waiver.rule}` expired on {waiver.expires}"
                help_ = "fix the findings it accepted, or agree on a new date with the person who granted it"
                yield Finding("expired-waiver", Severity.WARNING, message, span, help=help_)
            elif index not in self.used:
                message = f"the waiver of `{waiver.rule}` is no longer needed"
                yield Finding("unused-waiver", Severity.INFO, message, span, help="remove the waiver")
