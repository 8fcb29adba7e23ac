"""Writes letters: a step in the customer's language, as mail, text message, call or paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from babel.messages.pofile import PoFileError

from activities.ports.letter_data import Attachment, CallWords, Letter, LetterData
from activities.ports.types import LetterError
from activities.sending.attaching import named_by, plain_name
from adapters.letters.formats.html import html_of
from adapters.letters.formats.ics import calendar_files_of
from adapters.letters.formats.layouts import LayoutError
from adapters.letters.formats.pdf import can_be_appended, print_letter
from adapters.letters.formats.sms import call_words, sms_of, spoken
from adapters.letters.formats.style import LAYOUT, PLAIN, Style, StyleError, style_in
from adapters.letters.formats.text import plain_text_of
from adapters.letters.letter import LetterContent, Paragraph, Picture
from adapters.letters.letter_builder import build_letter
from adapters.letters.notices import notice_of
from adapters.letters.text.catalogue import choose_language, translations
from adapters.letters.text.locale import BLANKS, LetterLocale
from adapters.letters.text.template_choice import occasion_of
from adapters.letters.text.wording import Words
from domain.message_types import ActionType
from domain.parties.people import POST, Creditor, Debtor

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
ON_PAPER = ("paper", POST)
"""Channels on which the letter is a PDF, with the copies of invoices behind it."""

_SHORT = ("sms", "voice", "machine")
"""Channels without paper, pictures and attachments; ``machine`` is what an answering one hears."""


class LetterWriter:
    """Writes letters in ten languages; a creditor's own words and look go first.

    Args:
        folder: where creditors' folders lie, each by its creditor's id; None if there are none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def write(self, data: LetterData) -> Letter:
        """Render one message.

        Raises:
            LetterError: if it cannot be put into words; the text names the file and what is wrong.
        """
        letter = occasion_of(data)
        style = self._style(data.creditor)
        words = self._words(data.creditor, data.debtor, style)
        if data.channel in _SHORT:
            call = (
                call_words(data.creditor, data.debtor, words) if data.channel == "voice" else None
            )
            return Letter(subject="", text=_short(data, letter, words, style), call=call)
        notice = notice_of(data, style, words.locale)
        data, forms = _as_bound(data), tuple(map(_form, notice.forms if notice else ()))
        content = build_letter(data, letter, words, style, notice)
        files = (*_pictures(content), *_printed(data, content, style, words.locale, forms))
        days = calendar_files_of(data, letter, words.locale)
        return Letter(
            subject=content.subject,
            text=plain_text_of(content),
            html=_html(content, style),
            attachments=(*files, *data.copies, *forms, *days),
            place=content.place,
            opening=_plain(content.own_opening),
            language=content.language,
        )

    def content(self, data: LetterData) -> LetterContent:
        """Build the content of a message, before it is laid out."""
        style = self._style(data.creditor)
        words = self._words(data.creditor, data.debtor, style)
        notice = notice_of(data, style, words.locale)
        return build_letter(data, occasion_of(data), words, style, notice)

    def call_words(self, creditor: Creditor, debtor: Debtor) -> CallWords:
        """Word the opening of a call.

        Raises:
            LetterError: if it cannot be put into words.
        """
        return call_words(creditor, debtor, self._words(creditor, debtor, self._style(creditor)))

    def _style(self, us: Creditor) -> Style:
        if self._folder is None or us.id in ("", ".", "..") or UNSAFE.search(us.id):
            return PLAIN
        try:
            return style_in(self._folder / us.id, us.name or us.id)
        except StyleError as error:
            raise LetterError(error.reason, error.file, error.line) from None
        except OSError as error:
            raise LetterError(str(error)) from None

    def _words(self, creditor: Creditor, debtor: Debtor, style: Style) -> Words:
        locale = choose_language(debtor.language, creditor.languages)
        try:
            spoken_in = translations(
                locale.language, style.folder, consumer=debtor.consumer is True
            )
        except (PoFileError, ValueError, OSError) as error:
            raise LetterError(str(error), f"{locale.language}.po") from None
        return Words(LetterLocale(locale, spoken_in), style.folder)


def _short(data: LetterData, letter: str, words: Words, style: Style) -> str:
    if data.channel == "sms":
        return sms_of(data, letter, words, style)
    return spoken(data, letter, words, to_machine=data.channel == "machine")


def _as_bound(data: LetterData) -> LetterData:
    """On paper a copy is a page behind the letter; one that cannot be is not said to be there."""
    if data.channel not in ON_PAPER:
        return data
    copies = tuple(copy for copy in data.copies if can_be_appended(copy.body))
    return replace(data, copies=copies)


def _html(content: LetterContent, style: Style) -> str:
    try:
        return html_of(content, style.layout)
    except LayoutError as error:
        raise LetterError(str(error), LAYOUT) from None


def _plain(paragraphs: tuple[Paragraph, ...]) -> str:
    """Write paragraphs as the text of a mail does."""
    return "\n\n".join(one.text for one in paragraphs if one.text).translate(BLANKS)


def _pictures(content: LetterContent) -> Iterator[Attachment]:
    for picture in filter(None, (content.logo, *content.codes)):
        yield _inline(picture)


def _inline(picture: Picture) -> Attachment:
    ending = picture.media_type.rpartition("/")[2]
    return Attachment(
        name=f"{picture.name}.{ending}",
        media_type=picture.media_type,
        body=picture.body,
        cid=picture.name,
    )


def _form(path: Path) -> Attachment:
    """An official form that the notice of a last demand wants enclosed."""
    return Attachment(name=path.name, media_type="application/pdf", body=path.read_bytes())


def file_word(data: LetterData, locale: LetterLocale) -> str:
    """Name the file of a letter on paper in the letter's language."""
    _ = locale.gettext
    return _("Demand") if data.do == ActionType.DEMAND_LETTER else _("Letter")


def _printed(
    data: LetterData,
    content: LetterContent,
    style: Style,
    locale: LetterLocale,
    forms: tuple[Attachment, ...],
) -> Iterator[Attachment]:
    """The letter as a PDF, where the creditor wants it, or where a Swiss bill needs paper."""
    formal = data.do == ActionType.DEMAND_LETTER and style.paper != "never"
    if formal or content.bill or style.paper == "always" or data.channel in ON_PAPER:
        behind = (*data.copies, *forms) if data.channel in ON_PAPER else ()
        copies = [copy.body for copy in behind]
        word = file_word(data, locale)
        name = plain_name(f"{word}-{named_by(data.case.invoice.number)}")
        try:
            body = print_letter(content, copies).body
        except ValueError as error:
            raise LetterError(str(error), "letter.pdf") from None
        yield Attachment(name=name, media_type="application/pdf", body=body)
