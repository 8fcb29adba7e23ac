"""An address that is none of a PostgreSQL is named in a sentence, whoever wanted to use it."""

from pathlib import Path

import pytest

from adapters.config.environment import SettingsError
from adapters.ledger.core.engine import ledger_url, make_engine
from infra import doctor
from infra.doctor import OwnServers
from starter.application import open_ledger

NO_ADDRESS = [
    "not an address",
    "postgresql://ann:secret@127.0.0.1:notaport/ledger",
    "mysql://ann:secret@127.0.0.1/ledger",
    "sqlite:///ledger.db",
    "://",
    "postgresql:/127.0.0.1/ledger",
]


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_is_told_without_its_password(url: str) -> None:
    """2026-11-30: a port in letters ended the worker in a traceback, and commands named url.py."""
    for use in (ledger_url, make_engine, lambda one: open_ledger(one, 1)):
        with pytest.raises(SettingsError, match="AMICABLE_DATABASE_URL is no address") as told:
            use(url)
        assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_spelling_of_postgresql_is_taken(name: str) -> None:
    assert ledger_url(f"{name}://ann@127.0.0.1/ledger").drivername == "postgresql+psycopg"


async def _nobody() -> None:
    raise RuntimeError("nobody answers")


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_the_doctor_names_it_and_goes_on(url: str, tmp_path: Path) -> None:
    found = doctor.examine(tmp_path, OwnServers(url, "127.0.0.1:1", _nobody))  # type: ignore[arg-type]  # nobody connects
    wrong = [one for one in found if not one.ok]
    assert {one.what for one in wrong} >= {"Temporal does not answer"}
    assert any("ledger" in one.what for one in wrong)
    assert "secret" not in str(wrong)
