"""What always holds for interest, whatever the debt: checked against a second computation."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from domain.interest.model import Interest, InterestTerms, interest
from domain.interest.rate_tables import JURISDICTIONS, rate_table
from tests.domain.interest.second_opinion import Asked, second_opinion, unrated_days

FIRST, LAST = date(2019, 1, 1), date(2027, 6, 30)
"""Past the end of every table: the known part must agree there, too."""
Steps = tuple[tuple[date, int], ...]

days = st.dates(FIRST, LAST)
amounts = st.one_of(st.integers(0, 10**7), st.sampled_from([-500, 0, 1, 99, 10**13]))
percents = st.decimals(0, 40, places=2)


@st.composite
def debts(draw: st.DrawFn) -> Steps:
    """An open principal that rises and falls; it may begin before or after the due date."""
    when = draw(st.lists(days, min_size=1, max_size=6))
    return tuple((day, draw(amounts)) for day in sorted(when))


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, date]:
    """A due date, and a day up to some years later."""
    due = draw(days)
    return due, min(LAST, due + timedelta(days=draw(st.integers(0, 900))))


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Somebody's law, or a contract."""
    daily = draw(st.booleans())
    if draw(st.booleans()):
        every = draw(st.sampled_from([0, 1, 12]))
        return Asked(
            code=draw(st.sampled_from(["", "DE", "UK"])),
            percent=str(draw(percents)),
            daily=daily,
            every=every,
        )
    code = draw(st.sampled_from(JURISDICTIONS))
    consumer = draw(st.booleans()) and not rate_table(code).consumer.none
    return Asked(code=code, consumer=consumer, daily=daily)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Steps, tuple[date, date], Asked]:
    """An invoice as it is: open before it is due, paid in parts, by the law of some country."""
    due = draw(st.dates(date(2019, 6, 1), date(2026, 10, 31)))
    opened = due - timedelta(days=draw(st.integers(0, 40)))
    steps = [(opened, draw(st.integers(1, 500_000)))]
    for pause, paid in draw(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 300_000)))):
        day, left = steps[-1][0] + timedelta(days=pause), max(0, steps[-1][1] - paid)
        steps.append((day, left))
        if not left:
            break
    until = due + timedelta(days=draw(st.integers(0, 900)))
    asked = Asked(code=draw(st.sampled_from(JURISDICTIONS)), consumer=draw(st.booleans()))
    return tuple(steps), (due, until), asked


def terms_of(asked: Asked) -> InterestTerms:
    compounding = {0: "", 1: "monthly", 12: "yearly"}[asked.every]
    return InterestTerms(
        jurisdiction=asked.code,
        consumer=asked.consumer,
        contract_percent=Decimal(asked.percent) if asked.percent else None,
        rounding="daily" if asked.daily else "once",
        compounding=compounding,  # type: ignore[arg-type]
    )


def total(found: Interest) -> Fraction:
    return sum((span.fraction for span in found.spans), Fraction(0))


@settings(deadline=None)  # day by day over years is slow on a busy machine
@given(debts(), periods(), asked())
@example(
    ((date(2024, 1, 1), 100000),),
    (date(2024, 1, 30), date(2025, 3, 31)),
    Asked(percent="7", every=1),
)
def test_a_second_computation_day_by_day_agrees(
    steps: Steps, period: tuple[date, date], asked: Asked
) -> None:
    """Interest equals an independent recomputation, to the last fraction of a cent."""
    assume(period[0] < LAST)
    found = interest(steps, "EUR", *period, terms_of(asked))
    rounded, exact = second_opinion(steps, *period, asked)
    assert total(found) == exact
    assert found.amount.minor == rounded


@settings(deadline=None, derandomize=True, max_examples=200)
@given(lives())
@example((((date(2022, 3, 1), 100_000),), (date(2022, 4, 1), date(2023, 8, 1)), Asked("UK")))
@example((((date(2023, 12, 1), 100_000),), (date(2023, 12, 20), date(2024, 8, 1)), Asked("DE")))
def test_an_invoice_paid_in_parts_earns_the_same_day_by_day_and_leaves_out_the_same_days(
    life: tuple[Steps, tuple[date, date], Asked],
) -> None:
    """The law of every country, for businesses and consumers, past the end of its rates."""
    steps, period, asked = life
    found = interest(steps, "EUR", *period, terms_of(asked))
    rounded, exact = second_opinion(steps, *period, asked)
    assert (found.amount.minor, total(found)) == (rounded, exact)
    named = [
        gap.start + timedelta(days=number)
        for gap in found.left_out
        for number in range((gap.end - gap.start).days + 1)
    ]
    assert named == unrated_days(steps, *period, asked)


@given(debts(), periods(), asked())
def test_interest_is_never_negative_and_its_parts_add_up(
    steps: Steps, period: tuple[date, date], asked: Asked
) -> None:
    found = interest(steps, "EUR", *period, terms_of(asked))
    assert found.amount.minor >= 0
    assert all(span.fraction >= 0 for span in found.spans)
    assert abs(found.exact - found.amount.decimal) <= Decimal("0.005")
    assert found.days == sum(span.days for span in found.spans) <= (period[1] - period[0]).days
    assert all(a.end < b.start for a, b in zip(found.spans, found.spans[1:], strict=False))


@given(debts(), periods(), st.integers(0, 900), st.sampled_from(["DE", "FR", "AT", "SE"]))
def test_a_period_split_anywhere_adds_up_exactly(
    steps: Steps, period: tuple[date, date], later: int, code: str
) -> None:
    """Simple interest remembers nothing: yesterday's and today's make both days'."""
    due, until = period
    middle = min(until, due + timedelta(days=later))
    for terms in (InterestTerms(jurisdiction=code), InterestTerms(contract_percent=Decimal("7.3"))):
        whole = interest(steps, "EUR", due, until, terms)
        first = interest(steps, "EUR", due, middle, terms)
        second = interest(steps, "EUR", middle, until, terms)
        assert total(first) + total(second) == total(whole)


@given(st.integers(1, 10**7), st.integers(0, 10**7), periods(), days)
def test_a_part_payment_saves_exactly_its_own_interest(
    rest: int, paid: int, period: tuple[date, date], day: date
) -> None:
    """To the day: what is paid bears interest up to the day before it is counted."""
    due, until = period
    terms = InterestTerms(jurisdiction="DE")
    both = interest(((FIRST, rest + paid), (day, rest)), "EUR", due, until, terms)
    alone = interest(((FIRST, rest),), "EUR", due, until, terms)
    gone = interest(((FIRST, paid), (day, 0)), "EUR", due, until, terms)
    assert total(both) == total(alone) + total(gone)


@given(debts(), periods(), asked())
def test_the_past_is_computed_again_the_same(
    steps: Steps, period: tuple[date, date], asked: Asked
) -> None:
    """What happens to the balance after a day does not change the interest up to it."""
    due, until = period
    known = tuple(step for step in steps if step[0] <= until)
    terms = terms_of(asked)
    assert interest(steps, "EUR", due, until, terms) == interest(known, "EUR", due, until, terms)
