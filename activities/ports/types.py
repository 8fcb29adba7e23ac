"""Types that pass through the ports: envelopes, receipts, case files, tasks."""

# One thing: the plain values by which activities and adapters understand each other.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from activities.ports.clock import LastLook
from activities.ports.letter_data import Attachment, CallWords
from activities.ports.letters.sent import SentLetter
from activities.ports.stores.replies import AnswerRow
from domain.answer_codes import AnswerCode
from domain.case.model import Case, Deed, Invoice, Message
from domain.charges.statement import Statement
from domain.errors import CodedError
from domain.evidence.model import Evidence
from domain.interest.added_rates import AddedRate
from domain.message_types import MessageStatus
from domain.parties.customer import NOBODY_KNOWN, Customer
from domain.parties.people import Creditor, Debtor
from domain.parties.tasks import TaskKind
from domain.policy.classes import History
from domain.policy.model import Policy
from domain.suggestion import Suggestion
from domain.wire import Decision

AGENCY = "agency"
"""The channel of what goes to the agency and not to the debtor."""

LAWYER = "lawyer"
"""Who writes demand letters where no lawyer is described: a person takes the file to one."""


class Sent(StrEnum):
    """How a call to a provider ended.

    STALE: it was held back at the last byte, because the last look was too long ago.
    """

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    STALE = "stale"


class Found(StrEnum):
    """What a provider's own records say about a message."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message, ready to be sent.

    Attributes:
        id: our opaque message id; the only thing a provider may keep.
        to: address or number.
        subject: empty for SMS.
        text: plain text, always there.
        creditor: whose message it is; it says by which account it goes, and leaves with nothing.
        html: HTML part, may be empty.
        attachments: files and pictures that go along; only mails have any.
        seconds_left: until the contact window closes; a queued SMS must not outlive it.
        in_reply_to: our id of the mail that this one follows, so that both stand together.
        references: our ids of the mails that stand above it, the first one first.
        call: what a call says before it knows who listens; None for what is written.
        look: the look it rests on, which must hold when the last byte leaves; None where nothing is
            sent.
    """

    id: str
    channel: str
    to: str
    to_name: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    at: datetime | None = None
    seconds_left: int = 36000
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    call: CallWords | None = None
    look: LastLook | None = None
    creditor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The result of a call to a provider.

    Attributes:
        provider_id: the provider's id of the message, if it told one.
        detail: the reason in words, without personal data or secrets.
        retry_after: how long a provider that is busy wants to be left alone.
        bad_point: the address or number does not work and must not be used again.
        opted_out: the recipient does not want this channel.
        channel_down: key, sender, account or what we say is at fault, so every message like it
            would fail: a person is told, also of one that was rejected.
        spoken: what a call says once somebody has pressed the key; kept until then.
        by_hand: what a person must still do, because an agency has no way to hear of it.
    """

    sent: Sent
    provider_id: str = ""
    detail: str = ""
    retry_after: timedelta | None = None
    bad_point: bool = False
    opted_out: bool = False
    channel_down: bool = False
    spoken: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The case's whole file for the agency (P71).

    Attributes:
        id: stable id of this delivery: the same on every retry.
        kind: ``case.handed_off``, ``case.updated`` or ``case.recalled``.
        history: every message and deed, oldest first, as plain dicts.
        evidence: the files that are kept with the case, without their contents.
        statement: what is asked for beside the principal, each cost with its ground (P24).
        look: the look it rests on, which must hold when the last byte leaves.
        agency: whom it is for, by its short name; ``agency`` for the installation's one.
        read: reads the content of a file of the evidence; None where none can be read.
        replies: what the customer wrote about the case, oldest first.
        letters: what the customer was written about it, oldest first.
    """

    id: str
    kind: str
    at: datetime
    case: Case
    debtor: Debtor
    creditor: Creditor
    why: str
    history: tuple[Mapping[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    statement: Statement | None = None
    look: LastLook | None = None
    agency: str = AGENCY
    read: Callable[[Evidence], bytes] | None = None
    replies: tuple[AnswerRow, ...] = ()
    letters: tuple[SentLetter, ...] = ()


class OutboundState(StrEnum):
    """Where one message to a debtor stands."""

    NEW = "new"
    IN_FLIGHT = "in_flight"
    ACCEPTED = "accepted"
    UNKNOWN_CLOSED = "unknown_closed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """One message to a debtor and its newest attempt, as the ledger keeps it.

    Attributes:
        id: our opaque message id.
        attempt: number of the newest attempt, from 1.
        since: the database clock when it was marked in flight.
        age: how long ago that was, by the database clock, at the moment of reading.
        channel: of the newest attempt.
        recipient: of the newest attempt.
        provider_id: the provider's id of it.
        tried: channels that rejected this message.
        seen_by_provider: whether a provider's event has shown that it was taken.
        not_before: a provider put it off: nobody takes it up before (UTC).
    """

    id: str
    state: OutboundState
    attempt: int
    since: datetime | None = None
    age: timedelta = timedelta()
    channel: str = ""
    recipient: str = ""
    provider_id: str = ""
    tried: tuple[str, ...] = ()
    seen_by_provider: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A step of a case that a message speaks of."""

    case: str
    step: str
    episode: int


LONGEST_TITLE = 300
"""So many characters of a task's title are kept: what strangers send may be of any length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for a person: a call, a question, a message that could not be applied.

    Attributes:
        key: unique; adding the same task twice adds one.
        kind: what it asks for.
        title: one line without personal data.
        due_at: when it should be done (UTC).
        suggestions: what may be done about it, the likeliest first.
        also: the customer's other cases that it is about as well, by id.
    """

    key: str
    kind: TaskKind
    case: str
    title: str
    detail: str = ""
    owner: str = ""
    due_at: datetime | None = None
    suggestions: tuple[Suggestion, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """All cases that it is about, its own first."""
        return (self.case, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedMessage:
    """A message as recorded: whether it counts, and what its sender was told.

    Attributes:
        code: what became of it; None until it was judged.
    """

    message: Message
    status: MessageStatus = MessageStatus.NEW
    answer: str = ""
    code: AnswerCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything the ledger has about one case, read under the account lock."""

    invoice: Invoice
    debtor: Debtor
    creditor: Creditor
    policy: Policy
    recorded: tuple[RecordedMessage, ...] = ()
    deeds: tuple[Deed, ...] = ()
    decision: Decision | None = None
    parked: bool = False
    history: History = field(default_factory=History)
    on_hold: bool = False
    customer: Customer = NOBODY_KNOWN
    rates: tuple[AddedRate, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages alone."""
        return tuple(recorded.message for recorded in self.recorded)


class BusyError(RuntimeError):
    """Another transaction holds the account; try again in a moment."""


class ConflictError(CodedError, ValueError):
    """The same id was used before with other content.

    Attributes:
        ids: all that are at fault, where there are many.
    """

    code = AnswerCode.CONFLICT

    def __init__(self, message: str, ids: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.ids = ids


class LetterError(ValueError):
    """A message cannot be put into words; the text names what is missing.

    Attributes:
        reason: what is missing, without the place.
        file: the creditor's file at fault; empty if it is none of them.
        line: of that file, from 1; 0 if the whole file is meant.
    """

    def __init__(self, reason: str, file: str = "", line: int = 0) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {reason}" if place else reason)
        self.reason, self.file, self.line = reason, file, line
