"""Whether to use colours, and how wide the page is."""

import pytest

from platctl.render.page.terminal import terminal_width, use_color


@pytest.mark.parametrize(
    ("option", "environ", "is_tty", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "xterm"}, True, True),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"CLICOLOR": "1"}, True, True),
        ("auto", {"CLICOLOR": "1"}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, False, False),
        ("auto", {"CLICOLOR_FORCE": ""}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, False, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "yes", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": "False"}, True, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "0"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_options_win_over_variables_and_variables_over_the_terminal(
    option: str, environ: dict[str, str], is_tty: bool, expected: bool
) -> None:
    assert use_color(option, environ, is_tty) is expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("120", 120), ("40", 40), ("7", 40), ("0", 80), ("", 80), ("-3", 80), ("wide", 80), ("９９", 80), ("9" * 30, 80)],
)
def test_columns_gives_the_width_unless_it_is_nonsense(columns: str, expected: int) -> None:
    assert terminal_width({"COLUMNS": columns}, False) == expected


def test_a_pipe_is_as_wide_as_the_fallback() -> None:
    assert terminal_width({}, False) == 80
    assert terminal_width({}, False, fallback=100) == 100
