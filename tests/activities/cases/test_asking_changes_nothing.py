"""Asking what ought to be done, and putting a letter into words, leave every table as it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, text

from activities.cases.session import Session
from activities.ports.types import Outbound, OutboundState
from activities.sending.bundle import Bundle, BundledCase
from activities.sending.letters import ask_about_unknown_rates, letter_for
from domain.case.model import Message
from domain.message_types import ActionType, MessageType
from tests.activities.payments.test_costs_in_letters import Charged
from tests.activities.sending_harness import Office

Ledger = dict[str, list[str]]


def every_row(engine: Engine) -> Ledger:
    """The content of all tables."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    with engine.connect() as link:
        names = link.execute(text(tables)).scalars().all()
        rows = "SELECT CAST(one AS text) FROM {} one ORDER BY 1"
        return {name: list(link.execute(text(rows.format(name))).scalars()) for name in names}


@contextmanager
def looked_at(office: Office, case: str) -> Iterator[Session]:
    """A case in a transaction that is committed, whatever was written in it."""
    with office.ledger.account_of(case) as book:
        yield Session(book, case, office.now)


def paid(office: Office) -> None:
    """All the money has come; nobody has closed the case yet."""
    office.pay()


def owed_again(office: Office) -> None:
    """A case that was closed, and whose money went back; nobody has opened it again yet."""
    office.pay()
    with looked_at(office, office.case) as session:
        session.decide()
    with looked_at(office, office.case) as session:
        back = Message(key="back", kind=MessageType.PAYMENT_REVERSED, at=office.now)
        assert session.add(back)


@pytest.mark.parametrize(
    ("before", "next_"), [(paid, ActionType.CLOSE), (owed_again, ActionType.REOPEN)]
)
def test_asking_what_comes_next_neither_closes_nor_reopens(
    office: Office, before: Callable[[Office], None], next_: ActionType
) -> None:
    before(office)
    known = every_row(office.engine)
    with looked_at(office, office.case) as session:
        assert session.state.next_action.do is next_
        assert session.wants("polite", 1) is None
        assert session.state.statement.problem == ""
    assert every_row(office.engine) == known

    with looked_at(office, office.case) as session:
        session.close_or_reopen()
    changed = every_row(office.engine)
    assert {name for name in known if known[name] != changed[name]} == {"deed", "happening"}


def test_asking_whether_a_message_is_wanted_changes_nothing(office: Office) -> None:
    known = every_row(office.engine)
    with looked_at(office, office.case) as session:
        wanted = session.wants("polite", 1)
        assert wanted is not None
    assert every_row(office.engine) == known


@pytest.mark.usefixtures("quiet_desk")
def test_a_letter_that_cannot_name_a_rate_is_rendered_without_making_a_task(
    office: Office,
) -> None:
    """P24: the question for the desk is a step of its own, of whoever sends the letter."""
    charged = Charged(office, date(2026, 6, 28))
    known = every_row(office.engine)
    with looked_at(office, charged.invoice.case_id) as session:
        bundle, outbound = _letter(session)
        assert session.state.statement_of(bundle.lead.action).problem
        assert "R-9" in letter_for(bundle, outbound, office.letters).text
    assert every_row(office.engine) == known

    with looked_at(office, charged.invoice.case_id) as session:
        ask_about_unknown_rates(_letter(session)[0])
    changed = every_row(office.engine)
    assert {name for name in known if known[name] != changed[name]} == {"task"}


def _letter(session: Session) -> tuple[Bundle, Outbound]:
    action = session.wants("polite", 1)
    assert action is not None
    outbound = Outbound(
        id="letter-1",
        state=OutboundState.NEW,
        attempt=1,
        channel="email",
        recipient=session.file.debtor.email,
    )
    return Bundle(session, (BundledCase(session, action),), session.now), outbound
