"""A model behind the chat API: it is told little, believed less, and may be away."""

from __future__ import annotations

import time
from datetime import date

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer
from werkzeug import Response

from activities.inbound.model_readings import together
from activities.ports.model.reading import ModelDownError
from adapters.config.settings_groups import ModelSettings
from adapters.model.chat import ChatReader
from domain.intake.blanking import without_contact
from domain.intake.reply_meaning import resting_on
from domain.intake.reply_rules import read_reply
from tests.adapters.model.stand_in import StandIn, answered
from tests.domain.intake.test_reply_rules import SAMPLES, TODAY, samples, words_of

KEY = "only-for-tests"
PATH = "/v1/chat/completions"


def reader(httpserver: HTTPServer, seconds: float = 20) -> ChatReader:
    """A reader that asks the stand-in."""
    url = httpserver.url_for("/v1").replace("localhost", "127.0.0.1")
    return ChatReader(ModelSettings(url=url, name="stand-in", key=SecretStr(KEY), seconds=seconds))


def test_of_what_a_model_claims_only_what_the_words_prove_is_kept(httpserver: HTTPServer) -> None:
    """All 241 samples over HTTP; each answer holds five lies beside what is true."""
    stand_in = StandIn()
    httpserver.expect_request(PATH, method="POST").respond_with_handler(stand_in)
    model, every = reader(httpserver), samples()
    right = wrong = 0
    for one in every:
        claims = model.read(without_contact(one.said), "EUR", TODAY)
        proved = resting_on(one.said, claims or (), TODAY)
        rules = read_reply(one.said, one.language, "EUR", TODAY)
        found = words_of(together(rules, proved))
        wrong += bool(words_of(proved) - one.means)
        right += found == one.means

    assert (right, wrong) == (len(every), 0)
    line = f"| rules and the stand-in, five lies in each answer | {right} | {wrong} | 0 |"
    assert line in (SAMPLES.parents[3] / "docs/incoming.md").read_text()
    assert set(stand_in.keys) == {f"Bearer {KEY}"}
    assert KEY not in repr(model.__dict__)


def test_a_model_is_told_the_words_the_day_and_the_currency_alone(httpserver: HTTPServer) -> None:
    stand_in = StandIn()
    httpserver.expect_request(PATH).respond_with_handler(stand_in)
    said = without_contact("We pay. Call +44 20 7946 0113 or write to a@globex.example")
    reader(httpserver).read(said, "EUR", date(2026, 12, 2))
    [asked] = stand_in.asked

    told = asked["messages"][-1]["content"]
    assert told == (
        "Today is Wednesday, 2026-12-02. Currency: EUR. The answer:\n"
        "We pay. Call [phone number] or write to [e-mail address]"
    )
    assert set(asked) == {"model", "temperature", "max_tokens", "response_format", "messages"}


@pytest.mark.parametrize(
    "answer",
    [
        answered("I think they paid."),
        answered({"meanings": "paid"}),
        answered({"meaning": "paid"}),
        answered([]),
        answered({"meanings": ["paid"]}),
        Response("{}", content_type="application/json"),
        Response("[" * 100_000, content_type="application/json"),
        Response("x" * 300_000, content_type="text/plain"),
    ],
)
def test_an_answer_that_cannot_be_used_is_none(httpserver: HTTPServer, answer: Response) -> None:
    httpserver.expect_request(PATH).respond_with_response(answer)
    assert not reader(httpserver).read("We paid", "EUR", TODAY)


@pytest.mark.parametrize("status", [401, 429, 500, 302])
def test_a_model_that_refuses_is_down(httpserver: HTTPServer, status: int) -> None:
    headers = {"Location": httpserver.url_for("/elsewhere")}
    httpserver.expect_request(PATH).respond_with_data("no", status=status, headers=headers)
    with pytest.raises(ModelDownError):
        reader(httpserver).read("We paid", "EUR", TODAY)


def test_a_model_that_thinks_for_too_long_is_down(httpserver: HTTPServer) -> None:
    def slow(_request: object) -> Response:
        time.sleep(1)
        return answered({"meanings": []})

    httpserver.expect_request(PATH).respond_with_handler(slow)
    with pytest.raises(ModelDownError, match="Timeout"):
        reader(httpserver, seconds=0.2).read("We paid", "EUR", TODAY)


@pytest.mark.parametrize("url", ["http://models.example/v1", "ftp://models.example", "models"])
def test_words_of_customers_travel_by_https_alone(url: str) -> None:
    with pytest.raises(ValueError, match="MODEL__URL"):
        ChatReader(ModelSettings(url=url))
