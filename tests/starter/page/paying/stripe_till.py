"""The contract of a provider, kept by Stripe."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import Response
from pydantic import SecretStr

from adapters.config.settings_groups import StripeSettings
from tests.starter.page.paying.stripe_stand_in import Stripe
from tests.starter.page.paying.till import Till

KEY, SIGNING, OTHERS = "sk_test_" + "k" * 24, "whsec_" + "s" * 32, "whsec_" + "o" * 32
_PRICE = "line_items[0][price_data]"


@dataclass
class StripeTill(Till):
    """A creditor who is paid through Stripe."""

    intent: str
    stripe: Stripe

    @property
    def payment(self) -> str:
        """The intent, which is one for each payment."""
        return self.intent

    @property
    def asked(self) -> tuple[str, str, str]:
        """As Stripe's form says it."""
        form, digits = self.stripe.newest, 2
        minor = form[f"{_PRICE}[unit_amount]"]
        amount = f"{minor[:-digits]}.{minor[-digits:]}"
        return amount, form[f"{_PRICE}[currency]"].upper(), form[f"{_PRICE}[product_data][name]"]

    @property
    def told(self) -> str:
        """The whole form."""
        return json.dumps(self.stripe.newest)

    @property
    def closed(self) -> int:
        """Sessions that were expired."""
        return len(self.stripe.expired)

    def leave(self, *, down: bool) -> None:
        """It answers 500, or no longer."""
        self.stripe.is_down = down

    def tells(self, kind: str, told: dict[str, Any], **how: Any) -> Response:
        """Stripe calls with an event."""
        event = {"id": "evt_1", "type": kind, "created": int(time.time()), "data": {"object": told}}
        body = json.dumps(event)
        headers = self.stripe.signed(body, **how)
        return self.gate.client.post("/hooks/stripe", content=body, headers=headers)

    @property
    def ours(self) -> dict[str, str]:
        """What Stripe carries along for us."""
        return {"amicable_order": self.stripe.newest["metadata[amicable_order]"]}

    def session(
        self, kind: str = "checkout.session.completed", secret: str = "", **changes: Any
    ) -> int:
        """Stripe tells of its session."""
        paid = self.stripe.newest[f"{_PRICE}[unit_amount]"]
        told: dict[str, Any] = {
            "id": "cs_test_1",
            "metadata": self.ours,
            "payment_intent": self.payment,
        }
        told |= {"payment_status": "paid", "amount_total": int(paid), "currency": "eur", **changes}
        return self.tells(kind, told, secret=secret).status_code

    def pays(self) -> int:
        """The session is completed, or its debit has come."""
        return self.session()

    def debits(self) -> int:
        """The session is completed without its money."""
        return self.session(payment_status="unpaid")

    def debit_fails(self) -> int:
        """The money does not come."""
        return self.session("checkout.session.async_payment_failed")

    def refunds(self, total: int) -> int:
        """The charge says how much of it has been given back so far."""
        told: dict[str, Any] = {"id": "ch_1", "metadata": self.ours}
        told |= {"payment_intent": self.payment}
        told |= {"amount_refunded": total, "currency": "eur"}
        return self.tells("charge.refunded", told).status_code

    def disputes(self, what: str) -> int:
        """The money leaves the account, or comes back."""
        told = {"id": "dp_1", "payment_intent": self.payment, "amount": 11900, "currency": "eur"}
        return self.tells(f"charge.dispute.funds_{what}", told).status_code


def account_at(stripe: Stripe) -> StripeSettings:
    """The installation's account at the stand-in."""
    return StripeSettings(
        api_key=SecretStr(KEY), webhook_secret=SecretStr(SIGNING), base_url=stripe.url
    )


def others_account(folder: Path) -> Path:
    """A creditor who has an account of its own."""
    (folder / "key").write_text(KEY)
    (folder / "secret").write_text(OTHERS)
    file = folder / "creditors.toml"
    secrets = f'api_key_file = "{folder}/key"\nwebhook_secret_file = "{folder}/secret"\n'
    file.write_text(f"[other.stripe]\n{secrets}")
    return file
