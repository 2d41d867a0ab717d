"""Compares shares with their bands."""

import math

from platctl.finding import Finding, Severity
from platctl.model.ref import RefError, parse_ref
from platctl.model.settings.balance import NOBODY, Band, Stage
from platctl.model.vocabulary import Dimension, Measure
from platctl.questions.balance.division import BY_REF, Divided
from platctl.questions.balance.report import BandCheck, BandStanding, Held, Row, StageShare
from platctl.record import record

_RULE = "out-of-balance"
_SLACK = 1e-9
"""Sums of shares are off by less than this."""


@record(slots=False)
class Bands:
    """Compares the shares of divided work with bands."""

    divided: Divided

    def compared(self, index: int, band: Band) -> BandCheck:
        """A band, and every share that it covers."""
        rows, placement = self.meant(band), self.divided.model.config_placement
        shares = [(row.label, row.parts[band.in_].share) for row in rows]
        together = " and ".join(row.label for row in rows)
        if band.is_together:
            shares = [(together, math.fsum(share for _, share in shares))]
        return BandCheck(
            of=together if band.of else f"each {band.by.value}" + (f" of tier {band.tier}" if band.tier else ""),
            by=band.by,
            measure=band.measure,
            stage=band.in_,
            at_least=band.at_least,
            at_most=band.at_most,
            served=band.served,
            why=band.why or "",
            shares=tuple(Held(label, share, self._standing(band, share)) for label, share in shares),
            span=placement.span(("balance", "bands", index)) if placement else None,
        )

    def _standing(self, band: Band, share: float) -> BandStanding:
        total = self.divided.totals[band.in_]
        is_idle = not (total.effort if band.measure is Measure.EFFORT else total.value)
        return BandStanding.IDLE if is_idle else _standing(band, share)

    def meant(self, band: Band) -> list[Row]:
        """The rows that a band covers."""
        rows = {row.id: row for row in self.divided.shares(band.by, band.measure).rows}
        if band.of:
            nothing = dict.fromkeys(Stage, StageShare(0.0, 0.0))
            ids = dict.fromkeys(self._id(band.by, text) for text in band.of)
            return [rows.get(key) or Row(key, key or NOBODY, nothing) for key in ids]
        of_tier = {ref.name for ref, each in self.divided.model.consumers.items() if each.tier == band.tier}
        return [row for key, row in rows.items() if key and (band.tier is None or key in of_tier)]

    def _id(self, by: Dimension, text: str) -> str | None:
        """The id of the row that a name refers to."""
        if text == NOBODY:
            return None
        try:
            return self.divided.model.canonical(parse_ref(text, by.value)).name if by in BY_REF else text
        except RefError:
            return text


def _standing(band: Band, share: float) -> BandStanding:
    if band.served and share <= 0:
        return BandStanding.UNSERVED
    if band.at_least is not None and share < band.at_least - _SLACK:
        return BandStanding.BELOW
    if band.at_most is not None and share > band.at_most + _SLACK:
        return BandStanding.ABOVE
    return BandStanding.KEPT


def finding(band: BandCheck, held: Held) -> Finding:
    """The finding about a share outside its band."""
    what = f"of the {band.stage.value} {band.measure.value}"
    has = f"{held.label}: {_percent(held.share)} {what}"
    help_ = "add work for it, or change the band"
    match held.standing:
        case BandStanding.UNSERVED:
            message = f"{held.label}: none {what}"
        case BandStanding.BELOW:
            message = f"{has}, below the minimum of {_percent(band.at_least)}"
        case _:
            message = f"{has}, above the maximum of {_percent(band.at_most)}"
            help_ = "move some of its work, add work for others, or change the band"
    why = f"; {band.why.rstrip('.')}" if band.why else ""
    return Finding(_RULE, Severity.WARNING, message + why, band.span, help=help_, about=f"{band.by.value} {held.label}")


def _percent(share: float | None) -> str:
    return f"{100 * (share or 0.0):.4g} %"
