"""The pages of those findings which reading, loading and comparing make by themselves."""

from platctl.finding import Severity
from platctl.rules.rule import Rule, code, paragraphs

_ERROR, _WARNING, _INFO = Severity


def _page(id_: str, severity: Severity, title: str, explanation: str, example: str, fix: str) -> Rule:
    return Rule(id_, severity, title, paragraphs(explanation), code(example), code(fix))


FILE_RULES = (
    _page(
        "yaml-syntax",
        _ERROR,
        "A file that is not YAML",
        """Reports the first place at which a file stops being YAML.

        What follows can't be read, so reports that need it are incomplete. Other files are checked as usual.
        """,
        """
        kind: component
        id: [identity
        """,
        """
        kind: component
        id: identity
        """,
    ),
    _page(
        "duplicate-key",
        _ERROR,
        "A key that stands twice in one mapping",
        """Reports a key that is already there, and where.

        Most YAML readers keep the last one and say nothing, so a reviewer sees a value that does not count.
        """,
        """
        kind: component
        id: identity
        layer: platform
        layer: technology
        """,
        """
        kind: component
        id: identity
        layer: platform
        """,
    ),
    _page(
        "unsupported-yaml",
        _ERROR,
        "YAML that a model does not need",
        """Reports merge keys (`<<`), tags, directives, keys that are no text, and aliases that contain themselves.

        Readers of YAML disagree on what they mean, and some of them let a small file grow without end.
        """,
        """
        kind: component
        id: identity
        <<: {layer: platform}
        """,
        """
        kind: component
        id: identity
        layer: platform
        """,
    ),
    _page(
        "too-large",
        _ERROR,
        "A file or value beyond any use",
        """Reports what is nested too deeply, too long, or grows too large through aliases.

        Such a file is an accident or an attack, and would take all memory or time of the machine that checks it.
        """,
        """
        # [[[[[[[[ … ]]]]]]]], two hundred lists in each other
        """,
        """
        # [1, 2, 3]
        """,
    ),
    _page(
        "encoding",
        _ERROR,
        "A file that is not UTF-8",
        """Reports a file that is written in another encoding.

        The same bytes would be other letters on another machine, so it is not read at all.
        """,
        """
        # teams.yaml, saved as Latin-1 or UTF-16
        """,
        """
        # iconv -f latin1 -t utf-8 teams.yaml
        """,
    ),
    _page(
        "control-character",
        _ERROR,
        "A control character",
        """Reports characters that control a terminal, and line breaks that only some readers of YAML know, be it as
        themselves or as an escape in quotes.

        They can't be seen in a review, and change what a terminal shows of everything after them.
        """,
        r"""
        kind: component
        id: identity
        title: "Identity\e[31m"
        """,
        """
        kind: component
        id: identity
        title: Identity
        """,
    ),
    _page(
        "invisible-character",
        _WARNING,
        "A character that can't be seen",
        """Reports characters without width, and such that turn the direction of text.

        A line may then say something else than a reviewer sees.
        """,
        """
        kind: component
        id: identity
        title: "Iden\u200btity"
        """,
        """
        kind: component
        id: identity
        title: Identity
        """,
    ),
    _page(
        "empty-file",
        _INFO,
        "A file without a document",
        """Reports a YAML file that holds nothing, or nothing but comments.

        It may be one that somebody meant to fill.
        """,
        """
        # nothing but this comment
        """,
        """
        kind: component
        id: identity
        """,
    ),
    _page(
        "skipped-file",
        _WARNING,
        "A path that was not read",
        """Reports symbolic links, repositories inside the repository, pipes and devices, and folders named like a
        YAML file.

        What stands behind them may lie outside the repository, and no review has seen it.
        """,
        """
        # teams.yaml -> /srv/shared/teams.yaml
        """,
        """
        # cp --remove-destination "$(readlink teams.yaml)" teams.yaml
        """,
    ),
    _page(
        "unreadable-file",
        _ERROR,
        "A file that can't be read",
        """Reports a file that is part of the model, but that the system does not hand out, or that is too large.

        What it holds is missing in every answer.
        """,
        """
        # ls -l teams.yaml
        # ---------- 1 ana ana 812 teams.yaml
        """,
        """
        # chmod u+r teams.yaml
        """,
    ),
    _page(
        "path-collision",
        _WARNING,
        "Two paths that are one on other systems",
        """Reports files whose names differ only in capital letters or in the way in which accents are stored.

        On macOS and Windows one of them takes the place of the other.
        """,
        """
        # Teams.yaml
        # teams.yaml
        """,
        """
        # teams.yaml
        # people.yaml
        """,
    ),
)

SCHEMA_RULES = (
    _page(
        "unknown-kind",
        _ERROR,
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
    _page(
        "missing-field",
        _ERROR,
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
    _page(
        "unknown-field",
        _ERROR,
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
    _page(
        "wrong-type",
        _ERROR,
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
    _page(
        "invalid-value",
        _ERROR,
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
    _page(
        "wrong-kind",
        _ERROR,
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

SETTINGS_RULES = (
    _page(
        "unknown-rule",
        _WARNING,
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
    _page(
        "expired-waiver",
        _WARNING,
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
    _page(
        "unused-waiver",
        _INFO,
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
    _page(
        "missing-approval",
        _ERROR,
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
    _page(
        "forbidden-change",
        _ERROR,
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
    _page(
        "policy-note",
        _INFO,
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
    _page(
        "policy-changed",
        _WARNING,
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
    _page(
        "unscored-plan",
        _WARNING,
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
    _page(
        "undefined-score",
        _WARNING,
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
    _page(
        "rating-off-scale",
        _WARNING,
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
    _page(
        "class-over-limit",
        _WARNING,
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
    _page(
        "stale-estimate",
        _WARNING,
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
    _page(
        "ranked-against-decision",
        _WARNING,
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
    _page(
        "out-of-balance",
        _WARNING,
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
