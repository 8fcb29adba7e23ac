"""A ledger, an office whose first reminder went out, and SendGrid's own key to sign with."""

import itertools
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import Engine

from adapters.config.settings import Settings
from adapters.config.settings_groups import RepliesSettings, SendGridSettings
from adapters.config.tokens import Tokens
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from starter.api.hooks.mail import mail_hooks
from starter.application import Application
from tests.activities.sending.post import Post
from tests.activities.sending_harness import Office
from tests.incoming.sendgrid import Hooks, Signer

_numbers = itertools.count(1)
SECRET = "a secret of more than twenty-four characters"


@pytest.fixture(scope="session")
def engine(postgres_url: str) -> Iterator[Engine]:
    """The session's shared database."""
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=10)
    yield engine
    engine.dispose()


@pytest.fixture
def office(engine: Engine) -> Office:
    """An office with one case whose first reminder is due now."""
    return Office(engine, f"back-{next(_numbers)}")


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out."""
    office.remind()
    return Post(office)


@pytest.fixture(scope="session")
def signer() -> Signer:
    """SendGrid, as it signs."""
    return Signer()


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    """What signs our reply addresses."""
    return Tokens([SECRET])


@pytest.fixture
async def hooks(engine: Engine, signer: Signer) -> AsyncIterator[Hooks]:
    """The gateway's two addresses for SendGrid."""
    keys = SendGridSettings(event_key=signer.public, inbound_key=signer.public)
    settings = Settings(
        sendgrid=keys, replies=RepliesSettings(domain="r.test", secret=SecretStr(SECRET))
    )
    rung: list[str] = []
    app = FastAPI()
    app.include_router(mail_hooks(Application(settings, engine), lambda: rung.append("ring")))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hooks.test") as client:
        yield Hooks(client, signer, rung)
