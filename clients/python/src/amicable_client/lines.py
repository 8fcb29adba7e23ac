"""Says many things in one request, a line of JSON each, and tells what became of each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from amicable_client.problems import AGAIN, AmicableError, ProblemError, problem_told

__all__ = ["Line", "LineBatch", "LineTold", "batches", "batches_async"]

MOST_LINES = 500
MOST_BYTES = 900_000
"""What the gateway takes at once as it comes; where it takes less, less is sent."""

_TOO_LARGE = 413

LineTold = TypeVar("LineTold", bound=BaseModel)
Answer = TypeVar("Answer", bound=BaseModel)
Numbered = tuple[int, LineTold, str]


@dataclass(frozen=True, slots=True)
class Line(Generic[LineTold, Answer]):
    """What became of one of many.

    Attributes:
        number: its place among all, from 1; told: what was said.
        answer: as for one alone; None if it was refused.
        problem: why it was refused; None if it was not.
    """

    number: int
    told: LineTold
    answer: Answer | None = None
    problem: ProblemError | None = None

    def result(self) -> Answer:
        """Take the answer, or raise the problem."""
        if self.answer is None:
            raise self.problem or AmicableError("nothing was answered")
        return self.answer


class LineBatch(Generic[LineTold, Answer]):
    """Some hundred lines: what is still to be said of them, and what became of the others."""

    def __init__(
        self, told: list[Numbered[LineTold]], answer: type[Answer], waits: Iterator[float]
    ) -> None:
        self._left, self._answer, self._waits = told, answer, waits
        self._most = len(told)
        self._found: dict[int, Line[LineTold, Answer]] = {}

    @property
    def lines(self) -> list[Line[LineTold, Answer]]:
        """What became of each, in its order."""
        return [self._found[number] for number in sorted(self._found)]

    def content(self) -> str | None:
        """Write what is to be sent next; None if every line has its answer."""
        now = self._left[: self._most]
        return "".join(f"{text}\n" for _, _, text in now) if now else None

    def refused(self, error: AmicableError) -> None:
        """Send half as many if they were too long together; a line that is too long has its no.

        Raises:
            AmicableError: whatever else is wrong with all of them.
        """
        if not isinstance(error, ProblemError) or error.status != _TOO_LARGE:
            raise error
        if self._most > 1:
            self._most = self._most // 2
            return
        (number, told, _), *self._left = self._left
        self._found[number] = Line(number, told, problem=error)

    def answered(self, text: str) -> float:
        """Take in the answers, a line each; answers how long to wait before the busy ones again."""
        said = [json.loads(line) for line in text.split("\n") if line.strip()]
        sent, rest = self._left[: self._most], self._left[self._most :]
        if len(said) != len(sent):
            raise AmicableError(f"{len(sent)} lines were sent and {len(said)} answered")
        found = list(zip(sent, said, strict=True))
        busy = [one for one, answer in found if answer["status"] in AGAIN]
        wait = next(self._waits, None) if busy else 0.0
        again = busy if wait is not None else []
        for one, answer in found:
            if one not in again:
                self._keep(one, answer)
        self._left = [*again, *rest]
        return wait or 0.0

    def _keep(self, one: Numbered[LineTold], said: dict[str, Any]) -> None:
        number, told, _ = one
        if "answer" in said:
            answer = self._answer.model_validate_json(json.dumps(said["answer"]))
            self._found[number] = Line(number, told, answer=answer)
        else:
            problem = problem_told(int(said["status"]), said.get("problem") or {})
            self._found[number] = Line(number, told, problem=problem)


class _Gathered(Generic[LineTold]):
    """Lines that go together: as many as the gateway takes at once."""

    def __init__(self) -> None:
        self._number, self._size = 0, 0
        self._lines: list[Numbered[LineTold]] = []

    def add(self, told: LineTold) -> list[Numbered[LineTold]]:
        """Add a line; answers those before it that are enough by themselves."""
        text = told.model_dump_json(exclude_unset=True)
        size, full = len(text.encode()) + 1, list[Numbered[LineTold]]()
        if len(self._lines) == MOST_LINES or self._size + size > MOST_BYTES:
            full = self.last()
        self._number += 1
        self._size += size
        self._lines.append((self._number, told, text))
        return full

    def last(self) -> list[Numbered[LineTold]]:
        """Take out what is left."""
        lines, self._lines, self._size = self._lines, [], 0
        return lines


def batches(lines: Iterable[LineTold]) -> Iterator[list[Numbered[LineTold]]]:
    """Take lines as they come, some hundred at a time: never more than those are held."""
    gathered = _Gathered[LineTold]()
    for told in lines:
        if full := gathered.add(told):
            yield full
    if last := gathered.last():
        yield last


async def batches_async(
    lines: Iterable[LineTold] | AsyncIterable[LineTold],
) -> AsyncIterator[list[Numbered[LineTold]]]:
    """Take lines as they come, also from what is awaited."""
    gathered = _Gathered[LineTold]()
    async for told in _awaited(lines):
        if full := gathered.add(told):
            yield full
    if last := gathered.last():
        yield last


async def _awaited(lines: Iterable[LineTold] | AsyncIterable[LineTold]) -> AsyncIterator[LineTold]:
    if isinstance(lines, AsyncIterable):
        async for told in lines:
            yield told
    else:
        for told in lines:
            yield told
