"""Shows the next letter of a case as it will leave, with what was changed of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from activities.ports.callback_urls import CallbackUrls
from activities.ports.letter_data import InvoiceLine, Letter
from activities.ports.letters.changes import LetterChangeStore
from activities.ports.ports import Letters
from activities.ports.stores.cases import CaseFiles
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.evidence import EvidenceStore
from activities.ports.types import CaseFile, LetterError, RecordedMessage
from activities.sending.account_statements import several_lines
from activities.sending.letter_parts import LetterItem, LetterParts, data_of, letter_ground
from activities.services.previews import PreviewService
from domain.case.facts import Action
from domain.case.model import Message
from domain.contact.letter_changes import (
    NOTHING_CHANGED,
    ChangeLapse,
    KeptChange,
    LetterChange,
    LetterGround,
    PassagePlace,
    why_lapsed,
)
from domain.contact.routes import ContactRoute, routes
from domain.decision.state import case_state
from domain.deed import base_of
from domain.errors import RefusedError
from domain.message_types import MessageType
from domain.parties.people import Creditor
from domain.simulation.ahead import PlannedMessage

NO_LINK = "00000000-0000-0000-0000-000000000000"
"""Stands for the letter's own id until it has one: the link in a look opens nobody's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLook:
    """The next letter of a case.

    Attributes:
        step: of this case; at: when it leaves if nobody says another word (UTC).
        numbers: of all invoices that it speaks of, this case's first.
        recipient: where it goes; recipients: where it might go on the same channel.
        change: what was changed of it and counts.
        lapsed: what was changed and counts no longer, with the reason.
        steered: whether it is a step of the policy, which may be sent at once.
    """

    creditor: Creditor
    step: str
    at: datetime
    letter: Letter
    channel: str
    recipient: str
    recipients: tuple[ContactRoute, ...]
    numbers: tuple[str, ...]
    ground: LetterGround
    change: KeptChange | None
    lapsed: tuple[KeptChange, ChangeLapse] | None
    steered: bool

    @property
    def place(self) -> PassagePlace:
        """Where it takes words of one's own."""
        return self.letter.place

    @property
    def seen(self) -> str:
        """A mark of what was looked at: a change is for this letter, and for no other."""
        return hashlib.sha256(repr(asdict(self.ground)).encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class LetterLookingService:
    """Looks at letters to come; nothing is sent or written down by looking."""

    letters: Letters
    evidence: EvidenceStore
    files: CaseFiles
    previews: PreviewService
    changes: LetterChangeStore
    callback_urls: CallbackUrls

    def look(
        self,
        case_id: str,
        now: datetime,
        *,
        at_once: bool = False,
        wish: LetterChange | None = None,
    ) -> LetterLook:
        """Show the next letter of a case: on its day, or as it would leave at once.

        ``wish`` is shown in it as if it were kept.

        Raises:
            NotKnownError: if there is no such case.
            RefusedError: if no letter is to come about it.
            DomainError: if it cannot be put into words.
        """
        file = self._file(case_id)
        message, files = self.previews.next_message(file, now)
        if message and at_once:
            step = base_of(_of(case_id, message).step)
            message, files = self.previews.next_message(_wanted_now(file, step, now), now)
        if message is None:
            raise RefusedError("no letter is to come about this invoice")
        return self._shown(file, message, files, wish)

    def _file(self, case_id: str) -> CaseFile:
        file = self.files.file(case_id)
        if file is None:
            raise NotKnownError(Sought.CASE, "there is no such invoice")
        return file

    def _shown(
        self,
        file: CaseFile,
        message: PlannedMessage,
        files: Mapping[str, CaseFile],
        wish: LetterChange | None,
    ) -> LetterLook:
        items = tuple(
            LetterItem(files[state.invoice.case_id], state, action)
            for state, action in message.items
        )
        channel = message.way.channel
        open_to, ground = routes(file.debtor, (channel,)), letter_ground(items, channel)
        counting, lapsed = self._changed(file, ground, open_to)
        change = wish or (counting.change if counting else NOTHING_CHANGED)
        step = _of(file.invoice.case_id, message).step
        return LetterLook(
            creditor=file.creditor,
            step=step,
            at=message.at,
            letter=self._written(items, files.values(), channel, change),
            channel=channel,
            recipient=change.recipient or message.way.point,
            recipients=open_to,
            numbers=_numbers(items, file.invoice.number),
            ground=ground,
            change=counting,
            lapsed=lapsed,
            steered=file.policy.step(base_of(step)) is not None,
        )

    def _changed(
        self, file: CaseFile, ground: LetterGround, open_to: tuple[ContactRoute, ...]
    ) -> tuple[KeptChange | None, tuple[KeptChange, ChangeLapse] | None]:
        """What was changed and counts, and what counts no longer."""
        invoice = file.invoice
        kept = self.changes.waiting(invoice.creditor, invoice.customer, invoice.case_id)
        lapse = _lapse(kept, ground, open_to)
        return (None, (kept, lapse)) if kept and lapse else (kept, None)

    def _written(
        self,
        items: tuple[LetterItem, ...],
        files: Collection[CaseFile],
        channel: str,
        change: LetterChange,
    ) -> Letter:
        invoice, at = items[0].file.invoice, items[0].state.now
        parts = LetterParts(
            items=items,
            alike=self.files.numbers_alike,
            copy_of=self.evidence.newest_copy,
            was_written_to=lambda: self.changes.was_written_to(invoice.creditor, invoice.customer),
            account_lines=lambda today: _account_lines(files, at, today),
            change=change,
        )
        link = self.callback_urls.page(NO_LINK)
        try:
            return self.letters.write(replace(data_of(parts, channel), page_link=link))
        except LetterError as error:
            raise RefusedError(f"this letter cannot be written: {error}") from None


def _account_lines(
    files: Collection[CaseFile], at: datetime, today: date
) -> tuple[InvoiceLine, ...]:
    """Every open invoice of the customer; none where there is one alone."""
    return several_lines((case_state(file, at) for file in files), today)


def _of(case_id: str, message: PlannedMessage) -> Action:
    return next(action for state, action in message.items if state.invoice.case_id == case_id)


def _lapse(
    kept: KeptChange | None, ground: LetterGround, open_to: tuple[ContactRoute, ...]
) -> ChangeLapse | None:
    if kept is None:
        return None
    wanted = (ground.channel, kept.change.recipient)
    lost = kept.change.recipient and wanted not in {one.as_used for one in open_to}
    return why_lapsed(kept.ground, ground) or (ChangeLapse.RECIPIENT if lost else None)


def _wanted_now(file: CaseFile, step: str, now: datetime) -> CaseFile:
    """The case as if somebody wanted its next letter out at once."""
    wish = Message(key="look/at-once", kind=MessageType.SEND_NOW, at=now, ref=step)
    return replace(file, recorded=(*file.recorded, RecordedMessage(message=wish)))


def _numbers(items: tuple[LetterItem, ...], first: str) -> tuple[str, ...]:
    others = sorted(item.file.invoice.number for item in items)
    return (first, *(number for number in others if number != first))
