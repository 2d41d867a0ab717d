"""Colours that everybody can read and tell apart."""

import math
import re
from itertools import combinations

import pytest

from platctl.render.picture import palette

Colour = list[float]
_INKS = ("text", "dim", "bad", "warn", "risk", "good", "note")
_LEVELS = ("bad", "warn", "risk", "good", "note")
_SEEN: dict[str, list[list[float]]] = {
    "all colours": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
"""What eyes see of linear red, green and blue. Source: Machado, Oliveira and Fernandes 2009, severity 1.0."""
_TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
_WHITE = (0.95047, 1.0, 1.08883)


def colours(text: str) -> dict[str, Colour]:
    """Linear red, green and blue by name."""
    found = re.findall(r"--([\w-]+): #(\w\w)(\w\w)(\w\w);", text)
    return {name: [linear(int(part, 16) / 255) for part in parts] for name, *parts in found}


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def times(matrix: list[list[float]], colour: Colour) -> Colour:
    return [sum(factor * part for factor, part in zip(row, colour, strict=True)) for row in matrix]


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2, relative luminance."""
    light, dark = sorted((times(_TO_XYZ, each)[1] for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: Colour) -> Colour:
    """CIE 1976 L*a*b*, under D65."""

    def curve(part: float) -> float:
        return math.cbrt(part) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

    x, y, z = (curve(part / white) for part, white in zip(times(_TO_XYZ, colour), _WHITE, strict=True))
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def seen(colour: Colour, eyes: str) -> Colour:
    return lab([min(1.0, max(0.0, part)) for part in times(_SEEN[eyes], colour)])


@pytest.mark.parametrize("text", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_every_ink_can_be_read_on_every_ground(text: str) -> None:
    found = colours(text)
    for ink in _INKS:
        for ground in ("ground", "tint"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("eyes", _SEEN)
@pytest.mark.parametrize("text", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_no_two_levels_look_alike_to_any_eyes(text: str, eyes: str) -> None:
    found = colours(text)
    for one, other in combinations(_LEVELS, 2):
        assert math.dist(seen(found[one], eyes), seen(found[other], eyes)) >= 15, (one, other)
