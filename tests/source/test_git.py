"""Reading the working tree and the commits of a git repository."""

import datetime
import os
import shutil
from pathlib import Path

import pytest

from platctl.source import tree_builder
from platctl.source.errors import SourceError
from platctl.source.git.history import read_log
from platctl.source.open import Source, open_source
from platctl.source.skipped import MAX_BYTES
from repos import Repo, as_anyone, contents, opened, paths, said

LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def source(repo: Repo, folder: str = "") -> Source:
    return open_source(repo.path / folder)


# What is read


def test_the_working_tree_is_what_git_tracks_or_would_not_ignore(repo: Repo) -> None:
    repo.commit("tracked.yaml", "changed.yaml", "deleted.yaml", "a/b.yml", "README.md")
    repo.write("changed.yaml", "new: text\n")
    repo.write("untracked/c.yaml")
    repo.write("build/ignored.yaml")
    repo.write(".gitignore", "build/\n")
    repo.write(".github/workflow.yaml")
    (repo.path / "deleted.yaml").unlink()
    tree = source(repo).working_tree()
    assert paths(tree) == ["a/b.yml", "changed.yaml", "tracked.yaml", "untracked/c.yaml"]
    assert contents(tree)["changed.yaml"] == b"new: text\n"
    assert (tree.label, tree.prefix, tree.findings) == ("working tree", "", ())


def test_a_commit_is_read_as_it_was(repo: Repo) -> None:
    repo.write("a.yaml", "one\n")
    first = repo.commit()
    repo.write("a.yaml", "two\n")
    repo.write(".hidden/b.yaml")
    repo.commit()
    tree = source(repo).at(first)
    assert (contents(tree), tree.label, tree.findings) == ({"a.yaml": b"one\n"}, first[:7], ())
    assert contents(source(repo).at("main~1")) == {"a.yaml": b"one\n"}


def test_a_model_in_a_folder_of_the_repository_keeps_paths_from_the_top(repo: Repo) -> None:
    repo.commit("platform/teams/a.yaml", "other/b.yaml", "platform.yaml")
    repo.write("platform/new.yaml")
    opened_there = source(repo, "platform")
    assert (opened_there.root, opened_there.prefix, opened_there.is_git) == (repo.path, "platform/", True)
    assert paths(opened_there.working_tree()) == ["platform/new.yaml", "platform/teams/a.yaml"]
    assert paths(opened_there.at("HEAD")) == ["platform/teams/a.yaml"]
    assert opened_there.at("HEAD").prefix == "platform/"


def test_a_model_may_stand_in_a_hidden_folder_that_was_asked_for(repo: Repo) -> None:
    repo.commit(".platform/a.yaml", ".platform/.cache/b.yaml")
    assert paths(source(repo, ".platform").working_tree()) == [".platform/a.yaml"]
    assert paths(source(repo, ".platform").at("HEAD")) == [".platform/a.yaml"]


def test_a_folder_that_a_commit_does_not_have_yet_is_empty_there(repo: Repo) -> None:
    repo.commit("README.md")
    repo.write("platform/a.yaml")
    assert source(repo, "platform").at("HEAD").files == ()


def test_a_repository_is_found_through_a_link_to_it(repo: Repo, tmp_path: Path) -> None:
    repo.commit("platform/a.yaml")
    (tmp_path / "link").symlink_to(repo.path / "platform")
    found = open_source(tmp_path / "link")
    assert (found.root, found.prefix) == (repo.path, "platform/")


def test_a_linked_working_tree_reads_its_own_files(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("worktree", "add", "-q", "../beside", "-b", "beside")
    (repo.path.parent / "beside" / "b.yaml").write_text("b\n")
    assert paths(open_source(repo.path.parent / "beside").working_tree()) == ["a.yaml", "b.yaml"]


def test_a_tree_has_the_day_of_its_commit_in_utc(repo: Repo) -> None:
    first = repo.commit("a.yaml", date="2027-03-01T23:30:00-0200")
    repo.commit("a.yaml", date="2027-05-05T00:30:00+0200")
    assert source(repo).at(first).date == datetime.date(2027, 3, 2)
    assert source(repo).working_tree().date == datetime.date(2027, 5, 4)


def test_before_the_first_commit_the_working_tree_is_read_without_a_date(repo: Repo) -> None:
    repo.write("a.yaml")
    tree = source(repo).working_tree()
    assert (paths(tree), tree.date) == (["a.yaml"], None)


def test_a_date_no_calendar_has_is_no_date(repo: Repo) -> None:
    tree = repo.git("write-tree")
    text = f"tree {tree}\nauthor A <a> 1 +0000\ncommitter A <a> 99999999999999999 +0000\n\nfar\n"
    commit = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=text.encode())
    assert source(repo).at(commit).date is None


def test_a_repository_with_long_ids_is_read_alike(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "long", "--object-format=sha256")
    commit = repo.commit("a.yaml")
    assert len(commit) == 64
    assert (paths(source(repo).at(commit)), source(repo).at(commit).label) == (["a.yaml"], commit[:7])


def test_a_conflict_is_read_once_with_its_markers(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("checkout", "-q", "-b", "other")
    repo.write("a.yaml", "theirs\n")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("a.yaml", "ours\n")
    repo.commit()
    with pytest.raises(AssertionError):
        repo.git("merge", "-q", "other")
    tree = source(repo).working_tree()
    assert paths(tree) == ["a.yaml"]
    assert tree.files[0].data.startswith(b"<<<<<<<")


def test_more_files_than_are_asked_for_at_once_arrive_whole_and_in_order(repo: Repo) -> None:
    expected = {f"{number:04}.yaml": f"number {number}\n" * (number % 50) for number in range(400)}
    for name, text in expected.items():
        (repo.path / name).write_text(text)
    repo.commit()
    assert contents(source(repo).at("HEAD")) == {name: text.encode() for name, text in expected.items()}
    assert source(repo).at("HEAD").files == source(repo).working_tree().files


# What is skipped


def test_links_and_submodules_are_skipped_and_said_on_disk_and_in_commits(repo: Repo, tmp_path: Path) -> None:
    library = Repo(tmp_path / "library")
    library.commit("inner.yaml")
    repo.commit("folder/a.yaml", "README.md")
    repo.git("submodule", "add", "-q", str(library.path), "library")
    (repo.path / "link.yaml").symlink_to("/etc/passwd")
    (repo.path / "folder" / "up").symlink_to("..")
    (repo.path / "folder" / "text").symlink_to("../README.md")
    repo.commit()
    expected = [
        "warning skipped-file: `folder/up` is a symbolic link to a folder and was not read",
        "warning skipped-file: `library` is a separate repository and was not read",
        "warning skipped-file: `link.yaml` is a symbolic link and was not read",
    ]
    for tree in (source(repo).working_tree(), source(repo).at("HEAD")):
        assert (paths(tree), said(tree)) == (["folder/a.yaml"], expected)


def test_an_untracked_repository_inside_this_one_is_said(repo: Repo) -> None:
    Repo(repo.path / "nested").commit("a.yaml")
    assert said(source(repo).working_tree()) == [
        "warning skipped-file: `nested` is a separate repository and was not read"
    ]


def test_nothing_outside_the_repository_is_opened(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.yaml").write_text("secret\n")
    repo.commit("was/a.yaml", "b.yaml")
    shutil.rmtree(repo.path / "was")
    (repo.path / "was").symlink_to("../outside")
    (repo.path / "absolute.yaml").symlink_to(tmp_path / "outside" / "a.yaml")
    with opened() as seen:
        tree = source(repo).working_tree()
    assert paths(tree) == ["b.yaml"]
    assert said(tree) == [
        "warning skipped-file: `absolute.yaml` is a symbolic link and was not read",
        "warning skipped-file: `was` is a symbolic link to a folder and was not read",
    ]
    assert str(repo.path / "b.yaml") in seen
    assert {path for path in seen if not path.startswith(f"{repo.path}/") or "/was" in path} <= {os.devnull}


def test_a_pipe_a_folder_and_a_large_file_are_said_whether_git_tracks_them_or_not(repo: Repo) -> None:
    repo.commit("pipe.yaml", "folder.yaml", "good.yaml", "large.yaml")
    for name in ("pipe.yaml", "folder.yaml"):
        (repo.path / name).unlink()
    os.mkfifo(repo.path / "pipe.yaml")
    os.mkfifo(repo.path / "new-pipe.yaml")
    (repo.path / "folder.yaml").mkdir()
    (repo.path / "new-folder.yaml").mkdir()
    (repo.path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    tree = source(repo).working_tree()
    assert paths(tree) == ["good.yaml"]
    assert said(tree) == [
        "warning skipped-file: `folder.yaml` is a folder, but is named like a YAML file",
        "error unreadable-file: `large.yaml` is larger than 1 MiB",
        "warning skipped-file: `new-folder.yaml` is a folder, but is named like a YAML file",
        "warning skipped-file: `new-pipe.yaml` is not a regular file and was not read",
        "warning skipped-file: `pipe.yaml` is not a regular file and was not read",
    ]


def test_a_large_file_in_a_commit_is_left_out_and_those_behind_it_are_read(repo: Repo) -> None:
    repo.write("a.yaml", "#" * MAX_BYTES)
    repo.write("b.yaml", "#" * (MAX_BYTES + 1))
    repo.write("c.yaml", "c\n")
    repo.commit()
    tree = source(repo).at("HEAD")
    assert paths(tree) == ["a.yaml", "c.yaml"]
    assert said(tree) == ["error unreadable-file: `b.yaml` is larger than 1 MiB"]


def test_a_pointer_of_git_lfs_is_handed_on_as_it_stands(repo: Repo) -> None:
    (repo.path / "a.yaml").write_bytes(LFS_POINTER)
    repo.commit()
    assert contents(source(repo).at("HEAD")) == {"a.yaml": LFS_POINTER}


def test_files_without_permission_are_errors_and_hide_no_others() -> None:
    def work(folder: Path) -> list[str]:
        repo = Repo(folder / "repo")
        repo.commit("a.yaml", "denied.yaml")
        repo.write("closed/b.yaml")
        (repo.path / "denied.yaml").chmod(0)
        (repo.path / "closed").chmod(0)
        tree = source(repo).working_tree()
        return [*paths(tree), *said(tree)]

    assert as_anyone(work) == [
        "a.yaml",
        "error unreadable-file: `closed` can't be read: permission denied",
        "error unreadable-file: `denied.yaml` can't be read: permission denied",
    ]


def test_a_checkout_that_can_not_be_written_to_is_read_like_any_other() -> None:
    def work(folder: Path) -> list[str]:
        repo = Repo(folder / "repo")
        repo.commit("a.yaml")
        for path in (repo.path, *repo.path.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        return [*paths(source(repo).working_tree()), *paths(source(repo).at("HEAD"))]

    assert as_anyone(work) == ["a.yaml", "a.yaml"]


def test_what_a_sparse_checkout_leaves_out_does_not_look_deleted(repo: Repo) -> None:
    repo.commit("in/a.yaml", "out/b.yaml")
    repo.git("sparse-checkout", "set", "--no-cone", "/in/")
    tree = source(repo).working_tree()
    assert paths(tree) == ["in/a.yaml"]
    assert said(tree) == ["error unreadable-file: `out/b.yaml` is not included in this sparse checkout"]


def test_names_that_differ_only_in_case_are_said_for_a_commit_on_every_system(repo: Repo) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"a\n")
    tree = repo.git("mktree", stdin=b"".join(f"100644 blob {blob}\t{n}\n".encode() for n in ("A.yaml", "a.yaml")))
    commit = repo.git("commit-tree", "-m", "both", tree)
    assert said(source(repo).at(commit)) == [
        "warning path-collision: `a.yaml` and `A.yaml` are the same file on macOS and Windows"
    ]


# Names that could be misread


def test_a_file_name_may_hold_anything_git_allows(repo: Repo) -> None:
    names = [b"-rf.yaml", b"a\nb.yaml", b"esc\x1b[2J.yaml", b"latin-\xe9.yaml", b":(glob)*.yaml", b"tab\t.yaml"]
    for name in names:
        (repo.path / os.fsdecode(name)).write_bytes(b"in " + name)
    untracked = contents(source(repo).working_tree())
    repo.commit()
    expected = {name.decode("utf-8", "surrogateescape"): b"in " + name for name in names}
    assert untracked == expected
    assert contents(source(repo).working_tree()) == expected
    assert contents(source(repo).at("HEAD")) == expected


def test_a_folder_with_a_newline_or_glob_in_its_name_can_hold_the_model(repo: Repo) -> None:
    for folder in ("a\nb", "*", "-x"):
        repo.commit(f"{folder}/m.yaml", "a/other.yaml")
        assert source(repo, folder).prefix == f"{folder}/"
        assert paths(source(repo, folder).working_tree()) == [f"{folder}/m.yaml"]
        assert paths(source(repo, folder).at("HEAD")) == [f"{folder}/m.yaml"]


def test_a_repository_may_stand_in_a_folder_with_a_newline_in_its_name(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "odd\n\xe9")
    repo.commit("p/a.yaml")
    assert (source(repo, "p").root, paths(source(repo, "p").working_tree())) == (repo.path, ["p/a.yaml"])


def test_a_file_named_like_a_request_for_another_gives_its_own_content(repo: Repo) -> None:
    name = "x\nHEAD:secret.txt\n.yaml"
    repo.write("secret.txt", "secret\n")
    repo.write(name, "mine\n")
    repo.commit()
    assert contents(source(repo).at("HEAD")) == {name: b"mine\n"}


def test_attributes_hide_and_change_nothing_in_a_commit(repo: Repo) -> None:
    repo.write(".gitattributes", "a.yaml export-ignore\nb.yaml export-subst\n")
    repo.write("a.yaml", "a\n")
    repo.write("b.yaml", "$Format:%H$\n")
    repo.commit()
    assert contents(source(repo).at("HEAD")) == {"a.yaml": b"a\n", "b.yaml": b"$Format:%H$\n"}


def test_entries_no_checkout_could_hold_are_left_out(repo: Repo) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"a\n")

    def tree(*entries: tuple[str, str, str]) -> str:
        raw = b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(i) for mode, name, i in entries)
        return repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)

    up = tree(("100644", "evil.yaml", blob))
    top = tree(
        ("40000", "..", up),
        ("40000", ".git", up),
        ("100644", "good.yaml", blob),
        ("100644", "tree.yaml", up),
    )
    found = source(repo).at(repo.git("commit-tree", "-m", "odd", top))
    assert paths(found) == ["good.yaml"]
    assert said(found) == ["warning skipped-file: `tree.yaml` is not a regular file and was not read"]


def test_a_commit_that_unfolds_without_end_is_refused(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_builder, "_MAX_ENTRIES", 5000)
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"a\n")
    tree, kind = blob, "100644 blob"
    for _ in range(9):
        entries = "".join(f"{kind} {tree}\td{number}\n" for number in range(10))
        tree, kind = repo.git("mktree", stdin=entries.encode()), "40000 tree"
    with pytest.raises(SourceError, match="more than 5,000 files"):
        source(repo).at(repo.git("commit-tree", "-m", "bomb", tree))


# What a repository could make git do


@pytest.fixture
def trap(repo: Repo, tmp_path: Path) -> Path:
    """A folder into which every program named by the repository's configuration leaves a file."""
    caught = tmp_path / "caught"
    caught.mkdir()
    script = tmp_path / "trap"
    script.write_text(f'#!/bin/sh\ntouch "{caught}/$$"\ncat\n')
    script.chmod(0o755)
    repo.write(".gitattributes", "*.yaml filter=evil diff=evil merge=evil\n")
    repo.commit("a.yaml", "b.yaml")
    repo.commit("a.yaml")
    for key in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "core.askPass"),
        *("core.alternateRefsCommand", "diff.external", "diff.evil.textconv", "diff.evil.command", "gpg.program"),
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver"),
        *("credential.helper", "pager.ls-files", "pager.rev-parse", "pager.ls-tree", "interactive.diffFilter"),
    ):
        repo.git("config", key, str(script))
    for name in ("ls-files", "rev-parse", "cat-file", "ls-tree", "merge-base", "for-each-ref", "rev-list", "diff-tree"):
        repo.git("config", f"alias.{name}", f"!{script}")
    hooks = repo.path / ".git" / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "pre-auto-gc"):
        (hooks / name).write_bytes(script.read_bytes())
        (hooks / name).chmod(0o755)
    os.utime(repo.path / "a.yaml", (1, 1))
    return caught


def test_nothing_a_repository_names_is_executed(repo: Repo, trap: Path) -> None:
    found = source(repo)
    assert paths(found.working_tree()) == ["a.yaml", "b.yaml"]
    assert paths(found.at("HEAD~1")) == ["a.yaml", "b.yaml"]
    assert [len(entry.changes) for entry in read_log(found.git, "").entries] == [2, 1]
    assert list(trap.iterdir()) == []
    repo.git("status")
    assert list(trap.iterdir()) != [], "the trap itself must work"


def test_a_bare_repository_among_the_files_is_never_entered(repo: Repo, tmp_path: Path) -> None:
    caught = tmp_path / "caught"
    repo.write("inner/model/a.yaml")
    bare = repo.path / "inner"
    repo.git("init", "-q", "--bare", "inner")
    repo.git("-C", "inner", "config", "core.bare", "false")
    repo.git("-C", "inner", "config", "core.worktree", str(bare))
    repo.git("-C", "inner", "config", "core.fsmonitor", f"touch {caught}; false")
    repo.git("add", "--all")
    repo.git("commit", "-q", "-m", "an ordinary folder, by its looks")
    for tree in (source(repo).working_tree(), source(repo).at("HEAD")):
        assert paths(tree) == ["inner/model/a.yaml"]
    with pytest.raises(SourceError, match="is a bare repository"):
        source(repo, "inner/model")
    assert not caught.exists()
    repo.git("-C", "inner", "status")
    assert caught.exists(), "the trap itself must work"


def test_the_git_environment_of_whoever_calls_changes_nothing(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repo(tmp_path / "other")
    other.commit("other.yaml")
    repo.commit("a.yaml")
    before = (source(repo).working_tree(), source(repo).at("HEAD"))
    for name, value in {
        "GIT_DIR": str(other.path / ".git"),
        "GIT_WORK_TREE": str(other.path),
        "GIT_INDEX_FILE": str(other.path / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other.path / ".git" / "objects"),
        "GIT_NAMESPACE": "other",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": f"touch {tmp_path}/caught; false",
        "GIT_EXTERNAL_DIFF": f"touch {tmp_path}/caught",
        "GIT_TRACE": str(tmp_path / "trace"),
        "GIT_GLOB_PATHSPECS": "1",
        "GIT_REPLACE_REF_BASE": "refs/heads/",
        "LC_ALL": "de_DE.UTF-8",
        "TZ": "Pacific/Kiritimati",
    }.items():
        monkeypatch.setenv(name, value)
    assert (source(repo).working_tree(), source(repo).at("HEAD")) == before
    assert not (tmp_path / "caught").exists()
    assert not (tmp_path / "trace").exists()


def test_what_a_user_ignores_everywhere_is_ignored_here(repo: Repo, tmp_path: Path) -> None:
    repo.write("a.yaml")
    repo.write("notes.yaml")
    ignore = tmp_path / "home" / ".config" / "git" / "ignore"
    ignore.parent.mkdir(parents=True)
    ignore.write_text("notes.yaml\n")
    assert paths(source(repo).working_tree()) == ["a.yaml"]


def test_a_replaced_object_does_not_stand_in_for_the_real_one(repo: Repo) -> None:
    real = repo.commit("a.yaml")
    content = source(repo).at(real)
    repo.write("a.yaml", "forged\n")
    forged = repo.commit()
    repo.git("replace", real, forged)
    assert repo.git("show", f"{real}:a.yaml") == "forged", "git itself must believe it"
    assert source(repo).at(real) == content


def test_an_object_that_a_partial_clone_left_out_is_not_fetched(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("a.yaml")
    repo.commit("a.yaml")
    clone = repo.clone("partial", "--filter=blob:none")
    clone.git("config", "remote.origin.url", f"ext::sh -c 'touch {tmp_path}/caught'")
    clone.git("config", "protocol.ext.allow", "always")
    assert paths(source(clone).at("HEAD")) == ["a.yaml"]
    with pytest.raises(SourceError, match=r"object [0-9a-f]{40} is not in this partial clone") as error:
        source(clone).at("HEAD~1")
    assert error.value.help == "fetch the missing objects: `git fetch --refetch --no-filter`"
    assert not (tmp_path / "caught").exists()


def test_a_treeless_clone_says_the_same(repo: Repo) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("a.yaml")
    repo.commit("a.yaml", "b.yaml")
    clone = repo.clone("treeless", "--filter=tree:0")
    with pytest.raises(SourceError, match="is not in this partial clone"):
        source(clone).at("HEAD~1")


def test_the_command_that_help_names_mends_a_partial_clone(repo: Repo) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("a.yaml")
    repo.commit("a.yaml")
    clone = repo.clone("partial", "--filter=blob:none")
    clone.git("fetch", "--refetch", "--no-filter")
    assert paths(source(clone).at("HEAD~1")) == ["a.yaml"]


# What can't be read at all


def damage(repo: Repo, name: str) -> None:
    file = repo.path / ".git" / "objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(b"junk")


@pytest.mark.parametrize("what", ["HEAD:a.yaml", "HEAD^{tree}", "HEAD"])
def test_a_damaged_object_is_an_error_with_the_command_that_finds_it(repo: Repo, what: str) -> None:
    commit = repo.commit("a.yaml")
    damage(repo, repo.id(what))
    with pytest.raises(SourceError, match="git can't read") as error:
        source(repo).at(commit)
    assert error.value.help == "run `git fsck` to find what is missing or damaged"


def test_a_missing_object_is_an_error(repo: Repo) -> None:
    commit = repo.commit("a.yaml")
    blob = repo.id("HEAD:a.yaml")
    (repo.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(SourceError, match=f"git can't read object {blob}"):
        source(repo).at(commit)


def test_a_damaged_index_is_an_error_with_the_command_that_mends_it(repo: Repo) -> None:
    repo.commit("a.yaml")
    (repo.path / ".git" / "index").write_bytes(b"junk")
    with pytest.raises(SourceError, match="git can't list the working tree") as error:
        source(repo).working_tree()
    assert error.value.help == "if the index is damaged, run `rm .git/index` and `git reset`"


def test_a_bare_repository_is_an_error(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("clone", "-q", "--bare", ".", "../bare")
    with pytest.raises(SourceError, match="is a bare repository, without files to read") as error:
        open_source(repo.path.parent / "bare")
    assert error.value.help.startswith("clone it with `git clone ")


def test_the_folder_of_git_itself_is_no_place_for_a_model(repo: Repo) -> None:
    with pytest.raises(SourceError, match="bare repository"):
        source(repo, ".git")


def test_a_repository_whose_files_lie_elsewhere_is_an_error(repo: Repo, tmp_path: Path) -> None:
    for elsewhere in (tmp_path / "home", tmp_path / "nowhere"):
        repo.git("config", "core.worktree", str(elsewhere))
        with pytest.raises(SourceError, match="is outside its repository's worktree") as error:
            source(repo)
        assert error.value.help == "run `git config --unset core.worktree`"


def test_a_repository_that_is_not_where_it_says_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    with pytest.raises(SourceError, match=r"git can't read .*: not a git repository: /nowhere") as error:
        open_source(tmp_path)
    assert error.value.help == "fix what `git status` reports there"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository to somebody else")
def test_a_repository_of_somebody_else_is_an_error_with_the_command_that_trusts_it(repo: Repo, tmp_path: Path) -> None:
    for path in (repo.path, repo.path / ".git"):
        os.chown(path, 65534, 65534)
    with pytest.raises(SourceError, match="which belongs to another user") as error:
        source(repo)
    assert error.value.help == f"run `git config --global --add safe.directory {repo.path}`"
    (tmp_path / "home" / ".gitconfig").write_text(f"[safe]\ndirectory = {repo.path}\n")
    assert source(repo).is_git


def test_without_git_the_files_are_read_as_those_of_a_folder(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("a.yaml")
    monkeypatch.setenv("PATH", "")
    found = source(repo)
    assert (found.is_git, paths(found.working_tree())) == (False, ["a.yaml"])
    with pytest.raises(SourceError, match="git is not installed") as error:
        found.at("HEAD")
    assert error.value.help == "install git 2.31 or newer, or compare two folders with `platctl impact --base DIR`"


def test_a_git_that_the_checkout_brings_is_not_started(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("git", "#!/bin/sh\ntouch caught\n").chmod(0o755)
    monkeypatch.chdir(repo.path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    source(repo).working_tree()
    assert not (repo.path / "caught").exists()


def test_an_old_git_is_an_error(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before 2.31 `rev-parse` printed an option which it did not know."""
    old = tmp_path / "old" / "git"
    old.parent.mkdir()
    old.write_text(
        '#!/bin/sh\ncase "$*" in *" version") echo git version 2.25.1;; *) echo --path-format=absolute;; esac\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(SourceError, match=r"git version 2\.25\.1 is too old") as error:
        source(repo)
    assert error.value.help == "install git 2.31 or newer"
