"""Finds the files in a mail: what is attached, and no picture of a signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from adapters.incoming.email.mail_parts import (
    LARGEST_MAIL,
    Mail,
    decoded_text,
    header,
    kind_of,
    mail_parts,
)
from adapters.incoming.email.mail_words import without_cards
from domain.evidence.received import FileFate, ReceivedFile, received_files

_TEXT, _A_MAIL = "text/plain", "message/rfc822"
_FILES = ("application/", "image/", "audio/", "video/")


def files_in(mail: Mail, raw: bytes) -> tuple[ReceivedFile, ...]:
    """Read the files that came with a mail, each judged by its content.

    The last file of a mail that was cut off is not whole, so it is none; a text that holds what
    may be a card's number is not kept.
    """
    found = list(received_files(_attached(mail)))
    if found and len(raw) >= LARGEST_MAIL:
        found[-1] = _not_kept(found[-1], FileFate.TOO_LARGE)
    return tuple(_not_kept(one, FileFate.CARD_NUMBER) if _has_card(one) else one for one in found)


def _attached(mail: Mail) -> Iterator[tuple[str, bytes]]:
    every = list(mail_parts(mail))
    parts = [part for part in every if not part.is_multipart()]
    pages = "".join(decoded_text(part) for part in parts if kind_of(part) == "text/html")
    for part in every:
        if kind_of(part) == _A_MAIL and part.is_multipart():
            yield _mail_in(part)
        elif not part.is_multipart() and _is_file(part) and not _is_shown(part, pages):
            yield _name(part), _content(part)


def _is_file(part: Mail) -> bool:
    """An attachment, what has a name, or what is no text: scanners and phones name nothing."""
    said = header(part, "Content-Disposition").partition(";")[0].strip().lower()
    kind = kind_of(part)
    bare = kind.startswith(_FILES) and not kind.endswith("-signature")
    return said == "attachment" or bool(_name(part)) or bare


def _mail_in(part: Mail) -> tuple[str, bytes]:
    """A mail that is attached to a mail, as a file."""
    try:
        inside = part.get_payload(0)
        body = inside.as_bytes() if isinstance(inside, Message) else b""
    except Exception:  # noqa: BLE001 - as above
        body = b""
    return _name(part) or "mail.eml", body


def _is_shown(part: Mail, pages: str) -> bool:
    """A picture that the text shows by its id belongs to the text, whatever it is called."""
    own = header(part, "Content-ID").strip().strip("<>")
    return kind_of(part).startswith("image/") and bool(own) and f"cid:{own}" in pages


def _name(part: Mail) -> str:
    try:
        return str(part.get_filename("") or "")
    except Exception:  # noqa: BLE001 - malformed headers raise all kinds of things
        return "file"


def _content(part: Mail) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - as above
        return b""
    return found if isinstance(found, bytes) else b""


def _has_card(one: ReceivedFile) -> bool:
    text = one.body.decode("utf-8", "replace") if one.media_type == _TEXT else ""
    return without_cards(text) != text


def _not_kept(one: ReceivedFile, fate: FileFate) -> ReceivedFile:
    return replace(one, fate=fate, body=b"") if one.fate is FileFate.KEPT else one
