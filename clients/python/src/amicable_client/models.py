"""What the gateway is told, and what it answers. Written by clients/python/generate.py: do not edit."""

from __future__ import annotations

import datetime as dt  # a field may be called date as well
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from amicable_client.model import Amount, Shown, Told

__all__ = [
    "Absence",
    "AccountWish",
    "AgencyAccountPage",
    "AgencyCaseFile",
    "AgencyCasePage",
    "AgencyChoices",
    "AgencyDecision",
    "AgencyMessage",
    "AgencyNews",
    "AgencyPoll",
    "AgencyQuotes",
    "AgreementConfirmed",
    "AnswerShown",
    "Answered",
    "Approval",
    "BankAccountList",
    "BankAccountShown",
    "Briefing",
    "Bulk",
    "BulkDone",
    "BulkLineDone",
    "CallResult",
    "CaseLine",
    "CaseOpened",
    "CasePage",
    "CaseSheet",
    "ChangeOfLetter",
    "ChangeTakenBack",
    "ColleagueShown",
    "Contact",
    "ContactCorrection",
    "ContactNews",
    "ContactWay",
    "ContactWayGone",
    "ContactWays",
    "CostsWaived",
    "CreditChangeShown",
    "CreditMoved",
    "CreditNote",
    "CreditNoteCancelled",
    "CreditReportKept",
    "CreditWish",
    "CreditorShown",
    "Customer",
    "CustomerChanged",
    "CustomerChecked",
    "CustomerData",
    "CustomerErased",
    "CustomerErasure",
    "CustomerFlag",
    "CustomerLine",
    "CustomerLines",
    "DeliveryAnswer",
    "DeliveryOrder",
    "DisputeOpened",
    "DisputeSettled",
    "DoneBy",
    "EndpointList",
    "EndpointShown",
    "EndpointTold",
    "EntryAssigned",
    "EntryDecided",
    "EntryShown",
    "EntryState",
    "ExperimentEnding",
    "ExperimentLine",
    "ExperimentShown",
    "ExposureShown",
    "FigureRows",
    "FileKept",
    "FileShown",
    "FileToKeep",
    "Finished",
    "HandoffApproved",
    "HoldShown",
    "HoldWish",
    "InFlight",
    "InFlightFailed",
    "Instalment",
    "InvoiceCorrected",
    "InvoiceFile",
    "InvoicesTaken",
    "KeptFile",
    "LetterChanged",
    "LetterCorrected",
    "LetterThatLeft",
    "LetterToCome",
    "LetterToSend",
    "LetterToTry",
    "LetterTried",
    "LettersThatLeft",
    "LimitSet",
    "LimitShown",
    "LineList",
    "LinkEnd",
    "LinkLines",
    "LinkMade",
    "LinkRevoked",
    "MoneyPlaced",
    "MoneyReported",
    "NewAllocation",
    "NewCase",
    "NewContactWay",
    "NewCreditReport",
    "NewEndpoint",
    "NewExperiment",
    "NewFile",
    "NewInvoices",
    "NewLimit",
    "NewLink",
    "NewMoney",
    "NewNews",
    "NewNote",
    "NewPayment",
    "NewRefund",
    "NewStatement",
    "NoMore",
    "NoteKept",
    "OptOut",
    "Owner",
    "OwnerSet",
    "Pause",
    "PaymentPosted",
    "PaymentReversed",
    "Placement",
    "PlanAgreed",
    "PlanCalculated",
    "PlanEnded",
    "PlanPart",
    "PlanProposed",
    "PolicyApplied",
    "PolicyCaseMove",
    "PolicyMeant",
    "PolicyMove",
    "PolicyMoves",
    "PolicyNamed",
    "PolicyPlanB",
    "PolicyStep",
    "PolicyText",
    "PolicyWish",
    "Preview",
    "Problem",
    "Promise",
    "Refund",
    "RemindedElsewhere",
    "RemittanceClaimed",
    "RemittanceShown",
    "ReplyFileShown",
    "ReportName",
    "ReportRows",
    "ReportShown",
    "Resume",
    "RiskFactShown",
    "SearchFound",
    "SendNow",
    "Settlement",
    "Stage",
    "StatementShown",
    "StatementTaken",
    "StepSkipped",
    "Suggested",
    "TakenBack",
    "TaskDone",
    "TaskLine",
    "TaskPage",
    "TaskShown",
    "TaskState",
    "TaskTaken",
    "TeamShown",
    "TermsPart",
    "WhichAgency",
    "Why",
    "WishHeard",
    "Withdrawn",
    "WriteOff",
    "WriteOffUndone",
]


class Absence(Told):
    """Nothing is needed."""


class AccountWish(Told):
    """Nothing is needed."""


class AgencyAccountPage(Shown):
    """What each agency collected, keeps and paid out, case by case, beside the ledger."""

    items: list[dict[str, Any]]
    next: str | None


class AgencyCaseFile(Shown):
    """The whole file of a case, as docs/agency.md describes it."""

    type: str
    id: str
    version: int
    data: dict[str, Any]


class AgencyCasePage(Shown):
    """The agency's own cases, where each stands, and who must act next."""

    items: list[dict[str, Any]]
    next: str | None


class AgencyChoices(Shown):
    """What may become of a case that its agency gave back; empty where nothing waits."""

    case: str
    choices: list[dict[str, Any]]


class AgencyDecision(Told):
    """What becomes of a case that its agency gave back."""

    choice: str
    id: str | None = None
    by: str | None = None
    note: str = ""


class AgencyMessage(Told):
    """What the agency is to know."""

    note: str
    id: str | None = None
    by: str | None = None


class AgencyNews(Told):
    """What the agency reports; `closed` and `returned` end its work."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str


class AgencyPoll(Shown):
    """What came of asking: how many cases, and those of which nothing could be learned."""

    asked: int
    news: int
    payments: int
    unknown: list[str]
    failed: dict[str, str]


class AgencyQuotes(Shown):
    """What each agency would take for a case, the one that brings in most first."""

    case: str
    quotes: list[dict[str, Any]]


class AgreementConfirmed(Told):
    """The customer accepted an agreement in writing: that of `ref`, or the last one."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str | None = None
    channel: str | None = None


class AnswerShown(Shown):
    """What a customer answered: who seems to have written it, and what was said."""

    key: str
    said: str


class Answered(Shown):
    """What the sender of a message is told."""

    case: str
    accepted: bool
    text: str
    check_at: str | None
    plan_b: str | None
    code: str


class Approval(Told):
    """What a supervisor approves."""

    ref: str


class BankAccountList(Shown):
    """The creditor's bank accounts."""

    items: list[BankAccountShown]


class BankAccountShown(Shown):
    """A bank account, the last day that a statement spoke of, and whether the next is awaited."""

    account: str
    known_until: str
    waits: bool


class Briefing(Shown):
    """What to know before a call, and what to ask."""

    customer: str
    customer_class: str
    history: list[str]
    invoices: list[dict[str, Any]]
    in_favour: list[str]
    questions: list[str]


class Bulk(Told):
    """An act on at most 500 customers or invoices; with `look` nothing is changed."""

    id: str | None = None
    act: Literal["assign", "snooze", "note", "class", "pause", "resume", "send-now"]
    customers: list[str] | None = None
    numbers: list[str] | None = None
    value: str = ""
    reason: str = ""
    look: bool = False
    by: str | None = None


class BulkDone(Shown):
    """Each line's own answer; `looked` where nothing was changed."""

    looked: bool
    lines: list[BulkLineDone]


class BulkLineDone(Shown):
    """One line of an act on many."""

    customer: str
    number: str
    ok: bool
    text: str


class CallResult(Told):
    """How a call went (`reason`), and what was promised, or contested as `ref` says."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str
    date: dt.date | None = None
    amount: Amount | None = None
    currency: str | None = None
    ref: str | None = None
    owner: str | None = None
    channel: str | None = None


class CaseLine(Shown):
    """A case as a line of a list."""

    case: str
    number: str
    customer: str
    customer_name: str
    issued: str
    due: str
    currency: str
    amount: str
    paid: str
    credited: str
    written_off: str
    disputed: str
    surplus: str
    open: str
    costs_left: str
    policy: str
    stage: str
    outcome: str | None
    episode: int
    next: str
    next_at: str | None
    why: str
    settled_at: str | None
    parked: bool


class CaseOpened(Shown):
    """A case that was opened, or that was open already.

    `unreachable` says why nobody can write to the customer; `contradictions` what was said about
    the customer and not taken, because a person knows better.
    """

    case: str
    number: str
    customer: str
    customer_name: str
    issued: str
    due: str
    currency: str
    amount: str
    paid: str
    credited: str
    written_off: str
    disputed: str
    surplus: str
    open: str
    costs_left: str
    policy: str
    stage: str
    outcome: str | None
    episode: int
    next: str
    next_at: str | None
    why: str
    settled_at: str | None
    parked: bool
    new: bool
    unreachable: str = ""
    contradictions: list[dict[str, str]] = Field(default_factory=list)


class CasePage(Shown):
    """Cases by due date; `next` is the cursor of the page after, null at the end."""

    items: list[CaseLine]
    next: str | None


class CaseSheet(Shown):
    """Everything about a case.

    `open` is what is left of the invoice itself, `to_pay` what is to be paid now: that part of it
    that is asked for, with its `costs`. `terms` are the parts in which it falls due, each with what
    is left of it; null where that is one day.
    """

    case: str
    customer: str
    amount: str
    open: str
    costs: str
    to_pay: str
    costs_accrue: bool
    terms: list[dict[str, Any]] | None
    currency: str
    stage: str
    who_has_it: str
    next: str
    next_at: str | None
    why: str
    promises: list[dict[str, Any]]
    disputes: list[dict[str, Any]]
    said: list[dict[str, Any]]
    done: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    agency: dict[str, Any] | None


class ChangeOfLetter(Told):
    """Words before the letter's own, or instead of its first sentences; another contact."""

    passage: str = ""
    instead: bool = False
    recipient: str = ""
    seen: str
    by: str | None = None


class ChangeTakenBack(Told):
    """Who takes a change back; whoever has the key, if nobody is named."""

    by: str | None = None


class ColleagueShown(Shown):
    """Somebody of the team: the role, whether away, and how many open tasks."""

    name: str
    role: str
    away: bool
    tasks: int


class Contact(Told):
    """How the customer is reached; what is not said stays as it is known."""

    name: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""
    subdivision: str = ""
    zone: str = "UTC"
    language: str = ""
    kind: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    attention: str = ""
    vat_id: str = ""
    payment_terms: str = ""


class ContactCorrection(Told):
    """What is said of how a customer is reached; what is left out stays as it is."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    country: str = ""
    subdivision: str = ""
    zone: str = ""
    kind: Literal["", "business", "consumer"] = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    attention: str = ""
    vat_id: str = ""
    payment_terms: str = ""
    sales_rep: str = ""
    customer_class: Literal["", "new", "good", "late_payer", "risky"] = ""
    by: str | None = None


class ContactNews(Told):
    """What became of a message: `delivered`, `replied`, `bounced` or `opted_out`."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str
    ref: str | None = None


class ContactWay(Shown):
    """A way to a customer, and the channels that it is used for."""

    kind: str
    point: str
    person: str
    used_for: list[str]


class ContactWayGone(Told):
    """The further address or number that is no more."""

    point: str


class ContactWays(Shown):
    """Every way to a customer, the account's own first."""

    customer: str
    items: list[ContactWay]


class CostsWaived(Told):
    """Interest and fees are let go: an amount, or all of them."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None


class CreditChangeShown(Shown):
    """One change of a customer's credit."""

    at: str
    after: str
    why: str
    by: str


class CreditMoved(Shown):
    """How the credit stood and stands; `changed` is false where it stood so already."""

    customer: str
    before: str
    credit: str
    changed: bool
    why: str


class CreditNote(Told):
    """A credit note lowers what is owed."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount
    currency: str | None = None


class CreditNoteCancelled(Told):
    """A credit note was taken back."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None


class CreditReportKept(Shown):
    """The report as it is kept."""

    customer: str
    source: str
    date: str
    limit: str | None
    said: str
    by: str
    at: str


class CreditWish(Told):
    """Why credit is held or released; who says so is whoever has the key, unless named."""

    reason: str
    by: str | None = None


class CreditorShown(Shown):
    """The company that is owed: what every message says about its sender."""

    id: str
    name: str


class Customer(Shown):
    """A customer as one: contact data, credit, flags, money, contacts, open cases.

    `open` is what is left of the invoices, `to_pay` what is to be paid now with costs, each per
    currency; `to_pay` is null where there are more open invoices than are shown.
    """

    customer: str
    name: str
    email: str
    phone: str
    credit: str
    open: list[str]
    to_pay: list[str] | None
    cases: list[dict[str, Any]]


class CustomerChanged(Shown):
    """How a customer is reached now, and what was said and not taken: who is believed more."""

    customer: str
    changed: list[str]
    kept_as_it_was: list[str]


class CustomerChecked(Shown):
    """What is known of a customer before credit is given; nothing is decided by it.

    `score` is 0 to 100, more is riskier, null while there is no history. `warnings` name the limits
    that are passed, or would be with the order.
    """

    customer: str
    customer_class: str
    why_class: str
    score: int | None
    facts: list[RiskFactShown]
    credit: str
    exposures: list[ExposureShown]
    warnings: list[str]
    report: ReportShown | None


class CustomerData(Shown):
    """Everything that is kept about a customer (GDPR, Art. 15), files in Base64."""

    customer: str
    data: dict[str, Any]
    files: list[dict[str, Any]]


class CustomerErased(Shown):
    """What was erased."""

    customer: str
    erased: bool


class CustomerErasure(Told):
    """Who asked that a person's data be erased, and when; it cannot be taken back."""

    reason: str
    by: str | None = None


class CustomerFlag(Told):
    """What holds for a customer as a person: only people decide what is done then."""

    flag: Literal["do_not_contact", "vulnerable"]
    on: bool = True
    reason: str = ""
    by: str | None = None


class CustomerLine(Shown):
    """A customer in a list: name, credit, flags, what is open in each currency."""

    customer: str
    name: str
    credit: str
    open: list[str]


class CustomerLines(Shown):
    """Customers of this creditor."""

    items: list[CustomerLine]


class DeliveryAnswer(Shown):
    """Whether that may be delivered, and why; the changes of the credit, newest first."""

    customer: str
    order: str
    allowed: bool
    why: str
    credit: str
    credit_changes: list[CreditChangeShown]


class DeliveryOrder(StrEnum):
    """Kinds of orders, by whether a hold stops them."""

    NORMAL = "normal"
    PREPAID = "prepaid"
    DELIVERED = "delivered"


class DisputeOpened(Told):
    """The customer contests all of it, or an amount; that part is chased no more."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date | None = None
    owner: str | None = None
    channel: str | None = None


class DisputeSettled(Told):
    """A dispute is settled: `for_us`, `for_customer` or `split`, says the reason."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str | None = None
    amount: Amount | None = None
    currency: str | None = None


class DoneBy(Told):
    """Who does it; whoever has the key, if nobody is named."""

    by: str | None = None


class EndpointList(Shown):
    """All endpoints of this creditor."""

    items: list[EndpointShown]


class EndpointShown(Shown):
    """An endpoint, and how many events wait, were delivered or given up."""

    name: str
    url: str


class EndpointTold(Shown):
    """What became of it."""

    name: str


class EntryAssigned(Told):
    """The invoices of one customer that a bank entry pays, in this order."""

    invoices: list[str]
    by: str | None = None


class EntryDecided(Told):
    """Why a bank entry is dismissed, or what became of it is taken back."""

    note: str = ""
    by: str | None = None


class EntryShown(Shown):
    """A bank entry with what the payer wrote, and what became of it."""

    entry: str
    state: str


class EntryState(StrEnum):
    """Where money in the bank stands; pinned, for ledgers and programs hold these words.

    NEW is between being recorded and being posted, BATCH waits for the bank to say what it is made
    of, RETURNED came and went back, REVERSAL took another one back.
    """

    NEW = "new"
    OPEN = "open"
    POSTED = "posted"
    RETURNED = "returned"
    REVERSAL = "reversal"
    DISMISSED = "dismissed"
    BATCH = "batch"


class ExperimentEnding(Told):
    """Whose policy new cases follow from now on; `neither` leaves what was chosen before."""

    keep: Literal["champion", "challenger", "neither"]
    by: str | None = None


class ExperimentLine(Shown):
    """An experiment: its two policies, since when, and whose was kept."""

    name: str
    champion: str
    challenger: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    kept: str | None


class ExperimentShown(Shown):
    """How an experiment stands, and in a sentence whether one may conclude."""

    name: str
    sentence: str
    may_conclude: bool


class ExposureShown(Shown):
    """What is open and ordered in one currency; `limit` and `left` are null without a limit."""

    currency: str
    open: str
    ordered: str
    limit: LimitShown | None
    left: str | None
    words: str


class FigureRows(Shown):
    """Lines of a list; amounts and figures are decimals in text."""

    items: list[dict[str, Any]]


class FileKept(Shown):
    """A file that is kept with a case."""

    sha256: str
    name: str
    role: str


class FileShown(Shown):
    """A file that is kept, with its content in Base64."""

    sha256: str
    name: str
    content: str


class FileToKeep(Told):
    """A file that is kept with a case, or with one of its disputes (`ref`)."""

    name: str
    content: str
    ref: str = ""
    note: str = ""
    by: str | None = None


class Finished(Told):
    """What became of a task."""

    by: str | None = None
    note: str = ""


class HandoffApproved(Told):
    """A person decides that the agency takes over."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None


class HoldShown(Shown):
    """Whether everything that would go out of this creditor's is stopped, since when, by whom."""

    hold: bool
    holds: list[dict[str, Any]]


class HoldWish(Told):
    """Who stops or releases; on a live installation a release needs `agreed`."""

    agreed: bool = False
    by: str | None = None


class InFlight(Told):
    """Money is on its way and should be here by a day: it is not chased meanwhile."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date | None = None
    ref: str | None = None


class InFlightFailed(Told):
    """Money on its way will not come (that of `ref`, else all of it)."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str | None = None


class Instalment(Told):
    """One part of a plan."""

    date: dt.date
    amount: Amount


class InvoiceCorrected(Told):
    """The invoice was put right: a new gross amount, a new due date, or both."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date | None = None


class InvoiceFile(Told):
    """A file as the billing system made it."""

    name: str
    content: str


class InvoicesTaken(Shown):
    """What became of electronic invoices: opened, known, credited, left out, asked about.

    A dry run answers with `would_open` instead.
    """

    creditor: str


class KeptFile(Shown):
    """A file that is kept with a case; its content is Base64 where it was asked for."""

    name: str
    media_type: str
    size: int
    sha256: str


class LetterChanged(Shown):
    """What was changed of a letter; `lapsed` says why it counts no longer, or is empty."""

    passage: str
    instead: bool
    recipient: str
    by: str
    at: str
    lapsed: str


class LetterCorrected(Told):
    """A letter (`ref`: its step) was wrong: its `sum`, its `day`, or that it was `sent`."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str
    ref: str


class LetterThatLeft(Shown):
    """A letter as the customer read it, without the link to the customer's own page.

    `text` is empty where its words are not known, `result` tells whether it surely left.
    """

    id: str
    at: str
    step: str
    channel: str
    to: str
    result: str
    invoices: list[str]
    subject: str
    text: str
    attachments: list[str]
    language: str


class LetterToCome(Shown):
    """The next letter of an invoice as it will leave.

    `place` says where it takes words of one's own: nowhere, before its own, or instead of its first
    sentences. `seen` goes along with a change: it counts for this very letter.
    """

    step: str
    leaves_at: str
    channel: str
    recipient: str
    recipients: list[str]
    invoices: list[str]
    subject: str
    text: str
    attachments: list[str]
    place: str
    seen: str
    change: LetterChanged | None


class LetterToSend(Told):
    """Which letter was looked at, and who lets it leave at once."""

    id: str | None = None
    seen: str
    by: str | None = None


class LetterToTry(Told):
    """Whose mailbox, at the creditor's own domain."""

    to: str


class LetterTried(Shown):
    """A letter that went to a colleague; the customer heard nothing."""

    to: str
    sent: bool


class LettersThatLeft(Shown):
    """What the customer was written about an invoice, oldest first."""

    case: str
    items: list[LetterThatLeft]


class LimitSet(Shown):
    """The limit that holds now; `amount` is null where there is none."""

    customer: str
    amount: str | None
    currency: str
    why: str
    by: str
    at: str


class LimitShown(Shown):
    """A credit limit: why, who set it and when."""

    amount: str
    currency: str
    why: str
    by: str
    at: str


class LineList(Shown):
    """What was found, newest first."""

    items: list[dict[str, Any]]


class LinkEnd(Told):
    """Who takes a link back; whoever has the key, if nobody is named."""

    by: str | None = None


class LinkLines(Shown):
    """The links that a customer has, without their secrets."""

    items: list[dict[str, Any]]


class LinkMade(Shown):
    """A link as the customer follows it: who has it sees the page, so hand it to them alone."""

    id: str
    case: str
    url: str


class LinkRevoked(Shown):
    """A link that opens nothing any more."""

    id: str
    revoked: bool


class MoneyPlaced(Shown):
    """Which case took what of the money that lay on an account, and what is left there."""

    id: str
    new: bool
    parts: dict[str, str]
    given_back: str | None
    left: str
    currency: str
    code: str


class MoneyReported(Shown):
    """What was kept of a report of money."""

    id: str
    case: str
    collected: str
    fee: str
    paid_out: str
    currency: str


class NewAllocation(Told):
    """Which invoices shall have what lies on an account, or on an invoice as a surplus."""

    id: str | None = None
    payment: str = ""
    surplus_of: str = ""
    invoices: list[str]
    amount: Amount | None = None
    note: str = ""


class NewCase(Told):
    """An unpaid invoice that is to be chased."""

    number: str
    customer: str
    issued: dt.date
    due: dt.date
    amount: Amount
    currency: str
    discount_percent: str | None = None
    discount_days: int | None = None
    discount_until: dt.date | None = None
    reference: str = ""
    terms: list[TermsPart] | None = None
    last_step: str | None = None
    last_step_on: dt.date | None = None
    contact: Contact | None = None


class NewContactWay(Told):
    """A further address (`email`) or number (`phone`): one of both; again, it is replaced."""

    email: str = ""
    phone: str = ""
    person: str = ""
    role: str = ""
    rank: int = 0


class NewCreditReport(Told):
    """What a credit bureau or another informant wrote, with its own date."""

    source: str
    date: dt.date
    said: str = ""
    amount: Amount | None = None
    currency: str | None = None
    by: str | None = None


class NewEndpoint(Told):
    """A system that is to be told; the same name again changes it, and switches it on."""

    name: str
    url: str
    kinds: list[str] | None = None


class NewExperiment(Told):
    """Two policies side by side on new cases; the champion is what they follow now."""

    name: str
    challenger: PolicyNamed
    champion: PolicyNamed | None = None
    by: str | None = None


class NewFile(Told):
    """A file for the case."""

    name: str
    content: str
    note: str = ""


class NewInvoices(Told):
    """Electronic invoices: UBL, CII, PDF with either, FatturaPA, KSeF, Facturae, or a ZIP."""

    files: list[InvoiceFile]
    terms: str = ""
    customers: dict[str, str] | None = None
    partial: bool = False
    dry_run: bool = False


class NewLimit(Told):
    """How much of a customer's may be open in a currency; without an amount there is no limit."""

    amount: Amount | None = None
    currency: str
    reason: str
    by: str | None = None


class NewLink(Told):
    """A link to the page of a case, to be handed to one person (`recipient`)."""

    recipient: str = ""
    by: str | None = None


class NewMoney(Told):
    """What the agency collected, keeps and paid out, in the invoice's currency."""

    id: str
    collected: Amount | None = None
    fee: Amount | None = None
    paid_out: Amount | None = None
    at: dt.datetime | None = None
    reverses: str | None = None


class NewNews(Told):
    """What the agency reports about where a case stands."""

    id: str
    state: Literal[
        "received",
        "needs_info",
        "accepted",
        "working",
        "paused",
        "legal",
        "closed",
        "returned",
        "message",
    ]
    note: str = ""
    at: dt.datetime | None = None


class NewNote(Told):
    """A note about a customer, or about one invoice."""

    said: str
    number: str = ""
    by: str | None = None


class NewPayment(Told):
    """Money that came in."""

    id: str | None = None
    customer: str | None = None
    amount: Amount
    currency: str
    date: dt.date | None = None
    source: str = "billing"
    invoices: list[str] | None = None
    note: str = ""
    kind: Literal["payment", "credit_note"] = "payment"


class NewRefund(Told):
    """What of the money on an account was given back."""

    id: str | None = None
    payment: str
    amount: Amount | None = None
    note: str = ""


class NewStatement(Told):
    """A file as the bank made it."""

    name: str
    content: str
    unbalanced: bool = False
    profile: str = ""


class NoMore(Told):
    """Nothing is needed."""


class NoteKept(Shown):
    """A note that was kept about a customer."""

    customer: str
    kept: bool


class OptOut(Told):
    """A channel on which a customer is left alone until they opt in again."""

    channel: Literal["email", "sms", "voice"]
    by: str | None = None


class Owner(Told):
    """Who looks after a customer; an empty name means nobody in particular."""

    owner: str


class OwnerSet(Shown):
    """Who looks after a customer now; empty if nobody in particular."""

    customer: str
    owner: str


class Pause(Told):
    """Nothing is chased, up to and including a day, or until it is resumed."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    date: dt.date | None = None


class PaymentPosted(Shown):
    """What a payment settled, by case, and what is left on the account."""

    payment: str
    accepted: bool
    text: str
    parts: dict[str, str]
    left: str
    code: str


class PaymentReversed(Told):
    """A payment came back; all of it unless an amount is given."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    ref: str | None = None


class Placement(Told):
    """The agency that takes over."""

    agency: str
    id: str | None = None
    by: str | None = None
    note: str = ""


class PlanAgreed(Told):
    """The customer accepted a plan in writing: this one, the one of `ref`, or the last."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date | None = None
    channel: str | None = None
    instalments: list[Instalment] | None = None
    every: Literal["week", "month"] | None = None
    count: int | None = None
    plan_b: str | None = None


class PlanCalculated(Shown):
    """A plan as it would be recorded now; `refused` and `approval` are empty where nothing is.

    `left_after` is what is to be paid after the last part if each comes on its day.
    """

    open: str
    parts: list[PlanPart]
    costs_now: str
    left_after: str
    refused: str
    approval: str
    plan_b: str
    limits: list[str]


class PlanEnded(Told):
    """A plan is given up; the ladder goes on where it stood."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str | None = None


class PlanPart(Shown):
    """One part of a plan that was calculated."""

    date: str
    amount: str
    left: str
    in_time_by: str
    cured_by: str


class PlanProposed(Told):
    """An instalment plan is proposed; it holds nothing until it is agreed on."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date | None = None
    channel: str | None = None
    instalments: list[Instalment] | None = None
    every: Literal["week", "month"] | None = None
    count: int | None = None
    plan_b: str | None = None


class PolicyApplied(Shown):
    """How many cases moved, and how many are `left`: say it again for them until none is."""

    policy: str
    sha256: str
    moved: int
    left: int
    kept: int


class PolicyCaseMove(Shown):
    """What one case would do next, and on each day to come, before and after."""

    case: str
    now: str
    now_at: dt.datetime | None
    then: str
    then_at: dt.datetime | None
    why: str
    changes: bool


class PolicyMeant(Shown):
    """What a policy means; `sha256` names the version, `text` is null where none is shipped."""

    name: str
    sha256: str
    plan_b: PolicyPlanB
    steps: list[PolicyStep]
    text: str | None


class PolicyMove(Told):
    """The same, and how many cases are moved before it is answered."""

    policy: str = ""
    text: str = ""
    customer: str = ""
    number: str = ""
    also_own: bool = False
    most: int = 200
    by: str | None = None


class PolicyMoves(Shown):
    """What a policy would change for running cases; nothing is changed.

    `cases` would move, of which the first `rows` are shown; `kept` stay by a policy of their own.
    """

    policy: str
    sha256: str
    cases: int
    kept: int
    ways: dict[str, int]
    rows: list[PolicyCaseMove]


class PolicyNamed(Told):
    """A policy that is known (`policy`), or its file (`text`): one of both."""

    policy: str = ""
    text: str = ""


class PolicyPlanB(Shown):
    """When the ladder ends, and how."""

    on: str
    do: str


class PolicyStep(Shown):
    """One step of a policy."""

    id: str
    on: str
    do: str


class PolicyText(Told):
    """A policy's file."""

    text: str


class PolicyWish(Told):
    """Who shall follow which policy: all of the creditor's, a customer's, or one invoice's."""

    policy: str = ""
    text: str = ""
    customer: str = ""
    number: str = ""
    also_own: bool = False


class Preview(Shown):
    """What will happen to a case if nobody says another word."""

    case: str
    items: list[dict[str, Any]]
    why: str


class Problem(Told):
    """What went wrong (RFC 9457); docs/gateway.md lists the types."""

    type: str
    title: str
    status: int
    detail: str
    code: str = ""
    field: str = ""
    errors: list[dict[str, str]] = Field(default_factory=list)


class Promise(Told):
    """The customer promised to pay by a day; answers the check and the Plan B."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date
    channel: str | None = None
    plan_b: str | None = None


class Refund(Told):
    """Money was given back: out of a surplus first, what goes beyond it is owed again."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount
    currency: str | None = None
    ref: str | None = None


class RemindedElsewhere(Told):
    """A step of the policy (`ref`) was said elsewhere: the ladder goes on after it."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str
    date: dt.date
    channel: str | None = None


class RemittanceClaimed(Told):
    """That the customer says to have paid what was shown, or some of it."""

    seen: str
    invoices: list[str] = Field(default_factory=list)
    by: str | None = None


class RemittanceShown(Shown):
    """The open invoices that an answer lists as paid; `seen` is the mark of just these lines."""

    key: str
    seen: str | None
    items: list[dict[str, Any]]


class ReplyFileShown(Shown):
    """A file that came with an answer, with its content in Base64."""

    key: str
    sha256: str
    name: str
    content: str


class ReportName(StrEnum):
    """Which report is wanted."""

    AGEING = "ageing"
    DSO = "dso"
    PROMISES = "promises"
    RECOVERY = "recovery"
    BENCHMARKS = "benchmarks"
    FORECAST = "forecast"


class ReportRows(Shown):
    """Rows of a report; amounts and figures are decimals in text."""

    items: list[dict[str, Any]]


class ReportShown(Shown):
    """A bureau's report, as somebody put it down."""

    source: str
    date: str
    limit: str | None
    said: str
    by: str
    at: str


class Resume(Told):
    """It goes on after a pause; a case that was parked is taken up again."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None


class RiskFactShown(Shown):
    """One fact that the score rests on."""

    fact: str
    points: int
    words: str


class SearchFound(Shown):
    """Customers and invoices that fit."""

    customers: list[dict[str, Any]]
    invoices: list[dict[str, Any]]


class SendNow(Told):
    """The next letter (`ref`: its step) leaves today; holds, gaps and deadlines are kept."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str


class Settlement(Told):
    """The amount settles it all if it comes by a day; with the reason `costs` and no amount the costs
    are let go.
    """

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None
    date: dt.date
    channel: str | None = None
    plan_b: str | None = None


class Stage(StrEnum):
    """Where a case stands, as the Temporal UI filters it."""

    BEFORE_DUE = "before_due"
    REMINDING = "reminding"
    PROMISED = "promised"
    DISPUTED = "disputed"
    PAUSED = "paused"
    WITH_AGENCY = "with_agency"
    CLOSED = "closed"


class StatementShown(Shown):
    """What settles a case on a day: the principal, each cost with its ground, the total."""

    case: str
    day: str
    currency: str
    principal: str
    total: str
    costs: list[dict[str, Any]]


class StatementTaken(Shown):
    """What became of a statement's money: how many bookings were known, posted, taken back."""

    statements: int
    entries: int
    known: int
    posted: dict[str, int]
    reversed: int
    asked: int
    gaps: list[dict[str, Any]]
    left_out: dict[str, str]


class StepSkipped(Told):
    """A step of the policy (`ref`) is left out; the reason is kept."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str


class Suggested(Shown):
    """What may be done: what is said to a case is called by the kind of its message.

    What is known of it stands in `fields`, what a person must add in `needed`.
    """

    act: str
    case: str
    creditor: str
    means: str
    fields: dict[str, str]
    needed: dict[str, str]


class TakenBack(Told):
    """What was recorded by mistake (`ref`: its id) counts as never said: a promise, a plan, a call; if
    the customer was told, one letter puts it right.
    """

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    ref: str


class TaskDone(Shown):
    """A task that was ticked off; what it was about stands in the list of those that are done."""

    key: str
    case: str | None
    status: str
    done_at: str | None
    done_by: str


class TaskLine(Shown):
    """Something that waits for a person."""

    key: str
    kind: str
    case: str | None
    also: list[str]
    title: str
    detail: str
    owner: str
    due_at: str | None
    status: str
    done_at: str | None
    done_by: str
    done_note: str
    passed_on: int
    suggestions: list[Suggested]


class TaskPage(Shown):
    """Tasks, most urgent first; `next` is the cursor of the page after, null at the end."""

    items: list[TaskLine]
    next: str | None


class TaskShown(Shown):
    """A task, and what may be done about it."""

    key: str
    status: str


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"


class TaskTaken(Shown):
    """A task that somebody took, or that is open again."""

    key: str
    case: str | None
    status: str
    owner: str


class TeamShown(Shown):
    """The creditor's team."""

    items: list[ColleagueShown]


class TermsPart(Told):
    """One of the parts in which an invoice falls due."""

    due: dt.date
    amount: Amount


class WhichAgency(Told):
    """Whom to ask."""

    agency: str | None = None


class Why(Shown):
    """What a case does next and why, and why it did what it did."""

    case: str
    next: str
    step: str | None
    at: str | None
    why: str
    but: str | None
    stage: str
    customer_class: str
    policy: str
    done: list[dict[str, Any]]


class WishHeard(Shown):
    """Whether anything changed, and how many running cases look again."""

    customer: str
    changed: bool
    cases: int


class Withdrawn(Told):
    """The invoice should never have been: it is chased no more."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None


class WriteOff(Told):
    """What is open is given up, or a part of it."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    amount: Amount | None = None
    currency: str | None = None


class WriteOffUndone(Told):
    """What was given up is chased again."""

    id: str | None = None
    at: dt.datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
