"""The pages of findings that policies make of a change."""

from platctl.finding import Severity
from platctl.rules.rule import page

POLICY_RULES = (
    page(
        "missing-approval",
        Severity.ERROR,
        "A consumer that has not agreed",
        """Reports, in a comparison, an effect on a consumer for which a policy in platctl.yaml asks for its yes, while
        no initiative behind the change holds one under `approvals`: there is none, it is by somebody whose yes does
        not count, or what was approved was altered afterwards.

        The people whom it hits may not know.
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

        What was agreed beforehand for all changes outweighs what is handy in this one.
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
        "What a policy has to say",
        """Reports, in a comparison, an effect on a consumer to which a policy with `action: tell` applies.

        Some effects are fine as long as somebody knows.
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
        "A change of what changes are checked by",
        """Reports, in CI, settings in platctl.yaml that decide what passes and that the change alters: policies,
        waivers, rules, selectors and levels. The change itself is still judged by what stood there before. Settings
        that decide what is checked at all (`roots`, `layers`) count as of the change itself, and are reported too.

        Otherwise a change could loosen what it is checked by, and nobody would see it among many files.
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
