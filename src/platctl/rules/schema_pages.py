"""The pages of findings about fields that do not match the schema."""

from platctl.finding import Severity
from platctl.rules.rule import page

SCHEMA_RULES = (
    page(
        "unknown-kind",
        Severity.ERROR,
        "A kind that does not exist",
        """Reports a document whose `kind` is not component, consumer, initiative, team, goal, decision or ballot.

        The whole document is ignored, and references to it can't be checked.
        """,
        """
        kind: componnent
        id: identity
        """,
        """
        kind: component
        id: identity
        """,
    ),
    page(
        "missing-field",
        Severity.ERROR,
        "A required field that is missing",
        """Reports a required field that is missing, such as `id`, or `component` in a dependency.

        The part of the entity that needs the field is ignored; without `kind` or `id`, the whole entity is.
        """,
        """
        kind: consumer
        id: shop
        uses:
          - requires: ">=2,<3"
        """,
        """
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<3"
        """,
    ),
    page(
        "unknown-field",
        Severity.ERROR,
        "A field that does not exist",
        """Reports a field that this kind of entity does not have. Start the names of custom fields with `x-`.

        Otherwise a typo would go unnoticed: `use:` instead of `uses:` would make a product without uses.
        """,
        """
        kind: component
        id: identity
        lifecicle: production
        """,
        """
        kind: component
        id: identity
        lifecycle: production
        x-cost-centre: "4711"
        """,
    ),
    page(
        "wrong-type",
        Severity.ERROR,
        "A value of the wrong type",
        """Reports a value of the wrong type, such as text instead of a list, or a number instead of text. `no`, `on`,
        dates and versions are text; `true` and `false` are not.

        The value is ignored.
        """,
        """
        kind: component
        id: identity
        tags: login
        """,
        """
        kind: component
        id: identity
        tags: [login]
        """,
    ),
    page(
        "invalid-value",
        Severity.ERROR,
        "A value that is not allowed",
        """Reports a date that does not exist, a word that is not one of the allowed values, a number that is out of
        range, or an id with invalid characters.

        The value is ignored.
        """,
        """
        kind: consumer
        id: shop
        freezes:
          - start: 2027-15-11
            end: 2027-12-31
        """,
        """
        kind: consumer
        id: shop
        freezes:
          - start: 2027-11-15
            end: 2027-12-31
        """,
    ),
    page(
        "wrong-kind",
        Severity.ERROR,
        "A reference to the wrong kind of entity",
        """Reports a reference to a kind of entity that this field does not accept.

        The reference is ignored.
        """,
        """
        kind: team
        id: identity-team
        ---
        kind: consumer
        id: shop
        uses: ["team:identity-team"]
        """,
        """
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: ["component:identity"]
        """,
    ),
)
