"""A user's own templates."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from oracles import HOSTILE, hidden, html_parts, tokens

from platctl.render.data.template import render
from platctl.render.errors import RenderError


@dataclass(frozen=True)
class Item:
    title: str
    note: str | None = None


@dataclass(frozen=True)
class Report:
    items: tuple[Item, ...]
    count: int = 2


REPORT = Report((Item("Passkeys"), Item("a | *b* <i>", "soon")))


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., str]:
    """What a template prints; other templates are given by name."""

    def fill(text: str, report: Report = REPORT, **others: str) -> str:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        for name, other in {"main": text, **others}.items():
            (folder / f"{name}.md").write_text(other, "utf-8")
        return render(folder / "main.md", report, "roadmap")

    return fill


def failure(fill: Callable[..., str], text: str, **others: str) -> str:
    """What is said about a template that is wrong, from its name on."""
    with pytest.raises(RenderError) as raised:
        fill(text, **others)
    assert "filters" in raised.value.help
    return raised.value.message.partition("templates/")[2]


# What a template can do --------------------------------------------------------------------------------------


def test_a_template_has_the_fields_of_the_report(filled: Callable[..., str]) -> None:
    head = "# {{ report.format }} {{ report.format_version }}\n"
    items = "{% for each in report.items %}- {{ each.title }}\n{% endfor %}"
    assert filled(head + items) == "# platctl.roadmap 2\n- Passkeys\n- a | *b* <i>\n"


def test_what_is_not_known_is_empty(filled: Callable[..., str]) -> None:
    assert filled("{% for each in report.items %}[{{ each.note }}]{% endfor %}") == "[][soon]"


def test_text_is_made_harmless_where_the_template_says_so(filled: Callable[..., str]) -> None:
    assert filled("{{ report.items[1].title | md }}\n") == "a \\| \\*b\\* &lt;i&gt;\n"
    assert filled("{{ report.items[1].title | html }}\n") == "a | *b* &lt;i&gt;\n"


def test_a_template_includes_and_extends_others_of_its_folder(filled: Callable[..., str]) -> None:
    assert (
        filled(
            "{% extends 'base.md' %}{% block x %}{% include 'part.md' %}{% endblock %}",
            base="<{% block x %}{% endblock %}>",
            part="{{ report.count }}",
        )
        == "<2>"
    )


CUT = "\n=== next ===\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """What a template prints for each hostile text, after other text. One process fills in all."""
    folder = tmp_path_factory.mktemp("templates")

    @cache
    def printed(template: str, before: str) -> list[str]:
        report = Report(tuple(Item(before + text) for text in HOSTILE))
        (folder / "main.md").write_text(f"{{% for each in report.items %}}{template}{CUT}{{% endfor %}}", "utf-8")
        parts = render(folder / "main.md", report, "roadmap").split(CUT)
        assert len(parts) == len(HOSTILE) + 1
        return parts

    return lambda template, text, before="": printed(template, before)[HOSTILE.index(text)]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_report_acts_upon_a_terminal_or_is_read_as_a_template(
    hostile: Callable[..., str], text: str
) -> None:
    written = hostile("{{ each.title }}", text, "{{ 7 * 7 }}")
    assert hidden(written) == []
    assert written.startswith("{{ 7 * 7 }}")


@pytest.mark.parametrize("text", HOSTILE)
def test_the_filters_let_nothing_through(hostile: Callable[..., str], text: str) -> None:
    markdown = hostile("x {{ each.title | md }}", text)
    kinds = {token.type for token in tokens(markdown)}
    assert kinds <= {"paragraph_open", "inline", "text", "text_special", "code_inline", "paragraph_close"}
    _, tags = html_parts(hostile("<p title='{{ each.title | html }}'>{{ each.title | html }}</p>", text))
    assert tags == ["p title", "/p"]


# What is wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n{% if %}", "main.md:2: Expected an expression, got 'end of statement block'"),
        ("a\nb\n{{ nothing }}", "main.md:3: 'nothing' is undefined"),
        ("{{ report.nothing }}", "main.md:1: 'dict object' has no attribute 'nothing'"),
        ("\n{{ 1 / 0 }}", "main.md:2: division by zero"),
        ("{{ report.items | sorted }}", "main.md:1: No filter named 'sorted'."),
    ],
)
def test_a_mistake_is_said_with_its_line(filled: Callable[..., str], text: str, message: str) -> None:
    assert failure(filled, text) == message


def test_a_mistake_in_another_template_is_said_with_its_own_line(filled: Callable[..., str]) -> None:
    assert (
        failure(filled, "a\n{% include 'part.md' %}", part="\n\n{{ nothing }}") == "part.md:3: 'nothing' is undefined"
    )
    assert failure(filled, "a\n{% include 'part.md' %}", part="\n{% if %}").startswith("part.md:2: Expected")


def test_a_template_that_is_not_there_or_is_no_text(filled: Callable[..., str], tmp_path: Path) -> None:
    assert failure(filled, "\n{% include 'gone.md' %}") == "main.md:2: there is no template `gone.md`"
    (tmp_path / "binary.md").write_bytes(b"\xff")
    with pytest.raises(RenderError, match=r"the template `binary\.md` is not UTF-8"):
        render(tmp_path / "binary.md", REPORT, "roadmap")


def test_without_the_library_it_says_what_to_install(
    filled: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(RenderError) as raised:
        filled("x")
    assert raised.value.help == "install it with `pip install 'platctl[template]'`"


# The sandbox -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ report.__class__ }}",
        "{{ report['__class__'] }}",
        "{{ report | attr('__class__') }}",
        "{{ '{0.__class__}'.format(report) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__['os'] }}",
        "{{ report.items | map(attribute='__class__') | first }}",
        "{{ report.items.append(1) }}",
        "{{ report.update({'x': 1}) }}",
        "{% import 'os' as os %}",
        "{{ config }}{{ open('/etc/passwd') }}",
        "{{ lipsum() }}",
        "{{ report.items | random }}",
    ],
)
def test_nothing_is_reached_but_the_report(filled: Callable[..., str], text: str) -> None:
    assert failure(filled, text).startswith("main.md:1: ")


@pytest.mark.parametrize(
    "text",
    [
        "{% for each in range(10**9) %}x{% endfor %}",
        "{{ 'x' * 10**9 }}",
        "{{ 10**9 * 'x' }}",
        "{{ [1] * 10**9 }}",
        "{{ 10**(10**10) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000d' | format(1) }}",
        "{% for a in range(11) %}{{ 'x' * 10**6 }}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% include 'main.md' %}",
    ],
)
def test_what_is_made_is_bounded(filled: Callable[..., str], text: str) -> None:
    assert failure(filled, text).startswith("main.md")


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a'.center(2000000000) }}",
        "{{ 'a'.ljust(2 * 10**9) | length }}",
        "{{ ('a' | indent(2 * 10**9, true)) | length }}",
        "{{ report | tojson(indent=10**9) | length }}",
        "{{ ('a' * 10**6) | list | batch(10**9, 'x') | list | length }}",
        "{{ ('a,' * 10**6).replace('a', 'b' * 10**6) | length }}",
        "{% set x = namespace(a=['a' * 10**6]) %}{% for i in range(10**5) %}{% set x.a = x.a + x.a %}{% endfor %}",
    ],
)
def test_memory_is_bounded(filled: Callable[..., str], text: str) -> None:
    assert failure(filled, text).startswith("main.md")


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(10**5) %}{% for b in range(10**5) %}{% endfor %}{% endfor %}",
        "{% for a in range(10**5) %}{% set b = ('a b ' * 10**5) | wordwrap(1) | length %}{% endfor %}",
        "{% for a in range(10**5) %}{% set b = ('ab' * 10**5) | urlize | upper | title | length %}{% endfor %}",
    ],
)
def test_time_is_bounded(filled: Callable[..., str], text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platctl.render.data.confined.MOST_SECONDS", 1)
    assert failure(filled, text).startswith("main.md: takes longer than ")


@pytest.mark.parametrize("name", ["../secret.md", "/etc/passwd", "a/../../secret.md", "link.md", "linked/secret.md"])
def test_nothing_outside_of_the_folder_is_read(filled: Callable[..., str], tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    filled("x")
    (tmp_path / "templates" / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "templates" / "linked").symlink_to(tmp_path)
    assert failure(filled, f"\n{{% include '{name}' %}}") == (
        f"main.md:2: the template `{name}` is outside the folder of the main template"
    )
