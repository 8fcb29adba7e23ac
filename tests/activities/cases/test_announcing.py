"""What happens to a case is told to other systems, once, and without anybody's personal data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from activities.cases.announcing import of_agreements
from activities.cases.session import Session
from activities.ports.events import EVENT_TYPES, Endpoint
from activities.ports.stores.batches import CaseOpening
from adapters.ledger.batch.open_many import open_many
from adapters.ledger.webhooks.endpoints import backlog, put_endpoint
from domain.case.agreement_types import Plan, PlanBAgreed
from domain.case.invoice import InvoicePart
from domain.message_types import MessageType
from tests.activities.sending_harness import NINE, POLICY, Office
from tests.ledger import factories


def heard(office: Office) -> list[tuple[str, dict[str, str]]]:
    """What was announced of the case, in order."""
    query = text("SELECT kind, data FROM happening WHERE case_id = :case ORDER BY recorded_at")
    with office.engine.connect() as link:
        return [(kind, data) for kind, data in link.execute(query, {"case": office.case})]


def kinds(office: Office) -> list[str]:
    return [kind for kind, _ in heard(office)]


def decide(office: Office) -> None:
    """The case thinks again, as its workflow makes it do."""
    office.say(MessageType.NUDGE, id=f"nudge-{office.now.isoformat()}")
    office.remind()


def test_opening_a_case_is_told_once(office: Office) -> None:
    assert heard(office) == [
        (
            "case.opened",
            {"invoice": "R-1", "currency": "EUR", "amount": "119.00", "due": "2026-03-01"},
        )
    ]


def test_opening_many_at_once_tells_of_each_new_one(office: Office) -> None:
    engine, creditor = office.engine, office.creditor
    endpoint = Endpoint(creditor=creditor, name="erp", url="https://erp.example/in")
    put_endpoint(engine, endpoint)
    many = [
        CaseOpening(invoice=factories.invoice(creditor, f"M-{n}"), policy=POLICY) for n in range(3)
    ]
    open_many(engine, creditor, many[:2], (), factories.FILE)
    open_many(engine, creditor, many, (), factories.FILE)

    assert backlog(engine, endpoint.place) == {"pending": 3}


def test_a_reminder_a_payment_and_the_end_are_told(office: Office) -> None:
    office.remind()
    office.pay()
    office.remind()

    told = heard(office)
    assert [kind for kind, _ in told] == ["case.opened", "message.sent", "case.closed"]
    assert told[1][1] == {
        "invoice": "R-1",
        "currency": "EUR",
        "step": "polite",
        "channel": "email",
        "open": "119.00",
    }
    end = told[2][1]
    assert (end["outcome"], end["paid"], end["open"]) == ("paid", "119.00", "0.00")


def test_money_that_goes_back_opens_the_case_again(office: Office) -> None:
    office.pay()
    office.remind()
    office.say(MessageType.PAYMENT_REVERSED, ref="payment-1", amount="119.00")
    office.remind()

    assert kinds(office)[-2:] == ["case.closed", "case.reopened"]


def test_a_promise_is_recorded_and_broken_on_the_day_it_is_checked(office: Office) -> None:
    office.say(MessageType.PROMISE, date="2026-03-05")
    office.now = NINE + timedelta(days=3)
    decide(office)
    assert kinds(office) == ["case.opened", "promise.recorded"], "the day is not over"
    for day in (4, 5):
        office.now = NINE + timedelta(days=day)
        decide(office)

    told = [one for one in heard(office) if one[0].startswith("promise")]
    assert [kind for kind, _ in told] == ["promise.recorded", "promise.broken"]
    assert told[1][1] == {
        "invoice": "R-1",
        "currency": "EUR",
        "promise": "promise-1",
        "date": "2026-03-05",
        "open": "119.00",
    }


def test_money_in_time_keeps_the_promise(office: Office) -> None:
    office.say(MessageType.PROMISE, date="2026-03-05", amount="19.00")
    office.say(MessageType.PAYMENT, amount="19.00")
    for day in (4, 5):
        office.now = NINE + timedelta(days=day)
        decide(office)

    told = [kind for kind in kinds(office) if kind.startswith("promise")]
    assert told == ["promise.recorded", "promise.kept"]


def test_a_promise_in_the_place_of_another_leaves_only_one_to_judge(office: Office) -> None:
    office.say(MessageType.PROMISE, date="2026-03-05")
    office.say(MessageType.PROMISE, date="2026-03-09", id="second")
    office.now = NINE + timedelta(days=4)
    decide(office)
    office.now = NINE + timedelta(days=8)
    decide(office)

    broken = [data["promise"] for kind, data in heard(office) if kind == "promise.broken"]
    assert broken == ["second"]


def test_a_dispute_is_told_when_it_opens_and_when_it_is_settled(office: Office) -> None:
    office.say(MessageType.DISPUTE_OPENED, amount="19.00", reason="Bob says it is broken")
    office.say(MessageType.DISPUTE_SETTLED, ref="dispute_opened-1")

    opened, settled = heard(office)[1:]
    assert (opened[0], opened[1]["dispute"], opened[1]["amount"]) == (
        "dispute.opened",
        "dispute_opened-1",
        "19.00",
    )
    assert (settled[0], settled[1]["dispute"]) == ("dispute.settled", "dispute_opened-1")


def test_what_was_refused_is_not_told(office: Office) -> None:
    answer, _ = office.desk.say(
        office.case, MessageType.PROMISE, {"id": "late", "date": "2026-01-01"}
    )

    assert answer.accepted is False
    assert kinds(office) == ["case.opened"]


def test_a_handoff_is_told(office: Office) -> None:
    office.remind()
    office.now = NINE + timedelta(days=10)
    office.deliver()

    assert kinds(office)[-1] == "case.handed_off"


def test_nobodys_name_address_or_words_leave_the_house(office: Office) -> None:
    office.say(MessageType.PROMISE, date="2026-03-05", note="canary note", by="canary person")
    office.say(MessageType.DISPUTE_OPENED, reason="canary reason", note="canary", amount="1.00")
    office.remind()
    office.pay()
    office.remind()

    everything = repr(heard(office))
    assert len(kinds(office)) >= 4
    for private in ("canary", "Bob", "bob.example", "4915112345678", "Acme"):
        assert private not in everything


def test_only_known_kinds_are_told(office: Office) -> None:
    office.remind()
    office.pay()
    office.remind()

    assert set(kinds(office)) <= set(EVENT_TYPES)


@pytest.mark.parametrize("step", [lambda o: o.remind(), lambda o: o.pay()])
def test_what_is_done_twice_is_told_once(office: Office, step: Callable[[Office], object]) -> None:
    office.remind()
    step(office)
    step(office)

    assert len(kinds(office)) == len(set(kinds(office)))


def test_a_plan_that_failed_is_told_at_the_end_of_its_cure(office: Office) -> None:
    with office.ledger.account_of(office.case) as account:
        case = Session(account, office.case, NINE).case
    parts = (InvoicePart(day=date(2026, 3, 9), minor=11900),)
    check, cure = NINE + timedelta(days=8), NINE + timedelta(days=11)
    plan = Plan(
        key="plan-1",
        made_at=NINE,
        accepted_at=NINE,
        parts=parts,
        checks=(check,),
        cures=(cure,),
        plan_b=PlanBAgreed(check_at=check, then="the whole balance"),
    )
    planned = replace(case, plans=(plan,))

    assert list(of_agreements(planned, cure - timedelta(seconds=1))) == []
    (told,) = of_agreements(planned, cure)
    assert (told.kind, told.at, told.data["plan"]) == ("plan.defaulted", cure, "plan-1")
