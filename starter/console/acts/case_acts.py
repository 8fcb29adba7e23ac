"""What people do with a case: each act a form, and the message that it becomes."""

# One thing: the table of acts.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.calls.results import ABOUT, CallResult
from domain.case.agreement_types import HARDSHIP
from domain.case.chosen_plan_b import PLAN_B_FIELD
from domain.disputes.reducer import ENDS
from domain.message_types import AgencyNews, MessageType
from domain.parties.console import CHIEFS, COLLECTING, NOTING, ConsoleRole
from domain.policy.model import MAJOR_REASONS, MINOR_REASONS
from starter.console.acts.fields import (
    CHANNEL,
    NOTE,
    FieldSort,
    FormField,
    amount_field,
    day_field,
    reason_field,
    ref_field,
)
from starter.console.shown.words import said

_ALL = "empty: all that is open"


class Needs(StrEnum):
    """What a case must have for an act to be offered."""

    NOTHING_ENDED = "running"
    NOTHING = "nothing"
    A_PLAN = "plan"
    AN_AGREEMENT = "agreement"
    A_DISPUTE = "dispute"
    A_PAUSE = "pause"
    A_WRITE_OFF = "write-off"
    THE_AGENCY = "agency"
    A_SLIP = "slip"
    A_STEP = "step"
    A_LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """One act.

    Attributes:
        name: in the address and of the form.
        kind: the message that it becomes.
        group: under which heading it stands.
        button: what is pressed.
        fixed: fields of the message that nobody is asked for.
        key: what opens it from a list.
        explained: what follows from it, in a sentence.
        needs: what there must be, or the act is not offered.
    """

    name: str
    kind: MessageType
    label: str
    group: str
    button: str
    fields: tuple[FormField, ...]
    roles: frozenset[ConsoleRole] = COLLECTING
    fixed: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    explained: str = ""
    needs: Needs = Needs.NOTHING_ENDED


_CALL_CHOICES = tuple((code, said(code)) for code in (*CallResult, HARDSHIP, *MINOR_REASONS))
_REASONS = tuple((code, said(code)) for code in (*MINOR_REASONS, *MAJOR_REASONS))
_ABOUT_CHOICES = (("", "–"), *((code, said(code)) for code in ABOUT))  # noqa: RUF001 - a dash is drawn
_EVERY = FormField(
    name="every",
    label="How often",
    sort=FieldSort.CHOICE,
    choices=(("month", "every month"), ("week", "every week")),
)
_COUNT = FormField(name="count", label="How many parts", sort=FieldSort.NUMBER, hint="such as 3")
PLAN_B_CHOICE = FormField(
    name=PLAN_B_FIELD,
    label="If it is not kept",
    sort=FieldSort.CHOICE,
    choices=(
        ("", "the ladder goes on"),
        ("person", "a person decides"),
        ("lawyer", "a lawyer writes"),
        ("agency", "the agency takes over"),
    ),
)
"""Who goes on if an agreement is not kept (P53)."""

_OWNER = FormField(name="owner", label="Who looks after it", hint="empty: as the policy says")
_FILES = FormField(name="files", label="Evidence: photos, papers", sort=FieldSort.FILES)
_PLAN = (
    *(_COUNT, _EVERY, day_field("First part on", needed=True)),
    *(amount_field("Each part", "empty: equal parts"), CHANNEL, NOTE, PLAN_B_CHOICE),
)

_TALKED = (
    CaseAct(
        name="outcome",
        kind=MessageType.CALL_RESULT,
        label="Outcome of a call",
        group="After a talk",
        button="Record the call",
        key="o",
        fixed={"channel": "phone"},
        fields=(
            reason_field("How it went", _CALL_CHOICES),
            day_field("Day", "of the promise, of the next call"),
            amount_field("Amount", "promised or contested"),
            FormField(
                name="ref",
                label="What is contested",
                sort=FieldSort.CHOICE,
                choices=_ABOUT_CHOICES,
            ),
            NOTE,
        ),
        explained="A promise or a dispute that was named is recorded with it, with its Plan B.",
    ),
    CaseAct(
        name="promise",
        kind=MessageType.PROMISE,
        label="Promise to pay",
        group="After a talk",
        button="Record the promise",
        key="p",
        fields=(
            day_field("Pays by", needed=True),
            amount_field(hint=_ALL),
            CHANNEL,
            NOTE,
            PLAN_B_CHOICE,
        ),
        explained="Nothing is chased until its day; if it is not kept, its Plan B follows.",
    ),
    CaseAct(
        name="dispute",
        kind=MessageType.DISPUTE_OPENED,
        label="Dispute",
        group="After a talk",
        button="Record the dispute",
        key="d",
        roles=NOTING,
        fields=(
            reason_field("What is wrong", _REASONS),
            amount_field("Contested amount", "empty: all of it"),
            day_field("Settle it by", "empty: as the policy says"),
            _OWNER,
            CHANNEL,
            NOTE,
            _FILES,
        ),
        explained="What is contested is not chased, and earns no interest from the customer.",
    ),
    CaseAct(
        name="paying",
        kind=MessageType.IN_FLIGHT,
        label="Money on its way",
        group="After a talk",
        button="Wait for the money",
        fields=(amount_field(hint=_ALL), day_field("Here by", "empty: as the policy says"), NOTE),
        explained="It is not chased until its day; only money that arrives settles anything.",
    ),
)
_AGREED = (
    CaseAct(
        name="plan-proposal",
        kind=MessageType.PLAN_PROPOSED,
        label="Instalments, proposed",
        group="Agreements",
        button="Propose the plan",
        fields=_PLAN,
        explained="It holds nothing until the customer accepts it in writing.",
    ),
    CaseAct(
        name="plan",
        kind=MessageType.PLAN_AGREED,
        label="Instalments, accepted",
        group="Agreements",
        button="Record the plan",
        fields=(ref_field("The proposed plan"), *_PLAN[:2], day_field("First part on"), *_PLAN[3:]),
        explained="The proposed plan, or this one. Each part is watched by itself.",
    ),
    CaseAct(
        name="settlement",
        kind=MessageType.SETTLEMENT,
        label="Settlement offer",
        group="Agreements",
        button="Record the offer",
        fields=(
            amount_field("Settles it all", needed=True),
            day_field("If it comes by", needed=True),
            CHANNEL,
            NOTE,
            PLAN_B_CHOICE,
        ),
        explained="The rest is given up if the money comes in time; else all of it is owed.",
    ),
    CaseAct(
        name="confirmation",
        needs=Needs.AN_AGREEMENT,
        kind=MessageType.AGREEMENT_CONFIRMED,
        label="Accepted in writing",
        group="Agreements",
        button="Record it",
        fields=(ref_field("Which agreement"), CHANNEL, NOTE),
    ),
    CaseAct(
        name="plan-end",
        needs=Needs.A_PLAN,
        kind=MessageType.PLAN_ENDED,
        label="End a plan",
        group="Agreements",
        button="End the plan",
        fields=(ref_field("Which plan"), NOTE),
        explained="The ladder goes on where it stood.",
    ),
    CaseAct(
        name="settled",
        needs=Needs.A_DISPUTE,
        kind=MessageType.DISPUTE_SETTLED,
        label="Decide a dispute",
        group="Agreements",
        button="Record the decision",
        fields=(
            ref_field("Which dispute"),
            reason_field("Decided", tuple((end, said(end)) for end in ENDS)),
            amount_field("Credited", "where it is split"),
            NOTE,
        ),
        explained="What is credited is no longer owed; the rest is asked for anew, with time.",
    ),
)
_STEERED = (
    CaseAct(
        name="pause",
        kind=MessageType.PAUSE,
        label="Pause",
        group="This invoice",
        button="Pause it",
        fields=(day_field("Until and with", "empty: until it is resumed"), reason_field("Why")),
    ),
    CaseAct(
        name="resume",
        needs=Needs.A_PAUSE,
        kind=MessageType.RESUME,
        label="Go on after a pause",
        group="This invoice",
        button="Go on",
        fields=(NOTE,),
    ),
    CaseAct(
        name="send-now",
        needs=Needs.A_LETTER,
        kind=MessageType.SEND_NOW,
        label="Send the next letter now",
        group="This invoice",
        button="Let it leave today",
        fields=(ref_field("Which letter", needed=True), NOTE),
        explained="Pauses, promises, gaps, deadlines and hours of contact are kept.",
    ),
    CaseAct(
        name="skip",
        needs=Needs.A_STEP,
        kind=MessageType.STEP_SKIPPED,
        label="Leave a step out",
        group="This invoice",
        button="Leave it out",
        key="s",
        fields=(ref_field("Which step", needed=True), reason_field("Why")),
        explained="The other steps come as they would.",
    ),
    CaseAct(
        name="undo",
        needs=Needs.A_SLIP,
        kind=MessageType.TAKEN_BACK,
        label="Undo what was typed wrongly",
        group="This invoice",
        button="Undo it",
        key="u",
        fields=(ref_field("What was wrong", needed=True), NOTE),
        explained="It counts as never said. If the customer was told, one letter puts it right: "
        "record what was meant within a quarter of an hour, and it goes into the same letter.",
    ),
    CaseAct(
        name="waiver",
        kind=MessageType.COSTS_WAIVED,
        label="Let interest and fees go",
        group="This invoice",
        button="Let them go",
        fields=(amount_field(hint="empty: all of them"), reason_field("Why")),
    ),
    CaseAct(
        name="handoff",
        kind=MessageType.HANDOFF_APPROVED,
        label="Give it to the agency",
        group="This invoice",
        button="Approve the handoff",
        roles=CHIEFS,
        fields=(NOTE,),
    ),
    CaseAct(
        name="agency",
        needs=Needs.THE_AGENCY,
        kind=MessageType.AGENCY_NEWS,
        label="News from the agency",
        group="This invoice",
        button="Record the news",
        fields=(
            reason_field(
                "What it reports",
                (("contacted", "customer contacted"), *((one, said(one)) for one in AgencyNews)),
            ),
            NOTE,
        ),
    ),
)
_MONEY = (
    CaseAct(
        name="credit",
        kind=MessageType.CREDIT_NOTE,
        label="Credit note",
        group="Money",
        button="Record the credit note",
        roles=CHIEFS,
        fields=(amount_field(needed=True), NOTE),
    ),
    CaseAct(
        name="correction",
        kind=MessageType.INVOICE_CORRECTED,
        label="Correct the invoice",
        group="Money",
        button="Correct it",
        roles=CHIEFS,
        fields=(amount_field("New gross amount"), day_field("New due date"), NOTE),
    ),
    CaseAct(
        name="write-off",
        kind=MessageType.WRITE_OFF,
        label="Write off",
        group="Money",
        button="Write it off",
        roles=CHIEFS,
        fields=(amount_field(hint=_ALL), reason_field("Why")),
    ),
    CaseAct(
        name="write-off-undone",
        needs=Needs.A_WRITE_OFF,
        kind=MessageType.WRITE_OFF_UNDONE,
        label="Take a write-off back",
        group="Money",
        button="Chase it again",
        roles=CHIEFS,
        fields=(NOTE,),
    ),
    CaseAct(
        name="withdrawal",
        kind=MessageType.WITHDRAWN,
        label="Withdraw the invoice",
        group="Money",
        button="Withdraw it",
        roles=CHIEFS,
        fields=(reason_field("Why it should never have been"),),
    ),
)
CASE_ACTS = {act.name: act for act in (*_TALKED, *_AGREED, *_STEERED, *_MONEY)}
"""Every act by its name, in the order in which they stand on the page."""

QUICK_ACTS = tuple(CASE_ACTS[name] for name in ("outcome", "promise", "dispute"))
"""Those that stand on the customer's page as well."""


def acts_for(role: ConsoleRole, there: frozenset[Needs]) -> tuple[CaseAct, ...]:
    """List what a role may do, where there is what it needs."""
    return tuple(act for act in CASE_ACTS.values() if role in act.roles and act.needs in there)
