"""E-mail through SendGrid's own SDK: one call per message, no retries, no tracking."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

from python_http_client import Client
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from activities.ports.clock import LastLook, StaleLookError
from activities.ports.letter_data import Attachment
from activities.ports.types import Envelope, Found, Receipt, Sent
from activities.sending.attaching import plain_cid, plain_kind, plain_name
from adapters.email.sendgrid_answers import sendgrid_receipt
from adapters.http.address_checks import refused_mail, safe_url
from adapters.http.calls import STALE, TIMEOUT, lost, silence_vendor_logs, within
from adapters.http.last_byte import KeptHandler
from adapters.messages.mime import id_header, shown_address, thread_headers

OUR_ID = "am_mid"
"""The custom argument with our opaque message id: SendGrid keeps it for years, so nothing else."""

_MARGIN = timedelta(minutes=1)
"""Clocks differ: the search begins a little before the call."""

CANDIDATES = 20
"""How many messages to one address are opened in a look-up, at most."""

_SEARCH_LIMIT = 100
_LOST = (OSError, HTTPException)


class SendGridMail:
    """SendGrid's v3 API; sandbox mode lets it validate a message without sending it.

    Raises:
        ValueError: if the key cannot be one, or the host would get it in the clear.
    """

    name = "email"
    provider = "sendgrid"
    index_lag = timedelta(seconds=60)

    def __init__(
        self,
        api_key: str,
        *,
        host: str = "https://api.sendgrid.com",
        sandbox: bool = False,
        timeout: float = TIMEOUT,
        complete_after: timedelta | None = None,
    ) -> None:
        if not api_key or api_key.split() != [api_key] or not api_key.isascii():
            raise ValueError("sendgrid.api_key: empty or with blanks; copy it again from SendGrid")
        self._key = api_key
        self._host = safe_url(host, "sendgrid.host")
        self._sandbox = sandbox
        self._timeout = timeout
        self.complete_after = complete_after
        silence_vendor_logs()

    def send(self, envelope: Envelope) -> Receipt:
        """Hand one mail to SendGrid; every outcome is a receipt, never an exception."""
        if refusal := refused_mail(envelope):
            return refusal
        body = sendgrid_body(envelope, sandbox=self._sandbox)
        post = self._client(envelope.look).mail.send.post
        try:
            answer = within(self._timeout, lambda: post(request_body=body))
        except StaleLookError:
            return STALE
        except HTTPError as error:
            return sendgrid_receipt(error, envelope)
        except _LOST as error:
            return lost(error)
        return self._accepted(answer)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Search SendGrid's Email Logs for our id among the mails to this address."""
        try:
            return within(self._timeout, lambda: self._search(envelope, since))
        except (HTTPError, *_LOST, ValueError, KeyError, TypeError, AttributeError):
            return Found.CANNOT_TELL

    def _accepted(self, answer: Any) -> Receipt:
        if answer.status_code == 202:  # noqa: PLR2004 - "Accepted"; nothing else is
            provider_id = answer.headers.get("X-Message-Id") or ""
            return Receipt(sent=Sent.ACCEPTED, provider_id=provider_id)
        if self._sandbox and answer.status_code == 200:  # noqa: PLR2004 - the sandbox's "OK"
            return Receipt(sent=Sent.ACCEPTED, detail="validated only")
        detail = f"SendGrid answered {answer.status_code} where 202 was expected"
        return Receipt(sent=Sent.UNKNOWN, detail=detail)

    def _search(self, envelope: Envelope, since: datetime) -> Found:
        logs = self._client().logs
        query = {"query": _query(envelope.to, since), "limit": _SEARCH_LIMIT}
        hits = logs.post(request_body=query).to_dict["messages"]
        hits.sort(key=lambda hit: hit.get("subject") != envelope.subject)
        for hit in hits[:CANDIDATES]:
            message = self._client().logs._(hit["sg_message_id"]).get().to_dict
            if envelope.id in _our_ids(message):
                return Found.YES
        return Found.CANNOT_TELL if len(hits) > CANDIDATES else Found.NO

    def _client(self, look: LastLook | None = None) -> Client:
        """A client for one call: headers stick to a shared one, and threads would mix them."""
        sdk = SendGridAPIClient(api_key=self._key, host=self._host)
        headers = sdk.client.request_headers
        return _StraightClient(self._host, headers, 3, timeout=self._timeout, look=look)


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Never follow: a redirect would carry the key to another host."""


class _StraightClient(Client):  # type: ignore[misc]  # the SDK publishes no types
    """The SDK's HTTP client, going only where it was sent, and only while the look holds."""

    def __init__(self, *args: Any, look: LastLook | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._look = look

    def _build_client(self, name: str | None = None) -> _StraightClient:
        path = [*self._url_path, name] if name else self._url_path
        return _StraightClient(
            *(self.host, self.request_headers, self._version),
            url_path=path,
            timeout=self.timeout,
            look=self._look,
        )

    def _make_request(self, opener: Any, request: Any, timeout: float | None = None) -> Any:
        opener = build_opener(_StayHere(), KeptHandler(self._look))
        return super()._make_request(opener, request, timeout)


def sendgrid_body(envelope: Envelope, *, sandbox: bool = False) -> dict[str, Any]:
    """Make the request's JSON: links are not rewritten, opening is not watched."""
    content = [{"type": "text/plain", "value": envelope.text}]
    if envelope.html:
        content.append({"type": "text/html", "value": envelope.html})
    body: dict[str, Any] = {
        "personalizations": [_for_one(envelope)],
        "from": _party(envelope.sender, envelope.sender_name),
        "subject": envelope.subject,
        "content": content,
        "headers": {"Auto-Submitted": "auto-generated", **id_header(envelope)},
        "mail_settings": {"sandbox_mode": {"enable": sandbox}},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
        },
    }
    if envelope.reply_to:
        body["reply_to"] = _party(envelope.reply_to, "")
    # SendGrid refuses the whole mail for the sake of an empty file.
    if files := [one for one in envelope.attachments if one.body]:
        body["attachments"] = [_file(one, inline=shown_address(one, envelope)) for one in files]
    return body


def _for_one(envelope: Envelope) -> dict[str, Any]:
    """What concerns one recipient only: who it is, our id, and the mails that this one follows."""
    told = {"to": [_party(envelope.to, envelope.to_name)], "custom_args": {OUR_ID: envelope.id}}
    above = thread_headers(envelope)
    return told | {"headers": above} if above else told


def _file(attachment: Attachment, *, inline: bool) -> dict[str, str]:
    told = {
        "content": b64encode(attachment.body).decode("ascii"),
        "type": plain_kind(attachment.media_type),
        "filename": plain_name(attachment.name),
        "disposition": "inline" if inline else "attachment",
    }
    return told | {"content_id": plain_cid(attachment.cid)} if inline else told


def _party(address: str, name: str) -> dict[str, str]:
    return {"email": address, "name": name} if name else {"email": address}


def _query(to: str, since: datetime) -> str:
    if {'"', "'", "\\"} & set(to):
        raise ValueError("an address with quotes cannot be searched for")
    start = (since - _MARGIN).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"to_email = '{to}' AND sg_message_id_created_at > TIMESTAMP \"{start}\""


def _our_ids(message: Mapping[str, Any]) -> set[str]:
    """Our ids on a logged message: SendGrid shows them on the message and on its events."""
    places = [message, *message.get("events", ())]
    return {str((place.get("custom_args") or {}).get(OUR_ID, "")) for place in places} - {""}
