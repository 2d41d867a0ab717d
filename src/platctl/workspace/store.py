"""What was read in earlier runs, in one SQLite file in the user's cache folder.

It is only a shortcut: what is damaged, foreign, locked or not ours is not believed, and is never an error.
"""

import contextlib
import os
import stat
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from platctl.record import record

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")
FOLDER_VARIABLE = "PLATCTL_CACHE_DIR"
_NAME = "platctl-files.sqlite3"
_MARK = 0x506C6174
"""SQLite's `application_id` of our files: `Plat`."""
_MOST_BYTES = 256 << 20
_WAIT = 0.5
"""Seconds to wait for another run that is writing."""
_AT_ONCE = 500
"""How many keys are asked for at once; SQLite may allow no more than 999."""


class Store(Protocol):
    """Texts by key, kept between runs."""

    def read(self, keys: Sequence[bytes]) -> Mapping[bytes, str]:
        """The texts that are known."""

    def write(self, texts: Mapping[bytes, str]) -> None:
        """Keep more texts, if possible."""


class NoStore:
    """Keeps nothing."""

    def read(self, keys: Sequence[bytes]) -> Mapping[bytes, str]:  # noqa: ARG002
        """Nothing is known."""
        return {}

    def write(self, texts: Mapping[bytes, str]) -> None:
        """Nothing happens."""


@record
class StoreFacts:
    """How many texts a store has, and its size in bytes."""

    texts: int
    size: int


def store_path() -> Path | None:
    """Where the store lies: in `PLATCTL_CACHE_DIR`, or where the system keeps such files; None if that is nowhere."""
    usual = {"win32": os.environ.get("LOCALAPPDATA"), "darwin": "~/Library/Caches"}.get(sys.platform)
    named = os.environ.get(FOLDER_VARIABLE)
    try:
        folder = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or usual or "~/.cache") / "platctl"
        return folder.expanduser() / _NAME
    except RuntimeError:  # there is no home
        return None


def open_store(repository: Path) -> Store:
    """The store, for a model in this repository; none that the repository could have brought along."""
    path = store_path()
    try:
        is_apart = path is not None and path.is_absolute() and not path.resolve().is_relative_to(repository.resolve())
    except (OSError, RuntimeError):  # a link to itself
        is_apart = False
    return DiskStore(path) if path and is_apart else NoStore()


@dataclass
class DiskStore:
    """The store on disk. Concurrent runs share it: SQLite sees to it that a write is complete or did not happen."""

    path: Path
    _is_given_up: bool = False
    """Whether it could not be used in this run, so that no one waits for it twice."""

    def read(self, keys: Sequence[bytes]) -> Mapping[bytes, str]:
        """The texts that are known, each as it was written."""
        return self._with(lambda database: _found(database, keys), {}) if keys else {}

    def write(self, texts: Mapping[bytes, str]) -> None:
        """Keep more texts, if possible. Where there are too many, those of earlier runs are dropped."""
        if texts:
            self._with(lambda database: _keep(database, texts), None, may_create=True)

    def facts(self) -> StoreFacts:
        """How much it holds; nothing if it can't be read."""
        return self._with(lambda database: StoreFacts(_count(database), _size(database)), StoreFacts(0, 0))

    def clear(self) -> bool:
        """Remove it; returns whether there was any. Raises OSError."""
        if not self.path.is_file():
            return False
        self.path.unlink()
        return True

    def _with(self, act: Callable[["sqlite3.Connection"], T], otherwise: T, *, may_create: bool = False) -> T:
        """What `act` answers, or `otherwise` if there is anything wrong with the database. A damaged one is removed."""
        if self._is_given_up:
            return otherwise
        try:
            import sqlite3
        except ImportError:  # some builds of Python lack it
            return otherwise
        try:
            if not self._is_ours(may_create=may_create):
                return otherwise
            with contextlib.closing(sqlite3.connect(self.path, timeout=_WAIT)) as database:
                return act(database) if _is_marked(database, may_create=may_create) else otherwise
        except sqlite3.OperationalError:  # locked, full, read-only
            self._is_given_up = True
            return otherwise
        except (sqlite3.Error, UnicodeDecodeError, TypeError):
            with contextlib.suppress(OSError):
                self.path.unlink()
            return otherwise
        except OSError:
            return otherwise

    def _is_ours(self, *, may_create: bool) -> bool:
        """Whether no one else can have written it."""
        if may_create:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_shared = self.path.parent.stat().st_mode & stat.S_IWOTH
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            if may_create and not is_shared:
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return may_create and not is_shared
        is_open = is_shared or found.st_mode & stat.S_IWOTH
        is_own = os.name == "nt" or (found.st_uid == os.getuid() and not is_open)
        return stat.S_ISREG(found.st_mode) and is_own


def _is_marked(database: "sqlite3.Connection", *, may_create: bool) -> bool:
    """Whether the database is one of platctl, or has become one."""
    (mark,) = database.execute("PRAGMA application_id").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables or not may_create:
        return bool(mark == _MARK and tables)
    # A crash of the machine may damage it; a killed process can't.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE files (key BLOB PRIMARY KEY, checksum INTEGER, text BLOB) WITHOUT ROWID")
    database.execute(f"PRAGMA application_id = {_MARK}")
    database.commit()
    return True


def _found(database: "sqlite3.Connection", keys: Sequence[bytes]) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        asked = f"SELECT key, checksum, text FROM files WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608
        rows = database.execute(asked, some)
        found |= {key: text.decode() for key, checksum, text in rows if zlib.crc32(text) == checksum}
    return found


def _keep(database: "sqlite3.Connection", texts: Mapping[bytes, str]) -> None:
    database.execute("PRAGMA synchronous = OFF")
    written = ((key, text.encode()) for key, text in texts.items())
    with database:
        if _size(database) > _MOST_BYTES:
            database.execute("DELETE FROM files")
        rows = ((key, zlib.crc32(text), text) for key, text in written)
        database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)


def _count(database: "sqlite3.Connection") -> int:
    (count,) = database.execute("SELECT count(*) FROM files").fetchone()
    return int(count)


def _size(database: "sqlite3.Connection") -> int:
    """The bytes in use; what was dropped is free to be used again."""
    pages, free, size = (
        database.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)
