"""Takes in what customers say on their page: everybody's messages, as their own word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from activities.cases.filing import keep
from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.cases.waking import ToWake, to_wake
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.page.links import PageLink
from activities.ports.types import Task
from domain.agreements.approval import APPROVED_BY
from domain.agreements.reducer import Agreement, agreement_of, agreements_of, keys_of
from domain.case.model import Case
from domain.decision.state import CaseState
from domain.errors import DomainError, RefusedError
from domain.evidence.model import Filed, filed
from domain.intake.reading import ReadingGround, read_message
from domain.message_types import MessageType
from domain.parties.tasks import TaskKey, TaskKind
from domain.wire import Answer, ReceivedMessage

BY_PAGE = "page"
"""The channel of what customers say on their page."""

MOST_WORDS_A_DAY = 30
"""What is said on the page about one case in a day: who has a link shall not fill the desk."""

MOST_FILES_OF_A_CASE = 60
"""Files of a case from which on the page takes no more; each may have 10 MB."""

_A_DAY = timedelta(days=1)

CUSTOMER = "customer"
"""Who says it, where no address was confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWord:
    """What a customer says to one case.

    Attributes:
        id: made by the page when it was shown: said twice, it counts once.
        body: the message's own fields.
        by: the confirmed address; ``customer`` without one.
        files: what came along, kept as evidence; ``of_dispute`` keeps them with the dispute opened.
        task: what a person is to do about it, one line without personal data; empty for nothing.
        detail: what the customer wrote, for that person.
    """

    id: str
    case: str
    kind: MessageType
    body: dict[str, Any]
    by: str = CUSTOMER
    files: tuple[Filed, ...] = ()
    of_dispute: bool = False
    task: str = ""
    detail: str = ""

    @property
    def key(self) -> str:
        """Its id in the case."""
        return word_key(self.case, self.id)


def word_key(case_id: str, word_id: str) -> str:
    """Make the id of a word in its case from the id that the page gave it."""
    told = hashlib.sha256(f"{case_id}/{word_id}".encode()).hexdigest()
    return f"{BY_PAGE}/{told[:24]}"


def was_said(state: CaseState, word_id: str) -> bool:
    """Tell whether a case has heard a word already: a form that is sent twice counts once."""
    key = word_key(state.invoice.case_id, word_id)
    return any(message.key == key for message in state.messages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What would become of a word, before it is said.

    Attributes:
        agreed: the agreement that it would make, with its Plan B; None if it would make none.
        refused: whether it would not be taken; needs_approval: unless a supervisor lets it.
    """

    case: Case
    agreed: Agreement | None = None
    refused: bool = False
    needs_approval: bool = False


def weighed(state: CaseState, kind: MessageType, body: dict[str, Any]) -> Weighed:
    """Judge a word without saying it: the case as it would stand, and the Plan B (P53)."""
    ground = ReadingGround(state.calendar, state.invoice.amount.currency)
    key = f"{BY_PAGE}/weighed"
    try:
        message = read_message(kind.value, body, key=key, heard_at=state.now, ground=ground)
    except DomainError:
        return Weighed(case=state.case, refused=True)
    after = state.told(message)
    refusal = after.folded.refused.get(key)
    if refusal:
        waits = refusal.field == APPROVED_BY
        return Weighed(case=state.case, refused=True, needs_approval=waits)
    named = (one for one in agreements_of(after.case) if message.ref in keys_of(one))
    agreed = agreement_of(after.case, message) or next(named, None)
    return Weighed(case=after.case, agreed=agreed)


class CustomerWords:
    """Says to cases what customers say on their page."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def say(self, link: PageLink, words: Sequence[PageWord]) -> tuple[list[Answer], list[ToWake]]:
        """Record words with all that came along, all of them or none.

        Raises:
            CodedError: if a file cannot be kept, or too much was said or sent already.
            BusyError: if somebody held the account too long.
        """
        answers, woken = list[Answer](), list[ToWake]()
        cases = [word.case for word in words]
        with self._ledger.account(link.creditor, link.customer) as account, account.together(cases):
            for word in words:
                session = Session(account, word.case, self._clock())
                _refuse_a_flood(session, word)
                answers.append(_said(session, word))
                woken.append(to_wake(session))
        return answers, woken


def _refuse_a_flood(session: Session, word: PageWord) -> None:
    said = (one for one in session.state.messages if one.channel == BY_PAGE)
    today = [one for one in said if one.at > session.now - _A_DAY and one.key != word.key]
    if len(today) >= MOST_WORDS_A_DAY:
        raise RefusedError(f"more than {MOST_WORDS_A_DAY} words a day are not taken on the page")
    kept = session.account.evidence.of_case(word.case) if word.files else ()
    if len(kept) + len(word.files) > MOST_FILES_OF_A_CASE:
        raise RefusedError(
            f"more than {MOST_FILES_OF_A_CASE} files of a case are not taken on the page"
        )


def _said(session: Session, word: PageWord) -> Answer:
    body = {**word.body, "id": word.key, "by": word.by, "channel": BY_PAGE}
    told = ReceivedMessage(kind=word.kind.value, body=json.dumps(body), key=word.key, keyed=True)
    answer = hear(session, (told,))[word.key]
    for file in word.files:
        ref = word.key if word.of_dispute and answer.accepted else ""
        keep(session.account.evidence, session.case, replace(file, ref=ref))
    if word.task:
        session.account.tasks.add(_task(session, word))
    session.keep()
    return answer


def _task(session: Session, word: PageWord) -> Task:
    number = session.case.invoice.number
    return Task(
        key=str(TaskKey.of(TaskKind.REPLY, BY_PAGE, word.key)),
        kind=TaskKind.REPLY,
        case=session.case_id,
        title=f"{number}, {session.case.open_money} open: on the page, {word.task}",
        detail=word.detail,
        due_at=session.now,
    )


def accepted_text(text: str, by: str, link: PageLink, at: str) -> Filed:
    """Keep what a customer accepted as evidence: the exact text, the address, the instant (P50).

    Raises:
        CodedError: if it cannot be kept.
    """
    told = f"{text}\n\nAccepted on the customer's page by {by} at {at} (link {link.id})\n"
    return filed("accepted.txt", told.encode(), note="accepted on the page", by=by)
