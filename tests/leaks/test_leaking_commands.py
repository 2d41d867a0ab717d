"""What the commands themselves say and leave behind: names of files, lists of pages, and what is said of names."""

import re
from pathlib import Path

import pytest

from leaks.planted import TODAY, Plan
from leaks.test_leaks import AUDIENCES, READERS, SECRETS, leaked, planted
from running import platctl

CUSTOMERS = next(each for each in READERS if each.name == "customers")
MANAGERS = next(each for each in READERS if each.name == "product-managers")


@pytest.fixture(scope="module")
def written() -> Plan:
    return planted(0)


@pytest.fixture(scope="module")
def folder(written: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    for name, text in {**written.files(), "platctl.yaml": AUDIENCES + SECRETS}.items():
        (folder / name).write_text(text)
    return folder


def roadmap(folder: Path, *arguments: str | Path, audience: str = "customers") -> tuple[int, str]:
    """What the roadmap prints, on whichever stream."""
    run = platctl("-C", folder, "roadmap", "-a", audience, "--today", TODAY.isoformat(), *arguments)
    return run.returncode, run.stdout + run.stderr


def hidden(written: Plan, kind: str) -> str:
    """The id of something that customers may not see."""
    number = next(number for (each, number) in written.documents if each == kind and not _sees(written, each, number))
    return str(written.documents[kind, number].fields["id"].value)


def _sees(written: Plan, kind: str, number: int) -> bool:
    return written.sees(CUSTOMERS, kind, number)


@pytest.mark.parametrize("format_", ["markdown", "html", "confluence", "json"])
def test_pages_of_an_earlier_audience_are_gone(written: Plan, folder: Path, tmp_path: Path, format_: str) -> None:
    wiki = tmp_path / "wiki"
    assert roadmap(folder, "--output-dir", wiki, audience="product-managers")[0] == 0
    before = {path.name for path in wiki.iterdir()}
    assert roadmap(folder, "--output-dir", wiki, "-f", format_)[0] == 0
    pages = [(path.name, f"{path.name}\n{path.read_text()}") for path in wiki.iterdir()]
    assert before - {name for name, _ in pages}
    assert leaked(written, CUSTOMERS, pages) == {}


@pytest.mark.parametrize("kind", ["consumer", "team", "goal", "component"])
@pytest.mark.parametrize("prefix", ["", "KIND:"])
def test_of_a_hidden_name_only_the_visibility_is_told(written: Plan, folder: Path, kind: str, prefix: str) -> None:
    name = hidden(written, kind)
    prefix = prefix.replace("KIND", kind)
    code, said = roadmap(folder, "--for", prefix + name)
    assert code == 2
    assert re.match(rf"error: `--for` names a {kind} that is (internal|restricted): customers may not see it\n", said)
    assert leaked(written, CUSTOMERS, [("message", said)]) == {}


@pytest.mark.parametrize("kind", ["consumer", "team", "goal", "component"])
def test_similar_names_of_what_is_hidden_are_not_suggested(written: Plan, folder: Path, kind: str) -> None:
    name = hidden(written, kind)
    code, said = roadmap(folder, "--for", f"{name}x")
    assert code == 2
    assert leaked(written, CUSTOMERS, [("message", said.replace(f"{name}x", ""))]) == {}


@pytest.mark.parametrize("selector", ["{}", "{}+", "+{}", "initiative:{}", "@{}"])
def test_a_selector_reaches_nothing_hidden_and_nothing_through_it(written: Plan, folder: Path, selector: str) -> None:
    name, nothing = hidden(written, "initiative"), "mk0123abcdzz"
    code, said = roadmap(folder, "--select", selector.format(name))
    other, also = roadmap(folder, "--select", selector.format(nothing))
    assert (code, other) == (2, 2)
    assert leaked(written, CUSTOMERS, [("message", said.replace(name, ""))]) == {}
    assert said.splitlines()[0].replace(name, nothing) == also.splitlines()[0]


def test_whoever_publishes_may_choose_by_what_is_not_published(written: Plan, folder: Path) -> None:
    (number,) = [n for (kind, n) in written.documents if kind == "initiative" and _sees(written, kind, n)][:1]
    path = next(name for name, text in written.files().items() if str(_id(written, number)) in text.split('"title"')[0])
    code, said = roadmap(folder, "--select", f"path:{path}", "-f", "csv")
    assert (code, len(said.splitlines())) == (0, 2)


def _id(written: Plan, number: int) -> object:
    return written.documents["initiative", number].fields["id"].value
