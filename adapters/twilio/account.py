"""Calls Twilio's API with a fresh client for every call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from activities.ports.clock import LastLook
from adapters.http.address_checks import safe_url
from adapters.http.calls import TIMEOUT, silence_vendor_logs, within
from adapters.http.last_byte import KeptAdapter
from adapters.messages.twilio_addresses import OVERRIDES, twilio_address

_Answer = TypeVar("_Answer")

NO_ANSWER = (RequestException, OSError)
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
CANNOT_TELL = (TwilioException, *NO_ANSWER, *UNREADABLE)
"""All that can go wrong with a question that changes nothing."""


class TwilioAccount:
    """An account and where its API is.

    Attributes:
        public_url: where Twilio reports to; our id rides in the URL, so that its news proves a
            message even when the answer to our call was lost.

    Raises:
        ValueError: if credentials are missing, or a URL is not safe.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        base_url: str = "https://api.twilio.com",
        public_url: str = "",
        timeout: float = TIMEOUT,
    ) -> None:
        if not (account_sid and auth_token):
            raise ValueError("twilio.account_sid and twilio.auth_token are both needed")
        self._credentials = (account_sid, auth_token)
        self._base_url = safe_url(base_url, "twilio.base_url")
        self.public_url = safe_url(public_url, "twilio.public_url") if public_url else ""
        self._timeout = timeout
        silence_vendor_logs()

    def ask(self, work: Callable[[Any], _Answer], look: LastLook | None = None) -> _Answer:
        """Do something with a fresh client, within the time of one call.

        A pooled connection gone stale would look like a lost answer.

        Raises:
            StaleLookError: if a look is given that did not hold until the request was whole.
        """
        return within(self._timeout, lambda: self._once(work, look))

    def callback(self, path: str, message_id: str) -> str:
        """Make the address at which Twilio reports on a message, with how often it tries."""
        return twilio_address(self.public_url, path, message_id) + OVERRIDES

    def _once(self, work: Callable[[Any], _Answer], look: LastLook | None) -> _Answer:
        http = TwilioHttpClient(timeout=self._timeout)
        if http.session:
            for scheme in ("https://", "http://"):
                http.session.mount(scheme, KeptAdapter(look))
        client = Client(*self._credentials, http_client=http)
        client.api.base_url = self._base_url
        try:
            return work(client)
        finally:
            if http.session:
                http.session.close()
