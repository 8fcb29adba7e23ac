"""A whole file of invoices is opened by few questions, all or nothing, and again without harm."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from activities.ports.stores.batches import CaseOpening
from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch.open_many import open_many
from adapters.ledger.customers import people
from adapters.ledger.queries import reads, watch
from domain.money import Money
from domain.parties.people import Debtor
from tests.counting import counted
from tests.ledger import factories


def _openings(creditor: str, count: int) -> list[CaseOpening]:
    invoices = (
        factories.invoice(creditor, f"R-{n}", customer=f"C-{n % 100}", amount=Money(n + 1, "EUR"))
        for n in range(count)
    )
    return [
        CaseOpening(invoice=each, policy=factories.POLICY, decision=factories.WAIT)
        for each in invoices
    ]


def test_thousands_of_invoices_are_opened_by_few_questions(engine: Engine, creditor: str) -> None:
    openings = _openings(creditor, 2466)
    debtors = [Debtor(id=f"C-{n}", name=f"Customer {n}") for n in range(100)]
    with counted(engine) as few:
        open_many(engine, creditor, openings[:100], debtors, factories.FILE)
    with counted(engine) as asked:
        first = open_many(engine, creditor, openings[100:], debtors, factories.FILE)
    assert len(asked.texts) <= 2 * len(few.texts)
    again = open_many(engine, creditor, openings, debtors, factories.FILE)

    ids = tuple(opening.invoice.case_id for opening in openings)
    assert (first.new, first.known) == (ids[100:], ())
    assert (again.new, again.known) == ((), ids)
    assert reads.case_count(engine, creditor) == 2466
    known = people.get_debtor(engine, creditor, "C-7")
    assert known is not None
    assert known.name == "Customer 7"


def test_a_case_opened_in_bulk_is_like_any_other(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    (opening,) = _openings(creditor, 1)
    open_many(engine, creditor, [opening], (), factories.FILE)

    case = opening.invoice.case_id
    assert factories.opened(ledger, opening.invoice) == case
    file = reads.file_of(engine, case)
    assert file is not None
    assert (file.invoice, file.policy) == (opening.invoice, factories.POLICY)
    assert file.decision == factories.WAIT
    assert case in watch.running(engine, after=case[:-1])


def test_one_conflict_refuses_the_whole_file(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    openings = [replace(o, decision=None) for o in _openings(creditor, 3)]
    with pytest.raises(ConflictError, match=f"{case}; nothing was opened"):
        open_many(engine, creditor, openings, (), factories.FILE)
    assert reads.case_count(engine, creditor) == 1


def test_an_empty_file_opens_nothing(engine: Engine, creditor: str) -> None:
    opened = open_many(engine, creditor, [], (), factories.FILE)
    assert (opened.new, opened.known) == ((), ())


def test_decided_and_undecided_cases_may_come_together(engine: Engine, creditor: str) -> None:
    first, second = _openings(creditor, 2)
    open_many(engine, creditor, [replace(first, decision=None), second], (), factories.FILE)

    assert first.invoice.case_id in watch.half_opened(engine, limit=10**6)
    assert second.invoice.case_id not in watch.half_opened(engine, limit=10**6)
