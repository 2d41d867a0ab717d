"""The past of a model: what each commit changed, whatever is broken on the way, as loading every commit has it."""

import datetime
import itertools
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from platctl.finding import Severity
from platctl.model.model import Model
from platctl.model.past import EntityState, Past
from platctl.model.ref import Ref
from platctl.source import tree_builder
from platctl.source.errors import SourceError
from platctl.source.git.refs import Resolved
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.past_reader import read_past
from platctl.workspace.workspace import Workspace, open_workspace
from repos import Repo

IDENTITY = "kind: component\nid: identity\nversion: {version}\n"


def past(repo: Repo) -> Past:
    return read_past(open_workspace(repo.path))


def history(found: Past) -> list[dict[str, str | None]]:
    """By commit: what changed, as `component:identity` and where it stands."""
    return [
        {str(ref): state.path if state else None for ref, state in moment.changed.items()} for moment in found.moments
    ]


def states(found: Past) -> list[dict[Ref, EntityState]]:
    """By commit: everything that there is."""
    now: dict[Ref, EntityState] = {}
    result = []
    for moment in found.moments:
        now = {ref: state for ref, state in {**now, **moment.changed}.items() if state}
        result.append(now)
    return result


def version(found: Past, index: int = -1) -> str:
    entity = states(found)[index][Ref("component", "default", "identity")].entity
    return str(getattr(entity, "version", None))


def broken(found: Past) -> list[tuple[int, str, str, int | None]]:
    """From which commit on, where, by which rule, and until which commit."""
    order = [moment.at.commit for moment in found.moments]
    return [
        (order.index(each.at.commit), each.path, each.rule, order.index(each.until.commit) if each.until else None)
        for each in found.broken
    ]


def test_a_commit_is_known_by_its_author_and_its_day_in_utc(repo: Repo) -> None:
    repo.write("a.yaml")
    commit = repo.commit(date="2027-03-01T23:30:00-08:00")
    (moment,) = past(repo).moments
    assert (moment.at.commit, moment.at.author, moment.at.date) == (commit, "Ada", datetime.date(2027, 3, 2))


def test_each_commit_says_what_it_changed(repo: Repo) -> None:
    repo.write("a.yaml", IDENTITY.format(version="1.0"))
    repo.write("b.yaml", "kind: team\nid: core\n")
    repo.commit()
    repo.write("a.yaml", "# only a comment\n" + IDENTITY.format(version="1.0"))
    repo.commit()
    (repo.path / "b.yaml").unlink()
    repo.write("a.yaml", IDENTITY.format(version="2.0"))
    repo.commit()
    assert history(past(repo)) == [
        {"component:identity": "a.yaml", "team:core": "b.yaml"},
        {},
        {"component:identity": "a.yaml", "team:core": None},
    ]


def test_a_document_that_moves_to_another_file_is_still_there(repo: Repo) -> None:
    repo.write("a.yaml", "kind: team\nid: core\n---\n" + IDENTITY.format(version="1.0"))
    repo.commit()
    repo.write("a.yaml", "kind: team\nid: core\n")
    repo.write("new/b.yaml", IDENTITY.format(version="1.0"))
    repo.commit()
    assert history(past(repo))[1] == {"component:identity": "new/b.yaml"}


def test_a_merge_is_one_change_of_the_branch_that_it_goes_to(repo: Repo) -> None:
    repo.write("a.yaml", IDENTITY.format(version="1.0"))
    repo.commit()
    repo.git("checkout", "-q", "-b", "side")
    for number in (2, 3):
        repo.write("a.yaml", IDENTITY.format(version=f"{number}.0"))
        repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("b.yaml")
    repo.commit()
    repo.git("merge", "-q", "side", "-m", "merge")
    found = past(repo)
    assert history(found) == [{"component:identity": "a.yaml"}, {"team:a": "b.yaml"}, {"component:identity": "a.yaml"}]
    assert version(found) == "3.0"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"kind: component\nid: identity\nversion: [\n", "yaml-syntax"),
        (b"kind: componant\nid: identity\n", "unknown-kind"),
        (b"kind: component\nid: identity\nversion: [2.0]\n", "wrong-type"),
        (b"kind: component\nid: identity # caf\xe9\n", "encoding"),
        (b"#" * (1 << 20) + b"#\n", "unreadable-file"),
    ],
)
def test_what_can_t_be_read_stays_as_it_was_until_it_is_mended(repo: Repo, text: bytes, rule: str) -> None:
    repo.write("a.yaml", IDENTITY.format(version="1.0"))
    repo.commit()
    (repo.path / "a.yaml").write_bytes(text)
    repo.commit()
    repo.write("a.yaml", IDENTITY.format(version="3.0"))
    repo.commit()
    found = past(repo)
    assert [version(found, index) for index in range(3)] == ["1.0", "1.0", "3.0"]
    assert broken(found) == [(1, "a.yaml", rule, 2)]


def test_a_link_in_the_place_of_a_file_is_not_followed(repo: Repo) -> None:
    repo.write("a.yaml", IDENTITY.format(version="1.0"))
    repo.commit()
    (repo.path / "a.yaml").unlink()
    (repo.path / "a.yaml").symlink_to("/etc/passwd")
    repo.commit()
    found = past(repo)
    assert (version(found), broken(found)) == ("1.0", [(1, "a.yaml", "skipped-file", None)])


def test_a_broken_document_hides_no_other_of_its_file(repo: Repo) -> None:
    repo.write("a.yaml", IDENTITY.format(version="1.0") + "---\nkind: team\nid: core\n---\nkind: team\nid: web\n")
    repo.commit()
    repo.write("a.yaml", IDENTITY.format(version="2.0") + '---\nkind: team\nid: "core\n')
    repo.commit()
    found = past(repo)
    assert history(found)[1] == {"component:identity": "a.yaml", "team:web": None}


def test_what_moves_into_a_broken_file_is_not_lost(repo: Repo) -> None:
    repo.write("a.yaml", IDENTITY.format(version="1.0"))
    repo.commit()
    (repo.path / "a.yaml").unlink()
    repo.write("b.yaml", IDENTITY.format(version="[") + "\n")
    repo.commit()
    found = past(repo)
    assert history(found)[1] == {"component:identity": "b.yaml"}
    assert version(found) == "1.0"


def test_the_first_of_two_definitions_counts_and_the_other_is_told(repo: Repo) -> None:
    repo.write("b.yaml", IDENTITY.format(version="1.0"))
    repo.commit()
    repo.write("a.yaml", IDENTITY.format(version="2.0"))
    repo.commit()
    (repo.path / "a.yaml").unlink()
    repo.commit()
    found = past(repo)
    assert [version(found, index) for index in range(3)] == ["1.0", "2.0", "1.0"]
    assert broken(found) == [(1, "b.yaml", "duplicate-id", 2)]


def test_only_what_lies_below_the_roots_of_that_time_counts(repo: Repo) -> None:
    repo.write("platctl.yaml", "roots: [old]\n")
    repo.write("old/a.yaml", IDENTITY.format(version="1.0"))
    repo.write("new/b.yaml", "kind: team\nid: core\n")
    repo.commit()
    repo.write("platctl.yaml", "roots: [new]\n")
    repo.commit()
    repo.write("platctl.yaml", "roots: [\n")
    repo.commit()
    (repo.path / "platctl.yaml").unlink()
    repo.commit()
    found = past(repo)
    assert history(found) == [
        {"component:identity": "old/a.yaml"},
        {"component:identity": None, "team:core": "new/b.yaml"},
        {},
        {"component:identity": "old/a.yaml"},
    ]
    assert broken(found) == [(2, "platctl.yaml", "yaml-syntax", 3)]


def test_settings_that_can_t_be_read_leave_the_roots_as_they_were(repo: Repo) -> None:
    repo.write("platctl.yaml", "roots: [old]\n")
    repo.write("old/a.yaml", IDENTITY.format(version="1.0"))
    repo.write("new/b.yaml", "kind: team\nid: core\n")
    repo.commit()
    repo.write("platctl.yaml", "#" * (1 << 20) + "#\n")
    repo.commit()
    (repo.path / "platctl.yaml").unlink()
    (repo.path / "platctl.yaml").symlink_to("old/a.yaml")
    repo.commit()
    found = past(repo)
    assert history(found) == [{"component:identity": "old/a.yaml"}, {}, {}]
    assert broken(found) == [(1, "platctl.yaml", "unreadable-file", 2), (2, "platctl.yaml", "skipped-file", None)]


def test_a_model_in_a_folder_has_the_history_of_that_folder(repo: Repo) -> None:
    repo.write("platform/platctl.yaml", "")
    repo.write("platform/a.yaml")
    repo.write("other.yaml", "kind: team\nid: other\n")
    repo.commit()
    assert history(read_past(open_workspace(repo.path / "platform"))) == [{"team:a": "platform/a.yaml"}]


def test_a_shallow_clone_says_that_its_history_is_cut(repo: Repo) -> None:
    for number in (1, 2, 3):
        repo.write("a.yaml", IDENTITY.format(version=f"{number}.0"))
        repo.commit()
    shallow = past(repo.clone("shallow", "--depth", "2"))
    assert (len(shallow.moments), shallow.is_cut, version(shallow, 0)) == (2, True, "2.0")
    assert not past(repo).is_cut


def test_without_a_commit_there_is_no_past(repo: Repo) -> None:
    repo.write("a.yaml")
    with pytest.raises(SourceError, match="there is no commit yet"):
        past(repo)


def test_a_partial_clone_without_the_files_says_what_to_fetch(repo: Repo) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    for number in (1, 2):
        repo.write("a.yaml", IDENTITY.format(version=f"{number}.0"))
        repo.commit()
    with pytest.raises(SourceError, match="partial clone"):
        past(repo.clone("partial", "--filter=blob:none"))
    with pytest.raises(SourceError, match="partial clone"):
        past(repo.clone("treeless", "--filter=tree:0"))


def test_a_history_without_end_is_not_read_to_its_end(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(300):
        repo.write(f"{number:0200}.yaml")
    repo.commit()
    monkeypatch.setattr(tree_builder, "_MAX_ENTRIES", 3)
    with pytest.raises(SourceError, match="more than 3 files"):
        past(repo)


# Against loading every commit -------------------------------------------------------------------------------

DOCUMENTS = st.sampled_from(
    [
        "kind: team\nid: a\n",
        "kind: team\nid: a\ntitle: A\n",
        "kind: component\nid: b\nversion: 2.10\n",
        "kind: component\nid: b\nversion: 2.1\nx-own: 1\n",
        "kind: component\nid: c\naliases: [b]\n",
        "kind: initiative\nid: d\nstatus: planned\nperiod: 2027-Q1\n",
        "kind: initiative\nid: d\nstatus: plant\nfor: shop\n",
        "kind: componant\nid: b\n",
        "- a list\n",
        "title: [\n",
        'title: "a\n',
        "",
    ]
)
CONTENTS = st.lists(DOCUMENTS, max_size=3).map("---\n".join)
PATHS = st.sampled_from(["a.yaml", "b/a.yaml", "b/b.yml", "c/a.yaml"])
SETTINGS = st.sampled_from(["roots: [b]\n", "roots: [b, c]\n", "", "roots: [\n", None])
NUMBERS = itertools.count()
COMMITS = st.lists(
    st.tuples(st.dictionaries(PATHS, st.none() | CONTENTS, max_size=3), st.just(...) | SETTINGS), min_size=1, max_size=7
)


def imported(repo: Repo, branch: str, commits: list[Mapping[str, str | None]]) -> list[dict[str, str]]:
    """The files of each of these commits, which are now a branch of their own; each writes files or removes them."""
    stream, there, states = b"", dict[str, str](), []
    for files in commits:
        stream += f"commit refs/heads/{branch}\ncommitter A <a@example.org> 1800000000 +0000\ndata 0\n".encode()
        for path, text in files.items():
            if text is not None:
                there[path] = text
                stream += f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n".encode()
            elif there.pop(path, None) is not None:
                stream += f"D {path}\n".encode()
        states.append(dict(there))
    repo.git("fast-import", "--quiet", stdin=stream)
    return states


def is_whole(model: Model) -> bool:
    """Whether every word of a commit can be read; of two definitions the first one is."""
    errors = (each for each in model.findings if each.severity is Severity.ERROR and each.rule != "duplicate-id")
    return model.is_complete and not any(errors)


def loaded(workspace: Workspace, files: dict[str, str]) -> Model:
    tree = tuple(SourceFile(path, text.encode()) for path, text in sorted(files.items()) if path.endswith("ml"))
    return workspace.model(Tree("", tree, (), None), may_be_empty=True)


@pytest.fixture(scope="module")
def pasts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Workspace]:
    """A repository for all random pasts, each a branch of its own: a new one for each would be most of the work."""
    repo = Repo(tmp_path_factory.mktemp("pasts") / "repo")
    return repo, open_workspace(repo.path)


@settings(max_examples=120)
@given(commits=COMMITS)
def test_the_states_are_those_of_loading_each_commit_as_a_whole(
    pasts: tuple[Repo, Workspace], commits: list[tuple[dict[str, str | None], object]]
) -> None:
    files = [
        each | ({} if said is ... else {"platctl.yaml": said if isinstance(said, str) else None})
        for each, said in commits
    ]
    repo, workspace = pasts
    branch = f"past-{next(NUMBERS)}"
    written = imported(repo, branch, [{"first.txt": ""}, *files])
    head = (repo.path / ".git/refs/heads" / branch).read_text("ascii").strip()
    found = read_past(workspace, Resolved(head, branch))
    told = zip(written, states(found), strict=True)
    models = [(loaded(workspace, there), now) for there, now in told]
    whole = [(model, now) for model, now in models if is_whole(model)]
    assume(whole)
    for model, now in whole:
        assert {ref: (state.entity, state.path) for ref, state in now.items()} == {
            ref: (entity, model.documents[ref].document.path) for ref, entity in model.entities.items()
        }
