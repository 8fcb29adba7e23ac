"""What providers tell becomes facts of the case, once, whatever the order (P14, rows 13-15)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from activities.ports.incoming import ReportKind
from adapters.ledger.inbound.incoming import keep_events
from adapters.ledger.queries import watch
from adapters.ledger.tasks.desk import find_task
from domain.message_types import MessageType
from tests.activities.sending.bundles import Several
from tests.activities.sending.post import Post
from tests.activities.sending_harness import MINUTE, Office
from tests.fakes import LOST_BUT_TAKEN


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out."""
    office.remind()
    return Post(office)


def test_a_bounce_marks_the_address_and_every_case_of_the_message_hears_of_it(
    office: Office,
) -> None:
    """P14: undeliverable, so the next channel is used."""
    several = Several(office, 0)
    office.remind()
    post = Post(office)
    post.told(ReportKind.BOUNCED)
    post.round()

    assert post.debtor.bad_points == ("bob@bob.example",)
    assert post.news(several.cases[0]) == post.news(several.cases[1])
    assert post.news() == [("bounced", "email/polite")]
    assert sorted(post.woken) == sorted(several.cases)
    assert post.outcomes() == ["applied"]


def test_the_address_that_bounced_is_marked_and_not_the_one_that_is_known_since(
    post: Post, office: Office
) -> None:
    office.known(replace(post.debtor, email="new@bob.example"))
    post.told(ReportKind.BOUNCED)
    post.round()

    assert post.debtor.bad_points == ("bob@bob.example",)
    assert post.debtor.reach("email") == "new@bob.example"


@pytest.mark.parametrize("kind", [ReportKind.COMPLAINED, ReportKind.OPTED_OUT])
def test_a_complaint_or_an_opt_out_closes_the_channel(post: Post, kind: ReportKind) -> None:
    post.told(kind)
    post.round()

    assert post.debtor.opted_out == ("email",)
    assert post.news() == [("opted_out", "email/polite")]


def test_who_comes_back_is_written_to_again(post: Post, office: Office) -> None:
    post.told(ReportKind.OPTED_OUT)
    post.told(ReportKind.OPTED_IN, at=office.now + MINUTE)
    office.now += 2 * MINUTE
    post.round()

    assert post.debtor.opted_out == ()


def test_an_opt_out_that_is_newer_than_the_wish_to_come_back_stays(
    post: Post, office: Office
) -> None:
    """The provider tells the older thing last."""
    post.told(ReportKind.OPTED_OUT, at=office.now + MINUTE)
    post.round()
    post.told(ReportKind.OPTED_IN, at=office.now)
    post.round()

    assert post.debtor.opted_out == ("email",)


def test_a_wish_that_a_person_wrote_down_later_is_not_undone_by_a_provider(
    post: Post, office: Office
) -> None:
    office.now += MINUTE
    office.say(MessageType.CONTACT_NEWS, reason="opted_out", ref="email")
    post.told(ReportKind.OPTED_IN, at=office.now - MINUTE)
    post.round()

    assert post.debtor.opted_out == ("email",)


def test_a_failure_is_told_to_the_case_unless_the_message_got_through(post: Post) -> None:
    post.told(ReportKind.FAILED)
    post.round()
    assert post.news() == [("unreached", "email/polite")]
    assert post.debtor.bad_points == ()

    post.told(ReportKind.DELIVERED)
    post.round()
    assert ("delivered", "email/polite") in post.news(), "the failure is taken back"


def test_a_failure_after_the_delivery_changes_nothing(post: Post) -> None:
    post.told(ReportKind.DELIVERED)
    post.round()
    post.told(ReportKind.FAILED)
    post.round()

    assert (post.news(), post.woken) == ([], [])


@pytest.mark.parametrize(
    "kind", [ReportKind.ACCEPTED, ReportKind.DEFERRED, ReportKind.DELIVERED, ReportKind.OTHER]
)
def test_what_is_only_evidence_is_kept_and_the_case_sleeps_on(post: Post, kind: ReportKind) -> None:
    post.told(kind)
    post.round()

    assert (post.news(), post.woken, post.outcomes()) == ([], [], ["applied"])


@pytest.mark.parametrize("kind", [ReportKind.OPENED, ReportKind.CLICKED, ReportKind.HEARD])
def test_an_opened_message_is_noted_once_and_wakes_nobody_ever(
    post: Post, office: Office, kind: ReportKind
) -> None:
    """F6: not at once, and not by the reconciler either; P02: it is evidence of receipt."""
    for minutes in range(3):
        post.told(kind, at=office.now + minutes * MINUTE)
        post.round()

    assert post.news() == [("opened", "email/polite")]
    assert post.woken == []
    assert office.case not in watch.unwoken(office.engine)


def test_an_opened_message_hides_no_payment_that_nobody_has_looked_at(
    post: Post, office: Office
) -> None:
    office.pay()
    before = office.case in watch.unwoken(office.engine)
    post.told(ReportKind.OPENED)
    post.round()

    assert (office.case in watch.unwoken(office.engine)) == before


def test_news_are_never_older_than_the_message_that_they_are_about(
    post: Post, office: Office
) -> None:
    """Providers count in whole seconds: a bounce may seem to come before the mail."""
    post.told(ReportKind.FAILED, at=office.now - MINUTE)
    post.round()
    with office.engine.connect() as link:
        query = text("SELECT at FROM message WHERE case_id = :c AND kind = 'contact_news'")
        assert link.execute(query, {"c": office.case}).scalar_one() == office.now


def test_what_was_told_before_our_own_commit_waits_for_it(office: Office) -> None:
    """Row 15: the bounce comes while the call is still on the wire."""
    post = Post(office)

    def bounce() -> None:
        post.told(ReportKind.BOUNCED)
        post.round()

    office.between["after_POST"] = bounce
    office.remind()
    assert post.news() == []
    post.round()

    assert post.news() == [("bounced", "email/polite")]


def test_while_nobody_knows_how_the_call_ended_the_address_is_marked_and_the_case_waits(
    office: Office,
) -> None:
    office.email.will(LOST_BUT_TAKEN)
    with pytest.raises(RuntimeError):
        office.remind()
    post = Post(office)
    post.told(ReportKind.BOUNCED)
    assert post.round().left >= 1
    assert (post.news(), post.debtor.bad_points) == ([], ("bob@bob.example",))
    office.older(timedelta(minutes=1))
    office.remind()
    post.round()

    assert office.results()[0] == ("polite", "accepted")
    assert post.news() == [("bounced", "email/polite")]


def test_events_about_no_message_of_ours_are_shown_to_a_person_after_a_day(post: Post) -> None:
    new, old = str(uuid4()), str(uuid4())
    post.told_long_ago(ReportKind.BOUNCED, new, timedelta(hours=23))
    post.told_long_ago(ReportKind.BOUNCED, old, timedelta(hours=25))
    post.round()

    assert (_state(post, new), _state(post, old)) == (None, "unmatched")
    assert _task(post, f"unmatched/sendgrid/{post.office.now.date()}")


def test_a_sender_at_fault_is_a_question_for_a_person(post: Post) -> None:
    event = post.event(ReportKind.CHANNEL_DOWN, provider=f"twilio-{uuid4()}")
    keep_events(post.office.engine, [event])
    post.round()

    assert _task(post, f"channel/{event.provider}//{post.office.now.date()}")
    assert post.news() == [("unreached", "email/polite")]  # nobody got it: it is said another way


def test_a_row_that_cannot_be_applied_holds_up_no_other(post: Post, office: Office) -> None:
    with office.engine.begin() as link:  # somebody tampers: the same key with other content
        spoil = text(
            "INSERT INTO message (case_id, key, kind, at, content_sha) "
            "VALUES (:c, :k, 'nudge', now(), 'x')"
        )
        key = f"news/{post.message_id}/email/bounced"
        link.execute(spoil, {"c": office.case, "k": key})
    post.told(ReportKind.BOUNCED)
    stranger = post.event(ReportKind.CHANNEL_DOWN, at=office.now + MINUTE, provider=f"p-{uuid4()}")
    keep_events(office.engine, [stranger])
    done = post.round()

    assert done.left >= 1
    assert _task(post, f"unapplied/{post.event(ReportKind.BOUNCED).dedupe_key}")
    assert _task(post, f"channel/{stranger.provider}//{office.now.date()}")


def _task(post: Post, key: str) -> bool:
    return find_task(post.office.engine, key) is not None


def _state(post: Post, message_id: str) -> str | None:
    query = text(
        "SELECT o.state FROM provider_event e LEFT JOIN event_outcome o USING (dedupe_key) "
        "WHERE e.message_id = :m"
    )
    with post.office.engine.connect() as link:
        found: str | None = link.execute(query, {"m": message_id}).scalar_one()
        return found
