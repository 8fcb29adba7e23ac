"""Customers and creditors are kept apart: nobody ever reads a word about anybody else."""

import itertools
import logging
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from activities.case_service import CaseService
from activities.sending.protocol import Sender
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers.people import upsert_creditor, upsert_debtor
from adapters.letters.writer import LetterWriter
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from domain.policy.policy_file import standard_policy
from domain.wire import CaseActivityInput, Decision
from tests.activities.sending_harness import NINE
from tests.fakes import FakeChannel

_houses = itertools.count(1)
DUE = date(2026, 2, 27)


@dataclass(frozen=True)
class Somebody:
    """One customer of one creditor; every word about them holds their canary."""

    creditor: str
    customer: str

    @property
    def canary(self) -> str:
        """What may stand in no other customer's message."""
        return f"{self.creditor}x{self.customer}"

    @property
    def invoices(self) -> list[Invoice]:
        """Two that fall due on the same day."""
        return [
            Invoice(
                creditor=self.creditor,
                number=f"{self.canary}n{number}",
                customer=self.customer,
                issued=DUE - timedelta(days=14),
                due=DUE,
                amount=Money(100_00 + number, "EUR"),
                opened_at=NINE - timedelta(minutes=30),
            )
            for number in (1, 2)
        ]


class Town:
    """Two creditors that both have customers of the same ids."""

    def __init__(self, engine: Engine) -> None:
        which = next(_houses)
        self.engine, self.ledger = engine, SqlLedger(engine)
        self.mail = FakeChannel("email")
        creditors = [f"voice{which}a", f"voice{which}b"]
        self.people = [Somebody(c, name) for c in creditors for name in ("ann", "bob")]
        for creditor in creditors:
            upsert_creditor(
                engine, Creditor(id=creditor, name=f"{creditor}xfirm", email="f@f.example")
            )
        for one in self.people:
            self._move_in(one)

    def _move_in(self, one: Somebody) -> None:
        mail = f"{one.canary}@example.org"
        debtor = Debtor(id=one.customer, name=f"{one.canary} Ltd", email=mail, zone="Europe/Berlin")
        upsert_debtor(self.engine, one.creditor, debtor)
        desk = CaseService(self.ledger, lambda: NINE - timedelta(minutes=30))
        for invoice in one.invoices:
            desk.open(invoice, standard_policy())

    def remind_all(self) -> Iterator[Decision]:
        """Every case comes at its own time."""
        sender = Sender(self.ledger, {"email": self.mail}, LetterWriter())
        for one in self.people:
            for invoice in one.invoices:
                turn = CaseActivityInput(case=invoice.case_id, do="remind", step="polite", at=NINE)
                yield sender.send(turn, lambda: NINE)


def test_no_message_log_or_history_holds_a_word_about_anybody_else(
    office_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    town = Town(office_engine)
    with caplog.at_level(logging.DEBUG):
        decisions = list(town.remind_all())

    assert len(town.mail.taken) == len(town.people), "one message each, about both invoices"
    for envelope in town.mail.taken:
        words = repr(astuple(replace(envelope, look=None)))
        (mine,) = [one for one in town.people if one.canary in words]
        assert all(invoice.number in envelope.text for invoice in mine.invoices)
        assert "EUR 200.03" in envelope.text
        others = {c for one in town.people if (c := one.creditor) != mine.creditor}
        assert not any(f"{creditor}xfirm" in words for creditor in others)
    names = [f"{one.canary} Ltd" for one in town.people]
    names += [f"{one.canary}@" for one in town.people]
    assert not any(name in repr(decisions) or name in caplog.text for name in names)


def test_a_message_carries_cases_of_one_account_only(office_engine: Engine) -> None:
    """The same, asked of the ledger: every item is a case of its message's own account."""
    list(Town(office_engine).remind_all())
    strangers = text(
        "SELECT count(*) FROM outbound_item i JOIN outbound_message m ON m.id = i.message_id "
        "JOIN case_file c ON c.case_id = i.case_id "
        "WHERE (c.creditor, c.customer) <> (m.creditor, m.customer)"
    )
    with office_engine.connect() as link:
        assert link.execute(strangers).scalar_one() == 0
