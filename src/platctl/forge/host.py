"""Where platctl runs: in GitHub Actions, in GitLab CI or in a plain shell."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from platctl.record import record

_MAX_EVENT = 32 << 20
_DIGITS = re.compile(r"[1-9][0-9]{0,17}")
_MERGE_REF = re.compile(r"refs/pull/([1-9][0-9]{0,17})/(?:merge|head)")
_QUEUED = re.compile(r"refs/heads/gh-readonly-queue/(?:(?!pr-[0-9]+-)[^/]+/)+pr-([1-9][0-9]{0,17})-[0-9a-f]{40,64}")
_SERVER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})")


class HostKind(StrEnum):
    """The supported code hosts, and a plain shell."""

    GITHUB = "github"
    GITLAB = "gitlab"
    SHELL = "shell"


@record
class Host:
    """What a pipeline reports about itself. Missing or invalid values are "" or None.

    `run` is the number of the run, which increases over time; `number` is the number of the pull request, or
    `queued` that of the one that a merge queue is about to merge; `summary` and `outputs` are files to append to.
    """

    kind: HostKind
    run: str = ""
    number: str = ""
    queued: str = ""
    repository: str = ""
    server: str = ""
    summary: Path | None = None
    outputs: Path | None = None
    event: Path | None = None


def detect(environ: Mapping[str, str]) -> Host:
    """The host that runs platctl, by its documented environment variables. Reads no file."""
    if environ.get("GITHUB_ACTIONS") == "true":
        return _github(environ)
    if environ.get("GITLAB_CI") == "true":
        return _gitlab(environ)
    return Host(HostKind.SHELL)


def _github(environ: Mapping[str, str]) -> Host:
    """Source: docs.github.com, "Variables reference", default environment variables."""
    ref = _MERGE_REF.fullmatch(environ.get("GITHUB_REF", ""))
    queue = _QUEUED.fullmatch(environ.get("GITHUB_REF", ""))
    return Host(
        HostKind.GITHUB,
        run=_digits(environ.get("GITHUB_RUN_ID", "")),
        number=ref[1] if ref else "",
        queued=queue[1] if queue else "",
        repository=environ.get("GITHUB_REPOSITORY", ""),
        server=_server(urlsplit(environ.get("GITHUB_SERVER_URL", "")).netloc),
        summary=_path(environ, "GITHUB_STEP_SUMMARY"),
        outputs=_path(environ, "GITHUB_OUTPUT"),
        event=_path(environ, "GITHUB_EVENT_PATH"),
    )


def _gitlab(environ: Mapping[str, str]) -> Host:
    """Source: docs.gitlab.com, "Predefined CI/CD variables". A fork's pipeline may run in the fork."""
    return Host(
        HostKind.GITLAB,
        run=_digits(environ.get("CI_PIPELINE_ID", "")),
        number=_digits(environ.get("CI_MERGE_REQUEST_IID", "")),
        repository=environ.get("CI_MERGE_REQUEST_PROJECT_PATH", "") or environ.get("CI_PROJECT_PATH", ""),
        server=_server(environ.get("CI_SERVER_HOST", "")),
    )


def number_in_event(host: Host) -> str:
    """The number of the pull request in the event; "" if there is none."""
    event = _event(host)
    return _digits(str(_at(event, "pull_request", "number") or _at(event, "number") or ""))


def reviewed_target(host: Host, environ: Mapping[str, str]) -> str | None:
    """The branch that a reviewed pull request is for; GitHub names it elsewhere only for other events."""
    if host.kind is not HostKind.GITHUB or environ.get("GITHUB_EVENT_NAME") != "pull_request_review":
        return None
    branch = _at(_event(host), "pull_request", "base", "ref")
    return f"origin/{branch}" if isinstance(branch, str) and branch else None


def checked_run(host: Host) -> str:
    """The run that made the comment: in a workflow started by another one, that other run."""
    return _digits(str(_at(_event(host), "workflow_run", "id") or "")) or host.run


def _event(host: Host) -> object:
    if host.event is None:
        return None
    try:
        with host.event.open("rb") as file:
            return json.loads(file.read(_MAX_EVENT))
    except (OSError, ValueError, RecursionError):
        return None


def _at(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _digits(text: str) -> str:
    return text if _DIGITS.fullmatch(text) else ""


def _server(text: str) -> str:
    return text if _SERVER.fullmatch(text) else ""


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]) if environ.get(name) else None
