"""What every channel promises to the send protocol, over files, fakes, SDKs and a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from activities.ports.types import Found, Sent
from activities.sending.attaching import LARGEST_TOTAL, MOST_TAKEN
from tests.adapters.email.attached import HOSTILE, LADEN, hostile, of_bytes
from tests.adapters.letters.samples import NOW, shared_data
from tests.adapters.peers import MAILS, PEERS, REAL, REAL_MAILS, REMOTE, SECRETS, Peer

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture(params=PEERS)
def peer(request: pytest.FixtureRequest, httpserver: HTTPServer, tmp_path: Path) -> Iterator[Peer]:
    with ExitStack() as stack:
        peer = PEERS[request.param](stack, httpserver, tmp_path)
        yield peer
    assert not (peer.server and peer.server.violations), "the vendor's own description is broken"


@pytest.mark.parametrize("peer", ["sendgrid", "twilio"], indirect=True)
def test_what_is_sent_and_asked_keeps_to_the_vendors_own_description(peer: Peer) -> None:
    """All tests here are judged by it, where it is at hand."""
    shared_data("openapi")
    follows: Any = {"in_reply_to": "two", "references": ("one", "two")}

    peer.channel.send(replace(peer.envelope, **follows))
    peer.channel.look_up(peer.envelope, YESTERDAY)

    assert peer.server
    assert peer.server.requests


def test_what_is_accepted_is_taken_once_and_found_again(peer: Peer) -> None:
    receipt = peer.channel.send(peer.envelope)

    assert receipt.sent is Sent.ACCEPTED
    assert receipt.provider_id
    assert peer.taken() == 1
    assert peer.channel.look_up(peer.envelope, YESTERDAY) is peer.told(Found.YES)


def test_what_was_never_sent_is_not_found(peer: Peer) -> None:
    assert peer.channel.look_up(peer.envelope, NOW) is peer.told(Found.NO)


def test_a_look_up_is_not_taken_in_by_another_message_to_the_same_recipient(peer: Peer) -> None:
    peer.channel.send(peer.envelope)

    other = replace(peer.envelope, id="another", text="another text", subject="another")

    assert peer.channel.look_up(other, YESTERDAY) is peer.told(Found.NO)


def test_who_has_no_search_or_a_late_one_never_clears_a_message_for_another_try(
    peer: Peer,
) -> None:
    """Fault matrix 12: only exact records may say no at once (decision 0010)."""
    exact = peer.channel.provider in {"outbox", "fake"}

    assert (peer.channel.index_lag == timedelta(0)) is exact


def test_a_recipient_that_cannot_be_reached_is_rejected_and_marked(peer: Peer) -> None:
    receipt = peer.channel.send(peer.reject())

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, True)
    assert receipt.detail
    assert peer.taken() == 0


@pytest.mark.parametrize("peer", REMOTE, indirect=True)
def test_a_busy_provider_has_not_taken_the_message_and_takes_it_later(peer: Peer) -> None:
    """Fault matrix 8."""
    assert peer.busy
    peer.busy()

    receipt = peer.channel.send(peer.envelope)

    assert (receipt.sent, receipt.channel_down, receipt.bad_point) == (Sent.NOT_SENT, False, False)
    assert peer.taken() == 0
    assert peer.channel.send(peer.envelope).sent is Sent.ACCEPTED


@pytest.mark.parametrize("peer", REMOTE, indirect=True)
def test_after_a_lost_answer_the_look_up_tells_that_it_was_taken_or_cannot_tell(
    peer: Peer,
) -> None:
    """Fault matrix 9: it was accepted, and the answer was lost."""
    assert peer.swallow
    peer.swallow()

    receipt = peer.channel.send(peer.envelope)

    assert receipt.sent is Sent.UNKNOWN
    assert peer.taken() == 1
    assert peer.channel.look_up(peer.envelope, YESTERDAY) is peer.told(Found.YES)


@pytest.mark.parametrize("peer", REAL, indirect=True)
@pytest.mark.parametrize("to", ["", "@", "x", "x@", "x@-.example", "x@b.invalid", "\x00"])
def test_what_is_no_address_at_all_is_refused_before_anybody_is_called(to: str, peer: Peer) -> None:
    receipt = peer.channel.send(replace(peer.envelope, to=to))

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, True)
    assert peer.taken() == 0
    assert not (peer.server and peer.server.requests)


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
def test_a_mail_is_known_by_our_id_at_the_senders_domain(peer: Peer) -> None:
    peer.channel.send(peer.envelope)

    assert peer.newest
    headers = peer.newest().headers
    assert headers["Message-ID"] == f"<{peer.envelope.id}@acme.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Reply-To"] == "billing@acme.example"
    assert not {"In-Reply-To", "References", "List-Unsubscribe"} & headers.keys()


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
@pytest.mark.parametrize("domain", ["acme.example", "a" * 60 + "." + "b" * 60 + ".example"])
def test_a_later_mail_names_the_first_and_the_one_before(domain: str, peer: Peer) -> None:
    follows: Any = {"in_reply_to": "two" * 12, "references": ("one" * 12, "two" * 12)}

    peer.channel.send(replace(peer.envelope, sender=f"billing@{domain}", **follows))

    assert peer.newest
    headers = peer.newest().headers
    assert headers["In-Reply-To"] == f"<{'two' * 12}@{domain}>"
    assert headers["References"].split() == [f"<{'one' * 12}@{domain}>", f"<{'two' * 12}@{domain}>"]


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
@pytest.mark.parametrize("mark", ["\r\n", "\n", "\u2028", "\u0085", "\x0b", "\x00"])
@pytest.mark.parametrize(
    "field", ["id", "to", "subject", "to_name", "sender", "sender_name", "reply_to", "in_reply_to"]
)
def test_a_line_break_in_a_header_is_refused(field: str, mark: str, peer: Peer) -> None:
    """Fault matrix 40."""
    fouled: dict[str, Any] = {field: f"x@acme.example{mark}Bcc: spy@evil.example"}

    receipt = peer.channel.send(replace(peer.envelope, **fouled))

    assert receipt.sent is Sent.REJECTED
    assert receipt.bad_point is (field == "to")
    assert peer.taken() == 0


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
def test_an_id_with_anything_in_it_stays_within_its_header(peer: Peer) -> None:
    odd = 'x> <spy@evil.example>, "'

    peer.channel.send(replace(peer.envelope, in_reply_to=odd, references=(odd + "\r\nBcc: y", odd)))

    assert peer.newest
    headers = peer.newest().headers
    assert "Bcc" not in headers
    assert headers["In-Reply-To"].count("<") == 1
    assert headers["References"].count("<") == len(headers["References"].split()) == 2


@pytest.mark.parametrize("peer", MAILS, indirect=True)
def test_files_and_pictures_go_along_and_the_look_up_finds_the_mail(peer: Peer) -> None:
    receipt = peer.channel.send(LADEN)

    assert receipt.sent is Sent.ACCEPTED
    assert peer.taken() == 1
    assert peer.channel.look_up(LADEN, YESTERDAY) is peer.told(Found.YES)
    assert peer.channel.look_up(replace(LADEN, attachments=()), NOW) is peer.told(Found.YES)


@pytest.mark.parametrize("peer", MAILS, indirect=True)
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_file_is_called_the_mail_is_taken(peer: Peer, text: str) -> None:
    files = (hostile("name", text), hostile("cid", text), hostile("media_type", text))

    assert peer.channel.send(replace(LADEN, attachments=files)).sent is Sent.ACCEPTED


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
def test_as_much_as_a_letter_may_bring_arrives_byte_by_byte(peer: Peer) -> None:
    files = of_bytes(LARGEST_TOTAL // 2, LARGEST_TOTAL // 2)

    receipt = peer.channel.send(replace(LADEN, html="", attachments=files))

    assert receipt.sent is Sent.ACCEPTED
    assert peer.newest
    assert peer.newest().files == {one.name: one.body for one in files}


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
def test_more_than_anybody_takes_is_refused_before_it_leaves(peer: Peer) -> None:
    """It is nobody's address that is at fault."""
    heavy = replace(LADEN, attachments=of_bytes(MOST_TAKEN, 1))

    receipt = peer.channel.send(heavy)

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, False)
    assert "more than 20 MB; keep smaller copies" in receipt.detail
    assert peer.taken() == 0


@pytest.mark.parametrize("trouble", ["reject", "busy", "swallow"])
def test_receipts_name_neither_the_recipient_nor_a_secret(trouble: str, peer: Peer) -> None:
    make: Any = getattr(peer, trouble)
    envelope = (make and make()) if trouble == "reject" else (make and make(), peer.envelope)[1]

    receipt = peer.channel.send(envelope)

    assert peer.envelope.to not in receipt.detail
    assert not [secret for secret in SECRETS if secret in receipt.detail]
