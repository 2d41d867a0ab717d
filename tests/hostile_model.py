"""A repository in which every free text is hostile, with a change that affects somebody."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from platctl.model.settings.usual_scoring import USUAL
from render.oracles import HOSTILE
from running import git

MARK = "Zq"
"""Stands in every text, so that an output that has none of them proves nothing."""

TODAY = "2027-02-01"
CONFIG = """\
policies: [{id: ask, when: {level: at-risk}, action: approve, by: [product-manager, owner]}]
people: {Zq owner: "@Zq/owner"}
"""

_SCORES = {
    criterion["id"]: usual["classes"][0] if "classes" in usual else 1
    for usual in USUAL.values()
    for criterion in usual["criteria"]
}
"""A rating for whatever a usual scoring model asks for."""


def hostile_repository(folder: Path) -> Path:
    """One commit, and a working tree in which versions that are required are gone."""
    git(folder.parent, "init", "-q", "-b", "main", str(folder))
    (folder / "platctl.yaml").write_text(CONFIG, "utf-8")
    (folder / f"{MARK} teams.yaml").write_text(_text(_teams()), "utf-8")
    model = folder / f"{MARK} ${{{{ x }}}} {{0}}.yaml"
    model.write_text(_text(_documents("1.0.0")), "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", HOSTILE[0], "--date", f"{TODAY}T12:00:00Z")
    model.write_text(_text(_documents("2.0.0")), "utf-8")
    return folder


def _text(documents: Iterable[Mapping[str, object]]) -> str:
    return "---\n".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in documents)


def _texts() -> list[str]:
    return [f"{each} {MARK}".replace("\udc80", "") for each in HOSTILE]


def _teams() -> Iterator[Mapping[str, object]]:
    for number, text in enumerate(_texts()):
        title = {"title": text, "description": text, "lead": text, "members": [text]}
        yield {
            "kind": "team",
            "id": f"t{number}",
            "handle": f"@{MARK}/t",
            "owner": f"t{number}",
            "capacity": 3,
            **title,
        }


def _documents(version: str) -> Iterator[Mapping[str, object]]:
    for number, text in enumerate(_texts()):
        titles = {"title": text, "description": text}
        owner = {"owner": f"t{number}"}
        yield {
            **{"kind": "goal", "id": f"g{number}", **titles, **owner},
            "metrics": [{"id": "m", "title": text, "unit": text, "baseline": 1, "target": 2}],
        }
        yield {
            **{"kind": "component", "id": f"c{number}", **titles, **owner},
            **{"version": version, "tags": [text], "x-own": {text: text}},
        }
        yield {
            **{"kind": "consumer", "id": f"u{number}", **titles, **owner, "product_manager": text},
            **{"stakeholders": [{"name": text, "role": text}], "reach": {"users": number}},
            "uses": [{"component": f"c{number}", "requires": "<2", "note": text}],
        }
        yield {
            **{"kind": "initiative", "id": f"i{number}", **titles, **owner, "outcome": text, "proposed_by": text},
            **{"status": "planned" if number else "idea", "period": "2027-Q2", "goals": [f"g{number}"]},
            **{"effort": {f"t{number}": 1}, "for": f"u{number}", "scores": dict(_SCORES)},
            **{"changes": [{"component": f"c{number}", "effect": "addition", "version": "3.0.0"}]},
            **{"risks": [{"risk": text, "mitigation": text}], "visibility": "public"},
        }
        yield {
            **{"kind": "scenario", "id": f"s{number}", **titles, **owner, "bans": [f"i{number}"]},
            "edits": [{"entity": f"team:t{number}", "set": {"title": f"{text}!", "x-own": {text: text}}}],
            "add": [{"kind": "initiative", "id": f"added{number}", "title": text, "owner": f"t{number}"}],
            "capacity": [{"team": f"t{number}", "add": 2}],
        }
