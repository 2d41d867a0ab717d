"""A broken mark of visibility is taken strictly: what may be meant as restricted is told to no one else."""

import json
from pathlib import Path

import pytest

from builders import model
from platctl.model.calendar import Date
from platctl.model.entity.entity import Visibility
from platctl.model.ref import Ref
from platctl.model.settings.audience import audience
from platctl.outlook.audience import seen_by
from repos import Repo
from running import platctl

WORK = """\
kind: initiative
id: merger
title: Zanzibar
outcome: Zanzibar
proposed_by: Ana
status: planned
owner: core
start: 2027-01-01
end: 2027-06-30
"""
OPEN = "kind: team\nid: core\nvisibility: public\n---\n"
SEEN = "---\n" + WORK.replace("merger", "seen").replace("Zanzibar", "Iceland") + "visibility: public\n"
PUBLIC, SECRET = "visibility: public\n", "visibility: restricted\n"
FLOOD = "".join(f"x-{each}: 1\nx-{each}: 2\n" for each in range(200))
MARKS = {
    "duplicate key": PUBLIC + SECRET,
    "duplicate key, the other way round": SECRET + PUBLIC,
    "duplicate key among many": FLOOD + PUBLIC + SECRET,
    "quoted duplicate": PUBLIC + '"visibility": restricted\n',
    "escaped duplicate": PUBLIC + '"visi\\x62ility": restricted\n',
    "misspelt": "visibilty: restricted\n",
    "misspelt beside a right one": PUBLIC + "visibilty: restricted\n",
    "capital": PUBLIC + "Visibility: restricted\n",
    "another name": PUBLIC + "visibilityLevel: restricted\n",
    "custom field": PUBLIC + "x-visibility: restricted\n",
    "custom field with a note": PUBLIC + "x-visibility: {level: restricted}\n",
    "letter that looks alike": PUBLIC + "vіsibility: restricted\n",
    "invisible letter": PUBLIC + "visi\u200bbility: restricted\n",
    "field that is restricted": PUBLIC + "access: Restricted\n",
    "merge key": PUBLIC + "<<: {visibility: restricted}\n",
    "merge key with an alias": "x-base: &base {visibility: restricted}\n" + PUBLIC + "<<: *base\n",
    "name that is an alias": "x-name: &name visibility\n" + PUBLIC + "*name : restricted\n",
    "name that is a list": PUBLIC + "? [visibility]\n: restricted\n",
    "empty": "visibility:\n",
    "null": "visibility: null\n",
    "unreadable": "visibility: [public]\n",
    "unknown value": "visibility: publik\n",
    "tag": "visibility: !restricted public\n",
    "lone tag": "visibility: ! public\n",
    "cut off": f"visibility: {'p' * 70_000}\n",
    "conflict": f"<<<<<<< ours\n{PUBLIC}=======\n{SECRET}>>>>>>> theirs\n",
}
OTHERS = {
    "defined twice": PUBLIC + "---\n" + WORK + SECRET,
    "defined twice, the other way round": SECRET + "---\n" + WORK + PUBLIC,
    "defined twice, once without a mark": PUBLIC + "---\n" + WORK,
    "defined twice, once with a doubt": PUBLIC + "---\n" + WORK + PUBLIC + "visibilty: restricted\n",
    "defined twice, once unreadable": PUBLIC + "---\nkind: initiativ\nid: merger\nvisibility: restricted\n",
    "defined twice, in other letters": PUBLIC + "---\n" + WORK.replace("merger", "Merger") + SECRET,
}
CLEAR = {
    "public": PUBLIC,
    "twice the same": PUBLIC + "x-visibility: public\n",
    "another field": PUBLIC + "x-classification: open\nx-priority: 3\n",
}
broken = pytest.mark.parametrize("mark", [*MARKS.values(), *OTHERS.values()], ids=[*MARKS, *OTHERS])
MERGER = Ref("initiative", "default", "merger")
TODAY = Date(2027, 2, 1)


@broken
def test_a_broken_mark_is_taken_strictly(mark: str) -> None:
    found = model(OPEN + WORK + mark + SEEN)
    assert found.visibility(MERGER) is Visibility.RESTRICTED
    for name in ("customers", "developers", "product-managers"):
        reader = audience(name, {})
        assert reader
        assert set(seen_by(found, reader, TODAY).initiatives) <= {Ref("initiative", "default", "seen")}


@pytest.mark.parametrize("mark", CLEAR.values(), ids=CLEAR)
def test_a_clear_mark_is_taken_as_it_is(mark: str) -> None:
    found = model(OPEN + WORK + mark + SEEN)
    assert found.visibility(MERGER) is Visibility.PUBLIC
    assert found.doubts == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["duplicate key among many", "misspelt beside a right one", "defined twice"])
def test_it_is_said_on_the_side_and_never_in_what_is_published(tmp_path: Path, name: str) -> None:
    repo = Repo(tmp_path / "r")
    repo.write("model.yaml", OPEN + WORK.replace("2027-06-30", "2027-09-30") + PUBLIC + SEEN)
    repo.commit()
    repo.write("model.yaml", OPEN + WORK + (MARKS | OTHERS)[name] + SEEN)
    repo.commit()
    for command in ("roadmap", "changelog HEAD~1"):
        for format_ in ("text", "json", "markdown", "html", "csv"):
            options = ("--audience", "customers", "--format", format_, "--today", "2027-02-01")
            result = platctl(*command.split(), *options, cwd=repo.path)
            assert result.returncode == 0, result.stderr
            assert "merger" not in result.stdout
            assert "Zanzibar" not in result.stdout
            assert "note: initiative:merger is treated as restricted" in result.stderr
    result = platctl(
        "roadmap", "--audience", "customers", "--output-dir", "pages", "--today", "2027-02-01", cwd=repo.path
    )
    assert result.returncode == 0
    assert all("Zanzibar" not in page.read_text() for page in (repo.path / "pages").rglob("*") if page.is_file())
    found = json.loads(platctl("validate", "--format", "json", cwd=repo.path).stdout)["diagnostics"]
    assert "doubtful-visibility" in {each["finding"]["rule"] for each in found}
