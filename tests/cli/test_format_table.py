"""What a report can be written in follows from the parts that it has."""

from pathlib import Path

from platctl.page import Page
from platctl.shell.formats import ReportViews, formats_of, rendered
from platctl.shell.options import Globals

OF_ALL = ("text", "markdown", "json", "html", "confluence", "mediawiki")


class Bare(ReportViews):
    kind = "bare"

    def page(self) -> Page:
        return Page(())


class Tabular(Bare):
    def table(self):
        return ("id",), [(self.report,)]


class Whole(Tabular):
    def alerts(self):
        raise NotImplementedError

    def reviewers(self) -> str:
        return f"@{self.report}"


def test_a_page_is_enough_for_the_formats_of_all_reports() -> None:
    assert formats_of(Bare) == OF_ALL


def test_each_further_part_brings_the_formats_that_need_it() -> None:
    assert formats_of(Tabular) == (*OF_ALL, "csv")
    assert formats_of(Whole) == (*OF_ALL, "csv", "github", "sarif", "gitlab", "junit", "reviewers")


def test_a_format_writes_the_part_that_it_needs() -> None:
    views = Whole("ana", Globals(Path(), "never", quiet=False))
    assert rendered(views, "csv") == "id\nana\n"
    assert rendered(views, "reviewers") == "@ana"
