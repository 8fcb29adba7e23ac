"""Consumers are written to as persons, and never about what the law owes among businesses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.letters.text.catalogue import CONSUMER, LANGUAGES, catalogue, translations
from adapters.letters.text.locale import BLANKS
from adapters.letters.writer import LetterWriter
from starter.letters.samples import SampleLetter, sample_letter, samples
from tests.adapters.letters.test_letters_tact import pattern

LETTERS = LetterWriter()
AMONG_BUSINESSES = re.compile(
    r"§ ?288 Abs\. [25]|288\([25]\)|§ ?45[68] UGB|[LD]441|231/2002|Ley 3/2004|6:119a|6:96 lid 4"
    r"|72/2013|\(2\^1\)|2013 r\.|Late Payment of Commercial|2011/7|4 a § lagen|1981:739"
)
"""Interest among businesses and the fixed sum for recovery costs, as each law is cited."""

BOOKS = {
    "en": r"your books|working with you|responsible for invoices",
    "de": r"Buchhaltung finden|Büchern|Zusammenarbeit|für Rechnungen zuständig",
    "fr": r"votre comptabilité|travailler avec vous|en charge des factures",
    "it": r"contabilità|lavorare con|\bVoi\b|\bVi\b|\bVostr\w+|[ap]ete\b(?<!rete)|premete",
    "ro": r"contabilitatea|colaborăm|vă ocupați de facturi",
    "sv": r"bokföring|samarbete|\bni\b|\ber\b|\bert\b|\bera\b|ansvarar för fakturor",
    "es": r"contabilidad|trabajando con|se encarga usted",
    "pl": r"księgowości|księgami|współpracę|zajmują się Państwo fakturami",
    "nl": r"uw administratie|samen met u samen|verantwoordelijk voor facturen",
    "ru": r"бухгалтерии|работать с Вами|отвечаете за счета",  # noqa: RUF001 - Russian
}
"""What only a company has or does; in Italian and Swedish the address of several, too."""


def texts(sample: SampleLetter) -> str:
    letter = LETTERS.write(sample.data)
    return f"{letter.subject}\n{letter.text}".translate(BLANKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_to_a_consumer_speaks_as_among_businesses(language: str) -> None:
    for sample in samples(language, consumer=True):
        said = texts(sample)
        found = AMONG_BUSINESSES.search(said) or re.search(BOOKS[language], said, re.IGNORECASE)
        assert not found, (sample.name, found)
        assert not pattern(language).search(said), sample.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_businesses_are_asked_for_what_their_law_gives(language: str) -> None:
    """The other way round: the words that consumers are spared are there for businesses."""
    formal, overview = (sample_letter(language, name) for name in ("formal-firm", "statement"))

    assert AMONG_BUSINESSES.search(texts(formal))
    assert re.search(BOOKS[language], texts(overview), re.IGNORECASE)


@pytest.mark.parametrize(
    ("language", "consumer", "business"),
    [
        ("it", "La preghiamo di pagare", "Vi preghiamo di pagare"),
        ("sv", "Vi ber dig betala", "Vi ber er betala"),
        ("de", "Bitte zahlen Sie", "Bitte zahlen Sie"),
    ],
)
def test_one_person_is_addressed_as_one(language: str, consumer: str, business: str) -> None:
    said = {
        kind: next(
            texts(one)
            for one in samples(language, consumer=kind == "consumer")
            if one.name == "second-clear"
        )
        for kind in ("consumer", "business")
    }

    assert consumer in said["consumer"]
    assert business in said["business"]


def test_the_law_of_consumers_is_asked_for_where_there_is_one() -> None:
    said = {
        language: next(
            texts(one) for one in samples(language, consumer=True) if one.name == "formal-firm"
        )
        for language in ("de", "fr", "nl")
    }

    assert "§ 288 Abs. 1 BGB" in said["de"]
    assert "40,00" not in said["de"]
    for language in ("fr", "nl"):  # their law gives nothing without a further step
        assert "% " not in said[language]


@pytest.mark.parametrize("language", ["it", "sv"])
def test_every_phrase_for_consumers_is_said_to_businesses_otherwise(language: str) -> None:
    apart = [one for one in catalogue(language) if one.context == CONSUMER]

    assert len(apart) > 90
    for one in apart:
        first = one.id if isinstance(one.id, str) else one.id[0]
        plain = catalogue(language).get(first)
        assert plain is not None
        assert plain.string != one.string, first


@pytest.mark.parametrize(
    ("language", "several"),
    [("it", r"\b(Voi|Vi|Vostr\w+)\b"), ("sv", r"\b([Nn]i|[Ee]r|[Ee]rt|[Ee]ra)\b")],
)
def test_whatever_addresses_several_is_said_to_one_in_another_way(
    language: str, several: str
) -> None:
    """Whoever adds a phrase finds here that it needs a second translation."""
    known = catalogue(language)
    for one in known:
        first = one.id if isinstance(one.id, str) else one.id[0]
        said = " ".join(one.string) if isinstance(one.string, tuple) else str(one.string)
        if one.id and re.search(several, said) and not re.search(BOOKS["en"], first):
            assert known.get(first, context=CONSUMER), first


def test_a_creditors_own_words_go_before_ours_for_consumers_too(tmp_path: Path) -> None:
    asked = "Please reply if this is not right."
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    plain, apart = (
        f'{ctx}msgid "{asked}"\nmsgstr "{said}"\n'
        for ctx, said in (("", "Scriveteci."), (f'msgctxt "{CONSUMER}"\n', "Ci scriva."))
    )

    (tmp_path / "it.po").write_text(head + plain, encoding="utf-8")
    assert translations("it", tmp_path, consumer=True).gettext(asked) == "Scriveteci."
    (tmp_path / "it.po").write_text(f"{head}{plain}\n{apart}", encoding="utf-8")
    assert translations("it", tmp_path, consumer=True).gettext(asked) == "Ci scriva."
    assert translations("it", tmp_path).gettext(asked) == "Scriveteci."
    day = translations("it", tmp_path, consumer=True).ngettext("%(n)d day", "%(n)d days", 2)
    assert day == "%(n)d giorni"
