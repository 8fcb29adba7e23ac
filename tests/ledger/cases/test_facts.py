"""What was said and done is kept once, word for word, and never changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from activities.ports.types import ConflictError, RecordedMessage
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.queries import reads
from domain.answer_codes import AnswerCode
from domain.case.model import Deed, Message
from domain.message_types import ActionType, MessageStatus, MessageType, Outcome, Result
from domain.money import Money
from tests.ledger import factories

PROMISE = Message(
    key="call/7",
    kind=MessageType.PROMISE,
    at=factories.NOON + timedelta(microseconds=123456),
    amount=Money(5000, "EUR"),
    day=date(2026, 3, 20),
    reason="cash-flow",
    note="„am 20., sicher“ 🙏",
    ref="call/6",
    by="eva",
)
LETTER = Deed(
    step="final",
    do=ActionType.DEMAND_LETTER,
    at=factories.NOON,
    episode=2,
    result=Result.UNKNOWN_CLOSED,
    deadline=date(2026, 3, 30),
    channel="email",
    why="nothing came",
    open=6900,
)


def test_a_message_and_a_deed_come_back_word_for_word(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        assert account.messages.add(case, PROMISE, "applied", "check on 2026-03-21") is True
        assert account.messages.add(case, factories.paid(), "new", "") is True
        assert account.cases.add_deed(case, LETTER) is True

    with ledger.account_of(case) as account:
        file = factories.file_of(account, case)
    assert file.recorded == (
        RecordedMessage(
            message=PROMISE,
            status=MessageStatus.APPLIED,
            answer="check on 2026-03-21",
            code=AnswerCode.ACCEPTED,
        ),
        RecordedMessage(message=factories.paid()),
    )
    assert file.deeds == (LETTER,)


def test_how_a_case_ended_is_kept_apart_from_the_words(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    end = replace(LETTER, do=ActionType.CLOSE, why="withdrawn: said by paid: ann")
    with ledger.account_of(case) as account:
        account.cases.add_deed(case, replace(end, outcome=Outcome.PAID))

    (kept,) = reads.deeds_of(engine, case)
    assert (kept.outcome, kept.why) == (Outcome.PAID, end.why)


def test_a_repeated_message_changes_nothing(ledger: SqlLedger, engine: Engine, case: str) -> None:
    again = replace(PROMISE, at=PROMISE.at + timedelta(hours=1), by="somebody else")
    with ledger.account_of(case) as account:
        assert account.messages.add(case, PROMISE, "new", "") is True
        assert account.messages.add(case, again, "refused", "no") is False

    assert reads.messages_of(engine, case) == (RecordedMessage(message=PROMISE),)


@pytest.mark.parametrize(
    "other",
    [
        replace(PROMISE, amount=Money(5001, "EUR")),
        replace(PROMISE, amount=Money(5000, "USD")),
        replace(PROMISE, amount=None),
        replace(PROMISE, day=date(2026, 3, 21)),
        replace(PROMISE, kind=MessageType.PAYMENT),
        replace(PROMISE, note="never"),
    ],
)
def test_the_same_key_with_other_content_is_a_conflict(
    ledger: SqlLedger, case: str, other: Message
) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, PROMISE, "new", "")
        with pytest.raises(ConflictError, match="other content"):
            account.messages.add(case, other, "new", "")
        assert factories.file_of(account, case).messages == (PROMISE,)


def test_two_cases_may_hear_the_same_key(ledger: SqlLedger, creditor: str, case: str) -> None:
    second = factories.opened(ledger, factories.invoice(creditor, "R-2"))
    with ledger.account_of(case) as account:
        assert account.messages.add(case, factories.paid(), "new", "") is True
        assert account.messages.add(second, factories.paid(minor=1), "new", "") is True


def test_a_message_may_be_judged_again(ledger: SqlLedger, engine: Engine, case: str) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, PROMISE, "new", "")
        refused = RecordedMessage(
            message=PROMISE, status=MessageStatus.REFUSED, answer="one too many"
        )
        account.messages.judge(case, replace(refused, code=AnswerCode.REFUSED_BY_POLICY))
        account.messages.judge(case, RecordedMessage(message=PROMISE, status=MessageStatus.APPLIED))

    assert [recorded.status for recorded in reads.messages_of(engine, case)] == ["applied"]


def test_what_became_of_a_message_is_kept_as_a_code(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    refused = RecordedMessage(message=PROMISE, status=MessageStatus.REFUSED, answer="one too many")
    coded = replace(refused, code=AnswerCode.REFUSED_BY_POLICY)
    with ledger.account_of(case) as account:
        account.messages.add(case, PROMISE, "new", "")
        account.messages.judge(case, coded)

    assert reads.messages_of(engine, case) == (coded,)


@pytest.mark.parametrize(
    ("status", "code"),
    [("new", None), ("applied", AnswerCode.ACCEPTED), ("refused", AnswerCode.REFUSED)],
)
def test_a_message_judged_before_there_were_codes_tells_by_its_status(
    ledger: SqlLedger, engine: Engine, case: str, status: str, code: AnswerCode | None
) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, PROMISE, status, "refused: this was accepted")

    (recorded,) = reads.messages_of(engine, case)
    assert recorded.code is code


def test_a_step_is_done_once_in_each_episode(ledger: SqlLedger, engine: Engine, case: str) -> None:
    later = factories.deed(at=factories.NOON + timedelta(days=9), do=ActionType.DEMAND_LETTER)
    with ledger.account_of(case) as account:
        assert account.cases.add_deed(case, factories.deed()) is True
        assert account.cases.add_deed(case, later) is False
        assert account.cases.add_deed(case, factories.deed(episode=2)) is True

    assert reads.deeds_of(engine, case) == (factories.deed(), factories.deed(episode=2))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE message SET amount = 1",
        "UPDATE message SET at = now(), status = 'applied'",
        "UPDATE message SET key = key || 'x'",
        "DELETE FROM message",
        "UPDATE deed SET result = 'done'",
        "DELETE FROM deed",
        "UPDATE policy SET body = '{}'",
        "DELETE FROM policy",
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment_part",
        "UPDATE outbound_attempt SET result = 'accepted'",
    ],
)
def test_facts_are_never_changed_or_removed(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, change: str
) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, PROMISE, "new", "")
        account.cases.add_deed(case, LETTER)
        part = factories.part(case)
        account.payments.add(factories.money_in(creditor), (part,))
        flown = account.outbound.take_off(case, "polite", 1, "email", "a@b.example")
        account.outbound.turn_down(flown, factories.REFUSED)

    with engine.begin() as connection, pytest.raises(DBAPIError, match=r"is a fact|only grows"):
        connection.execute(text(change))
