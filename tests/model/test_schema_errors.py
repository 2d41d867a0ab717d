"""What is said of a field that does not fit: which rule, where, and what to write instead."""

import pytest

from builders import model
from platctl.model import other_words
from platctl.model.entity.kinds import KINDS
from platctl.model.forms import field_names, parts_of

SHOP = "kind: consumer\nid: shop\n"
LONG = "x" * 81


@pytest.mark.parametrize(
    ("field", "rule", "column", "said", "instead"),
    [
        ("title: 2.10", "wrong-type", 8, "not `2.10`", '`title: "2.10"`'),
        ("title: true", "wrong-type", 8, "not `true`", '`title: "true"`'),
        ("tags: core", "wrong-type", 7, "not the text `core`", "`tags: [core]`"),
        ("tags: 5", "wrong-type", 7, "not `5`", "`tags: [5]`"),
        ("tier: '1'", "wrong-type", 7, "not the text `1`", "without quotes"),
        ("reach: {users: '5'}", "wrong-type", 16, "not the text `5`", "without quotes"),
        ("uses: [{component: a, exposes: yes}]", "wrong-type", 32, "not the text `yes`", "`true` or `false`"),
        ("uses: [{component: a, strength: sof}]", "invalid-value", 33, "`sof`", "`soft`? use one of `hard`, `soft`"),
        ("uses: [{}]", "missing-field", 8, "`component` is missing in `uses[1]`", "`component:`"),
        ("uses: [{component: a, migraton: 4}]", "unknown-field", 23, "`migraton` in `uses[1]`", "`migration`"),
        ("tilte: a", "unknown-field", 1, "`tilte`", "`title`"),
    ],
)
def test_a_field_that_does_not_fit_is_said_with_what_to_write(
    field: str, rule: str, column: int, said: str, instead: str
) -> None:
    (finding,) = (each for each in model(SHOP + field).findings if each.rule != "unknown-reference")
    assert (finding.rule, str(finding.span)) == (rule, f"model-1.yaml:3:{column}")
    assert said in finding.message
    assert instead in finding.help


@pytest.mark.parametrize(
    ("field", "rule", "said"),
    [
        ("title: [a]", "wrong-type", "not a list"),
        ("tier: 1.5", "wrong-type", "not `1.5`"),
        ("tier: [1]", "wrong-type", "not a list"),
        ("tier: 0", "invalid-value", "at least 1, not `0`"),
        ("reach: {users: -1}", "invalid-value", "at least 0, not `-1`"),
    ],
)
def test_no_advice_is_given_where_nobody_knows_what_was_meant(field: str, rule: str, said: str) -> None:
    (finding,) = model(SHOP + field).findings
    assert (finding.rule, finding.help) == (rule, "")
    assert finding.message.endswith(said)


def test_a_field_that_is_like_no_other_gets_the_list_of_all() -> None:
    (finding,) = model(SHOP + "zzzzz: a").findings
    assert "kind, id, namespace, title" in finding.help
    assert "`x-`" in finding.help
    assert model(SHOP + "x-zzzzz: a").findings == ()


def test_what_is_said_of_a_long_value_stays_short() -> None:
    (cut,) = model(f"{SHOP}visibility: {LONG}").findings
    (whole,) = model(f"{SHOP}visibility: {LONG[:80]}").findings
    assert f"`{LONG[:80]}…`" in cut.message
    assert f"`{LONG[:80]}`" in whole.message


def test_a_document_without_an_id_is_told_what_every_document_needs() -> None:
    (finding,) = model("kind: consumer\ntitle: Shop\n").findings
    assert (finding.rule, str(finding.span)) == ("missing-field", "model-1.yaml:1:1")
    assert "`kind:` and `id:`" in finding.help


@pytest.mark.parametrize(
    ("setting", "least", "most"),
    [
        ("impact: {{confirmed_within_days: {}}}", 1, 36500),
        ("calendar: {{fiscal_year_start: {}}}", 1, 12),
        ("calendar: {{sprint_weeks: {}}}", 1, 12),
        ("policies: [{{id: p, when: {{notice_days: {}}}, action: tell}}]", 1, 36500),
    ],
)
def test_a_number_in_the_settings_has_bounds(setting: str, least: int, most: int) -> None:
    for allowed, refused, bound in ((least, least - 1, f"at least {least}"), (most, most + 1, f"at most {most}")):
        assert model(SHOP, config=setting.format(allowed)).findings == ()
        (finding,) = model(SHOP, config=setting.format(refused)).findings
        assert f"{bound}, not `{refused}`" in finding.message


def test_a_name_that_can_not_be_one_is_shown_where_it_is_written() -> None:
    (finding,) = model("kind: initiative\nid: a\neffort: {'x y': 3}").findings
    assert (finding.rule, str(finding.span)) == ("invalid-value", "model-1.yaml:3:10")


def test_an_item_that_is_left_out_moves_those_behind_it_and_none_of_another_list() -> None:
    found = model(f"{SHOP}tags: [[x], core]\nuses: [identity, {{component: billing, requires: 2}}]\n")
    consumer = next(iter(found.consumers))
    assert str(found.at(consumer, ("tags", 0))) == "model-1.yaml:3:13"
    assert str(found.at(consumer, ("uses", 0))) == "model-1.yaml:4:8"


@pytest.mark.parametrize(
    ("kind", "wanted", "type_"),
    [
        ("product", "consumer", "product"),
        ("Partner", "consumer", "partner"),
        ("service", "component", "service"),
        ("area", "domain", ""),
        ("person", "user", ""),
        ("launch", "release", ""),
        ("API", "component", "api"),
        ("epic", "initiative", ""),
        ("squad", "team", ""),
        ("objective", "goal", ""),
    ],
)
def test_another_word_for_a_kind_is_answered_with_ours(kind: str, wanted: str, type_: str) -> None:
    (finding,) = model(f"kind: {kind}\nid: a\n").findings
    assert (finding.rule, str(finding.span)) == ("unknown-kind", "model-1.yaml:1:7")
    assert finding.help == f"write `kind: {wanted}`" + (f" and `type: {type_}`" if type_ else "")


@pytest.mark.parametrize(
    ("entity", "help_"),
    [
        ("kind: initiative\nid: a\nstage: idea", "did you mean `status`?"),
        ("kind: initiative\nid: a\ndue: 2027-01-01", "did you mean `deadline`?"),
        ("kind: initiative\nid: a\nuses: [b]", "did you mean `depends_on`?"),
        ("kind: initiative\nid: a\nBlocked by: [b]", "did you mean `depends_on`?"),
        ("kind: initiative\nid: a\neffect: removal", "write it below `changes:`"),
        ("kind: component\nid: a\nstage: production", "did you mean `lifecycle`?"),
        ("kind: component\nid: a\nversions: [{version: 1, end_of_life: 2027-01-01}]", "did you mean `sunset`?"),
        ("kind: goal\nid: a\ndeadline: 2027-01-01", "did you mean `due`?"),
        (SHOP + "depends_on: [a]", "did you mean `uses`?"),
        (SHOP + "requires: '>=1'", "write it below `uses:`"),
        (SHOP + "uses: [{component: a, version: 1}]", "did you mean `requires`?"),
        (SHOP + "uses: [{component: a, due: 2027-01-01}]", "did you mean `need_by`?"),
        (
            SHOP + "uses: [{component: a, tier: 1}]",
            "it is a field of the whole document, not of `uses`: do not indent it",
        ),
    ],
)
def test_another_word_or_another_place_for_a_field_is_answered_with_ours(entity: str, help_: str) -> None:
    (finding,) = (each for each in model(entity).findings if each.rule == "unknown-field")
    assert finding.help == help_


@pytest.mark.parametrize(
    ("entity", "value"),
    [
        ("kind: initiative\nid: a\nstatus: in progress", "active"),
        ("kind: initiative\nid: a\nstatus: Cancelled", "dropped"),
        ("kind: initiative\nid: a\nchanges: [{component: b, effect: delete}]", "removal"),
        ("kind: component\nid: a\nlifecycle: beta", "experimental"),
        (SHOP + "uses: [{component: a, strength: optional}]", "soft"),
        (SHOP + "visibility: private", "restricted"),
    ],
)
def test_another_word_for_a_value_is_answered_with_ours(entity: str, value: str) -> None:
    (finding,) = (each for each in model(entity).findings if each.rule == "invalid-value")
    assert finding.help.startswith(f"did you mean `{value}`?")


def test_other_words_never_hide_a_name_of_ours_and_lead_to_one() -> None:
    for kind, words in other_words.KINDS.items():
        assert kind in KINDS
        assert not set(words.split()) & set(KINDS)
    parts = [*KINDS.values()]
    for part in parts:
        parts += [below for _, below in parts_of(part) if below not in parts]
    known = {name for part in parts for name in field_names(part)}
    assert set(other_words.FIELDS) <= known


@pytest.mark.parametrize(
    ("entity", "help_"),
    [
        ("kind: initiative\nid: a\nowner: core\neffort: 5 weeks", "write it by team: `effort: {core: 5}`"),
        ("kind: initiative\nid: a\neffort: 2.5", "write it by team: `effort: {TEAM: 2.5}`"),
        ("kind: initiative\nid: a\neffort: [core]", "write `effort: {TEAM: PERSON-WEEKS}`"),
        ("kind: initiative\nid: a\neffort: {core: 5 weeks}", "write the number without quotes or a unit: `core: 5`"),
        ("kind: initiative\nid: a\nscores: 5", "write `scores: {CRITERION: NUMBER}`"),
        ("kind: initiative\nid: a\nchanges: [auth]", "write `component: auth`, and add `effect:`"),
        ("kind: initiative\nid: a\ngoals: {g: 5}", "write a list: start each entry with `- `"),
        ("kind: team\nid: a\ncapacity: 12 weeks", "write the number without quotes or a unit: `capacity: 12`"),
        ("kind: team\nid: a\ncapacity: [12]", "write `capacity: {PERIOD: NUMBER}`"),
        ("kind: component\nid: a\nversions: [2.10]", "write `version: 2.10`"),
        ("kind: ballot\nid: a\nby: A\nvotes: 5", "write `votes: {INITIATIVE: {CRITERION: NUMBER}}`"),
        (SHOP + "reach: 5000", "write `users:`, `developers:` or `revenue:` below it"),
        (SHOP + "stakeholders: [Ana]", "write `name: Ana`"),
        (SHOP + "tier: high", "write a number, such as `tier: 1`"),
    ],
)
def test_a_value_in_another_form_is_answered_with_the_right_one(entity: str, help_: str) -> None:
    (finding,) = (each for each in model(entity).findings if each.rule == "wrong-type")
    assert finding.help == help_


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("owner: core\u00a0team", "it contains U+00A0 (no-break space): replace it with a space, or delete it"),
        ("visibility: 'public\u202f'", "it contains U+202F (narrow no-break space): replace it"),
        ("title\u00a0: Shop", "it contains U+00A0 (no-break space): replace it with a space, or delete it"),
        ("owner: \u2018core\u2019", "`\u2018` is no quotation mark in YAML"),
        ("uses: [{component: \u201ca\u201d}]", "`\u201c` is no quotation mark in YAML"),
    ],
)
def test_a_character_that_looks_like_another_is_named(field: str, said: str) -> None:
    (finding,) = (each for each in model(SHOP + field).findings if each.rule in ("invalid-value", "unknown-field"))
    assert finding.help.startswith(said)
