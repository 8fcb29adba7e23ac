"""Money that a person placed bears their name; else that of where it came from."""

import pytest

from adapters.ledger.queries import reads
from domain.message_types import MessageType
from tests.activities.payments.test_money_on_the_account import opened, pays, place
from tests.activities.sending_harness import Office


@pytest.mark.parametrize(("by", "said"), [("eva", "eva"), ("", "bank")])
def test_the_invoice_remembers_who_placed_the_money_or_where_it_came_from(
    office: Office, by: str, said: str
) -> None:
    pays(office, 30000)
    case = opened(office, "R-2")
    place(office, "R-2", by=by)
    told = [one.message for one in reads.messages_of(office.engine, case)]
    assert [one.by for one in told if one.kind is MessageType.PAYMENT] == [said]
