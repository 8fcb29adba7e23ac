"""The report of promises: what PostgreSQL adds up is what the fold says, promise by promise."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from activities.ports.stores.reports import PromiseRow, ReportScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import snapshot
from adapters.ledger.reports.promises import added_up, promises
from domain.case.money import Ground
from domain.fold.fold import fold
from domain.history.reports import Fate, fates_of
from domain.message_types import MessageType
from tests.ledger import factories
from tests.ledger.reports.living import LIVES, live
from tests.properties.lives import Life, Said, Witness, lives

PAID = st.sampled_from(["250.00", "400.00", "999.60", "1000.00"])
WITHIN = st.integers(1, 14)
PROMISED = st.sampled_from(["", "", "", "400.00", "1000.00", "1200.00"])


def _said(kind: MessageType, hours: int, amount: str, days: int) -> Said:
    return Said(hours=hours, kind=kind, amount=amount, days=days, reason="paid_claim", schedule="")


payments = st.builds(_said, st.just(MessageType.PAYMENT), st.integers(0, 24 * 20), PAID, st.just(1))
calls = st.builds(
    _said, st.just(MessageType.CALL_RESULT), st.integers(0, 40), st.just(""), st.just(1)
)
whole = st.builds(_said, st.just(MessageType.PROMISE), st.integers(0, 24 * 6), st.just(""), WITHIN)
much = st.builds(_said, st.just(MessageType.PROMISE), st.integers(0, 24 * 6), PROMISED, WITHIN)
plain = st.tuples(whole, payments) | st.tuples(calls, whole, payments, payments)
mixed = st.tuples(payments, much, payments | calls) | st.tuples(whole, payments, much)
promising = st.builds(lambda life, said: replace(life, said=said), lives, plain | plain | mixed)


def _as_it_was(world: Witness, on: date) -> list[Fate]:
    """What the fold says of a day's end."""
    end = world.calendar.end_of(on)
    case = fold(
        world.invoice,
        [message for message in world.messages if message.at < end],
        [deed for deed in world.deeds if deed.at < end],
        Ground(world.policy, world.calendar),
    ).case
    return [fate for _, fate in fates_of(case, end)]


def _counted(rows: tuple[PromiseRow, ...]) -> Counter[Fate]:
    return Counter({fate: sum(getattr(row, fate.value) for row in rows) for fate in Fate})


def test_as_of_any_day_every_promise_ended_as_the_fold_says(
    ledger: SqlLedger, engine: Engine
) -> None:
    by_sums: Counter[Fate] = Counter()

    @LIVES
    @given(
        st.lists(promising, min_size=6, max_size=6),
        st.lists(lives, max_size=1),
        st.lists(st.integers(0, 60), min_size=4, max_size=4),
    )
    def told(found: list[Life], others: list[Life], after: list[int]) -> None:
        creditor = f"promised-{next(factories.NUMBERS)}"
        everyone = enumerate((*found, *others))
        worlds = [live(ledger, engine, creditor, life, n) for n, life in everyone]
        for days in (*after, 2000):
            scope = ReportScope(on=date(2026, 1, 5) + timedelta(days=days), creditor=creditor)
            fates = Counter(fate for world in worlds for fate in _as_it_was(world, scope.on))
            assert _counted(promises(engine, scope)) == fates, scope.on
            with snapshot(engine) as connection:
                sums, _ = added_up(connection, scope)
            by_sums.update({fate: count for (_, fate), count in sums.items()})

    told()
    decided = {Fate.KEPT, Fate.LATE, Fate.PART, Fate.BROKEN, Fate.RUNNING}
    assert set(by_sums) == decided, by_sums
