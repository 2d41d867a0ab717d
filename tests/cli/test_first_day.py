"""What a person reads on the first day with a large model: what matters, and counts instead of a thousand lines."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from running import platctl

_MOST_LINES = 120
_TODAY = ("--today", "2026-11-28")
_COUNT = 1400


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,400 initiatives as an import brings them: no goals, no scores, no effort; and one broken reference."""
    folder = tmp_path_factory.mktemp("first-day")
    texts = [f"kind: component\nid: c{nth}\nowner: t{nth % 9}\n" for nth in range(120)]
    texts += [f"kind: team\nid: t{nth}\n" for nth in range(9)]
    statuses = ("idea", "proposed", "planned", "active", "done")
    for nth in range(_COUNT):
        status = statuses[nth % 5]
        when = f"period: 2027-Q{nth % 4 + 1}\n" if status in ("planned", "active", "done") else ""
        texts.append(f"kind: initiative\nid: i{nth}\ntitle: Work {nth}\nowner: t{nth % 9}\nstatus: {status}\n{when}")
    texts.append("kind: consumer\nid: app\nowner: t1\nuses: [c1, no-such-component]\n")
    (folder / "model.yaml").write_text("---\n".join(texts))
    return folder


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("name", ["validate", "roadmap", "backlog"])
def test_a_screenful_and_the_count_of_the_rest(large: Path, name: str, width: str) -> None:
    done = platctl("-C", large, name, *_TODAY, env={"COLUMNS": width})
    assert done.returncode == (1 if name == "validate" else 0)
    assert len(done.stdout.splitlines()) <= _MOST_LINES
    assert re.search(r"\d{3} more|And more", done.stdout)


def test_validate_shows_every_error_and_how_to_see_the_rest(large: Path) -> None:
    text = platctl("-C", large, "validate", *_TODAY).stdout
    assert "error[unknown-reference]: component `no-such-component` does not exist" in text
    commands = dict(re.findall(r"^ +([\d,]+)  \S+ +platctl validate --rule (\S+)$", text, re.MULTILINE))
    assert commands
    for count, rule in commands.items():
        whole = platctl("-C", large, "validate", "--rule", rule, *_TODAY, "--fail-on", "never").stdout
        shown = len(re.findall(rf"^\w+\[{rule}\]", whole, re.MULTILINE))
        assert shown == int(count.replace(",", "")) + len(re.findall(rf"^\w+\[{rule}\]", text, re.MULTILINE))


def test_what_no_initiative_has_is_asked_for_once(large: Path) -> None:
    text = platctl("-C", large, "validate", *_TODAY).stdout
    (told,) = re.findall(r"([\d,]+) initiatives lack `goals` for their status", text)
    assert told == "560"
    assert text.count("`goals`") == text.count("lack `goals`")


def test_published_forms_are_complete(large: Path, tmp_path: Path) -> None:
    files = {each: tmp_path / each for each in ("json", "csv", "html", "markdown")}
    reports = [word for each, file in files.items() for word in ("--report", f"{each}={file}")]
    platctl("-C", large, "validate", *_TODAY, "--output", tmp_path / "text", *reports)
    findings = json.loads(files["json"].read_text("utf-8"))["diagnostics"]
    assert len(findings) == len(list(csv.reader(io.StringIO(files["csv"].read_text("utf-8"))))) - 1
    page = files["html"].read_text("utf-8")
    assert page.count("<h2") == len(findings)
    platctl("-C", large, "roadmap", *_TODAY, "--output", tmp_path / "roadmap.html")
    page = (tmp_path / "roadmap.html").read_text("utf-8")
    assert all(f"Work {nth}<" in page for nth in range(_COUNT) if nth % 5 in (2, 3))
    platctl("-C", large, "backlog", *_TODAY, "--format", "html", "--output", tmp_path / "backlog.html")
    page = (tmp_path / "backlog.html").read_text("utf-8")
    assert all(f"(i{nth})" in page for nth in range(_COUNT) if nth % 5 != 4)
