"""What the agency is given equals the ledger to the cent, in every life of a case (P71)."""

from decimal import Decimal

from hypothesis import given

from activities.agencies.comparing import claim_of
from activities.ports.types import Dossier
from adapters.agency.dossier import dossier_json
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from tests.properties.lives import QUICK, Life, Witness, lives

CREDITOR = Creditor(id="acme", name="Acme Ltd", email="billing@acme.example")
DEBTOR = Debtor(id="C-1", name="Globex")


@QUICK
@given(lives)
def test_the_claim_of_each_delivery_balances_with_the_ledger(life: Life) -> None:
    world = Witness(life)
    case, stated = world.case, world.state.statement
    told = dossier_json(
        Dossier(
            id="d",
            kind="case.updated",
            at=world.now,
            case=case,
            debtor=DEBTOR,
            creditor=CREDITOR,
            why="",
            statement=stated,
        )
    )["data"]
    sums = {name: Decimal(value) for name, value in told["amounts"].items() if name != "currency"}
    costs = {name: Decimal(told["costs"][name]) for name in ("paid", "let_go", "to_pay")}
    gross = sum((Decimal(line["amount"]) for line in told["costs"]["lines"]), Decimal(0))
    withheld = stated.withheld.decimal if stated.withheld else 0

    assert sums["invoice"] == sum(
        (sums[name] for name in ("paid", "credited", "written_off", "open")), Decimal(0)
    )
    assert costs["to_pay"] == max(0, gross - costs["paid"] - costs["let_go"] - withheld)
    assert sums["to_pay"] == stated.principal.decimal + costs["to_pay"]
    assert (
        sum((Decimal(move["amount"]) for move in told["money"]), Decimal(0))
        == Money(case.received + case.credited, "EUR").decimal
    )
    assert claim_of(world.state).amount.decimal == sums["to_pay"]
