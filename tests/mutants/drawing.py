"""Draws small bugs at random: a figure, a comparison or a condition that is not what it was."""

# One thing: where in a file something can be turned, and into what.

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.mutants.bug import Bug
from tests.mutants.hunt import ROOT

DRAWN_FROM = ("domain", "activities")

COMPARED = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
SIGNS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}


@dataclass(frozen=True)
class Turn:
    """One place in a file (offsets of characters) and what stands there instead."""

    start: int
    end: int
    new: str


class _Source:
    """A file's text, with the offsets of its syntax."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text()
        self.tree = ast.parse(self.text)
        self._statements = [node for node in ast.walk(self.tree) if isinstance(node, ast.stmt)]
        self._lines = self.text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        """The offset of a place that the parser names in bytes of UTF-8."""
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)

    def line(self, offset: int) -> int:
        """The number of the line in which a character stands."""
        return self.text.count("\n", 0, offset) + 1

    def statement(self, line: int) -> range:
        """The lines of the smallest statement around a line, without what it holds."""
        around = [node for node in self._statements if line in range(node.lineno, _end(node))]
        closest = max(around, key=lambda node: (node.lineno, -_end(node)))
        inner = [child.lineno for child in ast.walk(closest) if isinstance(child, ast.stmt)]
        later = [one for one in inner if one > line]
        return range(closest.lineno, min(later, default=_end(closest)))

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Where an expression begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        begin = self.at(node.lineno, node.col_offset)
        return begin, self.at(node.end_lineno, node.end_col_offset)

    def between(self, left: ast.expr, right: ast.expr, word: str) -> tuple[int, int] | None:
        """Where a sign stands between two expressions, if it stands there once."""
        begin, end = self.span(left)[1], self.span(right)[0]
        if self.text[begin:end].count(word) != 1:
            return None
        found = self.text.index(word, begin, end)
        return found, found + len(word)

    def enough_around(self, turn: Turn) -> tuple[str, str]:
        """As many whole lines as make the place the only one: as they are, and turned."""
        first = max(n for n, start in enumerate(self._starts) if start <= turn.start)
        last = first
        while True:
            begin, end = self._starts[first], self._starts[last + 1]
            old = self.text[begin:end]
            if self.text.count(old) == 1 or end - begin == len(self.text):
                inside = slice(turn.start - begin, turn.end - begin)
                return old, old[: inside.start] + turn.new + old[inside.stop :]
            first, last = max(0, first - 1), min(len(self._lines) - 1, last + 1)


@cache
def _source(path: Path) -> _Source:
    return _Source(path)


def _end(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) + 1


def draw(number: int, seed: int) -> list[Bug]:
    """Draw bugs over all places alike.

    The same seed draws the same ones from the same code: each place has its own lot, so that a
    change of the code changes only what is drawn there.
    """
    every = [_bug(path, turn) for path in _files() for turn in _turns(path)]
    return sorted(every, key=lambda bug: _lot(bug, seed))[:number]


def _lot(bug: Bug, seed: int) -> bytes:
    return sha256(f"{seed}\n{bug.file}\n{bug.old}\n{bug.new}".encode()).digest()


def _files() -> Iterator[Path]:
    for folder in DRAWN_FROM:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _turns(path: Path) -> list[Turn]:
    source = _source(path)
    return [turn for node in _running(source.tree) for turn in _of(source, node)]


def _running(module: ast.Module) -> Iterator[ast.AST]:
    """What runs when somebody calls: no annotations of fields, no docstrings, no constants."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(module) if isinstance(node, functions)]
    statements = [statement for body in bodies for statement in body]
    return iter(dict.fromkeys(node for one in statements for node in ast.walk(one)))


def _of(source: _Source, node: ast.AST) -> list[Turn]:
    if value := _other_value(node):
        return [Turn(*source.span(_expression(node)), value)]
    if sign := _other_sign(node):
        left, right, was, now = sign
        place = source.between(left, right, was)
        return [Turn(*place, now)] if place else []
    return []


def _other_value(node: ast.AST) -> str:
    """What stands instead of a figure, a truth or a negation."""
    match node:
        case ast.Constant(value=bool() as value):
            return str(not value)
        case ast.Constant(value=int() as value):
            return str(value + 1)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"bool({ast.unparse(operand)})"
    return ""


def _other_sign(node: ast.AST) -> tuple[ast.expr, ast.expr, str, str] | None:
    """What stands between two expressions, and what stands there instead."""
    match node:
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return left, right, SIGNS[type(sign)], COMPARED[type(sign)]
        case ast.BoolOp(op=op, values=[left, right]):
            was, now = (" and ", " or ") if isinstance(op, ast.And) else (" or ", " and ")
            return left, right, was, now
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            was, now = ("+", "-") if isinstance(op, ast.Add) else ("-", "+")
            return None if _is_text(left, right) else (left, right, was, now)
    return None


def _expression(node: ast.AST) -> ast.expr:
    assert isinstance(node, ast.expr)
    return node


def _is_text(*nodes: ast.expr) -> bool:
    """Whether text or a tuple is put together: turning the sign would only not run."""
    return any(isinstance(n, ast.JoinedStr | ast.Tuple | ast.List) for n in nodes) or any(
        isinstance(n, ast.Constant) and isinstance(n.value, str) for n in nodes
    )


def _bug(path: Path, turn: Turn) -> Bug:
    source, file = _source(path), path.relative_to(ROOT).as_posix()
    old, new = source.enough_around(turn)
    line = source.line(turn.start)
    lines = (range(line, source.line(turn.end) + 1), source.statement(line))
    was = " ".join(source.text[turn.start : turn.end].split())
    column = turn.start - source.text.rfind("\n", 0, turn.start)
    name = f"{file}:{line}:{column} {was[:30]} -> {turn.new.strip()[:30]}"
    return Bug(name, file, old, new, lines=lines)
