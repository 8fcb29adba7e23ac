"""Events are checked as Standard Webhooks says: held against its own library and our sender."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from amicable_client import UnsignedEventError, read_event
from standardwebhooks import Webhook

from adapters.webhooks.signing import secret_of, signed

SECRET = secret_of("a master secret of some length", "acme")
BODY = json.dumps(
    {"type": "case.closed", "id": "evt_1", "timestamp": "2026-11-30T10:00:00Z", "data": {"a": 1}}
)


def test_what_we_send_is_believed_and_so_is_what_the_library_signs() -> None:
    headers = signed([Webhook(SECRET)], "evt_1", BODY)
    event = read_event(BODY.encode(), headers, SECRET)
    Webhook(SECRET).verify(BODY, headers)

    assert (event.id, event.type, event.data) == ("evt_1", "case.closed", {"a": 1})


def test_a_second_signature_lets_keys_be_changed_in_peace() -> None:
    both = [Webhook(secret_of("another", "acme")), Webhook(SECRET)]
    assert read_event(BODY.encode(), signed(both, "evt_1", BODY), SECRET).id == "evt_1"


@pytest.mark.parametrize("apart", [-301, 301])
def test_old_and_early_ones_are_not(apart: int) -> None:
    headers = signed([Webhook(SECRET)], "evt_1", BODY)
    now = datetime.now(UTC).timestamp() + apart
    with pytest.raises(UnsignedEventError):
        read_event(BODY.encode(), headers, SECRET, now=now)


@pytest.mark.parametrize("apart", [-299, 299])
def test_clocks_may_differ(apart: int) -> None:
    headers = signed([Webhook(SECRET)], "evt_1", BODY)
    now = int(headers["webhook-timestamp"]) + apart
    assert read_event(BODY.encode(), headers, SECRET, now=now).id == "evt_1"


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "evt_2"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": ""},
    ],
    ids=str,
)
def test_what_was_changed_on_the_way_is_not(change: dict[str, str]) -> None:
    headers = signed([Webhook(SECRET)], "evt_1", BODY) | change
    with pytest.raises(UnsignedEventError):
        read_event(BODY.encode(), headers, SECRET)


def test_another_body_or_secret_is_not() -> None:
    headers = signed([Webhook(SECRET)], "evt_1", BODY)
    for body, secret in (
        (BODY.replace("closed", "opened"), SECRET),
        (BODY, secret_of("another", "acme")),
        (BODY, "whsec_not base64"),
    ):
        with pytest.raises(UnsignedEventError):
            read_event(body.encode(), headers, secret)


def test_names_of_headers_are_read_in_any_case() -> None:
    headers = {name.title(): one for name, one in signed([Webhook(SECRET)], "e", BODY).items()}
    assert read_event(BODY.encode(), headers, SECRET).id == "evt_1"
