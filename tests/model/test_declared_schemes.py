"""Versions whose order is that of the list and of the work that adds them."""

from functools import partial

from costs import calls
from platctl.model.declared_schemes import scheme_for, with_schemes
from platctl.model.load import load
from platctl.model.model import Model
from platctl.model.version import Version
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

CONFIG = parse_file(SourceFile("platctl.yaml", b"versioning: ordered\n"))


def model_of(count: int) -> Model:
    """Components, each with two names of versions and with work that adds a third."""
    documents = []
    for number in range(count):
        documents += [
            f"kind: component\nid: c{number}\naliases: [old{number}]\nversions: [{{version: v2}}, {{version: v1}}]",
            f"kind: initiative\nid: w{number}\nend: 2027-01-31\n"
            f"changes: [{{component: old{number}, effect: addition, version: next}}]",
        ]
    return load([parse_file(SourceFile("a.yaml", "\n---\n".join(documents).encode()))], CONFIG)


def test_a_name_that_work_adds_comes_after_those_that_are_listed() -> None:
    model = model_of(2)
    assert len(model.components) == 2
    for ref in model.components:
        scheme = scheme_for(model, ref, None)
        assert scheme
        first, second, third = (Version(name, scheme) for name in ("v2", "v1", "next"))
        assert second.is_newer(first)
        assert third.is_newer(second)


def test_twice_as_many_components_cost_twice_as_much() -> None:
    few, many = (calls(partial(with_schemes, model)) for model in map(model_of, (100, 200)))
    assert many < 2.2 * few
