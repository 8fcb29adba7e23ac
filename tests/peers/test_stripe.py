"""Our real adapter and route against a Stripe that others wrote: it is paid, signs and calls."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from adapters.config.settings_groups import StripeSettings
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from tests.peers.emulator import MissingError, free_port, installed, started
from tests.peers.named_prices import naming_prices
from tests.starter.page.world import a_customer, open_gate, words_in

pytestmark = pytest.mark.peers

KEY, SIGNING = "sk_test_" + "k" * 24, "whsec_" + "s" * 32
PATIENCE = 30.0


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    made = make_engine(postgres_url, pool_size=4, patience="2s")
    yield made
    made.dispose()


def test_a_customer_pays_there_and_the_case_is_closed_here(engine: Engine, tmp_path: Path) -> None:
    try:
        program = installed()
    except MissingError as error:
        pytest.skip(str(error))
    port = free_port()
    with naming_prices(f"http://127.0.0.1:{port}") as base:
        told = StripeSettings(
            api_key=SecretStr(KEY), webhook_secret=SecretStr(SIGNING), base_url=base
        )
        with open_gate(engine, tmp_path, {"stripe": told}) as gate:
            hook = {"url": f"{gate.client.base_url}/hooks/stripe", "secret": SIGNING}
            seed = {"stripe": {"webhooks": [hook | {"events": ["*"]}]}}
            with started(program, tmp_path, seed, port):
                customer = a_customer(gate, f"peer-{os.getpid()}")
                found = re.search(
                    r'href="(http://[^"/]+/checkout/[^"]+)"', customer.post("pay").text
                )
                assert found, (tmp_path / "emulate.log").read_text()
                shown = httpx.get(found[1], timeout=20).text
                assert "119.00" in shown
                assert "Invoice R-1" in shown
                back = httpx.post(f"{found[1]}/complete", timeout=20)
                assert "/came-back?l=en" in back.headers["location"]
                end = time.monotonic() + PATIENCE
                row = gate.application.cases.rows(customer.cases)
                while row[0].open.minor and time.monotonic() < end:
                    time.sleep(0.05)
                    row = gate.application.cases.rows(customer.cases)
                assert row[0].open.minor == 0
                assert "Your payment has arrived" in words_in(customer.get("came-back").text)
