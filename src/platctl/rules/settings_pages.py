"""The pages of findings about the settings of rules."""

from platctl.finding import Severity
from platctl.rules.rule import page

SETTINGS_RULES = (
    page(
        "unknown-rule",
        Severity.WARNING,
        "A setting for a rule that does not exist",
        """Reports a name under `rules` or in `waivers` of platctl.yaml that is no rule.

        The setting has no effect.
        """,
        """
        # platctl.yaml
        rules:
          unused-componnent: off
        """,
        """
        # platctl.yaml
        rules:
          unused-component: off
        """,
    ),
    page(
        "expired-waiver",
        Severity.WARNING,
        "A waiver whose time is over",
        """Reports a waiver whose `expires` has passed. What it accepted is reported again.

        A waiver is an agreement for a while; this is the day on which to look at it again.
        """,
        """
        # platctl.yaml
        waivers:
          - rule: layer-violation
            entity: consumer:shop
            reason: moves to storage in spring
            expires: 2020-06-30
        """,
        """
        # platctl.yaml
        waivers:
          - rule: layer-violation
            entity: consumer:shop
            reason: moves to storage in spring
            expires: 2099-06-30
        """,
    ),
    page(
        "unused-waiver",
        Severity.INFO,
        "A waiver that nothing needs",
        """Reports a waiver that accepts no finding any more.

        It would hide the next one that comes back to the same place.
        """,
        """
        # platctl.yaml
        waivers:
          - rule: layer-violation
            entity: consumer:shop
            reason: moved to storage in spring
        """,
        """
        # platctl.yaml
        waivers: []
        """,
    ),
)
