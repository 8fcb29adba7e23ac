"""One message, many ways: the next address, another person, and never the same way twice (P14)."""

from dataclasses import replace
from datetime import timedelta

from activities.ports.types import OutboundState
from adapters.config.settings import Settings
from adapters.ledger.customers.contact_points import add_point
from adapters.ledger.queries import reads
from domain.message_types import ActionType, MessageType
from domain.parties.people import Point
from domain.wire import CaseActivityInput
from starter.application import Application
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, NINE, Office
from tests.fakes import LOST_AND_GONE, OPT_OUT, REJECT

BOSS = Point(kind="email", point="boss@bob.example", person="Ann Boss", role="CFO", rank=1)
DESK = Point(kind="email", point="desk@bob.example", rank=2)


def knows(office: Office, *points: Point) -> None:
    """The customer has further ways."""
    for point in points:
        add_point(office.engine, office.creditor, "C1", point)


def went(office: Office) -> list[tuple[str, str]]:
    """Each message that was taken: to whom it went, and whom it greets."""
    both = [*office.email.taken, *office.sms.taken]
    return [(envelope.to, envelope.to_name) for envelope in both]


def say_again(office: Office, step: str = "polite~2") -> None:
    """One attempt at saying it again, an hour later."""
    office.now += timedelta(hours=1)
    turn = CaseActivityInput(case=office.case, do=ActionType.REMIND.value, step=step, at=office.now)
    office.sender().send(turn, office.clock)


def test_the_next_channel_comes_before_the_next_address(office: Office) -> None:
    knows(office, BOSS, DESK)
    office.email.will(REJECT)
    office.remind()

    assert went(office) == [(DEBTOR.phone, "Bob")]


def test_a_dead_address_leaves_its_channel_open_for_the_next_one_and_then_another_person(
    office: Office,
) -> None:
    """The same message goes on within one call, and greets whoever is reached."""
    knows(office, BOSS, DESK)
    office.sms.will(REJECT)
    office.email.will(REJECT, REJECT)
    office.remind()

    assert [envelope.to for envelope in office.email.calls] == [
        DEBTOR.email,
        DESK.point,
        BOSS.point,
    ]
    assert went(office) == [(BOSS.point, "Ann Boss")]
    assert office.results() == [("polite", "accepted")]


def test_a_number_that_takes_no_text_messages_is_not_given_up_for_calls(office: Office) -> None:
    office.email.will(REJECT)
    office.sms.will(REJECT)
    office.remind()

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.bad_points == (DEBTOR.email, f"sms:{DEBTOR.phone}")
    assert file.debtor.reach("voice") == DEBTOR.phone


def test_an_unwanted_channel_is_out_on_every_address(office: Office) -> None:
    knows(office, BOSS)
    office.email.will(OPT_OUT)
    office.remind()

    assert [envelope.to for envelope in office.email.calls] == [DEBTOR.email]
    assert went(office) == [(DEBTOR.phone, "Bob")]


def test_what_bounced_is_said_again_once_by_the_next_way(office: Office) -> None:
    """The address is dead for every message, and the step is a deed of its own."""
    office.remind()
    office.say(MessageType.CONTACT_NEWS, reason="bounced", ref="email/polite")
    say_again(office)
    say_again(office)

    assert [to for to, _ in went(office)] == [DEBTOR.email, DEBTOR.phone]
    assert office.results() == [("polite", "accepted"), ("polite~2", "accepted")]


def test_words_said_again_are_the_same_words(office: Office) -> None:
    office.remind()
    office.say(MessageType.CONTACT_NEWS, reason="bounced", ref="email/polite")
    knows(office, DESK)
    office.sms.will(REJECT)
    say_again(office)

    first, second = office.email.taken
    assert (first.subject, second.to) == (second.subject, DESK.point)


def test_who_was_not_reached_this_time_is_not_tried_there_again(office: Office) -> None:
    office.remind()
    office.say(MessageType.CONTACT_NEWS, reason="unreached", ref="email/polite")
    say_again(office)

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.bad_points == ()
    assert [to for to, _ in went(office)] == [DEBTOR.email, DEBTOR.phone]


def test_when_no_way_is_left_it_is_closed_and_a_person_is_asked_at_once(office: Office) -> None:
    """P02 P14: one question from the rules, not two."""
    office.known(DEBTOR)
    office.remind()
    office.say(MessageType.CONTACT_NEWS, reason="bounced", ref="email/polite")
    office.desk.say(office.case, MessageType.CONTACT_NEWS, {"id": "x", "reason": "opted_out"})
    say_again(office)

    assert office.results() == [("polite", "accepted"), ("polite~2", "rejected")]
    assert office.state("polite~2") is None
    with office.ledger.account_of(office.case) as account:
        file = account.cases.read(office.case)
    assert file is not None
    assert file.decision is not None
    assert (file.decision.do, file.decision.step) == ("ask_person", "unreached")
    assert office.tasks("question") == []


def test_what_a_provider_tells_marks_no_other_address(office: Office) -> None:
    """Whoever told it has marked the very address: the one of today may be a new one."""
    office.remind()
    office.known(DEBTOR)
    body = {"reason": "bounced", "ref": "email/polite", "channel": "provider"}
    office.say(MessageType.CONTACT_NEWS, **body)

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.bad_points == ()
    say_again(office)
    assert [to for to, _ in went(office)] == [DEBTOR.email, DEBTOR.phone]


def test_a_bounce_that_is_told_late_marks_the_address_to_which_it_went(office: Office) -> None:
    office.remind()
    office.now += timedelta(hours=1)
    office.known(replace(DEBTOR, email="new@bob.example"))
    office.say(MessageType.CONTACT_NEWS, reason="bounced", ref="email")

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.bad_points == (DEBTOR.email,)


def test_only_a_provider_brings_back_a_customer_who_wanted_no_more(office: Office) -> None:
    """START takes STOP back; nobody at the creditor can."""
    office.say(MessageType.CONTACT_NEWS, reason="opted_out", ref="sms")
    body = {"id": "again", "reason": "opted_in", "ref": "sms"}
    answer, _ = office.desk.say(office.case, MessageType.CONTACT_NEWS, body)
    assert not answer.accepted
    office.desk.say(
        office.case, MessageType.CONTACT_NEWS, body | {"id": "start", "channel": "provider"}
    )

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.opted_out == ()


def test_an_unknown_outcome_is_never_said_again_by_itself(office: Office) -> None:
    office.email.blind = True
    office.email.will(LOST_AND_GONE)
    try:
        office.remind()
    except RuntimeError:
        office.older(timedelta(minutes=20))
    office.remind()
    say_again(office)

    assert office.state() is OutboundState.UNKNOWN_CLOSED
    assert office.results() == [("polite", "unknown_closed")]
    assert len(office.email.calls) == 1
    assert office.now > NINE


def test_what_was_said_together_is_said_again_together(office: Office) -> None:
    """P82: both invoices bounced with one mail; the phone gets one message about both."""
    several = Several(office, 0)
    several.take(1)
    office.now += timedelta(hours=1)
    for which in (1, 2):
        several.say(which, MessageType.CONTACT_NEWS, reason="bounced", ref="email/polite")
        several.take(which)  # woken by the news it decides anew
    several.take(1, "polite~2")

    assert [to for to, _ in went(office)] == [DEBTOR.email, DEBTOR.phone]
    both = [("polite", "accepted"), ("polite~2", "accepted")]
    assert (several.results(1), several.results(2)) == (both, both)


def test_what_is_said_again_does_not_join_a_message_on_the_way_that_failed(office: Office) -> None:
    """The mailbox is full: the other invoice's mail may try it, these words go by phone."""
    several = Several(office)
    several.take(1)
    office.now += timedelta(hours=1)
    several.say(1, MessageType.CONTACT_NEWS, reason="unreached", ref="email/polite")
    several.take(1)
    several.add()
    office.now += timedelta(days=2)
    several.take(2)

    assert [to for to, _ in went(office)] == [DEBTOR.email, DEBTOR.email]
    assert several.results(1) == [("polite", "accepted")]


def test_the_preview_shows_the_way_that_is_taken_next(office: Office) -> None:
    office.remind()
    office.now += timedelta(hours=1)
    office.say(MessageType.CONTACT_NEWS, reason="unreached", ref="email/polite")
    file = reads.file_of(office.engine, office.case)
    assert file is not None
    previews = Application(Settings(), office.engine).previews
    (first,) = previews.ahead(file, office.now, 1)

    assert (first.step, first.channel) == ("polite~2", "sms")
