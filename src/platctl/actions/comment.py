"""`platctl comment`: post the comment written by `platctl ci` on the pull request, or update it there."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.options import DryRunOption, completions

if TYPE_CHECKING:
    from platctl.forge.comment import Comment
    from platctl.forge.host import Host
    from platctl.forge.posting import CommentDecision, Forge

_HOSTS = ("github", "gitlab")


def comment(
    context: typer.Context,  # noqa: ARG001
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The comment that `platctl ci --comment FILE` wrote.")],
    number: Annotated[
        str | None,
        typer.Option("--pr", metavar="NUMBER", help="The pull or merge request.", show_default="from the pipeline"),
    ] = None,
    repository: Annotated[
        str | None,
        typer.Option("--repo", metavar="OWNER/NAME", help="The repository.", show_default="from the pipeline"),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option(
            metavar="HOST",
            help="github or gitlab.",
            show_default="from the pipeline",
            autocompletion=completions(_HOSTS),
        ),
    ] = None,
    dry_run: DryRunOption = False,
) -> int:
    """Post a comment on the pull request, once: the next run updates it in place."""
    from platctl.forge.comment import read_comment
    from platctl.forge.host import Host, HostKind, detect
    from platctl.forge.posting import post
    from platctl.shell.errors import note
    from platctl.shell.values import one_of
    from platctl.source.errors import SourceError

    here = detect(os.environ)
    kind = HostKind(one_of("--host", host, _HOSTS)) if host else here.kind
    if kind is not here.kind:
        here = Host(kind)
    written = _of_this_run(read_comment(file), here)
    where = repository or here.repository
    if dry_run and (unknown := _unknown(here, number, repository)):
        note(f"would post the comment, or update it; {unknown} is unknown here")
        return 0
    forge = _forge(here, number, repository)
    try:
        decision = post(written, forge, dry_run=dry_run)
    except SourceError as error:
        if not dry_run:
            raise SourceError(error.message, f"{error.help}; the comment is still in `{file}`") from error
        note(f"would post the comment in {where}, or update it; {error.message}")
        return 0
    note(_said(decision, where, dry_run=dry_run))
    return 0


def _unknown(host: "Host", number: str | None, repository: str | None) -> str:
    """What neither the options nor the pipeline say about the pull request; "" if all is known."""
    from platctl.forge.host import HostKind, number_in_event

    if host.kind is HostKind.SHELL:
        return "the host of the pull request"
    if not (number or host.number or number_in_event(host)):
        return "the pull request"
    return "" if repository or host.repository else "the repository"


def _of_this_run(comment: "Comment", host: "Host") -> "Comment":
    """The comment with the run of this pipeline, since the file may come from an untrusted pull request."""
    from dataclasses import replace

    from platctl.forge.host import checked_run

    run = checked_run(host)
    return replace(comment, marker=replace(comment.marker, run=run)) if run else comment


def _forge(host: "Host", number: str | None, repository: str | None) -> "Forge":
    from platctl.forge.github import REPOSITORY as ON_GITHUB
    from platctl.forge.github import GitHub
    from platctl.forge.gitlab import REPOSITORY as ON_GITLAB
    from platctl.forge.gitlab import GitLab
    from platctl.forge.host import HostKind, number_in_event
    from platctl.shell.errors import CliError

    if host.kind is HostKind.SHELL:
        raise CliError("the host of the pull request is unknown", "add `--host github` or `--host gitlab`")
    wanted = number or host.number or number_in_event(host)
    if not (wanted.isascii() and wanted.isdigit() and 0 < len(wanted) < 10):
        raise CliError(_wrong("--pr", wanted, "the pull request"), "add `--pr NUMBER`, or run in its pipeline")
    where = repository or host.repository
    grammar, forge = (ON_GITHUB, GitHub) if host.kind is HostKind.GITHUB else (ON_GITLAB, GitLab)
    if not grammar.fullmatch(where):
        raise CliError(_wrong("--repo", where, "the repository"), "add `--repo OWNER/NAME`")
    return forge(where, wanted, host.server)


def _wrong(option: str, text: str, what: str) -> str:
    return f"`{option}` can't be `{text}`" if text else f"{what} is unknown"


def _said(decision: "CommentDecision", where: str, *, dry_run: bool) -> str:
    from platctl.forge.posting import CommentAction

    would = {CommentAction.CREATE: "would post a comment", CommentAction.UPDATE: "would update the comment"}
    did = {CommentAction.CREATE: "posted the comment", CommentAction.UPDATE: "updated the comment"}
    done = (would if dry_run else did).get(decision.action)
    return f"{done} in {where}" if done else f"nothing to do: {decision.action.value}"
