"""The page of each rule is its test: the example breaks the rule, what stands under "use instead" does not."""

import importlib
import inspect
import pkgutil

import pytest
from checking import context, errors, everything

import platctl.rules as families
from builders import model
from platctl.finding import Severity
from platctl.rules.registry import NAMES, check, rule, rules
from platctl.rules.rule import Rule

NO_YAML = {"encoding", "skipped-file", "unreadable-file", "not-read", "foreign-file", "path-collision", "too-large"}
"""Their examples show what lies on the disk."""

ELSEWHERE = {
    "invalid-root",
    "unknown-rule",
    "expired-waiver",
    "unused-waiver",
    "missing-approval",
    "forbidden-change",
    "policy-note",
    "policy-changed",
    "invalid-policy",
    "unknown-selection",
    "invalid-scoring",
    "unscored-plan",
    "undefined-score",
    "rating-off-scale",
    "class-over-limit",
    "stale-estimate",
    "ranked-against-decision",
    "invalid-balance",
    "out-of-balance",
}
"""Made by the analysis, or about platctl.yaml, beyond what loading and rules say of entities."""

ids = [each.id for each in rules()]


def test_every_rule_of_a_module_is_registered() -> None:
    modules = (
        importlib.import_module(f"platctl.rules.{each.name}") for each in pkgutil.iter_modules(families.__path__)
    )
    values = (value for module in modules for value in vars(module).values())
    found = (each for value in values for each in (value if isinstance(value, tuple) else (value,)))
    assert {each.id for each in found if isinstance(each, Rule)} == set(NAMES)
    assert list(NAMES) == ids


tried = pytest.mark.parametrize(
    "each", [each for each in rules() if each.id not in NO_YAML | ELSEWHERE], ids=lambda each: each.id
)


def trips(each: Rule, text: str) -> bool:
    return any(finding.rule == each.id for finding in everything(text))


@tried
def test_the_example_trips_the_rule(each: Rule):
    assert trips(each, each.example)


@tried
def test_the_example_has_no_other_error(each: Rule):
    assert errors(everything(each.example)) <= {each.id}


@tried
def test_what_to_use_instead_does_not_trip_the_rule(each: Rule):
    assert not trips(each, each.fix)


@tried
def test_what_to_use_instead_has_no_error(each: Rule):
    assert not errors(everything(each.fix))


@tried
def test_each_finding_has_a_place_and_says_what_to_do(each: Rule):
    for finding in everything(each.example):
        if finding.rule == each.id and each.check:
            assert finding.span
            assert finding.help
            assert not finding.message[0].isupper()


@pytest.mark.parametrize("each", rules(), ids=ids)
def test_each_page_is_complete(each: Rule):
    assert each.title
    assert each.explanation.count("\n\n") == 1, "what it does, and why that is bad"
    assert each.example.strip() != each.fix.strip()
    assert "  " not in each.explanation


def test_each_rule_has_one_name():
    assert len(set(ids)) == len(ids)
    assert rule("unknown-reference") in rules()
    assert rule("no-such-rule") is None


def test_the_severities_are_those_of_the_handbook():
    by_severity = {
        severity: {each.id for each in rules() if each.severity is severity and each.check} for severity in Severity
    }
    assert by_severity == {
        Severity.ERROR: {
            "duplicate-id",
            "invalid-scenario",
            "unknown-reference",
            "unknown-interface",
            "unsatisfied-range",
            "dependency-cycle",
            "initiative-cycle",
            "goal-cycle",
            "team-cycle",
            "domain-cycle",
            "supersedes-cycle",
            "unknown-layer",
            "retired-dependency",
            "end-before-start",
            "invalid-policy",
            "unknown-selection",
            "invalid-scoring",
            "invalid-balance",
        },
        Severity.WARNING: {
            "outdated-scenario",
            "invalid-version",
            "invalid-range",
            "effect-contradiction",
            "added-and-removed",
            "layer-violation",
            "deprecated-dependency",
            "verified-outside-range",
            "sunset-without-successor",
            "sunset-in-past",
            "done-not-delivered",
            "stage-incomplete",
            "starts-before-dependency-ends",
            "overdue",
            "over-capacity",
            "superseded-work",
            "missing-owner",
            "lapsed-approval",
            "unbound-approval",
            "restricted-dependency",
            "restricted-name",
            "doubtful-visibility",
            "repeated-entry",
        },
        Severity.INFO: {
            "ambiguous-version",
            "reference-case",
            "orphan-goal",
            "orphan-initiative",
            "unused-component",
            "product-without-uses",
        },
    }


def test_rules_are_functions_of_the_context_alone():
    for each in rules():
        if each.check:
            assert list(inspect.signature(each.check).parameters) == ["context"]


def test_an_empty_model_has_nothing_to_say():
    assert check(context(model())) == []
