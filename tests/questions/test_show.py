"""One entity on one screen: every number is that of its own command, and what is not written is not known."""

import datetime
from pathlib import Path

import pytest
import yaml

from builders import model
from pasts import past
from platctl.graph.graph import Graph
from platctl.model.lookup import find_any
from platctl.model.model import Model
from platctl.model.past import History
from platctl.model.ref import Ref
from platctl.model.settings.audience import audience
from platctl.outlook.audience import seen_by
from platctl.outlook.lifelines import lives
from platctl.outlook.plan import Plan
from platctl.questions.compat.derive import CompatOptions, compat
from platctl.questions.goals.tree import GoalTree
from platctl.questions.history.derive import story
from platctl.questions.influence.derive import InfluenceOptions, influence
from platctl.questions.list.derive import ListOptions, listing
from platctl.questions.show.derive import RECENT, show
from platctl.questions.show.page import page
from platctl.questions.show.report import Answer, Maturity, ShowReport
from platctl.render.page.text import render as as_text
from platctl.rules.validation import ValidationOptions, validate
from platctl.workspace.past_reader import read_past
from platctl.workspace.workspace import open_workspace
from running import platctl

TODAY = datetime.date(2026, 11, 23)
NO_HISTORY = History(None, "this is not a git repository")


def ask(text: str, of: str, history: History = NO_HISTORY, today: datetime.date = TODAY) -> ShowReport:
    found = model(text)
    return show(found, "here", find_any(found, of), today, None, history)


def shown(report: ShowReport, width: int = 80) -> str:
    return as_text(page(report), width=width, color=False)


# The same as every other command


class Example:
    """A shipped example, with its two commits."""

    def __init__(self, name: str, folder: Path) -> None:
        assert platctl("init", "--example", name, str(folder)).returncode == 0
        workspace = open_workspace(folder)
        self.model = workspace.model(workspace.source.working_tree())
        self.past = read_past(workspace)
        self.history = History(self.past)


@pytest.fixture(scope="module", params=["streaming", "opensearch"])
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example(request.param, tmp_path_factory.mktemp("example") / request.param)


@pytest.fixture(scope="module")
def reports(example: Example) -> dict[Ref, ShowReport]:
    return {ref: show(example.model, "here", ref, TODAY, None, example.history) for ref in example.model.entities}


def test_dependents_are_those_of_influence(example: Example, reports: dict[Ref, ShowReport]) -> None:
    whole = influence(example.model, "here", InfluenceOptions(TODAY), None, example.history)
    for component in whole.components:
        found, all_ = reports[component.component.ref], component.dependents[0]
        assert (found.components, found.consumers) == (all_.components, all_.consumers)
        assert found.dependencies == component.dependencies
    for consumer in whole.consumers:
        assert reports[consumer.consumer.ref].dependencies == consumer.dependencies
    listed = listing(example.model, "here", ListOptions(("component",)))
    for each in listed.entities:
        report = reports[each.entity.ref]
        assert report.components
        assert report.consumers
        assert each.values["dependents"] == report.components.direct + report.consumers.direct


def test_words_and_versions_are_those_of_compat(example: Example, reports: dict[Ref, ShowReport]) -> None:
    for ref in example.model.components:
        (table,) = compat(example.model, "here", "", CompatOptions(TODAY, named=(ref,))).tables
        found = reports[ref]
        assert [(each.on, each.version, each.begins, each.ends) for each in found.versions] == [
            (each.on, each.version, each.begins, each.ends) for each in table.columns
        ]
        by_edge = {str(edge.span): row.whole.word for row in table.rows for edge in row.edges if len(row.edges) == 1}
        words = {str(each.span): each.cell.word for each in found.used_by if each.cell}
        assert by_edge.items() <= words.items()
        assert len(found.used_by) == sum(len(row.edges) for row in table.rows)
        for at, version in enumerate(found.versions):
            can = {row.who.ref for row in table.rows if row.cells[at].word in ("works", "works-until", "deprecated")}
            assert {each.ref for each in version.users} == can
        for use in found.used_by:
            assert str(use.span) in {str(each.span) for each in reports[use.who.ref].uses}


def test_findings_are_those_of_validate(example: Example, reports: dict[Ref, ShowReport]) -> None:
    every = validate(example.model, "", ValidationOptions(TODAY)).diagnostics
    told = [each for report in reports.values() for each in report.findings]
    in_documents = {(each.finding.rule, str(each.finding.span)) for each in every}
    assert {(each.rule, str(each.span)) for each in told} <= in_documents
    for ref, report in reports.items():
        options = ValidationOptions(TODAY, entities=frozenset({ref}))
        assert len(report.findings) == len(validate(example.model, "", options).diagnostics)


def test_history_goals_and_work_are_those_of_their_commands(example: Example, reports: dict[Ref, ShowReport]) -> None:
    found, tree, plan = lives(example.past), GoalTree(example.model, TODAY), Plan(example.model, TODAY)
    for ref, report in reports.items():
        told = story(example.past, found.named[ref], TODAY - RECENT)
        assert report.recent.chapters == tuple(reversed(told.chapters))
        for goal in report.goals:
            assert (goal.due, goal.share) == (tree.due(goal.goal.ref), tree.progress[goal.goal.ref].share)
        for work in report.work:
            initiative = example.model.initiatives[work.initiative.ref]
            days = plan.window(initiative)
            assert (work.start, work.end, work.status) == (days.start, days.end, initiative.status.value)
    for ref, initiative in example.model.initiatives.items():
        for change in initiative.changes:
            component = example.model.canonical(change.component.component)
            if component in reports:
                assert ref in {each.initiative.ref for each in reports[component].work}


def test_everything_fits_on_a_screen(reports: dict[Ref, ShowReport]) -> None:
    for ref, report in reports.items():
        text = shown(report)
        assert text.count("\n") <= 60, (ref, text)
        assert max(map(len, text.splitlines())) <= 80


# What is not written is not known


def test_each_field_that_is_left_out_becomes_not_known(example: Example) -> None:
    for placement in example.model.documents.values():
        document = placement.document.value
        assert isinstance(document, dict)
        alone = _alone(document)
        ref = next(iter(alone.entities))
        for fact in show(alone, "here", ref, TODAY, None, NO_HISTORY).facts:
            if fact.value is None:
                assert fact.field not in document or document[fact.field] in (None, [], {}), (ref, fact)
                continue
            rest = _alone({key: value for key, value in document.items() if key != fact.field})
            after = show(rest, "here", ref, TODAY, None, NO_HISTORY)
            assert next(each.value for each in after.facts if each.field == fact.field) is None, (ref, fact)
            assert f"not known: {fact.field}" in shown(after, 10_000) or f", {fact.field}" in shown(after, 10_000)


def _alone(document: dict[str, object]) -> Model:
    return model(yaml.safe_dump(_plain(document), sort_keys=False))


def _plain(value: object) -> object:
    """A value as PyYAML writes it, with numbers as they were written."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, float) else value


LADDER = """\
kind: component
id: auth
lifecycle: production
interfaces:
  - id: rest
    versions:
      - {version: 1.0.0, since: 2025-01-01, deprecated: 2026-01-01, sunset: 2027-01-31}
      - {version: 2.0.0, since: 2026-01-01}
"""
USER = "---\nkind: consumer\nid: shop\nuses: [{component: auth, requires: '>=1,<2'}]\n"
WORK = "---\nkind: initiative\nid: w\nstatus: STATUS\nchanges: [{component: auth, effect: internal}]\n"


def rungs(report: ShowReport) -> dict[Maturity, Answer]:
    return {each.step: each.answer for each in report.ladder}


def test_a_ladder_answers_each_step_with_its_line() -> None:
    report = ask(LADDER + USER + WORK.replace("STATUS", "planned"), "auth")
    assert rungs(report) == {
        Maturity.IDEA: Answer.YES,
        Maturity.DECIDED: Answer.YES,
        Maturity.CONTRACT: Answer.YES,
        Maturity.BUILT: Answer.YES,
        Maturity.RELEASED: Answer.YES,
        Maturity.USED: Answer.YES,
        Maturity.DEPRECATED: Answer.IN_PART,
        Maturity.ENDED: Answer.NO,
    }
    lines = {each.step: each.span.line if each.span else None for each in report.ladder}
    assert (
        lines[Maturity.CONTRACT],
        lines[Maturity.BUILT],
        lines[Maturity.RELEASED],
        lines[Maturity.ENDED],
    ) == (5, 3, 8, 7)
    assert "2.0.0 since 2026-01-01" in shown(report)
    assert "1.0.0 on 2027-01-31" in shown(report)


@pytest.mark.parametrize(
    ("text", "step", "answer"),
    [
        ("kind: component\nid: auth\n", Maturity.IDEA, Answer.UNKNOWN),
        ("kind: component\nid: auth\n", Maturity.DECIDED, Answer.UNKNOWN),
        ("kind: component\nid: auth\n" + WORK.replace("STATUS", "idea"), Maturity.DECIDED, Answer.NO),
        (
            "kind: component\nid: auth\n"
            + WORK.replace("STATUS", "proposed")
            + "---\nkind: decision\nid: d\nchose: w\nover: []\n",
            Maturity.DECIDED,
            Answer.YES,
        ),
        ("kind: component\nid: auth\n", Maturity.CONTRACT, Answer.UNKNOWN),
        ("kind: component\nid: auth\nversion: 1.0.0\n", Maturity.CONTRACT, Answer.IN_PART),
        ("kind: component\nid: auth\n", Maturity.BUILT, Answer.UNKNOWN),
        ("kind: component\nid: auth\nlifecycle: experimental\n", Maturity.BUILT, Answer.IN_PART),
        ("kind: component\nid: auth\nversion: 1.0.0\n", Maturity.RELEASED, Answer.UNKNOWN),
        ("kind: component\nid: auth\n", Maturity.RELEASED, Answer.UNKNOWN),
        (
            LADDER.replace("since: 2025-01-01", "since: 2027-01-01").replace("since: 2026", "since: 2028"),
            Maturity.RELEASED,
            Answer.NO,
        ),
        ("kind: component\nid: auth\n", Maturity.USED, Answer.NO),
        (
            LADDER.replace("sunset: 2027-01-31}", "}").replace("deprecated: 2026-01-01, ", ""),
            Maturity.DEPRECATED,
            Answer.NO,
        ),
        ("kind: component\nid: auth\nlifecycle: deprecated\nversion: 1.0.0\n", Maturity.DEPRECATED, Answer.YES),
        ("kind: component\nid: auth\n", Maturity.DEPRECATED, Answer.UNKNOWN),
        ("kind: component\nid: auth\nlifecycle: retired\nversion: 1.0.0\n", Maturity.ENDED, Answer.YES),
        (LADDER.replace("sunset: 2027-01-31", "sunset: 2026-01-31"), Maturity.ENDED, Answer.IN_PART),
        ("kind: component\nid: auth\n", Maturity.ENDED, Answer.UNKNOWN),
    ],
)
def test_a_step_is_only_what_is_written(text: str, step: Maturity, answer: Answer) -> None:
    assert rungs(ask(text, "auth"))[step] is answer


def test_the_first_commit_is_the_idea_unless_it_is_the_first_of_all() -> None:
    other = "kind: team\nid: core\n"
    later = History(past(other, f"{other}---\n{LADDER}"))
    report = ask(LADDER, "auth", later)
    assert rungs(report)[Maturity.IDEA] is Answer.YES
    assert "first written in 0000000, 2027-01-02 by Ada" in shown(report, 120)
    assert rungs(ask(LADDER, "auth", History(past(LADDER))))[Maturity.IDEA] is Answer.UNKNOWN


# What is retired, planned, renamed, or gone


def test_what_only_the_history_has_is_shown_as_it_was() -> None:
    other = "kind: team\nid: core\n"
    history = History(past(f"{other}---\n{LADDER}", other))
    found = model(other)
    report = show(found, "here", Ref("component", "default", "auth"), TODAY, None, history)
    assert report.gone
    text = shown(report, 120)
    assert "removed in 0000000, 2027-01-02; this is what it was" in text
    assert "lifecycle production" in text


def test_a_former_id_finds_what_it_is_called_now() -> None:
    assert ask("kind: component\nid: identity\naliases: [auth]\n", "auth").entity.id == "identity"


def test_versions_that_are_only_planned_are_there_with_the_work_that_adds_them() -> None:
    work = WORK.replace("STATUS", "planned\nend: 2027-03-01").replace(
        "effect: internal", "effect: addition, version: 1.0.0"
    )
    *_, version = ask(f"kind: component\nid: auth\n{work}", "auth").versions
    assert (version.begins, version.by and version.by.id) == (datetime.date(2027, 3, 1), "w")


def test_every_kind_is_shown_with_what_touches_it() -> None:
    text = (
        LADDER
        + USER
        + WORK.replace("STATUS", "planned\nowner: core\ngoals: [trust]\nrequested_by: [shop]\ndepends_on: [v]")
        + "---\nkind: initiative\nid: v\nstatus: planned\nend: 2026-01-31\n"
        + "---\nkind: goal\nid: trust\n---\nkind: goal\nid: below\nparent: trust\n"
        + "---\nkind: team\nid: core\nlead: Ana\n"
        + "---\nkind: decision\nid: d\nchose: w\nover: [v]\n---\nkind: ballot\nid: b\nby: Ana\nvotes: {w: {reach: 1}}\n"
    )
    touching = {
        of: [each.initiative.id for each in ask(text, of).work]
        for of in ("auth", "shop", "trust", "core", "decision:d", "ballot:b", "initiative:w")
    }
    assert touching == {of: ["w"] for of in touching} | {"decision:d": ["v", "w"]}
    assert [each.id for each in ask(text, "initiative:w").before] == ["v"]
    assert [each.id for each in ask(text, "initiative:v").after] == ["w"]
    assert ask(text, "initiative:v").work[0].overdue_since == datetime.date(2026, 1, 31)
    assert [each.goal.id for each in ask(text, "trust").goals] == ["below"]
    assert [each.goal.id for each in ask(text, "auth").goals] == ["trust"]


def test_a_dependency_on_what_does_not_exist_says_so() -> None:
    assert "does not exist" in shown(ask("kind: consumer\nid: shop\nuses: [nothing]\n", "shop"))


# Audiences


def test_an_audience_reads_no_place_no_commit_and_no_finding(example: Example) -> None:
    reader = audience("customers", example.model.config.audiences)
    assert reader
    seen = seen_by(example.model, reader, TODAY)
    for ref in seen.entities:
        report = show(seen, "here", ref, TODAY, reader, example.history)
        assert (report.findings, report.recent.chapters, report.span) == ((), (), None)
        assert {each.field for each in report.facts} <= {each for each in _fields(seen, ref) if reader.reads(each)}
        hidden = example.model.entities.keys() - seen.entities.keys()
        told = {each.who.ref for each in (*report.uses, *report.used_by)} | {
            each.initiative.ref for each in report.work
        }
        assert not told & hidden
    assert Graph(seen).uses == () or reader.reads("uses")


def _fields(seen: Model, ref: Ref) -> set[str]:
    return {info.key for name, info in type(seen.entities[ref]).all_fields.items()}
