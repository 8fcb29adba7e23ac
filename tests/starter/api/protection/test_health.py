"""Whether the gateway lives, and whether it can be used: asked by whoever runs it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from starter.api.routes import health
from tests.starter.api.factories import opened_gateway


def test_ready_is_who_has_a_ledger_of_its_own_version(
    fresh_database_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FRESH", 0)
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=8)
    with opened_gateway(engine) as outside:
        ready = outside.client.get("/readyz")
        with engine.begin() as link:
            link.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        older = outside.client.get("/readyz")
        alive = outside.client.get("/healthz")
    engine.dispose()

    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert (older.status_code, older.json()) == (503, {"status": "other_version"})
    assert alive.status_code == 200


def test_the_ledger_is_looked_at_once_however_many_ask(
    fresh_database_url: Callable[[], str],
) -> None:
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=8)
    with opened_gateway(engine) as outside:
        first = outside.client.get("/readyz")
        with engine.begin() as link:
            link.execute(text("DROP TABLE alembic_version"))
        again = outside.client.get("/readyz")
    engine.dispose()

    assert (first.status_code, again.status_code) == (200, 200)


def test_a_ledger_that_is_away_is_told_without_its_address() -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:9/nothing", pool_size=8)
    with opened_gateway(engine) as outside:
        answer = outside.client.get("/readyz")
    engine.dispose()

    assert (answer.status_code, answer.json()) == (503, {"status": "unreachable"})
