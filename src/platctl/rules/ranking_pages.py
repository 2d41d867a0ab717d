"""The pages of findings that the backlog and the balance produce."""

from platctl.finding import Severity
from platctl.rules.rule import page

RANKING_RULES = (
    page(
        "unscored-plan",
        Severity.WARNING,
        "Planned work without a score",
        """Reports, in `platctl backlog`, a planned or active initiative that the scoring model can't rank because a
        criterion has no value.

        It was decided, but the scores don't show why it goes before other work.
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
        "A score that can't be computed",
        """Reports, in `platctl backlog`, an initiative whose score can't be computed from its numbers: a division by
        zero, an undefined root or logarithm, a number that is too large, or a size of zero.

        It can't be ranked, and would make an average or a sum meaningless.
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
        "A rating outside the scale of its criterion",
        """Reports, in `platctl backlog`, a rating or a median of votes outside the `scale` of its criterion. With
        `normalise: scale` it counts as the nearest end of the scale; otherwise it is used as it is.

        It outweighs every rating that keeps to the scale.
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
        "A class with too large a share of the effort",
        """Reports, in `platctl backlog` with a model that has classes, a class whose share of the effort is above the
        model's `limits`. For MoSCoW, the limit of `must` is 60 %.

        If nearly everything is a must, nothing can be postponed when an estimate turns out too low.
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
        "An estimate that has not been reviewed for a long time",
        """Reports, in `platctl backlog`, an initiative whose `estimated_on` is more than `scoring.stale_days` ago.

        Its effort and value may have changed since, and with them its rank.
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
        "A decision that the ranking contradicts",
        """Reports, in `platctl backlog`, a decision that can't be followed: what it puts second has to end before what
        it puts first, or a later decision reverses it.

        The people who decided assume that it is followed.
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
        "A share of the work outside its band",
        """Reports, in `platctl balance`, a share of effort or value outside a band in platctl.yaml, and anyone who gets
        nothing although `served: true` requires a share.

        Each initiative can be worthwhile, and yet together they may serve a single product, or leave no time for
        reliability.
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
