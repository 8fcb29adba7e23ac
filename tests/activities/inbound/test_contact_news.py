"""What a customer wishes, or a provider finds out, counts at once."""

from domain.message_types import MessageType
from domain.wire import ReceivedMessage
from tests.activities.sending_harness import NINE, Office


def _news(body: str) -> ReceivedMessage:
    return ReceivedMessage(kind="contact_news", body=body, key="n", keyed=True, at=NINE)


def test_an_opt_out_that_is_heard_with_the_very_reminder_stops_it_on_that_channel(
    office: Office,
) -> None:
    decision = office.remind(_news('{"id": "n", "reason": "opted_out", "ref": "email"}'))

    assert office.email.calls == []
    assert len(office.sms.calls) == 1
    assert decision.answers["n"].accepted


def test_who_wants_no_messages_at_all_gets_none_and_a_person_is_asked(office: Office) -> None:
    office.say(MessageType.CONTACT_NEWS, reason="opted_out")
    office.remind()

    assert (office.email.calls, office.sms.calls) == ([], [])
    assert office.results() == [("polite", "rejected")]
    assert any("reached nobody" in title for title in office.tasks("question"))


def test_a_bounced_address_is_not_used_again(office: Office) -> None:
    office.say(MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    office.remind()

    assert office.email.calls == []
    assert len(office.sms.calls) == 1


def test_news_that_mean_nothing_are_refused_in_words(office: Office) -> None:
    body = {"id": "n", "reason": "opted-out"}
    answer, _ = office.desk.say(office.case, MessageType.CONTACT_NEWS, body)
    nowhere, _ = office.desk.say(
        office.case, MessageType.CONTACT_NEWS, {"id": "m", "reason": "bounced"}
    )

    assert not answer.accepted
    assert "opted_out" in answer.text
    assert not nowhere.accepted
    assert "channel" in nowhere.text
