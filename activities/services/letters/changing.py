"""Changes the next letter of a case for this once, tries it out, and lets it leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from activities.cases.waking import ToWake
from activities.ports.clock import Clock
from activities.ports.letters.changes import ChangeEnding
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.types import Envelope
from activities.services.letters.looking import LetterLook, LetterLookingService
from domain.answer_codes import AnswerCode
from domain.card_numbers import without_card_numbers
from domain.contact.letter_changes import (
    ChangeEnd,
    KeptChange,
    LetterChange,
    PassagePlace,
    checked_passage,
)
from domain.deed import base_of
from domain.errors import CodedError, DomainError, RefusedError
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.parties.people import EMAIL
from domain.wire import Answer

SayToCase = Callable[[str, MessageType, dict[str, Any]], tuple[Answer, ToWake]]
"""Records a message to a case; answers it, and whom to wake."""

SendMail = Callable[[Envelope], bool]
"""Hands a mail over; tells whether it was taken."""


EVERYBODYS = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com"}
    | {"gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de"}
    | {"icloud.com", "me.com", "aol.com", "proton.me", "protonmail.com", "mail.ru", "yandex.ru"}
    | {"orange.fr", "free.fr", "wanadoo.fr", "laposte.net", "libero.it", "virgilio.it"}
    | {"wp.pl", "o2.pl", "onet.pl", "interia.pl", "bluewin.ch", "telenet.be", "ziggo.nl"}
)
"""Domains at which anybody may have an address: they say nothing of who works where."""


class ChangedMeanwhileError(CodedError):
    """The letter is another one now than the one that was looked at."""

    code = AnswerCode.CONFLICT


class LetterChangingService:
    """Changes letters to come; each change counts for the letter that was looked at alone."""

    def __init__(
        self,
        looking: LetterLookingService,
        ledger: Ledger,
        say: SayToCase,
        send_mail: SendMail,
        clock: Clock,
    ) -> None:
        self._looking = looking
        self._ledger = ledger
        self._say = say
        self._send_mail = send_mail
        self._clock = clock

    def change(self, case_id: str, wish: LetterChange, *, seen: str, by: str) -> LetterLook:
        """Change the letter that was looked at; what was changed of it before counts no more.

        Raises:
            ChangedMeanwhileError: if it is another letter now.
            DomainError: if it takes no such words, or the address is not the customer's.
        """
        passage = without_card_numbers(checked_passage(wish.passage))
        wanted = replace(wish, passage=passage, instead=wish.instead and bool(passage))
        with self._account_of(case_id) as account:
            look = self._looking.look(case_id, self._clock(), wish=wanted)
            self._check(look, wanted, seen)
            _not_while_it_leaves(account, look)
            for before in account.changes.waiting([part.case for part in look.ground.parts]):
                account.changes.end(before.id, ChangeEnding(end=ChangeEnd.REPLACED, by=by))
            kept = KeptChange(
                id=str(uuid4()),
                case=case_id,
                change=wanted,
                ground=look.ground,
                by=by,
                at=self._clock(),
            )
            account.changes.keep(kept)
        return self._looking.look(case_id, self._clock())

    def undo(self, case_id: str, by: str) -> LetterLook:
        """Let the letter leave as it is worded.

        Raises:
            RefusedError: if nothing is changed of it.
        """
        with self._account_of(case_id) as account:
            look = self._looking.look(case_id, self._clock())
            _not_while_it_leaves(account, look)
            waiting = account.changes.waiting([case_id])
            if not waiting:
                raise RefusedError("nothing is changed of this letter")
            for kept in waiting:
                account.changes.end(kept.id, ChangeEnding(end=ChangeEnd.UNDONE, by=by))
        return self._looking.look(case_id, self._clock())

    def try_out(self, case_id: str, to: str) -> None:
        """Send the letter as it stands to a colleague; the customer hears nothing.

        Raises:
            DomainError: if the address is not one of the creditor's own, or nobody took the mail.
        """
        now = self._clock()
        look = self._looking.look(case_id, now)
        creditor, letter = look.creditor, look.letter
        _only_to_colleagues(to.strip(), creditor.email)
        if look.channel != EMAIL:
            raise RefusedError("only what goes out as a mail can be tried out", field="to")
        mail = Envelope(
            id=str(uuid4()),
            channel=EMAIL,
            to=to.strip(),
            sender=creditor.email,
            sender_name=creditor.sender_name or creditor.name,
            reply_to=creditor.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachments=letter.attachments,
            at=now,
            creditor=creditor.id,
        )
        if not self._send_mail(mail):
            raise RefusedError("the mail was not taken; try again in a while", field="to")

    def send_now(self, case_id: str, key: str, *, seen: str, by: str) -> tuple[Answer, ToWake]:
        """Let the letter leave at once, as it was looked at; with the same key it is said once.

        Raises:
            ChangedMeanwhileError: if it is another letter now, or would be one if it left at once.
            RefusedError: if it answers the customer: such letters leave by themselves.
        """
        look = self._looking.look(case_id, self._clock(), at_once=True)
        if not look.steered:
            raise RefusedError("this letter is no step of the policy; it leaves by itself")
        if look.seen != seen or look.lapsed:
            raise ChangedMeanwhileError("sent at once it is another letter; look at it again")
        body = {"id": key, "ref": base_of(look.step), "by": by}
        return self._say(case_id, MessageType.SEND_NOW, body)

    @contextmanager
    def _account_of(self, case_id: str) -> Iterator[AccountRepository]:
        customer = self._ledger.customer_of(case_id)
        if customer is None:
            raise NotKnownError(Sought.CASE, "there is no such invoice")
        with self._ledger.account(CaseId.parse(case_id).creditor, customer) as account:
            yield account

    def _check(self, look: LetterLook, wanted: LetterChange, seen: str) -> None:
        if look.seen != seen:
            raise ChangedMeanwhileError("the letter is another one meanwhile; look at it again")
        if not (wanted.passage or wanted.recipient):
            raise DomainError("nothing is changed; write words, or choose an address")
        if wanted.passage and look.place is PassagePlace.NOWHERE:
            raise RefusedError("this letter takes no words of one's own", field="passage")
        if wanted.instead and look.place is not PassagePlace.INSTEAD:
            raise RefusedError(
                "its first sentences have to stay; write before them", field="instead"
            )
        if wanted.recipient and wanted.recipient not in {one.point for one in look.recipients}:
            known = ", ".join(one.point for one in look.recipients)
            raise DomainError(f"the customer is known at {known}", field="recipient")


def _only_to_colleagues(to: str, own: str) -> None:
    """Refuse an address that is not at the creditor's domain, where the creditor has its own.

    At a provider where everybody may have an address only the creditor's very own is taken.
    """
    domain = own.rpartition("@")[2].casefold()
    if not domain:
        raise RefusedError("the creditor's own mail address is not known", field="to")
    if domain in EVERYBODYS:
        if to.casefold() != own.casefold():
            raise DomainError(f"a letter is tried out with {own} only", field="to")
    elif to.count("@") != 1 or to.rpartition("@")[2].casefold() != domain:
        raise DomainError(f"a letter is tried out with addresses at {domain} only", field="to")


def _not_while_it_leaves(account: AccountRepository, look: LetterLook) -> None:
    """Refuse to change what may be on its way already."""
    flying = account.outbound.in_flight()
    cases = {part.case for part in look.ground.parts}
    if flying and cases & {step.case for step in account.outbound.carried(flying)}:
        raise ChangedMeanwhileError("the letter is leaving right now")
