"""A case under its account's lock: asking changes nothing; hearing and acting are written down."""

# One thing: the state of one case in one transaction, and all that may be done to it there.

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from activities.cases.announcing import announce_case_events, of_agreements, of_deed, of_message
from activities.cases.call_tasks import drop
from activities.cases.crediting import review_credit, tell_passed_limit
from activities.cases.dispute_tasks import DISPUTES, lay_out
from activities.cases.money_questions import ask_about_money, tell_the_others
from activities.ports.back_off import WHILE_HELD
from activities.ports.ports import AccountRepository
from activities.ports.types import CaseFile, RecordedMessage, Task
from domain.agreements.approval import APPROVED_BY
from domain.agreements.reducer import AGREEING, fixed
from domain.answer_codes import AnswerCode
from domain.briefing.task_titles import keys_of_steps, titles_now
from domain.calendar import Calendar
from domain.calls.meaning import MEANS, named_by_call
from domain.case.facts import Action
from domain.case.model import Case, Deed, Message
from domain.decision.closing import RETURNED, why_not_chased
from domain.decision.deeds import WITHOUT_DELAY, deed_done, earliest, stage_of
from domain.decision.describing import case_details
from domain.decision.sharing import share_of
from domain.decision.state import CaseState, case_state
from domain.fold.fold import Folded, Refusal
from domain.intake.reading import ReadingGround
from domain.message_types import (
    MESSAGES_TO_DEBTOR,
    OUTGOING,
    MessageStatus,
    MessageType,
    Result,
)
from domain.money import Money
from domain.parties.customer import PlannedContact
from domain.parties.tasks import TaskKey, TaskKind
from domain.suggestion import Act, Suggestion
from domain.wire import Decision

CHASING = (TaskKind.CALL, TaskKind.SALES)
"""Kinds of tasks that only make sense while something is to be chased."""

PARKED = "the case is parked: its workflow was cancelled"


class MissingCaseError(LookupError):
    """The ledger has no such case."""


class Session:
    """A case as it stands in the open transaction."""

    def __init__(self, account: AccountRepository, case_id: str, now: datetime) -> None:
        file = account.cases.read(case_id)
        if file is None:
            raise MissingCaseError(case_id)
        self.account = account
        self.case_id = case_id
        self.now = now
        self.file: CaseFile = file
        self.state: CaseState = case_state(file, now)
        self._owed = _owed(self.case)
        self._recorded = {recorded.message.key: recorded for recorded in file.recorded}

    @property
    def calendar(self) -> Calendar:
        """The debtor's calendar under the case's policy."""
        return self.state.calendar

    @property
    def reading(self) -> ReadingGround:
        """What reading a new message needs: calendar and currency."""
        return ReadingGround(self.calendar, self.file.invoice.amount.currency)

    @property
    def folded(self) -> Folded:
        """The case and the refused messages, from all facts known in this transaction."""
        return self.state.folded

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.state.case

    def known(self, key: str) -> RecordedMessage | None:
        """Find the message of that key, if it was heard before."""
        return self._recorded.get(key)

    def keys_from(self, beginning: str) -> tuple[str, ...]:
        """List the keys that were heard before and begin so."""
        return tuple(key for key in self._recorded if key.startswith(beginning))

    def followed(self, call: Message) -> tuple[Message, ...]:
        """List the messages that followed from a call, under its id."""
        mine = (self._recorded.get(named_by_call(call, what)) for what in MEANS)
        return tuple(recorded.message for recorded in mine if recorded)

    def add(self, message: Message) -> bool:
        """Add a message to the ledger and the fold; False if it was there already."""
        if message.kind in AGREEING and message.key not in self._recorded:
            message = fixed(message, self.supposing(message))
        if not self.account.messages.add(self.case_id, message, MessageStatus.NEW, ""):
            return False
        self._recorded[message.key] = RecordedMessage(message=message)
        self.state = self.state.told(message)
        return True

    def supposing(self, message: Message) -> Case:
        """Fold the case with one more message, without recording it."""
        return self.state.told(message).case

    def mark(
        self,
        point: str,
        *,
        bad: bool = False,
        opted_out: str = "",
        opted_in: str = "",
    ) -> None:
        """Record what was found out about an address, and heed it from now on."""
        customer, debtor = self.account.customer, self.file.debtor.id
        customer.mark_point(debtor, point, bad=bad, opted_out=opted_out, opted_in=opted_in)
        file = self.account.cases.read(self.case_id)
        if file:
            self.file = replace(self.file, debtor=file.debtor)
            self.state = replace(self.state, debtor=file.debtor)

    def hears_of(self, contact: PlannedContact) -> None:
        """Heed from now on that the customer was just contacted."""
        self.file = replace(self.file, customer=self.file.customer.touched(contact))
        self.state = self.state.seen(self.now, self.file.customer)

    def act(self, deed: Deed) -> None:
        """Record a deed."""
        if self.account.cases.add_deed(self.case_id, deed):
            self.state = self.state.done(deed)
            announce_case_events(self.account, of_deed(self.case, deed))

    def close_or_reopen(self) -> None:
        """Close what is settled and open again what is owed again, as the rules want it now.

        That changes nothing but the record, so whoever acts or decides does it first, at once.
        """
        while (action := self.state.next_action).do in WITHOUT_DELAY:
            self.act(deed_done(self.state.facts, action, self.now))

    def wants(self, step: str, episode: int) -> Action | None:
        """Look last: find the action of a step, if the rules still want it at this instant."""
        action = self.state.next_action
        if action.step != step or self.case.episode != episode or self.file.parked:
            return None
        if self.file.on_hold and action.do in OUTGOING:
            return None
        if self.file.customer.human_only and action.do in MESSAGES_TO_DEBTOR:
            return None
        when = earliest(action, self.now, self.calendar)
        return action if when and when <= self.now else None

    def record(self, action: Action, result: Result = Result.DONE, channel: str = "") -> None:
        """Record that an action was carried out now."""
        self.act(deed_done(self.state.facts, action, self.now, result, channel))

    def decide(self, *, not_before: datetime | None = None) -> Decision:
        """Judge the messages, ask the rules, and keep case and decision in the ledger."""
        self.close_or_reopen()
        action = self.state.next_action
        self.judge()
        self._clear_the_desk()
        when = None if self.file.parked else earliest(action, self.now, self.calendar)
        if self.file.on_hold and action.do in OUTGOING and when:
            not_before = max(not_before or self.now, self.now + WHILE_HELD)
        if when and not_before:
            when = max(when, not_before)
        before = self.file.decision.number if self.file.decision else 0
        decision = Decision(
            do=action.do.value,
            at=when,
            step=action.step,
            why=PARKED if self.file.parked else action.why_at(self.now),
            stage=stage_of(self.case, self.calendar, self.now).value,
            outcome=action.outcome.value if action.outcome else None,
            number=before + 1,
            details=case_details(self.case, action, self.calendar, self.now, self.state.statement),
            episode=self.case.episode,
        )
        self._save(decision)
        review_credit(self.account, self.case, self.file.policy, self.now)
        return decision

    def _clear_the_desk(self) -> None:
        """Nobody shall call, or be told to, about what we do not chase now, or for an old sum."""
        for title, keys in titles_now(self.state).items():
            self.account.tasks.retitle(self.case_id, keys, title)
        undecided = self.case.came_back_undecided and not self.case.outcome
        if self.case.returned_at and not undecided:
            for key in keys_of_steps(self.state, RETURNED):
                self.account.tasks.finish(key, "decided")
        note = why_not_chased(self.state.facts, self.file.policy, self.now)
        if note:
            drop(self.account, self.case_id, CHASING, note)
        if self.case.outcome:
            kinds = (TaskKind.CALL_BACK, *DISPUTES)
            self.account.tasks.finish_kinds(self.case_id, kinds, note)

    def keep(self) -> None:
        """Fold and keep the case, and leave the decision to its workflow.

        A case that is over has no workflow any more: what it heard is seen right here.
        """
        if self.case.closed and self.case.outcome:
            self.decide()
            return
        self.judge()
        self._save(None)

    def _save(self, decision: Decision | None) -> None:
        """Keep the case; the customer's others hear what begins or ceases to hold them.

        Whoever gives credit hears if by what is open more now a limit is passed.
        """
        share = share_of(self.state.facts, self.file.policy)
        self.account.cases.save(self.case, decision, share, parked=self.file.parked)
        number = len(self._recorded) + len(self.state.deeds)
        after = tell_the_others(self.account, self.file, share, number, self.now)
        risen, self._owed = _owed(self.case) - self._owed, _owed(self.case)
        if risen > 0:
            amount = Money(risen, self.file.invoice.amount.currency)
            tell_passed_limit(self.account, amount, self.now)
        self.file = replace(self.file, customer=after)
        self.state = self.state.seen(self.now, after)

    def judge(self) -> None:
        """Mark each message as applied or refused; a refused one goes to a person."""
        refused = self.folded.refused
        kinds = frozenset(recorded.message.kind for recorded in self._recorded.values())
        ask_about_money(self.account, self.case, self.calendar, kinds, self.now)
        announce_case_events(self.account, of_agreements(self.case, self.now))
        for key, recorded in self._recorded.items():
            refusal = refused.get(key)
            status = MessageStatus.REFUSED if refusal else MessageStatus.APPLIED
            if recorded.status is status:
                continue
            code, why = (refusal.code, refusal.text) if refusal else (AnswerCode.ACCEPTED, "")
            judged = replace(recorded, status=status, answer=recorded.answer or why, code=code)
            self.account.messages.judge(self.case_id, judged)
            if not refusal:
                announce_case_events(self.account, of_message(self.case, recorded.message))
                lay_out(self.account, self.file, self.case, recorded.message, self.calendar)
            elif recorded.message.kind is not MessageType.NUDGE:
                self.account.tasks.add(_refusal(self, recorded.message, refusal))


def _owed(case: Case) -> int:
    """The minor units that count against a credit limit."""
    return 0 if case.withdrawn_at else case.open


def _refusal(session: Session, message: Message, refusal: Refusal) -> Task:
    said, suggestions = "could not be applied", tuple[Suggestion, ...]()
    if refusal.field == APPROVED_BY:
        said = "waits for an approval"
        fields = {"ref": message.key}
        suggestions = (Suggestion(act=Act.APPROVAL, case=session.case_id, fields=fields),)
    return Task(
        key=str(TaskKey.of(TaskKind.REFUSED, session.case_id, message.key)),
        kind=TaskKind.REFUSED,
        case=session.case_id,
        title=f"{message.kind.value.replace('_', ' ')} {said}: {refusal.text}",
        suggestions=suggestions,
        detail=message.note,
        due_at=session.now,
    )
