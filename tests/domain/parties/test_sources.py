"""Who is believed about a customer: a person, then the billing system, then a file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.parties.people import Debtor
from domain.parties.sources import Believed, ContactSource, believe

IMPORT, BILLING, PERSON = ContactSource
KNOWN = Debtor(id="C-1", name="Birch", email="old@x.example", country="DE", zone="Europe/Berlin")
NEW = Debtor(id="C-1", email="new@x.example")


def after(source: ContactSource, known_by: str, told: Debtor = NEW) -> Believed:
    return believe(told, KNOWN, dict.fromkeys(("name", "email", "country"), known_by), source)


@pytest.mark.parametrize(
    ("said_by", "known_by", "is_taken"),
    [
        (PERSON, "person", True),
        (PERSON, "billing", True),
        (PERSON, "import", True),
        (PERSON, "", True),
        (BILLING, "person", False),
        (BILLING, "billing", True),
        (BILLING, "import", True),
        (BILLING, "", True),
        (IMPORT, "person", False),
        (IMPORT, "billing", False),
        (IMPORT, "import", True),
        (IMPORT, "", True),
    ],
)
def test_the_newest_word_counts_but_never_over_somebody_who_is_believed_more(
    said_by: ContactSource, known_by: str, *, is_taken: bool
) -> None:
    found = after(said_by, known_by)
    assert found.debtor.email == ("new@x.example" if is_taken else "old@x.example")
    assert found.sources["email"] == (said_by if is_taken else known_by)
    assert bool(found.contradictions) is not is_taken
    assert found.debtor.name == "Birch"  # nothing was said about it


def test_what_was_not_taken_is_told_with_what_holds() -> None:
    (one,) = after(IMPORT, "person").contradictions
    assert (one.field, one.kept, one.kept_by, one.given) == (
        "email",
        "old@x.example",
        "person",
        "new@x.example",
    )


def test_the_same_again_is_no_contradiction_and_lowers_nobody() -> None:
    same = after(IMPORT, "person", Debtor(id="C-1", email="old@x.example"))
    assert same.contradictions == ()
    assert same.sources["email"] == "person"


def test_what_is_unknown_may_be_filled_in_by_anybody() -> None:
    found = after(IMPORT, "person", Debtor(id="C-1", phone="+4930901820"))
    assert (found.debtor.phone, found.sources["phone"]) == ("+4930901820", "import")


def test_country_and_zone_are_taken_together_or_not_at_all() -> None:
    """Berlin's zone in Japan would be no place."""
    told = Debtor(id="C-1", country="JP", zone="Asia/Tokyo")
    found = believe(told, KNOWN, {"country": "person"}, IMPORT)
    assert (found.debtor.country, found.debtor.zone) == ("DE", "Europe/Berlin")
    assert {one.field for one in found.contradictions} == {"country", "zone"}


def test_a_word_that_looks_like_nothing_counts_where_it_is_meant() -> None:
    told = Debtor(id="C-1", zone="UTC")
    assert believe(told, KNOWN, {}, PERSON).debtor.zone == "Europe/Berlin"
    assert believe(told, KNOWN, {}, PERSON, frozenset({"zone"})).debtor.zone == "UTC"


def test_a_customer_who_is_not_known_is_taken_as_told() -> None:
    found = believe(NEW, None, {}, IMPORT)
    assert (found.debtor, dict(found.sources)) == (NEW, {"email": "import"})


emails = st.sampled_from(["", "a@x.example", "b@x.example"])


@given(st.lists(st.tuples(st.sampled_from(list(ContactSource)), emails), max_size=8))
def test_what_a_person_said_last_holds_whatever_others_say(
    words: list[tuple[ContactSource, str]],
) -> None:
    known, sources = Debtor(id="C-1"), dict[str, str]()
    for source, email in words:
        found = believe(replace(NEW, email=email), known, sources, source)
        known, sources = found.debtor, dict(found.sources)
    by_people = [email for source, email in words if source is PERSON and email]
    if by_people:
        assert known.email == by_people[-1]


def test_a_postal_address_is_taken_as_a_whole_or_not_at_all() -> None:
    """The street that a person put right is never printed above another town."""
    known = Debtor(id="C-1", street="Mill Lane 7", postcode="10115", town="Berlin")
    sources = {"street": "person", "postcode": "import", "town": "import"}
    moved = Debtor(id="C-1", street="Harbour 1", postcode="20457", town="Hamburg")
    found = believe(moved, known, sources, BILLING)
    assert found.debtor == known
    assert [one.field for one in found.contradictions] == ["street", "postcode", "town"]
    assert believe(moved, known, sources, PERSON).debtor == moved
