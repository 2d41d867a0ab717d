"""Reading a plain folder."""

import os
import stat
import unicodedata
from pathlib import Path

import pytest

from platctl.finding import Severity
from platctl.source import tree_builder
from platctl.source.errors import SourceError
from platctl.source.folder import folder_tree
from platctl.source.open import open_source
from platctl.source.skipped import MAX_BYTES
from platctl.source.tree import Tree
from repos import as_anyone, contents, opened, paths, said


def write(folder: Path, *names: str | bytes) -> None:
    for name in names:
        file = folder / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("kind: team\n")


def read(folder: Path) -> Tree:
    return folder_tree(folder, "folder plans/")


def test_every_yaml_file_is_read_in_the_order_of_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "a/z.yml", "a.yaml", "README.md", "B.YAML.txt", "a/c/deep.YAML")
    assert paths(read(tmp_path)) == ["a.yaml", "a/c/deep.YAML", "a/z.yml", "b.yaml"]


def test_content_is_given_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfkind: team\r\nno end of line \xff")
    assert contents(read(tmp_path)) == {"a.yaml": b"\xef\xbb\xbfkind: team\r\nno end of line \xff"}


def test_hidden_folders_and_files_are_left_out_without_a_word(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", ".hidden.yaml", ".github/workflow.yaml", "b/.cache/c.yaml")
    assert (paths(read(tmp_path)), said(read(tmp_path))) == (["a.yaml"], [])


def test_a_folder_has_a_label_and_no_date(tmp_path: Path) -> None:
    tree = read(tmp_path)
    assert (tree.label, tree.date, tree.prefix) == ("folder plans/", None, "")


def test_a_folder_outside_of_git_is_a_source_without_commits(tmp_path: Path) -> None:
    write(tmp_path / "plans", "a.yaml")
    source = open_source(tmp_path / "plans")
    assert (source.root, source.prefix, source.is_git) == (tmp_path / "plans", "", False)
    assert (source.working_tree().label, paths(source.working_tree())) == ("folder plans/", ["a.yaml"])
    with pytest.raises(SourceError, match="is not in a git repository"):
        source.at("HEAD")


def test_a_folder_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "old" / "plans", "a.yaml")
    monkeypatch.chdir(tmp_path)
    assert open_source(Path("old/plans")).working_tree().label == "folder old/plans/"


def test_a_folder_that_is_not_there_is_an_error_with_help(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="can't be opened: no such file or directory") as error:
        open_source(tmp_path / "nowhere")
    assert error.value.help == "use `-C FOLDER` to name the folder of the model"


def test_a_file_in_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    with pytest.raises(SourceError, match="is not a folder"):
        open_source(tmp_path / "a.yaml")


def test_a_symbolic_link_is_skipped_and_said_and_its_target_never_opened(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.yaml", "in/a.yaml")
    (tmp_path / "in" / "link.yaml").symlink_to("../outside/secret.yaml")
    (tmp_path / "in" / "dir").symlink_to("../outside")
    (tmp_path / "in" / "device.yaml").symlink_to("/dev/zero")
    (tmp_path / "in" / "environ.yaml").symlink_to("/proc/self/environ")
    with opened() as seen:
        tree = read(tmp_path / "in")
    assert paths(tree) == ["a.yaml"]
    assert said(tree) == [
        "warning skipped-file: `device.yaml` is a symbolic link and was not read",
        "warning skipped-file: `dir` is a symbolic link to a folder and was not read",
        "warning skipped-file: `environ.yaml` is a symbolic link and was not read",
        "warning skipped-file: `link.yaml` is a symbolic link and was not read",
    ]
    assert seen
    assert [path for path in seen if not path.startswith(str(tmp_path / "in"))] == []


def test_links_in_a_circle_and_links_to_nothing_end_by_themselves(tmp_path: Path) -> None:
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    (tmp_path / "nothing.yaml").symlink_to("gone")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "round").symlink_to("round")
    tree = read(tmp_path)
    assert paths(tree) == []
    assert said(tree) == [
        "warning skipped-file: `loop` is a symbolic link to a folder and was not read",
        "warning skipped-file: `nothing.yaml` is a symbolic link and was not read",
        "warning skipped-file: `self.yaml` is a symbolic link and was not read",
    ]


def test_a_folder_named_like_a_yaml_file_is_said_and_the_files_in_it_are_read(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml/a.yaml")
    tree = read(tmp_path)
    assert paths(tree) == ["x.yaml/a.yaml"]
    assert said(tree) == ["warning skipped-file: `x.yaml` is a folder, but is named like a YAML file"]


def test_a_pipe_or_socket_is_said_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    os.mknod(tmp_path / "socket.yaml", stat.S_IFSOCK | 0o600)
    assert said(read(tmp_path)) == [
        "warning skipped-file: `pipe.yaml` is not a regular file and was not read",
        "warning skipped-file: `socket.yaml` is not a regular file and was not read",
    ]


def test_a_file_may_have_one_mebibyte_and_not_a_byte_more(tmp_path: Path) -> None:
    (tmp_path / "full.yaml").write_bytes(b"#" * MAX_BYTES)
    (tmp_path / "over.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    tree = read(tmp_path)
    assert paths(tree) == ["full.yaml"]
    assert said(tree) == ["error unreadable-file: `over.yaml` is larger than 1 MiB"]
    assert tree.findings[0].help == "split it into several files"


def test_a_sparse_file_of_ten_gigabytes_costs_nothing(tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(10 << 30)
    assert said(read(tmp_path)) == ["error unreadable-file: `huge.yaml` is larger than 1 MiB"]


def test_files_and_folders_without_permission_are_errors_and_hide_no_others() -> None:
    def work(folder: Path) -> list[str]:
        write(folder, "a.yaml", "denied.yaml", "closed/b.yaml")
        (folder / "denied.yaml").chmod(0)
        (folder / "closed").chmod(0)
        tree = read(folder)
        return [*paths(tree), *said(tree), *(finding.help for finding in tree.findings)]

    assert as_anyone(work) == [
        "a.yaml",
        "error unreadable-file: `closed` can't be read: permission denied",
        "error unreadable-file: `denied.yaml` can't be read: permission denied",
        "add read permission: `chmod u+rX PATH`",
        "add read permission: `chmod u+rX PATH`",
    ]


def test_a_folder_which_can_not_be_written_to_is_read_like_any_other() -> None:
    def work(folder: Path) -> list[str]:
        write(folder, "model/a.yaml")
        (folder / "model" / "a.yaml").chmod(0o444)
        (folder / "model").chmod(0o555)
        tree = read(folder / "model")
        return [*paths(tree), *said(tree)]

    assert as_anyone(work) == ["a.yaml"]


def test_a_file_name_may_hold_anything_a_file_system_allows(tmp_path: Path) -> None:
    names = [b"-rf.yaml", b"a\nb.yaml", b"esc\x1b[2J.yaml", b"latin-\xe9.yaml", "ü ✓.yaml".encode()]
    write(tmp_path, *names)
    tree = read(tmp_path)
    assert sorted(path.encode("utf-8", "surrogateescape") for path in paths(tree)) == sorted(names)
    assert all(file.data for file in tree.files)


def test_names_that_differ_only_in_case_or_unicode_form_are_said_together(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "é.yaml") for form in ("NFC", "NFD"))
    write(tmp_path, "Team.yaml", "team.yaml", composed, decomposed, "straße.yaml", "STRASSE.yaml", "other.yaml")
    if len(paths(read(tmp_path))) < 7:
        pytest.skip("this file system folds the names itself")
    collisions = [finding for finding in read(tmp_path).findings if finding.rule == "path-collision"]
    assert [finding.message for finding in collisions] == [
        "`straße.yaml` and `STRASSE.yaml` are the same file on macOS and Windows",
        "`team.yaml` and `Team.yaml` are the same file on macOS and Windows",
        f"`{composed}` and `{decomposed}` are the same file on macOS and Windows",
    ]
    assert {finding.severity for finding in collisions} == {Severity.WARNING}
    assert [str(label.span) for label in collisions[1].related] == ["Team.yaml:1:1"]


def test_two_readings_of_one_folder_are_equal(tmp_path: Path) -> None:
    write(tmp_path, *(f"{letter}/{number}.yaml" for letter in "zyx" for number in range(9)))
    assert read(tmp_path) == read(tmp_path)


def test_a_folder_nested_deeper_than_a_path_can_name_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = tmp_path / "deep"
    start.mkdir()
    monkeypatch.chdir(start)
    for _ in range(30):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    Path("a.yaml").touch()
    tree = read(start)
    assert paths(tree) == []
    (finding,) = tree.findings
    assert finding.message.endswith("can't be read: file name too long")


def test_a_tree_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_builder, "_MAX_ENTRIES", 20)
    write(tmp_path, *(f"{number}.txt" for number in range(21)))
    with pytest.raises(SourceError, match="too much to read: more than 20 files"):
        read(tmp_path)


def test_more_yaml_than_any_model_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, *(f"{number}.yaml" for number in range(3)))
    monkeypatch.setattr(tree_builder, "_MAX_FILES", 2)
    with pytest.raises(SourceError, match="more than 2 YAML files"):
        read(tmp_path)
    monkeypatch.setattr(tree_builder, "_MAX_FILES", 3)
    monkeypatch.setattr(tree_builder, "_MAX_TOTAL", 0)
    with pytest.raises(SourceError, match="more than 0 MiB of YAML"):
        read(tmp_path)
