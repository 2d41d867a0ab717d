"""`platctl roadmap` into a wiki: a folder of pages, a file, or a part of a page; and whether they are up to date."""

import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from running import Run, platctl

ROADMAP = ("roadmap", "--output-dir", "wiki")


@pytest.fixture
def in_wiki(unpacked: Path, tmp_path: Path, run: Run) -> Run:
    """Runs the command in a folder that has no pages yet."""
    return partial(run, "-C", unpacked, cwd=tmp_path)


@pytest.fixture(scope="module")
def written(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of one run; not to be changed."""
    folder = tmp_path_factory.mktemp("written") / "wiki"
    assert platctl("-C", unpacked, "roadmap", "--output-dir", folder).returncode == 0
    return folder


@pytest.fixture
def wiki(written: Path, tmp_path: Path) -> Path:
    """A copy of it, as `in_wiki` would have written it."""
    return Path(shutil.copytree(written, tmp_path / "wiki"))


# Links ------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The names that a page has, and where its links lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes up names and links."""
        for name, value in attrs:
            if value and (name == "id" or (tag == "a" and name == "name")):
                self.names.append(value)
            if value and tag == "a" and name == "href":
                self.links.append(value)


def tokens(found: list[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from tokens(token.children or [])


def of_markdown(text: str) -> Page:
    """A page as a reader of Markdown sees it, with the names that stand in braces."""
    parsed = list(tokens(MarkdownIt("commonmark").enable("table").parse(text)))
    page = Page("".join(token.content for token in parsed if token.type in ("html_block", "html_inline")))
    page.links += [str(token.attrGet("href")) for token in parsed if token.type == "link_open"]
    page.names += re.findall(r"\{#(\S+?)\}$", text, re.MULTILINE)
    return page


def read(folder: Path, ending: str) -> dict[str, Page]:
    return {
        path.name.removesuffix(ending): (Page if ending == ".html" else of_markdown)(path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(ending)
    }


@pytest.mark.parametrize(
    ("arguments", "ending", "link"),
    [
        ("--format html", ".html", r"(.*)\.html"),
        ("", ".md", r"(.*)\.md"),
        ("--dialect github-wiki", ".md", r"(.*)"),
        ("--dialect gitlab-wiki", ".md", r"\./(.*)"),
        ("--dialect mkdocs", ".md", r"(.*)\.md"),
        ("--dialect docusaurus", ".md", r"(.*)\.md"),
        ("--audience customers --index Roadmap", ".md", r"(.*)\.md"),
    ],
)
def test_every_link_leads_to_a_page_of_the_folder_and_a_name_on_it(
    in_wiki: Run, tmp_path: Path, arguments: str, ending: str, link: str
) -> None:
    assert in_wiki(*ROADMAP, *arguments.split()).returncode == 0
    pages = read(tmp_path / "wiki", ending)
    followed: set[str] = set()
    for name, page in pages.items():
        assert len(page.names) == len(set(page.names)), name
        for target in page.links:
            path, _, anchor = unquote(target).partition("#")
            found = re.fullmatch(link, path) if path else None
            led = found[1] if found else name
            assert led in pages, f"{name} leads to {target}"
            assert not anchor or anchor in pages[led].names, f"{name} leads to {target}"
            followed.add(led)
    index = "Roadmap" if "--index" in arguments else "index"
    assert pages.keys() - followed - {index} == set(), "every page but the first is led to"


@pytest.mark.parametrize(("format_", "ending"), [("confluence", ".xml"), ("mediawiki", ".wiki"), ("json", ".json")])
def test_other_wikis_get_the_same_pages(in_wiki: Run, tmp_path: Path, format_: str, ending: str) -> None:
    in_wiki(*ROADMAP, "--format", format_)
    names = {path.stem for path in (tmp_path / "wiki").iterdir() if path.suffix == ending}
    assert {"index", "consumer-tv-app", "team-access", "goal-vision", "component-identity"} <= names


# Again and again --------------------------------------------------------------------------------------------


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_second_run_says_so_and_touches_nothing(in_wiki: Run, tmp_path: Path) -> None:
    first = in_wiki(*ROADMAP)
    assert "wrote wiki/consumer-tv-app.md" in first.stderr.splitlines()
    before = state(tmp_path / "wiki")
    again = in_wiki(*ROADMAP)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "all pages are up to date\n")
    assert state(tmp_path / "wiki") == before


def test_a_quiet_run_only_counts(in_wiki: Run, tmp_path: Path) -> None:
    first = in_wiki("-q", *ROADMAP)
    count = len(list((tmp_path / "wiki").glob("*.md")))
    assert (first.stdout, first.stderr) == ("", f"pages: {count} written, 0 removed\n")
    assert in_wiki("-q", *ROADMAP).stderr == "all pages are up to date\n"


def test_pages_of_what_is_gone_are_removed_and_what_somebody_else_wrote_stays(wiki: Path, in_wiki: Run) -> None:
    (wiki / "team-tour.md").write_text("Ours.\n", "utf-8")
    fewer = in_wiki(*ROADMAP, "--audience", "customers")
    assert "removed wiki/team-access.md" in fewer.stderr.splitlines()
    assert not (wiki / "team-access.md").exists()
    assert (wiki / "team-tour.md").read_text("utf-8") == "Ours.\n"


def test_a_page_that_no_run_wrote_is_not_replaced(in_wiki: Run, tmp_path: Path) -> None:
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki/index.md").write_text("Welcome.\n", "utf-8")
    for more in ((), ("--check",)):
        refused = in_wiki(*ROADMAP, *more)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.splitlines()[0] == "error: `wiki/index.md` exists, and was not written by an earlier run"
    assert [path.name for path in (tmp_path / "wiki").iterdir()] == ["index.md"]
    assert in_wiki(*ROADMAP, "--index", "Roadmap").returncode == 0
    assert (tmp_path / "wiki/index.md").read_text("utf-8") == "Welcome.\n"


def test_a_list_of_pages_removes_nothing_outside_of_its_folder(wiki: Path, in_wiki: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("Mine.\n", "utf-8")
    (wiki / "link.md").symlink_to(tmp_path / "mine.md")
    with (wiki / ".platctl-pages").open("a", encoding="utf-8") as listed:
        listed.write("../mine.md\nlink.md\n/etc/hostname\n..\n\n")
    assert in_wiki(*ROADMAP).returncode == 0
    assert (tmp_path / "mine.md").exists()
    assert (wiki / "link.md").is_symlink()


# Only looking -----------------------------------------------------------------------------------------------


def test_a_check_of_fresh_pages_says_nothing(wiki: Path, in_wiki: Run) -> None:
    fresh = in_wiki(*ROADMAP, "--check")
    assert (fresh.returncode, fresh.stdout, fresh.stderr) == (0, "", "")


def test_a_check_shows_what_a_run_would_change_and_changes_nothing(wiki: Path, in_wiki: Run) -> None:
    page = wiki / "consumer-tv-app.md"
    page.write_text(page.read_text("utf-8").replace("2027-03-31", "2027-06-30"), "utf-8")
    (wiki / "team-access.md").unlink()
    before = state(wiki)
    stale = in_wiki(*ROADMAP, "--check")
    assert stale.returncode == 1
    assert stale.stderr == "2 pages out of date; run without `--check` to update\n"
    lines = stale.stdout.splitlines()
    assert lines[:2] == ["--- wiki/consumer-tv-app.md", "+++ wiki/consumer-tv-app.md"]
    assert "+- Move off **Identity (identity\\#rest) 2.4.0** by 2027-03-31" in lines
    assert "+++ wiki/team-access.md" in lines
    assert state(wiki) == before


def test_a_check_names_pages_that_a_run_would_remove(wiki: Path, in_wiki: Run) -> None:
    stale = in_wiki(*ROADMAP, "--audience", "customers", "--check")
    assert stale.returncode == 1
    assert "--- wiki/team-access.md\n+++ /dev/null\n" in stale.stdout
    assert (wiki / "team-access.md").exists()


def test_a_page_with_other_ends_of_lines_is_out_of_date(in_wiki: Run, tmp_path: Path) -> None:
    in_wiki("roadmap", "--output", "roadmap.md")
    page = tmp_path / "roadmap.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    stale = in_wiki("roadmap", "--output", "roadmap.md", "--check")
    assert (stale.returncode, "only line endings differ" in stale.stdout) == (1, True)


# One file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.md", "## Roadmap: now, next, later\n"),
        ("a.HTML", "<!DOCTYPE html>"),
        ("a.xml", "<p>22 initiatives"),
        ("a.wiki", "22 initiatives"),
        ("a.json", '{"format":"platctl.roadmap"'),
        ("a.csv", "initiative,title,"),
        ("a.mmd", "gantt\n"),
        ("a.txt", "Roadmap: now, next, later\n"),
        ("a", "Roadmap: now, next, later\n"),
    ],
)
def test_the_ending_of_a_file_is_its_format(in_wiki: Run, tmp_path: Path, name: str, begins: str) -> None:
    assert in_wiki("roadmap", "--output", name).stdout == ""
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert in_wiki("roadmap", "--output", name, "--check").returncode == 0


# A part of a page -------------------------------------------------------------------------------------------

INJECT = ("roadmap", "--inject", "page.md", "--for", "tv-app")
BEGIN, END = "<!-- platctl:begin roadmap -->", "<!-- platctl:end roadmap -->"


def test_what_stands_between_the_markers_is_replaced_and_nothing_else(in_wiki: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(f"# Ours \r\n\r\n{BEGIN}\r\nold\r\n{END}\r\n\r\nMixed\nends \t".encode())
    assert in_wiki(*INJECT).stderr == "wrote page.md\n"
    before, _, rest = page.read_bytes().partition(f"{BEGIN}\r\n".encode())
    text, _, after = rest.partition(END.encode())
    assert (before, after) == (b"# Ours \r\n\r\n", b"\r\n\r\nMixed\nends \t")
    assert b"What the platform needs from you (1)\r\n" in text
    assert text.count(b"\n") == text.count(b"\r\n")
    assert b"Lanterna for TV" not in text, "the page has a heading of its own"
    assert in_wiki(*INJECT).stderr == "all pages are up to date\n"
    assert in_wiki(*INJECT, "--check").returncode == 0


def test_two_parts_of_one_page_have_markers_of_their_own(in_wiki: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n{BEGIN.replace('roadmap', 'next')}\n{END.replace('roadmap', 'next')}\n", "utf-8")
    in_wiki(*INJECT)
    in_wiki(*INJECT, "--marker", "next", "--audience", "customers")
    assert in_wiki(*INJECT, "--check").returncode == 0
    assert in_wiki(*INJECT, "--marker", "next", "--audience", "customers", "--check").returncode == 0


def test_a_check_of_a_part_shows_the_difference_and_leaves_the_page(in_wiki: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Ours\n{BEGIN}\n{END}\n", "utf-8")
    stale = in_wiki(*INJECT, "--check")
    assert stale.returncode == 1
    assert "+### What the platform needs from you (1)" in stale.stdout.splitlines()
    assert page.read_text("utf-8") == f"Ours\n{BEGIN}\n{END}\n"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("no markers\n", "`page.md` has no line `<!-- platctl:begin roadmap -->`"),
        (f"{BEGIN}\n", "`page.md` has no line `<!-- platctl:end roadmap -->`"),
        (f"text {BEGIN}\n{END}\n", "`page.md` has no line `<!-- platctl:begin roadmap -->`"),
        (f"{BEGIN}\n{BEGIN}\n{END}\n", "`page.md` has 2 lines `<!-- platctl:begin roadmap -->`"),
        (f"{END}\n{BEGIN}\n", "in `page.md` the end marker is before the begin marker"),
    ],
)
def test_a_page_without_its_two_markers_is_refused_and_left(
    in_wiki: Run, tmp_path: Path, text: str, error: str
) -> None:
    (tmp_path / "page.md").write_text(text, "utf-8")
    refused = in_wiki(*INJECT)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.splitlines()[0] == f"error: {error}"
    assert (tmp_path / "page.md").read_text("utf-8") == text


# What can't be written --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("--output-dir link", "error: `link` is not a folder, or is a link"),
        ("--output-dir file", "error: `file` is not a folder, or is a link"),
        ("--output-dir file/below", "error: can't make `file/below`"),
        ("--output-dir full --index link", "error: the page `full/link.md` is a link, or not a file"),
        ("--output-dir full --index folder", "error: the page `full/folder.md` is a link, or not a file"),
        ("--output folder", "error: the output `folder` is a folder"),
        ("--output link.md --check", "error: the page `link.md` is a link, or not a file"),
        ("--output missing/a.md", "error: can't write `missing/a.md`: no such file or directory"),
        ("--inject link.md", "error: the page `link.md` is a link, or not a file"),
        ("--inject latin.md", "error: `latin.md` is not UTF-8"),
    ],
)
def test_what_can_not_be_written_is_told_in_one_line(in_wiki: Run, tmp_path: Path, arguments: str, error: str) -> None:
    for folder in ("folder", "full", "full/folder.md"):
        (tmp_path / folder).mkdir()
    (tmp_path / "file").write_text("Ours.\n", "utf-8")
    (tmp_path / "latin.md").write_bytes(f"\xe9\n{BEGIN}\n{END}\n".encode("latin-1"))
    for link, target in (("link", "folder"), ("link.md", "file"), ("full/link.md", "file")):
        (tmp_path / link).symlink_to(tmp_path / target)
    refused = in_wiki("roadmap", *arguments.split())
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.splitlines()[0].startswith(error)
    assert len(refused.stderr.splitlines()) <= 2
    assert (tmp_path / "file").read_text("utf-8") == "Ours.\n"
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_is_told_in_one_line(in_wiki: Run, tmp_path: Path) -> None:
    in_wiki(*ROADMAP)
    (tmp_path / "wiki/index.md").write_text("old\n", "utf-8")
    (tmp_path / "wiki").chmod(0o555)
    refused = in_wiki(*ROADMAP, "--audience", "customers")
    (tmp_path / "wiki").chmod(0o755)
    assert refused.returncode == 2
    assert "permission denied" in refused.stderr
    assert "Traceback" not in refused.stderr
