"""Creates small git repositories for the examples."""

from pathlib import Path

from platctl.source.errors import SourceError
from platctl.source.git.git import Git

_NAME, _EMAIL = "platctl", "platctl@example.org"


def create_repository(folder: Path) -> None:
    """Turn a folder into a repository with the branch `main`, without the user's templates."""
    _run(Git(folder), "init", "--quiet", "--initial-branch=main", "--template=")


def commit_all(folder: Path, subject: str, date: str) -> None:
    """Commit everything in a folder, with the same commit id on every machine."""
    noon = f"{date}T12:00:00Z"
    author = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _identity(noon)}
    git = Git(folder, author)
    _run(git, "-c", "core.autocrlf=false", "add", "--all", "--force")
    _run(git, "-c", "commit.gpgsign=false", "commit", "--quiet", "--no-verify", "--message", subject)


def _identity(date: str) -> tuple[tuple[str, str], ...]:
    return (("NAME", _NAME), ("EMAIL", _EMAIL), ("DATE", date))


def _run(git: Git, *arguments: str) -> None:
    answer = git.run(*arguments)
    if answer.code:
        raise SourceError(f"git could not create the example: {answer.fatal}", "check `git config --list`")
