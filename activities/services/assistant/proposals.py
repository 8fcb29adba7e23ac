"""The service for assistants: what they propose lies on the desk, and a person decides on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from activities.ports.assistant.acts import (
    AssistantAct,
    AssistantActs,
    AssistantOutcome,
    OnBehalf,
)
from activities.ports.clock import Clock
from activities.ports.types import CaseFile, ConflictError, Task
from activities.services.console.looking import LookingService
from domain.agreements.approval import APPROVED_BY
from domain.answer_codes import AnswerCode
from domain.calls.meaning import meant_by
from domain.calls.results import RESULTS, code_of
from domain.card_numbers import without_card_numbers
from domain.case.model import Message
from domain.decision.state import CaseState, case_state
from domain.errors import CodedError, InvalidError, PolicyRefusedError, RefusedError
from domain.intake.known_words import refuse_unknown_words
from domain.intake.limits import check_body
from domain.intake.reading import ReadingGround, read_message
from domain.message_types import MessageType
from domain.parties.tasks import TaskKey, TaskKind
from domain.suggestion import Act, Suggestion

PROPOSABLE: Mapping[MessageType, tuple[Act, str]] = MappingProxyType(
    {
        MessageType.PROMISE: (Act.PROMISE, "a promise"),
        MessageType.PLAN_PROPOSED: (Act.PLAN_PROPOSED, "a plan"),
        MessageType.CALL_RESULT: (Act.CALL_RESULT, "the result of a call"),
        MessageType.DISPUTE_OPENED: (Act.DISPUTE_OPENED, "a dispute"),
        MessageType.PAUSE: (Act.PAUSE, "a pause"),
    }
)
"""All that an assistant may propose: nothing that moves money, approves, sends or ends anything."""

LONGEST_WHY = 1000
_SAID_BEFORE = "this id was used for another proposal; use one of its own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an assistant proposes about one case.

    Attributes:
        id: the assistant's own id of it: said twice, it lies on the desk once.
        body: the message's fields, as a person would record it.
        why: the assistant's reason, for the person who decides.
        quote: the customer's words that it rests on, if there are any.
    """

    id: str
    kind: MessageType
    body: Mapping[str, object]
    why: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal on the desk.

    Attributes:
        supervisor: whether a supervisor has to approve it once a person records it.
    """

    task: Task
    supervisor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AsIfTold:
    """A case as if a proposal had been recorded.

    Attributes:
        messages: the proposal as a message, and those that follow from it.
        supervisor: whether a supervisor has to approve it.
    """

    state: CaseState
    messages: tuple[Message, ...]
    supervisor: bool


class ProposalService:
    """Puts proposals of assistants on the desk and keeps their notes; changes no case."""

    def __init__(
        self,
        put_task: Callable[[Task], bool],
        find_task: Callable[[str], Task | None],
        notes: LookingService,
        acts: AssistantActs,
        clock: Clock,
    ) -> None:
        self._put_task = put_task
        self._find_task = find_task
        self._notes = notes
        self._acts = acts
        self._clock = clock

    def propose(self, asked: OnBehalf, file: CaseFile, wanted: Proposal) -> Proposed:
        """Put a proposal on the desk of whoever asked; what the case would refuse is refused.

        Raises:
            RefusedError: if an assistant may not propose that, or the case could not take it.
            ConflictError: if its id was used for another proposal.
        """
        about = {"customer": file.invoice.customer, "case": file.invoice.case_id}
        try:
            told = self.told(file, wanted)
            task = _task(asked, told, wanted)
            self._put(task)
        except CodedError:
            self._keep(asked, wanted.kind, AssistantOutcome.REFUSED, **about)
            raise
        self._keep(asked, wanted.kind, AssistantOutcome.PROPOSED, **about)
        return Proposed(task=task, supervisor=told.supervisor)

    def told(self, file: CaseFile, wanted: Proposal) -> AsIfTold:
        """Look at a case as if a proposal had been recorded; nothing is.

        Raises:
            RefusedError: if an assistant may not propose that, or the case could not take it.
        """
        state = case_state(file, self._clock())
        message = _read(wanted, state)
        refuse_unknown_words(message, file.policy)
        _refuse_unknown_result(message, file.policy.disputes.minor)
        meant = meant_by(message, state.case, state.calendar)
        said = (meant.call, *meant.also)
        for one in said:
            state = state.told(one)
        refused = [found for one in said if (found := state.folded.refused.get(one.key))]
        hard = next((one for one in refused if one.field != APPROVED_BY), None)
        if hard:
            sort = InvalidError if hard.code is AnswerCode.INVALID else RefusedError
            raise sort(hard.text, field=hard.field or None)
        return AsIfTold(state=state, messages=said, supervisor=bool(refused))

    def note(self, asked: OnBehalf, customer: str, said: str, case_id: str = "") -> None:
        """Keep a note of an assistant about a customer, named as one.

        Raises:
            DomainError: if nothing was written, or too much.
        """
        check_body({"said": said})
        self._notes.add_note(asked.creditor, customer, said, by=asked.author, case_id=case_id)
        about = {"customer": customer, "case": case_id}
        self._keep(asked, "note", AssistantOutcome.NOTED, **about)

    def acts(self, creditor: str, limit: int) -> tuple[AssistantAct, ...]:
        """List what assistants of a creditor did, newest first, with who asked for it."""
        return self._acts.newest(creditor, limit)

    def _put(self, task: Task) -> None:
        if self._put_task(task):
            return
        known = self._find_task(task.key)
        if known is None or known.suggestions != task.suggestions or known.case != task.case:
            raise ConflictError(_SAID_BEFORE)

    def _keep(
        self,
        asked: OnBehalf,
        act: str,
        outcome: AssistantOutcome,
        *,
        customer: str,
        case: str,
    ) -> None:
        kept = AssistantAct(asked=asked, act=act, outcome=outcome, customer=customer, case=case)
        self._acts.keep(kept)


def _read(wanted: Proposal, state: CaseState) -> Message:
    if wanted.kind not in PROPOSABLE:
        known = ", ".join(PROPOSABLE)
        raise PolicyRefusedError(f"an assistant may propose {known}; a person does the rest")
    for name in ("why", "quote"):
        if len(getattr(wanted, name)) > LONGEST_WHY:
            raise InvalidError(f"{name} is longer than {LONGEST_WHY} characters", field=name)
    check_body({"id": wanted.id, "why": wanted.why, "quote": wanted.quote, **wanted.body})
    ground = ReadingGround(state.calendar, state.invoice.amount.currency)
    given: dict[str, object] = dict(wanted.body)
    return read_message(wanted.kind, given, key=wanted.id, heard_at=state.now, ground=ground)


def _refuse_unknown_result(message: Message, minor: Iterable[str]) -> None:
    """A person may say how a call went in any words; an assistant by a code, and why beside it."""
    known = (*RESULTS, *minor)
    if message.kind is MessageType.CALL_RESULT and code_of(message.reason) not in known:
        told = f"how did the call go? The reason is one of {', '.join(dict.fromkeys(known))}"
        raise InvalidError(told, field="reason")


def _task(asked: OnBehalf, told: AsIfTold, wanted: Proposal) -> Task:
    act, what = PROPOSABLE[wanted.kind]
    invoice, open_money = told.state.invoice, told.state.case.open_money
    fields = {name: str(value) for name, value in wanted.body.items() if value not in (None, "")}
    return Task(
        key=str(TaskKey.of(TaskKind.PROPOSAL, asked.creditor, asked.key_id, wanted.id)),
        kind=TaskKind.PROPOSAL,
        case=invoice.case_id,
        title=f"{invoice.number}, {open_money} open: an assistant proposes {what}",
        detail=without_card_numbers("\n".join(_lines(asked, fields, told, wanted))),
        owner=asked.person,
        due_at=told.state.now,
        suggestions=(Suggestion(act=act, case=invoice.case_id, fields=fields),),
    )


def _lines(
    asked: OnBehalf, fields: Mapping[str, str], told: AsIfTold, wanted: Proposal
) -> list[str]:
    """Who asked, what is proposed, and what it rests on, for the person who decides."""
    lines = [f"{asked.author}, proposes:", *(f"{name}: {fields[name]}" for name in fields)]
    if told.supervisor:
        lines.append("a supervisor must approve it")
    if wanted.why:
        lines.append(f"why: {wanted.why}")
    if wanted.quote:
        lines.append(f"rests on these words: «{wanted.quote}»")
    return lines
