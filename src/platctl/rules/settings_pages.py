"""The pages of findings about rule settings and waivers."""

from platctl.finding import Severity
from platctl.rules.rule import page

SETTINGS_RULES = (
    page(
        "invalid-root",
        Severity.ERROR,
        "A path in the settings that leads to no file of the model",
        """Reports an entry of `roots` that matches no YAML file or names a repository inside the repository, and an
        entry of `roots` or `exclude` that leads out of the folder of platctl.yaml.

        After a folder was renamed, everything in it would otherwise be missing from every report.
        """,
        """
        # platctl.yaml
        roots: [../shared]
        """,
        """
        # platctl.yaml
        roots: []
        """,
    ),
    page(
        "unknown-rule",
        Severity.WARNING,
        "A setting for a rule that does not exist",
        """Reports a name under `rules` or `waivers` in platctl.yaml that is not a rule.

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
        "A waiver that has expired",
        """Reports a waiver whose `expires` date has passed. The findings it accepted are reported again.

        A waiver is a temporary agreement; when it expires, it has to be reviewed.
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
        "A waiver that is no longer needed",
        """Reports a waiver that no longer matches any finding.

        It would hide a new finding in the same place.
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
