"""The same set of events, the same end, in whatever order and however often (E2, rows 13, 14)."""

import itertools
import os
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from activities.ports.incoming import ReportKind
from adapters.ledger.queries import reads
from tests.activities.sending.post import Post
from tests.activities.sending_harness import MINUTE, Office

SOAK = bool(os.environ.get("AMICABLE_SOAK"))
_numbers = itertools.count(1)
FIVE = (
    ReportKind.BOUNCED,
    ReportKind.FAILED,
    ReportKind.DELIVERED,
    ReportKind.OPENED,
    ReportKind.OPTED_OUT,
)
TELLING = [
    *FIVE,
    ReportKind.OPTED_IN,
    ReportKind.COMPLAINED,
    ReportKind.DEFERRED,
    ReportKind.ACCEPTED,
    ReportKind.UNHEARD,
    ReportKind.CLICKED,
]


def _end(engine: Engine, order: Sequence[ReportKind]) -> tuple[object, ...]:
    """What is left when the events came in that order, the processor looking in after each."""
    office = Office(engine, f"order-{next(_numbers)}")
    office.remind()
    post = Post(office)
    sent = office.now
    office.now += 60 * MINUTE
    for kind in order:
        post.told(kind, at=sent + (1 + TELLING.index(kind)) * MINUTE)
        post.round()
    told = {reason for reason, _ in post.news()}
    if "delivered" in told:  # it takes back the failure that was told before it
        told -= {"delivered", "unreached"}
    file = reads.file_of(engine, office.case)
    assert file is not None
    points = (sorted(file.debtor.bad_points), sorted(file.debtor.opted_out))
    return sorted(told), points, office.tasks(), file.deeds


@pytest.mark.parametrize("many", [2, 3])
def test_some_events_in_any_order_come_to_the_same_end(office_engine: Engine, many: int) -> None:
    _all_orders(office_engine, FIVE[:many])


@pytest.mark.soak
@pytest.mark.parametrize("first", FIVE)
def test_five_events_in_any_order_come_to_the_same_end(
    office_engine: Engine, first: ReportKind
) -> None:
    """All 120 orders in `make soak`, each fourth of them here, by the one that comes first."""
    rest = [kind for kind in FIVE if kind is not first]
    orders = [(first, *others) for others in itertools.permutations(rest)][:: 1 if SOAK else 4]
    ends = {repr(_end(office_engine, order)) for order in [FIVE, *orders]}
    assert len(ends) == 1


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(TELLING), min_size=1, max_size=6), st.randoms(use_true_random=False)
)
def test_whatever_is_told_and_however_often_order_does_not_matter(
    office_engine: Engine, told: list[ReportKind], chance: Random
) -> None:
    again = [*told, *told]
    chance.shuffle(again)
    assert repr(_end(office_engine, told)) == repr(_end(office_engine, again))


def _all_orders(engine: Engine, kinds: Sequence[ReportKind]) -> None:
    ends = {repr(_end(engine, order)) for order in itertools.permutations(kinds)}
    assert len(ends) == 1
