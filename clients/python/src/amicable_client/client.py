"""The gateway's operations without an event loop. Written by clients/python/generate.py: do not edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

from amicable_client.lines import Line
from amicable_client.models import (
    Absence,
    AccountWish,
    AgencyAccountPage,
    AgencyCaseFile,
    AgencyCasePage,
    AgencyChoices,
    AgencyDecision,
    AgencyMessage,
    AgencyNews,
    AgencyPoll,
    AgencyQuotes,
    AgreementConfirmed,
    AnswerShown,
    Answered,
    Approval,
    BankAccountList,
    BankAccountShown,
    Briefing,
    Bulk,
    BulkDone,
    CallResult,
    CaseOpened,
    CasePage,
    CaseSheet,
    ChangeOfLetter,
    ChangeTakenBack,
    ColleagueShown,
    ContactCorrection,
    ContactNews,
    ContactWayGone,
    ContactWays,
    CostsWaived,
    CreditMoved,
    CreditNote,
    CreditNoteCancelled,
    CreditReportKept,
    CreditWish,
    CreditorShown,
    Customer,
    CustomerChanged,
    CustomerChecked,
    CustomerData,
    CustomerErased,
    CustomerErasure,
    CustomerFlag,
    CustomerLines,
    DeliveryAnswer,
    DeliveryOrder,
    DisputeOpened,
    DisputeSettled,
    DoneBy,
    EndpointList,
    EndpointShown,
    EndpointTold,
    EntryAssigned,
    EntryDecided,
    EntryShown,
    EntryState,
    ExperimentEnding,
    ExperimentLine,
    ExperimentShown,
    FigureRows,
    FileKept,
    FileShown,
    FileToKeep,
    Finished,
    HandoffApproved,
    HoldShown,
    HoldWish,
    InFlight,
    InFlightFailed,
    InvoiceCorrected,
    InvoicesTaken,
    KeptFile,
    LetterCorrected,
    LetterToCome,
    LetterToSend,
    LetterToTry,
    LetterTried,
    LettersThatLeft,
    LimitSet,
    LineList,
    LinkEnd,
    LinkLines,
    LinkMade,
    LinkRevoked,
    MoneyPlaced,
    MoneyReported,
    NewAllocation,
    NewCase,
    NewContactWay,
    NewCreditReport,
    NewEndpoint,
    NewExperiment,
    NewFile,
    NewInvoices,
    NewLimit,
    NewLink,
    NewMoney,
    NewNews,
    NewNote,
    NewPayment,
    NewRefund,
    NewStatement,
    NoMore,
    NoteKept,
    OptOut,
    Owner,
    OwnerSet,
    Pause,
    PaymentPosted,
    PaymentReversed,
    Placement,
    PlanAgreed,
    PlanCalculated,
    PlanEnded,
    PlanProposed,
    PolicyApplied,
    PolicyMeant,
    PolicyMove,
    PolicyMoves,
    PolicyText,
    PolicyWish,
    Preview,
    Promise,
    Refund,
    RemindedElsewhere,
    RemittanceClaimed,
    RemittanceShown,
    ReplyFileShown,
    ReportRows,
    Resume,
    SearchFound,
    SendNow,
    Settlement,
    Stage,
    StatementShown,
    StatementTaken,
    StepSkipped,
    TakenBack,
    TaskDone,
    TaskPage,
    TaskShown,
    TaskState,
    TaskTaken,
    TeamShown,
    WhichAgency,
    Why,
    WishHeard,
    Withdrawn,
    WriteOff,
    WriteOffUndone,
)
from amicable_client.transport import Ask, SyncTransport


class Amicable(SyncTransport):
    """Asks the gateway; each method is one operation of its description.

    A command has a key of its own, so that it counts once however often it arrives: give one to
    let it count once across restarts of your program as well.
    """

    def act_on_many(self, body: Bulk, *, idempotency_key: str | None = None) -> BulkDone:
        """Do something to many customers or invoices; each line has an answer of its own."""
        answer: BulkDone = self._ask(
            Ask("POST", "/v1/bulk", BulkDone, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def add_contact(
        self, customer: str, body: NewContactWay, *, idempotency_key: str | None = None
    ) -> ContactWays:
        """Add a way to a customer, tried when those before it do not get through."""
        answer: ContactWays = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/contacts",
                ContactWays,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def add_file(
        self, number: str, body: NewFile, *, idempotency_key: str | None = None
    ) -> KeptFile:
        """Add a file to a case; the same content again is the same file."""
        answer: KeptFile = self._ask(
            Ask(
                "POST",
                "/v1/agency/cases/{number}/files",
                KeptFile,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def add_webhook(
        self, body: NewEndpoint, *, idempotency_key: str | None = None
    ) -> EndpointShown:
        """Tell another system of events from now on; the same name again changes it."""
        answer: EndpointShown = self._ask(
            Ask("POST", "/v1/webhooks", EndpointShown, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def agency_news(
        self, number: str, body: AgencyNews, *, idempotency_key: str | None = None
    ) -> Answered:
        """What the agency reports; `closed` and `returned` end its work."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/agency-news",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def agreement_confirmed(
        self, number: str, body: AgreementConfirmed, *, idempotency_key: str | None = None
    ) -> Answered:
        """The customer accepted an agreement in writing: that of `ref`, or the last one."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/confirmations",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def allocate_money(
        self, body: NewAllocation, *, idempotency_key: str | None = None
    ) -> MoneyPlaced:
        """Let invoices have a payment's rest, a credit note or a surplus; the same id twice is once."""
        answer: MoneyPlaced = self._ask(
            Ask("POST", "/v1/allocations", MoneyPlaced, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def apply_policy(
        self, body: PolicyMove, *, idempotency_key: str | None = None
    ) -> PolicyApplied:
        """Choose a policy for new cases and move the running ones, so many at a time."""
        answer: PolicyApplied = self._ask(
            Ask(
                "POST",
                "/v1/policy-moves",
                PolicyApplied,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def approve(
        self, number: str, body: Approval, *, idempotency_key: str | None = None
    ) -> Answered:
        """Approve what waits for a supervisor: whoever has the key, and nobody else, approves it."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/approvals",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def assign_bank_entry(
        self, entry: str, body: EntryAssigned, *, idempotency_key: str | None = None
    ) -> EntryShown:
        """Say which invoices of one customer an entry pays; they are paid in this order."""
        answer: EntryShown = self._ask(
            Ask(
                "POST",
                "/v1/bank/entries/{entry}/assign",
                EntryShown,
                body=body,
                at={"entry": entry},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def brief(self, customer: str) -> Briefing:
        """What to know before calling a customer about all open invoices, and what to ask."""
        answer: Briefing = self._ask(
            Ask("GET", "/v1/customers/{customer}/briefing", Briefing, at={"customer": customer})
        )
        return answer

    def calculate_plan(
        self,
        number: str,
        *,
        count: str | None = None,
        every: Literal["week", "month"] | None = None,
        date: str | None = None,
        amount: str | None = None,
        round_to: str | None = None,
        plan_b: str | None = None,
    ) -> PlanCalculated:
        """Calculate a plan of instalments; nothing is recorded."""
        answer: PlanCalculated = self._ask(
            Ask(
                "GET",
                "/v1/cases/{number}/plan-preview",
                PlanCalculated,
                at={"number": number},
                query={
                    "count": count,
                    "every": every,
                    "date": date,
                    "amount": amount,
                    "round_to": round_to,
                    "plan_b": plan_b,
                },
            )
        )
        return answer

    def call_result(
        self, number: str, body: CallResult, *, idempotency_key: str | None = None
    ) -> Answered:
        """How a call went (`reason`), and what was promised, or contested as `ref` says."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/calls",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def change_customer(
        self, customer: str, body: ContactCorrection, *, idempotency_key: str | None = None
    ) -> CustomerChanged:
        """Correct how a customer is reached; it counts as said by a person, with its date."""
        answer: CustomerChanged = self._ask(
            Ask(
                "PATCH",
                "/v1/customers/{customer}",
                CustomerChanged,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def change_letter(
        self, number: str, body: ChangeOfLetter, *, idempotency_key: str | None = None
    ) -> LetterToCome:
        """Change the letter that was looked at, for this once."""
        answer: LetterToCome = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/letter",
                LetterToCome,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def check_customer(
        self, customer: str, *, order: str | None = None, currency: str | None = None
    ) -> CustomerChecked:
        """Check a customer before credit is given; nothing is decided or written."""
        answer: CustomerChecked = self._ask(
            Ask(
                "GET",
                "/v1/customers/{customer}/check",
                CustomerChecked,
                at={"customer": customer},
                query={"order": order, "currency": currency},
            )
        )
        return answer

    def check_policy(self, body: PolicyText, *, idempotency_key: str | None = None) -> PolicyMeant:
        """Check a policy's file; every problem comes with its line and the way out."""
        answer: PolicyMeant = self._ask(
            Ask(
                "POST", "/v1/policy-checks", PolicyMeant, body=body, idempotency_key=idempotency_key
            )
        )
        return answer

    def colleague_away(
        self, name: str, body: Absence, *, idempotency_key: str | None = None
    ) -> ColleagueShown:
        """Note that a colleague is not there: others get their open tasks at once."""
        answer: ColleagueShown = self._ask(
            Ask(
                "POST",
                "/v1/team/{name}/away",
                ColleagueShown,
                body=body,
                at={"name": name},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def colleague_back(
        self, name: str, body: Absence, *, idempotency_key: str | None = None
    ) -> ColleagueShown:
        """Note that a colleague is there again, and gets new tasks."""
        answer: ColleagueShown = self._ask(
            Ask(
                "POST",
                "/v1/team/{name}/back",
                ColleagueShown,
                body=body,
                at={"name": name},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def contact_news(
        self, number: str, body: ContactNews, *, idempotency_key: str | None = None
    ) -> Answered:
        """What became of a message: `delivered`, `replied`, `bounced` or `opted_out`."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/contact-news",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def costs_waived(
        self, number: str, body: CostsWaived, *, idempotency_key: str | None = None
    ) -> Answered:
        """Interest and fees are let go: an amount, or all of them."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/cost-waivers",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def credit_note(
        self, number: str, body: CreditNote, *, idempotency_key: str | None = None
    ) -> Answered:
        """A credit note lowers what is owed."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/credit-notes",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def credit_note_cancelled(
        self, number: str, body: CreditNoteCancelled, *, idempotency_key: str | None = None
    ) -> Answered:
        """A credit note was taken back."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/credit-note-cancellations",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def decide_returned(
        self, number: str, body: AgencyDecision, *, idempotency_key: str | None = None
    ) -> Answered:
        """Decide what becomes of a case that its agency gave back: one act, and it goes on."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/agency-decisions",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def dismiss_bank_entry(
        self, entry: str, body: EntryDecided, *, idempotency_key: str | None = None
    ) -> EntryShown:
        """Say that an entry is no customer's money, or that it was dealt with elsewhere."""
        answer: EntryShown = self._ask(
            Ask(
                "POST",
                "/v1/bank/entries/{entry}/dismiss",
                EntryShown,
                body=body,
                at={"entry": entry},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def dispute_opened(
        self, number: str, body: DisputeOpened, *, idempotency_key: str | None = None
    ) -> Answered:
        """The customer contests all of it, or an amount; that part is chased no more."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/disputes",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def dispute_settled(
        self, number: str, body: DisputeSettled, *, idempotency_key: str | None = None
    ) -> Answered:
        """A dispute is settled: `for_us`, `for_customer` or `split`, says the reason."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/dispute-settlements",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def erase_customer(
        self, customer: str, body: CustomerErasure, *, idempotency_key: str | None = None
    ) -> CustomerErased:
        """Erase a person's data for good (GDPR, Art. 17), once nothing is claimed any more."""
        answer: CustomerErased = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/erasure",
                CustomerErased,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def export_customer(self, customer: str) -> CustomerData:
        """Show everything that is kept about a customer (GDPR, Art. 15)."""
        answer: CustomerData = self._ask(
            Ask("GET", "/v1/customers/{customer}/data", CustomerData, at={"customer": customer})
        )
        return answer

    def finish_task(
        self, key: str, body: Finished, *, idempotency_key: str | None = None
    ) -> TaskDone:
        """Tick a task off; ticking it off again changes nothing."""
        answer: TaskDone = self._ask(
            Ask(
                "POST",
                "/v1/tasks/{key}/done",
                TaskDone,
                body=body,
                at={"key": key},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def flag_customer(
        self, customer: str, body: CustomerFlag, *, idempotency_key: str | None = None
    ) -> WishHeard:
        """Leave a customer to people: not to be contacted, or vulnerable; or no more."""
        answer: WishHeard = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/flags",
                WishHeard,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def get_evidence(self, number: str, sha256: str) -> FileShown:
        """Read a file that is kept with a case."""
        answer: FileShown = self._ask(
            Ask(
                "GET",
                "/v1/cases/{number}/evidence/{sha256}",
                FileShown,
                at={"number": number, "sha256": sha256},
            )
        )
        return answer

    def get_reply_file(self, key: str, sha256: str) -> ReplyFileShown:
        """Read a file that came with an answer; it is a stranger's, so open it with care."""
        answer: ReplyFileShown = self._ask(
            Ask(
                "GET",
                "/v1/replies/{key}/files/{sha256}",
                ReplyFileShown,
                at={"key": key, "sha256": sha256},
            )
        )
        return answer

    def give_customer(
        self, customer: str, body: Owner, *, idempotency_key: str | None = None
    ) -> OwnerSet:
        """Hand a customer over to a colleague."""
        answer: OwnerSet = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/owner",
                OwnerSet,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def handoff_approved(
        self, number: str, body: HandoffApproved, *, idempotency_key: str | None = None
    ) -> Answered:
        """A person decides that the agency takes over."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/handoff-approvals",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def hold_credit(
        self, customer: str, body: CreditWish, *, idempotency_key: str | None = None
    ) -> CreditMoved:
        """Hold a customer's credit until somebody releases it."""
        answer: CreditMoved = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/credit-holds",
                CreditMoved,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def hold_off(self, body: HoldWish, *, idempotency_key: str | None = None) -> HoldShown:
        """Let this creditor's messages go again; what was held back goes in its contact window."""
        answer: HoldShown = self._ask(
            Ask("POST", "/v1/hold/off", HoldShown, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def hold_on(self, body: HoldWish, *, idempotency_key: str | None = None) -> HoldShown:
        """Stop everything of this creditor that would go out, at once."""
        answer: HoldShown = self._ask(
            Ask("POST", "/v1/hold/on", HoldShown, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def import_invoices(
        self, body: NewInvoices, *, idempotency_key: str | None = None
    ) -> InvoicesTaken:
        """Take in electronic invoices; the same invoice again changes nothing."""
        answer: InvoicesTaken = self._ask(
            Ask(
                "POST",
                "/v1/invoices/import",
                InvoicesTaken,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def import_statement(
        self, body: NewStatement, *, idempotency_key: str | None = None
    ) -> StatementTaken:
        """Take in a bank statement; what was reported before, in any file, changes nothing."""
        answer: StatementTaken = self._ask(
            Ask(
                "POST",
                "/v1/bank/statements",
                StatementTaken,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def in_flight(
        self, number: str, body: InFlight, *, idempotency_key: str | None = None
    ) -> Answered:
        """Money is on its way and should be here by a day: it is not chased meanwhile."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/in-flight",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def in_flight_failed(
        self, number: str, body: InFlightFailed, *, idempotency_key: str | None = None
    ) -> Answered:
        """Money on its way will not come (that of `ref`, else all of it)."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/in-flight-failures",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def invoice_corrected(
        self, number: str, body: InvoiceCorrected, *, idempotency_key: str | None = None
    ) -> Answered:
        """The invoice was put right: a new gross amount, a new due date, or both."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/corrections",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def keep_copy(
        self, number: str, body: FileToKeep, *, idempotency_key: str | None = None
    ) -> FileKept:
        """Keep a copy of the invoice as a PDF: letters that ask for payment attach the newest."""
        answer: FileKept = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/copies",
                FileKept,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def keep_file(
        self, number: str, body: FileToKeep, *, idempotency_key: str | None = None
    ) -> FileKept:
        """Keep a file with a case."""
        answer: FileKept = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/evidence",
                FileKept,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def keep_report(
        self, customer: str, body: NewCreditReport, *, idempotency_key: str | None = None
    ) -> CreditReportKept:
        """Keep what a credit bureau or another informant wrote; the check shows the newest."""
        answer: CreditReportKept = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/credit-reports",
                CreditReportKept,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def letter_corrected(
        self, number: str, body: LetterCorrected, *, idempotency_key: str | None = None
    ) -> Answered:
        """A letter (`ref`: its step) was wrong: its `sum`, its `day`, or that it was `sent`."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/letter-corrections",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def list_agency_accounts(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> AgencyAccountPage:
        """Reconcile each agency's money with the ledger, case by case: collected, fee, paid, owed."""
        answer: AgencyAccountPage = self._ask(
            Ask(
                "GET",
                "/v1/agency-accounts",
                AgencyAccountPage,
                query={"limit": limit, "cursor": cursor},
            )
        )
        return answer

    def list_bank_accounts(self) -> BankAccountList:
        """List bank accounts, and up to which day each is known: older data ask for no money."""
        answer: BankAccountList = self._ask(Ask("GET", "/v1/bank/accounts", BankAccountList))
        return answer

    def list_bank_entries(
        self, *, state: EntryState | None = None, limit: int | None = None
    ) -> LineList:
        """List money that came into the bank or went back, newest first, and what became of it."""
        answer: LineList = self._ask(
            Ask("GET", "/v1/bank/entries", LineList, query={"state": state, "limit": limit})
        )
        return answer

    def list_cases(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        customer: str | None = None,
        stage: Stage | None = None,
        due_from: dt.date | None = None,
        due_until: dt.date | None = None,
        open_only: bool | None = None,
    ) -> CasePage:
        """Cases by due date, a page at a time."""
        answer: CasePage = self._ask(
            Ask(
                "GET",
                "/v1/cases",
                CasePage,
                query={
                    "limit": limit,
                    "cursor": cursor,
                    "customer": customer,
                    "stage": stage,
                    "due_from": due_from,
                    "due_until": due_until,
                    "open_only": open_only,
                },
            )
        )
        return answer

    def list_contacts(self, customer: str) -> ContactWays:
        """List every way to a customer and what it is used for, the account's own first."""
        answer: ContactWays = self._ask(
            Ask("GET", "/v1/customers/{customer}/contacts", ContactWays, at={"customer": customer})
        )
        return answer

    def list_customers(self, *, limit: int | None = None) -> CustomerLines:
        """List customers: credit, flags, and what is open in each currency."""
        answer: CustomerLines = self._ask(
            Ask("GET", "/v1/customers", CustomerLines, query={"limit": limit})
        )
        return answer

    def list_evidence(self, number: str) -> LineList:
        """List the files that are kept with a case, oldest first."""
        answer: LineList = self._ask(
            Ask("GET", "/v1/cases/{number}/evidence", LineList, at={"number": number})
        )
        return answer

    def list_experiments(self) -> FigureRows:
        """List experiments with policies, newest first."""
        answer: FigureRows = self._ask(Ask("GET", "/v1/experiments", FigureRows))
        return answer

    def list_links(self, customer: str) -> LinkLines:
        """List the links to a customer's page: one of each message, and those made by hand."""
        answer: LinkLines = self._ask(
            Ask("GET", "/v1/customers/{customer}/links", LinkLines, at={"customer": customer})
        )
        return answer

    def list_own_cases(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> AgencyCasePage:
        """List the cases that this agency has, or had last, by number."""
        answer: AgencyCasePage = self._ask(
            Ask("GET", "/v1/agency/cases", AgencyCasePage, query={"limit": limit, "cursor": cursor})
        )
        return answer

    def list_payments(
        self,
        *,
        customer: str | None = None,
        unallocated: bool | None = None,
        limit: int | None = None,
    ) -> LineList:
        """List payments and stand-alone credit notes, newest first, with what is left of each."""
        answer: LineList = self._ask(
            Ask(
                "GET",
                "/v1/payments",
                LineList,
                query={"customer": customer, "unallocated": unallocated, "limit": limit},
            )
        )
        return answer

    def list_policies(self) -> FigureRows:
        """List the versions of policies that cases follow, or that were chosen for new ones."""
        answer: FigureRows = self._ask(Ask("GET", "/v1/policies", FigureRows))
        return answer

    def list_replies(self, *, waiting: bool | None = None, limit: int | None = None) -> LineList:
        """List the answers that came in, newest first, without their words."""
        answer: LineList = self._ask(
            Ask("GET", "/v1/replies", LineList, query={"waiting": waiting, "limit": limit})
        )
        return answer

    def list_sent_letters(self, number: str) -> LettersThatLeft:
        """List what the customer was written about an invoice, word for word, oldest first."""
        answer: LettersThatLeft = self._ask(
            Ask("GET", "/v1/cases/{number}/letters", LettersThatLeft, at={"number": number})
        )
        return answer

    def list_tasks(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: TaskState | None = None,
        kind: str | None = None,
        owner: str | None = None,
        number: str | None = None,
    ) -> TaskPage:
        """What waits for a person, most urgent first, a page at a time."""
        answer: TaskPage = self._ask(
            Ask(
                "GET",
                "/v1/tasks",
                TaskPage,
                query={
                    "limit": limit,
                    "cursor": cursor,
                    "status": status,
                    "kind": kind,
                    "owner": owner,
                    "number": number,
                },
            )
        )
        return answer

    def list_team(self) -> TeamShown:
        """List the team: who is there, and how many open tasks each has."""
        answer: TeamShown = self._ask(Ask("GET", "/v1/team", TeamShown))
        return answer

    def list_webhooks(self) -> EndpointList:
        """List the systems that are told, and how their queues stand."""
        answer: EndpointList = self._ask(Ask("GET", "/v1/webhooks", EndpointList))
        return answer

    def look_at_letter(self, number: str, *, now: bool | None = None) -> LetterToCome:
        """Look at the next letter of an invoice as it will leave; nothing is sent by looking."""
        answer: LetterToCome = self._ask(
            Ask(
                "GET",
                "/v1/cases/{number}/letter",
                LetterToCome,
                at={"number": number},
                query={"now": now},
            )
        )
        return answer

    def make_link(
        self, number: str, body: NewLink, *, idempotency_key: str | None = None
    ) -> LinkMade:
        """Make a link to the customer's page of a case; it ends with the case."""
        answer: LinkMade = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/links",
                LinkMade,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def note_customer(
        self, customer: str, body: NewNote, *, idempotency_key: str | None = None
    ) -> NoteKept:
        """Keep a note about a customer."""
        answer: NoteKept = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/notes",
                NoteKept,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def open_case(self, body: NewCase, *, idempotency_key: str | None = None) -> CaseOpened:
        """Open a case; the same invoice twice is one case, another under its number a conflict."""
        answer: CaseOpened = self._ask(
            Ask("POST", "/v1/cases", CaseOpened, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def opt_out(
        self, customer: str, body: OptOut, *, idempotency_key: str | None = None
    ) -> WishHeard:
        """Leave a customer alone on one channel; others are still used."""
        answer: WishHeard = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/opt-outs",
                WishHeard,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def pause(self, number: str, body: Pause, *, idempotency_key: str | None = None) -> Answered:
        """Nothing is chased, up to and including a day, or until it is resumed."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/pauses",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def payment_reversed(
        self, number: str, body: PaymentReversed, *, idempotency_key: str | None = None
    ) -> Answered:
        """A payment came back; all of it unless an amount is given."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/payment-reversals",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def place_case(
        self, number: str, body: Placement, *, idempotency_key: str | None = None
    ) -> Answered:
        """Decide that an agency takes over; the quotes and the choice are kept as evidence."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/placements",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def plan_agreed(
        self, number: str, body: PlanAgreed, *, idempotency_key: str | None = None
    ) -> Answered:
        """The customer accepted a plan in writing: this one, the one of `ref`, or the last."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/plans",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def plan_ended(
        self, number: str, body: PlanEnded, *, idempotency_key: str | None = None
    ) -> Answered:
        """A plan is given up; the ladder goes on where it stood."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/plan-endings",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def plan_proposed(
        self, number: str, body: PlanProposed, *, idempotency_key: str | None = None
    ) -> Answered:
        """An instalment plan is proposed; it holds nothing until it is agreed on."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/plan-proposals",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def poll_agencies(self, body: WhichAgency, *, idempotency_key: str | None = None) -> AgencyPoll:
        """Ask agencies with an interface how their cases stand; what is known changes nothing."""
        answer: AgencyPoll = self._ask(
            Ask("POST", "/v1/agency-polls", AgencyPoll, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def post_payment(
        self, body: NewPayment, *, idempotency_key: str | None = None
    ) -> PaymentPosted:
        """Post money that came in, or a credit note for no invoice; the same id twice is one."""
        answer: PaymentPosted = self._ask(
            Ask("POST", "/v1/payments", PaymentPosted, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def preview_case(self, number: str, *, limit: int | None = None) -> Preview:
        """What will happen to a case if nobody says another word, by the rules that decide."""
        answer: Preview = self._ask(
            Ask(
                "GET",
                "/v1/cases/{number}/preview",
                Preview,
                at={"number": number},
                query={"limit": limit},
            )
        )
        return answer

    def preview_policy(
        self, body: PolicyWish, *, idempotency_key: str | None = None
    ) -> PolicyMoves:
        """Show what running cases would do under another policy; nothing is changed."""
        answer: PolicyMoves = self._ask(
            Ask(
                "POST",
                "/v1/policy-previews",
                PolicyMoves,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def promise(
        self, number: str, body: Promise, *, idempotency_key: str | None = None
    ) -> Answered:
        """The customer promised to pay by a day; answers the check and the Plan B."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/promises",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def record_remittance(
        self, key: str, body: RemittanceClaimed, *, idempotency_key: str | None = None
    ) -> RemittanceShown:
        """Record that the customer says to have paid them; no money moves by it."""
        answer: RemittanceShown = self._ask(
            Ask(
                "POST",
                "/v1/replies/{key}/remittance",
                RemittanceShown,
                body=body,
                at={"key": key},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def refund(self, number: str, body: Refund, *, idempotency_key: str | None = None) -> Answered:
        """Money was given back: out of a surplus first, what goes beyond it is owed again."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/refunds",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def refund_money(self, body: NewRefund, *, idempotency_key: str | None = None) -> MoneyPlaced:
        """Record that money on an account was given back; the same id twice is once."""
        answer: MoneyPlaced = self._ask(
            Ask("POST", "/v1/refunds", MoneyPlaced, body=body, idempotency_key=idempotency_key)
        )
        return answer

    def release_credit(
        self, customer: str, body: CreditWish, *, idempotency_key: str | None = None
    ) -> CreditMoved:
        """Release a customer's credit; an invoice's next step about credit may hold it again."""
        answer: CreditMoved = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/credit-releases",
                CreditMoved,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def reminded_elsewhere(
        self, number: str, body: RemindedElsewhere, *, idempotency_key: str | None = None
    ) -> Answered:
        """A step of the policy (`ref`) was said elsewhere: the ladder goes on after it."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/reminders-elsewhere",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def remove_contact(
        self, customer: str, body: ContactWayGone, *, idempotency_key: str | None = None
    ) -> ContactWays:
        """Take a further way to a customer off the list."""
        answer: ContactWays = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/contact-removals",
                ContactWays,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def remove_webhook(
        self, name: str, body: NoMore, *, idempotency_key: str | None = None
    ) -> EndpointTold:
        """Tell an endpoint nothing more, and forget what still waited for it."""
        answer: EndpointTold = self._ask(
            Ask(
                "POST",
                "/v1/webhooks/{name}/removals",
                EndpointTold,
                body=body,
                at={"name": name},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def report_money(
        self, number: str, body: NewMoney, *, idempotency_key: str | None = None
    ) -> MoneyReported:
        """Report what was collected, the fee and what was paid out; a repeat changes nothing."""
        answer: MoneyReported = self._ask(
            Ask(
                "POST",
                "/v1/agency/cases/{number}/money",
                MoneyReported,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def report_news(
        self, number: str, body: NewNews, *, idempotency_key: str | None = None
    ) -> Answered:
        """Report where a case stands; `closed` and `returned` end the agency's work."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/agency/cases/{number}/news",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def resume(self, number: str, body: Resume, *, idempotency_key: str | None = None) -> Answered:
        """It goes on after a pause; a case that was parked is taken up again."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/resumptions",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def resume_bank_account(
        self, account: str, body: AccountWish, *, idempotency_key: str | None = None
    ) -> BankAccountShown:
        """Wait for statements of an account again."""
        answer: BankAccountShown = self._ask(
            Ask(
                "POST",
                "/v1/bank/accounts/{account}/resume",
                BankAccountShown,
                body=body,
                at={"account": account},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def retry_webhook(
        self, name: str, body: NoMore, *, idempotency_key: str | None = None
    ) -> EndpointTold:
        """Try at once what an endpoint did not take, also what was given up."""
        answer: EndpointTold = self._ask(
            Ask(
                "POST",
                "/v1/webhooks/{name}/retries",
                EndpointTold,
                body=body,
                at={"name": name},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def revoke_link(
        self, customer: str, link: str, body: LinkEnd, *, idempotency_key: str | None = None
    ) -> LinkRevoked:
        """Take one link back; whoever has another one keeps it."""
        answer: LinkRevoked = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/links/{link}/end",
                LinkRevoked,
                body=body,
                at={"customer": customer, "link": link},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def search(self, *, words: str) -> SearchFound:
        """Find customers and invoices by a part of a name or number, or by an amount."""
        answer: SearchFound = self._ask(
            Ask("GET", "/v1/search", SearchFound, query={"words": words})
        )
        return answer

    def send_letter(
        self, number: str, body: LetterToSend, *, idempotency_key: str | None = None
    ) -> Answered:
        """Let the letter leave at once, as it was looked at."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/letter/send",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def send_now(
        self, number: str, body: SendNow, *, idempotency_key: str | None = None
    ) -> Answered:
        """The next letter (`ref`: its step) leaves today; holds, gaps and deadlines are kept."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/sendings",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def set_limit(
        self, customer: str, body: NewLimit, *, idempotency_key: str | None = None
    ) -> LimitSet:
        """Set how much of a customer's may be open; passing it warns, and stops nothing."""
        answer: LimitSet = self._ask(
            Ask(
                "POST",
                "/v1/customers/{customer}/limits",
                LimitSet,
                body=body,
                at={"customer": customer},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def settlement(
        self, number: str, body: Settlement, *, idempotency_key: str | None = None
    ) -> Answered:
        """The amount settles it all if it comes by a day; with the reason `costs` and no amount the
        costs are let go.
        """
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/settlements",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def show_bank_entry(self, entry: str) -> EntryShown:
        """Show one entry with what the payer wrote, and what it may be meant for."""
        answer: EntryShown = self._ask(
            Ask("GET", "/v1/bank/entries/{entry}", EntryShown, at={"entry": entry})
        )
        return answer

    def show_case(self, number: str) -> CaseSheet:
        """Everything about a case: money, agreements, what was said and done, what comes next."""
        answer: CaseSheet = self._ask(
            Ask("GET", "/v1/cases/{number}", CaseSheet, at={"number": number})
        )
        return answer

    def show_choices(self, number: str) -> AgencyChoices:
        """List what may become of a case that its agency gave back with money open."""
        answer: AgencyChoices = self._ask(
            Ask("GET", "/v1/cases/{number}/agency-decisions", AgencyChoices, at={"number": number})
        )
        return answer

    def show_credit(self, customer: str, *, order: DeliveryOrder | None = None) -> DeliveryAnswer:
        """Say whether an order may be delivered to a customer, and why; nothing is written."""
        answer: DeliveryAnswer = self._ask(
            Ask(
                "GET",
                "/v1/customers/{customer}/credit",
                DeliveryAnswer,
                at={"customer": customer},
                query={"order": order},
            )
        )
        return answer

    def show_creditor(self) -> CreditorShown:
        """Show what is known about the company whose key this is; nothing, if nobody told yet."""
        answer: CreditorShown = self._ask(Ask("GET", "/v1/creditor", CreditorShown))
        return answer

    def show_customer(self, customer: str) -> Customer:
        """Everything about a customer, in the order in which a collector asks."""
        answer: Customer = self._ask(
            Ask("GET", "/v1/customers/{customer}", Customer, at={"customer": customer})
        )
        return answer

    def show_experiment(self, name: str) -> ExperimentShown:
        """Show how an experiment stands, and whether one may conclude; look as often as you like."""
        answer: ExperimentShown = self._ask(
            Ask("GET", "/v1/experiments/{name}", ExperimentShown, at={"name": name})
        )
        return answer

    def show_file(self, number: str, sha256: str) -> KeptFile:
        """Read a file that is kept with a case, by its hash; the content is Base64."""
        answer: KeptFile = self._ask(
            Ask(
                "GET",
                "/v1/agency/cases/{number}/files/{sha256}",
                KeptFile,
                at={"number": number, "sha256": sha256},
            )
        )
        return answer

    def show_hold(self) -> HoldShown:
        """Show whether everything that would go out is stopped, since when and by whom."""
        answer: HoldShown = self._ask(Ask("GET", "/v1/hold", HoldShown))
        return answer

    def show_own_case(self, number: str) -> AgencyCaseFile:
        """Show the whole file of a case as it stands now: money, evidence, what was tried, agreed."""
        answer: AgencyCaseFile = self._ask(
            Ask("GET", "/v1/agency/cases/{number}", AgencyCaseFile, at={"number": number})
        )
        return answer

    def show_policy(self, policy: str) -> PolicyMeant:
        """Show what a policy means, and the file of one that is shipped."""
        answer: PolicyMeant = self._ask(
            Ask("GET", "/v1/policies/{policy}", PolicyMeant, at={"policy": policy})
        )
        return answer

    def show_quotes(self, number: str) -> AgencyQuotes:
        """Compare what each agency would take for a case, and what would come in; decides nothing."""
        answer: AgencyQuotes = self._ask(
            Ask("GET", "/v1/cases/{number}/agency-quotes", AgencyQuotes, at={"number": number})
        )
        return answer

    def show_remittance(self, key: str) -> RemittanceShown:
        """Show which open invoices an answer, or a file with it, lists as paid."""
        answer: RemittanceShown = self._ask(
            Ask("GET", "/v1/replies/{key}/remittance", RemittanceShown, at={"key": key})
        )
        return answer

    def show_reply(self, key: str) -> AnswerShown:
        """Show one answer: who seems to have written it, and what was said, without quotes."""
        answer: AnswerShown = self._ask(
            Ask("GET", "/v1/replies/{key}", AnswerShown, at={"key": key})
        )
        return answer

    def show_report(
        self,
        report: str,
        *,
        on: dt.date | None = None,
        first: dt.date | None = None,
        last: dt.date | None = None,
        currency: str | None = None,
        buckets: str | None = None,
        days: int | None = None,
        weeks: int | None = None,
        backtest: bool | None = None,
    ) -> ReportRows:
        """Show a report of this creditor, as the commands and the console show it."""
        answer: ReportRows = self._ask(
            Ask(
                "GET",
                "/v1/reports/{report}",
                ReportRows,
                at={"report": report},
                query={
                    "on": on,
                    "first": first,
                    "last": last,
                    "currency": currency,
                    "buckets": buckets,
                    "days": days,
                    "weeks": weeks,
                    "backtest": backtest,
                },
            )
        )
        return answer

    def show_statement(self, number: str, *, on: dt.date | None = None) -> StatementShown:
        """Show what settles a case on a day: the principal, each cost with its ground, the total."""
        answer: StatementShown = self._ask(
            Ask(
                "GET",
                "/v1/cases/{number}/statement",
                StatementShown,
                at={"number": number},
                query={"on": on},
            )
        )
        return answer

    def show_task(self, key: str) -> TaskShown:
        """Show a task, and what may be done about it."""
        answer: TaskShown = self._ask(Ask("GET", "/v1/tasks/{key}", TaskShown, at={"key": key}))
        return answer

    def start_experiment(
        self, body: NewExperiment, *, idempotency_key: str | None = None
    ) -> ExperimentLine:
        """Try a policy on half of the customers with new invoices."""
        answer: ExperimentLine = self._ask(
            Ask(
                "POST",
                "/v1/experiments",
                ExperimentLine,
                body=body,
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def step_skipped(
        self, number: str, body: StepSkipped, *, idempotency_key: str | None = None
    ) -> Answered:
        """A step of the policy (`ref`) is left out; the reason is kept."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/skipped-steps",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def stop_bank_account(
        self, account: str, body: AccountWish, *, idempotency_key: str | None = None
    ) -> BankAccountShown:
        """Wait no more for statements of an account, such as a closed one."""
        answer: BankAccountShown = self._ask(
            Ask(
                "POST",
                "/v1/bank/accounts/{account}/stop",
                BankAccountShown,
                body=body,
                at={"account": account},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def stop_experiment(
        self, name: str, body: ExperimentEnding, *, idempotency_key: str | None = None
    ) -> ExperimentLine:
        """End an experiment, and keep the policy of one arm, or what was chosen before."""
        answer: ExperimentLine = self._ask(
            Ask(
                "POST",
                "/v1/experiments/{name}/endings",
                ExperimentLine,
                body=body,
                at={"name": name},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def take_task(self, key: str, body: DoneBy, *, idempotency_key: str | None = None) -> TaskTaken:
        """Take a task, from whoever has it."""
        answer: TaskTaken = self._ask(
            Ask(
                "POST",
                "/v1/tasks/{key}/take",
                TaskTaken,
                body=body,
                at={"key": key},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def taken_back(
        self, number: str, body: TakenBack, *, idempotency_key: str | None = None
    ) -> Answered:
        """What was recorded by mistake (`ref`: its id) counts as never said: a promise, a plan, a
        call; if the customer was told, one letter puts it right.
        """
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/undoings",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def tell_agency(
        self, number: str, body: AgencyMessage, *, idempotency_key: str | None = None
    ) -> Answered:
        """Write to the agency that has a case: it goes out at once, with the file as it stands."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/agency-messages",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def try_letter_out(
        self, number: str, body: LetterToTry, *, idempotency_key: str | None = None
    ) -> LetterTried:
        """Send the letter to a colleague first; the customer hears nothing."""
        answer: LetterTried = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/letter/test",
                LetterTried,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def try_webhook(
        self, name: str, body: NoMore, *, idempotency_key: str | None = None
    ) -> EndpointTold:
        """Post one signed event of the type webhook.test now, and show what was answered."""
        answer: EndpointTold = self._ask(
            Ask(
                "POST",
                "/v1/webhooks/{name}/trials",
                EndpointTold,
                body=body,
                at={"name": name},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def undo_bank_entry(
        self, entry: str, body: EntryDecided, *, idempotency_key: str | None = None
    ) -> EntryShown:
        """Take back what became of an entry: its invoices are owed again, and a person is asked."""
        answer: EntryShown = self._ask(
            Ask(
                "POST",
                "/v1/bank/entries/{entry}/undo",
                EntryShown,
                body=body,
                at={"entry": entry},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def undo_letter_change(
        self, number: str, body: ChangeTakenBack, *, idempotency_key: str | None = None
    ) -> LetterToCome:
        """Let the letter leave in its own words."""
        answer: LetterToCome = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/letter/undo",
                LetterToCome,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def undo_task(self, key: str, body: DoneBy, *, idempotency_key: str | None = None) -> TaskTaken:
        """Open a task again that the same person ticked off by mistake, within a day."""
        answer: TaskTaken = self._ask(
            Ask(
                "POST",
                "/v1/tasks/{key}/undo",
                TaskTaken,
                body=body,
                at={"key": key},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def why_case(self, number: str) -> Why:
        """What a case does next and why, and each thing it did, with its reason."""
        answer: Why = self._ask(Ask("GET", "/v1/cases/{number}/why", Why, at={"number": number}))
        return answer

    def withdrawn(
        self, number: str, body: Withdrawn, *, idempotency_key: str | None = None
    ) -> Answered:
        """The invoice should never have been: it is chased no more."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/withdrawals",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def write_off(
        self, number: str, body: WriteOff, *, idempotency_key: str | None = None
    ) -> Answered:
        """What is open is given up, or a part of it."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/write-offs",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def write_off_undone(
        self, number: str, body: WriteOffUndone, *, idempotency_key: str | None = None
    ) -> Answered:
        """What was given up is chased again."""
        answer: Answered = self._ask(
            Ask(
                "POST",
                "/v1/cases/{number}/write-off-undoings",
                Answered,
                body=body,
                at={"number": number},
                idempotency_key=idempotency_key,
            )
        )
        return answer

    def open_many(self, lines: Iterable[NewCase]) -> Iterator[Line[NewCase, CaseOpened]]:
        """Open many cases, a line each as for one; a line that is refused stops no other."""
        return self._lines("/v1/bulk/cases", CaseOpened, lines)

    def post_many(self, lines: Iterable[NewPayment]) -> Iterator[Line[NewPayment, PaymentPosted]]:
        """Post many payments, a line each as for one, with its id; each counts once."""
        return self._lines("/v1/bulk/payments", PaymentPosted, lines)
