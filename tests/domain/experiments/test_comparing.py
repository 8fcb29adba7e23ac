"""Looking every week misleads in five of a hundred experiments at most, and finds what is there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from functools import partial

import pytest

from domain.experiments.arms import Arm, arm_of
from domain.experiments.comparing import (
    ALPHA,
    Conclusion,
    Sample,
    compare,
    sample_of,
)
from domain.experiments.conclusion import sentence_of


def made(count: int, mean: float, variance: float) -> Sample:
    """A sample as it is known."""
    return Sample(count, Decimal(str(mean)), Decimal(str(variance)))


WEEKS, A_WEEK, EXPERIMENTS = 52, 12, 1000


class Running:
    """Sums of one arm, as the weeks go by."""

    def __init__(self) -> None:
        self.count, self.sum, self.squares = 0, 0.0, 0.0

    def add(self, value: float) -> None:
        """One more customer."""
        self.count += 1
        self.sum += value
        self.squares += value * value

    @property
    def sample(self) -> Sample:
        """The sample so far."""
        mean = self.sum / self.count
        spread = max(0.0, self.squares - self.count * mean * mean) / (self.count - 1)
        return Sample(self.count, Decimal(f"{mean:.9f}"), Decimal(f"{spread:.9f}"))


def paid_share(dice: random.Random, rate: float) -> float:
    """Most pay all or nothing; some pay a part."""
    drawn = dice.random()
    if drawn < 0.1:
        return dice.random()
    return 1.0 if drawn < 0.1 + 0.9 * rate else 0.0


def concluded(seed: int, champion: float, challenger: float) -> Conclusion:
    """What somebody concludes who looks every week for a year and stops at the first word."""
    draws = [partial(paid_share, rate=rate) for rate in (champion, challenger)]
    return concluded_of(seed, draws, (A_WEEK, A_WEEK))


def concluded_of(
    seed: int, draws: Sequence[Callable[[random.Random], float]], a_week: tuple[int, int]
) -> Conclusion:
    """The same of two arms with so many customers a week each, whatever is measured of them."""
    dice = random.Random(seed)  # noqa: S311 - made-up customers
    arms = one, other = Running(), Running()
    with localcontext(prec=12):  # of many thousand looks, none needs more digits
        for _ in range(WEEKS):
            for number in range(max(a_week)):
                for arm, draw, most in zip(arms, draws, a_week, strict=True):
                    if number < most:
                        arm.add(draw(dice))
            verdict = compare(one.sample, other.sample).verdict
            if verdict in (Conclusion.CHAMPION, Conclusion.CHALLENGER):
                return verdict
    return Conclusion.NOT_YET


def test_a_weekly_look_at_nothing_concludes_falsely_in_five_of_a_hundred_at_most() -> None:
    ends = Counter(concluded(seed, 0.6, 0.6) for seed in range(EXPERIMENTS))
    false = EXPERIMENTS - ends[Conclusion.NOT_YET]
    assert false <= ALPHA * EXPERIMENTS


def test_rare_payers_mislead_no_more_often() -> None:
    ends = Counter(concluded(seed, 0.95, 0.95) for seed in range(EXPERIMENTS // 4))
    assert EXPERIMENTS // 4 - ends[Conclusion.NOT_YET] <= ALPHA * EXPERIMENTS / 4


def rare_event(dice: random.Random) -> float:
    """One customer of twenty is lost, or contests."""
    return float(dice.random() < 0.05)


def heavy_tail(dice: random.Random) -> float:
    """Money: a few customers owe more than all others."""
    return min(dice.paretovariate(1.5), 10_000)


@pytest.mark.parametrize("a_week", [(12, 2), (2, 12)])
@pytest.mark.parametrize("draw", [rare_event, heavy_tail])
def test_arms_of_different_size_mislead_no_more_often(
    draw: Callable[[random.Random], float], a_week: tuple[int, int]
) -> None:
    """By the variance of each arm alone, a small one that met nothing yet misled twice as often."""
    ends = Counter(concluded_of(seed, [draw, draw], a_week) for seed in range(100))
    assert 100 - ends[Conclusion.NOT_YET] - ends[Conclusion.TOO_FEW] <= ALPHA * 100


def test_a_fixed_test_that_is_looked_at_every_week_would_mislead_far_more_often() -> None:
    """Why the plain one is not used: of twenty it would be wrong four times and more."""
    false = 0
    for seed in range(200):
        dice, one, other = random.Random(seed), Running(), Running()  # noqa: S311 - made-up customers
        for week in range(WEEKS):
            for _ in range(A_WEEK):
                one.add(paid_share(dice, 0.6))
                other.add(paid_share(dice, 0.6))
            a, b = one.sample, other.sample
            error = (a.variance / a.count + b.variance / b.count).sqrt()
            if week > 3 and abs(a.mean - b.mean) > Decimal("1.96") * error:
                false += 1
                break
    assert false > 200 * 0.2


def test_a_difference_of_twelve_points_is_found_within_the_year() -> None:
    ends = Counter(concluded(seed, 0.55, 0.67) for seed in range(100))
    assert ends[Conclusion.CHALLENGER] > 80
    assert ends[Conclusion.CHAMPION] <= 1


@pytest.mark.parametrize(
    ("better", "more", "verdict"),
    [
        (0.3, True, Conclusion.CHALLENGER),
        (-0.3, True, Conclusion.CHAMPION),
        (0.3, False, Conclusion.CHAMPION),
        (-0.3, False, Conclusion.CHALLENGER),
    ],
)
def test_who_is_better_depends_on_what_is_good(
    better: float, more: bool, verdict: Conclusion
) -> None:
    one, other = made(500, 0.5, 0.2), made(500, 0.5 + better, 0.2)
    assert compare(one, other, more_is_better=more).verdict is verdict


def test_with_few_customers_nothing_is_concluded_however_clear_it_looks() -> None:
    one, other = sample_of([Decimal(0)] * 49), sample_of([Decimal(1)] * 500)
    assert compare(one, other).verdict is Conclusion.TOO_FEW
    assert compare(sample_of([Decimal(0)] * 50), other).verdict is Conclusion.CHALLENGER
    assert compare(Sample(), Sample()).verdict is Conclusion.TOO_FEW


def test_the_sentence_says_whether_one_may_conclude() -> None:
    few = compare(sample_of([Decimal(1), Decimal(0)]), sample_of([Decimal(1), Decimal(1)]))
    open_yet = compare(made(100, 0.5, 0.25), made(100, 0.55, 0.25))
    clear = compare(made(900, 0.5, 0.25), made(900, 0.65, 0.25))

    assert "may not conclude yet" in sentence_of(few, 2)
    assert "may be chance" in sentence_of(open_yet, 100)
    assert sentence_of(clear, 900).startswith("One may conclude that the challenger is better")


def test_customers_are_split_evenly_once_and_anew_for_each_experiment() -> None:
    first = {f"C-{number}": arm_of("a", "acme", f"C-{number}") for number in range(4000)}
    again = {name: arm_of("a", "acme", name) for name in first}
    second = {name: arm_of("b", "acme", name) for name in first}
    same = sum(first[name] is second[name] for name in first)

    assert first == again
    assert 1880 < sum(arm is Arm.CHALLENGER for arm in first.values()) < 2120
    assert 1880 < same < 2120
    assert arm_of("a", "acme", "C-1") in set(Arm)
