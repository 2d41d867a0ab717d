"""What is kept between runs changes how long a run takes, and nothing else."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from platctl.model.model import Model
from platctl.source.open import open_source
from platctl.source.yaml import parse
from platctl.workspace import store as store_module
from platctl.workspace.file_reader import FileReader
from platctl.workspace.store import DiskStore, NoStore, Store, open_store
from platctl.workspace.workspace import Workspace

FILES = {
    "platctl.yaml": "calendar: {cadence: month}\nlayers: [low, high]\nscoring: {model: wsjf}\n",
    "a.yaml": "kind: component\nid: a\nx-cost: 1.50\nx-more: {list: [1, text, 2.10], none: null}\n"
    "interfaces:\n- id: rest\n  versions:\n  - {version: 2.10, sunset: 2027-03-31}\n  - version: 3.0.0\n"
    "depends_on: [b#x, {component: c, requires: '>=2', exposes: true}]\nsuccessor: b\n",
    "b.yaml": "kind: component\nid: b\nversioning: npm\nversion: 1.0.0\nexternal: ['npm:@scope/b']\n---\n"
    "kind: component\nid: c\nnamespace: media\nlifecycle: deprecated\n",
    "c.yaml": "kind: consumer\nid: shop\ntier: 1\nreach: {users: 1000, revenue: 2.5e6}\nuses: [a#rest, media/c]\n"
    "freezes: [{start: 2026-12-01, end: 2026-12-24}]\n",
    "d.yaml": "kind: initiative\nid: i\nstatus: planned\nperiod: 2027-03\n"
    "effort: {core: 3, apps: {low: 1, likely: 2}}\n"
    "changes: [{component: a#rest, effect: removal, version: '<3'}]\nscores: {reach: 5, impact: high}\n"
    "votes: [{by: Ada, scores: {impact: {low: 1, likely: 2, high: 3}}}]\nrisks: [it slips]\ngoals: [grow]\nfor: shop\n",
    "e.yaml": "kind: team\nid: core\ncapacity: {2027-03: 4, 2027-04: 5}\nmembers: [Ada]\n---\n"
    "kind: team\nid: apps\ncapacity: 10\n---\n"
    "kind: goal\nid: grow\ndue: 2027-03\nmetrics: [{id: m, values: {2026-01-01: 1, 2026-02-01: 2.5}}]\n---\n"
    "kind: ballot\nid: ada\nby: Ada\nvotes: {i: {reach: 7}}\n---\n"
    "kind: decision\nid: d\nchose: i\nover: [i]\ndate: 2026-11-01\n",
    "f.yaml": "kind: release\nid: r1\ndate: 2027-04-01\n---\nkind: release\nid: r2\n---\n"
    "kind: initiative\nid: j\nend: release:r1\ndeadline: release:r2\nperiod: 2027-W02..FY27-Q1\n"
    "changes: [{component: b, effect: deprecation, sunset: release:r1}]\n---\nkind: goal\nid: g2\ndue: release:r1\n",
    "odd.yaml": "kind: team\nid: odd\nlead: [1]\n",
    "compose.yml": "services: {db: {image: postgres}}\n",
    "note.yaml": "# nothing\n",
}
SPICE = ["x-note: 1\n", "visibilty: restricted\n", "title: [\n", "tags: [a, b]\n", "owner: core\n", "\ttitle: x\n"]


def written(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "model")


@pytest.fixture
def disk(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "kept" / "files.sqlite3")


def read(folder: Path, store: Store | None = None) -> Model:
    """The model as a new run reads it."""
    source = open_source(folder)
    reader = FileReader(store or NoStore())
    model = Workspace(source, reader).model(source.working_tree())
    assert [model.at(ref, (field,)) for ref, each in model.entities.items() for field in sorted(each.given_fields)]
    reader.keep_places()
    return model


def everything(model: Model) -> object:
    """All that can be asked of a model, with places and texts."""
    entities = [
        (
            repr(entity),
            sorted(entity.given_fields),
            repr(entity.extensions),
            [repr(part) for _, part in sorted(entity.extensions.items())],
            str(model.at(ref)),
            [str(model.at(ref, (field,), key=True)) for field in sorted(entity.given_fields)],
            repr(model.documents[ref].document.value),
        )
        for ref, entity in model.entities.items()
    ]
    files = [(path, file.text, file.complete, len(file.documents)) for path, file in sorted(model.files.items())]
    facts = (model.broken, model.twice, model.partial, model.doubts, model.is_whole, repr(model.config))
    return entities, files, facts, model.findings, [str(each.span(model)) for each in model.written_references()]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed from now on."""
    seen: list[str] = []
    real = parse.parse_file
    monkeypatch.setattr(parse, "parse_file", lambda file, *more: seen.append(file.path) or real(file, *more))
    return seen


def test_a_run_with_a_store_reads_what_one_without_reads(folder: Path, disk: DiskStore) -> None:
    expected = everything(read(folder))
    assert [everything(read(folder, disk)) for _ in range(3)] == [expected] * 3


@pytest.mark.parametrize("seed", range(50))
def test_after_any_edits_it_still_does(seed: int, folder: Path, disk: DiskStore) -> None:
    choose = random.Random(seed)
    for _ in range(8):
        path = folder / choose.choice(sorted(FILES)[:-1])
        match choose.randrange(5):
            case 0:
                path.write_text(FILES[path.name], "utf-8")
            case 1:
                path.write_text(path.read_text("utf-8") + choose.choice(SPICE) if path.exists() else "", "utf-8")
            case 2:
                path.write_text(path.read_text("utf-8")[: choose.randrange(90)] if path.exists() else "", "utf-8")
            case 3:
                path.unlink(missing_ok=True)
            case 4 if path.exists():
                path.rename(folder / f"moved-{choose.randrange(3)}.yaml")
        if not (folder / "c.yaml").exists():
            (folder / "c.yaml").write_text(FILES["c.yaml"], "utf-8")
        assert everything(read(folder, disk)) == everything(read(folder))


def test_only_what_changed_is_parsed_again(folder: Path, disk: DiskStore, parsed: list[str]) -> None:
    read(folder, disk)
    read(folder, disk)
    parsed.clear()
    read(folder, disk)
    assert sorted(parsed) == ["note.yaml", "odd.yaml"], "files with findings are read each time"
    (folder / "d.yaml").write_text(FILES["d.yaml"] + "outcome: Faster.\n", "utf-8")
    parsed.clear()
    read(folder, disk)
    assert sorted(parsed) == ["d.yaml", "note.yaml", "odd.yaml"]


def test_a_file_that_became_that_of_another_tool_is_no_way_out(folder: Path, disk: DiskStore) -> None:
    """It is read in full where another state has entities in it, also if it was passed over before."""
    source = open_source(folder)
    tree = source.working_tree()
    expected = Workspace(source).model(tree, claimed=frozenset({"compose.yml"}))
    read(folder, disk)
    workspace = Workspace(source, FileReader(disk))
    assert "compose.yml" not in workspace.model(tree).files
    found = workspace.model(tree, claimed=frozenset({"compose.yml"}))
    assert [each for each in found.findings if each.span and each.span.path == "compose.yml"]
    assert everything(found) == everything(expected)


def test_a_calendar_that_reads_periods_otherwise_reads_the_files_again(
    folder: Path, disk: DiskStore, parsed: list[str]
) -> None:
    read(folder, disk)
    (folder / "platctl.yaml").write_text("calendar: {cadence: sprint}\n", "utf-8")
    parsed.clear()
    read(folder, disk)
    assert "d.yaml" in parsed


def test_another_release_believes_nothing(
    folder: Path, disk: DiskStore, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(folder, disk)
    parsed.clear()
    monkeypatch.setattr("platctl.__version__", "99.0")
    read(folder, disk)
    assert "a.yaml" in parsed


def damages() -> Iterator[Callable[[Path], object]]:
    yield lambda path: path.write_bytes(b"")
    yield lambda path: path.write_bytes(b"not a database, but a text that is long enough to be looked at" * 50)
    for share in (0.1, 0.5, 0.9):
        yield lambda path, share=share: os.truncate(path, int(path.stat().st_size * share))
    for seed in range(20):
        yield lambda path, seed=seed: flip(path, seed)
    yield lambda path: other_database(path)
    yield lambda path: half_made(path)
    yield lambda path: (path.unlink(), path.mkdir())
    yield lambda path: (path.unlink(), path.symlink_to("/dev/zero"))
    yield lambda path: path.chmod(0o666)
    yield lambda path: path.parent.chmod(0o777)
    yield lambda path: lie(path, b"[1, []]")
    yield lambda path: lie(path, b'[1, [[7, "component", {"id": "x"}, {"d": {}}]], null]')
    yield lambda path: lie(path, b"\xff\xfe")


def flip(path: Path, seed: int) -> None:
    data, choose = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(30):
        data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    path.write_bytes(data)


def other_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE files (key BLOB PRIMARY KEY, checksum INTEGER, text BLOB)")


def half_made(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA application_id = {0x506C6174}")


def lie(path: Path, text: bytes) -> None:
    import zlib

    with sqlite3.connect(path) as database:
        database.execute("UPDATE files SET text = ?, checksum = ?", (text, zlib.crc32(text)))


@pytest.mark.parametrize("damage", list(damages()))
def test_a_damaged_store_is_not_believed(damage: Callable[[Path], object], folder: Path, disk: DiskStore) -> None:
    expected = everything(read(folder, disk))
    read(folder, disk)
    damage(disk.path)
    assert [everything(read(folder, disk)) for _ in range(3)] == [expected] * 3


def test_a_database_of_another_program_is_left_alone(folder: Path, disk: DiskStore) -> None:
    disk.path.parent.mkdir()
    with sqlite3.connect(disk.path) as database:
        database.execute("CREATE TABLE theirs (x)")
    before = disk.path.read_bytes()
    read(folder, disk)
    assert disk.path.read_bytes() == before


def test_a_store_that_was_only_begun_is_made_again(folder: Path, disk: DiskStore) -> None:
    read(folder, disk)
    half_made(disk.path)
    read(folder, disk)
    assert disk.facts().texts > 0


def test_nothing_is_put_where_everyone_may_write(folder: Path, disk: DiskStore) -> None:
    disk.path.parent.mkdir()
    disk.path.parent.chmod(0o777)
    read(folder, disk)
    assert not disk.path.exists()


def test_a_cache_folder_that_leads_to_itself_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.setenv("PLATCTL_CACHE_DIR", str(tmp_path / "loop"))
    model = written(tmp_path / "model")
    assert everything(read(model, open_store(model))) == everything(read(model))


def test_a_store_that_another_run_holds_is_passed_over(folder: Path, disk: DiskStore) -> None:
    expected = everything(read(folder, disk))
    (folder / "c.yaml").write_text(FILES["c.yaml"] + "title: Shop\n", "utf-8")
    with sqlite3.connect(disk.path) as database:
        database.execute("BEGIN EXCLUSIVE")
        changed = everything(read(folder, disk))
        database.rollback()
    assert changed == everything(read(folder)) != expected


def test_what_can_not_be_written_is_not_missed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    assert everything(read(folder, DiskStore(tmp_path / "taken" / "x"))) == everything(read(folder))


def test_runs_at_once_share_it(folder: Path, disk: DiskStore) -> None:
    expected, found = everything(read(folder)), []
    runs = [threading.Thread(target=lambda: found.append(everything(read(folder, disk)))) for _ in range(8)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert found == [expected] * 8


WRITES = """
import sys
from pathlib import Path
from platctl.workspace.store import DiskStore
store = DiskStore(Path(sys.argv[1]))
print("begun", flush=True)
for number in range(1000):
    store.write({bytes([number % 256, each]) * 16: "x" * 5000 for each in range(100)})
"""


def test_a_run_that_is_killed_while_it_writes_leaves_a_store_that_can_be_read(folder: Path, disk: DiskStore) -> None:
    expected = everything(read(folder, disk))
    for pause in (0.01, 0.05, 0.1):
        with subprocess.Popen([sys.executable, "-c", WRITES, disk.path], stdout=subprocess.PIPE) as run:
            assert run.stdout
            run.stdout.readline()
            threading.Event().wait(pause)
            run.send_signal(signal.SIGKILL)
        assert everything(read(folder, disk)) == expected
    assert disk.facts().texts > 0


def test_it_does_not_grow_without_end(disk: DiskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_MOST_BYTES", 100_000)
    for number in range(30):
        disk.write({b"%d" % number: "x" * 10_000})
    assert disk.facts().size < 120_000
    assert disk.read([b"29"]) == {b"29": "x" * 10_000}


def test_a_store_inside_the_repository_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLATCTL_CACHE_DIR", str(tmp_path / "repository" / ".cache"))
    assert isinstance(open_store(tmp_path / "repository"), NoStore)
    assert isinstance(open_store(tmp_path / "another"), DiskStore)
