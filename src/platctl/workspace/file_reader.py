"""Reads the files of a model: from the store what was read before, and the rest from the files themselves."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import platctl
from platctl.model.fields import Conventions
from platctl.model.kept import config_again, file_again, kept_config, kept_file, kept_values, values_again
from platctl.model.merge import LoadedConfig, LoadedFile
from platctl.source.tree import SourceFile
from platctl.source.yaml.late import LateFile
from platctl.workspace.store import NoStore, Store

T = TypeVar("T", LoadedFile, LoadedConfig)
_Revive = Callable[[str, SourceFile, str | None, Callable[[], Sequence[object] | None]], T]
_PLACES, _VALUES = b"places", b"values"
"""What follows the key of a file in those of its places and values."""


@dataclass
class FileReader:
    """Reads each file once in a run, and keeps what it learns for later runs."""

    store: Store = field(default_factory=NoStore)
    _files: dict[tuple[SourceFile, Conventions], LoadedFile] = field(default_factory=dict)
    _late: dict[bytes, LateFile] = field(default_factory=dict)
    _texts: dict[bytes, str] = field(default_factory=dict)

    def files(self, files: Sequence[SourceFile], conventions: Conventions, claimed: Set[str]) -> list[LoadedFile]:
        """The entities of several files, read by these conventions.

        What another tool's file has is known only where its path is `claimed`.
        """
        purpose = str(conventions)
        new = {each: self._key(purpose, each) for each in files if not self._has(each, conventions, claimed)}
        known = self._known(new.values())
        texts: dict[bytes, str] = {}
        for file, key in new.items():
            loaded = self._again(file_again, key, file, known)
            if loaded is None or _is_short(loaded, claimed):
                loaded = _load(file, conventions)
                if text := kept_file(loaded):
                    texts |= {key: text, key + _VALUES: kept_values(loaded.parsed)}
            self._files[file, conventions] = loaded
        self.store.write(texts)
        return [self._files[file, conventions] for file in files]

    def _has(self, file: SourceFile, conventions: Conventions, claimed: Set[str]) -> bool:
        loaded = self._files.get((file, conventions))
        return loaded is not None and not _is_short(loaded, claimed)

    def config(self, file: SourceFile) -> LoadedConfig:
        """The settings in a file."""
        key = self._key("config", file)
        loaded = self._again(config_again, key, file, self._known([key]))
        if loaded is None:
            from platctl.model.load import load_config
            from platctl.source.yaml.parse import parse_file

            loaded = load_config(parse_file(file))
            if text := kept_config(loaded):
                self.store.write({key: text, key + _VALUES: kept_values(loaded.parsed)})
        return loaded

    def keep_places(self) -> None:
        """Keep the places that this run has looked up in files that it knew. The end of a run is the time for it."""
        self.store.write({key + _PLACES: text for key, late in self._late.items() if (text := late.places_text)})

    def _values(self, key: bytes) -> list[object] | None:
        """The values of the documents of a file; None if they are not known."""
        if key + _VALUES not in self._texts:  # whoever asks for those of one file will ask for those of more
            new = [each + _VALUES for each in self._late if each + _VALUES not in self._texts]
            self._texts |= {**dict.fromkeys(new, ""), **self.store.read(new)}
        try:
            return values_again(self._texts[key + _VALUES])
        except (ValueError, TypeError, LookupError, RecursionError):  # damaged
            return None

    def _known(self, keys: Iterable[bytes]) -> Mapping[bytes, str]:
        return self.store.read([key + part for key in keys for part in (b"", _PLACES)])

    def _again(self, revive: _Revive[T], key: bytes, file: SourceFile, known: Mapping[bytes, str]) -> T | None:
        """What a kept text says; None if there is none that can be read."""
        if key not in known:
            return None
        try:
            found = revive(known[key], file, known.get(key + _PLACES), partial(self._values, key))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):  # damaged
            return None
        if isinstance(found.parsed, LateFile):
            self._late[key] = found.parsed
        return found

    def _key(self, purpose: str, file: SourceFile) -> bytes:
        path = file.path.encode("utf-8", "surrogateescape")
        return hashlib.sha256(b"\0".join((self._edition, purpose.encode(), path, file.data))).digest()

    @cached_property
    def _edition(self) -> bytes:
        """What tells this code from any other, since what is kept depends on it: its version, and its files."""
        return f"{platctl.__version__} {sorted(_code())}".encode()


def _is_short(loaded: LoadedFile, claimed: Set[str]) -> bool:
    """Whether only the format is known of a file of which more is wanted."""
    is_kept = isinstance(loaded.parsed, LateFile) and loaded.foreign is not None
    return is_kept and loaded.parsed.path in claimed


def _code() -> list[tuple[str, int, int]]:
    root = Path(platctl.__file__).parent
    with contextlib.suppress(OSError):
        model = root / "model"
        folders = [root / "source/yaml", model, *(each for each in model.iterdir() if each.is_dir())]
        found = [(each.name, each.stat()) for folder in folders for each in folder.iterdir() if each.suffix == ".py"]
        return [(name, facts.st_size, facts.st_mtime_ns) for name, facts in found]
    return []


def _load(file: SourceFile, conventions: Conventions) -> LoadedFile:
    from platctl.model.load import load_file
    from platctl.source.yaml.parse import parse_file

    return load_file(parse_file(file), conventions)
