"""A text message with the number of a card in it is kept without the number (PCI DSS 3.4)."""

import pytest

from tests.twilio.posting import TwilioSays
from tests.twilio.rooms import Rooms

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize("before", ["", "x" * 1990])
def test_a_text_keeps_no_card_number(twilio: TwilioSays, rooms: Rooms, before: str) -> None:
    """2026-11-30: mails were kept without card numbers, text messages with them."""
    rooms.texted()

    assert twilio.text(f"{before} take it from {CARD}, 12/29").status_code == 200
    (row,) = rooms.replies()

    for kept in (row["said"], row["raw"].decode()):
        assert CARD not in kept
        assert CARD[:9] not in kept
    assert "**** **** **** 1111" in row["raw"].decode()
