"""The page about letters names every value of own words, and every notice with its source."""

from pathlib import Path

from jinja2 import meta

from adapters.letters.notices import notices
from adapters.letters.text.catalogue import SOURCE, choose_language, translations
from adapters.letters.text.locale import LetterLocale
from adapters.letters.text.values import values_of
from adapters.letters.text.wording import shipped_template, shipped_words, words_environment
from starter.letters.samples import samples

PAGE = Path(__file__).resolve().parents[2] / "docs" / "letters.md"


def test_every_value_that_no_shipped_template_shows_is_on_the_page() -> None:
    parse, data = words_environment().parse, next(samples(SOURCE)).data
    trees = [parse(shipped_template(name) or "") for name in shipped_words()]
    shown = {name for tree in trees for name in meta.find_undeclared_variables(tree)}

    values = set(
        values_of(data, "polite", LetterLocale(choose_language(SOURCE), translations(SOURCE)))
    )

    page = PAGE.read_text(encoding="utf-8")
    assert [value for value in sorted(values - shown) if f"`{value}`" not in page] == []


def test_every_notice_stands_on_the_page_with_its_law_its_days_and_its_source() -> None:
    page = PAGE.read_text(encoding="utf-8")
    who = {"any": "all", "business": "businesses", "consumer": "consumers"}
    rows = [line for line in page.splitlines() if line.startswith("|") and line.count("|") == 7]
    for one in notices():
        days = f"{one.days} days" if one.days else ""
        known = "looked up" if one.basis == "source" else "general knowledge"
        told = (one.country, who[one.kind], one.law, days, ", ".join(one.words), known)
        assert any(all(each in row for each in told) for row in rows), told
        assert not one.source.startswith("http") or one.source in page
