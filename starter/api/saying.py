"""Saying something to a case over HTTP: into the ledger, answered, and then the case is woken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.responses import JSONResponse

from adapters.ledger.queries import reads
from domain.intake.reading import MONEY_KINDS
from domain.message_types import Kind
from domain.wire import Answer
from starter.api.asking import Ask, Asked, Number, shown
from starter.api.fields import Strict
from starter.api.problems import Problem, no_such
from starter.api.sayings import Saying
from starter.lines import ANOTHER


def endpoint_of(saying: Saying) -> Callable[..., JSONResponse]:
    """What answers at the address of one kind of message."""

    def say(number: str, said: Strict, ask: Ask) -> JSONResponse:
        return _say(saying.kind, number, said, ask)

    say.__name__ = saying.kind.value
    say.__doc__ = saying.title
    say.__annotations__ = {"number": Number, "said": saying.model, "ask": Asked}
    return say


def _say(kind: Kind, number: str, said: Strict, ask: Ask) -> JSONResponse:
    case_id = ask.case(number)
    row = reads.case_row(ask.house.engine, case_id)
    if row is None:
        raise no_such("case")
    ask.about(case_id)
    body = _body(kind, said, ask)
    if kind is Kind.RESUME and row.parked:
        ask.house.desk.unpark(case_id)
    answer, woken = ask.house.desk.say(case_id, kind, body)
    if kind is Kind.RESUME and row.parked and not answer.accepted:
        answer = Answer(accepted=True, text="taken up again")
    ask.wake(woken)
    return _told(case_id, answer)


def _body(kind: Kind, said: Strict, ask: Ask) -> dict[str, Any]:
    """The message as it is documented; the idempotency key is its id where it has none."""
    body = said.model_dump(exclude_none=True)
    own = body.get("id") or ask.key
    if kind in MONEY_KINDS and not own:
        raise Problem("invalid", "id: money needs an id, or an Idempotency-Key", field="id")
    return {"by": ask.somebody, **body, **({"id": own} if own else {})}


def _told(case_id: str, answer: Answer) -> JSONResponse:
    if not answer.accepted:
        name = "conflict" if ANOTHER in answer.text else "refused"
        raise Problem(name, answer.text)
    return shown(
        {
            "case": case_id,
            "accepted": True,
            "text": answer.text,
            "check_at": answer.check_at,
            "plan_b": answer.plan_b or None,
        }
    )
