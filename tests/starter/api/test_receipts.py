"""A customer says that an invoice has arrived: by a button, not by an opened link (P02)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import Engine, text

from activities.ports.incoming import ReportKind
from adapters.config.tokens import RECEIPT, REPLY, Tokens
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.inbound import receipts as kept
from adapters.letters.receipts import ReceiptPage, receipt_page
from adapters.letters.text.catalogue import LANGUAGES
from starter.api.hooks.receipts import receipts
from tests.ledger import factories

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOKENS = Tokens(["s" * 32])


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=3)
    yield engine
    engine.dispose()


@pytest.fixture
def message(engine: Engine) -> str:
    ledger = SqlLedger(engine)
    case = factories.opened(ledger, factories.invoice(f"receipts-{uuid4().hex[:8]}"))
    with ledger.account_of(case) as account:
        return account.outbound.take_off(case, "confirm", 1, "email", "a@b.example").id


@pytest.fixture
async def client(engine: Engine) -> AsyncIterator[AsyncClient]:
    app = FastAPI()
    app.include_router(
        receipts(TOKENS, lambda message, at: kept.confirm(engine, message, at), lambda: NOW)
    )
    async with AsyncClient(transport=ASGITransport(app), base_url="http://gate") as client:
        yield client


def told(engine: Engine, message: str) -> list[tuple[str, datetime]]:
    query = text("SELECT kind, at FROM provider_event WHERE message_id = :message")
    with engine.connect() as connection:
        return [(row.kind, row.at) for row in connection.execute(query, {"message": message})]


async def test_opening_the_link_says_nothing_and_the_button_does_once(
    engine: Engine, client: AsyncClient, message: str
) -> None:
    """G5: mail scanners open every link."""
    where = f"/r/{TOKENS.sign(RECEIPT, message)}?l=de"
    assert "Rechnung ist angekommen" in (await client.get(where)).text
    assert (await client.head(where)).status_code in (200, 405)
    assert told(engine, message) == []

    first, again = await client.post(where), await client.post(where)
    assert (first.status_code, again.text) == (200, first.text)
    assert "Danke" in first.text
    assert told(engine, message) == [(ReportKind.CONFIRMED, NOW)]


async def test_what_is_not_ours_is_answered_alike(
    engine: Engine, client: AsyncClient, message: str
) -> None:
    """G6, row 43: a forged token, one for something else, and one of no message."""
    forged = TOKENS.sign(RECEIPT, message)[:-1] + "7"
    other = [forged, TOKENS.sign(REPLY, message), TOKENS.sign(RECEIPT, str(uuid4())), "x"]
    answers = [await client.post(f"/r/{one}") for one in other]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert told(engine, message) == []


async def test_who_guesses_is_not_even_looked_at(client: AsyncClient, message: str) -> None:
    """G6: ten wrong links a minute."""
    right = f"/r/{TOKENS.sign(RECEIPT, message)}"
    assert (await client.get(right)).status_code == 200
    for guess in range(10):
        await client.get(f"/r/guess{guess}")

    assert (await client.get(right)).status_code == 404


async def test_the_page_is_nothing_but_itself(client: AsyncClient, message: str) -> None:
    answer = await client.get(f"/r/{TOKENS.sign(RECEIPT, message)}")

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in answer.text
    assert message not in answer.text


@pytest.mark.parametrize("shown", ReceiptPage)
def test_the_page_speaks_every_language_of_the_letters(shown: ReceiptPage) -> None:
    pages = {language: receipt_page(language, shown) for language in LANGUAGES}

    assert len(set(pages.values())) == len(LANGUAGES)
    assert receipt_page("xx", shown) == pages["en"]
