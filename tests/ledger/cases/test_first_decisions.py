"""Many new cases are decided together as each would be alone, and never over anybody's head."""

from datetime import timedelta

from sqlalchemy import Engine

from activities.cases.session import Session
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch.first_decisions import newcomers
from adapters.ledger.cases import holds
from adapters.ledger.queries import reads
from domain.message_types import ActionType
from domain.policy.policy_file import standard_policy
from domain.wire import Decision
from tests.ledger import factories

POLICY = standard_policy()


def _together(engine: Engine, creditor: str, cases: list[str]) -> dict[str, Decision]:
    with newcomers(engine, creditor, cases) as accounts:
        return {
            case: Session(account, case, factories.NOON).decide()
            for case, account in accounts.items()
        }


def _alone(ledger: SqlLedger, creditor: str, customer: str, case: str) -> Decision:
    with ledger.account(creditor, customer) as account:
        return Session(account, case, factories.NOON).decide()


def _paid_late(ledger: SqlLedger, creditor: str, customer: str) -> None:
    """The customer's older invoice was settled twenty days late."""
    early = factories.NOON - timedelta(days=5)
    old = factories.invoice(
        creditor, "OLD", customer=customer, due=factories.NOON.date() - timedelta(days=25)
    )
    case = factories.opened(ledger, old)
    with ledger.account(creditor, customer) as account:
        account.messages.add(case, factories.paid(at=early), "applied", "")
        factories.save(account, case)


def test_new_cases_are_decided_together_as_each_would_be_alone(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """Also the class that a customer's history makes counts: C-2 is a late payer."""
    _paid_late(ledger, creditor, "C-2")
    due = factories.NOON.date() + timedelta(days=20)
    for number in ("A", "B"):
        for customer in ("C-1", "C-2"):
            invoice = factories.invoice(creditor, f"{customer}{number}", customer=customer, due=due)
            factories.opened(ledger, invoice, POLICY)
    together = [f"invoice/{creditor}/C-1A", f"invoice/{creditor}/C-2A"]
    found = _together(engine, creditor, together)

    for customer in ("C-1", "C-2"):
        case = f"invoice/{creditor}/{customer}A"
        alone = _alone(ledger, creditor, customer, f"invoice/{creditor}/{customer}B")
        row, twin = reads.case_row(engine, case), reads.case_row(engine, case[:-1] + "B")
        assert row is not None
        assert twin is not None
        assert (found[case].step, found[case].at, found[case].number) == (alone.step, alone.at, 1)
        assert (row.next_step, row.next_at, row.stage) == (twin.next_step, twin.next_at, twin.stage)


def test_a_case_that_was_touched_meanwhile_is_left_to_be_read_by_itself(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    told = factories.opened(ledger, factories.invoice(creditor, "TOLD"))
    done = factories.opened(ledger, factories.invoice(creditor, "DONE"))
    known = factories.opened(ledger, factories.invoice(creditor, "KNOWN"))
    with ledger.account(creditor, "C-1") as account:
        account.messages.add(told, factories.paid(), "new", "")
        account.cases.add_deed(done, factories.deed())
        factories.save(account, known)

    assert set(_together(engine, creditor, [case, told, done, known])) == {case}
    assert _together(engine, creditor, [case]) == {}, "it has its decision now"


def test_what_is_held_goes_out_later(engine: Engine, creditor: str, case: str) -> None:
    holds.set_hold(engine, creditor, on=True)
    decision = _together(engine, creditor, [case])[case]
    assert decision.do == ActionType.REMIND
    assert decision.at is not None
    assert decision.at >= factories.NOON + timedelta(minutes=15)
