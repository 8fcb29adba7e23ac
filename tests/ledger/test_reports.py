"""Reports from the ledger: as of any day what the fold says, bucket by bucket, never mixed up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from adapters.ledger.ledger import SqlLedger
from adapters.ledger.reports_standing import Scope, standing
from domain.fold import fold
from domain.kinds import Outcome
from domain.moves import Ground
from tests.ledger import house
from tests.ledger.living import LIVES, live
from tests.properties.lives import Life, Witness, lives


def _as_it_was(world: Witness, on: date) -> tuple[int, int, bool, bool]:
    """What the fold says of the end of a day: open, disputed, withdrawn, with the agency."""
    end = world.calendar.end_of(on)
    case = fold(
        world.invoice,
        [message for message in world.messages if message.at < end],
        [deed for deed in world.deeds if deed.at < end],
        Ground(world.policy, world.calendar),
    ).case
    return case.open, case.disputed, case.outcome is Outcome.WITHDRAWN, case.with_agency


@LIVES
@given(st.lists(lives, min_size=6, max_size=6), st.lists(st.integers(0, 200), max_size=4))
def test_as_of_any_day_every_case_stands_as_the_fold_says(
    ledger: SqlLedger, engine: Engine, found: list[Life], after: list[int]
) -> None:
    creditor = f"fold-{next(house.NUMBERS)}"
    worlds = [live(ledger, engine, creditor, life, n) for n, life in enumerate(found)]
    for days in (*after, 2000):
        on = date(2026, 1, 5) + timedelta(days=days)
        with standing(engine, Scope(on=on, creditor=creditor)) as connection:
            rows = connection.execute(text("SELECT * FROM standing ORDER BY case_id")).all()
        told = [(row.open, row.disputed, row.withdrawn, row.with_agency) for row in rows]
        assert told == [_as_it_was(world, on) for world in worlds], on
