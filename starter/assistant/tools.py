"""The tools of an assistant: what it may look up, rehearse and propose, and nothing else."""

# One thing: the table of tools, with what each answers.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from activities.ports.assistant.acts import OnBehalf
from activities.ports.stores.cases import CaseFilter
from activities.ports.stores.console.worklist import (
    WorklistFilter,
    WorklistOrder,
    WorklistView,
)
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import CaseFile, RecordedMessage
from activities.services.assistant.proposals import ProposalService
from activities.services.previews import PreviewRequest
from adapters.letters.text.catalogue import LANGUAGES, is_spoken
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.assistant import proposal_service
from adapters.wiring.desk import worklist_service
from domain.errors import DomainError, RefusedError
from domain.ids import CaseId
from starter.api.fields import Strict
from starter.application import Application
from starter.assistant.arguments import (
    FoundByWords,
    FoundCases,
    FoundTasks,
    LetterWanted,
    NoteWanted,
    Nothing,
    OneCase,
    OneCustomer,
    ProposalWanted,
)
from starter.many import notes_of
from starter.views.case_sheet import case_sheet, deeds_done, planned_line, reasons
from starter.views.customer_sheet import customer_sheet
from starter.views.lines import case_line, task_line
from starter.views.looking import View, look_at_case

_AHEAD = 12


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
        """Read everything about a case of this creditor, by its number or its id.

        Raises:
            NotKnownError: if there is none, or it is another creditor's.
        """
        found = self.application.cases.file(self.case_id(number))
        if found is None:
            raise NotKnownError(Sought.CASE, "there is no such case")
        return found

    def case_id(self, number: str) -> str:
        """Tell the id of a case of this creditor that is named by its number or its id."""
        own = CaseId.beginning(self.creditor)
        return str(CaseId(self.creditor, number.removeprefix(own)))

    def view(self, number: str) -> View:
        """Look at a case as it stands now."""
        return look_at_case(self.file(number), self.now)


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
    case = desk.case_id(wanted.number) if wanted.number else ""
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
        desk.application.customers.debtor(desk.creditor, wanted.customer)
        raise RefusedError("this customer has no open invoice", field="customer")
    told, script = desk.application.briefings.prepare(files)
    return {"customer": wanted.customer, "briefing": told, "script": script}


def _ahead(desk: AssistantDesk, file: CaseFile) -> list[dict[str, Any]]:
    view = look_at_case(file, desk.now)
    coming = desk.application.previews.ahead(file, desk.now, _AHEAD)
    return [planned_line(view, one) for one in coming]


def _preview_steps(desk: AssistantDesk, wanted: OneCase) -> Any:
    return {"items": _ahead(desk, desk.file(wanted.number))}


def _preview_letter(desk: AssistantDesk, wanted: LetterWanted) -> Any:
    if wanted.language and not is_spoken(wanted.language):
        known = ", ".join(LANGUAGES)
        raise DomainError(f"no letter is written in that language; {known} are", field="language")
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
    AssistantTool(
        "search",
        "Find customers and invoices by a part of a name or number, or by an amount such as "
        "119.00. Begin here if you know neither the customer's id nor the invoice's number.",
        FoundByWords,
        _search,
    ),
    AssistantTool(
        "find_cases",
        "List invoices by due date, each with its sums, its stage and what comes next.",
        FoundCases,
        _find_cases,
    ),
    AssistantTool(
        "show_case",
        "Show everything about one invoice: sums, stage, what was promised, contested, said and "
        "done, and its open tasks.",
        OneCase,
        _show_case,
    ),
    AssistantTool(
        "why_case",
        "Tell what happens next about one invoice, when and why, and the reason of everything "
        "that was done.",
        OneCase,
        _why,
    ),
    AssistantTool(
        "show_customer",
        "Show a customer as one: what is open in all, credit, history, contacts and each open "
        "invoice.",
        OneCustomer,
        _show_customer,
    ),
    AssistantTool(
        "worklist",
        "List the customers whom the person should look after first today, and why.",
        Nothing,
        _worklist,
    ),
    AssistantTool(
        "list_tasks",
        "List open tasks: questions, disputes, proposals, and answers of customers, whose words "
        "stand in the detail.",
        FoundTasks,
        _tasks,
    ),
    AssistantTool(
        "brief_customer",
        "Tell what to know before a call with a customer who owes something, what to ask, and "
        "what to say.",
        OneCustomer,
        _brief,
    ),
    AssistantTool(
        "preview_steps",
        "List what will happen about one invoice if nobody says another word.",
        OneCase,
        _preview_steps,
    ),
    AssistantTool(
        "preview_letter",
        "Write the next letter about one invoice as the customer would read it; nothing is sent.",
        LetterWanted,
        _preview_letter,
    ),
    AssistantTool(
        "rehearse",
        "Tell what would happen about one invoice if something were recorded, beside what happens "
        "otherwise; nothing is recorded. It takes what `propose` takes.",
        ProposalWanted,
        _rehearse,
    ),
    AssistantTool(
        "propose",
        "Put a promise, a plan, a dispute, a pause or the result of a call on the desk of the "
        "person you work for, who records it or not. Rehearse it first.",
        ProposalWanted,
        _propose,
        looks=False,
    ),
    AssistantTool(
        "note_customer",
        "Keep a note about a customer for colleagues to read; said twice, it stands there twice.",
        NoteWanted,
        _note,
        looks=False,
    ),
)
"""Every tool; there is none that sends, pays, approves, ends or changes anything."""
