"""Makes Stripe's own client for one account: bounded in time, and quiet."""

from __future__ import annotations

import stripe

from adapters.http.calls import TIMEOUT, silence_vendor_logs

STRIPE_RETRIES = 2


def stripe_client(key: str, base_url: str) -> stripe.StripeClient:
    """Make the client of an account; its address was checked before."""
    silence_vendor_logs()
    return stripe.StripeClient(
        key,
        base_addresses={"api": base_url},
        max_network_retries=STRIPE_RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )
