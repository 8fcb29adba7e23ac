"""Late bounces name an address and none of our messages: the address is marked (P14).

A mailbox in the customer's company is closed; its server takes the first reminder on 2 March 2026
at nine and throws it back days later, when nobody remembers which message it was.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from activities.ports.incoming import ReportKind
from adapters.ledger.customers import people
from adapters.ledger.customers.contact_points import add_point
from adapters.ledger.inbound.events import ProviderEvent
from adapters.ledger.inbound.incoming import keep_events
from domain.parties.people import Debtor, Point
from tests.activities.sending.post import Post
from tests.activities.sending_harness import DEBTOR, MINUTE, Office

DAY = timedelta(days=1)


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out on 2 March 2026; an address no other test has."""
    office.known(replace(DEBTOR, email=_own(office)))
    office.remind()
    return Post(office)


def _own(office: Office) -> str:
    return f"Bob@{office.creditor}.example"


def _report(post: Post, kind: ReportKind, address: str, at: datetime) -> None:
    told = ProviderEvent(
        dedupe_key=f"sendgrid/{kind}/{address}/{at}",
        message_id="",
        provider="sendgrid",
        kind=kind.value,
        at=at,
        recipient=address.lower(),
    )
    keep_events(post.office.engine, [told])
    post.office.now = max(post.office.now, at)
    post.round()


def test_the_address_is_marked_however_it_is_capitalised_and_the_case_hears_of_it(
    post: Post, office: Office
) -> None:
    """P14: the reminder did not arrive, so it is said another way."""
    _report(post, ReportKind.BOUNCED, _own(office).upper(), office.now + DAY)

    assert post.debtor.reach("email") == ""
    assert post.debtor.reach("sms") == "+4915112345678"
    assert post.news() == [("bounced", "email/polite")]
    assert post.woken == [office.case]


@pytest.mark.parametrize(
    ("after", "heard"),
    [
        (timedelta(), True),
        (5 * DAY - MINUTE, True),
        (5 * DAY, True),
        (5 * DAY + MINUTE, False),
        (-MINUTE, False),
    ],
)
def test_the_newest_message_counts_as_lost_for_five_days(
    post: Post, office: Office, after: timedelta, heard: bool
) -> None:
    """RFC 5321, 4.5.4.1: no server tries longer. The address is marked in any case."""
    _report(post, ReportKind.BOUNCED, _own(office), office.now + after)

    assert post.debtor.reach("email") == ""
    assert post.news() == ([("bounced", "email/polite")] if heard else [])


def test_whoever_else_has_the_address_is_not_written_to_there_either(
    post: Post, office: Office
) -> None:
    """The same bookkeeper works for two customers; the second was never written to."""
    shared = Point(kind="email", point=_own(office))
    other = Debtor(id="C2", email=f"two@{office.creditor}.example")
    people.upsert_debtor(office.engine, office.creditor, other)
    add_point(office.engine, office.creditor, "C2", shared)
    _report(post, ReportKind.BOUNCED, _own(office), office.now + DAY)

    found = people.get_debtor(office.engine, office.creditor, "C2")
    assert found is not None
    assert not found.works("email", _own(office))
    assert found.reach("email") == f"two@{office.creditor}.example"


def test_an_address_that_was_replaced_meanwhile_tells_of_the_lost_letter_all_the_same(
    post: Post, office: Office
) -> None:
    old = _own(office)
    office.known(replace(post.debtor, email="new@bob.example"))
    _report(post, ReportKind.BOUNCED, old, office.now + DAY)

    assert post.debtor.reach("email") == "new@bob.example"
    assert post.news() == [("bounced", "email/polite")]


def test_a_mail_that_was_only_blocked_did_not_arrive_and_its_address_is_good(
    post: Post, office: Office
) -> None:
    _report(post, ReportKind.FAILED, _own(office), office.now + DAY)

    assert post.debtor.bad_points == ()
    assert post.news() == [("unreached", "email/polite")]


@pytest.mark.parametrize("kind", [ReportKind.COMPLAINED, ReportKind.OPTED_OUT])
def test_a_wish_is_heeded_and_one_to_come_back_as_well(
    post: Post, office: Office, kind: ReportKind
) -> None:
    _report(post, kind, _own(office), office.now + DAY)
    closed = post.debtor.opted_out

    _report(post, ReportKind.OPTED_IN, _own(office), office.now + DAY)
    assert (closed, post.debtor.opted_out) == (("email",), ())


def test_evidence_without_a_message_and_a_stranger_s_address_change_nothing(
    post: Post, office: Office
) -> None:
    _report(post, ReportKind.DELIVERED, _own(office), office.now + DAY)
    _report(post, ReportKind.BOUNCED, f"stranger@{office.creditor}.example", office.now + DAY)

    assert (post.news(), post.debtor.bad_points, post.woken) == ([], (), [])


def test_of_two_addresses_that_a_message_went_to_the_one_that_is_named_is_marked(
    post: Post, office: Office
) -> None:
    """With our id in it: the first address bounced, the message had gone on to the second."""
    first = _own(office)
    post.told(ReportKind.BOUNCED)
    post.round()
    event = replace(
        post.event(ReportKind.BOUNCED, at=office.now + DAY), recipient="someone@else.example"
    )
    keep_events(office.engine, [event])
    post.round()

    assert post.debtor.bad_points == (first,), "it was passed on to somebody else"
