"""Makes MIME mails: text, the same as HTML with its pictures, and files."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage, Message
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Any, cast

from activities.ports.letter_data import Attachment
from activities.ports.types import Envelope
from activities.sending.attaching import method_of, plain_cid, plain_kind, plain_name
from adapters.runtime.files import safe_file_name

_NOBODY = "nobody@outbox.invalid"


class _Ids(UnstructuredHeader, BaseHeader):
    """Message ids, one a line: the standard library would encode long ones past recognition."""

    def fold(self, *, policy: Policy[Message]) -> str:
        """The header as it travels."""
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + policy.linesep


_HEADERS = HeaderRegistry()
for _name in ("message-id", "in-reply-to", "references"):
    _HEADERS.map_to_type(_name, _Ids)

LONG_LINES = SMTP.clone(max_line_length=998, header_factory=_HEADERS)
"""Bodies stay readable to people: no soft line breaks in the middle of a sentence."""


def mail_of(envelope: Envelope) -> EmailMessage:
    """Make the e-mail of a message, exactly as a mail program will show it."""
    mail = EmailMessage(policy=LONG_LINES)
    mail["Date"] = format_datetime(envelope.at or datetime.now(UTC))
    mail["From"] = _address(envelope.sender_name, envelope.sender or _NOBODY)
    mail["To"] = _address(envelope.to_name, envelope.to)
    if envelope.reply_to:
        mail["Reply-To"] = _address("", envelope.reply_to)
    mail["Subject"] = envelope.subject
    for name, ids in (id_header(envelope) | thread_headers(envelope)).items():
        mail[name] = ids
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(envelope.text)
    if envelope.html:
        mail.add_alternative(envelope.html, subtype="html")
        _show(_last(mail), [one for one in envelope.attachments if shown_address(one, envelope)])
    for attachment in envelope.attachments:
        if not shown_address(attachment, envelope):
            _add(mail, attachment, "attachment")
    return mail


def id_header(envelope: Envelope) -> dict[str, str]:
    """Make the Message-ID of a mail: our id at the sender's domain."""
    return {"Message-ID": _known_as(envelope, envelope.id)}


def thread_headers(envelope: Envelope) -> dict[str, str]:
    """Name the mails that this one follows, so that all about one invoice stand together."""
    if not envelope.in_reply_to:
        return {}
    above = [*envelope.references, envelope.in_reply_to]
    return {
        "In-Reply-To": _known_as(envelope, envelope.in_reply_to),
        "References": " ".join(_known_as(envelope, one) for one in dict.fromkeys(above)),
    }


def ascii_address(address: str) -> str:
    """Write an address as servers know it: its domain in plain letters.

    Raises:
        UnicodeError: if it has no domain, or one that cannot be written so.
    """
    return _address("", address).addr_spec


def shown_address(attachment: Attachment, envelope: Envelope) -> bool:
    """Tell whether an attachment is a picture in the letter; only HTML has a place for it."""
    return bool(attachment.cid and envelope.html)


def _show(html: EmailMessage, pictures: list[Attachment]) -> None:
    for picture in pictures:
        _add(html, picture, "inline")


def _add(mail: EmailMessage, attachment: Attachment, how: str) -> None:
    main, _, sub = plain_kind(attachment.media_type).partition("/")
    about: dict[str, Any] = {"disposition": how, "filename": plain_name(attachment.name)}
    if (main, sub) == ("text", "calendar"):
        # Without these a mail program takes an entry for a mere file (RFC 5545, 8.1).
        about["params"] = {"charset": "utf-8", "method": method_of(attachment.media_type)}
    if how == "inline":
        about["cid"] = f"<{plain_cid(attachment.cid)}>"
    add = mail.add_related if how == "inline" else mail.add_attachment
    add(attachment.body, main, sub, **about)
    # In the long lines of our policy it would break RFC 2045, which allows 76 characters.
    _last(mail).set_payload(base64.encodebytes(attachment.body).decode("ascii"))


def _last(mail: EmailMessage) -> EmailMessage:
    *_, part = mail.iter_parts()
    return cast("EmailMessage", part)


def _known_as(envelope: Envelope, message_id: str) -> str:
    return f"<{safe_file_name(message_id)}@{_address('', envelope.sender or _NOBODY).domain}>"


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(display_name=name, username=user, domain=domain.encode("idna").decode())
