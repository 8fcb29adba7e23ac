"""Posts an event to an endpoint: its body, signed with the creditor's own secret."""

from __future__ import annotations

import json
from datetime import UTC

from standardwebhooks import Webhook

from activities.ports.events import DomainEvent, EndpointReply
from adapters.config.settings_groups import WebhookSettings
from adapters.webhooks.post import Poster
from adapters.webhooks.signing import event_id, secret_of, signed


class SignedPost:
    """Posts events as the settings say: to allowed addresses, with the newest and older secrets."""

    def __init__(self, settings: WebhookSettings, poster: Poster | None = None) -> None:
        self._masters = settings.masters
        self._poster = poster or Poster(settings.allowed)
        self.can_sign = bool(self._masters)

    def post(self, event: DomainEvent, url: str) -> EndpointReply:
        """Post one event now, without keeping anything."""
        signers = [Webhook(secret_of(master, event.creditor)) for master in self._masters]
        body = json.dumps(payload(event), ensure_ascii=False, separators=(",", ":"))
        return self._poster.post(url, signed(signers, event_id(event.id), body), body)


def payload(event: DomainEvent) -> dict[str, object]:
    """Make the JSON of an event; new fields may come, none changes its meaning."""
    about = {"creditor": event.creditor, "customer": event.customer, "case": event.case}
    at = event.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "type": event.kind,
        "id": event_id(event.id),
        "timestamp": at,
        "data": {**{name: value for name, value in about.items() if value}, **event.data},
    }
