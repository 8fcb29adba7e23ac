"""The contract of a provider, kept by Mollie: it calls with an id, and is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import SecretStr

from adapters.config.settings_groups import MollieSettings
from tests.starter.page.paying.mollie_stand_in import Mollie, stamp
from tests.starter.page.paying.till import Till

MOLLIE_KEY = "test_" + "m" * 30


@dataclass
class MollieTill(Till):
    """A creditor who is paid through Mollie."""

    mollie: Mollie

    @property
    def asked(self) -> tuple[str, str, str]:
        """As Mollie's payment says it."""
        newest = self.mollie.newest
        return newest["amount"]["value"], newest["amount"]["currency"], newest["description"]

    @property
    def told(self) -> str:
        """The whole payment."""
        return json.dumps(self.mollie.newest)

    @property
    def closed(self) -> int:
        """Payments that were canceled."""
        return len(self.mollie.canceled)

    @property
    def payment(self) -> str:
        """Mollie's id of the newest payment."""
        return str(self.mollie.newest["id"])

    def leave(self, *, down: bool) -> None:
        """It answers 503, or no longer."""
        self.mollie.is_down = down

    def calls(self, reference: str = "") -> int:
        """Mollie calls with an id, as it does when a payment changes."""
        told = {"id": reference or self.payment}
        return self.gate.client.post("/hooks/mollie", data=told).status_code

    def stands(self, status: str) -> int:
        """A payment stands so, and Mollie calls."""
        self.mollie.newest["status"] = status
        self.mollie.newest[f"{status}At"] = stamp(datetime.now(UTC))
        return self.calls()

    def pays(self) -> int:
        """Its status is `paid`."""
        return self.stands("paid")

    def debits(self) -> int:
        """Its status is `pending`."""
        return self.stands("pending")

    def debit_fails(self) -> int:
        """Its status is `failed`."""
        return self.stands("failed")

    def refunds(self, total: int) -> int:
        """One more refund, of what is missing to the sum so far."""
        done = self.mollie.refunds.setdefault(self.payment, [])
        before = sum(int(Decimal(one["amount"]["value"]) * 100) for one in done)
        if total > before:
            more = self.mollie.matter("re", len(done), total - before, status="refunded")
            done.append(more)
        return self.calls()

    def disputes(self, what: str) -> int:
        """A chargeback of all of it, or its reversal."""
        done = self.mollie.chargebacks.setdefault(self.payment, [])
        if what == "withdrawn" and not done:
            done.append(self.mollie.matter("chb", 0, 11900, reversedAt=None))
        if what == "reinstated":
            done[0]["reversedAt"] = stamp(datetime.now(UTC))
        return self.calls()


def mollie_account(mollie: Mollie, **changes: Any) -> MollieSettings:
    """The installation's account at the stand-in."""
    given: dict[str, Any] = {"api_key": SecretStr(MOLLIE_KEY), "base_url": mollie.url}
    return MollieSettings(**(given | changes))
