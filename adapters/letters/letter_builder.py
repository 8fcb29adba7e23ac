"""Builds a letter's content: who, when, what about, figures, how to pay, terms, whom to ask."""

from __future__ import annotations

from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.answers.occasions import SHOWS_WHAT_IS_LEFT
from adapters.letters.asked import asked_sum
from adapters.letters.figures import tables_of
from adapters.letters.formats.style import Style
from adapters.letters.glance import glance_of, page_of, sums_of_several
from adapters.letters.letter import FiguresRow, LetterContent, Paragraph, WayToPay
from adapters.letters.notices import NoticeText
from adapters.letters.parties import (
    contact_of_letter,
    legal_of,
    recipient_of,
    sender_of,
    signature_of,
    terms_of_letter,
    window_of,
)
from adapters.letters.paying.ways import page_link_of, ways_of
from adapters.letters.stated import lines_of
from adapters.letters.text.catalogue import SOURCE
from adapters.letters.text.foretold import foretold_in
from adapters.letters.text.locale import BLANKS, LetterLocale, clean
from adapters.letters.text.several import told_first
from adapters.letters.text.template_choice import OWN_WORDS_FOR_SEVERAL, SEVERAL, sound_of
from adapters.letters.text.values import values_of
from adapters.letters.text.wording import Words
from domain.contact.letter_changes import (
    LONGEST_PASSAGE,
    LetterChange,
    PassagePlace,
    paragraphs_of,
)
from domain.deed import ACCOUNT_STATEMENT

NOTHING_TO_PAY = ("thanks",)
"""Letters that ask for nothing, and so say nothing about how it is paid."""


OPENING_MAY_GO = ("gentle", "polite", "reminder")
"""Letters whose first sentences say nothing that does not stand in their figures as well."""

LAST_TONE = "final"

CONFIRM = "confirm"
"""The letter that asks whether the invoice has arrived."""


def build_letter(
    data: LetterData, letter: str, words: Words, style: Style, notice: NoticeText | None = None
) -> LetterContent:
    """Build the content of a letter in its reader's language, with the notice of a law if any.

    Raises:
        LetterError: naming the template that cannot be put into words.
    """
    locale = words.locale
    values = values_of(data, sound_of(data, letter), locale)
    own = _foretold(_said(data, letter, words, values), foretold_in(data, locale))
    said = _changed(data.change, _noticed(own, notice))
    pays, asks = _pays(data, letter)
    ways = ways_of(data, locale) if asks else {}
    page = None if said["confirm"] else page_of(data, locale)
    return LetterContent(
        language=locale.tag,
        colon=locale.colon,
        sender=sender_of(data, locale),
        recipient=recipient_of(data, locale),
        window=window_of(data, locale),
        day=data.today,
        date=FiguresRow(label=locale.gettext("Date"), value=locale.day(data.today)),
        greeting=_greeting(data, locale),
        tables=tables_of(data, locale),
        totals=sums_of_several(data, locale) if pays else (),
        glance=glance_of(data, ways, locale, said["confirm"], page) if asks else None,
        page=page,
        **ways,
        **_look(style),
        **_close(data, locale, pays=pays),
        **said,
    )


def _look(style: Style) -> dict[str, Any]:
    return {"logo": style.logo, "accent": style.accent}


def _leaves_nothing(data: LetterData, letter: str) -> bool:
    """Whether an answer has nothing to be paid to speak of."""
    left = any(line.case.undisputed > 0 for line in lines_of(data))
    return letter in SHOWS_WHAT_IS_LEFT and not left


def _pays(data: LetterData, letter: str) -> tuple[bool, bool]:
    """Whether a letter shows sums to pay, and whether it asks for one and says how it is paid.

    Where all of an overview waits for later days, it says no way to pay.
    """
    pays = letter not in NOTHING_TO_PAY and not _leaves_nothing(data, letter)
    asks = letter != ACCOUNT_STATEMENT or any(one.minor for one in asked_sum(data).sums)
    return pays, pays and asks


def _close(data: LetterData, locale: LetterLocale, *, pays: bool) -> dict[str, Any]:
    """What a letter ends with: terms where money is asked for, whom to ask, and who signs."""
    terms = terms_of_letter(data, locale) if pays else ()
    return {
        "terms_heading": locale.gettext("Payment terms:") if terms else "",
        "terms": terms,
        "contact": contact_of_letter(data, locale),
        "regards": locale.gettext("Kind regards,"),
        "signature": signature_of(data, locale),
        "legal": legal_of(data, locale),
    }


def _foretold(said: dict[str, Any], costs: str) -> dict[str, Any]:
    """Name the costs that a consumer's first reminder foretells; no words of one's own hide it."""
    return said | {"opening": (*said["opening"], Paragraph(text=costs))} if costs else said


def _noticed(said: dict[str, Any], notice: NoticeText | None) -> dict[str, Any]:
    """Give a last demand the form that the law of the debtor's country asks for, where wanted."""
    if notice is None:
        return said
    opening = (*said["opening"], Paragraph(text=notice.sentence))
    subject = clean(_in_one_line(notice.subject), 200)
    return said | {"subject": subject, "opening": opening, "place": PassagePlace.NOWHERE}


def _changed(change: LetterChange, said: dict[str, Any]) -> dict[str, Any]:
    """Put words of one's own where the letter takes them; they are plain text like all others."""
    if not change.passage or said["place"] is PassagePlace.NOWHERE:
        return said
    goes = change.instead and said["place"] is PassagePlace.INSTEAD
    stays = said["opening"][len(said["own_opening"]) if goes else 0 :]
    own = (clean(one, LONGEST_PASSAGE) for one in paragraphs_of(change.passage))
    return said | {"opening": (*(Paragraph(text=one) for one in own), *stays)}


def _place(data: LetterData, name: str) -> PassagePlace:
    """Where a letter takes words of one's own: what it says must never depend on them."""
    if name == ACCOUNT_STATEMENT:
        return PassagePlace.NOWHERE
    may_go = name in OPENING_MAY_GO and data.tone != LAST_TONE
    return PassagePlace.INSTEAD if may_go else PassagePlace.BEFORE


def _said(data: LetterData, letter: str, words: Words, values: dict[str, Any]) -> dict[str, Any]:
    """The words of the letter's own template, and of its tone where it has none."""
    name = SEVERAL if data.lines and letter not in OWN_WORDS_FOR_SEVERAL else letter
    asking = name if words.has(name, "request") else "tone"
    following = name if words.has(name, "follows") else "tone"
    told = told_first(data, letter, words, values)
    opening = (*told, *words.paragraphs(name, "opening", values))
    request = words.paragraphs(asking, "request", values)
    follows = words.paragraphs(following, "follows", values)
    return {
        "subject": clean(_in_one_line(words.say(name, "subject", values)), 200),
        "opening": (*opening, *request),
        "own_opening": opening,
        "place": _place(data, name),
        "confirm": _confirm(data, name, words.locale),
        "follows": tuple(_texts(follows)),
        "ignore": _ignore(name, words, values),
        "notes": _notes(data, letter, words.locale),
    }


def _confirm(data: LetterData, name: str, locale: LetterLocale) -> WayToPay | None:
    """A page on which the customer says so, in the language of the letter (P02)."""
    if name != CONFIRM or not data.page_link:
        return None
    _, link = locale.gettext, page_link_of(data, locale)
    return WayToPay(label=_("Or confirm online"), link=link, button=_("The invoice has arrived"))


def _in_one_line(text: str) -> str:
    """A mail's header knows neither lines nor blanks that do not break."""
    return text.replace("\n", " ").translate(BLANKS)


def _texts(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [text for one in paragraphs for text in (one.text, *one.items) if text]


def _ignore(name: str, words: Words, values: dict[str, Any]) -> str:
    """Whoever is late may have paid this very day (P11)."""
    if words.has(name, "ignore"):
        return words.say(name, "ignore", values)
    if not values["ignorable"]:
        return ""
    _ = words.locale.gettext
    if values["part_paid"] and not values["count"]:
        return _("Please ignore this message if the rest is on its way, and accept our thanks.")
    return _("Please ignore this message if you have already paid, and accept our thanks.")


def _notes(data: LetterData, letter: str, locale: LetterLocale) -> tuple[str, ...]:
    _, n = locale.gettext, len(data.copies)
    policy = _(
        "As this is our first message to you, here is how we deal with due dates: we remind in "
        "writing, and call if we hear nothing. While an invoice is overdue we may deliver only "
        "against payment in advance; interest or fees are added only as agreed or as the law "
        "says; at the very end an agency may take over. If something stands in the way, tell us "
        "early: more time or instalments can be agreed on."
    )
    attached = locale.ngettext(
        "A copy of the invoice is attached.", "Copies of %(n)d invoices are attached.", n
    )
    if letter in NOTHING_TO_PAY:
        return ()
    if n:
        wrong = _("If anything about it is not right, please tell us; we will put it right.")
    else:
        wrong = _(
            "If you need a copy of the invoice, or if anything about it is not right, please "
            "tell us; we will put it right."
        )
    lies = _in_favour(data, locale)
    told = (policy if data.first_contact else "", lies, attached if n else "", wrong)
    return tuple(filter(None, told))


def _in_favour(data: LetterData, locale: LetterLocale) -> str:
    """Say what lies on the account and settles no invoice yet; nothing where there is nothing."""
    if not data.in_favour:
        return ""
    sums = " + ".join(locale.money(money) for money in data.in_favour)
    return locale.gettext(
        "Your customer account is in credit by %(sums)s, which is not set against any invoice "
        "yet. Please tell us which invoice it is for."
    ) % {"sums": sums}


def _greeting(data: LetterData, locale: LetterLocale) -> str:
    """A name only where the language's form of address needs to know nothing about it."""
    _, name = locale.gettext, clean(data.debtor.name)
    if data.debtor.consumer and (not name or locale.locale.language != SOURCE):
        return _("Dear Sir or Madam,")
    return _("Dear %(name)s,") % {"name": name} if name else _("Dear customer,")
