"""The shape of a policy file: which keys it may hold, and what each of them means."""

# One thing: the JSON Schema of one file format, table by table.

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from domain.policy.account_statements_schema import StatementsEntry
from domain.policy.agreements_schema import AgreementsEntry, TermsEntry
from domain.policy.answers import AnswerLetter
from domain.policy.work_order_schema import WorkOrderEntry

_AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,4})?$"
PERCENT = r"^[0-9]{1,3}(\.[0-9]{1,6})?$"
_CODE = r"^[a-z][a-z0-9_]{0,49}$"

Amounts = dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], Annotated[str, Field(pattern=_AMOUNT)]]
"""Amounts per currency, in quotes: { EUR = "0.50" }."""


StepAction = Literal[
    "remind",
    "confirm",
    "demand_letter",
    "call_task",
    "notify_sales",
    "fee",
    "hold_credit",
    "ask_person",
    "lawyer_letter",
]
_Channel = Literal["email", "sms", "voice", "post"]
Tone = Literal["warm", "friendly", "clear", "firm", "final"]
Who = Literal["everyone", "new", "good", "late_payer", "risky"]

ANCHOR = r"^((issued|due)([+-][0-9]{1,4})?|(previous|deadline)\+[0-9]{1,4})$"
WINDOW = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
STEP_ID = r"^[a-z][a-z0-9_-]{0,49}$"

_On = Annotated[
    str,
    Field(
        pattern=ANCHOR,
        description="write issued+N, issued-N, due+N, due-N, due, previous+N or deadline+N,"
        " counted in calendar days",
    ),
]
EndOfMonth = Annotated[
    bool,
    Field(description="write true if the date moves on to the last day of its month, else false"),
]


class StepEntry(TermsEntry):
    """One step of the ladder."""

    id: str = Field(
        pattern=STEP_ID,
        description="write a short name in small letters, digits, '-' and '_', such as first-mail",
    )
    on: _On
    end_of_month: EndOfMonth = False
    do: StepAction = Field(
        description="write one of remind, confirm, demand_letter, call_task, notify_sales,"
        " fee, hold_credit, ask_person, lawyer_letter",
    )
    channels: list[_Channel] = Field(
        default=["email"],
        min_length=1,
        description='write the channels to try in turn, such as ["email", "sms"]',
    )
    tone: Tone = Field(
        default="friendly", description="write one of warm, friendly, clear, firm, final"
    )
    deadline_days: int | None = Field(
        default=None,
        ge=1,
        le=365,
        description="write how many days (1 to 365) the debtor gets, counted from the message",
    )
    meant_for: list[Who] = Field(
        default=["everyone"],
        alias="for",
        min_length=1,
        description='write ["everyone"] or classes out of new, good, late_payer, risky',
    )
    amount: Amounts = Field(
        default={},
        description='write the late fee per currency, in quotes: { EUR = "5.00" }',
    )
    percent: str | None = Field(
        default=None,
        pattern=PERCENT,
        description='write the late fee in percent of what is open, in quotes, such as "1.5"',
    )


class PlanBEntry(TermsEntry):
    """What happens when the ladder was climbed and nothing came."""

    on: _On
    end_of_month: EndOfMonth = False
    do: Literal["hand_off", "lawyer_letter", "ask_person"] = Field(
        description="write hand_off, lawyer_letter or ask_person"
    )
    agency: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$",
        description="write an agency's short name, best_net for the one of which most would come"
        " in, or leave it out for the installation's one",
    )


class CalendarEntry(TermsEntry):
    """When a debtor may be contacted."""

    window: str = Field(
        default="09:00-17:00",
        pattern=WINDOW,
        description="write the hours in debtor time, such as 09:00-17:00; 00:00-24:00 is any time",
    )
    working_days_only: bool = Field(
        default=True, description="write true to leave out weekends and public holidays, else false"
    )
    due_rolls: Literal["law", "always", "never"] = Field(
        default="law",
        description="write law, always or never: a due date on a day off moves to a working day",
    )
    bank_day: bool | None = Field(
        default=None,
        description="write true to wait after a due date until a banking day has passed, or false",
    )


class ClassesEntry(TermsEntry):
    """From where on a customer counts as a late payer, or as risky."""

    late_from_mean_days: int = Field(
        default=5, ge=1, le=365, description="write the mean days late, 1 to 365"
    )
    late_from_percent: int = Field(
        default=50, ge=1, le=100, description="write the share of late invoices, 1 to 100 percent"
    )
    risky_from_broken_promises: int = Field(
        default=2, ge=1, le=100, description="write how many broken promises, 1 to 100"
    )
    risky_from_handoffs: int = Field(
        default=1, ge=1, le=100, description="write how many agency handoffs, 1 to 100"
    )


class ContactEntry(TermsEntry):
    """How often one customer may hear from us, over all invoices and channels."""

    preset: Literal["courteous", "us-reg-f", "unlimited"] = Field(
        default="courteous", description="write courteous, us-reg-f or unlimited"
    )
    messages_per_week: int | None = Field(
        default=None, ge=1, le=100, description="write how many messages in any 7 days, 1 to 100"
    )
    calls_per_week: int | None = Field(
        default=None, ge=1, le=100, description="write how many calls in any 7 days, 1 to 100"
    )
    quiet_days: int | None = Field(
        default=None, ge=0, le=60, description="write 0 to 60 days of quiet after a conversation"
    )
    bundle_days: int | None = Field(
        default=None,
        ge=0,
        le=14,
        description="write how many days ahead (0 to 14) reminders join one message",
    )
    silence_days: int | None = Field(
        default=None,
        ge=0,
        le=365,
        description="write after how many unanswered days the way is changed, up to 365; 0: never",
    )
    reply_days: int | None = Field(
        default=None,
        ge=0,
        le=10,
        description="write how many working days (0 to 10) an answer lets the next step wait",
    )
    settle_minutes: int | None = Field(
        default=None,
        ge=0,
        le=1440,
        description="write how many minutes (0 to 1440) a message waits for further invoices",
    )
    spread_minutes: int | None = Field(
        default=None,
        ge=0,
        le=240,
        description="write over how many minutes (0 to 240) the morning's deeds are spread",
    )


class ChargesEntry(TermsEntry):
    """What being late costs: nothing, unless the creditor confirms the law or the contract."""

    interest: Literal["none", "law", "contract"] = Field(
        default="none", description="write none, law or contract"
    )
    jurisdiction: str = Field(
        default="", max_length=20, description="write whose law applies, such as DE or UK"
    )
    confirmed_by: str = Field(
        default="",
        max_length=200,
        description="write who confirmed that this law or contract applies, and when",
    )
    debtors: Literal["businesses", "consumers"] = Field(
        default="businesses", description="write businesses or consumers"
    )
    contract_percent: str | None = Field(
        default=None, pattern=PERCENT, description='write percent a year in quotes, such as "9.5"'
    )
    compensation: bool = Field(
        default=False, description="write true if the law's fixed sum is charged, else false"
    )
    rounding: Literal["once", "daily"] = Field(default="once", description="write once, or daily")
    compounding: Literal["", "monthly", "yearly"] = Field(
        default="", description="write monthly or yearly if the contract says so, else leave it out"
    )
    past_table: Literal["refuse", "provisional"] = Field(
        default="refuse",
        description="write refuse to leave days without a rate out, or provisional",
    )
    order: list[Literal["principal", "interest", "costs"]] = Field(
        default=["principal", "interest", "costs"],
        min_length=3,
        max_length=3,
        description='write what money pays first, such as ["costs", "interest", "principal"]',
    )
    asked_from: str = Field(
        default="",
        max_length=40,
        description="write the id of the first step that asks for costs, or due for the due date",
    )
    leftover: Literal["chase", "write_off"] = Field(
        default="write_off", description="write chase or write_off"
    )
    waive_below: Amounts = Field(
        default={}, description='write what is let go, per currency, in quotes: { EUR = "5.00" }'
    )


class MoneyEntry(TermsEntry):
    """What is done with money that fits nothing exactly."""

    unallocated: Literal["hold", "warn"] = Field(default="hold", description="write hold, or warn")
    allocate: Literal["oldest_due", "newest_due", "largest", "smallest"] = Field(
        default="oldest_due", description="write oldest_due, newest_due, largest or smallest"
    )
    write_off_below: Amounts = Field(
        default={}, description='write what is given up by itself, in quotes: { EUR = "0.05" }'
    )
    flight_days: int = Field(
        default=5, ge=1, le=60, description="write how many days money may be on its way, 1 to 60"
    )
    reversal_grace_days: int = Field(
        default=3, ge=0, le=60, description="write 0 to 60 days of quiet after money went back"
    )
    statement_days: int = Field(
        default=3, ge=0, le=60, description="write how old bank data may be, 0 to 60 days"
    )


class CreditEntry(TermsEntry):
    """What a hold on credit leaves free, and what makes it cash only."""

    cash_only_from_broken: int = Field(
        default=1, ge=1, le=100, description="write from how many broken promises on, 1 to 100"
    )
    exempt: list[Literal["prepaid", "delivered"]] = Field(
        default=["prepaid", "delivered"], description='write ["prepaid", "delivered"] or less'
    )


class DisputesEntry(TermsEntry):
    """What customers contest, and by when it is settled."""

    minor: list[Annotated[str, Field(pattern=_CODE)]] | None = Field(
        default=None, description="write the reason codes that are put right at once"
    )
    deadline_days: int = Field(
        default=14, ge=1, le=365, description="write the days to settle a dispute, 1 to 365"
    )
    quick_fix_days: int = Field(
        default=2, ge=1, le=60, description="write the days to put a minor reason right, 1 to 60"
    )
    owner: str = Field(default="", max_length=100, description="write who looks after disputes")
    acknowledge: bool | None = Field(
        default=None,
        description="write true if all customers hear that a dispute was received, false if none; "
        "left out, those hear it who said it themselves",
    )


class PolicyEntry(TermsEntry):
    """A creditor's way of collecting."""

    model_config = ConfigDict(title="Amicable policy")

    name: str = Field(
        min_length=1, max_length=100, description="write what people call this policy"
    )
    minimum_gap_days: int = Field(
        default=2,
        ge=0,
        le=365,
        description="write the calendar days between two messages, 0 to 365: 2 means D and D+2",
    )
    catch_up: Literal["one-by-one", "most-severe"] = Field(
        default="one-by-one",
        description="write one-by-one, or most-severe to skip to the firmest missed message",
    )
    tolerance: Amounts = Field(
        default={},
        description='write what is too little to chase, per currency, in quotes: { EUR = "0.50" }',
    )
    new_deadline_days: int = Field(
        default=7,
        ge=1,
        le=60,
        description="write the days, 1 to 60, that a word gives that asks anew after a standstill",
    )
    review_days: int = Field(
        default=30,
        ge=1,
        le=365,
        description="write after how many days of standstill a person is asked, 1 to 365",
    )
    agency_review_days: int = Field(
        default=90,
        ge=1,
        le=730,
        description="write after how many days with the agency a person is asked, 1 to 730",
    )
    agency_silence_days: int = Field(
        default=0,
        ge=0,
        le=365,
        description="write after how many days without a word of the agency a person is asked,"
        " 1 to 365; 0 is never",
    )
    thank_you: Literal["never", "reminded", "always"] = Field(
        default="never",
        description="write never, reminded (whoever heard from us) or always",
    )
    answers: list[
        Literal["hardship", "part_payment", "overpaid", "recalled", "plan_kept", "decided"]
    ] = Field(
        default=[],
        description=f"write which answers customers get in writing: {', '.join(AnswerLetter)}",
    )
    calendar: CalendarEntry = Field(
        default=CalendarEntry(), description="write a table [calendar] with the contact window"
    )
    step: list[StepEntry] = Field(
        min_length=1, description="write at least one table [[step]] with id, on and do"
    )
    plan_b: PlanBEntry | None = Field(
        default=None, description="write a table [plan_b] with on and do"
    )
    agreements: AgreementsEntry = Field(
        default=AgreementsEntry(), description="write a table [agreements]"
    )
    classes: ClassesEntry = Field(default=ClassesEntry(), description="write a table [classes]")
    contact: ContactEntry | None = Field(default=None, description="write a table [contact]")
    charges: ChargesEntry = Field(default=ChargesEntry(), description="write a table [charges]")
    money: MoneyEntry = Field(default=MoneyEntry(), description="write a table [money]")
    credit: CreditEntry = Field(default=CreditEntry(), description="write a table [credit]")
    disputes: DisputesEntry | None = Field(default=None, description="write a table [disputes]")
    account_statements: StatementsEntry | None = Field(
        default=None, description="write a table [account_statements] with the day of the month"
    )
    today: WorkOrderEntry = Field(
        default=WorkOrderEntry(), description="write a table [today] with points for the worklist"
    )


def policy_schema() -> dict[str, Any]:
    """Make the JSON Schema of a policy file, for editors and for programs that write policies."""
    schema = PolicyEntry.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
