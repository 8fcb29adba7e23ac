"""The last demand in the form that a law asks for: only where wanted, known and true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from activities.ports.letter_data import CostsForetold, LetterData
from adapters.letters.notices import notices
from adapters.letters.stated import statement_in
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.locale import BLANKS
from adapters.letters.writer import LetterWriter
from domain.charges.consumers.laws import consumer_laws, most_in_all
from domain.charges.statement import CostLine
from domain.money import Money
from starter.letters.notice_samples import without_fees
from starter.letters.samples import samples
from tests.adapters.letters.printed import leaf
from tests.adapters.letters.test_letters_tact import pattern

TODAY = date(2026, 3, 2)


def final(language: str, country: str, kind: str = "", days: int = 40) -> LetterData:
    data = next(one.data for one in samples(language) if one.name == "formal-final")
    you = replace(data.debtor, country=country, kind=kind)
    told = replace(data, debtor=you, deadline=(TODAY + timedelta(days=days)).isoformat())
    return without_fees(told) if kind == "consumer" else told


def writer(folder: Path, *switches: str) -> LetterWriter:
    mine = folder / "sample"
    mine.mkdir(exist_ok=True)
    listed = ", ".join(f'"{one}"' for one in switches)
    (mine / "letters.toml").write_text(f"formal_notice = [{listed}]\n", encoding="utf-8")
    return LetterWriter(folder)


def enclose(folder: Path, *names: str) -> None:
    """Put official forms into the creditor's folder: a page each."""
    for name in names:
        form = folder / "sample" / "forms" / name
        form.parent.mkdir(parents=True, exist_ok=True)
        form.write_bytes(leaf(name))


@pytest.mark.parametrize(
    ("language", "country", "subject", "sentence"),
    [
        ("fr", "FR", "Mise en demeure de payer", "vaut mise en demeure au sens de l"),
        ("it", "IT", "Diffida e costituzione in mora", "art. 1219 c.c."),
        ("de", "DE", "Letzte Mahnung", "nach § 286 Abs. 1 BGB in Verzug"),
        ("sv", "SE", "Inkassokrav", "Om ni bestrider kravet"),
        ("pl", "PL", "Ostateczne wezwanie do zapłaty", "(art. 455 Kodeksu cywilnego)"),
        ("ro", "RO", "Notificare de plată (punere în întârziere)", "art. 1522 Cod civil"),
        ("es", "ES", "Requerimiento de pago", "constituye requerimiento de pago"),
        ("en", "DK", "Formal demand before collection (påkrav)", "no step is taken that would"),
        (
            "en",
            "NO",
            "Inkassovarsel (notice of debt collection)",
            "debt collection (inkasso) will be started",
        ),
        ("it", "CH", "Diffida", "art. 102 cpv. 1 CO"),
        ("de", "CH", "Letzte Mahnung", "die genannte Frist ist keine Stundung"),
    ],
)
def test_a_country_that_is_switched_on_gives_the_last_demand_its_form(
    tmp_path: Path, language: str, country: str, subject: str, sentence: str
) -> None:
    data, plain = final(language, country), LetterWriter()
    noticed = writer(tmp_path, country).write(data)

    assert noticed.subject.startswith(subject)
    assert noticed.subject.endswith("INV-2026-0042")
    assert sentence in noticed.text
    assert sentence not in plain.write(data).text
    assert sentence not in writer(tmp_path, "AT").write(data).text
    assert sentence not in writer(tmp_path, country).write(replace(data, tone="firm")).text


def test_consumers_and_businesses_have_their_own_and_who_is_neither_a_plain_demand(
    tmp_path: Path,
) -> None:
    letters = writer(tmp_path, "NL consumer")
    consumer = letters.write(final("nl", "NL", "consumer"))

    assert "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd" in consumer.text
    assert "135,00 aan incassokosten" in consumer.text
    for kind in ("business", ""):
        assert letters.write(final("nl", "NL", kind)).subject.startswith("Laatste aanmaning")
        assert "incassokosten verschuldigd" not in letters.write(final("nl", "NL", kind)).text
    assert "in gebreke" in writer(tmp_path, "NL").write(final("nl", "NL", "business")).text


@pytest.mark.parametrize(("days", "noticed"), [(16, False), (17, True), (18, True)])
def test_a_deadline_that_is_too_short_for_the_law_leaves_the_plain_demand(
    tmp_path: Path, days: int, noticed: bool
) -> None:
    """Fourteen days from the day after receipt, with three for the post."""
    letter = writer(tmp_path, "NL consumer").write(final("nl", "NL", "consumer", days))

    assert ("veertien dagen" in letter.text) is noticed


LEAST = {("NL", "consumer"): 17, ("SE", "any"): 8, ("RU", "business"): 30}
LEAST |= {("GB", "business"): 14, ("GB", "consumer"): 30, ("DK", "any"): 10, ("NO", "any"): 14}


def test_these_laws_ask_for_so_many_days_and_the_others_for_none() -> None:
    assert {(one.country, one.kind): one.days for one in notices() if one.days} == LEAST


@pytest.mark.parametrize(("about", "least"), LEAST.items())
def test_a_day_less_than_a_law_asks_for_leaves_the_plain_demand(
    tmp_path: Path, about: tuple[str, str], least: int
) -> None:
    country, kind = about
    kind = "business" if kind == "any" else kind
    (notice,) = [one for one in notices() if one.country == country and one.kind in ("any", kind)]
    enclose(tmp_path, *notice.forms)
    for language in notice.words:
        letters, plain = writer(tmp_path, f"{country} {kind}"), LetterWriter()
        told = {
            days: final(language, country, kind, days) for days in (least - 1, least, least + 1)
        }
        given = {
            days: letters.write(data).text != plain.write(data).text for days, data in told.items()
        }
        assert given == {least - 1: False, least: True, least + 1: True}, language


def test_danish_and_norwegian_notices_say_what_their_laws_want_said(tmp_path: Path) -> None:
    """Sum, ground and days to judge it by; what follows; in Norway when money is in time."""
    letters = writer(tmp_path, "DK", "NO")
    danish, norwegian = (
        " ".join(letters.write(final("en", country, "consumer")).text.translate(BLANKS).split())
        for country in ("DK", "NO")
    )

    assert "no step is taken that would cause you further costs" in danish
    assert "(inkasso), which may cause you further costs" in danish
    assert "debt collection (inkasso) will be started" in norwegian
    assert "if your bank has received your payment order by that day" in norwegian
    for said in (danish, norwegian):
        assert "11 April 2026" in said
        assert all(name in said for name in ("Invoice:", "Invoice date:", "Due date:"))


def test_a_letter_without_a_deadline_is_no_notice(tmp_path: Path) -> None:
    data = replace(final("fr", "FR"), deadline="")

    assert "mise en demeure" not in writer(tmp_path, "FR").write(data).text


def test_one_person_in_sweden_is_told_how_to_dispute_it_as_one(tmp_path: Path) -> None:
    letters = writer(tmp_path, "SE")

    assert "Om du bestrider" in letters.write(final("sv", "SE", "consumer")).text
    assert "Om ni bestrider" in letters.write(final("sv", "SE", "business")).text


def test_no_notice_names_costs_for_which_the_law_has_no_scale(tmp_path: Path) -> None:
    data = final("nl", "NL", "consumer")
    amount = Money(119000, "USD")
    invoice = replace(data.case.invoice, amount=amount)
    foreign = replace(data, case=replace(data.case, invoice=invoice), statement=None)

    assert "veertien dagen" in writer(tmp_path, "NL").write(data).text
    assert "veertien dagen" not in writer(tmp_path, "NL").write(foreign).text


def test_what_is_not_known_stays_a_plain_demand(tmp_path: Path) -> None:
    """Austria, Belgium, Finland, Ireland and the United States have none here: see the docs."""
    for country in ("AT", "BE", "FI", "IE", "US"):
        data = final("en", country, "business")
        plain = LetterWriter().write(data)
        assert writer(tmp_path, country).write(data).text == plain.text


def test_every_notice_says_where_it_comes_from_and_keeps_to_the_checklist() -> None:
    for notice in notices():
        assert notice.source
        assert notice.basis in ("source", "general knowledge")
        assert notice.checked <= date(2026, 12, 31)
        assert set(notice.words) <= set(LANGUAGES)
        for language, words in notice.words.items():
            assert not pattern(language).search(" ".join(words.values())), notice.country


DUTCH = consumer_laws()["NL"]


@pytest.mark.parametrize(
    ("owed", "costs"),
    [
        (1, 4000), (26_666, 4000), (26_667, 4000), (26_700, 4005), (250_000, 37_500),
        (500_000, 62_500), (1_000_000, 87_500), (20_000_000, 277_500), (10**10, 677_500), (0, 0),
    ],
)  # fmt: skip
def test_dutch_costs_follow_their_bands(owed: int, costs: int) -> None:
    assert most_in_all(DUTCH, Money(owed, "EUR")) == Money(costs, "EUR")
    assert most_in_all(DUTCH, Money(owed, "USD")) == Money(0, "USD")


def test_no_notice_names_costs_that_were_foretold_or_added_before(tmp_path: Path) -> None:
    """Whoever was told of costs, or owes them, cannot be told that nothing is owed beside."""
    data = final("nl", "NL", "consumer")
    plain = replace(data, statement=replace(statement_in(data), lines=()))
    fee = CostLine(name="fee", amount=Money(4000, "EUR"), ground="by the terms")
    charged = replace(plain, statement=replace(statement_in(plain), lines=(fee,)))
    foretold = replace(plain, foretold=CostsForetold(fees=(Money(4000, "EUR"),)))

    assert "veertien dagen" in writer(tmp_path, "NL").write(plain).text
    assert "veertien dagen" not in writer(tmp_path, "NL").write(charged).text
    assert "veertien dagen" not in writer(tmp_path, "NL").write(foretold).text
