"""What will happen to a case, and what its customer would read, if nobody says another word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from activities.ports.letter_data import Attachment, Letter, LetterData
from activities.ports.ports import Letters
from activities.ports.stores.cases import CaseFiles, CaseLists
from activities.ports.stores.evidence import EvidenceStore
from activities.ports.types import CaseFile
from activities.sending.foretelling import costs_foretold
from activities.sending.letter_parts import letter_data, reference_taken
from activities.services.customers.statements import AccountStatementService, AccountStatementWish
from domain.case.facts import Action
from domain.case.model import Deed
from domain.contact.routes import SentTo
from domain.decision.answering.steps import ANSWER_STEPS
from domain.decision.consumers.free_reminders import with_free_days
from domain.decision.state import CaseState, case_state
from domain.deed import base_of
from domain.errors import DomainError
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType
from domain.parties.people import Creditor
from domain.simulation.ahead import HORIZON, PlannedMessage, deeds_ahead, message_ahead
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household

MOST_CASES = 200
"""With more open invoices of one customer a case is previewed by itself, as if it were alone."""

_OWN = {
    **dict.fromkeys(ANSWER_STEPS.values(), ActionType.ACKNOWLEDGE),
    re.compile(r"agreement-[0-9]+-confirmed"): ActionType.ACKNOWLEDGE,
    re.compile(r"agreement-[0-9]+-reminder"): ActionType.REMIND,
    re.compile(r"instalment-[0-9]+-[0-9]+-(reminder|missed|over)"): ActionType.REMIND,
    re.compile(r"promise-broken-[0-9]+"): ActionType.REMIND,
    re.compile(r"renewed-(dispute-settled|money-back)-[0-9]+"): ActionType.REMIND,
}
"""Steps that no policy names: they follow from what was agreed or paid."""

FAR = 60
"""How many deeds are looked ahead for the day of a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """Which letter is wanted.

    Attributes:
        step: a step's name; empty for the next message to come.
        language: IETF tag; empty for the customer's own.
        tone: another tone than the step's; empty for its own.
        day: in the debtor's calendar; None for the day on which the step would come.
    """

    step: str = ""
    language: str = ""
    channel: str = ""
    tone: str = ""
    day: date | None = None


_Home = tuple[SimulatedCase, dict[SimulatedCase, CaseFile], Household]

Recipients = Callable[[str], SentTo]
"""Where each message of a case went."""


class PreviewService:
    """Plays a case among the open cases of its customer; nothing is sent or written down."""

    def __init__(self, lists: CaseLists, files: CaseFiles) -> None:
        self._lists = lists
        self._files = files

    @property
    def lists(self) -> CaseLists:
        """Cases as lines of a list."""
        return self._lists

    def ahead(self, file: CaseFile, now: datetime, most: int) -> list[Deed]:
        """Show the next deeds of a case.

        What is previewed is what happens: messages of other invoices move this one's, or take it
        along. The reason of each is told in words that are true while it is still to come.
        """
        mine, among, home = self._household(file, now)
        coming = deeds_ahead(mine, among, home, now, most)
        return [replace(deed, why=mine.ahead.get(deed.step, deed.why)) for deed in coming]

    def next_message(
        self, file: CaseFile, now: datetime
    ) -> tuple[PlannedMessage | None, Mapping[str, CaseFile]]:
        """Find the next message that speaks of a case, and the files of its customer's cases."""
        mine, among, home = self._household(file, now)
        files = {life.invoice.case_id: known for life, known in among.items()}
        return message_ahead(mine, list(among), home, now, FAR), files

    def _household(self, file: CaseFile, now: datetime) -> _Home:
        """The case among its customer's others, of which parked ones do nothing."""
        invoice, case_id = file.invoice, file.invoice.case_id
        ids = self._lists.running_of(invoice.creditor, invoice.customer, MOST_CASES + 1)
        alone = len(ids) > MOST_CASES
        others = () if alone else self._files.files(sorted({*ids} - {case_id}))
        sent_to = self._files.recipients
        mine = played_case(file, now, sent_to)
        played = {played_case(one, now, sent_to): one for one in others if not one.parked}
        played[mine] = file
        among = dict(sorted(played.items(), key=lambda one: one[1].invoice.case_id))
        return mine, among, Household(debtor=file.debtor, customer=file.customer)


@dataclass(frozen=True, slots=True)
class _PlannedLetter:
    """A letter to come: its action, its day (None: today), and the case as it stands then.

    What comes before it is done in it: a late fee that is charged until then is in the letter.
    """

    action: Action
    day: date | None
    state: CaseState


class LetterPreviewService:
    """Writes the letter of a step about a real case, without sending anything."""

    def __init__(
        self,
        letters: Letters,
        evidence: EvidenceStore,
        files: CaseFiles,
        previews: PreviewService,
    ) -> None:
        self._letters = letters
        self._evidence = evidence
        self._files = files
        self._previews = previews

    def write(self, file: CaseFile, now: datetime, wish: PreviewRequest) -> Letter:
        """Write the letter that a customer would get.

        Raises:
            DomainError: if there is no such step, or nothing is to be written any more.
            LetterError: if the letter cannot be put into words.
        """
        planned = self._planned(case_state(file, now), file, wish)
        state, action = planned.state, planned.action
        action = action if not wish.tone else replace(action, tone=wish.tone)
        today = planned.day or state.calendar.local_date(now)
        channel = wish.channel or next(iter(action.channels), "email")
        start = state.calendar.start_of(today)
        action = with_free_days(action, state.facts, start)
        data = letter_data(file, state.case, action, today, channel)
        debtor = file.debtor
        if wish.language:
            debtor = replace(debtor, language=wish.language)
        more = self._more(state, data, action, today)
        return self._letters.write(replace(data, debtor=debtor, **more))

    def write_for(self, company: Creditor, data: LetterData) -> Letter:
        """Write a letter as if a creditor were described so.

        Raises:
            LetterError: if the letter cannot be put into words.
        """
        return self._letters.write(replace(data, creditor=company))

    def overview(self, wish: AccountStatementWish, now: datetime) -> Letter:
        """Write all that a customer has open (see ``AccountStatementService``)."""
        service = AccountStatementService(self._letters, self._previews.lists, self._files)
        return service.write(wish, now)

    def _more(
        self, state: CaseState, data: LetterData, action: Action, today: date
    ) -> dict[str, Any]:
        last, kept = state.case.last_message, None
        if data.do != ActionType.ACKNOWLEDGE and data.channel in ("email", "paper"):
            kept = self._evidence.newest_copy(state.invoice.case_id)
        pdf = "application/pdf"
        copy = Attachment(name="invoice.pdf", media_type=pdf, body=kept) if kept else None
        alike = self._files.numbers_alike
        return {
            "reference_taken": reference_taken(data.creditor.reference, state.invoice, alike),
            "statement": state.statement_on(today, action),
            "last_contact": state.calendar.local_date(last.at).isoformat() if last else "",
            "copies": (copy,) if copy else (),
            "foretold": costs_foretold([(state, action)], today),
        }

    def _planned(self, state: CaseState, file: CaseFile, wish: PreviewRequest) -> _PlannedLetter:
        """The action of a step, its day, and the case with all that is done before it."""
        calendar, before = state.calendar, state
        for deed in self._previews.ahead(file, state.now, FAR):
            day = calendar.local_date(deed.at)
            if deed.do in MESSAGES_TO_DEBTOR and wish.step in ("", deed.step):
                action = _action(file, deed.step, deed.do)
                if action.deadline_days is None and deed.deadline:
                    action = replace(action, deadline_days=(deed.deadline - day).days)
                return _PlannedLetter(action, wish.day or day, before)
            if wish.day is None or day <= wish.day:
                before = before.done(deed)
        if not wish.step:
            raise DomainError("nothing is to be written about this case; name a step")
        known = before if wish.day else state
        return _PlannedLetter(_action(file, wish.step, None), wish.day, known)


def _action(file: CaseFile, step: str, do: ActionType | None) -> Action:
    known = file.policy.step(base_of(step))
    if known and known.is_message:
        told: dict[str, Any] = {"channels": known.channels, "tone": known.tone}
        days = known.deadline_days
        return Action(do=known.do, at=None, why="", step=step, deadline_days=days, **told)
    own = do or next((deed for name, deed in _OWN.items() if name.fullmatch(step)), None)
    if own is None:
        names = ", ".join(s.id for s in file.policy.steps if s.is_message)
        raise DomainError(
            f"the case's policy writes no letter {step!r}; its letters are {names}, "
            "thanks, agreement-1-confirmed, promise-broken-1, instalment-1-1-missed, "
            "renewed-dispute-settled-1, renewed-money-back-1"
        )
    return Action(do=own, at=None, why="", step=step, channels=("email",), tone="clear")


def played_case(file: CaseFile, now: datetime, sent_to: Recipients) -> SimulatedCase:
    """Begin to play a case as it stands (``now`` in UTC)."""
    case_id = file.invoice.case_id
    is_told = any(message.kind is MessageType.CONTACT_NEWS for message in file.messages)
    sent = sent_to(case_id) if is_told else {}
    return SimulatedCase(case_state(file, now), HORIZON, sent)
