"""Random lives, written into the ledger as they were lived."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import Engine

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from domain.parties.people import Debtor
from tests.ledger import factories
from tests.properties.lives import Life, Witness

LIVES = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=15,
    phases=[Phase.generate],  # a life is long, and each one is written into a database
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def live(ledger: SqlLedger, engine: Engine, creditor: str, life: Life, number: int) -> Witness:
    """Play a life and write all of it into the ledger as one case."""
    world = Witness(life)
    world.invoice = replace(
        world.invoice, creditor=creditor, number=f"R-{number}", customer=f"C-{number}"
    )
    zone, country = life.place
    debtor = Debtor(id=world.invoice.customer, zone=zone, country=country)
    people.upsert_debtor(engine, creditor, debtor)
    case = factories.opened(ledger, world.invoice, world.policy)
    refused = world.folded.refused
    with ledger.account_of(case) as account:
        for message in world.messages:
            refusal = refused.get(message.key)
            status = "refused" if refusal else "applied"
            account.messages.add(case, message, status, refusal.text if refusal else "")
        for deed in world.deeds:
            account.cases.add_deed(case, deed)
        account.cases.save(world.case, factories.WAIT)
    return world
