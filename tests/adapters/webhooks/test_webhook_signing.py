"""Signatures are those of the specification, and every creditor has a key of its own."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from activities.webhooks.retries import SPREAD, WAITS, pause_after
from adapters.config.environment import SettingsError
from adapters.config.settings_groups import WebhookSettings
from adapters.webhooks.signing import event_id, secret_of, signed

MASTER = "only-for-tests-0123456789"


def test_a_well_known_library_takes_what_we_sign() -> None:
    secret = secret_of(MASTER, "acme")
    headers = signed([Webhook(secret)], "evt_1", '{"type":"case.closed"}')

    assert Webhook(secret).verify(b'{"type":"case.closed"}', headers) == {"type": "case.closed"}


def test_a_creditors_secret_is_long_enough_always_the_same_and_nobody_elses() -> None:
    acme = secret_of(MASTER, "acme")

    assert len(base64.b64decode(acme.removeprefix("whsec_"))) == 32
    assert acme == secret_of(MASTER, "acme")
    assert len({acme, secret_of(MASTER, "acme2"), secret_of(f"{MASTER}x", "acme")}) == 3


def test_a_short_master_secret_is_refused_without_being_shown() -> None:
    for name in ("secret", "old_secret"):
        settings = WebhookSettings.model_validate({name: "x" * 23})
        with pytest.raises(SettingsError, match="at least 24") as refusal:
            _ = settings.masters
        assert "xxx" not in str(refusal.value) + repr(settings)
    assert WebhookSettings.model_validate({"secret": "x" * 24}).masters == ("x" * 24,)
    assert WebhookSettings().masters == ()


@given(st.text(min_size=1))
def test_an_event_id_is_plain_whatever_the_invoice_is_called(name: str) -> None:
    """A full stop in it would let one signature stand for another id and time."""
    found = event_id(name)

    assert found.isascii()
    assert found.replace("_", "").isalnum()
    assert found != event_id(f"{name}x")


def test_waits_grow_are_spread_a_little_and_end_after_three_days() -> None:
    waits = [pause_after(attempt, "evt") for attempt in range(1, len(WAITS) + 1)]

    for planned, wait in zip(WAITS, waits, strict=True):
        assert wait is not None
        assert planned <= wait <= planned * (1 + SPREAD / 100)
    assert pause_after(len(WAITS) + 1, "evt") is None
    assert timedelta(days=3) < sum(WAITS, timedelta()) < timedelta(days=4)
    assert len({pause_after(2, f"evt{number}") for number in range(50)}) > 40
