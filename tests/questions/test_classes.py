"""What classes take of the effort."""

import datetime

from builders import model
from platctl.questions.backlog.derive import BacklogOptions, backlog
from platctl.questions.backlog.report import BacklogReport

TODAY = datetime.date(2026, 11, 23)


def sorted_by_class(*work: tuple[str, float | None], config: str = "", method: str = "moscow") -> BacklogReport:
    """A backlog of pieces of work with a class and an effort."""
    texts = [
        f"kind: initiative\nid: w{nth}\nscores: {{{method}: {word}}}\n"
        + (f"effort: {{t: {effort}}}\n" if effort is not None else "")
        for nth, (word, effort) in enumerate(work)
    ]
    plan = model("---\n".join(["kind: team\nid: t\n", *texts]), config=config)
    assert not plan.findings
    return backlog(plan, "here", BacklogOptions(plan.config.scoring.by_name[method], TODAY))


def test_g11_must_is_at_most_60_percent_of_the_effort() -> None:
    """DSDM handbook, chapter 10: Must at most 60 %, Could about 20 %; above 60 % is a risk."""
    advised = sorted_by_class(("must", 60), ("should", 20), ("could", 20))
    assert [(each.word, each.share) for each in advised.classes] == [
        ("must", 0.6),
        ("should", 0.2),
        ("could", 0.2),
        ("wont", 0),
    ]
    assert not advised.findings
    (finding,) = sorted_by_class(("must", 61), ("Should", 19), ("could", 20)).findings
    assert finding.rule == "class-over-limit"
    assert finding.message == "`must` takes 61% of the effort (61 person-weeks), but MoSCoW allows at most 60%"


def test_work_without_effort_is_counted_apart() -> None:
    found = sorted_by_class(("must", 1), ("must", None), ("could", 3))
    must, _, could, _ = found.classes
    assert (must.initiatives, must.effort, must.share, must.unknown) == (2, 1, 0.25, 1)
    assert (could.share, could.limit) == (0.75, None)
    assert all(each.share is None for each in sorted_by_class(("must", None)).classes)


def test_own_classes_have_own_limits() -> None:
    config = "scoring: {models: [{id: size, classes: [S, L], limits: {l: 50%}}]}"
    (finding,) = sorted_by_class(("s", 1), ("L", 2), config=config, method="size").findings
    assert finding.message == "`L` takes 67% of the effort (2 person-weeks), but size allows at most 50%"
