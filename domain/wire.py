"""Wire types in workflow histories: plain, frozen, never validated; new fields have defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ReceivedMessage:
    """A message as it came, not read yet: the ledger reads it.

    Attributes:
        kind: the name of the signal or update.
        body: the JSON text as it was sent.
        key: the update's id, or a key made from run and ordinal for a signal.
        keyed: whether the sender chose the key (a money signal without one goes to the desk).
        at: when it was heard (UTC).
        size: bytes of the whole body where only its beginning was kept, because it is too long.
    """

    kind: str
    body: str
    key: str = ""
    keyed: bool = False
    at: datetime | None = None
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the sender of a message is told.

    Attributes:
        accepted: whether the message counts.
        text: what was accepted, or why it was refused, in words.
        check_at: when an agreement is checked (UTC).
        plan_b: what happens then if it was not kept.
        code: what became of it, one of `AnswerCode`; empty from a worker that told none yet.
        field: of what was said, if one is to blame.
    """

    accepted: bool = False
    text: str = ""
    check_at: datetime | None = None
    plan_b: str = ""
    code: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision as a case's history keeps it: ids, instants, reasons; nobody's name.

    Attributes:
        do: the activity to run at ``at``, or ``wait``.
        at: the planned instant (UTC), None for news only.
        step: the step's name.
        why: the reason, in words.
        stage: where the case stands.
        outcome: set when the case has ended.
        number: the ledger's running number of this decision.
        details: what the Temporal UI shows, in Markdown.
        answers: for each message heard, what its sender is told.
        episode: the episode the decision belongs to.
    """

    do: str
    at: datetime | None = None
    step: str = ""
    why: str = ""
    stage: str = ""
    outcome: str | None = None
    number: int = 0
    details: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    episode: int = 1


@dataclass(frozen=True, kw_only=True)
class InvoiceInput:
    """The input of a case's workflow.

    Attributes:
        invoice: the invoice as an outside system sends it (number, customer, dates, money).
        next: the decision already made by whoever opened the case, or carried by a new run.
        offset_seconds: added to every clock; only rehearsals use it.
        heard: messages heard but not yet recorded, carried into a new run.
    """

    invoice: dict[str, Any] | None = None
    next: Decision | None = None
    offset_seconds: int = 0
    heard: tuple[ReceivedMessage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseActivityInput:
    """The input of an activity: the case, the decision to carry out, and what was heard since."""

    case: str
    do: str = "decide"
    step: str = ""
    episode: int = 1
    at: datetime | None = None
    heard: tuple[ReceivedMessage, ...] = ()
    invoice: dict[str, Any] | None = None
    offset_seconds: int = 0
    run: str = ""


@dataclass(frozen=True, kw_only=True)
class PostedPayment:
    """What became of a payment.

    Attributes:
        parts: decimal amount by case id.
        left: what stays on the account, as a decimal string.
        code: what became of it, one of `AnswerCode`; empty from a worker that told none yet.
    """

    accepted: bool = False
    text: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    left: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Mended:
    """The result of a reconciler's round: numbers of cases, and of its own parts that failed."""

    started: int = 0
    woken: int = 0
    parked: int = 0
    raised: int = 0
    stuck: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRound:
    """The result of a round of webhooks: deliveries taken, and attempts that failed."""

    delivered: int = 0
    failed: int = 0
