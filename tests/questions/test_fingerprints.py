"""A finding is recognized wherever it stands: fingerprints hold no line, no file and no order of lists."""

import datetime
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders import model, parsed
from impacts import compared
from platctl.finding import Finding
from platctl.model.load import load
from platctl.model.model import Model
from platctl.rules.report import ValidationReport
from platctl.rules.validation import ValidationOptions, validate

EXAMPLE = Path(__file__).parents[2] / "examples" / "streaming"
WRONG = """\
kind: component
id: shared
titel: Shared
version: 1.x.y
layer: nowhere
tags: one
interfaces:
  - version: 1.0.0
  - id: rest
    versions:
      - {version: 1.0.0, since: 2020-03-01, deprecated: 2020-02-01, sunset: 2020-01-01}
      - {version: 0.9.0, sunset: 2020-01-01}
depends_on:
  - {requires: ">=1", need_by: 2027-99-01, since: 2027-99-01}
  - {component: other, requires: ">=7"}
  - {component: more, requires: ">=7"}
  - {component: other, requires: "^7", strength: soft}
  - {component: more, requires: "^7", strength: soft}
---
{kind: component, id: other, version: 1.0.0, depends_on: [SHARED]}
---
{kind: component, id: more, version: 1.0.0, depends_on: [shared, nobody]}
---
{kind: component}
---
kind: consumer
id: shop
uses: [nobody, "shared#soap", SHARED]
freezes:
  - {reason: holidays}
  - {start: 2027-02-01, end: 2027-01-01}
---
kind: initiative
id: retire
status: planned
requested_by: [nobody]
for: nobody
changes:
  - {component: other, effect: removal, version: "7"}
  - {component: more, effect: removal, version: "7"}
approvals: [{consumer: shop}, {by: Ana}]
---
kind: gaol
id: trust
"""


def everything(found: Model) -> ValidationReport:
    return validate(found, "", ValidationOptions(datetime.date(2027, 1, 1)))


def findings(found: Model) -> list[Finding]:
    report = everything(found)
    return [*(each.finding for each in report.diagnostics), *(each.finding for each in report.waived)]


def marks(texts: Mapping[str, str]) -> dict[str, str]:
    """By fingerprint: the rule, and what is said without what counts places in lists."""
    found = load([parsed(text, path) for path, text in texts.items() if path != "platctl.yaml"], _config(texts))
    return {each.fingerprint: each.rule for each in findings(found)}


def _config(texts: Mapping[str, str]) -> Any:
    return parsed(texts["platctl.yaml"], "platctl.yaml") if "platctl.yaml" in texts else None


def example() -> dict[str, str]:
    """The files of the made-up company, with its change."""
    found = {}
    for folder in ("model", "change"):
        root = EXAMPLE / folder
        found |= {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.yaml"))}
    return found


# What may move -----------------------------------------------------------------------------------------------


def lower(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: "# a line\n" * 10 + text for path, text in texts.items()}


def elsewhere(texts: Mapping[str, str]) -> dict[str, str]:
    return {path if path == "platctl.yaml" else f"moved/{path}": text for path, text in texts.items()}


def other_order(texts: Mapping[str, str]) -> dict[str, str]:
    """The documents of each file from the last to the first."""
    return {path: "\n---\n".join(reversed(text.split("\n---\n"))) for path, text in texts.items()}


MOVES = [lower, elsewhere, other_order]


@pytest.mark.parametrize("move", MOVES)
def test_findings_of_a_real_model_are_recognized_after_a_move(
    move: Callable[[Mapping[str, str]], dict[str, str]],
) -> None:
    texts = {**example(), "platctl.yaml": "{}"}
    before = marks(texts)
    assert len(before) > 5
    assert marks(move(texts)) == before


@pytest.mark.parametrize("move", [lower, other_order])
def test_findings_of_a_model_full_of_mistakes_are_recognized_after_a_move(
    move: Callable[[Mapping[str, str]], dict[str, str]],
) -> None:
    texts = {"wrong.yaml": WRONG}
    before = marks(texts)
    assert len(set(before.values())) > 15
    assert marks(move(texts)) == before


def test_findings_are_recognized_when_lists_are_sorted_otherwise() -> None:
    documents = list(yaml.safe_load_all(re.sub("(2027-99-01)", r'"\1"', WRONG)))
    assert marks({"a.yaml": _dumped(map(_reversed, documents))}) == marks({"a.yaml": _dumped(documents)})


def _dumped(documents: Any) -> str:
    return str(yaml.safe_dump_all(documents, sort_keys=False))


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(each) for key, each in value.items()}
    return [_reversed(each) for each in reversed(value)] if isinstance(value, list) else value


# What must be told apart -------------------------------------------------------------------------------------


@pytest.mark.parametrize("texts", [{"wrong.yaml": WRONG}, example()], ids=["mistakes", "streaming"])
def test_no_two_findings_share_a_fingerprint(texts: Mapping[str, str]) -> None:
    found = findings(load([parsed(text, path) for path, text in texts.items() if path != "platctl.yaml"]))
    assert len({each.fingerprint for each in found}) == len(found)


OLD = "".join(
    f"---\nkind: component\nid: {name}\nversions:\n  - {{version: 1.0.0, lifecycle: deprecated}}\n"
    for name in ("old", "older")
)
ALIKE = {
    "missing-field": ("freezes:\n  - reason: x\n", "freezes:\n  - reason: x\n    end: 2027-01-01\n"),
    "unsatisfied-range": (
        'uses:\n  - {component: a, requires: ">=7"}\n  - {component: b, requires: ">=7"}\n',
        'uses:\n  - {component: a, requires: ">=1"}\n  - {component: b, requires: ">=7"}\n',
    ),
    "invalid-range": (
        'uses:\n  - {component: a, requires: "^7"}\n  - {component: b, requires: "^7"}\n',
        'uses:\n  - {component: a, requires: ">=1"}\n  - {component: b, requires: "^7"}\n',
    ),
    "invalid-value": (
        "uses:\n  - {component: a, since: 2027-99-01, need_by: 2027-99-01}\n",
        "uses:\n  - {component: a, since: 2027-01-01, need_by: 2027-99-01}\n",
    ),
    "end-before-start": (
        "uses: []\n---\nkind: component\nid: z\nversions:\n"
        "  - {version: 1.0.0, since: 2020-01-15, deprecated: 2020-02-01, sunset: 2020-01-01}\n",
        "uses: []\n---\nkind: component\nid: z\nversions:\n"
        "  - {version: 1.0.0, since: 2020-01-15, sunset: 2020-01-01}\n",
    ),
    "sunset-in-past": (
        "uses: []\n---\nkind: component\nid: z\nversions:\n"
        "  - {version: 1.0.0, sunset: 2020-01-01}\n  - {version: 2.0.0, sunset: 2020-01-01}\n",
        "uses: []\n---\nkind: component\nid: z\nversions:\n"
        "  - {version: 1.0.0, sunset: 2099-01-01}\n  - {version: 2.0.0, sunset: 2020-01-01}\n",
    ),
    "unknown-reference": (
        "uses: []\n---\nkind: initiative\nid: i\nrequested_by: [nobody]\nfor: nobody\n",
        "uses: []\n---\nkind: initiative\nid: i\nrequested_by: [shop]\nfor: nobody\n",
    ),
    "deprecated-dependency": (
        'uses:\n  - {component: old, requires: "<2"}\n  - {component: older, requires: "<2"}\n' + OLD,
        'uses:\n  - {component: old, requires: "<3"}\n  - {component: older, requires: "<2"}\n'
        + OLD.replace("versions:", "versions:\n  - {version: 2.0.0}", 1),
    ),
    "repeated-entry": (
        "uses: []\n---\nkind: initiative\nid: i\nrequested_by: [x, x]\ngoals: [x, x]\n",
        "uses: []\n---\nkind: initiative\nid: i\nrequested_by: [x]\ngoals: [x, x]\n",
    ),
}
OTHERS = (
    "kind: component\nid: a\nversion: 1.0.0\n---\nkind: component\nid: b\nversion: 1.0.0\n---\n"
    "kind: consumer\nid: shop\n"
)


@pytest.mark.parametrize(("rule", "texts"), ALIKE.items(), ids=ALIKE)
def test_a_finding_stays_the_same_when_one_that_looks_alike_is_put_right(rule: str, texts: tuple[str, str]) -> None:
    both, rest = ([each.fingerprint for each in findings(model(OTHERS + text)) if each.rule == rule] for text in texts)
    assert (len(both), len(rest)) == (2, 1)
    assert rest[-1] == both[-1]


def test_what_stands_in_a_document_that_can_not_be_read_does_not_belong_to_the_entity_above() -> None:
    """Or it would be another finding as soon as an entity is written between them."""
    broken = "kind: gaol\nid: trust\n"
    one = {each.rule: each.fingerprint for each in findings(model(OTHERS + "---\n" + broken))}
    two = {each.rule: each.fingerprint for each in findings(model(OTHERS + "---\nkind: team\nid: new\n---\n" + broken))}
    assert one["unknown-kind"] == two["unknown-kind"]


def test_settings_and_options_change_no_fingerprint() -> None:
    plain = {each.fingerprint for each in findings(model(WRONG))}
    config = "rules: {unknown-field: info}\nwaivers: [{rule: invalid-range, reason: soon}]\n"
    settled = {each.fingerprint for each in findings(model(WRONG, config=config))}
    assert settled == plain
    ignoring = validate(
        model(WRONG), "", ValidationOptions(datetime.date(2027, 1, 1), ignore=frozenset({"missing-field"}))
    )
    assert {each.finding.fingerprint for each in ignoring.diagnostics} < plain


# Effects -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("move", MOVES)
def test_effects_are_recognized_after_a_move(move: Callable[[Mapping[str, str]], dict[str, str]]) -> None:
    head = example()
    base = {
        path.relative_to(EXAMPLE / "model").as_posix(): path.read_text("utf-8")
        for path in sorted((EXAMPLE / "model").rglob("*.yaml"))
    }
    before, after = _verdicts(base, head), _verdicts(move(base), move(head))
    assert len(before) == 10
    assert after == before


def _verdicts(base: Mapping[str, str], head: Mapping[str, str]) -> dict[str, str]:
    states = [
        load([parsed(text, path) for path, text in texts.items() if path != "platctl.yaml"], _config(texts))
        for texts in (base, head)
    ]
    return {each.fingerprint: each.consumer.id for each in compared(*states).verdicts}
