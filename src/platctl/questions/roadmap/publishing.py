"""Writes pages for a wiki to a file, a part of a file or a folder, or checks whether they are up to date."""

import difflib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from platctl.edit.inject import NAME, injected
from platctl.record import record
from platctl.shell.editing import show
from platctl.shell.errors import CliError, note
from platctl.shell.options import Globals
from platctl.shell.output import write

_MANIFEST = ".platctl-pages"
_LINE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,200}")
_LARGEST = 16 << 20


@record
class Publication:
    """Files as they should be, and files of an earlier run to remove."""

    files: tuple[tuple[str, Path], ...]
    stale: tuple[Path, ...] = ()

    def publish(self, *, quiet: bool = False) -> int:
        """Write what differs, all or nothing, and remove stale files; quiet prints only counts."""
        changed = [(text, path) for text, path in self.files if _read(path) != _data(text)]
        self._make_folders()
        write(changed)
        for path in self.stale:
            path.unlink(missing_ok=True)
        pages = [path for _, path in changed if path.name != _MANIFEST]
        if not pages and not self.stale:
            note("all pages are up to date")
        elif quiet:
            note(f"pages: {len(pages)} written, {len(self.stale)} removed")
        else:
            for path in (*pages, *self.stale):
                note(f"{'removed' if path in self.stale else 'wrote'} {path}")
        return 0

    def _make_folders(self) -> None:
        for folder in dict.fromkeys(path.parent for _, path in self.files):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CliError(f"can't make `{folder}`: {(error.strerror or 'unknown error').lower()}") from error

    def show(self) -> int:
        """Print what a run would change, and change nothing; returns of how many pages."""
        count = 0
        for text, path in (each for each in self.files if each[1].name != _MANIFEST):
            lines = list(_difference(path, _read(path), text))
            show(lines)
            count += bool(lines)
        for path in self.stale:
            show([f"--- {path}", "+++ /dev/null"])
        sys.stdout.flush()
        return count + len(self.stale)


@record
class Destination:
    """Where pages go, or which of them are checked."""

    output: Path | None
    output_dir: Path | None
    inject: Path | None
    marker: str
    check: bool
    dry_run: bool

    def __post_init__(self) -> None:
        given = [each for each in (self.output, self.output_dir, self.inject) if each and str(each) != "-"]
        if len(given) > 1:
            raise CliError("`--output`, `--output-dir` and `--inject` can't be combined", "use one of them")
        if (self.check or self.dry_run) and not given:
            option = "--check" if self.check else "--dry-run"
            raise CliError(f"`{option}` needs a page to check", "add `--output`, `--output-dir` or `--inject`")

    def folder(self, texts: list[tuple[str, str]], options: Globals) -> int:
        """All pages of a folder; returns the exit code."""
        return self._published(in_folder(texts, self.output_dir or Path()), options)

    def page(self, text: str, options: Globals) -> int:
        """One page, or a part of one; returns the exit code."""
        found = in_page(text, self.inject, self.marker) if self.inject else in_file(text, self.output or Path())
        return self._published(found, options)

    def _published(self, publication: Publication, options: Globals) -> int:
        if not (self.check or self.dry_run):
            return publication.publish(quiet=options.quiet)
        count = publication.show()
        pages = f"{count} page{'' if count == 1 else 's'}"
        if self.check and count:
            note(f"{pages} out of date; run without `--check` to update")
        elif self.dry_run:
            note(f"nothing was written: `--dry-run`; {pages} would change")
        return 1 if self.check and count else 0


def in_file(text: str, path: Path) -> Publication:
    """A page in its own file."""
    return Publication(((text, path),))


def in_page(text: str, path: Path, marker: str) -> Publication:
    """A part of an existing page. Raises CliError if there is no such page, SourceError if it has no place for it."""
    if not NAME.fullmatch(marker):
        raise CliError(f"`--marker` can't be `{marker}`", "use lowercase letters, digits, `-` and `_`")
    page = _read(path)
    if page is None:
        raise CliError(f"there is no page `{path}`", "`--inject` needs an existing page; use `--output` for a new one")
    try:
        return Publication(((injected(page, marker, text, str(path)).decode("utf-8"), path),))
    except UnicodeDecodeError:
        raise CliError(f"`{path}` is not UTF-8", "save it as UTF-8") from None


def in_folder(texts: Sequence[tuple[str, str]], folder: Path) -> Publication:
    """Files of a folder, with a list of them, so that the next run knows which it may remove."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CliError(f"`{folder}` is not a folder, or is a link", "name a folder, or one that does not exist yet")
    names = [name for name, _ in texts]
    former = frozenset(_former(folder))
    for text, path in ((text, folder / name) for name, text in texts if name not in former):
        if _read(path) not in (None, _data(text)):
            raise CliError(f"`{path}` exists, and was not written by an earlier run", "move it, or name another folder")
    listed = "".join(f"{name}\n" for name in sorted(names))
    files = (*((text, folder / name) for name, text in texts), (listed, folder / _MANIFEST))
    return Publication(files, tuple(folder / name for name in sorted(former.difference(names))))


def _former(folder: Path) -> Iterator[str]:
    """The files of an earlier run that are still there."""
    for name in (_read(folder / _MANIFEST) or b"").decode("utf-8", "replace").splitlines():
        path = folder / name
        if _LINE.fullmatch(name) and path.is_file() and not path.is_symlink():
            yield name


def _data(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _read(path: Path) -> bytes | None:
    """The bytes of a file; None if it does not exist. Raises CliError for anything that is not a replaceable file."""
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise CliError(f"the page `{path}` is a link, or not a file", "name a file")
        if not path.exists():
            return None
        with path.open("rb") as file:
            found = file.read(_LARGEST + 1)
    except OSError as error:
        raise CliError(f"can't read `{path}`: {(error.strerror or 'unknown error').lower()}") from error
    if len(found) > _LARGEST:
        raise CliError(f"`{path}` is larger than {_LARGEST >> 20} MiB", "name a page")
    return found


def _difference(path: Path, before: bytes | None, after: str) -> Iterable[str]:
    old = (before or b"").decode("utf-8", "replace").splitlines()
    names = ("/dev/null" if before is None else str(path), str(path))
    if before == _data(after):
        return ()
    found = list(difflib.unified_diff(old, after.splitlines(), *names, lineterm=""))
    return found or (f"--- {names[0]}", f"+++ {names[1]}", "only line endings differ")
