"""Handles how a message ended: accepted, refused, put off, lost, or never written."""

from __future__ import annotations

from datetime import datetime, timedelta

from activities.ports.back_off import A_PERSON_MENDS, deferred
from activities.ports.types import (
    LONGEST_TITLE,
    LetterError,
    Outbound,
    OutboundState,
    Receipt,
    Sent,
    Task,
)
from activities.sending.bundle import Bundle
from domain.decision.answering.account_statements import is_account_statement
from domain.decision.rules_thanks import THANKS
from domain.deed import AGAIN
from domain.ladder.step_words import step_in_words
from domain.message_types import Result
from domain.parties.people import as_bad
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.wire import Decision


def accepted(bundle: Bundle, outbound: Outbound, receipt: Receipt) -> Decision:
    """Record that the provider has it: it counts, and a deadline in it runs from now."""
    bundle.mine.account.outbound.land(outbound, OutboundState.ACCEPTED, receipt)
    bundle.record(Result.ACCEPTED, outbound)
    return bundle.mine.decide()


def _rejected(bundle: Bundle, outbound: Outbound, receipt: Receipt) -> None:
    """The contact point is bad or unwanted: remember it and try the next way (P14)."""
    account = bundle.mine.account
    if receipt.bad_point or receipt.opted_out:
        account.customer.mark_point(
            bundle.mine.file.debtor.id,
            as_bad(outbound.channel, outbound.recipient),
            bad=receipt.bad_point,
            opted_out=outbound.channel if receipt.opted_out else "",
        )
    if receipt.channel_down:
        account.tasks.add(_task(bundle, TaskTopic.CHANNEL, outbound, receipt.detail))
    account.outbound.turn_down(outbound, receipt)


def _not_sent(bundle: Bundle, outbound: Outbound, receipt: Receipt) -> Decision:
    if receipt.channel_down:
        bundle.mine.account.tasks.add(_down(bundle, outbound, receipt.detail))
    return _put_off(bundle, outbound, receipt, deferred(outbound.attempt, receipt.retry_after))


def not_written(bundle: Bundle, outbound: Outbound, error: LetterError) -> Decision:
    """Put off a message that cannot be worded, until a person has mended the text.

    No provider is hurried by it, so the case alone waits: any news of it, a nudge too, tries again.
    """
    mine = bundle.mine
    mine.account.tasks.add(_task(bundle, TaskTopic.LETTER, outbound, str(error)))
    mine.account.outbound.land(outbound, OutboundState.NEW, None)
    until = mine.now + A_PERSON_MENDS
    return mine.decide(not_before=until) if bundle.has_mine else mine.decide()


def failed_there(receipt: Receipt) -> bool:
    """Tell whether the provider failed: no answer, a fault of its own, or an account that is down.

    A provider that is busy and says until when works, and so does one that refuses an address.
    """
    lost = receipt.sent in {Sent.UNKNOWN, Sent.NOT_SENT}
    return lost and receipt.retry_after is None


def waits_for_provider(bundle: Bundle, outbound: Outbound, until: datetime) -> Decision:
    """Let a message wait that was about to go out while its provider fails: it was not tried."""
    mine = bundle.mine
    mine.account.outbound.land(outbound, OutboundState.NEW, None, until)
    return mine.decide(not_before=until) if bundle.has_mine else mine.decide()


def _put_off(bundle: Bundle, outbound: Outbound, receipt: Receipt, wait: timedelta) -> Decision:
    """It waits for every case that it speaks of: none of them may hurry a busy provider."""
    mine = bundle.mine
    until = mine.now + wait
    mine.account.outbound.land(outbound, OutboundState.NEW, receipt, until)
    return mine.decide(not_before=until) if bundle.has_mine else mine.decide()


LANDED = {Sent.ACCEPTED: accepted, Sent.REJECTED: _rejected, Sent.NOT_SENT: _not_sent}
"""What follows from each answer of a provider; a rejection leaves the next channel to try."""


def close_unknown(bundle: Bundle, outbound: Outbound) -> Decision:
    """Count a message without evidence as sent, because twice is an insult; tell a person."""
    bundle.mine.account.outbound.land(outbound, OutboundState.UNKNOWN_CLOSED, None)
    bundle.record(Result.UNKNOWN_CLOSED, outbound)
    bundle.mine.account.tasks.add(
        _task(bundle, TaskKind.UNKNOWN, outbound, "no proof that it arrived")
    )
    return bundle.mine.decide()


def nobody_reached(bundle: Bundle, outbound: Outbound | None) -> Decision:
    """Ask a person for another way to the customer when no channel is left (P14)."""
    account = bundle.mine.account
    if outbound:
        ended = {item.carried for item in bundle.items}
        account.outbound.set_aside(
            outbound, [step for step in account.outbound.carried(outbound) if step not in ended]
        )
        account.outbound.land(outbound, OutboundState.REJECTED, None)
    step = bundle.items[0].action.step
    # Nobody has to be found for a courtesy; what came back is asked about by the rules.
    courtesy = step == THANKS or is_account_statement(bundle.items[0].action)
    if not courtesy and AGAIN not in step:
        missed = f"the {step_in_words(step)} reached nobody"
        account.tasks.add(_task(bundle, TaskTopic.CONTACT, outbound, missed))
    bundle.record_unheard()
    return bundle.mine.decide()


def _down(bundle: Bundle, outbound: Outbound, detail: str) -> Task:
    """A wrong key stops a thousand messages: people are told once a day, not a thousand times."""
    about, mine = bundle.items[0].session, bundle.mine
    creditor, channel = mine.account.id[0], outbound.channel
    return Task(
        key=str(TaskKey.of(TaskTopic.CHANNEL, creditor, channel, mine.now.date())),
        kind=TaskKind.QUESTION,
        case=about.case_id,
        title=f"{channel} is down, and what should go out by it waits: {detail}"[:LONGEST_TITLE],
        due_at=mine.now,
    )


def _task(
    bundle: Bundle, topic: TaskTopic | TaskKind, outbound: Outbound | None, title: str
) -> Task:
    about = bundle.items[0].session
    which = outbound.id if outbound else f"{about.case_id}/{about.case.episode}"
    more = len(bundle.items) - 1
    others = f" (and {more} more invoices)" if more else ""
    name = f"{about.case.invoice.number}, {about.case.open_money} open{others}"
    return Task(
        key=str(TaskKey.of(topic, which)),
        kind=topic if isinstance(topic, TaskKind) else TaskKind.QUESTION,
        case=about.case_id,
        title=f"{name}: {title}"[:LONGEST_TITLE],
        due_at=about.now,
    )
