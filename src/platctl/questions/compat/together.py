"""On which days all named work with one version of each interface that they share."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.named import Spelling, name_of, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.outlook.fits import Fit, FitDays
from platctl.questions.compat.matrix import VersionMatrix
from platctl.questions.compat.report import Shared, Together, TogetherDays, Unfit
from platctl.record import record
from platctl.scheduling.clash import Want, common, smallest_clash

Interface = tuple[Ref, str]
"""A component, and one of its interfaces."""


@record
class _SharedNeed:
    """A dependency on an interface: by version of it, how it fits on each day."""

    use: Use
    interface: Interface
    fits: Mapping[str | None, tuple[FitDays, ...]]


@record(slots=False)
class Togetherness:
    """The named dependents and what at least two of them share; limited to some components unless that is None."""

    matrix: VersionMatrix
    whom: Sequence[Ref]
    components: frozenset[Ref] | None

    def answer(self) -> Together:
        """On which days all work, or else a smallest set that can't."""
        model = self.matrix.model
        shared = dict.fromkeys(each.interface for needs in self._needs.values() for each in needs)
        wants = {ref: tuple(map(self._want, needs)) for ref, needs in self._needs.items()}
        clash = smallest_clash(wants, len(self._starts)) if shared else None
        parties = clash.parties if clash else ()
        return Together(
            named=tuple(named(model, ref) for ref in self.whom),
            shared=tuple(map(self._on, shared)),
            days=() if clash or not shared else tuple(self._days(wants)),
            clash=tuple(self._unfit(ref, each) for ref in parties for each in self._needs[ref]),
            is_smallest=clash is None or clash.is_smallest,
        )

    def _on(self, interface: Interface) -> Spelling:
        return name_of(self.matrix.model, interface[0], interface[1] or None)

    @cached_property
    def _needs(self) -> Mapping[Ref, list[_SharedNeed]]:
        """By dependent: its dependencies on shared interfaces."""
        found = {ref: [each for use in self._uses(ref) for each in self._needs_of(use)] for ref in self.whom}
        users: dict[Interface, set[Ref]] = {}
        for ref, needs in found.items():
            for need in needs:
                users.setdefault(need.interface, set()).add(ref)
        return {ref: [each for each in needs if len(users[each.interface]) > 1] for ref, needs in found.items()}

    def _uses(self, ref: Ref) -> Iterable[Use]:
        components = self.matrix.model.components if self.components is None else self.components
        return (each for each in self.matrix.graph.uses_of.get(ref, ()) if each.target in components)

    def _needs_of(self, use: Use) -> list[_SharedNeed]:
        """The interfaces that a dependency may mean; where it works with none, the first."""
        fits, by_interface = self.matrix.fits(use), dict[str, dict[str | None, tuple[FitDays, ...]]]()
        for column in self.matrix.columns(use.target):
            if fits.concerns(column.interface):
                days = self.matrix.asked_days(fits.with_version((column.interface, column.version)))
                by_interface.setdefault(column.interface, {})[column.version] = days
        needs = [_SharedNeed(use, (use.target, interface), days) for interface, days in by_interface.items()]
        needs = needs or [_SharedNeed(use, (use.target, use.interface or ""), {})]
        meant = [each for each in needs if any(day.fit is not Fit.FAILS for days in each.fits.values() for day in days)]
        return meant or needs[:1]

    @cached_property
    def _starts(self) -> list[Date]:
        """The first day, and each later one on which anything changes."""
        needs = (need for each in self._needs.values() for need in each)
        starts = {day.start for need in needs for days in need.fits.values() for day in days}
        return sorted({self.matrix.ahead.first, *starts})

    def _want(self, need: _SharedNeed) -> Want:
        return Want(need.interface, {version: self._times(days) for version, days in need.fits.items()})

    def _times(self, days: Sequence[FitDays]) -> frozenset[int]:
        """The periods between two starts in which it works."""
        met = [each for each in days if each.fit.is_met]
        return frozenset(
            index
            for index, start in enumerate(self._starts)
            if any(each.start <= start and (each.until is None or start < each.until) for each in met)
        )

    def _days(self, wants: Mapping[Ref, Sequence[Want]]) -> Iterable[TogetherDays]:
        """Days in a row with the same versions."""
        all_ = [want for each in wants.values() for want in each]
        found = [common(all_, index) for index in range(len(self._starts))]
        ends = [*self._starts[1:], None]
        for choices, group in groupby(zip(found, self._starts, ends, strict=True), key=lambda each: each[0]):
            row = list(group)
            if choices is not None:
                yield TogetherDays(row[0][1], row[-1][2], tuple(map(self._shared, choices.items())))

    def _shared(self, choice: tuple[Hashable, tuple[Hashable, ...]]) -> Shared:
        interface, versions = choice
        assert isinstance(interface, tuple)  # noqa: S101
        return Shared(self._on(interface), tuple(str(each) for each in versions if each is not None))

    def _unfit(self, ref: Ref, need: _SharedNeed) -> Unfit:
        use, fits = need.use, [day.fit for days in need.fits.values() for day in days]
        works = (version for version, days in need.fits.items() if any(each.fit.is_met for each in days))
        requires = use.dependency.requires
        return Unfit(
            who=named(self.matrix.model, ref),
            on=self._on(need.interface),
            requires=requires.text if requires else None,
            works_with=tuple(each for each in works if each is not None),
            is_unknown=Fit.UNKNOWN in fits,
            span=LazySpan(self.matrix.model.documents[ref], use.route),
        )
