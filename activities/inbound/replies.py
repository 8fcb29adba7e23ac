"""Applies answers of debtors: a claim for their cases, a task for a person, never money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from activities.cases.session import Session
from activities.inbound.bounces_and_receipts import settle_wishes, tell_cases
from activities.inbound.suggestions import reading_lines, suggested_acts
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.incoming import Reply, ReplyKind
from activities.ports.incoming_ports import State
from activities.ports.ports import AccountRepository
from activities.ports.types import Carried, Task
from domain.case.news import OPTED_IN, OPTED_OUT, REPLIED
from domain.evidence.model import filed
from domain.evidence.received import MOST_FILES, FileFate, ReceivedFile
from domain.ids import DeliveryRef, NewsKey
from domain.intake.reply_meaning import ReplyMeaning
from domain.intake.reply_rules import read_reply
from domain.parties.people import VOICE
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.suggestion import Act, Suggestion

_LONGEST = 4000
"""Characters of an answer that lie on the desk."""

_CAME_ALONG = "came with an answer"
_WHY_NOT: Mapping[FileFate, str] = MappingProxyType(
    {
        FileFate.EMPTY: "it is empty",
        FileFate.TOO_LARGE: "it is larger than 10 MB, or the mail than 15 MB",
        FileFate.TOO_MANY: f"only {MOST_FILES} files of one answer are",
        FileFate.UNKNOWN_KIND: "it is no PDF, picture, text or document of an office program",
        FileFate.CARD_NUMBER: "it may hold the number of a card",
    }
)
_WORDS = {"email": "e-mail", "sms": "text message", "voice": "a key in a call"}


def case_of_reply(
    account: AccountRepository, message_id: str, otherwise: str | None
) -> tuple[Carried, ...]:
    """Find the steps that an answer is about: the message's, else any case of the customer."""
    letterhead = account.inbound.letterhead(message_id) if message_id else None
    if letterhead and letterhead.carried:
        return letterhead.carried
    return (Carried(case=otherwise, step="", episode=0),) if otherwise else ()


def apply_reply(
    account: AccountRepository,
    reply: Reply,
    items: Sequence[Carried],
    now: datetime,
    point: Failpoint = no_failpoints,
) -> Sequence[str]:
    """Record an answer in every case that it is about, and make one task of it.

    What came with it is kept as evidence of each of these cases (P03).
    """
    told = [item.case for item in items if _hear(account, reply, item, REPLIED, now)]
    files = account.inbound.files_of(reply.key)
    for case in dict.fromkeys(item.case for item in items):
        _keep(account, case, files)
    if items:
        account.tasks.add(_task(Session(account, items[0].case, now), reply, len(items), files))
    point("processor_applied")
    account.inbound.settle_reply(reply.key, State.APPLIED, items[0].case if len(items) == 1 else "")
    point("processor_settled")
    return tuple(dict.fromkeys(told))


def heed(
    account: AccountRepository,
    reply: Reply,
    items: Sequence[Carried],
    now: datetime,
    *,
    settle: bool,
) -> Sequence[str]:
    """Apply a wish about a channel; it is settled with the last account that it concerns."""
    settle_wishes(account, reply.channel)
    reason = OPTED_OUT if reply.sort is ReplyKind.STOP else OPTED_IN
    told = [item.case for item in items if _hear(account, reply, item, reason, now)]
    if settle:
        account.inbound.settle_reply(reply.key, State.APPLIED)
    return tuple(dict.fromkeys(told))


def unrouted(reply: Reply) -> Task:
    """Make the task about an answer that names none of our messages."""
    way = _WORDS.get(reply.channel, reply.channel)
    return Task(
        key=str(TaskKey.of(TaskTopic.UNROUTED, reply.channel, reply.at.date())),
        kind=TaskKind.REPLY,
        case="",
        title=f"answers by {way} that name none of our messages: look whose they are",
        due_at=reply.at,
        suggestions=(Suggestion(act=Act.READ_REPLIES),),
    )


def _hear(
    account: AccountRepository, reply: Reply, item: Carried, reason: str, now: datetime
) -> bool:
    session = Session(account, item.case, now)
    key = str(NewsKey(reply.key, reply.channel, reason))
    ref = str(DeliveryRef(reply.channel, item.step))
    if not tell_cases(session, key, reason, ref, min(reply.at, now)):
        return False
    session.keep()
    return True


def _keep(account: AccountRepository, case: str, files: Sequence[ReceivedFile]) -> None:
    for file in files:
        if file.body:
            account.evidence.keep(case, filed(file.name, file.body, note=_CAME_ALONG))


def _listed(files: Sequence[ReceivedFile]) -> Iterator[str]:
    """What came along, kept or not, for a person who has to look."""
    for file in files:
        kept = file.fate is FileFate.KEPT
        fate = "kept as evidence" if kept else f"not kept: {_WHY_NOT[file.fate]}"
        yield f"attached: {file.name}, {file.size} bytes, {fate}"


def _task(session: Session, reply: Reply, many: int, files: Sequence[ReceivedFile]) -> Task:
    invoice, way = session.case.invoice, _WORDS.get(reply.channel, reply.channel)
    others = f" (and {many - 1} more invoices)" if many > 1 else ""
    found = _read(session, reply)
    said = reply.said[:_LONGEST] or "(no words)"
    return Task(
        key=str(TaskKey.of(TaskKind.REPLY, reply.key)),
        kind=TaskKind.REPLY,
        case=invoice.case_id,
        title=f"{invoice.number}, {session.case.open_money} open{others}: an answer by {way}",
        detail="\n".join([said, *_listed(files), "", *reading_lines(found, "Amicable")]),
        due_at=session.now,
        suggestions=suggested_acts(invoice.case_id, reply.channel, found),
    )


def _read(session: Session, reply: Reply) -> tuple[ReplyMeaning, ...]:
    """Read the answer by rules, as of the day on which it came to the customer's own calendar."""
    debtor, currency = session.file.debtor, session.case.invoice.amount.currency
    language = "en" if reply.channel == VOICE else debtor.language  # keys are kept in our words
    today = session.calendar.local_date(reply.at)
    return read_reply(reply.said, language, currency, today)
