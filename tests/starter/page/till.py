"""A creditor who is paid through Stripe, a customer of his, and Stripe itself."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from httpx import Response
from pydantic import SecretStr

from adapters.config.settings_groups import StripeSettings
from tests.starter.page.stripe_stand_in import Stripe
from tests.starter.page.world import Customer, Gate, words_in

KEY, SIGNING, OTHERS = "sk_test_" + "k" * 24, "whsec_" + "s" * 32, "whsec_" + "o" * 32


@dataclass
class Till:
    """A customer of a creditor who is paid through Stripe, and Stripe itself."""

    gate: Gate
    stripe: Stripe
    customer: Customer
    payment: str

    def begins(self) -> str:
        """The customer sets out to pay; answers the address of the place."""
        page = self.customer.post("pay")
        found = re.search(r'href="(https://checkout[^"]+)"', page.text)
        assert found, words_in(page.text)
        return found[1]

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

    def pays(
        self, kind: str = "checkout.session.completed", secret: str = "", **changes: Any
    ) -> Response:
        """Stripe tells that it was paid."""
        paid = self.stripe.newest["line_items[0][price_data][unit_amount]"]
        told: dict[str, Any] = {
            "id": "cs_test_1",
            "metadata": self.ours,
            "payment_intent": self.payment,
        }
        told |= {"payment_status": "paid", "amount_total": int(paid), "currency": "eur", **changes}
        return self.tells(kind, told, secret=secret)

    def refunds(self, total: int) -> Response:
        """Stripe tells how much of the charge has been given back so far."""
        told = {"id": "ch_1", "metadata": self.ours, "payment_intent": self.payment}
        return self.tells("charge.refunded", told | {"amount_refunded": total, "currency": "eur"})

    def disputes(self, what: str) -> Response:
        """Stripe takes the money out of the account, or puts it back."""
        told = {"id": "dp_1", "payment_intent": self.payment, "amount": 11900, "currency": "eur"}
        return self.tells(f"charge.dispute.funds_{what}", told)

    @property
    def open(self) -> list[int]:
        """What is open of each invoice, in cents."""
        return [self.gate.application.cases.rows([c])[0].open.minor for c in self.customer.cases]


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
