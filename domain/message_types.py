"""Message types, action types, results, outcomes and stages: pinned words, never renamed."""

from enum import StrEnum


class MessageType(StrEnum):
    """What a message says to a case."""

    PAYMENT = "payment"
    PAYMENT_REVERSED = "payment_reversed"
    REFUND = "refund"
    IN_FLIGHT = "in_flight"
    IN_FLIGHT_FAILED = "in_flight_failed"
    CREDIT_NOTE = "credit_note"
    CREDIT_NOTE_CANCELLED = "credit_note_cancelled"
    INVOICE_CORRECTED = "invoice_corrected"
    COSTS_WAIVED = "costs_waived"
    PROMISE = "promise"
    PLAN_PROPOSED = "plan_proposed"
    PLAN_AGREED = "plan_agreed"
    PLAN_ENDED = "plan_ended"
    SETTLEMENT = "settlement"
    AGREEMENT_CONFIRMED = "agreement_confirmed"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_SETTLED = "dispute_settled"
    PAUSE = "pause"
    RESUME = "resume"
    WRITE_OFF = "write_off"
    WRITE_OFF_UNDONE = "write_off_undone"
    WITHDRAWN = "withdrawn"
    AGENCY_NEWS = "agency_news"
    HANDOFF_APPROVED = "handoff_approved"
    CALL_RESULT = "call_result"
    CONTACT_NEWS = "contact_news"
    REMINDED_ELSEWHERE = "reminded_elsewhere"
    LETTER_CORRECTED = "letter_corrected"
    POLICY_CHANGED = "policy_changed"
    TAKEN_BACK = "taken_back"
    STEP_SKIPPED = "step_skipped"
    SEND_NOW = "send_now"
    NUDGE = "nudge"


class AgencyNews(StrEnum):
    """What goes between an agency and us about a case; other words are kept as they were given.

    Attributes:
        RECEIVED: the file is there.
        NEEDS_INFO: it wants something from us before it goes on.
        LEGAL: it wants to take legal steps.
        CLOSED: it ended its work; RETURNED: it gave the case back.
        MESSAGE: it wrote to us; TOLD: we wrote to it.
    """

    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    WORKING = "working"
    PAUSED = "paused"
    LEGAL = "legal"
    CLOSED = "closed"
    RETURNED = "returned"
    MESSAGE = "message"
    TOLD = "told"


class MessageStatus(StrEnum):
    """How a recorded message counts."""

    NEW = "new"
    APPLIED = "applied"
    REFUSED = "refused"


class ActionType(StrEnum):
    """What a deed does; where it changes the world, each is the name of an activity."""

    REMIND = "remind"
    CONFIRM = "confirm"
    ACKNOWLEDGE = "acknowledge"
    DEMAND_LETTER = "demand_letter"
    CALL_TASK = "call_task"
    NOTIFY_SALES = "notify_sales"
    FEE = "fee"
    HOLD_CREDIT = "hold_credit"
    RELEASE_CREDIT = "release_credit"
    ASK_PERSON = "ask_person"
    LAWYER_LETTER = "lawyer_letter"
    HAND_OFF = "hand_off"
    INFORM_AGENCY = "inform_agency"
    RECALL = "recall"
    CLOSE = "close"
    REOPEN = "reopen"
    WAIT = "wait"


MESSAGES_TO_DEBTOR = frozenset(
    {ActionType.REMIND, ActionType.CONFIRM, ActionType.ACKNOWLEDGE, ActionType.DEMAND_LETTER}
)
"""Deeds that the debtor reads: only these count for the gap, deadlines and catching up."""

DEMANDS = (ActionType.REMIND, ActionType.DEMAND_LETTER)
"""Messages that ask for the money, on the ladder or anew."""

OUTGOING = MESSAGES_TO_DEBTOR | {
    ActionType.LAWYER_LETTER,
    ActionType.HAND_OFF,
    ActionType.INFORM_AGENCY,
}
"""What the emergency hold stops; a recall still goes out, for it ends a pressure."""

STEP_DEEDS = frozenset(
    {
        ActionType.REMIND,
        ActionType.CONFIRM,
        ActionType.DEMAND_LETTER,
        ActionType.CALL_TASK,
        ActionType.NOTIFY_SALES,
        ActionType.FEE,
        ActionType.HOLD_CREDIT,
        ActionType.ASK_PERSON,
        ActionType.LAWYER_LETTER,
    }
)
"""What a step of a ladder may do."""


PRESSING = (
    ActionType.CALL_TASK,
    ActionType.NOTIFY_SALES,
    ActionType.HOLD_CREDIT,
    ActionType.LAWYER_LETTER,
)
"""Deeds that press for the money: none of them comes before the word that it follows up."""


class Result(StrEnum):
    """How a deed ended."""

    DONE = "done"
    ACCEPTED = "accepted"
    UNKNOWN_CLOSED = "unknown_closed"
    REJECTED = "rejected"


REACHED = frozenset({Result.DONE, Result.ACCEPTED, Result.UNKNOWN_CLOSED})
"""Results after which a message counts as sent (an unknown one does: never risk a second)."""


class Outcome(StrEnum):
    """How a case ends; as returned no case ends any more, but a ledger may tell of one."""

    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


class Stage(StrEnum):
    """Where a case stands, as the Temporal UI filters it."""

    BEFORE_DUE = "before_due"
    REMINDING = "reminding"
    PROMISED = "promised"
    DISPUTED = "disputed"
    PAUSED = "paused"
    WITH_AGENCY = "with_agency"
    CLOSED = "closed"
