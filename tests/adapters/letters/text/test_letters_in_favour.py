"""A letter that goes out although something speaks for its reader says so, in every language."""

from dataclasses import replace

import pytest

from adapters.letters.text.catalogue import LANGUAGES
from domain.money import Money
from tests.adapters.letters.lettering import write
from tests.adapters.letters.samples import DEBTOR

SAID = "Your customer account is in credit by EUR 230.00"
LIES = (Money(23000, "EUR"),)


def test_credit_on_the_account_stands_in_the_reminder() -> None:
    """P24: where the policy only warns, the debtor reads what is theirs, and is asked about it."""
    assert SAID in write("polite", in_favour=LIES)
    assert "in your favour" not in write("polite")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_so_with_the_sum(language: str) -> None:
    debtor = replace(DEBTOR, language=language)

    with_it = write("polite", in_favour=LIES, debtor=debtor)

    assert "230" in with_it
    assert "230" not in write("polite", debtor=debtor)
    assert (SAID in with_it) == (language == "en")
