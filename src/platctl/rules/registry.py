"""All rules by module, so that their names are known without importing the modules."""

import importlib
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from platctl.finding import Finding
    from platctl.rules.context import Context
    from platctl.rules.rule import Rule

FAMILIES: Final = (
    (
        "file_pages",
        "yaml-syntax duplicate-key unsupported-yaml too-large encoding control-character invisible-character "
        "empty-file skipped-file unreadable-file not-read foreign-file path-collision",
    ),
    ("schema_pages", "unknown-kind missing-field unknown-field wrong-type invalid-value wrong-kind"),
    ("references", "duplicate-id unknown-reference unknown-interface"),
    ("spelling", "reference-case"),
    ("repeats", "repeated-entry"),
    ("versions", "invalid-version invalid-range unsatisfied-range"),
    ("notations", "ambiguous-version"),
    ("verified", "verified-outside-range"),
    ("changes", "effect-contradiction added-and-removed"),
    ("delivered", "done-not-delivered"),
    ("cycles", "dependency-cycle initiative-cycle goal-cycle team-cycle domain-cycle supersedes-cycle"),
    ("layers", "unknown-layer layer-violation"),
    ("lifecycle", "deprecated-dependency retired-dependency"),
    ("sunsets", "sunset-without-successor sunset-in-past"),
    ("stages", "stage-incomplete"),
    ("planning", "end-before-start starts-before-dependency-ends overdue over-capacity superseded-work"),
    ("ownership", "missing-owner"),
    ("goals", "orphan-goal"),
    ("stages", "orphan-initiative"),
    ("unused", "unused-component product-without-uses"),
    ("policies", "invalid-policy unknown-selection"),
    ("scoring", "invalid-scoring"),
    ("scenarios", "invalid-scenario outdated-scenario"),
    ("balance", "invalid-balance"),
    ("visibility", "restricted-dependency doubtful-visibility restricted-name"),
    ("policies", "lapsed-approval unbound-approval"),
    ("settings_pages", "invalid-root unknown-rule expired-waiver unused-waiver"),
    ("policy_pages", "missing-approval forbidden-change policy-note policy-changed"),
    (
        "ranking_pages",
        "unscored-plan undefined-score rating-off-scale class-over-limit stale-estimate ranked-against-decision "
        "out-of-balance",
    ),
)
"""Module and the rules in it, in the order in which all of them are listed."""

NAMES: Final = tuple(name for _, names in FAMILIES for name in names.split())


@cache
def rules() -> "tuple[Rule, ...]":
    """All rules, in the order of their names."""
    return tuple(_family(module)[name] for module, names in FAMILIES for name in names.split())


@cache
def _family(module: str) -> "dict[str, Rule]":
    """The rules of a module, defined one by one or in a tuple."""
    from platctl.rules.rule import Rule

    values = vars(importlib.import_module(f"platctl.rules.{module}")).values()
    found = (each for value in values for each in (value if isinstance(value, tuple) else (value,)))
    return {each.id: each for each in found if isinstance(each, Rule)}


def rule(id_: str) -> "Rule | None":
    """The rule with that name."""
    return next((each for each in rules() if each.id == id_), None)


def check(context: "Context") -> "list[Finding]":
    """The findings of all rules, in the order of the rules."""
    return [finding for each in rules() if each.check for finding in each.check(context)]
