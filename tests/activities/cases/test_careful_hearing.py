"""Much that was heard at once: small transactions, and one bad message that stops no other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from activities.cases import session
from activities.cases.careful_hearing import AT_ONCE, take_in
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import BusyError
from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.account.message_repository import SqlMessages
from adapters.ledger.queries import reads
from adapters.ledger.tasks import desk
from domain.case.model import Message
from domain.wire import Answer, CaseActivityInput, ReceivedMessage
from tests.activities.sending_harness import Office


class Watched(SqlLedger):
    """A ledger that tells after each transaction whether the account is free."""

    transactions = 0

    @contextmanager
    def account_of(self, case_id: str) -> Iterator[SqlAccount]:
        """Open the account; once it is closed, somebody else gets in at once."""
        with super().account_of(case_id) as account:
            yield account
        self.transactions += 1
        with super().account_of(case_id):
            pass


def turn(office: Office, *bodies: str) -> CaseActivityInput:
    """A deed that was told so much, each under a key of its own."""
    heard = tuple(
        ReceivedMessage(kind="payment", body=body, key=f"run/{count}", keyed=False)
        for count, body in enumerate(bodies)
    )
    return CaseActivityInput(case=office.case, heard=heard)


def payments(count: int) -> list[str]:
    """So many payments of a cent."""
    return [f'{{"id": "b-{number}", "amount": "0.01"}}' for number in range(count)]


def hear(office: Office, *bodies: str, one_may_fail: bool = True) -> dict[str, Answer]:
    """Take all of it in."""
    ledger = office.ledger
    return take_in(ledger, turn(office, *bodies), office.clock, one_may_fail=one_may_fail)


@pytest.mark.parametrize(
    ("count", "transactions"), [(AT_ONCE, 1), (AT_ONCE + 1, 2), (5 * AT_ONCE, 5)]
)
def test_a_flood_is_taken_in_by_small_transactions_and_the_account_is_free_between(
    office: Office, count: int, transactions: int
) -> None:
    ledger = office.ledger = Watched(office.engine)
    answers = hear(office, *payments(count))

    assert ledger.transactions == transactions
    assert len(answers) == count
    assert all(answer.accepted for answer in answers.values())
    assert len(reads.messages_of(office.engine, office.case)) == count
    row = reads.case_row(office.engine, office.case)
    assert row
    assert row.paid.minor == count


def test_what_was_taken_in_before_a_crash_is_not_taken_in_twice(office: Office) -> None:
    hear(office, *payments(AT_ONCE + 3))
    answers = hear(office, *payments(AT_ONCE + 5))

    assert all(answer.accepted for answer in answers.values())
    assert len(reads.messages_of(office.engine, office.case)) == AT_ONCE + 5


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that breaks on the payment b-7, as PostgreSQL does on what it cannot hold."""
    keep = SqlMessages.add

    def add(messages: SqlMessages, case_id: str, message: Message, *more: str) -> bool:
        if message.key.endswith("/b-7"):
            raise UnicodeError(message.key)
        return keep(messages, case_id, message, *more)

    monkeypatch.setattr(SqlMessages, "add", add)


@pytest.mark.usefixtures("poisoned")
@pytest.mark.parametrize("count", [8, AT_ONCE, 2 * AT_ONCE])
def test_the_one_that_cannot_be_applied_is_found_and_all_others_count(
    office: Office, count: int
) -> None:
    answers = hear(office, *payments(count))

    refused = {key: answer.text for key, answer in answers.items() if not answer.accepted}
    reason = "something went wrong with it (UnicodeError); a person will look"
    assert refused == {"run/7": reason}
    assert len(reads.messages_of(office.engine, office.case)) == count - 1
    (title,) = office.tasks("refused")
    assert title == f"payment could not be applied: {reason}"


@pytest.mark.usefixtures("poisoned")
def test_at_first_it_is_only_tried_again(office: Office) -> None:
    with pytest.raises(UnicodeError):
        hear(office, *payments(8), one_may_fail=False)
    assert reads.messages_of(office.engine, office.case) == ()


def test_a_case_that_cannot_be_folded_refuses_no_message_for_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(session, "case_state", broken)
    with pytest.raises(ZeroDivisionError):
        hear(office, *payments(2))
    assert office.tasks("refused") == []


@pytest.mark.parametrize(
    "away", [BusyError("held"), OperationalError("SELECT", {}, Exception("gone"))]
)
def test_a_ledger_that_cannot_be_asked_now_refuses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, away: Exception
) -> None:
    def add(*_: object) -> bool:
        raise away

    monkeypatch.setattr(SqlMessages, "add", add)
    with pytest.raises(type(away)):
        hear(office, *payments(2))
    assert office.tasks("refused") == []


def test_a_payment_whose_id_was_used_for_other_money_is_refused_beside_the_others(
    office: Office,
) -> None:
    same = ['{"id": "b-1", "amount": "1.00"}', '{"id": "b-1", "amount": "2.00"}']
    answers = hear(office, *same, '{"id": "b-2", "amount": "3.00"}')

    assert [answer.accepted for answer in answers.values()] == [True, False, True]


def test_what_is_put_on_the_desk_is_no_longer_than_a_page(office: Office) -> None:
    (answer,) = hear(office, f'{{"{"x" * 9000}": 1}}').values()

    (row,) = desk.find_tasks(office.engine, TaskFilter(case=office.case, kind="refused"))
    assert not answer.accepted
    assert len(row.task.detail) == 4000
    assert len(row.task.title) <= 300
