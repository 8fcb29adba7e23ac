"""Money finds its invoices: nothing wrong by itself, and most of the rest is proposed right."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from domain.bank.matching import BankMatch, MatchReason, match_entry
from domain.bank.numbers_in_text import candidates_in
from domain.bank.open_items import KnownPayer, OpenItem, OpenItems, covering_sets
from domain.bank.payer_names import NameIndex, is_same_name
from domain.bank.statement import BankEntry
from domain.ids import CaseId
from domain.money import Money
from tests.counting import function_calls
from tests.domain.bank import payers

CERTAIN = ("reference", "one", "short", "several")
"""Sorts of credits that must go by themselves, as next.md asks."""


@pytest.mark.parametrize(
    ("numbers", "width"), [(range(1001, 2601), 4), (range(4700001, 4701601), 10)]
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_wrong_by_itself_and_nine_of_ten_are_proposed_right(
    numbers: range, width: int, seed: int
) -> None:
    """Short numbers stand in dates, postcodes and telephone numbers; and sums are alike."""
    items, paid = payers.world(numbers, width, seed)
    told: Counter[tuple[str, str]] = Counter()
    for credit in paid:
        told[credit.sort, payers.judged(credit, match_entry(credit.entry, items))] += 1

    assert sum(count for (_, how), count in told.items() if how == "wrong") == 0
    for sort in CERTAIN:
        whole = sum(count for (one, _), count in told.items() if one == sort)
        assert (sort, told[sort, "right"]) == (sort, whole)
    rest = sum(count for (sort, how), count in told.items() if how != "right")
    assert sum(count for (_, how), count in told.items() if how == "proposed") >= 0.9 * rest


def _item(number: str, minor: int, customer: str = "C-1", **more: object) -> OpenItem:
    case = str(CaseId("acme", number))
    given = OpenItem(case=case, number=number, customer=customer, open=Money(minor, "EUR"))
    return replace(given, **more)  # type: ignore[arg-type]  # fields of the test's own choice


def _credit(minor: int, *lines: str, **more: object) -> BankEntry:
    made = BankEntry(
        account="DE1",
        amount=Money(minor, "EUR"),
        is_credit=True,
        booked=payers.DAY,
        valued=payers.DAY,
        lines=lines,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of the test's own choice


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        (("Invoice INV-2026/7 of May",), "INV20267"),
        (("inv 2026 7",), "INV20267"),
        (("RE 20260", "007 danke"), "20260007"),
        (("RE 2026-0007,2026-0008",), "20260008"),
        (("RF18 5390 0754 7034",), "RF18539007547034"),
    ],
)
def test_numbers_are_found_however_they_are_written_and_cut(
    lines: tuple[str, ...], written: str
) -> None:
    assert written in candidates_in(lines)


@pytest.mark.parametrize("text", ["am 12.03.1001", "1001,50 EUR", "Tel 030/1001-22", "XR1001Y"])
def test_a_part_of_a_date_an_amount_or_a_word_is_no_number(text: str) -> None:
    assert "1001" not in candidates_in((text,))


def test_the_sum_must_agree_and_a_discount_counts_until_its_last_day() -> None:
    early = _item("2026-7", 10000, discount=200, discount_until=date(2026, 3, 2))
    late = replace(early, discount_until=date(2026, 3, 1))
    paid = _credit(9800, "2026-7")

    assert match_entry(paid, OpenItems([early])).certain is not None
    (asked,) = match_entry(paid, OpenItems([late])).proposals
    assert asked.reason is MatchReason.OTHER_SUM


def test_what_a_person_undid_is_only_proposed() -> None:
    found = match_entry(_credit(100, "2026-7"), OpenItems([_item("2026-7", 100)]), by_itself=False)
    assert found.certain is None
    assert found.proposals[0].reason is MatchReason.NUMBERS


RF = "RF18539007547034"


def test_a_printed_reference_is_certain_alone_and_several_by_their_sum() -> None:
    one = _item("A-1", 100, reference=RF, is_checked=True)
    two = _item("A-2", 250, reference="RF712348231", is_checked=True)
    items = OpenItems([one, two])

    assert match_entry(_credit(30, references=(RF,)), items).certain is not None
    both = (RF, "RF712348231")
    assert match_entry(_credit(350, references=both), items).certain is not None
    (told,) = match_entry(_credit(349, references=both), items).proposals
    assert (told.reason, set(told.cases)) == (MatchReason.OTHER_SUM, {one.case, two.case})


def test_money_for_an_invoice_that_owes_nothing_any_more_is_told_with_its_customer() -> None:
    """The payer is known by the printed reference; which invoice it means has to be asked."""
    paid = _item("A-1", 0, reference=RF, is_checked=True)
    found = match_entry(_credit(100, references=(RF,)), OpenItems([paid]))

    assert found.certain is None
    (told,) = found.proposals
    assert (told.customer, told.cases, told.reason) == ("C-1", (), MatchReason.REFERENCE)
    assert told.why == "the reference of A-1, which nothing is owed for any more"


@pytest.mark.parametrize(
    ("account", "certain"), [("DE7", "C-2"), ("DE8", None), ("", None)], ids=["own", "both", "none"]
)
def test_of_numbers_of_two_customers_those_of_the_known_payer_are_meant(
    account: str, certain: str | None
) -> None:
    """Each number alone would agree with the sum; both customers have paid from the second one."""
    named = [_item("INV-20261", 100), _item("INV-20262", 100, "C-2")]
    payers_known = [
        KnownPayer(customer="C-2", account="DE7"),
        KnownPayer(customer="C-1", account="DE8"),
        KnownPayer(customer="C-2", account="DE8"),
    ]
    paid = _credit(100, "INV-20261 INV-20262", payer_account=account)
    found = match_entry(paid, OpenItems(named, (), payers_known)).certain

    assert (found.customer if found else None) == certain


def test_references_of_several_customers_are_each_proposed() -> None:
    one = _item("A-1", 100, reference=RF, is_checked=True)
    two = _item("A-2", 250, "C-2", reference="RF712348231", is_checked=True)
    paid = _credit(350, references=(RF, "RF712348231"))
    found = match_entry(paid, OpenItems([one, two]))

    assert found.certain is None
    assert [(told.customer, told.reason) for told in found.proposals] == [
        ("C-1", MatchReason.AMBIGUOUS),
        ("C-2", MatchReason.AMBIGUOUS),
    ]


def test_another_currency_fits_nothing() -> None:
    item = replace(_item("2026-7", 100), open=Money(100, "USD"))
    assert match_entry(_credit(100, "2026-7"), OpenItems([item])) == BankMatch()


def test_of_a_known_account_each_set_of_that_sum_is_proposed() -> None:
    payer = KnownPayer(customer="C-1", account="DE5")
    one = OpenItems([_item("A-1", 100), _item("A-2", 250)], (), [payer])
    two = OpenItems([_item("A-1", 100), _item("A-2", 100)], (), [payer])
    paid = _credit(100, payer_account="DE 5")

    assert [found.cases for found in match_entry(paid, one).proposals] == [("invoice/acme/A-1",)]
    assert len(match_entry(paid, two).proposals) == 2


def test_sets_of_several_items_are_found_and_more_than_one_is_told() -> None:
    items = [_item(f"A-{n}", minor) for n, minor in enumerate((100, 250, 400, 650))]
    assert len(covering_sets(items, Money(750, "EUR"), payers.DAY)) == 2
    assert len(covering_sets(items, Money(1400, "EUR"), payers.DAY)) == 1
    assert covering_sets(items, Money(5, "EUR"), payers.DAY) == []


@pytest.mark.parametrize(
    ("paid", "rest", "costs"),
    [(40, 60, 5), (99, 1, 5), (100, 0, 0), (101, 0, 0)],
)
def test_a_part_of_an_item_leaves_the_rest_and_all_of_its_costs(
    paid: int, rest: int, costs: int
) -> None:
    """An entry before it took a part: the next one finds what is left, with the costs."""
    items = OpenItems([_item("2026-7", 100, costs=5)])
    items.take(str(CaseId("acme", "2026-7")), paid)

    (left,) = items.of("C-1", "EUR") or (_item("", 0),)
    assert (left.open.minor, left.costs) == (rest, costs)


@pytest.mark.parametrize(("minor", "sets"), [(100, 1), (101, 1), (102, 0)])
def test_an_item_of_a_cent_makes_a_set_as_well(minor: int, sets: int) -> None:
    items = [_item("A-1", 100), _item("A-2", 1), _item("A-3", 999)]
    assert len(covering_sets(items, Money(minor, "EUR"), payers.DAY)) == sets


@pytest.mark.parametrize(
    ("payer", "customer", "same"),
    [
        ("MUELLER GMBH & CO. KG", "Mueller GmbH", True),
        ("Société Générale", "SOCIETE GENERALE S.A.", True),
        ("HANSEN MASCHINENB", "Hansen Maschinenbau GmbH", True),
        ("Nordbau GmbH", "Suedbau GmbH", False),
        ("GmbH & Co. KG", "Mueller GmbH & Co. KG", False),
        ("Maria Huber", "Maria Schmid", False),
    ],
)
def test_names_are_the_same_but_for_legal_forms_accents_and_cut_ends(
    payer: str, customer: str, *, same: bool
) -> None:
    assert is_same_name(payer, customer) is same


def test_many_who_share_a_word_cost_a_payer_no_more_than_few() -> None:
    """The other word tells them apart: nobody else's name is compared."""
    asked = []
    for count in (20, 180):
        index = NameIndex((f"C-{n}", f"Nordbau {n:03} GmbH") for n in range(count))
        index.named("NORDBAU 007 GMBH")
        with function_calls() as calls:
            assert index.named("NORDBAU 007 GMBH") == {"C-7"}
            asked.append(calls())
    assert asked[0] == asked[1]


def test_a_shorter_name_of_a_customer_is_found_beside_longer_ones_of_others() -> None:
    index = NameIndex([("C-1", "Nordbau"), ("C-2", "Nordbau Sued"), ("C-3", "Nordbau Ost")])
    assert index.named("NORDBAU SUED ULM") == {"C-1", "C-2"}


def test_exactly_that_name_goes_before_those_that_share_a_word_with_it() -> None:
    """A group and its companies: each pays its own."""
    index = NameIndex([("C-1", "Nordbau AG"), ("C-2", "Nordbau Sued GmbH"), ("C-3", "Nordbau Ost")])
    assert index.named("NORDBAU SUED GMBH") == {"C-2"}
    assert index.named("Nordbau") == {"C-1"}

    items = [_item("2026-0001", 11900, "C-1"), _item("2026-0002", 11900, "C-2")]
    mine = OpenItems(items, [("C-1", "Nordbau AG"), ("C-2", "Nordbau Sued GmbH")])
    told = _credit(11900, "Rechnung 2026-0001", payer_name="Nordbau Sued GmbH")
    found = match_entry(told, mine)
    assert (found.certain, found.proposals[0].reason) == (None, MatchReason.OTHER_PAYER)
