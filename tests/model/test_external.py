"""Names in package ecosystems: the forms that people write, and what they resolve to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from builders import model
from platctl.graph.graph import Graph
from platctl.model.external import ECOSYSTEMS, ExternalNameError, is_external, package_url, readable_ids
from platctl.model.ref import Ref, RefError, is_id, parse_interface_ref, parse_ref
from platctl.outlook.compared import Compared
from platctl.questions.impact.derive import ImpactOptions, impact
from rules.checking import found

NAMES = Path(__file__).parents[1] / "data/names"
FILES = ("npm", "go", "maven")


def real(ecosystem: str) -> list[str]:
    return [f"{ecosystem}:{name}" for name in (NAMES / f"{ecosystem}.txt").read_text("utf-8").split()]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("npm:zod", "npm/zod"),
        ("npm:@scope/name", "npm/%40scope/name"),
        ("pkg:npm/%40scope/name", "npm/%40scope/name"),
        ("pkg:npm/@scope/name", "npm/%40scope/name"),
        ("maven:org.apache.lucene:lucene-core", "maven/org.apache.lucene/lucene-core"),
        ("go:github.com/spf13/cobra", "golang/github.com/spf13/cobra"),
        ("golang:k8s.io/klog/v2", "golang/k8s.io/klog/v2"),
        ("pypi:Django_Rest", "pypi/django-rest"),
        ("cargo:serde_json", "cargo/serde_json"),
        ("github:Foo/Bar", "github/foo/bar"),
        ("docker:library/nginx", "docker/library/nginx"),
    ],
)
def test_each_form_means_one_package_url(text: str, url: str) -> None:
    assert is_external(text)
    assert package_url(text) == url
    assert PackageURL.from_string(f"pkg:{url}").to_string() == f"pkg:{url}"


@pytest.mark.parametrize("text", ["identity", "media/identity", "component:identity", "team:core", "x:y", ":a", "npm"])
def test_what_has_no_ecosystem_is_not_external(text: str) -> None:
    assert not is_external(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("npm:zod@3.25", "leave out `@3.25`"),
        ("npm:@scope/name@1", "leave out `@1`"),
        ("pkg:npm/zod@3.25", "leave out `@3.25`"),
        ("pkg:deb/debian/curl?arch=i386", "leave out what follows `?`"),
        ("maven:guava", "maven:group:artifact"),
        ("maven:a:b:1.0", "maven:group:artifact"),
        ("npm:", "empty"),
        ("go:/a", "empty"),
        ("go:a//b", "empty"),
        ("npm:a b", "blanks"),
        ("pkg:npm", ""),
        (f"npm:{'a' * 300}", "200 characters"),
    ],
)
def test_what_is_no_name_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ExternalNameError) as caught:
        package_url(text)
    assert why in str(caught.value)
    with pytest.raises(RefError):
        parse_ref(text, "component")


@given(st.sampled_from(sorted(ECOSYSTEMS)), st.text(max_size=30))
def test_any_text_is_a_name_or_refused(ecosystem: str, name: str) -> None:
    text = f"{ecosystem}:{name}"
    try:
        url = package_url(text)
    except ExternalNameError:
        return
    # The same name again, in its long form.
    assert package_url(f"pkg:{url}") == url


@pytest.mark.parametrize("ecosystem", FILES)
def test_real_names_need_no_table_by_hand(ecosystem: str) -> None:
    """Components with derived ids and their names, and a consumer that uses all of them by name."""
    taken: set[str] = set()
    texts = []
    for name in real(ecosystem):
        free = [each for each in readable_ids(name) if is_id(each) and each.lower() not in taken]
        assert free, name
        taken.add(free[0].lower())
        texts.append(f'kind: component\nid: {free[0]}\nexternal: ["{name}"]\n')
    uses = ", ".join(f'"{name}"' for name in real(ecosystem))
    written = ["---\n".join([*texts, f"kind: consumer\nid: app\nuses: [{uses}]\n"])]
    plan = model(*written)
    assert [each for each in plan.findings if each.severity.value == "error"] == []
    (edges,) = Graph(plan).uses_of.values()
    assert {use.target for use in edges} == set(plan.components)
    assert found("unknown-reference", *written) == []


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("npm:@scope/name", ["name", "scope-name"]),
        ("go:github.com/blang/semver/v4", ["semver", "blang-semver", "github.com-blang-semver"]),
        ("maven:org.apache.lucene:lucene-core", ["lucene-core", "org.apache.lucene-lucene-core"]),
    ],
)
def test_an_id_is_the_shortest_part_that_tells_what_it_is(name: str, ids: list[str]) -> None:
    assert readable_ids(name) == ids


def test_an_interface_follows_a_name() -> None:
    assert parse_interface_ref("npm:@scope/name#rest") == (Ref("component", "pkg:", "npm/%40scope/name"), "rest")
    assert parse_interface_ref("component:go:a.org/b#Rest").interface == "rest"
    assert str(parse_ref("go:a.org/b", "component")) == "component:pkg:golang/a.org/b"


# In a model ---------------------------------------------------------------------------------------------------

LIBRARY = """
kind: component
id: core
external: ["npm:@scope/core", "pypi:Scope_Core"]
interfaces: [{id: api, type: library, versions: [{version: 1.0.0}]}]
---
kind: component
id: other
"""
APP = 'kind: consumer\nid: app\nuses: [{component: "npm:@scope/core#api", requires: ">=1,<2"}]'


def test_a_reference_by_a_name_is_one_to_the_entity() -> None:
    (use,) = Graph(model(LIBRARY, APP)).uses
    assert (use.target, use.interface) == (Ref("component", "default", "core"), "api")
    (again,) = Graph(model(LIBRARY, APP.replace("npm:@scope/core", "pkg:pypi/scope-core"))).uses
    assert again.key == use.key


def test_a_name_that_nothing_has_is_unknown_and_says_how_to_give_it() -> None:
    (told,) = found("unknown-reference", LIBRARY, APP.replace("@scope/core", "@scope/nothing-like-it"))
    assert "`pkg:npm/%40scope/nothing-like-it` does not exist" in told.message
    assert "external: [pkg:npm/%40scope/nothing-like-it]" in (told.help or "")


def test_a_name_of_two_entities_is_ambiguous() -> None:
    twice = LIBRARY.replace("id: other", 'id: other\nexternal: ["pkg:pypi/scope.core", "pypi:scope-core"]')
    told = [each.message for each in found("duplicate-id", twice, APP)]
    assert told == ["external name `pypi:scope-core` of component `other` is already the name of another component"]


def test_a_name_in_a_part_that_is_not_read_is_not_unknown() -> None:
    broken = LIBRARY.replace("id: core", "id: co re")
    assert found("unknown-reference", broken, APP) == []


def test_an_effect_travels_over_a_name() -> None:
    after = LIBRARY.replace("version: 1.0.0", "version: 2.0.0")
    report = impact(model(LIBRARY, APP), model(after, APP), Compared("head", "base"), ImpactOptions())
    assert [(each.consumer.id, each.level.value) for each in report.verdicts] == [("app", "breaks")]


def test_a_name_that_moves_to_another_component_is_no_way_around_the_gate() -> None:
    moved = LIBRARY.replace('external: ["npm:@scope/core", "pypi:Scope_Core"]\n', "").replace(
        "id: other", 'id: other\nexternal: ["npm:@scope/core"]\ninterfaces: [{id: api, versions: [{version: 1.0.0}]}]'
    )
    after = moved.replace("versions: [{version: 1.0.0}]", "versions: [{version: 2.0.0}]", 1)
    report = impact(model(LIBRARY, APP), model(after, APP), Compared("head", "base"), ImpactOptions())
    assert report.summary.breaks + report.summary.escaped == 1
