"""Credit on a real ledger: one change, one task, one announcement, over all invoices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import Engine, event, text

from activities.cases.crediting import move_by_hand
from activities.cases.session import Session
from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import credit
from adapters.ledger.tasks import desk
from domain.credit.model import Credit
from domain.message_types import ActionType, MessageType
from domain.policy.model import CreditRules
from tests.ledger import factories

HOUR = timedelta(hours=1)


def done(ledger: SqlLedger, case: str, do: ActionType, step: str, hours: int = 0) -> None:
    """A deed about credit, as the desk records it."""
    at = factories.NOON + hours * HOUR
    with ledger.account_of(case) as account:
        session = Session(account, case, at)
        session.act(factories.deed(step, do, at))
        session.decide()


def held(ledger: SqlLedger, case: str, hours: int = 0) -> None:
    done(ledger, case, ActionType.HOLD_CREDIT, "credit-hold", hours)


def paid(ledger: SqlLedger, case: str, hours: int) -> None:
    """The money comes, and what follows from it is done."""
    at = factories.NOON + hours * HOUR
    with ledger.account_of(case) as account:
        session = Session(account, case, at)
        session.add(factories.paid(f"P-{hours}", at=at))
        while (action := session.state.next_action).do is ActionType.RELEASE_CREDIT:
            session.record(action)
        session.decide()


def status(engine: Engine, creditor: str) -> Credit:
    return credit.credit_page(engine, creditor, "C-1").credit


def changes(engine: Engine, creditor: str) -> list[tuple[str, str]]:
    found = credit.credit_page(engine, creditor, "C-1").changes
    return [(one.before.value, one.after.value) for one in reversed(found)]


def announced(engine: Engine, creditor: str) -> list[str]:
    query = text(
        "SELECT data->>'after' FROM happening WHERE creditor = :creditor "
        "AND kind = 'credit.changed' ORDER BY recorded_at"
    )
    with engine.connect() as link:
        return [row[0] for row in link.execute(query, {"creditor": creditor})]


def tasks(engine: Engine, creditor: str) -> list[str]:
    found = desk.find_tasks(engine, TaskFilter(kind="credit", limit=1000))
    mine = f"credit/{creditor}/"
    return [row.task.title for row in found if row.task.key.startswith(mine)]


def two(ledger: SqlLedger, creditor: str) -> tuple[str, str]:
    first, second = (factories.invoice(creditor, number) for number in ("R-1", "R-2"))
    return factories.opened(ledger, first), factories.opened(ledger, second)


def test_credit_is_held_once_and_free_when_no_invoice_holds_it_any_more(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    """P60: two invoices hold; the second adds nothing; the last one frees."""
    one, other = two(ledger, creditor)
    held(ledger, one)
    held(ledger, other, 1)
    assert tasks(engine, creditor) == [
        "customer C-1: credit is held: no new deliveries until the account is put right"
    ]

    paid(ledger, one, 2)
    assert status(engine, creditor) is Credit.HELD

    paid(ledger, other, 3)
    assert status(engine, creditor) is Credit.OK
    assert changes(engine, creditor) == [("ok", "held"), ("held", "ok")]
    assert announced(engine, creditor) == ["held", "ok"]
    assert tasks(engine, creditor) == ["customer C-1: credit is free again"]


def test_a_broken_promise_is_cash_only_until_all_is_paid(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    """P54: also the invoice that never held anything."""
    one, other = two(ledger, creditor)
    held(ledger, other)
    done(ledger, one, ActionType.REMIND, "promise-broken-1", 1)
    done(ledger, one, ActionType.HOLD_CREDIT, "cash-only", 1)
    assert status(engine, creditor) is Credit.CASH_ONLY

    third = factories.opened(ledger, factories.invoice(creditor, "R-3"))
    paid(ledger, one, 2)
    paid(ledger, other, 3)
    assert status(engine, creditor) is Credit.CASH_ONLY

    paid(ledger, third, 4)
    assert status(engine, creditor) is Credit.OK
    assert announced(engine, creditor) == ["held", "cash_only", "ok"]


def test_a_promise_broken_while_credit_is_held_makes_it_cash_only(
    engine: Engine, ledger: SqlLedger, creditor: str, case: str
) -> None:
    """P54: the case holds already, so no second hold is wanted of it."""
    held(ledger, case)
    done(ledger, case, ActionType.REMIND, "promise-broken-1", 1)

    assert status(engine, creditor) is Credit.CASH_ONLY


def test_what_a_person_released_is_held_again_by_the_next_deed_only(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    one, other = two(ledger, creditor)
    held(ledger, one)
    with ledger.account(creditor, "C-1") as account:
        move_by_hand(account, Credit.OK, "they paid by cheque", "ann", factories.NOON + HOUR)
    with ledger.account_of(one) as account:
        Session(account, one, factories.NOON + 2 * HOUR).decide()
    assert status(engine, creditor) is Credit.OK

    held(ledger, other, 3)
    assert status(engine, creditor) is Credit.HELD
    assert announced(engine, creditor) == ["held", "ok", "held"]


def test_what_a_person_holds_stays_until_a_person_releases_it(
    engine: Engine, ledger: SqlLedger, creditor: str, case: str
) -> None:
    with ledger.account(creditor, "C-1") as account:
        move_by_hand(account, Credit.HELD, "rumours", "ann", factories.NOON)
    held(ledger, case, 1)
    paid(ledger, case, 2)
    assert status(engine, creditor) is Credit.HELD

    with ledger.account(creditor, "C-1") as account:
        move_by_hand(account, Credit.OK, "all is well", "ann", factories.NOON + 3 * HOUR)
    assert status(engine, creditor) is Credit.OK
    assert announced(engine, creditor) == ["held", "ok"]


def test_a_small_rest_does_not_keep_cash_only_alive(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    """The tolerance is 0.50: 0.49 is not owed any more, 0.50 is."""
    one, other = two(ledger, creditor)
    done(ledger, one, ActionType.HOLD_CREDIT, "cash-only")
    paid(ledger, one, 1)
    for minor, wanted in ((11850, Credit.CASH_ONLY), (1, Credit.OK)):
        with ledger.account_of(other) as account:
            session = Session(account, other, factories.NOON + 5 * HOUR)
            session.add(factories.paid(f"part-{minor}", minor, factories.NOON + 4 * HOUR))
            session.decide()
        assert status(engine, creditor) is wanted


def test_a_withdrawn_invoice_is_not_owed(engine: Engine, ledger: SqlLedger, creditor: str) -> None:
    one, other = two(ledger, creditor)
    done(ledger, one, ActionType.HOLD_CREDIT, "cash-only")
    paid(ledger, one, 1)
    with ledger.account_of(other) as account:
        session = Session(account, other, factories.NOON + 2 * HOUR)
        session.add(
            replace(factories.said("W", MessageType.WITHDRAWN), at=factories.NOON + 2 * HOUR)
        )
        session.decide()

    assert status(engine, creditor) is Credit.OK


def test_the_terms_are_those_of_the_policy_that_held(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    strict = replace(factories.POLICY, credit=CreditRules(exempt=()))
    case = factories.opened(ledger, factories.invoice(creditor), strict)
    held(ledger, case)

    assert ledger.credit_of(creditor, "C-1") == (Credit.HELD, CreditRules(exempt=()))
    assert ledger.credit_of(creditor, "nobody") == (Credit.OK, CreditRules())


def test_a_deed_asks_as_few_questions_of_a_large_account_as_of_a_small_one(
    fresh_engine: Engine, creditor: str
) -> None:
    """One hold over many invoices: the number of queries does not grow."""
    ledger = SqlLedger(fresh_engine)
    cases = [factories.opened(ledger, factories.invoice(creditor, f"R-{n}")) for n in range(60)]
    counted = [_queries(fresh_engine, partial(held, ledger, case)) for case in cases]

    assert len(set(counted[1:])) == 1
    assert announced(fresh_engine, creditor) == ["held"]


def _queries(engine: Engine, act: Callable[[], None]) -> int:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)
