"""An e-mail as mail programs read it: text, the same as HTML with its pictures, and files."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, cast

from activities.attaching import plain_cid, plain_kind, plain_name
from activities.letter_data import Attachment
from activities.papers import Envelope
from adapters.files import safe_name

NOBODY = "nobody@outbox.invalid"
LONG_LINES = SMTP.clone(max_line_length=998)
"""Bodies stay readable to people: no soft line breaks in the middle of a sentence."""


def mail_of(envelope: Envelope) -> EmailMessage:
    """The message as an e-mail, exactly as a mail program will show it."""
    mail = EmailMessage(policy=LONG_LINES)
    sender = envelope.sender or NOBODY
    mail["Date"] = format_datetime(envelope.at or datetime.now(UTC))
    mail["From"] = _address(envelope.sender_name, sender)
    mail["To"] = _address(envelope.to_name, envelope.to)
    if envelope.reply_to:
        mail["Reply-To"] = _address("", envelope.reply_to)
    mail["Subject"] = envelope.subject
    mail["Message-ID"] = f"<{safe_name(envelope.id)}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(envelope.text)
    if envelope.html:
        mail.add_alternative(envelope.html, subtype="html")
        _show(_last(mail), [one for one in envelope.attachments if shown(one, envelope)])
    for attachment in envelope.attachments:
        if not shown(attachment, envelope):
            _add(mail, attachment, "attachment")
    return mail


def shown(attachment: Attachment, envelope: Envelope) -> bool:
    """Whether it is a picture that stands in the letter; without HTML there is no place for it."""
    return bool(attachment.cid and envelope.html)


def _show(html: EmailMessage, pictures: list[Attachment]) -> None:
    for picture in pictures:
        _add(html, picture, "inline")


def _add(mail: EmailMessage, attachment: Attachment, how: str) -> None:
    main, _, sub = plain_kind(attachment.media_type).partition("/")
    about: dict[str, Any] = {"disposition": how, "filename": plain_name(attachment.name)}
    if how == "inline":
        about["cid"] = f"<{plain_cid(attachment.cid)}>"
    add = mail.add_related if how == "inline" else mail.add_attachment
    add(attachment.body, main, sub, **about)
    # In the long lines of our policy it would break RFC 2045, which allows 76 characters.
    _last(mail).set_payload(base64.encodebytes(attachment.body).decode("ascii"))


def _last(mail: EmailMessage) -> EmailMessage:
    *_, part = mail.iter_parts()
    return cast("EmailMessage", part)


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(display_name=name, username=user, domain=domain.encode("idna").decode())
