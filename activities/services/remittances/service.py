"""Reads remittance advices in answers, and records that a customer says to have paid."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.cases.waking import ToWake, to_wake
from activities.ports.bank.store import BankStore
from activities.ports.clock import Clock
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.stores.replies import AnswerRow, ReplyStore
from activities.services.remittances.texts import FileTexts
from domain.answer_codes import AnswerCode
from domain.bank.open_items import KeptAdvice, OpenItem
from domain.bank.remittance import AdviceLine, ReadAdvice, claim_key, read_advice
from domain.calls.results import CallResult
from domain.errors import CodedError, InvalidError, RefusedError
from domain.evidence.model import filed
from domain.message_types import MessageType
from domain.parties.people import EMAIL
from domain.parties.tasks import TaskKey, TaskKind
from domain.wire import ReceivedMessage

_CLAIMED = "recorded as said to be paid"
_ONE_QUESTION = "asked once for all invoices of the remittance advice"
_CAME_WITH = "the remittance advice that lists it"


class AdviceChangedError(CodedError):
    """The advice says something else than what was looked at, or what is owed has changed."""

    code = AnswerCode.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAdvice:
    """An advice as it was read, with the mark of what was looked at."""

    advice: ReadAdvice

    @property
    def seen(self) -> str:
        """A mark of its lines: what is confirmed is what was shown."""
        told = [(line.case, line.paid.minor, line.open.minor) for line in self.advice.lines]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]


class RemittanceService:
    """Reads what answers list as paid; money is believed when the bank reports it."""

    def __init__(
        self,
        replies: ReplyStore,
        bank: BankStore,
        ledger: Ledger,
        text_of: Callable[[bytes], str],
        clock: Clock,
    ) -> None:
        """Take in what reads and keeps; ``text_of`` reads the text of a file."""
        self._replies = replies
        self._bank = bank
        self._ledger = ledger
        self._texts_of_files = FileTexts(replies.content, text_of)
        self._clock = clock

    def read(self, answer: AnswerRow) -> FoundAdvice | None:
        """Read the advice in an answer or its files; None if none lists open invoices with sums."""
        return self.read_many(answer.creditor, [answer]).get(answer.key)

    def read_many(self, creditor: str, answers: Sequence[AnswerRow]) -> dict[str, FoundAdvice]:
        """Read the advices in answers to a creditor, by the answer's key; most list nothing."""
        whose = {one.customer for one in answers if one.customer}
        by_customer = defaultdict[str, list[OpenItem]](list)
        for item in self._bank.items_of(creditor, sorted(whose)) if creditor and whose else ():
            by_customer[item.customer].append(item)
        found = {
            one.key: read_advice(self._texts(one), by_customer[one.customer])
            for one in answers
            if one.customer in by_customer
        }
        return {key: FoundAdvice(advice=advice) for key, advice in found.items() if advice}

    def record(
        self, answer: AnswerRow, *, seen: str, by: str, cases: Collection[str] = ()
    ) -> tuple[tuple[ToWake, ...], ReadAdvice]:
        """Record that the customer says to have paid the lines of an advice, all or some of them.

        Nothing is paid by it: the ladder waits as for any such claim, one question lies on the
        desk, and money of that sum in the bank is compared with the advice.

        Raises:
            RefusedError: if there is no such advice.
            AdviceChangedError: if it is another one than was looked at.
        """
        found = self.read(answer)
        if found is None:
            raise RefusedError("this answer lists no open invoice with a sum")
        if found.seen != seen:
            raise AdviceChangedError("it is another advice now; look at it once more")
        lines = tuple(one for one in found.advice.lines if not cases or one.case in cases)
        if not lines:
            raise InvalidError("choose at least one invoice that it lists", field="invoices")
        chosen = replace(found.advice, lines=lines)
        kept = _kept(answer, chosen)
        with self._ledger.account(answer.creditor, answer.customer) as account:
            with account.together([line.case for line in lines]):
                woken = tuple(self._claim(account, kept.id, line, by) for line in lines)
            _ask_once(account, kept)
            self._keep_files(account, answer, lines)
            account.tasks.finish(str(TaskKey.of(TaskKind.REPLY, answer.key)), _CLAIMED)
        self._bank.keep_advice(answer.creditor, kept, by)
        return woken, chosen

    def _texts(self, answer: AnswerRow) -> Iterator[str]:
        """The mail, and what can be read of its files."""
        yield answer.said
        for file in answer.files:
            yield self._texts_of_files.text(answer.key, file)

    def _claim(self, account: AccountRepository, advice: str, line: AdviceLine, by: str) -> ToWake:
        session, key = Session(account, line.case, self._clock()), claim_key(advice)
        body = {
            "id": key,
            "reason": CallResult.PAID_CLAIM.value,
            "channel": EMAIL,
            "amount": line.paid.plain,
            "by": by,
        }
        told = ReceivedMessage(
            kind=MessageType.CALL_RESULT.value, body=json.dumps(body), key=key, keyed=True
        )
        answer = hear(session, (told,))[key]
        if not answer.accepted:
            raise RefusedError(f"{line.number}: {answer.text}")
        session.keep()
        return to_wake(session)

    def _keep_files(
        self, account: AccountRepository, answer: AnswerRow, lines: tuple[AdviceLine, ...]
    ) -> None:
        """Keep what came along with each invoice that it lists."""
        for file in answer.files:
            body = self._replies.content(answer.key, file.sha256)
            for line in lines if body else ():
                account.evidence.keep(line.case, filed(file.name, body or b"", note=_CAME_WITH))


def _kept(answer: AnswerRow, advice: ReadAdvice) -> KeptAdvice:
    """The advice as the bank's money is compared with it; one answer makes one."""
    return KeptAdvice(
        id=hashlib.sha256(answer.key.encode()).hexdigest()[:24],
        customer=answer.customer,
        total=advice.total,
        parts=tuple((line.case, line.paid.minor) for line in advice.lines),
    )


def _ask_once(account: AccountRepository, advice: KeptAdvice) -> None:
    """Make one question of what was asked for each invoice."""
    first, *others = (case for case, _ in advice.parts)
    key = claim_key(advice.id)
    for case in others:
        account.tasks.finish(str(TaskKey.of(TaskKind.QUESTION, case, key)), _ONE_QUESTION)
    wanted = str(TaskKey.of(TaskKind.QUESTION, first, key))
    mine = account.tasks.about(first, (TaskKind.QUESTION,))
    task = next((one for one in mine if one.key == wanted), None)
    if task and others:
        more = f"{task.title} ({advice.total} for {len(advice.parts)} invoices)"
        account.tasks.change(replace(task, also=tuple(others), title=more))
