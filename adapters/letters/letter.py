"""The content of a letter in the reader's language, before it is laid out as mail, text or PDF.

Everything here is plain text. Whoever lays it out escapes it for where it goes; so nothing that a
customer or a creditor typed can ever be more than words, and the text of a mail says what its
HTML says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.contact.letter_changes import PassagePlace

ACCENT = "#1f5f5b"
"""The colour of letters whose creditor has none."""

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRow:
    """A labelled value, such as the due date.

    Attributes:
        note: what stands under it, such as the law that a cost rests on.
        weight: ``total``, ``deadline`` and ``head`` (where an invoice begins) stand out,
            ``subtotal`` closes the lines above it, ``part`` belongs to the one before it.
    """

    label: str
    value: str
    note: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresTable:
    """The figures of one invoice."""

    rows: tuple[FiguresRow, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some sentences, or a list of short lines."""

    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the two companies (P20): its name, and address, mail and phone a line each."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToPay:
    """A way to pay (P05), or something else that can be done online.

    Attributes:
        label: what it is called, such as bank transfer.
        rows: what has to be written down for it.
        link: where it can be done online; checked, https only.
        button: what the link says.
    """

    label: str
    rows: tuple[FiguresRow, ...] = ()
    link: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in a letter: a logo, or a QR code.

    Attributes:
        name: unique in its letter; becomes the Content-ID of a mail's part.
        body: PNG or JPEG.
        alt: what it says to who does not see it.
        caption: what stands under it.
    """

    name: str
    body: bytes
    media_type: str = "image/png"
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a letter says at one glance, before any sentence: how much, by when, how.

    Attributes:
        sums: what is asked for, one row per currency.
        until: by when; None if the letter names no day.
        online: where it can be done with one tap: the customer's page, or the page to pay.
        transfer: account and reference, for whoever pays by bank.
        note: what to do where no way to pay is known.
    """

    sums: tuple[FiguresRow, ...]
    until: FiguresRow | None = None
    online: WayToPay | None = None
    transfer: tuple[FiguresRow, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """The content of one letter, in the order in which it is read.

    Attributes:
        language: IETF tag of the words.
        glance: the sum, the day and the way, first of all; None in letters that ask for nothing.
        page: the customer's own page, where all can be seen, paid and answered.
        opening: what it is about, and the request.
        confirm: where the customer can say that the invoice has arrived (P02).
        tables: figures, one table per invoice.
        totals: what is owed in all of several invoices, per currency.
        terms: payment terms in the creditor's words, a line each (P06).
        follows: what comes next if nothing is heard (P25).
        ignore: "please ignore this if you have paid" (P11), where it belongs.
        notes: whatever else: the credit policy at the first contact, that a copy is attached.
        contact: whom to ask (P22).
        legal: register data, tax number and bank, a line each, at the foot.
        window: the postal address for the window of an envelope; empty if none is known.
        day: the day of the letter, ISO; empty if a letter on paper has no date of its own.
        colon: what stands between a label and its value, as the language writes it.
        bill: the payment part of a Swiss QR bill as SVG, for paper; empty if there is none.
        accent: the creditor's colour, ``#rrggbb``.
        place: where the letter takes words of one's own.
        own_opening: the first sentences of the letter itself, whatever stands instead of them.
    """

    language: str
    subject: str
    sender: Party
    recipient: Party
    date: FiguresRow
    greeting: str
    glance: Glance | None = None
    page: WayToPay | None = None
    opening: tuple[Paragraph, ...] = ()
    confirm: WayToPay | None = None
    tables: tuple[FiguresTable, ...] = ()
    totals: tuple[FiguresRow, ...] = ()
    pay_heading: str = ""
    ways: tuple[WayToPay, ...] = ()
    pay_note: str = ""
    terms_heading: str = ""
    terms: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    ignore: str = ""
    notes: tuple[str, ...] = ()
    contact: str = ""
    regards: str = ""
    signature: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    window: tuple[str, ...] = ()
    day: str = ""
    logo: Picture | None = None
    codes: tuple[Picture, ...] = field(default=())
    colon: str = ": "
    bill: str = ""
    accent: str = ACCENT
    place: PassagePlace = PassagePlace.NOWHERE
    own_opening: tuple[Paragraph, ...] = ()

    @property
    def colour(self) -> str:
        """Its accent colour, or ours if that is no colour: it goes into styles."""
        return self.accent if COLOUR.fullmatch(self.accent) else ACCENT
