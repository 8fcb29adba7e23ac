"""Who takes the payments of which creditor, and what is said where it cannot be known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.config.settings import Settings, SettingsError
from adapters.config.settings_groups import ApiSettings, MollieSettings, StripeSettings
from adapters.wiring.online import OnlineProviders

_STRIPE = StripeSettings(api_key=SecretStr("sk_test"), webhook_secret=SecretStr("whsec_x"))
_MOLLIE = MollieSettings(api_key=SecretStr("test_key"))
_API = ApiSettings(public_url="https://pay.example")


def _providers(tmp_path: Path, own: str = "", **told: Any) -> OnlineProviders:
    (tmp_path / "key").write_text("live_own")
    file = tmp_path / "creditors.toml"
    file.write_text(own.replace("KEY", str(tmp_path / "key")))
    return OnlineProviders(Settings(home=tmp_path, creditors_file=file, **told))


def _name(providers: OnlineProviders, creditor: str) -> str:
    found = providers.of(creditor)
    return found.name if found else ""


def test_without_an_account_nothing_is_paid_online(tmp_path: Path) -> None:
    assert _name(_providers(tmp_path), "acme") == ""


@pytest.mark.parametrize("wanted", ["stripe", "mollie"])
def test_of_two_accounts_one_takes_new_payments_and_both_are_heard(
    tmp_path: Path, wanted: str
) -> None:
    """While a creditor moves from one to the other, refunds of the first still count."""
    both = _providers(tmp_path, stripe=_STRIPE, mollie=_MOLLIE, api=_API, pay_with=wanted)

    assert _name(both, "acme") == wanted
    assert both.any_of("stripe")
    assert both.any_of("mollie")


def test_of_two_accounts_one_must_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"AMICABLE_PAY_WITH: .* mollie or stripe"):
        _providers(tmp_path, stripe=_STRIPE, mollie=_MOLLIE, api=_API)


def test_an_account_of_its_own_takes_its_creditors_payments_alone(tmp_path: Path) -> None:
    own = _providers(tmp_path, '[acme.mollie]\napi_key_file = "KEY"\n', stripe=_STRIPE, api=_API)

    assert (_name(own, "acme"), _name(own, "other")) == ("mollie", "stripe")
    assert own.account_of("acme", "mollie") == "acme"
    assert own.account_of("acme", "stripe") == "", "what was begun there before still comes there"


def test_mollie_needs_an_address_that_it_can_call(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"AMICABLE_MOLLIE__API_KEY .*AMICABLE_API__PUBLIC_URL"):
        _providers(tmp_path, mollie=_MOLLIE)


def test_a_key_travels_to_safe_addresses_only(tmp_path: Path) -> None:
    elsewhere = _MOLLIE.model_copy(update={"base_url": "http://mollie.example"})
    with pytest.raises(SettingsError, match="AMICABLE_MOLLIE__BASE_URL"):
        _providers(tmp_path, mollie=elsewhere, api=_API)
