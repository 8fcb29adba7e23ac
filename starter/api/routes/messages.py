"""Routes for messages to a case: those of docs/messages.md, each with its address."""

# One thing: the table of messages over HTTP, and the one function that handles all of them.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field, create_model

from domain.agreements.reducer import AGREEING
from domain.intake.reading import MONEY_KINDS
from domain.message_types import MessageType
from domain.parties.keys import KeyRole
from starter.api.dependencies import Ask, Asked, Number, answered
from starter.api.fields import FIELDS, Name, Strict

ALWAYS = ("id", "at", "by", "note", "reason")
BILLING, COLLECTOR = (KeyRole.BILLING,), (KeyRole.COLLECTOR,)
BOTH = (KeyRole.BILLING, KeyRole.COLLECTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One message type with its route.

    Attributes:
        path: the last part of its address.
        more: the fields that only some messages have; one that must be there ends with ``!``.
        example: a body as it may be sent.
    """

    kind: MessageType
    path: str
    roles: tuple[KeyRole, ...]
    title: str
    example: dict[str, Any]
    more: str = ""

    @property
    def model(self) -> type[Strict]:
        """The schema of its body."""
        wanted = {name.rstrip("!"): name.endswith("!") for name in (*ALWAYS, *self.more.split())}
        shape: dict[str, Any] = {
            name: (FIELDS[name][0], Field(description=FIELDS[name][1]))
            if needed
            else (FIELDS[name][0] | None, Field(default=None, description=FIELDS[name][1]))
            for name, needed in wanted.items()
        }
        name = "".join(word.title() for word in self.kind.value.split("_"))

        class Base(Strict):
            model_config = ConfigDict(json_schema_extra={"examples": [self.example]})

        model: type[Strict] = create_model(name, __base__=Base, __doc__=self.title, **shape)
        return model


SAYINGS = (
    Saying(
        kind=MessageType.INVOICE_CORRECTED,
        path="corrections",
        roles=BILLING,
        title="The invoice was put right: a new gross amount, a new due date, or both.",
        more="amount currency date",
        example={"id": "K-1", "amount": "109.00", "date": "2026-12-01", "note": "one box less"},
    ),
    Saying(
        kind=MessageType.CREDIT_NOTE,
        path="credit-notes",
        roles=BILLING,
        title="A credit note lowers what is owed.",
        more="amount! currency",
        example={"id": "CN-1", "amount": "9.00", "note": "two boxes were missing"},
    ),
    Saying(
        kind=MessageType.CREDIT_NOTE_CANCELLED,
        path="credit-note-cancellations",
        roles=BILLING,
        title="A credit note was taken back.",
        more="amount currency",
        example={"id": "CN-1-back", "amount": "9.00"},
    ),
    Saying(
        kind=MessageType.PAYMENT_REVERSED,
        path="payment-reversals",
        roles=BILLING,
        title="A payment came back; all of it unless an amount is given.",
        more="amount currency ref",
        example={"id": "B-1-back", "ref": "B-1"},
    ),
    Saying(
        kind=MessageType.REFUND,
        path="refunds",
        roles=BILLING,
        title="Money was given back: out of a surplus first, what goes beyond it is owed again.",
        more="amount! currency ref",
        example={"id": "F-1", "amount": "1.00", "ref": "B-1", "note": "paid twice"},
    ),
    Saying(
        kind=MessageType.IN_FLIGHT,
        path="in-flight",
        roles=BILLING,
        title="Money is on its way and should be here by a day: it is not chased meanwhile.",
        more="amount currency date ref",
        example={"id": "DD-1", "amount": "20.00", "date": "2026-12-01", "ref": "B-2"},
    ),
    Saying(
        kind=MessageType.IN_FLIGHT_FAILED,
        path="in-flight-failures",
        roles=BILLING,
        title="Money on its way will not come (that of `ref`, else all of it).",
        more="ref",
        example={"id": "DD-1-back", "ref": "DD-1"},
    ),
    Saying(
        kind=MessageType.WITHDRAWN,
        path="withdrawals",
        roles=BILLING,
        title="The invoice should never have been: it is chased no more.",
        example={"id": "X-1", "reason": "invoiced twice"},
    ),
    Saying(
        kind=MessageType.WRITE_OFF,
        path="write-offs",
        roles=BILLING,
        title="What is open is given up, or a part of it.",
        more="amount currency",
        example={"id": "W-1", "amount": "1.00", "reason": "goodwill"},
    ),
    Saying(
        kind=MessageType.WRITE_OFF_UNDONE,
        path="write-off-undoings",
        roles=BILLING,
        title="What was given up is chased again.",
        example={"id": "W-1-back"},
    ),
    Saying(
        kind=MessageType.PROMISE,
        path="promises",
        roles=COLLECTOR,
        title="The customer promised to pay by a day; answers the check and the Plan B.",
        more="amount currency date! channel plan_b",
        example={"id": "call-17", "date": "2026-12-01", "amount": "50.00", "channel": "phone"},
    ),
    Saying(
        kind=MessageType.PLAN_PROPOSED,
        path="plan-proposals",
        roles=COLLECTOR,
        title="An instalment plan is proposed; it holds nothing until it is agreed on.",
        more="amount currency date channel instalments every count plan_b",
        example={"id": "plan-1", "every": "month", "count": 3, "date": "2026-12-01"},
    ),
    Saying(
        kind=MessageType.PLAN_AGREED,
        path="plans",
        roles=COLLECTOR,
        title="The customer accepted a plan in writing: this one, the one of `ref`, or the last.",
        more="ref amount currency date channel instalments every count plan_b",
        example={"id": "plan-1-yes", "ref": "plan-1", "channel": "email"},
    ),
    Saying(
        kind=MessageType.PLAN_ENDED,
        path="plan-endings",
        roles=COLLECTOR,
        title="A plan is given up; the ladder goes on where it stood.",
        more="ref",
        example={"id": "plan-1-over", "ref": "plan-1", "note": "the customer pays at once"},
    ),
    Saying(
        kind=MessageType.SETTLEMENT,
        path="settlements",
        roles=COLLECTOR,
        title="The amount settles it all if it comes by a day; with the reason `costs` and no "
        "amount the costs are let go.",
        more="amount currency date! channel plan_b",
        example={"id": "offer-1", "amount": "90.00", "date": "2026-12-01", "by": "ann"},
    ),
    Saying(
        kind=MessageType.AGREEMENT_CONFIRMED,
        path="confirmations",
        roles=COLLECTOR,
        title="The customer accepted an agreement in writing: that of `ref`, or the last one.",
        more="ref channel",
        example={"id": "offer-1-yes", "ref": "offer-1", "channel": "email"},
    ),
    Saying(
        kind=MessageType.DISPUTE_OPENED,
        path="disputes",
        roles=COLLECTOR,
        title="The customer contests all of it, or an amount; that part is chased no more.",
        more="amount currency date owner channel",
        example={"id": "D-1", "amount": "10.00", "reason": "goods", "owner": "ann"},
    ),
    Saying(
        kind=MessageType.DISPUTE_SETTLED,
        path="dispute-settlements",
        roles=COLLECTOR,
        title="A dispute is settled: `for_us`, `for_customer` or `split`, says the reason.",
        more="ref amount currency",
        example={"id": "D-1-over", "ref": "D-1", "reason": "split", "amount": "4.00"},
    ),
    Saying(
        kind=MessageType.PAUSE,
        path="pauses",
        roles=COLLECTOR,
        title="Nothing is chased, up to and including a day, or until it is resumed.",
        more="date",
        example={"id": "P-1", "date": "2026-12-01", "reason": "holidays"},
    ),
    Saying(
        kind=MessageType.RESUME,
        path="resumptions",
        roles=COLLECTOR,
        title="It goes on after a pause; a case that was parked is taken up again.",
        example={"id": "P-1-over"},
    ),
    Saying(
        kind=MessageType.COSTS_WAIVED,
        path="cost-waivers",
        roles=COLLECTOR,
        title="Interest and fees are let go: an amount, or all of them.",
        more="amount currency",
        example={"id": "CW-1", "amount": "5.00", "reason": "goodwill"},
    ),
    Saying(
        kind=MessageType.CALL_RESULT,
        path="calls",
        roles=COLLECTOR,
        title="How a call went (`reason`), and what was promised, or contested as `ref` says.",
        more="reason! date amount currency ref owner channel",
        example={"id": "C-1", "reason": "no_answer", "by": "ann"},
    ),
    Saying(
        kind=MessageType.CONTACT_NEWS,
        path="contact-news",
        roles=BOTH,
        title="What became of a message: `delivered`, `replied`, `bounced` or `opted_out`.",
        more="reason! ref",
        example={"id": "N-1", "reason": "opted_out", "ref": "sms"},
    ),
    Saying(
        kind=MessageType.REMINDED_ELSEWHERE,
        path="reminders-elsewhere",
        roles=BOTH,
        title="A step of the policy (`ref`) was said elsewhere: the ladder goes on after it.",
        more="ref! date! channel",
        example={"id": "E-1", "ref": "polite", "date": "2026-11-20"},
    ),
    Saying(
        kind=MessageType.LETTER_CORRECTED,
        path="letter-corrections",
        roles=COLLECTOR,
        title="A letter (`ref`: its step) was wrong: its `sum`, its `day`, or that it was `sent`.",
        more="ref! reason!",
        example={"id": "LC-1", "ref": "polite", "reason": "sum"},
    ),
    Saying(
        kind=MessageType.TAKEN_BACK,
        path="undoings",
        roles=COLLECTOR,
        title="What was recorded by mistake (`ref`: its id) counts as never said: a promise, a "
        "plan, a call; if the customer was told, one letter puts it right.",
        more="ref!",
        example={"id": "U-1", "ref": "call-17", "reason": "another customer"},
    ),
    Saying(
        kind=MessageType.STEP_SKIPPED,
        path="skipped-steps",
        roles=COLLECTOR,
        title="A step of the policy (`ref`) is left out; the reason is kept.",
        more="ref!",
        example={"id": "S-1", "ref": "second", "reason": "we met at the fair"},
    ),
    Saying(
        kind=MessageType.SEND_NOW,
        path="sendings",
        roles=COLLECTOR,
        title="The next letter (`ref`: its step) leaves today; holds, gaps and deadlines are kept.",
        more="ref!",
        example={"id": "N-2", "ref": "second"},
    ),
    Saying(
        kind=MessageType.AGENCY_NEWS,
        path="agency-news",
        roles=COLLECTOR,
        title="What the agency reports; `closed` and `returned` end its work.",
        more="reason!",
        example={"id": "A-1", "reason": "contacted"},
    ),
    Saying(
        kind=MessageType.HANDOFF_APPROVED,
        path="handoff-approvals",
        roles=COLLECTOR,
        title="A person decides that the agency takes over.",
        example={"id": "H-1", "by": "ann"},
    ),
)


class Approval(Strict):
    """What a supervisor approves."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ref": "call-17"}]})

    ref: Name = Field(description="The id of the message that waits.")


def approve_over_http(number: str, wanted: Approval, ask: Asked) -> JSONResponse:
    """Approve what waits for a supervisor: whoever has the key, and nobody else, approves it."""
    case_id = ask.row(number).case_id
    answer, woken = ask.application.desk.approve(case_id, wanted.ref, ask.somebody)
    ask.wake(woken)
    return answered(case_id, answer)


def endpoint_of(saying: Saying) -> Callable[..., JSONResponse]:
    """Make the handler of one message type."""

    def say(number: str, said: Strict, ask: Ask) -> JSONResponse:
        return _say(saying.kind, number, said, ask)

    say.__name__ = saying.kind.value
    say.__doc__ = saying.title
    say.__annotations__ = {"number": Number, "said": saying.model, "ask": Asked}
    return say


def _say(kind: MessageType, number: str, said: Strict, ask: Ask) -> JSONResponse:
    row = ask.row(number)
    case_id = row.case_id
    body = _body(kind, said, ask)
    desk = ask.application.desk
    if kind is MessageType.RESUME:
        answer, woken = desk.take_up(case_id, body, parked=row.parked)
    else:
        answer, woken = desk.say(case_id, kind, body)
    ask.wake(woken)
    return answered(case_id, answer)


def _body(kind: MessageType, said: Strict, ask: Ask) -> dict[str, Any]:
    """The message as it is documented; the idempotency key is its id where it has none."""
    body = said.model_dump(exclude_none=True)
    given = body.get("id")
    own = ask.own_id(given, "money") if kind in MONEY_KINDS else given or ask.key
    if kind in AGREEING and body.get("by", ask.somebody) != ask.somebody:
        body["owner"] = ask.somebody  # whoever recorded it cannot approve it either
    return {"by": ask.somebody, **body, **({"id": own} if own else {})}
