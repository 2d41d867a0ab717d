"""The pages of findings that ranking and dividing the work makes."""

from platctl.finding import Severity
from platctl.rules.rule import page

RANKING_RULES = (
    page(
        "unscored-plan",
        Severity.WARNING,
        "Planned work that has no score",
        """Reports, in `platctl backlog`, an initiative that is planned or active and can't be ranked by the scoring
        model, because a criterion is missing.

        Somebody decided to do it, and nobody can say why it goes before other work.
        """,
        """
        kind: initiative
        id: passkeys
        status: planned
        scores:
          reach: 1200
          impact: 2
        """,
        """
        kind: initiative
        id: passkeys
        status: planned
        effort:
          access: 4
        scores:
          reach: 1200
          impact: 2
          confidence: 0.8
        """,
    ),
    page(
        "undefined-score",
        Severity.WARNING,
        "A score that has no value",
        """Reports, in `platctl backlog`, work for whose numbers the formula of the scoring model has no value: a
        division by zero, a root or logarithm that there is not, a number that is too large, a size of nothing.

        It can't be ranked, and an average or a sum over it would mean nothing.
        """,
        """
        kind: initiative
        id: passkeys
        scores: {reach: 1000, impact: 1, confidence: 0.8, effort: 0}
        """,
        """
        kind: initiative
        id: passkeys
        scores: {reach: 1000, impact: 1, confidence: 0.8, effort: 3}
        """,
    ),
    page(
        "rating-off-scale",
        Severity.WARNING,
        "A rating off the scale of its criterion",
        """Reports, in `platctl backlog`, a rating or a median of votes that is smaller or larger than the `scale` of
        its criterion. A criterion that is normalised by its scale counts it as the end of it; others take it as it is.

        It outweighs every rating that kept to the scale.
        """,
        """
        kind: initiative
        id: passkeys
        scores: {importance: 90, satisfaction: 3}
        """,
        """
        kind: initiative
        id: passkeys
        scores: {importance: 9, satisfaction: 3}
        """,
    ),
    page(
        "class-over-limit",
        Severity.WARNING,
        "A class that takes too much of the effort",
        """Reports, in `platctl backlog` by a model with classes, a class that takes a larger share of the effort than
        the model's `limits` want: of MoSCoW, `must` above 60 %.

        Where nearly all has to be done, nothing is left that could give way when an estimate turns out too low.
        """,
        """
        kind: initiative
        id: passkeys
        scores: {moscow: must}
        effort: {access: 24}
        """,
        """
        kind: initiative
        id: passkeys
        scores: {moscow: must}
        effort: {access: 24}
        ---
        kind: initiative
        id: avatars
        scores: {moscow: could}
        effort: {access: 16}
        """,
    ),
    page(
        "stale-estimate",
        Severity.WARNING,
        "An estimate that nobody has looked at for long",
        """Reports, in `platctl backlog`, an initiative whose `estimated_on` is more than `scoring.stale_days` ago.

        What it takes and what it brings may be something else by now, and its rank with it.
        """,
        """
        kind: initiative
        id: passkeys
        estimated_on: 2025-02-01
        """,
        """
        kind: initiative
        id: passkeys
        estimated_on: 2026-11-02
        """,
    ),
    page(
        "ranked-against-decision",
        Severity.WARNING,
        "A decision that the order goes against",
        """Reports, in `platctl backlog`, a decision that can't be followed: what it puts second has to end before what
        it puts first, or a later decision says the opposite.

        Whoever decided believes that it holds.
        """,
        """
        kind: decision
        id: profiles-first
        chose: kids-profiles
        over: [passkeys]
        ---
        kind: initiative
        id: kids-profiles
        depends_on: [passkeys]
        """,
        """
        kind: decision
        id: passkeys-first
        chose: passkeys
        over: [kids-profiles]
        ---
        kind: initiative
        id: kids-profiles
        depends_on: [passkeys]
        """,
    ),
    page(
        "out-of-balance",
        Severity.WARNING,
        "A share of the work outside of its band",
        """Reports, in `platctl balance`, a share of effort or value that is smaller or larger than a band in
        platctl.yaml wants it, and one who gets nothing although `served: true` asks for something.

        Each piece of work can be worth its while, and all together may still serve one product, or mend nothing.
        """,
        """
        # platctl.yaml
        balance:
          bands:
            - {by: type, of: [reliability, debt], at_least: 90%}
        """,
        """
        # platctl.yaml
        balance:
          bands:
            - {by: type, of: [reliability, debt], at_least: 20%}
        """,
    ),
)
