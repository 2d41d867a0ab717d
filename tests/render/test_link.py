"""Where links may lead."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from oracles import texts

from platctl.page import Target
from platctl.render.link import address, anchor, path


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://wiki.example/a/b?c=d&e=f#g", "https://wiki.example/a/b?c=d&e=f#g"),
        ("HTTP://wiki.example:8080", "HTTP://wiki.example:8080"),
        ("https://wiki.example/a b(c)", "https://wiki.example/a%20b%28c%29"),
        ("https://wiki.example/a%20b", "https://wiki.example/a%20b"),
        ("https://wiki.example/größe", "https://wiki.example/gr%C3%B6%C3%9Fe"),
    ],
)
def test_an_address_of_the_web_is_coded(url: str, expected: str) -> None:
    assert address(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "wiki.example",
        "//wiki.example",
        "https:",
        "https://",
        "https:///a",
        "https://:80",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:x",
        "data:text/html,x",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "ftp://a.example",
        "https://github.com@evil.example",
        "https://a.example:port",
        "https://[::1",
        'https://a.example"onclick=x',
        "https://a.example\\@evil.example",
    ],
)
def test_anything_else_leads_nowhere(url: str) -> None:
    assert address(url) == ""


@given(texts)
def test_what_leads_somewhere_leads_to_the_web(text: str) -> None:
    for url in (text, f"https://{text}", f"https://a.example/{text}"):
        found = address(url)
        assert not found or urlsplit(found).scheme in ("http", "https")
        assert found.isascii()
        assert not set(found) & set(" \n\"'`<>()[]{}|\\^*!$@")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target("team/media", "q1"), "team/media.md#q1"),
        (Target("../index"), "../index.md"),
        (Target(anchor="größe"), "#gr%C3%B6%C3%9Fe"),
        (Target("//evil.example/x"), "evil.example/x.md"),
        (Target("javascript:x"), "javascript%3Ax.md"),
        (Target(), ""),
    ],
)
def test_a_page_of_the_set_is_beside_this_one(target: Target, expected: str) -> None:
    assert path(target, ".md") == expected


@given(texts)
def test_no_path_and_no_anchor_is_anything_but_that(text: str) -> None:
    parts = urlsplit(path(Target(text, text), ".md"))
    assert (parts.scheme, parts.netloc, parts.query) == ("", "", "")
    assert not set(anchor(text)) & set(" \"'<>{}[]#|")
