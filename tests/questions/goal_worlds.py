"""What the tests of goals share: models in one line a document, and random ones with a slow oracle."""

from dataclasses import dataclass

from hypothesis import strategies as st

from builders import model
from platctl.model.model import Model
from platctl.model.ref import Ref


def documents(*texts: str) -> str:
    """Documents, each of them a line of flow YAML, such as `goal: a, parent: b`."""
    found = []
    for text in texts:
        kind, id_ = text.partition(",")[0].split(": ")
        found.append(f"{{kind: {kind}, id: {id_}{text[len(kind) + len(id_) + 2 :]}}}")
    return "\n---\n".join(found)


def goal(id_: str) -> Ref:
    return Ref("goal", "default", id_)


def at(share: int) -> str:
    """A metric that is so many percent on its way."""
    return f"{{id: m{share}, baseline: 0, target: 100, values: {{2026-09-30: {share}}}}}"


def _id(nth: int) -> str:
    return f"g{nth}"


@dataclass(frozen=True)
class World:
    """Goals as Hypothesis draws them: by number, with the number of a parent, which may be any, or missing."""

    parents: tuple[int | None, ...]
    weights: tuple[int, ...]
    shares: tuple[tuple[int, ...], ...]
    work: tuple[tuple[str, tuple[int, ...], int], ...]

    @property
    def model(self) -> Model:
        goals = [
            f"goal: g{nth}, weight: {weight}, metrics: [{', '.join(map(at, shares))}]"
            + (f", parent: g{parent}" if parent is not None else "")
            for nth, (parent, weight, shares) in enumerate(zip(self.parents, self.weights, self.shares, strict=True))
        ]
        work = [
            f"initiative: i{nth}, status: {status}, effort: {{red: {effort}}}, goals: [{', '.join(map(_id, served))}]"
            for nth, (status, served, effort) in enumerate(self.work)
        ]
        return model(documents(*goals, *work))

    def parent(self, nth: int) -> int | None:
        parent = self.parents[nth]
        if parent is None or parent >= len(self.parents) or self.leads_back(nth):
            return None
        return parent

    def leads_back(self, nth: int) -> bool:
        at = self.parents[nth]
        for _ in self.parents:
            if at == nth:
                return True
            at = self.parents[at] if at is not None and at < len(self.parents) else None
        return False

    def children(self, nth: int) -> list[int]:
        return [child for child in range(len(self.parents)) if self.parent(child) == nth]

    def share(self, nth: int) -> float | None:
        if self.shares[nth]:
            return sum(max(0, min(100, each)) for each in self.shares[nth]) / len(self.shares[nth]) / 100
        below = [(self.weights[child], self.share(child)) for child in self.children(nth)]
        known = [(weight, share) for weight, share in below if share is not None]
        whole = sum(weight for weight, _ in known)
        return sum(weight * share for weight, share in known) / whole if whole else None

    def under(self, nth: int) -> set[int]:
        return {nth}.union(*(self.under(child) for child in self.children(nth)))

    def serving(self, nth: int, *statuses: str) -> set[int]:
        under = self.under(nth)
        return {each for each, (status, served, _) in enumerate(self.work) if status in statuses and under & {*served}}

    def effort(self, nth: int) -> float:
        under = self.under(nth)
        planned = [each for each in self.work if each[0] in ("planned", "active")]
        return sum(effort * len(under & {*served}) / len({*served}) for _, served, effort in planned if served)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    count = draw(st.integers(1, 9))
    each = [
        (
            draw(st.none() | st.integers(0, count)),
            draw(st.integers(0, 9)),
            tuple(draw(st.lists(st.integers(-50, 150), max_size=2, unique=True))),
        )
        for _ in range(count)
    ]
    statuses = st.sampled_from(["idea", "proposed", "shaped", "planned", "active", "done", "parked", "dropped"])
    served = st.lists(st.integers(0, count), max_size=3).map(tuple)
    work = draw(st.lists(st.tuples(statuses, served, st.integers(0, 20)), max_size=6))
    return World(*map(tuple, zip(*each, strict=True)), tuple(work))  # type: ignore[arg-type]
