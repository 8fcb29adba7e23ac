"""What a customer's erasure leaves: work with its money and ids, and colleagues' names."""

import pytest

from domain.parties.erased import detail_to_keep, is_their_name, names_of, title_to_keep
from domain.parties.people import Debtor, Point

BOB = Debtor(
    id="C-1",
    name="Bob Brown Ltd",
    email="ann@bob.example",
    phone="+4930123",
    others=(Point(kind="email", point="eve@bob.example", person="Eve Adams"),),
)
NAMES = names_of(BOB)


def test_a_customer_is_named_by_everything_but_the_id() -> None:
    assert NAMES == (
        "Bob Brown Ltd",
        "ann@bob.example",
        "+4930123",
        "Eve Adams",
        "eve@bob.example",
    )
    assert names_of(Debtor(id="C-1", name="C-1")) == ()


@pytest.mark.parametrize(
    ("by", "theirs"),
    [
        ("Bob Brown Ltd", True),
        ("bob brown", True),
        ("Eve", True),
        ("Eve Adams (by phone)", True),
        ("eve@bob.example", True),
        ("ann", False),
        ("bobby", False),
        ("Eva", False),
        ("", False),
    ],
)
def test_who_spoke_was_the_customer_or_one_of_the_creditor_s_people(by: str, theirs: bool) -> None:
    """P81: who did what stays; a collector is not called like a part of the customer's address."""
    assert is_their_name(by, NAMES, ()) is theirs


def test_a_colleague_who_is_called_like_the_customer_stays() -> None:
    assert not is_their_name("Eve", NAMES, ["eve"])


TITLE = "payment P-9 of C-1: 1301.00 EUR fit no invoice; allocate or refund"


@pytest.mark.parametrize(
    ("kind", "title", "kept"),
    [
        ("question", TITLE, TITLE),
        ("question", "the agency refused hand_off: eve@bob.example is wrong", "R-1: question"),
        (
            "question",
            "R-1, 119.00 EUR open: Bob Brown Ltd owes -20.00 EUR of 1000 JPY",
            "R-1: question, 119.00 EUR, -20.00 EUR, 1000 JPY",
        ),
        ("refused", "promise could not be applied: 'my wife is ill' is no day", None),
        ("question", "R-1: 'call' her", "R-1: 'call' her"),
    ],
)
def test_a_title_keeps_its_money_and_names_nobody(kind: str, title: str, kept: str | None) -> None:
    wanted = "promise could not be applied: … is no day" if kept is None else kept
    assert title_to_keep(kind, title, NAMES, "R-1: question") == wanted


@pytest.mark.parametrize(
    ("detail", "kept"),
    [
        ("Bob says that his wife is ill", ""),
        (
            '{"id": "P-9", "amount": "1301.00", "note": "for Eve"}',
            {"id": "P-9", "amount": "1301.00"},
        ),
        (
            "{'customer': 'C-1', 'invoices': ['R-1'], 'note': 'x'}",
            {"customer": "C-1", "invoices": ["R-1"]},
        ),
        ('{"id": "' + "w" * 81 + '"}', ""),
        ('{"id": "' + "w" * 80 + '"}', {"id": "w" * 80}),
        ('{"id": {"note": "x"}}', ""),
        ("[1]", ""),
        ("", ""),
    ],
)
def test_of_what_was_sent_only_ids_days_and_money_stay(detail: str, kept: object) -> None:
    told = detail_to_keep(detail)
    assert told == (str(kept) if kept else "")
    assert detail_to_keep(told) == told, "twice is once"
