"""Heeds what a person changed of a letter: for the letter it was made for, and for no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from activities.ports.letter_data import Letter
from activities.ports.letters.changes import ChangeEnding
from activities.ports.ports import AccountRepository
from activities.ports.types import LONGEST_TITLE, Envelope, Outbound, Receipt, Sent, Task
from activities.sending.bundle import Bundle
from activities.sending.letter_parts import letter_ground
from activities.sending.letters import letter_items
from domain.contact.letter_changes import (
    ChangeEnd,
    ChangeLapse,
    KeptChange,
    PassagePlace,
    why_lapsed,
)
from domain.contact.routes import ContactRoute
from domain.ids import CaseId
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

LAPSED_WORDS = {
    ChangeLapse.STEP: "another letter leaves",
    ChangeLapse.INVOICES: "it speaks of other invoices",
    ChangeLapse.SUM: "it asks for another sum",
    ChangeLapse.NEWS: "something was said or paid since",
    ChangeLapse.LANGUAGE: "it is in another language",
    ChangeLapse.CHANNEL: "it goes another way",
    ChangeLapse.RECIPIENT: "that address is not used any more",
    ChangeLapse.PLACE: "it takes no words of one's own",
}
"""Why a letter leaves without what was changed of it."""


@dataclass(frozen=True, slots=True)
class LeavingLetter:
    """A letter in its envelope, and what was changed of it; None if nothing was.

    Attributes:
        letter: what is kept of it.
    """

    envelope: Envelope
    letter: Letter
    kept: KeptChange | None

    def keep(self, account: AccountRepository, outbound: Outbound, receipt: Receipt) -> None:
        """Keep the letter that left, and end what was changed of it, once a provider has it."""
        if receipt.sent is not Sent.ACCEPTED:
            return
        account.letters.keep(outbound.id, outbound.attempt, self.letter)
        if self.kept:
            used = ChangeEnding(end=ChangeEnd.USED, message=outbound.id)
            account.changes.end(self.kept.id, used)


def change_for(
    bundle: Bundle, way: ContactRoute, open_to: Callable[[], Iterable[ContactRoute]]
) -> KeptChange | None:
    """Find the change that counts for a message; those that count no longer end, visibly.

    ``open_to`` lists the routes that the message may take.
    """
    found = None
    for kept, lapse in _judged(bundle, way.channel):
        wanted = (way.channel, kept.change.recipient)
        unreached = kept.change.recipient and wanted not in {one.as_used for one in open_to()}
        why = lapse or (ChangeLapse.RECIPIENT if unreached else None)
        if why:
            lapse_change(bundle, kept, why)
        else:
            found = kept
    return found


def still_changed(bundle: Bundle, outbound: Outbound) -> tuple[bool, KeptChange | None]:
    """Look last: whether the message may go as it is, and what was changed of its letter."""
    found = None
    for kept, lapse in _judged(bundle, outbound.channel):
        if lapse:
            lapse_change(bundle, kept, lapse)
            return False, None
        found = kept
    return True, found


def takes_change(bundle: Bundle, kept: KeptChange | None, letter: Letter) -> bool:
    """Tell whether a letter took the words that were put into it; else they end."""
    if kept is None or not kept.change.passage:
        return True
    lost = letter.place is PassagePlace.NOWHERE
    if lost or (kept.change.instead and letter.place is not PassagePlace.INSTEAD):
        lapse_change(bundle, kept, ChangeLapse.PLACE)
        return False
    return True


def may_have_left_with(bundle: Bundle, outbound: Outbound) -> None:
    """End the change of a message that was found to have left."""
    account, carried = bundle.mine.account, (item.carried for item in bundle.items)
    steps = {(one.case, one.step, one.episode) for one in carried}
    for kept in account.changes.waiting([case for case, _, _ in steps]):
        if {(one.case, one.step, one.episode) for one in kept.ground.parts} == steps:
            ending = ChangeEnding(end=ChangeEnd.USED, message=outbound.id)
            account.changes.end(kept.id, ending)


def lapse_change(bundle: Bundle, kept: KeptChange, why: ChangeLapse) -> None:
    """End a change that counts no longer, and tell a person so."""
    account = bundle.mine.account
    account.changes.end(kept.id, ChangeEnding(end=ChangeEnd.LAPSED, why=why))
    number = CaseId.parse(kept.case).number
    title = f"{number}: the letter leaves without what {kept.by} changed: {LAPSED_WORDS[why]}"
    account.tasks.add(
        Task(
            key=str(TaskKey.of(TaskTopic.CHANGED_LETTER, kept.id)),
            kind=TaskKind.QUESTION,
            case=kept.case,
            title=title[:LONGEST_TITLE],
            due_at=bundle.mine.now,
        )
    )


def _judged(bundle: Bundle, channel: str) -> list[tuple[KeptChange, ChangeLapse | None]]:
    """The changes that wait for a message's invoices, each with why it counts no longer."""
    cases = [item.session.case_id for item in bundle.items]
    waiting = bundle.mine.account.changes.waiting(cases)
    if not waiting:
        return []
    now = letter_ground(letter_items(bundle), channel)
    return [(kept, why_lapsed(kept.ground, now)) for kept in waiting]
