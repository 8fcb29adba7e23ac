"""What the programs with pages and addresses share: a real ledger, and a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import Engine, make_engine
from tests.chromium import CHROMIUM


@pytest.fixture(scope="session")
def engine(postgres_url: str) -> Iterator[Engine]:
    """A migrated ledger; whoever meets a busy account waits for a short while only."""
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=8, patience="300ms")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine: nothing is downloaded."""
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()
