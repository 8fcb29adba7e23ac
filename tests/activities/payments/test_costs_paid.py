"""Money that states no invoice pays costs, too: what a letter asks for settles it, to the cent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from activities.cases.person_tasks import PersonTasks
from activities.ports.money_types import Placing
from adapters.ledger.erasure import erasure
from adapters.ledger.payments.accounts import unallocated_of
from domain.case.model import Case, Invoice
from domain.fold.fold import money_adds_up
from domain.message_types import Outcome
from domain.money import Money
from domain.payments.allocation import PaymentIn
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput, PostedPayment
from tests.activities.sending_harness import DEBTOR, Office

RULES = """
name = "charging"
calendar = { window = "00:00-24:00", working_days_only = false }
[[step]]
id = "fee"
on = "due+1"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "polite"
on = "due+200"
do = "remind"
[money]
unallocated = "warn"
[charges]
leftover = "chase"
asked_from = "fee"
"""
POLICY = parse_policy(RULES)
COSTS_FIRST = parse_policy(RULES + 'order = ["costs", "interest", "principal"]\n')
DUE = date(2026, 3, 2)


class Account:
    """A customer with invoices of 100.00, each with a late fee of 5.00."""

    def __init__(self, office: Office, *numbers: str, policy: Policy = POLICY) -> None:
        self.office = office
        office.known(replace(DEBTOR, id="C9", email="nine@nine.example"))
        for number in numbers:
            office.now = datetime(2026, 2, 20, 8, tzinfo=UTC)
            invoice = Invoice(
                creditor=office.creditor,
                number=number,
                customer="C9",
                issued=date(2026, 2, 16),
                due=DUE,
                amount=Money(10000, "EUR"),
                opened_at=office.now,
            )
            office.desk.open(invoice, policy)
            office.now = datetime(2026, 3, 5, 8, tzinfo=UTC)
            turn = CaseActivityInput(case=invoice.case_id, do="fee", step="fee", episode=1)
            PersonTasks(office.ledger).do(turn, office.clock)

    def pays(self, minor: int, *invoices: str, id_: str = "B-1") -> PostedPayment:
        """Money comes, for those invoices or for whatever is open."""
        self.office.now += timedelta(minutes=1)
        payment = PaymentIn(
            creditor=self.office.creditor,
            source="bank",
            id=id_,
            customer="C9",
            amount=Money(minor, "EUR"),
            at=self.office.now,
            invoices=invoices,
        )
        return self.office.desk.post(payment)[0]

    def case(self, number: str) -> Case:
        """How an invoice stands."""
        found = self.office.desk.look(f"invoice/{self.office.creditor}/{number}").case
        assert money_adds_up(found)
        return found

    @property
    def lies(self) -> int:
        """What lies on the account, minor units."""
        with self.office.engine.connect() as connection:
            return dict(unallocated_of(connection, self.office.creditor, "C9")).get("EUR", 0)


def test_what_the_letters_ask_for_settles_all_invoices_without_naming_one(office: Office) -> None:
    account = Account(office, "R-8", "R-9")
    told = account.pays(21000)

    assert (told.left, account.lies) == ("0.00", 0)
    for number in ("R-8", "R-9"):
        case = account.case(number)
        assert (case.open, case.to_costs, case.outcome) == (0, 500, Outcome.PAID)


def test_what_is_more_than_principal_and_costs_lies_on_the_account(office: Office) -> None:
    """To the cent: no invoice takes more than it can make use of."""
    account = Account(office, "R-8", "R-9")
    told = account.pays(21001)

    assert (told.left, account.lies) == ("0.01", 1)
    assert account.case("R-8").surplus == account.case("R-9").surplus == 0


def test_costs_that_are_left_are_paid_by_the_next_money(office: Office) -> None:
    account = Account(office, "R-9")
    account.pays(10000)
    assert account.case("R-9").costs_left == 500

    told = account.pays(600, id_="B-2")
    assert (told.left, account.case("R-9").outcome) == ("1.00", Outcome.PAID)


def test_where_costs_come_first_money_pays_what_it_takes_to_settle_both(office: Office) -> None:
    account = Account(office, "R-8", "R-9", policy=COSTS_FIRST)
    told = account.pays(20999)

    assert told.left == "0.00"
    assert sorted(account.case(n).open for n in ("R-8", "R-9")) == [0, 1]


def test_the_principal_of_all_invoices_comes_before_the_costs_of_any(office: Office) -> None:
    account = Account(office, "R-8", "R-9")
    account.pays(20003)

    assert [account.case(n).open for n in ("R-8", "R-9")] == [0, 0]
    assert [account.case(n).costs_left for n in ("R-8", "R-9")] == [497, 500]


def test_a_person_allocates_money_to_principal_and_costs(office: Office) -> None:
    account = Account(office, "R-8")
    account.pays(10500)
    account.pays(10500, id_="B-2")
    assert account.lies == 10500

    later = Account(office, "R-9")
    order = Placing(
        creditor=office.creditor,
        customer="C9",
        id="A-1",
        source="bank",
        payment="B-2",
        invoices=("R-9",),
    )
    office.desk.place(order)
    assert (later.case("R-9").outcome, account.lies) == (Outcome.PAID, 0)


def test_who_still_owes_costs_is_not_erased_yet(office: Office) -> None:
    """GDPR, Art. 17 (3) (e): the data is needed for what is still chased."""
    account = Account(office, "R-9")
    account.pays(10000)

    why = erasure.obstacles(office.engine, office.creditor, "C9")
    assert why == (f"invoice/{office.creditor}/R-9: still open",)
