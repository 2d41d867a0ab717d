"""The pages of findings that policies produce for a change."""

from platctl.finding import Severity
from platctl.rules.rule import page

POLICY_RULES = (
    page(
        "missing-approval",
        Severity.ERROR,
        "A consumer that has not agreed",
        """Reports, in a comparison, an effect on a consumer for which a policy in platctl.yaml requires the consumer's
        approval, when no initiative behind the change has a valid one under `approvals`: it is missing, is only claimed
        in this change, has no digest, was given by someone who may not approve, or what was approved has changed since.

        The people affected may not know about the change.
        """,
        """
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2.x
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: removal
            version: "<3"
        ---
        kind: component
        id: identity
        version: 2.4.0
        """,
        """
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2.x
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: removal
            version: "<3"
        approvals:
          - consumer: shop
            by: Lena Vogel
            on: 2027-01-15
            digest: "b7a252772c09"
        ---
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        """,
    ),
    page(
        "forbidden-change",
        Severity.ERROR,
        "An effect that a policy forbids",
        """Reports, in a comparison, an effect on a consumer to which a policy with `action: forbid` applies.

        The policy was agreed for all changes, so a single change can't override it.
        """,
        """
        # platctl.yaml
        policies:
          - id: nothing-breaks-in-a-freeze
            when: {level: breaks, in_freeze: true}
            action: forbid
        """,
        """
        # platctl.yaml
        policies:
          - id: nothing-breaks-in-a-freeze
            when: {level: breaks, in_freeze: true}
            action: tell
        """,
    ),
    page(
        "policy-note",
        Severity.INFO,
        "A note from a policy",
        """Reports, in a comparison, an effect on a consumer to which a policy with `action: tell` applies.

        Some effects are acceptable as long as people know about them.
        """,
        """
        # platctl.yaml
        policies:
          - id: tell-the-press
            title: Tell the press before the customers read it elsewhere.
            when: {level: breaks, visibility: public}
            action: tell
        """,
        """
        # platctl.yaml
        policies: []
        """,
    ),
    page(
        "policy-changed",
        Severity.WARNING,
        "A change to the settings of the check",
        """Reports, in CI, changes to settings in platctl.yaml that decide what passes: policies, waivers, rules,
        selectors and levels. The change itself is still checked with the previous settings. Settings that decide what
        is checked at all (`roots`, `exclude`, `layers`) take effect immediately, and are reported too.

        Otherwise a change could loosen its own checks unnoticed among many files.
        """,
        """
        # platctl.yaml
        policies: []
        """,
        """
        # platctl.yaml
        policies:
          - id: critical-products-agree
            when: {level: must-act, tier: 1}
            action: approve
        """,
    ),
)
