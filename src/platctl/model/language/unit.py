"""The units of criteria, and the unit of a formula."""

import ast
import re
from collections.abc import Mapping
from fractions import Fraction

from platctl.model.language.formula import Formula
from platctl.record import record

Unit = Mapping[str, Fraction]
"""Base unit: its power. An empty mapping means a number without a unit."""


def parse_unit(text: str) -> Unit:
    """Parse a unit: words joined by `*` and `/`, such as `users/week`. Raises ValueError."""
    powers: dict[str, Fraction] = {}
    for sign, word in re.findall(r"([*/]?)([^*/]*)", text)[:-1] if text else ():
        if not re.fullmatch(r"[A-Za-z1€$£%][A-Za-z0-9 _-]*", word.strip()):
            raise ValueError(f"`{text}` is not a unit; use a form such as `users` or `users/week`")
        if word.strip() != "1":
            powers[word.strip()] = powers.get(word.strip(), Fraction()) + (-1 if sign == "/" else 1)
    return {word: power for word, power in sorted(powers.items()) if power}


def unit_text(unit: Unit) -> str:
    """A unit as text; "a plain number" if there is none."""
    above = "*".join(_power(word, power) for word, power in unit.items() if power > 0)
    below = "".join(f"/{_power(word, -power)}" for word, power in unit.items() if power < 0)
    return (above or "1") + below if unit else "a plain number"


def _power(word: str, power: Fraction) -> str:
    return word if power == 1 else f"{word}^{power}"


def unit_of(formula: Formula, units: Mapping[str, Unit]) -> Unit:
    """The unit of a formula's value. Raises FormulaError if different units are added or compared."""
    return _Units(formula, units).of(formula.tree) or {}


@record(slots=False)
class _Units:
    """Infers units; None means a literal number, which is compatible with any unit."""

    formula: Formula
    units: Mapping[str, Unit]

    def of(self, node: ast.expr) -> Unit | None:
        match node:
            case ast.Name(id=name):
                return self.units.get(name, {})
            case ast.UnaryOp(operand=operand):
                return self.of(operand)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return _product(self.of(left), self.of(right), 1)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return _product(self.of(left), self.of(right), -1)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self._power(node, self.of(left), right)
            case ast.BinOp(left=left, right=right):
                return self._same(node, left, right)
            case ast.Compare(left=left, comparators=others):
                self._same(node, left, *others)
                return {}
            case ast.BoolOp(values=values):
                for each in values:
                    self.of(each)
                return {}
            case ast.IfExp(test=test, body=yes, orelse=no):
                self.of(test)
                return self._same(node, yes, no)
            case ast.Call(func=ast.Name(id="sqrt"), args=[inner]):
                return {word: power / 2 for word, power in (self.of(inner) or {}).items()}
            case ast.Call(func=ast.Name(id="log"), args=[inner]):
                self.of(inner)
                return {}
            case ast.Call(args=arguments):
                return self._same(node, *arguments)
        return None

    def _same(self, node: ast.expr, *parts: ast.expr) -> Unit | None:
        found = [(part, unit) for part in parts for unit in [self.of(part)] if unit is not None]
        for part, unit in found[1:]:
            if unit != found[0][1]:
                first, other = unit_text(found[0][1]), unit_text(unit)
                raise self.formula.error(
                    node,
                    f"{first} (`{self.formula.part(found[0][0])}`) and {other} (`{self.formula.part(part)}`) "
                    "have different units",
                    "divide each by a number with the same unit first, or use criteria with `normalise`",
                )
        return found[0][1] if found else None

    def _power(self, node: ast.expr, unit: Unit | None, exponent: ast.expr) -> Unit | None:
        self.of(exponent)
        if not unit:
            return unit
        if isinstance(exponent, ast.Constant) and isinstance(exponent.value, int):
            return {word: power * exponent.value for word, power in unit.items() if exponent.value}
        help_ = "use a whole number, or a criterion without a unit"
        raise self.formula.error(node, f"{unit_text(unit)} can't be raised to `{self.formula.part(exponent)}`", help_)


def _product(left: Unit | None, right: Unit | None, sign: int) -> Unit | None:
    if left is None and right is None:
        return None
    powers = dict(left or {})
    for word, power in (right or {}).items():
        powers[word] = powers.get(word, Fraction()) + sign * power
    return {word: power for word, power in sorted(powers.items()) if power}
