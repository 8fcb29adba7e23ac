"""News of text messages and a debtor's STOP count once, at once, and for the whole number."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from activities.ports.types import OutboundState
from activities.sending.holding_back import ComeBackLaterError
from adapters.incoming.twilio import hooks
from adapters.ledger.customers.people import upsert_creditor, upsert_debtor
from domain.parties.people import Creditor, Debtor
from tests.activities.sending_harness import FENCE, MINUTE
from tests.fakes import LOST_BUT_TAKEN, REJECT
from tests.twilio.posting import TwilioSays
from tests.twilio.rooms import Rooms


@pytest.mark.parametrize(
    ("status", "code", "news"),
    [
        *((status, "", "accepted") for status in ("accepted", "queued", "sending", "sent")),
        ("delivered", "", "delivered"),
        *(("undelivered", code, "bounced") for code in ("30005", "30006", "21211", "21614")),
        ("failed", "21635", "bounced"),
        *(("undelivered", code, "failed") for code in ("30001", "30003", "30007", "30008")),
        *(("failed", code, "failed") for code in ("", "99999", "x", "²")),
        *(("failed", code, "channel_down") for code in ("20403", "30002", "30034", "30450")),
        *(("failed", code, "channel_down") for code in ("30460", "30863", "30869")),
        ("failed", "21610", "opted_out"),
        ("partially-sung", "", "other"),
    ],
)
def test_news_of_a_message_are_kept_in_our_words(
    status: str, code: str, news: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    """The error table of what providers say."""
    message = rooms.texted()

    assert twilio.sms(message, status, code).status_code == 204
    assert rooms.events(message) == [(news, code)]
    assert rooms.noticed == 1


def test_the_same_news_fifty_times_at_once_are_one(twilio: TwilioSays, rooms: Rooms) -> None:
    """Matrix row 13."""
    message = rooms.texted()

    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: twilio.sms(message, "delivered"), range(50)))

    assert {answer.status_code for answer in answers} == {204}
    assert rooms.events(message) == [("delivered", "")]
    assert rooms.noticed == 1


def test_news_that_are_faster_than_our_own_commit_prove_the_message(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    """Matrix row 15: the answer to our call is lost, Twilio's news are not; nothing goes twice."""
    office = rooms.office
    office.email.will(REJECT)
    office.sms.will(LOST_BUT_TAKEN)
    office.between["before_POST"] = lambda: office.between.update(
        before_POST=lambda: twilio.sms(rooms.message(), "sent")
    )
    with pytest.raises(ComeBackLaterError):
        office.remind()
    office.sms.blind = True
    office.older(FENCE + MINUTE)
    office.remind()

    assert len(office.sms.calls) == 1
    assert office.state() is OutboundState.ACCEPTED
    assert office.tasks("unknown") == []


@pytest.mark.parametrize("words", ["STOP", "Stop please!", "стоп", "bitte keine SMS mehr"])
def test_a_stop_is_committed_before_it_is_answered(
    words: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    """B1."""
    answer = twilio.text(words)

    assert answer.status_code == 200
    assert answer.text.endswith("<Response />")  # nothing is said on top of Twilio's own answer
    assert rooms.unwanted() == ("sms",)
    rooms.office.email.will(REJECT)
    rooms.office.remind()
    assert rooms.office.sms.calls == []


def test_a_stop_counts_for_every_creditor_whose_customer_has_the_number(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    other = f"{rooms.office.creditor}-other"
    upsert_creditor(rooms.engine, Creditor(id=other))
    upsert_debtor(rooms.engine, other, replace(rooms.debtor, email=""))
    upsert_debtor(rooms.engine, other, Debtor(id="C2", phone="+4915199999999"))

    twilio.text("Stop")

    assert rooms.unwanted() == rooms.unwanted(other) == ("sms",)
    assert rooms.unwanted(other, "C2") == ()
    kept = sorted((row["sort"], row["said"], row["creditor"]) for row in rooms.replies())
    assert kept == [("stop", "Stop", rooms.office.creditor), ("stop", "Stop", other)]


def test_who_gets_the_number_later_gets_no_text_message_either(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    """No text message to that number, from any sender."""
    rooms.office.known(replace(rooms.debtor, phone="+4915100000000"))
    twilio.text("STOP")
    assert rooms.unwanted() == ()

    rooms.office.known(rooms.debtor)
    rooms.office.email.will(REJECT)
    rooms.office.remind()

    assert rooms.office.sms.calls == []


def test_a_start_is_kept_and_lifts_what_stood_on_no_account(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    rooms.office.known(replace(rooms.debtor, phone="+4915100000000"))
    twilio.text("STOP")
    twilio.text("START")
    rooms.office.known(rooms.debtor)
    rooms.office.email.will(REJECT)
    rooms.office.remind()

    assert len(rooms.office.sms.calls) == 1
    assert rooms.sorts().count("start") == 1


def test_the_hook_alone_lifts_nothing_of_an_account_the_processor_does(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    twilio.text("STOP")
    twilio.text("START")

    assert rooms.unwanted() == ("sms",)


def test_the_same_text_again_is_one(twilio: TwilioSays, rooms: Rooms) -> None:
    for _ in range(3):
        twilio.text("bitte keine SMS mehr", sid=f"SM7x{rooms.debtor.phone[1:]}")

    assert rooms.sorts() == ["reply", "stop"]
    assert rooms.noticed == 1


def test_twilios_own_list_counts_as_a_stop(twilio: TwilioSays, rooms: Rooms) -> None:
    """21610 blocks before the next acceptance."""
    message = rooms.texted()

    assert twilio.sms(message, "failed", "21610").status_code == 204
    assert rooms.unwanted() == ("sms",)


def test_while_somebody_holds_the_account_a_stop_is_kept_heeded_and_asked_for_again(
    twilio: TwilioSays, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words alone stop the next text; Twilio comes again and the account is marked."""
    monkeypatch.setattr(hooks, "PATIENCE", 0.2)
    sid = f"SM9x{rooms.debtor.phone[1:]}"
    with rooms.office.ledger.account_of(rooms.office.case):
        busy = twilio.text("STOP", sid=sid)
    assert (busy.status_code, rooms.unwanted()) == (503, ())
    rooms.office.email.will(REJECT)
    rooms.office.remind()
    assert rooms.office.sms.calls == []

    again = twilio.text("STOP", sid=sid)
    assert (again.status_code, rooms.unwanted()) == (200, ("sms",))
    assert rooms.sorts() == ["stop"]


def test_a_stop_waits_for_a_text_on_its_way_and_after_its_answer_none_is(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    """The last look and the call are under the lock that the STOP waits for."""
    order: list[str] = []
    posted = threading.Event()

    def stop() -> None:
        posted.set()
        twilio.text("STOP")
        order.append("stopped")

    listener = threading.Thread(target=stop)

    def while_it_is_sent() -> None:
        listener.start()
        posted.wait(100)
        rooms.office.between["before_commit"] = lambda: order.append("sent")

    rooms.office.email.will(REJECT)
    rooms.office.between["before_POST"] = lambda: rooms.office.between.update(
        before_POST=while_it_is_sent
    )
    rooms.office.remind()
    listener.join(100)

    assert order == ["sent", "stopped"]
    assert rooms.unwanted() == ("sms",)


def test_an_answer_belongs_to_the_newest_text_to_that_number(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    message = rooms.texted()

    twilio.text("Paid on Monday, ref 12", NumMedia="0")

    (row,) = rooms.replies()
    assert (row["sort"], row["message_id"], row["state"]) == ("reply", message, "new")
    assert (row["said"], row["customer"]) == ("Paid on Monday, ref 12", rooms.debtor.id)
    assert rooms.unwanted() == ()


def test_an_answer_from_a_number_that_nobody_has_is_kept_for_a_person(
    twilio: TwilioSays, rooms: Rooms
) -> None:
    sender = "+4915200000001"
    assert twilio.text("who is this?", sender=sender).status_code == 200

    assert [(row["sort"], row["creditor"]) for row in rooms.replies(sender)] == [("unrouted", "")]


def test_pictures_and_strange_signs_are_kept_too(twilio: TwilioSays, rooms: Rooms) -> None:
    rooms.texted()
    long = "nul\0 and \U0001f600 and " + "x" * 3000
    for words, count in (("", "2"), ("look at this", "1"), (long, "0")):
        twilio.text(words, NumMedia=count)
    said = sorted(row["said"] for row in rooms.replies() if row["message_id"])
    files = [one.partition("\n")[2] for one in said]
    assert files == ["(2 files, not taken in)", "(1 file, not taken in)", ""]
    assert (said[2][:9], len(said[2])) == ("nul and \U0001f600", 2000)


def test_a_text_without_a_sender_is_refused(twilio: TwilioSays, rooms: Rooms) -> None:
    assert twilio.text("STOP", sender="").status_code == 400
    assert twilio.text("STOP", sid="../etc").status_code == 400
    assert rooms.noticed == 0
