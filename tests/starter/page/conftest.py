"""The customer's page on a real ledger, with a Temporal that only remembers who was woken."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import Engine, make_engine
from tests.starter.page.paying.mollie_stand_in import Mollie, mollie_stand_in
from tests.starter.page.paying.mollie_till import MOLLIE_KEY, MollieTill, mollie_account
from tests.starter.page.paying.stripe_stand_in import Stripe, stripe_stand_in
from tests.starter.page.paying.stripe_till import (
    KEY,
    SIGNING,
    StripeTill,
    account_at,
    others_account,
)
from tests.starter.page.paying.till import Till
from tests.starter.page.world import Customer, Gate, a_customer, open_gate

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=8, patience="2s")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _gate(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    with open_gate(engine, tmp_path_factory.mktemp("page"), guesses=10**6, visits=10**6) as gate:
        yield gate


@pytest.fixture
def gate(_gate: Gate) -> Gate:
    """The page as a new browser sees it."""
    _gate.client.cookies.clear()
    _gate.temporal.woken.clear()
    return _gate


@pytest.fixture
def strict(engine: Engine, tmp_path: Path) -> Iterator[Gate]:
    """A gate of its own, which counts requests: ten wrong links a minute, twenty by one link."""
    with open_gate(engine, tmp_path, visits=20) as gate:
        yield gate


@pytest.fixture
def customer(gate: Gate) -> Customer:
    """A customer who owes 119.00 EUR since ten days ago, and got a letter about it."""
    return a_customer(gate, f"page-{os.getpid()}-{next(_numbers)}")


@pytest.fixture(scope="session")
def stripe() -> Iterator[Stripe]:
    with stripe_stand_in(KEY, SIGNING) as made:
        yield made


@pytest.fixture(scope="session")
def mollie() -> Iterator[Mollie]:
    with mollie_stand_in(MOLLIE_KEY, f"tr_{os.getpid()}") as made:
        yield made


@pytest.fixture(scope="session")
def paid_gate(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, stripe: Stripe
) -> Iterator[Gate]:
    folder = tmp_path_factory.mktemp("till")
    told = {"stripe": account_at(stripe), "creditors_file": others_account(folder)}
    with open_gate(engine, folder, told, guesses=10**6, visits=10**6) as gate:
        yield gate


@pytest.fixture(scope="session")
def mollie_gate(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, mollie: Mollie
) -> Iterator[Gate]:
    told = {"mollie": mollie_account(mollie)}
    folder = tmp_path_factory.mktemp("mollie")
    with open_gate(engine, folder, told, guesses=10**6, visits=10**6) as gate:
        yield gate


@pytest.fixture
def stripe_till(paid_gate: Gate, stripe: Stripe) -> StripeTill:
    """A customer who owes 119.00 EUR to a creditor that is paid through Stripe."""
    paid_gate.client.cookies.clear()
    number = next(_numbers)
    stripe.is_down = False
    customer = a_customer(paid_gate, f"till-{os.getpid()}-{number}")
    return StripeTill(paid_gate, customer, f"pi_{os.getpid()}_{number}", stripe)


@pytest.fixture
def mollie_till(mollie_gate: Gate, mollie: Mollie) -> MollieTill:
    """A customer who owes 119.00 EUR to a creditor that is paid through Mollie."""
    mollie_gate.client.cookies.clear()
    mollie.is_down = False
    customer = a_customer(mollie_gate, f"mollie-{os.getpid()}-{next(_numbers)}")
    return MollieTill(mollie_gate, customer, mollie)


@pytest.fixture(params=["stripe_till", "mollie_till"])
def till(request: pytest.FixtureRequest) -> Till:
    """The contract of a provider: each keeps it."""
    found: Till = request.getfixturevalue(request.param)
    return found
