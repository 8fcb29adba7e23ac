"""Takes the document out of a signed envelope (CMS, .p7m), in DER, BER or Base64.

The signature itself is not judged: the file comes from the seller's own system.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from adapters.einvoice.refused_invoice import InvoiceFileError

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _OCTETS, _CONTENT = 0x30, 0x04, 0xA0
_CONSTRUCTED = 0x20
_DEEPEST = 12
_ARMOUR = re.compile(rb"-----[A-Z0-9 ]+-----")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
_LONG = 0x80
_END = b"\x00\x00"
_MOST_LENGTH_BYTES = 4


def is_signed(body: bytes) -> bool:
    """Tell whether a file is such an envelope."""
    return _SIGNED_DATA in _binary(body)[:64]


def unwrapped(body: bytes) -> bytes:
    """Take out the document.

    Raises:
        InvoiceFileError: if the envelope is broken, or holds none.
    """
    for _ in range(_DEEPEST):  # a signed document may be signed again
        if not is_signed(body):
            return body
        body = _content(_binary(body))
    raise InvoiceFileError("is signed too many times")


def _binary(body: bytes) -> bytes:
    """The envelope in bytes, where it was written as Base64, with or without armour."""
    if body[:1] == bytes([_SEQUENCE]):
        return body
    plain = b"".join(_ARMOUR.sub(b"", body).split())
    if not plain.startswith(b"MI") or not _BASE64.fullmatch(plain):
        return body
    try:
        return base64.b64decode(plain)
    except binascii.Error:
        return body


def _content(envelope: bytes) -> bytes:
    """The content: ContentInfo, SignedData, encapContentInfo, eContent (RFC 5652)."""
    signed = _inside(_inside(envelope, _SEQUENCE), _CONTENT)
    data = _inside(_inside(signed, _SEQUENCE), _SEQUENCE)
    found = b"".join(_octets(_inside(data, _CONTENT), 0))
    if not found:
        raise _broken()
    return found


def _inside(body: bytes, tag: int) -> bytes:
    """The inside of the first element with a tag."""
    for found, inside in _elements(body):
        if found == tag:
            return inside
    raise _broken()


def _octets(body: bytes, depth: int) -> Iterator[bytes]:
    """The bytes of an octet string, also of one that is written in pieces."""
    if depth > _DEEPEST:
        raise _broken()
    for tag, inside in _elements(body):
        if tag == _OCTETS:
            yield inside
        elif tag == _OCTETS | _CONSTRUCTED:
            yield from _octets(inside, depth + 1)


def _elements(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The elements that stand side by side; of one without a length all up to its end."""
    at = 0
    while at + 1 < len(body) and body[at : at + 2] != _END:
        tag, start, length = _header(body, at)
        if length is None:
            length = _length_of_open(body[start:], 0)
            yield tag, body[start : start + length]
        else:
            if start + length > len(body):
                raise _broken()
            yield tag, body[start : start + length]
        at = start + length


def _header(body: bytes, at: int) -> tuple[int, int, int | None]:
    """An element's tag, where its inside begins, and its length; None if that is left open."""
    tag, length = body[at], body[at + 1]
    if length == _LONG:
        return tag, at + 2, None
    if length < _LONG:
        return tag, at + 2, length
    count = length - _LONG
    if count > _MOST_LENGTH_BYTES or at + 2 + count > len(body):
        raise _broken()
    return tag, at + 2 + count, int.from_bytes(body[at + 2 : at + 2 + count])


def _length_of_open(body: bytes, depth: int) -> int:
    """How many bytes an element without a length takes, its end included."""
    if depth > _DEEPEST:
        raise _broken()
    at = 0
    while at + 1 < len(body):
        if body[at : at + 2] == _END:
            return at + 2
        _, start, length = _header(body, at)
        inside = _length_of_open(body[start:], depth + 1) if length is None else length
        at = start + inside
    return at


def _broken() -> InvoiceFileError:
    return InvoiceFileError("its signed envelope is broken, or holds no document")
