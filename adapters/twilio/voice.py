"""Makes calls through Twilio's own SDK: a machine says who calls, details only after a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException

from activities.ports.clock import StaleLookError
from activities.ports.types import Envelope, Found, Receipt, Sent
from adapters.http.address_checks import bad_number
from adapters.http.calls import STALE, lost
from adapters.messages import twiml
from adapters.messages.twilio_addresses import ANSWERED, DETAILS, VOICE, twilio_address
from adapters.twilio.account import CANNOT_TELL, NO_ANSWER, UNREADABLE, TwilioAccount
from adapters.twilio.answers import number_of, receipt_of_code, twilio_receipt

RINGING = 25
"""Seconds that it rings: a mailbox usually answers later."""

LONGEST_CALL = 180
"""Seconds of one call, whatever happens on the line."""

_EVENTS = ("initiated", "ringing", "answered", "completed")
OURS_AT_FAULT = frozenset({21210, 21213, 21220, 10001, 10002, 10004})
"""Number not ours, account not active or without calls: every call would fail the same way."""

_MARGIN = timedelta(minutes=1)
_SEARCH_LIMIT = 20


class TwilioVoice:
    """Twilio's Calls API.

    Twilio keeps nothing of ours with a call that its search could find: only its callbacks, which
    carry our id, prove that a call was made. One whose outcome is unknown is never made again.

    Raises:
        ValueError: if the number is missing, or the address that the pressed key is told to.
    """

    name = "voice"
    provider = "twilio"
    index_lag = timedelta(seconds=30)
    complete_after: timedelta | None = None

    def __init__(self, account: TwilioAccount, from_number: str) -> None:
        if not from_number:
            raise ValueError("twilio.voice_number is needed: the number that calls come from")
        if not account.public_url:
            raise ValueError("twilio.public_url is needed: calls ask there what to say")
        self._account = account
        self._from = from_number

    def send(self, envelope: Envelope) -> Receipt:
        """Have one call made; every outcome is a receipt, never an exception."""
        words, refusal = self._words(envelope)
        if refusal:
            return refusal
        try:
            call = self._account.ask(
                lambda client: self._create(client, envelope, words), envelope.look
            )
        except StaleLookError:
            return STALE
        except TwilioException as error:
            return _refused(error, envelope)
        except NO_ANSWER as error:
            return lost(error)
        except UNREADABLE:
            return Receipt(sent=Sent.UNKNOWN, detail="Twilio's answer could not be read")
        return Receipt(sent=Sent.ACCEPTED, provider_id=call.sid or "", spoken=envelope.text)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Tell whether a call to this number was made at all; nobody can tell whose it was."""
        try:
            called = self._account.ask(lambda client: self._called(client, envelope, since))
        except CANNOT_TELL:
            return Found.CANNOT_TELL
        return Found.CANNOT_TELL if called else Found.NO

    def _words(self, envelope: Envelope) -> tuple[str, Receipt | None]:
        """What is said first, or why there is no call."""
        reason = bad_number(envelope.to)
        if reason:
            return "", Receipt(sent=Sent.REJECTED, detail=reason, bad_point=True)
        if envelope.call is None:
            return "", Receipt(sent=Sent.REJECTED, detail="there are no words for a call")
        pressed = twilio_address(self._account.public_url, DETAILS, envelope.id)
        words = twiml.call(envelope.call, pressed)
        if len(words) > twiml.LONGEST:
            detail = f"what the call says is longer than {twiml.LONGEST} characters; shorten names"
            return "", Receipt(sent=Sent.REJECTED, detail=detail)
        return words, None

    def _create(self, client: Any, envelope: Envelope, words: str) -> Any:
        return client.calls.create(
            to=envelope.to,
            from_=self._from,
            twiml=words,
            timeout=RINGING,
            time_limit=LONGEST_CALL,
            machine_detection="Enable",
            # A person shall not wait in silence while it is found out who answered.
            async_amd="true",
            async_amd_status_callback=self._account.callback(ANSWERED, envelope.id),
            status_callback=self._account.callback(VOICE, envelope.id),
            status_callback_event=list(_EVENTS),
        )

    def _called(self, client: Any, envelope: Envelope, since: datetime) -> bool:
        start = (since - _MARGIN).astimezone(UTC)
        options = {"to": envelope.to, "from_": self._from, "limit": _SEARCH_LIMIT}
        made = client.calls.list(start_time_after=start, **options)
        # A queued call has not begun yet and hides from the search by its beginning.
        return bool(made or client.calls.list(status="queued", **options))


def _refused(error: TwilioException, envelope: Envelope) -> Receipt:
    code = number_of(getattr(error, "code", 0))
    if code not in OURS_AT_FAULT:
        return twilio_receipt(error, envelope)
    told = receipt_of_code(code, 400, getattr(error, "msg", "") or "", envelope)
    return Receipt(sent=Sent.NOT_SENT, detail=told.detail, channel_down=True)
