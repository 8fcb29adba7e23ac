"""Payment references hold their check digits, whatever the invoice is called (P26)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649, luhn
from stdnum.be import ogm_vcs
from stdnum.ch import esr

from adapters.letters.paying.references import SCHEMES, reference_of
from domain.payments.references import is_reference_taken

NUMBERS = st.text("ABCDEFGHabc0123456789-/ .", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("number", "scheme", "plain", "shown"),
    [
        ("INV-2026/0007", "", "INV-2026/0007", "INV-2026/0007"),
        ("INV2026000123", "iso11649", "RF98INV2026000123", "RF98 INV2 0260 0012 3"),
        ("539007547034", "iso11649", "RF18539007547034", "RF18 5390 0754 7034"),
        ("0909337554", "be", "090933755493", "+++090/9337/55493+++"),
        (
            "21000000000313947143000901",
            "ch",
            "210000000003139471430009017",
            "21 00000 00003 13947 14300 09017",
        ),
        ("123", "fi", "1232", "1232"),
        ("12345", "fi", "123453", "1 23453"),
        ("123456", "fi", "1234561", "12 34561"),
        ("1234567", "no", "12345674", "12345674"),
        ("1234567", "se", "123456790", "123456790"),
    ],
)
def test_known_references_come_out_as_their_countries_print_them(
    number: str, scheme: str, plain: str, shown: str
) -> None:
    made = reference_of(number, scheme)

    assert (made.plain, made.shown) == (plain, shown)


def validates(plain: str, scheme: str) -> bool:
    """By others' code than ours: a Finnish one becomes RF by its own base."""
    if scheme == "fi":
        total = sum(int(d) * (7, 3, 1)[n % 3] for n, d in enumerate(reversed(plain[:-1])))
        return (total + int(plain[-1])) % 10 == 0 and 4 <= len(plain) <= 20
    checks = {
        "iso11649": iso11649.is_valid,
        "be": ogm_vcs.is_valid,
        "ch": esr.is_valid,
        "no": luhn.is_valid,
        "se": luhn.is_valid,
    }
    return bool(checks[scheme](plain))


@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if scheme])
@given(number=NUMBERS)
def test_a_reference_validates_or_is_the_number_itself(scheme: str, number: str) -> None:
    made = reference_of(number, scheme)

    if made.scheme:
        assert validates(made.plain, scheme)
        assert "".join(made.shown.replace("/", " ").replace("+", " ").split()) == made.plain
    else:
        assert made.plain == number


@pytest.mark.parametrize("scheme", ["be", "ch", "fi", "no", "se"])
@given(number=st.integers(1, 9_999_999_999), place=st.integers(0, 30), other=st.integers(1, 9))
def test_one_wrong_digit_is_noticed(scheme: str, number: int, place: int, other: int) -> None:
    plain = reference_of(str(number), scheme).plain
    at = place % len(plain)
    wrong = plain[:at] + str((int(plain[at]) + other) % 10) + plain[at + 1 :]

    assert not validates(wrong, scheme)


@pytest.mark.parametrize("number", ["A" * 22, "Rechnung-ä", "---", "Аcme7"])  # noqa: RUF001 - a homoglyph
def test_what_rf_cannot_hold_stays_the_number(number: str) -> None:
    assert reference_of(number, "iso11649").plain == number


def test_a_finnish_reference_has_its_known_international_form() -> None:
    """The example of the Finnish banks: 1234561 is RF341234561."""
    assert iso11649.is_valid("RF34" + reference_of("123456", "fi").plain)


def test_a_qr_reference_that_stands_on_the_invoice_stays_one() -> None:
    printed = "21 00000 00003 13947 14300 09017"
    made = reference_of("INV-7", "ch", printed)

    assert (made.plain, made.shown, made.scheme) == (printed.replace(" ", ""), printed, "ch")
    assert reference_of("INV-7", "ch", printed[:-1] + "8").scheme == ""
    assert reference_of("INV-7", "", printed).plain == printed


@pytest.mark.parametrize("printed", ["RF\u0661\u0668539007547034", "RF17539007547034", "RFA", "RF"])
def test_what_only_looks_like_rf_is_no_structured_reference(printed: str) -> None:
    made = reference_of("INV-7", "iso11649", printed)

    assert (made.plain, made.shown, made.scheme) == (printed, printed, "")


def test_a_reference_that_stands_on_the_invoice_goes_first() -> None:
    assert reference_of("INV-7", "be", "RF18539007547034").shown == "RF18 5390 0754 7034"
    assert reference_of("INV-7", "be", "our ref 99").shown == "our ref 99"


@pytest.mark.parametrize(
    ("scheme", "shown"), [("iso11649", "T1"), ("be", "T1"), ("fi", "T1"), ("", "T1")]
)
def test_a_reference_that_an_earlier_invoice_has_gives_way_to_the_number(
    scheme: str, shown: str
) -> None:
    """C5: the money of two customers must not carry one reference."""
    assert reference_of("T1", scheme, is_taken=True).shown == shown
    assert reference_of("T1", scheme, "RF18539007547034", is_taken=True).scheme == "iso11649"


def test_digits_that_another_number_makes_with_its_check_digit_are_told_apart() -> None:
    """A1232 was there first; 123 makes 1232 in Finland."""
    taken = reference_of("1232", "fi", is_taken=True)

    assert reference_of("123", "fi").plain == "1232"
    assert taken.plain == taken.shown == "NR 1232"


@given(number=NUMBERS, other=NUMBERS)
def test_a_swiss_reference_that_is_taken_gives_way_to_one_of_its_own(
    number: str, other: str
) -> None:
    """A Swiss account for bills takes no money without a reference in digits."""
    made = reference_of(number, "ch", is_taken=True)

    assert esr.is_valid(made.plain)
    assert made.plain != reference_of(other, "ch").plain
    assert (number == other) is (made == reference_of(other, "ch", is_taken=True))


@given(
    numbers=st.lists(NUMBERS, min_size=2, max_size=6, unique_by=str.strip),
    at=st.sampled_from(SCHEMES),
)
def test_no_two_invoices_of_a_creditor_share_a_reference(numbers: list[str], at: str) -> None:
    """Whatever they are called, in whatever order they were opened."""
    made = [
        reference_of(number, at, is_taken=is_reference_taken(number, at, numbers[:place])).plain
        for place, number in enumerate(numbers)
    ]

    assert len({plain.strip() for plain in made}) == len(numbers)
