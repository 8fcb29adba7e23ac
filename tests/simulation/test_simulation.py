"""A few customers for a season in every run; `make simulate` plays a thousand for a year."""

from pathlib import Path

import pytest

from infra.servers.postgres import PostgresServer
from tests.mutants.hunt import ROOT
from tests.simulation.bugs import SIMULATED_BUGS
from tests.simulation.ledger import start_server
from tests.simulation.stage import where_they_part
from tests.simulation.year import play

CUSTOMERS, DAYS = 4, 30


@pytest.fixture(scope="module")
def simulated(session_folder: Path) -> PostgresServer:
    """A server whose ledgers live by the made-up clock."""
    return start_server(session_folder / "simulated")


@pytest.mark.timeout(600)
def test_a_season_keeps_every_promise_and_its_seed_repeats_it(simulated: PostgresServer) -> None:
    once = play(simulated, "b", CUSTOMERS, DAYS, every_step=True)
    again = play(simulated, "b", CUSTOMERS, DAYS, every_step=True)

    assert once.broken == ""
    assert once.figures["messages"] > 0
    assert once.figures["deaths"] > 0
    assert where_they_part(once.log, again.log) == ""
    assert (again.digest, again.broken) == (once.digest, "")


@pytest.mark.timeout(600)
def test_a_season_in_rough_weather_keeps_every_promise(simulated: PostgresServer) -> None:
    assert play(simulated, "a", CUSTOMERS, DAYS).broken == ""


def test_two_runs_that_part_show_the_first_line_that_differs() -> None:
    told = where_they_part(["08:00 opened", "08:01 sent"], ["08:00 opened", "08:01 held"])

    assert told.splitlines() == [
        "  08:00 opened",
        "line 2, once:  08:01 sent",
        "and again: 08:01 held",
    ]
    assert where_they_part(["08:00 opened"], ["08:00 opened", "09:00 sent"]).endswith("09:00 sent")


def test_every_bug_that_a_simulation_seeks_still_fits_the_code() -> None:
    misfits = [b.name for b in SIMULATED_BUGS if (ROOT / b.file).read_text().count(b.old) != 1]
    assert misfits == []
