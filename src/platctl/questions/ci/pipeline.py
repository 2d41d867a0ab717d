"""A check in a pipeline: what it compares, and where the results go."""

from dataclasses import replace
from pathlib import Path

from platctl.forge.comment import Comment, Marker
from platctl.forge.host import Host, HostKind
from platctl.page import Page
from platctl.questions.ci.derive import CheckOptions, check
from platctl.questions.ci.page import not_checked
from platctl.questions.ci.report import CiReport
from platctl.questions.ci.reviews import ReviewSource, ask
from platctl.questions.ci.step_outputs import NO_OUTPUTS, add_outputs, add_summary, outputs_of
from platctl.record import record
from platctl.shell.errors import CliError
from platctl.shell.formats import ReportViews
from platctl.shell.known import note_unneeded
from platctl.shell.output import write
from platctl.shell.session import Base, Session
from platctl.shell.targets import OutputTarget, deliver
from platctl.source.errors import SourceError
from platctl.source.git.refs import Resolved
from platctl.workspace.base import same_settings
from platctl.workspace.baseline import baseline_at

_COMMENT_LENGTH = 65_000
"""Of the 65,536 characters that GitHub takes, without the marker."""


def with_annotations(host: Host, asked: tuple[OutputTarget, ...]) -> tuple[OutputTarget, ...]:
    """Adds annotations in GitHub Actions, unless the log is meant for another program."""
    is_log = all(each.format == "text" for each in asked if each.file is None)
    return (*asked, OutputTarget("github", None)) if host.kind is HostKind.GITHUB and is_log else asked


@record(slots=False)
class CheckRun:
    """One run of a check, the file for its comment, if any, and where reviews come from, if they are looked at."""

    session: Session
    host: Host
    comment: Path | None
    marker: Marker
    reviews: ReviewSource | None = None

    def check(
        self, base: str | None, asked: CheckOptions, baseline: Path | None, directory: Path
    ) -> tuple[CiReport, Marker]:
        """The report, and the marker that names what was compared."""
        session = self.session
        folder = session.folder(base, may_be_empty=True) if base else None
        before = folder or self._commit(base, directory)
        known = self._known(before, baseline) if baseline else frozenset()
        reviews = ask(self.reviews, session, before) if self.reviews else None
        asked = replace(asked, today=session.today_since(before), known=known, reviews=reviews)
        judged = session.against(before)
        report = check(before.model, judged.model, session.compared(before), asked, judged.own)
        if known and not asked.new_only:
            note_unneeded(known, report.validation)
        head = "" if session.is_folder else session.commit.commit
        return report, replace(self.marker, base=before.commit or "", head=head, quiet=report.is_quiet)

    def _commit(self, base: str | None, directory: Path) -> Base:
        """The commit whose settings judge."""
        found = self.session.parted(base)
        before = self.session.judging_at(found)
        for each in found.each():
            same_settings(self.session.workspace, each, directory, before.tree.prefix)
        return before

    def _known(self, before: Base, baseline: Path) -> frozenset[str]:
        """The findings of a baseline, as the base has it."""
        if before.commit is None:
            raise CliError("`--baseline` is read from a commit, and the base is a folder", "name a ref: `--base REF`")
        return baseline_at(self.session.workspace.source, Resolved(before.commit, before.how), baseline)

    def tell(self, views: ReportViews, marker: Marker, wanted: tuple[OutputTarget, ...]) -> None:
        """Delivers the report everywhere it is wanted."""
        page = views.comment()
        deliver(views, wanted, self._comment(marker, page))
        if self.host.summary:
            add_summary(self.host.summary, page)
        if self.host.outputs:
            add_outputs(self.host.outputs, outputs_of(views.report))

    def tell_unknown(self, error: SourceError) -> None:
        """A comment and a summary without claims, replacing those of an earlier run."""
        page = not_checked(error.message, error.help)
        write(self._comment(self.marker, page))
        if self.host.summary:
            add_summary(self.host.summary, page)
        if self.host.outputs:
            add_outputs(self.host.outputs, NO_OUTPUTS)

    def _comment(self, marker: Marker, page: Page) -> list[tuple[str, Path]]:
        from platctl.render.page.markdown import render

        text = render(page, limit=_COMMENT_LENGTH) if self.comment else ""
        return [(str(Comment(marker, text)), self.comment)] if self.comment else []
