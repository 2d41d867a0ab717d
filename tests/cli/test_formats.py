"""A recorded pull request of the made-up company, in all formats, in which every text is hostile."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from platctl.finding import Span
from platctl.render.escape import BREAK
from platctl.shell.formats import ReportViews, rendered
from platctl.shell.options import Globals
from render.oracles import (
    annotations,
    commands,
    hidden,
    html_parts,
    html_tree,
    links,
    sarif_links,
    step_outputs,
    tokens,
)
from render.schemas import code_quality, junit_suites, sarif_run
from running import Run, platctl

Golden = Callable[[str, str], None]


class SpanViews(ReportViews):
    kind = "span"


Recorded = dict[tuple[str, str], str]

FORMATS = {
    "text": "txt",
    "markdown": "md",
    "json": "json",
    "html": "html",
    "github": "github",
    "sarif": "sarif",
    "gitlab": "gitlab.json",
    "junit": "xml",
}
CHECKS = {"validate": ("validate",), "impact": ("impact", "--base", "HEAD~1")}

MARKUP = "a | b ![x](https://evil.example/x.png) **b** `c` <img src=x onerror=y> <!-- c"
MENTION = "@org/team fixes #1 GH-3 https://evil.example :bomb: www.evil.example"
COMMAND = "::error file=a,line=1::x"
LEGACY = "note ##[error]x ##[add-mask]e"
TERMINAL = "\x1b[2J\x1b]0;t\x07 over"
LINES = "two\n::stop-commands::t\r\n# three | four"
HIDDEN = "user\u202e live\u2066 x\u200b"
XML = ']]> <x a="b"/> &y; <!DOCTYPE z>'
LINKS = "[x](1) [y](javascript:z) {0} \\[z](2)"
QUICK = "/approve\n```\n</details><script>alert(1)</script>"

REPLACED = {
    "consumers/apps.yaml": {
        "title: Lanterna for TV": f"title: {json.dumps(COMMAND)}",
        "title: Lanterna for phones and tablets": f"title: {json.dumps(MARKUP)}",
        "product_manager: Diego Fuentes": f"product_manager: {json.dumps(MENTION)}",
        "product_manager: Hanna Lindqvist": f"product_manager: {json.dumps(LEGACY)}",
        "name: Gwen Achterberg": f"name: {json.dumps(QUICK)}",
    },
    "consumers/partners.yaml": {
        "title: Aurora Telecom": f"title: {json.dumps(LINES)}",
        "reason: Aurora moves to a new billing system": f"reason: {json.dumps(XML)}",
    },
    "components/identity.yaml": {
        "title: Identity": f"title: {json.dumps(LINKS)}",
        "description: Accounts, profiles, devices and sign-in for every screen.": (
            f"description: {json.dumps(TERMINAL)}"
        ),
    },
    "initiatives/retire-identity-v2.yaml": {
        "title: Retire identity 2": f"title: {json.dumps(f'{LEGACY} {MARKUP}')}",
        "note: If the notice on the screen starts in January.": f"note: {json.dumps(COMMAND)}",
        "by: Hanna Lindqvist": f"by: {json.dumps(HIDDEN)}",
    },
    "initiatives/downloads.yaml": {"title: Downloads that last": f"title: {json.dumps(LINES)}"},
    "teams.yaml": {
        "title: Access": f"title: {json.dumps(COMMAND)}",
        "lead: Amara Okafor": f"lead: {json.dumps(MENTION)}",
        "title: Media": f"title: {json.dumps(XML)}",
    },
    "platctl.yaml": {
        "reason: Meridian's hotels run their own copy of identity 1 until their contract ends.": (
            f"reason: {json.dumps(TERMINAL)}"
        ),
        "title: Nothing breaks while a product is frozen.": f"title: {json.dumps(LINES)}",
    },
}
ODD_FILE = "odd/##[error]x, y%0A [z](1) 'q'.yaml"
ODD = f"""\
kind: component
id: odd
title: {json.dumps(MARKUP)}
owner: {json.dumps(COMMAND)}
lifecycle: {json.dumps("<script>alert(1)</script>")}
version: {json.dumps("1 | 2")}
{json.dumps(LEGACY)}: 1
{json.dumps(MENTION)}: 1
type: [{json.dumps(LINES)}]
successor: {json.dumps(LINKS)}
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company with its change, and texts that try to be something else."""
    folder = tmp_path_factory.mktemp("recorded") / "streaming"
    assert platctl("init", "--example", "streaming", folder).returncode == 0
    for name, lines in REPLACED.items():
        path = folder / name
        text = path.read_text("utf-8")
        for old, new in lines.items():
            assert old in text, old
            text = text.replace(f"{old}\n", f"{new}\n")
        path.write_text(text, "utf-8")
    (folder / ODD_FILE).parent.mkdir()
    (folder / ODD_FILE).write_text(ODD, "utf-8")
    return folder


@pytest.fixture(scope="module")
def recorded(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Every check in every format; one process a check."""
    folder = tmp_path_factory.mktemp("reports")
    found: Recorded = {}
    for check, arguments in CHECKS.items():
        files = {name: folder / f"{check}.{ending}" for name, ending in FORMATS.items()}
        reports = [part for name, path in files.items() if name != "text" for part in ("--report", f"{name}={path}")]
        result = platctl("-C", repository, *arguments, *reports, env={"COLUMNS": "120"})
        assert (result.returncode, result.stderr) == (1, "")
        files["text"].write_text(result.stdout, "utf-8")
        found |= {(check, name): path.read_text("utf-8") for name, path in files.items()}
    return found


each_check = pytest.mark.parametrize("check", CHECKS)


ON_RECORD = (
    *((check, name) for check in CHECKS for name in ("text", "markdown", "github", "sarif", "gitlab")),
    ("impact", "html"),
    ("validate", "junit"),
)
"""What the others would show is on record elsewhere: the fields of JSON without hostile texts, pages with excerpts."""


@pytest.mark.parametrize(("check", "name"), ON_RECORD)
def test_a_report_reads_as_recorded(recorded: Recorded, golden: Golden, check: str, name: str) -> None:
    golden(f"pull-request/{check}.{FORMATS[name]}", recorded[check, name])


# Judged by others --------------------------------------------------------------------------------------------


@each_check
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_holds_what_hides_or_what_a_log_takes_for_a_command(
    recorded: Recorded, check: str, name: str
) -> None:
    text = recorded[check, name]
    assert [each for each in hidden(text) if each != BREAK or name != "markdown"] == []
    assert [line for line in commands(text) if name != "github"] == []
    assert "##[" not in text


@each_check
def test_markdown_has_no_markup_but_its_own(recorded: Recorded, check: str) -> None:
    assert_inert(recorded[check, "markdown"])


def assert_inert(markdown: str) -> None:
    """Judged by a parser of markdown and one of HTML: no image, no link, nothing that a host would make one."""
    parsed = tokens(markdown)
    tags = [tag for each in parsed if each.type in ("html_block", "html_inline") for tag in html_parts(each.content)[1]]
    assert set(tags) <= {name for tag in ("details", "summary", "strong", "code") for name in (tag, f"/{tag}")}
    assert tags.count("details") == tags.count("/details")
    assert not {"link_open", "image", "heading_open"} & {each.type for each in parsed if each.tag not in ("h3", "h4")}
    shown = [each.content for each in parsed if each.type == "text"]
    shown += [html_parts(each.content)[0] for each in parsed if each.type.startswith("html_")]
    assert [link for text in shown for link in links(text)] == []


@each_check
def test_a_page_has_no_elements_but_its_own(recorded: Recorded, check: str) -> None:
    html_tree(recorded[check, "html"])


def test_the_tables_of_the_comment_keep_their_shape(recorded: Recorded) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", recorded["impact", "markdown"], re.MULTILINE)
    assert tables
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_json_keeps_every_text_as_it_is(recorded: Recorded) -> None:
    document = json.loads(recorded["impact", "json"])
    titles = {each["consumer"]["title"] for each in document["verdicts"]}
    assert {COMMAND, MARKUP, LINES} <= titles


@each_check
def test_a_runner_reads_only_the_commands_that_are_meant(recorded: Recorded, check: str) -> None:
    text = recorded[check, "github"]
    read = annotations(text)
    assert {each.command for each in read} <= {"error", "warning", "notice"}
    assert all({"file", "line", "endLine", "title"} <= each.properties.keys() for each in read)
    assert commands(text) == text.splitlines()[: len(read)]
    assert len(text.splitlines()) in (len(read), len(read) + 1)


@each_check
def test_every_annotation_is_at_a_line_that_exists(recorded: Recorded, repository: Path, check: str) -> None:
    shown = {visible: path for path in repository.rglob("*.yaml") for visible in [_name(path, repository)]}
    told = annotations(recorded[check, "github"])
    assert told
    for each in told:
        file, line, last, *_ = each.place
        assert 1 <= int(line) <= int(last) <= len(shown[file].read_text("utf-8").splitlines())


def _name(path: Path, repository: Path) -> str:
    return path.relative_to(repository).as_posix().replace("##[", "#♯[")


@each_check
def test_sarif_is_valid_and_links_only_to_related_places(recorded: Recorded, check: str) -> None:
    run = sarif_run(recorded[check, "sarif"])
    assert run["automationDetails"] == {"id": f"platctl/{check}/"}
    assert len(run["results"]) > 10
    for each in run["results"]:
        assert sarif_links(each["message"]["text"]) == [str(one["id"]) for one in each.get("relatedLocations", ())]


@each_check
def test_gitlab_takes_every_entry(recorded: Recorded, check: str) -> None:
    assert len(code_quality(recorded[check, "gitlab"])) > 10


@each_check
def test_test_results_are_valid_and_fail_where_the_check_fails(recorded: Recorded, check: str) -> None:
    (suite,) = junit_suites(recorded[check, "junit"])
    assert suite.get("name") == f"platctl.{check}"
    assert int(suite.get("failures", "0")) > 0


def test_the_formats_say_the_same(recorded: Recorded) -> None:
    for check in CHECKS:
        results = sarif_run(recorded[check, "sarif"])["results"]
        (suite,) = junit_suites(recorded[check, "junit"])
        entries = code_quality(recorded[check, "gitlab"])
        assert len(results) == int(suite.get("tests", "0"))
        assert len(entries) == sum("suppressions" not in each for each in results)
        assert {each["fingerprint"] for each in entries} <= {
            each["partialFingerprints"]["platctl/v1"] for each in results
        }


def test_a_pipeline_shows_and_hands_on_nothing_but_what_is_meant(repository: Path, tmp_path: Path) -> None:
    summary, outputs, comment = (tmp_path / name for name in ("summary.md", "outputs", "comment.md"))
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
    result = platctl("-C", repository, "ci", "--base", "HEAD~1", "--comment", comment, env=env)
    assert (result.returncode, result.stderr) == (1, "")
    read = annotations(result.stdout)
    counts = Counter(each.command for each in read)
    assert counts.keys() == {"error", "warning", "notice"}
    assert max(counts.values()) == 10
    assert len(commands(result.stdout)) == len(read)
    assert hidden(result.stdout) == []
    values = step_outputs(outputs.read_text("utf-8"))
    assert values.pop("outcome") == "fail"
    assert len(values) == 10
    assert all(each.isdigit() for each in values.values())
    assert summary.read_text("utf-8") == comment.read_text("utf-8").partition("\n")[2]
    assert_inert(summary.read_text("utf-8"))


# Where reports go --------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_text("kind: component\nid: identity\nowner: nobody\n", "utf-8")
    return tmp_path


def test_one_run_prints_and_writes_several_formats(folder: Path, run: Run) -> None:
    result = run("validate", "--format", "github", "--report", "sarif=a.sarif", "--report", "junit=b.xml", cwd=folder)
    assert result.returncode == 1
    assert [each.command for each in annotations(result.stdout)] == ["error", "notice"]
    assert len(sarif_run((folder / "a.sarif").read_text("utf-8"))["results"]) == 2
    assert junit_suites((folder / "b.xml").read_text("utf-8")).get("tests") == "2"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--report", "sarif"), "`--report sarif` does not name a file"),
        (("--report", "sarif="), "`--report sarif=` does not name a file"),
        (("--report", "pdf=a.pdf"), "`--report` can't be `pdf`"),
        (("--format", "pdf"), "`--format` can't be `pdf`"),
        (("--report", "json=a", "--report", "sarif=a"), "two reports have the same file: `a`"),
        (("--output", "a", "--report", "sarif=a"), "two reports have the same file: `a`"),
        (("--report", "json=a", "--report", "sarif=no/../a"), "two reports have the same file: `a`"),
    ],
)
def test_a_report_that_can_not_be_meant_is_refused(
    folder: Path, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run("validate", *arguments, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert [path.name for path in folder.iterdir()] == ["model.yaml"]


@pytest.mark.parametrize("last", ["sarif=no/where.sarif", "sarif=is-a-folder", "sarif=a-link"])
def test_all_files_are_written_or_none(folder: Path, run: Run, last: str) -> None:
    (folder / "is-a-folder").mkdir()
    (folder / "a-link").symlink_to("model.yaml")
    (folder / "old.json").write_text("old", "utf-8")
    before = sorted(path.name for path in folder.iterdir())
    result = run("validate", "-o", "new.txt", "--report", "json=old.json", "--report", last, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "create the folder `no` first" in result.stderr or "the output" in result.stderr
    assert (folder / "old.json").read_text("utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_run_that_can_not_answer_leaves_the_files_of_the_last_one(folder: Path, run: Run) -> None:
    (folder / "old.json").write_text("old", "utf-8")
    assert run("impact", "--base", "nowhere", "--report", "json=old.json", cwd=folder).returncode == 2
    assert (folder / "old.json").read_text("utf-8") == "old"


@pytest.mark.parametrize(
    ("is_terminal", "file", "lines"), [(True, None, 9), (False, None, 1), (True, Path("a.json"), 1)]
)
def test_json_has_several_lines_only_where_a_terminal_shows_it(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, file: Path | None, lines: int
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    text = rendered(SpanViews(Span("a.yaml"), Globals(Path(), "never", quiet=False)), "json", file)
    assert len(text.splitlines()) == lines


def test_a_file_keeps_its_mode_when_it_is_replaced(folder: Path, run: Run) -> None:
    (folder / "old.json").write_text("old", "utf-8")
    (folder / "old.json").chmod(0o640)
    run("validate", "--report", "json=old.json", cwd=folder)
    assert (folder / "old.json").stat().st_mode & 0o777 == 0o640
    assert json.loads((folder / "old.json").read_text("utf-8"))["format"] == "platctl.validation"


def test_csv_for_spreadsheets_begins_with_a_byte_order_mark(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text("kind: initiative\nid: a\ntitle: Größe\n", "utf-8")
    plain = run("-C", tmp_path, "backlog", "-f", "csv").stdout
    assert "Größe" in plain
    assert run("-C", tmp_path, "backlog", "-f", "csv", "--bom").stdout == f"\ufeff{plain}"
    assert run("-C", tmp_path, "--bom", "backlog", "--report", f"csv={tmp_path / 'x.csv'}").returncode == 0
    assert (tmp_path / "x.csv").read_bytes() == f"\ufeff{plain}".encode()
    other = ("-C", tmp_path, "backlog", "-f", "json")
    assert run(*other, "--bom").stdout == run(*other).stdout
