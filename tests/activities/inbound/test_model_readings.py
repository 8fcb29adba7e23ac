"""A model fills what is suggested, within a budget; when it is away, the rules' reading stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from activities.inbound.model_readings import ModelBounds, ModelReadings
from activities.ports.model.reading import ModelDownError
from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.ledger.inbound.readings import SqlReadings
from adapters.ledger.tasks.desk import find_tasks, finish_task
from domain.contact.breaker import FAILURES_RUNNING
from domain.intake.reply_meaning import ReplyMeaning, Says
from tests.activities.sending.post import Post
from tests.activities.sending_harness import Office

SAID = "Bill from Purchasing says the transfer left the house. Please be patient."


class Model:
    """A model that says what it is given, or is away; it remembers what it was asked."""

    def __init__(self, *claims: ReplyMeaning, away: bool = False) -> None:
        self.claims, self.away = claims, away
        self.asked: list[str] = []

    def read(self, said: str, _currency: str, _today: date) -> tuple[ReplyMeaning, ...]:
        """Read, or be away."""
        self.asked.append(said)
        if self.away:
            raise ModelDownError("ConnectError")
        return self.claims


class Stumbling(Model):
    """A model whose first answer is our own fault."""

    def read(self, said: str, _currency: str, _today: date) -> tuple[ReplyMeaning, ...]:
        """Read, but not the first time."""
        if not self.asked:
            self.asked.append(said)
            raise ZeroDivisionError
        return super().read(said, _currency, _today)


PAID = ReplyMeaning(meaning=Says.PAID, quote="the transfer left the house")
INVENTED = ReplyMeaning(meaning=Says.DISPUTE, quote="we contest it")


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out."""
    office.remind()
    return Post(office)


Readings = Callable[..., ModelReadings]


@pytest.fixture
def readings(post: Post) -> Readings:
    """What lets a model read this creditor's answers."""
    office = post.office

    def made(model: Model, per_day: int = 100, *, on: bool = True) -> ModelReadings:
        creditors = (office.creditor,) if on else ("another",)
        bounds = ModelBounds(creditors=creditors, per_day=per_day)
        return ModelReadings(model, SqlReadings(office.engine), office.clock, bounds)

    return made


def _came(post: Post, *said: str) -> list[TaskRow]:
    for words in said:
        post.came(said=words)
    post.round()
    return _tasks(post)


def _tasks(post: Post) -> list[TaskRow]:
    wanted = TaskFilter(creditor=post.office.creditor, kind="reply")
    return list(find_tasks(post.office.engine, wanted))


def test_a_model_fills_the_suggested_act_quotes_it_and_is_asked_once(
    post: Post, readings: Readings
) -> None:
    [before] = _came(post, SAID)
    model = Model(PAID, INVENTED)
    made = readings(model)
    counts = [made.round(), made.round()]
    [after] = _tasks(post)

    assert counts == [1, 0]
    assert "reads nothing" in before.task.detail
    assert after.task.suggestions[0].means == "says it is paid"
    assert after.task.detail.endswith(
        "The model reads: it is paid: \u00abthe transfer left the house\u00bb"
    )
    assert "contest" not in after.task.detail
    assert {what for what, _ in post.news()} == {"replied"}, "nothing else was said to the case"


def test_what_rules_read_stands_first_and_as_they_read_it(post: Post, readings: Readings) -> None:
    words = "We will pay on 2099-01-01. The goods arrived damaged."
    [before] = _came(post, words)
    day = date(2026, 3, 9)
    readings(Model(ReplyMeaning(meaning=Says.PROMISE, quote=words, day=day))).round()
    [after] = _tasks(post)

    assert [one.means for one in after.task.suggestions] == [
        one.means for one in before.task.suggestions
    ]


@pytest.mark.parametrize("model", [Model(away=True), Model(INVENTED), Model()])
def test_when_it_is_away_or_invents_the_rules_reading_stands(
    post: Post, readings: Readings, model: Model
) -> None:
    [before] = _came(post, "We paid this on Monday")
    readings(model).round()
    assert _tasks(post) == [before]


def test_an_answer_that_makes_it_stumble_holds_up_no_other(post: Post, readings: Readings) -> None:
    _came(post, SAID, f"{SAID} Again.")
    model = Stumbling(PAID)
    made = readings(model)

    assert [made.round(), made.round()] == [2, 0]
    assert sum("The model reads" in row.task.detail for row in _tasks(post)) == 1


def test_a_model_that_fails_is_left_alone_and_asked_again_later(
    post: Post, readings: Readings
) -> None:
    _came(post, *(f"{SAID} {number}" for number in range(FAILURES_RUNNING + 3)))
    model = Model(PAID, away=True)
    made = readings(model)
    made.round()
    made.round()
    assert len(model.asked) == FAILURES_RUNNING

    model.away = False
    post.office.now += timedelta(minutes=6)
    assert made.round() == FAILURES_RUNNING + 3


def test_no_more_are_sent_in_a_day_than_the_budget_allows(post: Post, readings: Readings) -> None:
    _came(post, *(f"{SAID} {number}" for number in range(5)))
    model = Model(PAID)
    assert [readings(model, 2).round() for _ in range(3)] == [2, 0, 0]
    post.office.now += timedelta(days=1)
    assert readings(model, 2).round() == 2


def test_nobody_elses_answers_are_sent_and_none_that_is_done(
    post: Post, readings: Readings
) -> None:
    [task] = _came(post, SAID)
    model = Model(PAID)
    readings(model, on=False).round()
    finish_task(post.office.engine, task.task.key, "ann")
    readings(model).round()
    assert model.asked == []
