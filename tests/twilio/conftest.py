"""An office whose routes Twilio can reach."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from adapters.config.settings import Settings
from adapters.config.settings_groups import TwilioSettings
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from starter.api.hooks.twilio import twilio_hooks
from starter.application import Application
from tests.activities.sending_harness import Office
from tests.twilio.posting import ACCOUNT, PUBLIC, TOKEN, TwilioSays
from tests.twilio.rooms import Rooms
from tests.twilio.serving import listening, serving

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def hook_engine(postgres_url: str) -> Iterator[Engine]:
    """The session's shared database."""
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=8)
    yield engine
    engine.dispose()


@pytest.fixture
def rooms(hook_engine: Engine) -> Rooms:
    """An office, and what was kept of what came back."""
    count = next(_numbers)
    # Its customer has a number that no other test's customer has: a STOP counts for the number.
    return Rooms(Office(hook_engine, f"hooks-{count}"), f"+49160{count:07d}")


@pytest.fixture
def twilio(rooms: Rooms, tmp_path: Path) -> Iterator[TwilioSays]:
    """Twilio, which reaches our real routes behind a proxy."""
    told = TwilioSettings(account_sid=ACCOUNT, auth_token=SecretStr(TOKEN), public_url=PUBLIC)
    settings = Settings(home=tmp_path, twilio=told)
    router = twilio_hooks(Application(settings, rooms.engine), rooms.notice)
    with serving(router, listening()) as url:
        yield TwilioSays(url, rooms.debtor.phone)
