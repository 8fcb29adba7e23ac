"""The tools of an assistant: what it may look up, rehearse and propose, and nothing else."""

# One thing: the table of tools, with what each takes and answers.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from activities.ports.assistant.acts import OnBehalf
from activities.ports.stores.cases import CaseFilter
from activities.ports.stores.console.worklist import (
    WorklistFilter,
    WorklistOrder,
    WorklistView,
)
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import CaseFile, RecordedMessage
from activities.services.assistant.proposals import LONGEST_WHY, Proposal, ProposalService
from activities.services.previews import PreviewRequest
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.assistant import proposal_service
from adapters.wiring.desk import worklist_service
from domain.agreements.schedules import MOST_PARTS
from domain.errors import DomainError
from domain.ids import CaseId
from domain.message_types import MessageType, Stage
from domain.parties.tasks import TaskKind
from starter.api.fields import Amount, Day, Name, Short, Strict, Text
from starter.application import Application
from starter.many import notes_of
from starter.views.case_sheet import case_sheet, deeds_done, planned_line, reasons
from starter.views.customer_sheet import customer_sheet
from starter.views.lines import case_line, task_line
from starter.views.looking import View, look_at_case

_AHEAD = 12
_Limit = Annotated[int, Field(ge=1, le=50, description="At most so many.")]
_Why = Annotated[str, Field(max_length=LONGEST_WHY)]


@dataclass(frozen=True, slots=True)
class AssistantDesk:
    """One request of an assistant: the services, and for whom it asks."""

    application: Application
    asked: OnBehalf

    @property
    def creditor(self) -> str:
        """Whose data it sees, and nobody else's."""
        return self.asked.creditor

    @property
    def now(self) -> datetime:
        """The instant of this request."""
        return machine_clock()

    @property
    def proposals(self) -> ProposalService:
        """What it may do beside looking."""
        return proposal_service(self.application.engine, machine_clock)

    def file(self, number: str) -> CaseFile:
        """Read everything about a case of this creditor.

        Raises:
            DomainError: if there is none.
        """
        found = self.application.cases.file(str(CaseId(self.creditor, number)))
        if found is None:
            raise DomainError("there is no such case", field="number")
        return found

    def view(self, number: str) -> View:
        """Look at a case as it stands now."""
        return look_at_case(self.file(number), self.now)


class Nothing(Strict):
    """No arguments."""


class FoundCases(Strict):
    """Which cases are wanted; what is not said means all."""

    customer: Short = ""
    stage: Stage | None = Field(default=None, strict=False)
    open_only: bool = True
    limit: _Limit = 20


class OneCase(Strict):
    """An invoice by its number."""

    number: Name


class OneCustomer(Strict):
    """A customer by the creditor's own id."""

    customer: Name


class FoundTasks(Strict):
    """Which open tasks are wanted; what is not said means all."""

    kind: TaskKind | None = Field(default=None, strict=False)
    owner: Short = ""
    number: Short = ""
    limit: _Limit = 20


class FoundByWords(Strict):
    """A part of a name or number, or an amount."""

    words: Name


class LetterWanted(Strict):
    """The next letter of a case, or that of a step; in the customer's language or another."""

    number: Name
    step: Short = ""
    language: Short = ""


class ProposalWanted(Strict):
    """What would be recorded, as a person records it."""

    number: Name
    id: Name = Field(description="Your own id of it: said twice, it lies on the desk once.")
    kind: Literal["promise", "plan_proposed", "call_result", "dispute_opened", "pause"]
    date: Day | None = Field(default=None, description="The day promised, paused until, or first.")
    amount: Amount | None = None
    reason: Short = Field(default="", description="Of a call its result, such as paid_claim.")
    ref: Short = Field(default="", description="What a call's dispute is about, such as goods.")
    channel: Short = Field(default="", description="How it was said: email, phone, letter.")
    every: Literal["week", "month"] | None = None
    count: Annotated[int, Field(ge=1, le=MOST_PARTS)] | None = None
    why: _Why = Field(default="", description="Your reason, for the person who decides.")
    quote: _Why = Field(default="", description="The customer's very words that it rests on.")

    @property
    def proposal(self) -> Proposal:
        """What is proposed, as the service takes it."""
        names = ("date", "amount", "reason", "ref", "channel", "every", "count")
        body = {name: value for name in names if (value := getattr(self, name))}
        kind = MessageType(self.kind)
        return Proposal(id=self.id, kind=kind, body=body, why=self.why, quote=self.quote)


class NoteWanted(Strict):
    """A note about a customer, or about one invoice of theirs."""

    customer: Name
    said: Text
    number: Short = ""


@dataclass(frozen=True, slots=True)
class AssistantTool:
    """One tool: what it is for, what it takes, what it answers, and whether it only looks."""

    name: str
    about: str
    takes: type[Strict]
    call: Callable[[AssistantDesk, Any], Any]
    looks: bool = True


def _find_cases(desk: AssistantDesk, wanted: FoundCases) -> Any:
    rows = desk.application.cases.list(
        CaseFilter(
            creditor=desk.creditor,
            customer=wanted.customer,
            stage=wanted.stage or "",
            open_only=wanted.open_only,
            limit=wanted.limit,
        )
    )
    return {"items": [case_line(row) for row in rows]}


def _show_case(desk: AssistantDesk, wanted: OneCase) -> Any:
    return case_sheet(desk.application, desk.view(wanted.number))


def _why(desk: AssistantDesk, wanted: OneCase) -> Any:
    view = desk.view(wanted.number)
    return {**reasons(view), "done": deeds_done(view)}


def _show_customer(desk: AssistantDesk, wanted: OneCustomer) -> Any:
    return customer_sheet(desk.application.customers.show(desk.creditor, wanted.customer))


def _worklist(desk: AssistantDesk, _nothing: Nothing) -> Any:
    parts = desk.application
    service = worklist_service(parts.engine, parts.cases, parts.policies, machine_clock)
    wanted = WorklistFilter(
        creditor=desk.creditor,
        view=WorklistView.ALL,
        order=WorklistOrder.SCORE,
        person=desk.asked.person,
        now=desk.now,
        today=desk.now,
        limit=20,
    )
    found = service.page(wanted)
    return {"items": found.rows}


def _tasks(desk: AssistantDesk, wanted: FoundTasks) -> Any:
    case = str(CaseId(desk.creditor, wanted.number)) if wanted.number else ""
    rows = desk.application.tasks.list(
        TaskFilter(
            creditor=desk.creditor,
            case=case,
            kind=wanted.kind or "",
            owner=wanted.owner,
            limit=wanted.limit,
        )
    )
    return {"items": [task_line(row) for row in rows]}


def _search(desk: AssistantDesk, wanted: FoundByWords) -> Any:
    return notes_of(desk.application).search(desk.creditor, wanted.words)


def _brief(desk: AssistantDesk, wanted: OneCustomer) -> Any:
    files = desk.application.cases.open_files(desk.creditor, wanted.customer)
    if not files:
        raise DomainError("there is no such customer with an open invoice", field="customer")
    told, script = desk.application.briefings.prepare(files)
    return {"customer": wanted.customer, "briefing": told, "script": script}


def _ahead(desk: AssistantDesk, file: CaseFile) -> list[dict[str, Any]]:
    view = look_at_case(file, desk.now)
    coming = desk.application.previews.ahead(file, desk.now, _AHEAD)
    return [planned_line(view, one) for one in coming]


def _preview_steps(desk: AssistantDesk, wanted: OneCase) -> Any:
    return {"items": _ahead(desk, desk.file(wanted.number))}


def _preview_letter(desk: AssistantDesk, wanted: LetterWanted) -> Any:
    wish = PreviewRequest(step=wanted.step, language=wanted.language)
    letter = desk.application.letter_previews.write(desk.file(wanted.number), desk.now, wish)
    return {"subject": letter.subject, "text": letter.text}


def _rehearse(desk: AssistantDesk, wanted: ProposalWanted) -> Any:
    file = desk.file(wanted.number)
    told = desk.proposals.told(file, wanted.proposal)
    said = tuple(RecordedMessage(message=one) for one in told.messages)
    then = replace(file, recorded=(*file.recorded, *said))
    return {
        "as_it_is": _ahead(desk, file),
        "if_it_is_recorded": _ahead(desk, then),
        "supervisor_must_approve": told.supervisor,
    }


def _propose(desk: AssistantDesk, wanted: ProposalWanted) -> Any:
    file = desk.file(wanted.number)
    proposed = desk.proposals.propose(desk.asked, file, wanted.proposal)
    return {
        "proposed": proposed.task.key,
        "for": desk.asked.person,
        "supervisor_must_approve": proposed.supervisor,
    }


def _note(desk: AssistantDesk, wanted: NoteWanted) -> Any:
    desk.application.customers.debtor(desk.creditor, wanted.customer)
    case = ""
    if wanted.number:
        file = desk.file(wanted.number)
        if file.invoice.customer != wanted.customer:
            raise DomainError("that invoice is another customer's", field="number")
        case = file.invoice.case_id
    desk.proposals.note(desk.asked, wanted.customer, wanted.said, case)
    return {"noted": True, "customer": wanted.customer}


TOOLS = (
    AssistantTool("find_cases", "Cases by due date.", FoundCases, _find_cases),
    AssistantTool("show_case", "Everything about one case.", OneCase, _show_case),
    AssistantTool("why_case", "What a case does next, and why.", OneCase, _why),
    AssistantTool("show_customer", "A customer as one.", OneCustomer, _show_customer),
    AssistantTool("search", "Customers and invoices by words.", FoundByWords, _search),
    AssistantTool("worklist", "Whom to look after first, and why.", Nothing, _worklist),
    AssistantTool("list_tasks", "What waits for people.", FoundTasks, _tasks),
    AssistantTool(
        "brief_customer", "What to know before a call, and what to ask.", OneCustomer, _brief
    ),
    AssistantTool(
        "preview_steps",
        "What will happen to a case if nobody says another word.",
        OneCase,
        _preview_steps,
    ),
    AssistantTool(
        "preview_letter",
        "The next letter as the customer would read it; nothing is sent.",
        LetterWanted,
        _preview_letter,
    ),
    AssistantTool(
        "rehearse",
        "What would happen to a case if something were recorded; nothing is.",
        ProposalWanted,
        _rehearse,
    ),
    AssistantTool(
        "propose",
        "Put a promise, a plan, a dispute, a pause or the result of a call on the desk of the "
        "person you work for, who records it or not.",
        ProposalWanted,
        _propose,
        looks=False,
    ),
    AssistantTool("note_customer", "Keep a note about a customer.", NoteWanted, _note, looks=False),
)
"""Every tool; there is none that sends, pays, approves, ends or changes anything."""
