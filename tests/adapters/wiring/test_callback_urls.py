"""Each message has an address for answers and a page for receipts, where there is such a place."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.config.settings import Settings, SettingsError
from adapters.config.tokens import RECEIPT, Tokens
from adapters.wiring.callback_urls import callback_urls

MESSAGE = "0b8b7b0e-94a6-4a3c-b1f9-3f8c2f0c9a11"
SECRET = "a secret of many random characters"


def test_answers_go_to_the_creditor_unless_there_is_a_domain_for_them() -> None:
    assert callback_urls(Settings()).answers(MESSAGE, "acme") == ""
    told: Any = {"secret": SECRET}
    assert callback_urls(Settings(replies=told)).answers(MESSAGE, "acme") == ""


def test_with_a_domain_each_message_has_an_address_of_its_own() -> None:
    told: Any = {"domain": "reply.acme.example", "secret": SECRET}

    address = callback_urls(Settings(replies=told)).answers(MESSAGE, "acme")

    assert address.endswith("@reply.acme.example")
    assert Tokens([SECRET]).answered(address) == MESSAGE


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ({"domain": "reply.acme.example"}, "AMICABLE_REPLIES__SECRET"),
        ({"domain": "reply.acme.example", "secret": "short"}, "AMICABLE_REPLIES__SECRET"),
        ({"domain": "not a domain", "secret": SECRET}, "AMICABLE_REPLIES__DOMAIN"),
        ({"domain": "a@b.example", "secret": SECRET}, "AMICABLE_REPLIES__DOMAIN"),
        ({"domain": "x.example\nBcc: y", "secret": SECRET}, "AMICABLE_REPLIES__DOMAIN"),
    ],
)
def test_an_address_for_answers_that_cannot_work_stops_the_start(told: Any, names: str) -> None:
    with pytest.raises(SettingsError, match=names):
        callback_urls(Settings(replies=told))


def test_a_page_for_receipts_needs_a_public_address_and_a_secret() -> None:
    """P02."""
    api: Any = {"public_url": "https://pay.example/"}
    replies: Any = {"secret": SECRET}
    assert callback_urls(Settings(replies=replies)).page(MESSAGE) == ""
    assert callback_urls(Settings(api=api)).page(MESSAGE) == ""

    link = callback_urls(Settings(api=api, replies=replies)).page(MESSAGE)
    assert link.startswith("https://pay.example/r/")
    assert Tokens([SECRET]).read(RECEIPT, link.rpartition("/")[2]) == MESSAGE


def test_a_page_for_receipts_is_never_in_the_clear() -> None:
    api: Any = {"public_url": "http://pay.example"}
    replies: Any = {"secret": SECRET}

    with pytest.raises(SettingsError, match="AMICABLE_API__PUBLIC_URL"):
        callback_urls(Settings(api=api, replies=replies))
