"""A remittance advice that a person confirmed: a claim at once, and known to the bank's money."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from activities.ports.incoming import Reply, ReplyKind
from activities.ports.stores.replies import AnswerRow
from activities.ports.stores.tasks import TaskFilter
from activities.services.remittances.service import AdviceChangedError, RemittanceService
from adapters.files.text import text_of_file
from adapters.ledger.inbound.incoming import note_reply
from adapters.ledger.queries import reads
from adapters.ledger.stores.replies import SqlReplyStore
from adapters.ledger.tasks.desk import find_tasks
from domain.bank.matching import MatchReason
from domain.errors import RefusedError
from domain.evidence.received import received_files
from domain.message_types import MessageType
from tests.ledger.bank.money_in_bank import NOW, Bank, entry

TABLE = b"number;paid\nA-1001;119,00\nA-1002;80,00\nsum;199,00\n"
PAYER = {"payer_name": "Hansen GmbH"}


@dataclass
class Inbox:
    """Answers of one customer, and who records what they list."""

    bank: Bank

    def __post_init__(self) -> None:
        engine = self.bank.engine
        self.replies = SqlReplyStore(engine)
        clock = lambda: self.bank.now  # noqa: E731 - the bank's clock stands still
        self.service = RemittanceService(
            self.replies, self.bank.store, self.bank.ledger, text_of_file, clock
        )

    def came(self, said: str = "", *files: tuple[str, bytes]) -> AnswerRow:
        """An answer of the customer."""
        key = f"mail/{self.bank.creditor}/{len(said)}"
        reply = Reply(key=key, channel="email", sort=ReplyKind.REPLY, at=NOW, said=said)
        note_reply(self.bank.engine, reply, (self.bank.creditor, "C-1"), (), received_files(files))
        found = self.replies.answer(key)
        assert found
        return found

    def confirmed(self, answer: AnswerRow) -> None:
        """A person says that it is so."""
        found = self.service.read(answer)
        assert found
        self.service.record(answer, seen=found.seen, by="ann")


@pytest.fixture
def inbox(engine: Engine, creditor: str) -> Inbox:
    return Inbox(Bank(engine, creditor))


@pytest.fixture
def two(inbox: Inbox) -> tuple[str, str]:
    """Two open invoices of one customer."""
    bank = inbox.bank
    return bank.owes("A-1001", 11900, name="Hansen GmbH"), bank.owes("A-1002", 8000)


def test_an_attached_table_becomes_a_claim_for_each_invoice_and_one_question(
    inbox: Inbox, two: tuple[str, str]
) -> None:
    bank = inbox.bank
    inbox.confirmed(inbox.came("see attached", ("advice.csv", TABLE)))
    said = [reads.file_of(bank.engine, case) for case in two]
    tasks = [row.task for row in find_tasks(bank.engine, TaskFilter(creditor=bank.creditor))]

    for file in said:
        assert file
        assert [one.message.kind for one in file.recorded] == [MessageType.CALL_RESULT]
        assert file.recorded[0].message.by == "ann"
        assert file.invoice.amount.minor == bank.open(file.invoice.case_id), "no money moves"
    (question,) = [one for one in tasks if "says that it is paid" in one.title]
    assert set(question.cases) == set(two)
    with bank.ledger.account(bank.creditor, "C-1") as account:
        assert [one.name for one in account.evidence.of_case(two[1])] == ["advice.csv"]


def test_of_several_lines_only_those_that_a_person_chose_are_claimed(
    inbox: Inbox, two: tuple[str, str]
) -> None:
    answer = inbox.came(TABLE.decode())
    found = inbox.service.read(answer)
    assert found
    inbox.service.record(answer, seen=found.seen, by="ann", cases=two[1:])
    files = [reads.file_of(inbox.bank.engine, case) for case in two]

    assert [len(file.recorded) for file in files if file] == [0, 1]


def test_money_of_its_sum_from_the_customer_settles_what_it_lists(
    inbox: Inbox, two: tuple[str, str]
) -> None:
    bank = inbox.bank
    bank.owes("A-1003", 19900)  # alone it makes the same sum
    inbox.confirmed(inbox.came(TABLE.decode()))
    taken = bank.takes(entry(19900, "thank you", **PAYER))

    assert dict(taken.posted) == {MatchReason.ADVICE: 1}
    assert [bank.open(case) for case in two] == [0, 0]


def test_money_of_its_sum_from_somebody_unknown_is_only_proposed(
    inbox: Inbox, two: tuple[str, str]
) -> None:
    bank = inbox.bank
    inbox.confirmed(inbox.came(TABLE.decode()))
    bank.takes(entry(19900, "transfer", payer_name="Somebody Else"))
    (row,) = bank.waiting()

    assert [one.reason for one in row.proposals][:1] == [MatchReason.ADVICE]
    assert row.proposals[0].cases == two


def test_a_part_is_only_proposed(inbox: Inbox, two: tuple[str, str]) -> None:
    bank = inbox.bank
    inbox.confirmed(inbox.came("A-1001 100.00\nA-1002 80.00"))
    taken = bank.takes(entry(18000, "thank you", **PAYER))

    assert not taken.posted
    assert [bank.open(case) for case in two] == [11900, 8000]


def test_a_claim_that_was_taken_back_takes_the_advice_along(
    inbox: Inbox, two: tuple[str, str]
) -> None:
    bank = inbox.bank
    inbox.confirmed(inbox.came(TABLE.decode()))
    (advice,) = bank.store.advices(bank.creditor)
    undo = {"id": "undo-1", "ref": f"remittance/{advice.id}", "by": "ann"}
    answer, _ = bank.desk.say(two[0], MessageType.TAKEN_BACK, undo)

    assert answer.accepted, answer
    assert bank.store.advices(bank.creditor) == ()


def test_confirmed_twice_it_is_one_and_another_one_is_shown_first(
    inbox: Inbox, two: tuple[str, str]
) -> None:
    answer = inbox.came(TABLE.decode())
    inbox.confirmed(answer)
    inbox.confirmed(answer)

    assert len(inbox.bank.store.advices(inbox.bank.creditor)) == 1
    with pytest.raises(AdviceChangedError):
        inbox.service.record(answer, seen="x", by="ann")
    with pytest.raises(RefusedError):
        inbox.service.record(inbox.came("hello"), seen="x", by="ann")
