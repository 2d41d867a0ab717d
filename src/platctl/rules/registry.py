"""All rules, in one plain list."""

from platctl.finding import Finding
from platctl.rules.balance import invalid_balance
from platctl.rules.changes import effect_contradiction
from platctl.rules.context import Context
from platctl.rules.cycles import dependency_cycle, goal_cycle, initiative_cycle
from platctl.rules.file_pages import FILE_RULES
from platctl.rules.goals import orphan_goal
from platctl.rules.layers import layer_violation, unknown_layer
from platctl.rules.lifecycle import deprecated_dependency, retired_dependency
from platctl.rules.ownership import missing_owner
from platctl.rules.planning import end_before_start, orphan_initiative, stage_incomplete, starts_before_dependency_ends
from platctl.rules.policies import invalid_policy, lapsed_approval, unbound_approval, unknown_selection
from platctl.rules.policy_pages import POLICY_RULES
from platctl.rules.ranking_pages import RANKING_RULES
from platctl.rules.references import duplicate_id, unknown_interface, unknown_reference
from platctl.rules.rule import Rule
from platctl.rules.schema_pages import SCHEMA_RULES
from platctl.rules.scoring import invalid_scoring
from platctl.rules.settings_pages import SETTINGS_RULES
from platctl.rules.spelling import reference_case
from platctl.rules.sunsets import sunset_in_past, sunset_without_successor
from platctl.rules.unused import product_without_uses, unused_component
from platctl.rules.versions import invalid_range, invalid_version, unsatisfied_range
from platctl.rules.visibility import restricted_dependency, restricted_name

RULES: tuple[Rule, ...] = (
    *FILE_RULES,
    *SCHEMA_RULES,
    duplicate_id,
    unknown_reference,
    unknown_interface,
    reference_case,
    invalid_version,
    invalid_range,
    unsatisfied_range,
    effect_contradiction,
    dependency_cycle,
    initiative_cycle,
    goal_cycle,
    unknown_layer,
    layer_violation,
    deprecated_dependency,
    retired_dependency,
    sunset_without_successor,
    sunset_in_past,
    stage_incomplete,
    end_before_start,
    starts_before_dependency_ends,
    missing_owner,
    orphan_goal,
    orphan_initiative,
    unused_component,
    product_without_uses,
    invalid_policy,
    unknown_selection,
    invalid_scoring,
    invalid_balance,
    restricted_dependency,
    restricted_name,
    lapsed_approval,
    unbound_approval,
    *SETTINGS_RULES,
    *POLICY_RULES,
    *RANKING_RULES,
)


def rule(id_: str) -> Rule | None:
    """The rule of that name."""
    return next((each for each in RULES if each.id == id_), None)


def check(context: Context) -> list[Finding]:
    """What all rules find, in the order of the list."""
    return [finding for each in RULES if each.check for finding in each.check(context)]
