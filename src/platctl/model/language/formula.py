"""The formula language of scoring models: arithmetic over criteria, bounded, and never executed as Python."""

import ast
import math
import re
import warnings
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Annotated, Final

from platctl.model.fields import Checked, Text
from platctl.model.part import InvalidError
from platctl.model.similar_names import Names, did_you_mean
from platctl.record import record

FUNCTIONS: Final = ("min", "max", "abs", "sqrt", "log")
"""The available functions; `log` is the natural logarithm."""

_LONGEST = 1_000
_MOST_NODES = 300
_HELP = "use numbers, criteria, + - * / **, comparisons, `a if b > c else d`, and " + ", ".join(FUNCTIONS)

Values = Mapping[str, float]
_Compiled = Callable[[Values], float]


class FormulaError(ValueError):
    """A formula that can't be parsed, or does not match its criteria; `offset` and `length` locate it in the text."""

    def __init__(self, message: str, help_: str, offset: int = 0, length: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.help = help_
        self.offset = offset
        self.length = max(1, length)


class UndefinedError(ArithmeticError):
    """A formula that has no value for these numbers, such as a division by zero; `part` is the failing part."""

    def __init__(self, message: str, part: str) -> None:
        super().__init__(f"{message}: `{part}`")
        self.message = message
        self.part = part


@record(slots=False)
class Formula:
    """A parsed formula: its text, and the criteria that it names, in order of occurrence."""

    text: str
    names: tuple[str, ...]
    tree: ast.expr
    compiled: _Compiled

    def part(self, node: ast.expr) -> str:
        """The text of a part of the tree."""
        return _part(self.text, node)

    def error(self, node: ast.expr, message: str, help_: str) -> FormulaError:
        """An error about a part of the tree."""
        return _error(self.text, node, message, help_)

    def value(self, values: Values) -> float:
        """The value for these numbers. Raises UndefinedError, and KeyError for a criterion without a number."""
        return self.compiled(values)


def parse_formula(text: str) -> Formula:
    """Parse a formula. Raises FormulaError with the place of the error."""
    if len(text) > _LONGEST:
        message = f"the formula has {len(text):,} characters"
        raise FormulaError(message, f"at most {_LONGEST:,} are allowed", _LONGEST)
    if not text.strip():
        raise FormulaError("the formula is empty", _HELP)
    if odd := re.search(r"[^\x20-\x7e]", text):
        raise FormulaError("only ASCII characters are allowed in a formula", _HELP, odd.start())
    try:
        with warnings.catch_warnings(action="ignore"):  # the parser's own, on doubtful Python
            tree = ast.parse(f"({text})", mode="eval").body
    except SyntaxError as error:
        offset = min(max((error.offset or 2) - 2, 0), len(text))
        raise FormulaError("the formula has a syntax error", _HELP, offset) from None
    except (MemoryError, RecursionError, ValueError):
        raise FormulaError("the formula is nested too deeply", _HELP) from None
    if ")" in text and not _is_balanced(text):
        raise FormulaError("the brackets don't match", _HELP, text.index(")"))
    if sum(1 for _ in ast.walk(tree)) > _MOST_NODES:
        raise FormulaError("the formula is too long", f"at most {_MOST_NODES} parts are allowed")
    compiler = _Compiler(text)
    compiled = compiler.compiled(tree)
    return Formula(text, tuple(compiler.names), tree, compiled)


def _is_balanced(text: str) -> bool:
    """Whether brackets match; without this check `1) + (2` would be accepted, as the text is parsed in brackets."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def _part(text: str, node: ast.expr) -> str:
    """The text of a node; offsets are shifted by the bracket added for parsing."""
    return text[_offset(node) : (node.end_col_offset or 0) - 1]


def _offset(node: ast.expr) -> int:
    return max(node.col_offset - 1, 0)  # the node of `a, b` includes the added bracket


def _error(text: str, node: ast.expr, message: str, help_: str) -> FormulaError:
    return FormulaError(message, help_, _offset(node), len(_part(text, node)))


class _Compiler:
    """Turns allowed nodes into functions, and rejects all others."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: dict[str, None] = {}

    def compiled(self, node: ast.expr) -> _Compiled:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self._number(node, number)
            case ast.Name(id=name):
                self.names[name] = None
                return lambda values: values[name]
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not()):
                return self._sign(node)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Pow()):
                return self._arithmetic(node)
            case ast.Compare():
                return self._comparison(node)
            case ast.BoolOp():
                return self._logic(node)
            case ast.IfExp():
                return self._choice(node)
            case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
                return self._call(node, name)
            case ast.Call(func=ast.Name(id=name)):
                near = did_you_mean(Names(FUNCTIONS).nearest(name, 1), "? ")
                raise self._error(node, f"there is no function `{name}`", near + _HELP)
        raise self._error(node, f"`{self.part(node)}` is not allowed in a formula", _HELP)

    def part(self, node: ast.expr) -> str:
        return _part(self.text, node)

    def _error(self, node: ast.expr, message: str, help_: str) -> FormulaError:
        return _error(self.text, node, message, help_)

    def _number(self, node: ast.expr, number: float) -> _Compiled:
        if abs(number) > 1e15:
            raise self._error(node, "this number is too large", "use at most 1e15")
        constant = float(number)
        return lambda _: constant

    def _checked(self, node: ast.expr, compute: _Compiled) -> _Compiled:
        """The computation, with arithmetic errors turned into UndefinedError."""
        part = self.part(node)

        def checked(values: Values) -> float:
            try:
                found = compute(values)
            except ZeroDivisionError:
                raise UndefinedError("division by zero", part) from None
            except OverflowError:
                raise UndefinedError("the number is too large", part) from None
            except ValueError:
                raise UndefinedError("the result is undefined", part) from None
            if not math.isfinite(found):
                raise UndefinedError("the number is too large", part)
            return found

        return checked

    def _sign(self, node: ast.UnaryOp) -> _Compiled:
        inner = self.compiled(node.operand)
        if isinstance(node.op, ast.Not):
            return lambda values: float(not inner(values))
        return (lambda values: -inner(values)) if isinstance(node.op, ast.USub) else inner

    def _arithmetic(self, node: ast.BinOp) -> _Compiled:
        left, right = self.compiled(node.left), self.compiled(node.right)
        match node.op:
            case ast.Add():
                return self._checked(node, lambda values: left(values) + right(values))
            case ast.Sub():
                return self._checked(node, lambda values: left(values) - right(values))
            case ast.Mult():
                return self._checked(node, lambda values: left(values) * right(values))
            case ast.Div():
                return self._checked(node, lambda values: left(values) / right(values))
        return self._checked(node, lambda values: math.pow(left(values), right(values)))

    def _comparison(self, node: ast.Compare) -> _Compiled:
        if not all(type(op) in _COMPARE for op in node.ops):
            raise self._error(node, f"`{self.part(node)}` is not allowed in a formula", _HELP)
        sides = [self.compiled(each) for each in (node.left, *node.comparators)]
        tests = [_COMPARE[type(op)] for op in node.ops]

        def compare(values: Values) -> float:
            found = [side(values) for side in sides]
            return float(all(test(*pair) for test, pair in zip(tests, pairwise(found), strict=True)))

        return compare

    def _logic(self, node: ast.BoolOp) -> _Compiled:
        parts = [self.compiled(each) for each in node.values]
        decide = all if isinstance(node.op, ast.And) else any
        return lambda values: float(decide(part(values) for part in parts))

    def _choice(self, node: ast.IfExp) -> _Compiled:
        test, yes, no = self.compiled(node.test), self.compiled(node.body), self.compiled(node.orelse)
        return lambda values: yes(values) if test(values) else no(values)

    def _call(self, node: ast.Call, name: str) -> _Compiled:
        if not node.args or (name in ("abs", "sqrt", "log") and len(node.args) != 1):
            count = "one number" if name in ("abs", "sqrt", "log") else "numbers"
            raise self._error(node, f"`{name}` takes {count}", f"use `{name}(…)` with {count}")
        arguments = [self.compiled(each) for each in node.args]
        function = _CALLS[name]
        return self._checked(node, lambda values: function([each(values) for each in arguments]))


_CALLS: Mapping[str, Callable[[list[float]], float]] = {
    "min": min,
    "max": max,
    "abs": lambda numbers: abs(numbers[0]),
    "sqrt": lambda numbers: math.sqrt(numbers[0]),
    "log": lambda numbers: math.log(numbers[0]),
}
_COMPARE: Mapping[type, Callable[[float, float], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}


def _checked(text: str) -> None:
    try:
        parse_formula(text)
    except FormulaError as error:
        raise InvalidError(f"{error.message}, at character {error.offset + 1} of `{text[:80]}`; {error.help}") from None


FormulaText = Annotated[Text, Checked(_checked)]
