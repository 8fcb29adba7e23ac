"""Checks, secrets and trial posts for people who set up endpoints."""

from __future__ import annotations

from activities.ports.events import DomainEvent
from activities.ports.stores.webhooks import TriedOut
from adapters.config.environment import SettingsError
from adapters.config.settings_groups import WebhookSettings
from adapters.webhooks.post import Poster
from adapters.webhooks.signed_post import SignedPost
from adapters.webhooks.signing import secret_of
from adapters.webhooks.ssrf import ForbiddenError
from domain.errors import DomainError

UNSET = "set AMICABLE_WEBHOOK__SECRET (or AMICABLE_WEBHOOK__SECRET_FILE) first"


class SignedWebhookLine:
    """Reaches endpoints with the same checks and secrets as the rounds of deliveries."""

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._poster = Poster(settings.allowed)

    def refuse(self, url: str) -> None:
        """Make sure that an address may be called.

        Raises:
            DomainError: in words, with the address.
        """
        try:
            self._poster.check(url)
        except ForbiddenError as reason:
            raise DomainError(f"{url}: {reason}", field="url") from None

    def secret(self, creditor: str) -> str:
        """Derive the secret with which a creditor's endpoints check our signatures.

        Raises:
            SettingsError: if there is no secret to derive it from.
        """
        if not self._settings.masters:
            raise SettingsError(UNSET)
        return secret_of(self._settings.masters[0], creditor)

    def try_out(self, event: DomainEvent, url: str) -> TriedOut:
        """Post one signed event now."""
        reply = SignedPost(self._settings, self._poster).post(event, url)
        return TriedOut(taken=reply.taken, status=reply.status, detail=reply.detail)
