"""Whether anybody can be written to, said when a case is opened (P01)."""

from dataclasses import replace

import pytest

from domain.contact.missing import why_unreachable
from domain.parties.people import Debtor, Point
from domain.policy.policy_file import standard_policy

POLICY = standard_policy()
BARE = Debtor(id="C-1")
MAIL_ONLY = replace(POLICY, steps=tuple(s for s in POLICY.steps if s.channels in ((), ("email",))))


@pytest.mark.parametrize(
    "debtor",
    [
        Debtor(id="C-1", email="a@x.example"),
        Debtor(id="C-1", phone="+4930901820"),
        Debtor(id="C-1", others=(Point(kind="email", point="b@x.example"),)),
    ],
)
def test_one_way_is_enough(debtor: Debtor) -> None:
    assert why_unreachable(debtor, POLICY) == ""


def test_what_is_lacking_is_named() -> None:
    assert why_unreachable(BARE, POLICY) == ("no e-mail address or phone number of C-1 is known")
    assert why_unreachable(replace(BARE, phone="+4930901820"), MAIL_ONLY) == (
        "no e-mail address of C-1 is known"
    )


def test_a_way_that_does_not_work_is_none() -> None:
    dead = Debtor(id="C-1", email="a@x.example", bad_points=("a@x.example",))
    assert why_unreachable(dead, POLICY) == "no way to C-1 that works and is wanted is known"


def test_a_policy_that_writes_to_nobody_lacks_nothing() -> None:
    silent = replace(POLICY, steps=tuple(s for s in POLICY.steps if not s.is_message))
    assert why_unreachable(BARE, silent) == ""
