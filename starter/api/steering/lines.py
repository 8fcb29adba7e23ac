"""Many invoices or payments in one request, a line of JSON each, each with its own answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from starter.api import access_log
from starter.api.auth import KeyAuthenticator
from starter.api.dependencies import Ask, Asked
from starter.api.errors import HttpProblem, UnlikeDescribedError, problem_of
from starter.api.reading import plain_object
from starter.api.routes.opening import NewCase, open_over_http
from starter.api.routes.payments import NewPayment, post_payment

NDJSON = "application/x-ndjson"
MOST_BULK_LINES = 500

LineAct = Callable[[Any, Ask], JSONResponse]


class LinesRoute(KeyAuthenticator):
    """A route whose lines count once by their own ids: no answer of the whole is kept."""

    once = False


class LinesResponse(Response):
    """Answers in lines of JSON."""

    media_type = NDJSON


NumberedLine = tuple[int, str]


async def _lines(request: Request) -> list[NumberedLine]:
    """The lines of a body, numbered from 1; empty ones say nothing.

    Raises:
        HttpProblem: if it is no such body, or too long.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != NDJSON:
        raise HttpProblem("unsupported-media-type", f"send Content-Type: {NDJSON}")
    body = await request.body()
    try:
        text = body.decode("utf-8-sig")  # programs of Windows begin a file with a mark
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise HttpProblem("malformed", f"line {line} is not UTF-8; no line was read") from None
    numbered = enumerate(text.split("\n"), start=1)
    found = [(number, line) for number, line in numbered if line.strip()]
    if not found:
        raise HttpProblem("malformed", "send lines, one JSON object each")
    if len(found) > MOST_BULK_LINES:
        told = f"send at most {MOST_BULK_LINES} lines at once, not {len(found)}; no line was read"
        raise HttpProblem("too-large", told)
    return found


BodyLines = Annotated[list[NumberedLine], Depends(_lines)]


async def open_many_over_http(lines: BodyLines, ask: Asked) -> Response:
    """Open many cases, a line each as for one; a line that is refused stops no other."""
    return await _answered(lines, NewCase, open_over_http, ask)


async def post_many_over_http(lines: BodyLines, ask: Asked) -> Response:
    """Post many payments, a line each as for one, with its id; each counts once."""
    return await _answered(lines, NewPayment, post_payment, ask)


async def _answered(
    lines: list[NumberedLine], model: type[BaseModel], act: LineAct, ask: Ask
) -> Response:
    def work() -> str:
        return "".join(
            json.dumps(answer) + "\n"  # ASCII: some programs break lines at U+2028, too
            for answer in _each(lines, model, act, ask)
        )

    return LinesResponse(await anyio.to_thread.run_sync(work))


def _each(
    lines: list[NumberedLine], model: type[BaseModel], act: LineAct, ask: Ask
) -> Iterator[dict[str, Any]]:
    for number, line in lines:
        response = _one(line, model, act, ask)
        told = json.loads(bytes(response.body))
        name = "answer" if response.status_code < 400 else "problem"  # noqa: PLR2004 - problems begin there
        yield {"line": number, "status": response.status_code, name: told}


def _one(line: str, model: type[BaseModel], act: LineAct, ask: Ask) -> JSONResponse:
    try:
        return act(model.model_validate(plain_object(line)), ask)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        wrong = RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in faults])
        return problem_of(UnlikeDescribedError(wrong, model.model_fields)).response()
    except Exception as error:  # noqa: BLE001 - every line has an answer, and the next one counts
        problem = problem_of(error)
        if problem.sort.name == "internal":
            access_log.broke(ask.request, error)
        return problem.response()
