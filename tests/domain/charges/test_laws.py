"""Which law a letter names: as its own country cites it, and none where a contract holds."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.case.money import Ground
from domain.charges.cost_terms import law_of_compensation, law_of_interest
from domain.policy.model import Charges, InterestBy
from domain.policy.policy_file import standard_policy

ACT = "the Late Payment of Commercial Debts (Interest) Act 1998"
LAW = Charges(interest=InterestBy.LAW, compensation=True, confirmed_by="eva")


def ground(charges: Charges, *, consumer: bool = False) -> Ground:
    """A debtor under a policy with these costs."""
    policy = replace(standard_policy(), charges=charges)
    return Ground(policy, policy.calendar("UTC", "DE"), consumer=consumer)


@pytest.mark.parametrize(
    ("who", "interest", "compensation"),
    [
        ("DE", "§ 288 Abs. 2 BGB", "§ 288 Abs. 5 BGB"),
        ("DE consumer", "§ 288 Abs. 1 BGB", "§ 288 Abs. 5 BGB"),
        ("FR", "article L441-10 du code de commerce", "article D441-5 du code de commerce"),
        ("CH", "Art. 104 Abs. 1 OR", ""),  # no fixed sum there
        ("IE", "S.I. No. 580 of 2012", "S.I. No. 580 of 2012"),  # cited in English anyway
        ("UK", f"{ACT} and S.I. 2002/1675", f"section 5A of {ACT}"),
    ],
)
def test_a_law_is_named_as_its_own_country_cites_it(
    who: str, interest: str, compensation: str
) -> None:
    code, _, consumer = who.partition(" ")
    debtor = ground(replace(LAW, jurisdiction=code), consumer=bool(consumer))
    assert law_of_interest(debtor) == interest
    assert law_of_compensation(debtor) == compensation


@pytest.mark.parametrize(
    "charges",
    [
        Charges(),
        replace(LAW, jurisdiction="DE", confirmed_by=""),  # nobody has confirmed it
        replace(LAW, jurisdiction="DE", interest=InterestBy.NOTHING),
        replace(LAW, jurisdiction="DE", interest=InterestBy.CONTRACT, contract_percent=Decimal(9)),
    ],
)
def test_no_law_is_named_where_none_gives_the_interest(charges: Charges) -> None:
    assert law_of_interest(ground(charges)) == ""


def test_without_a_jurisdiction_no_law_gives_a_fixed_sum() -> None:
    assert law_of_compensation(ground(Charges())) == ""
