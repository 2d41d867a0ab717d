"""Other words for our kinds, fields and values. They are not typos, so spelling does not lead from them to ours."""

from collections.abc import Iterable

KINDS = {
    "consumer": "product partner app application customer client website solution tenant",
    "component": "service library api resource tool infrastructure package module database plugin sdk",
    "initiative": "epic feature project story task item work milestone change roadmap capability improvement migration "
    "deprecation debt research",
    "goal": "objective okr kpi outcome pillar vision theme",
    "domain": "area subdomain",
    "release": "launch train version",
    "team": "group squad tribe",
    "user": "person employee member",
    "decision": "adr",
    "ballot": "vote poll voting",
    "scenario": "whatif alternative variant option future",
}
_TYPES = {
    "consumer": "product partner",
    "component": "service library api resource tool infrastructure package module database plugin sdk",
    "initiative": "feature capability improvement migration deprecation debt research",
}
"""The words above that are also a `type` of that kind."""

FIELDS = {
    "status": "stage state lifecycle phase progress",
    "lifecycle": "stage state status maturity phase",
    "deadline": "due due_date due_by target_date need_by",
    "due": "deadline due_date due_by target_date",
    "need_by": "due deadline due_date due_by needed_by",
    "requires": "version versions range constraint version_range",
    "version": "range requires",
    "component": "id name ref target",
    "goal": "id name ref",
    "consumer": "for product id name",
    "owner": "team owned_by maintainer squad",
    "title": "name label display_name",
    "description": "summary desc text details about",
    "tags": "labels keywords categories",
    "links": "urls link url references docs",
    "aliases": "former_ids old_names previous_names renamed_from",
    "visibility": "access audience confidentiality",
    "uses": "depends_on dependencies needs components",
    "depends_on": "uses dependencies needs blocked_by after prerequisites",
    "interfaces": "apis provides endpoints",
    "sunset": "end_of_life eol removal removed removed_on end until end_date",
    "since": "released released_on release_date available_from from start",
    "deprecated": "deprecated_on deprecation deprecated_since",
    "successor": "replaced_by replacement superseded_by",
    "product_manager": "pm manager product_owner po contact",
    "reach": "users audience_size",
    "tier": "priority criticality importance",
    "effort": "estimate estimates size cost story_points weeks",
    "start": "begin begins start_date from starts",
    "end": "finish ends end_date to until finished",
    "period": "quarter sprint month when timeframe",
    "earliest": "not_before earliest_start",
    "requested_by": "requester requesters customers requested",
    "proposed_by": "author reporter proposer",
    "goals": "objectives okrs themes serves",
    "changes": "change effects impacts",
    "effect": "type kind action",
    "outcome": "benefit result release_note",
    "scores": "ratings score rating",
    "parent": "part_of belongs_to",
    "lead": "manager head leader",
    "members": "people persons",
    "capacity": "availability weeks size",
    "chose": "chosen choice selected",
    "over": "rejected instead_of alternatives",
    "why": "reason rationale because",
    "date": "on day decided_on",
    "expires": "until valid_until expiry",
    "reason": "why note description",
}
_VALUES = {
    "status": {
        "idea": "draft new backlog",
        "proposed": "candidate requested",
        "shaped": "ready refined defined",
        "planned": "scheduled committed approved accepted todo",
        "active": "in-progress in-development started ongoing doing wip running",
        "done": "completed complete finished closed delivered released shipped",
        "dropped": "cancelled canceled rejected abandoned",
        "parked": "paused on-hold blocked postponed deferred",
    },
    "lifecycle": {
        "experimental": "alpha beta preview draft dev development",
        "production": "stable ga active live released current",
        "deprecated": "legacy maintenance obsolete",
        "retired": "eol end-of-life removed sunset archived decommissioned",
    },
    "effect": {
        "addition": "add added new feature minor",
        "change": "modify modified changed update behaviour behavior",
        "breaking": "break breaks breaking-change major",
        "deprecation": "deprecate deprecated",
        "removal": "remove removed delete deleted retire sunset",
        "internal": "none patch refactoring refactor",
    },
    "strength": {"hard": "required strong mandatory", "soft": "optional weak"},
    "visibility": {"public": "external open customers", "internal": "company", "restricted": "private secret hidden"},
    "type": {
        "feature": "story enhancement",
        "reliability": "bug bugfix incident resilience security",
        "debt": "refactoring tech-debt technical-debt maintenance chore",
        "research": "spike discovery investigation",
        "capability": "epic",
    },
}


def kind_meant(word: str) -> tuple[str, str] | None:
    """Our kind for a word, and the `type` that keeps the word; the type is empty where the kind says it all."""
    word = word.lower()
    kind = next((kind for kind, words in KINDS.items() if word in words.split()), None)
    return (kind, word if word in _TYPES.get(kind, "").split() else "") if kind else None


def field_meant(word: str, known: Iterable[str]) -> list[str]:
    """Our fields for a word, among those that exist in its place."""
    word = _plain(word).replace("-", "_")
    return [name for name in known if word in FIELDS.get(name, "").split()]


def value_meant(field: str, word: str, known: Iterable[str]) -> list[str]:
    """Our value for a word in a field with a list of values."""
    word = _plain(word).replace("_", "-")
    words = _VALUES.get(field, {})
    return [value for value in known if word in words.get(value, "").split()]


def _plain(word: str) -> str:
    return "_".join(word.lower().split())
