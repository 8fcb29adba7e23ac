"""Sends text messages through Twilio's own SDK: one call per message, no retries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException

from activities.ports.clock import StaleLookError
from activities.ports.types import Envelope, Found, Receipt, Sent
from adapters.http.address_checks import bad_number
from adapters.http.calls import STALE, TIMEOUT, lost
from adapters.messages.twilio_addresses import SMS
from adapters.twilio.account import CANNOT_TELL, NO_ANSWER, UNREADABLE, TwilioAccount
from adapters.twilio.answers import FAILED, number_of, receipt_of_code, twilio_receipt

LONGEST_QUEUE = 36000
"""Seconds that Twilio keeps a message in its queue, at most."""

_MARGIN = timedelta(minutes=1)
"""Clocks differ: the search begins a little before the call."""

_SEARCH_LIMIT = 50


class TwilioSms:
    """Twilio's Messages API, from a number or a messaging service.

    Raises:
        ValueError: if credentials or sender are missing, or a URL is not safe.
    """

    name = "sms"
    provider = "twilio"
    index_lag = timedelta(seconds=10)
    complete_after: timedelta | None = timedelta(minutes=15)

    def __init__(  # noqa: PLR0913 - each is one line of Twilio's console
        self,
        account_sid: str,
        auth_token: str,
        *,
        from_number: str = "",
        messaging_service: str = "",
        base_url: str = "https://api.twilio.com",
        public_url: str = "",
        timeout: float = TIMEOUT,
    ) -> None:
        self._account = TwilioAccount(
            account_sid, auth_token, base_url=base_url, public_url=public_url, timeout=timeout
        )
        if bool(from_number) == bool(messaging_service):
            raise ValueError("give either twilio.from_number or twilio.messaging_service")
        self._sender = (
            {"messaging_service_sid": messaging_service}
            if messaging_service
            else {"from_": from_number}
        )

    def send(self, envelope: Envelope) -> Receipt:
        """Hand one SMS to Twilio; every outcome is a receipt, never an exception."""
        reason = bad_number(envelope.to)
        if reason:
            return Receipt(sent=Sent.REJECTED, detail=reason, bad_point=True)
        try:
            message = self._account.ask(
                lambda client: self._create(client, envelope), envelope.look
            )
        except StaleLookError:
            return STALE
        except TwilioException as error:
            return twilio_receipt(error, envelope)
        except NO_ANSWER as error:
            return lost(error)
        except UNREADABLE:
            return Receipt(sent=Sent.UNKNOWN, detail="Twilio's answer could not be read")
        return _accepted(message, envelope)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Search the messages to this number for exactly this text."""
        try:
            return self._account.ask(lambda client: _search(client, envelope, since))
        except CANNOT_TELL:
            return Found.CANNOT_TELL

    def _create(self, client: Any, envelope: Envelope) -> Any:
        options: dict[str, Any] = dict(self._sender)
        if self._account.public_url:
            options["status_callback"] = self._account.callback(SMS, envelope.id)
        return client.messages.create(
            to=envelope.to,
            body=envelope.text,
            # A message still queued when the contact window closes must not leave at night.
            validity_period=max(1, min(LONGEST_QUEUE, envelope.seconds_left)),
            **options,
        )


def _search(client: Any, envelope: Envelope, since: datetime) -> Found:
    start = (since - _MARGIN).astimezone(UTC)
    sent = client.messages.list(to=envelope.to, date_sent_after=start, limit=_SEARCH_LIMIT)
    # Queued messages have no sending date yet and hide from the search by date.
    queued = client.messages.list(to=envelope.to, limit=_SEARCH_LIMIT)
    candidates = [*sent, *(message for message in queued if _waits(message, start))]
    if any(message.body == envelope.text for message in candidates):
        return Found.YES
    return Found.CANNOT_TELL if len(sent) >= _SEARCH_LIMIT else Found.NO


def _waits(message: Any, start: datetime) -> bool:
    created = message.date_created
    return message.date_sent is None and (created is None or created >= start)


def _accepted(message: Any, envelope: Envelope) -> Receipt:
    """Twilio may answer 201 to a message that has failed already."""
    if message.status in FAILED:
        return receipt_of_code(number_of(message.error_code), 400, "", envelope)
    return Receipt(sent=Sent.ACCEPTED, provider_id=message.sid or "")
