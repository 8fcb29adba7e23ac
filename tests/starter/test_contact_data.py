"""Addresses and numbers as people write them."""

import pytest

from domain.errors import DomainError
from starter.contact_data import read_phone, read_short_text


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("+44 20 7946 0958", "", "+442079460958"),
        ("+44 (0)20 7946 0958", "", "+442079460958"),
        ("(020) 7946 0958", "GB", "+442079460958"),
        ("020 7946-0958", "GB", "+442079460958"),
        ("00 44 20 7946 0958", "GB", "+442079460958"),
        ("030/901820", "DE", "+4930901820"),
        ("+4930901820", "", "+4930901820"),
        ("", "", ""),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, country: str, number: str) -> None:
    assert read_phone(text, country) == number


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        ("(020) 7946 0958", "", "is no phone number; write it like +49 30 901820, or name the"),
        ("12", "DE", "cannot be a phone number; write it like +49 30 901820"),
        ("nobody", "DE", "'nobody' is no phone number"),
    ],
)
def test_what_is_no_number_is_refused_with_the_way_out(text: str, country: str, told: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_phone(text, country)
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["a\nb", "a\x1b[2J", "\u202ea", "x" * 101])
def test_a_short_text_is_one_line_of_plain_signs(text: str) -> None:
    with pytest.raises(DomainError):
        read_short_text(text)
    assert read_short_text("Müller & Söhne GmbH") == "Müller & Söhne GmbH"
