"""The pages of findings about fields that do not fit."""

from platctl.finding import Severity
from platctl.rules.rule import page

SCHEMA_RULES = (
    page(
        "unknown-kind",
        Severity.ERROR,
        "A kind that does not exist",
        """Reports a document whose `kind` is none of component, consumer, initiative, team, goal and decision.

        The whole document is left out, and what refers to it can't be checked.
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
        "A field that must be there",
        """Reports a part of an entity without a field that it can't do without, such as `id` or the `component` of a
        dependency.

        The part is left out; without `kind` or `id`, the whole entity is.
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
        "A field that nobody reads",
        """Reports a field that this kind of entity does not have. Fields of your own begin with `x-`.

        A typo in a field's name would otherwise be silent: `use:` instead of `uses:` is a product without uses.
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
        """Reports text where a list belongs, a number where text belongs, and the like. `no`, `on`, dates and versions
        are text; `true` and `false` are not.

        The value is left out.
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
        "A value that does not fit",
        """Reports a date that does not exist, a word that is not in the list, a number out of bounds, an id with
        characters that it can't have.

        The value is left out.
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
        "A reference to another kind of entity",
        """Reports a reference that names a kind which does not belong in this field.

        The reference is left out.
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
