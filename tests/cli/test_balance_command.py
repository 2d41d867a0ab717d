"""`platctl balance`, `sensitivity` and `backlog --disputed` on the made-up company."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run

BANDS = """
balance:
  bands:
    - {by: type, of: [reliability, debt], at_least: 20%, why: We pay back what we borrowed.}
    - {by: consumer, at_most: 40%}
    - {by: consumer, tier: 1, served: true}
"""
SHOWN = {
    "streaming-balance.txt": ("balance", "--by", "consumer", "--by", "type"),
    "streaming-balance.md": ("balance", "--by", "type", "--measure", "effort", "--format", "markdown"),
    "streaming-disputed.txt": ("backlog", "--disputed"),
    "streaming-sensitivity.txt": ("sensitivity", "--top", "8", "--spread", "30%"),
}


@pytest.fixture
def banded(streaming: Path) -> Path:
    """The made-up company with bands."""
    with (streaming / "platctl.yaml").open("a", encoding="utf-8") as file:
        file.write(BANDS)
    return streaming


@pytest.mark.parametrize(("name", "arguments"), SHOWN.items(), ids=SHOWN)
def test_a_report_reads_as_before(
    banded: Path, run: Run, golden: Callable[[str, str], None], name: str, arguments: tuple[str, ...]
) -> None:
    result = run("-C", banded, *arguments, env={"COLUMNS": "80"})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def test_a_share_outside_of_its_band_fails_where_that_is_wanted(banded: Path, run: Run) -> None:
    assert run("-C", banded, "-q", "balance").returncode == 0
    result = run("-C", banded, "-q", "balance", "--fail-on", "warning")
    assert result.returncode == 1
    assert result.stdout.splitlines()[-1] == "FAIL: 1 finding at or above warning (--fail-on warning)"


def test_the_json_has_all_shares_and_they_add_up(banded: Path, run: Run) -> None:
    document = json.loads(run("-C", banded, "balance", "--format", "json").stdout)
    assert document["format"] == "platctl.balance"
    assert [(each["measure"], each["by"]) for each in document["shares"]][:2] == [
        ("effort", "consumer"),
        ("effort", "tier"),
    ]
    assert len(document["shares"]) == 16
    for shares in document["shares"]:
        assert sum(row["parts"]["planned"]["share"] for row in shares["rows"]) == pytest.approx(1)
    assert document["findings"][0]["rule"] == "out-of-balance"


def test_the_json_of_samples_has_a_chance_for_each(streaming: Path, run: Run) -> None:
    arguments = ("-C", streaming, "sensitivity", "--samples", "50", "--top", "3", "--format", "json")
    document = json.loads(run(*arguments).stdout)
    assert sum(item["probability"] for item in document["items"]) == pytest.approx(3)
    assert run(*arguments).stdout == run(*arguments, env={"PYTHONHASHSEED": "5", "TZ": "Asia/Tokyo"}).stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("balance", "--by", "teem"), "`--by` can't be `teem`"),
        (("balance", "--measure", "gain"), "`--measure` can't be `gain`"),
        (("balance", "--model", "rcie"), "`--model` can't be `rcie`"),
        (("sensitivity", "--spread", "lots"), "`lots` is not a share"),
        (("sensitivity", "--samples", "0"), "--samples"),
        (("backlog", "--disputed", "--format", "csv"), "`--format` can't be `csv`"),
    ],
)
def test_a_wrong_call_is_told(streaming: Path, run: Run, arguments: tuple[str, ...], error: str) -> None:
    result = run("-C", streaming, *arguments)
    assert result.returncode == 2
    assert error in result.stderr


BANDED = """\
kind: initiative
id: x
type: feature
status: planned
effort: {core: 3}
---
kind: team
id: core
"""
ONE_BAND = "balance:\n  bands:\n  - {by: type, of: debt, at_least: 20%}\n"


def test_the_bands_come_first_and_the_tables_only_when_asked_for(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text(BANDED, "utf-8")
    assert "\nWork " in run("-C", tmp_path, "balance").stdout, "without bands, at least the totals"
    (tmp_path / "platctl.yaml").write_text(ONE_BAND, "utf-8")
    for format_ in ("text", "markdown", "html"):
        plain = run("-C", tmp_path, "balance", "-f", format_).stdout
        divided = run("-C", tmp_path, "balance", "-f", format_, "--by", "type").stdout
        assert "Bands (1)" in plain
        assert "Effort by" not in plain
        assert divided.index("Bands (1)") < divided.index("Effort by type")
        assert "Effort by team" not in divided
    assert len(json.loads(run("-C", tmp_path, "balance", "-f", "json").stdout)["shares"]) > 6
