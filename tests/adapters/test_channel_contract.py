"""What every channel promises to the send protocol, over files, a fake and the real SDKs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from activities.attaching import MOST_TAKEN
from activities.papers import Envelope, Found, Sent
from activities.ports import Channel
from adapters.outbox import OutboxMail, OutboxSms
from adapters.sendgrid_mail import SendGridMail
from adapters.twilio_sms import TwilioSms
from tests.adapters.attached import HOSTILE, LADEN, hostile, of_bytes
from tests.adapters.samples import MAIL, NOW, SMS, shared_data
from tests.adapters.vendors import ACCOUNT, SendGridServer, TwilioServer, Vendor
from tests.fakes import BUSY, LOST_BUT_TAKEN, REJECT, FakeChannel


@dataclass
class Peer:
    """A channel, its provider's side, and how to make the provider misbehave."""

    channel: Channel
    envelope: Envelope
    taken: Callable[[], int]
    reject: Callable[[], Envelope]
    busy: Callable[[], object] | None = None
    swallow: Callable[[], object] | None = None
    server: Vendor | None = None


def outbox(kind: type[OutboxMail | OutboxSms], envelope: Envelope, folder: Path) -> Peer:
    def taken() -> int:
        log = folder / "sent.jsonl"
        return len(log.read_text().splitlines()) if log.exists() else 0

    bad = "who@nowhere.invalid" if envelope.channel == "email" else "0800 123"
    return Peer(kind(folder), envelope, taken, lambda: replace(envelope, to=bad))


def fake(_server: HTTPServer, _folder: Path) -> Peer:
    channel = FakeChannel()

    def reject() -> Envelope:
        channel.will(REJECT)
        return MAIL

    return Peer(
        channel,
        MAIL,
        lambda: len(channel.taken),
        reject,
        lambda: channel.will(BUSY),
        lambda: channel.will(LOST_BUT_TAKEN),
    )


def vendor(server: Vendor, channel: Channel, envelope: Envelope, refusal: object) -> Peer:
    def reject() -> Envelope:
        server.fail(400, refusal)
        return envelope

    def busy() -> None:
        server.fail(429, {"code": 20429, "message": "Too many requests"}, Retry_After="120")

    return Peer(channel, envelope, lambda: len(server.taken), reject, busy, server.swallow, server)


def sendgrid(server: HTTPServer, _folder: Path) -> Peer:
    here = SendGridServer(server)
    refusal = {"errors": [{"message": "bad address", "field": "personalizations.0.to.0.email"}]}
    return vendor(here, SendGridMail("SG.key", host=here.url), MAIL, refusal)


def twilio(server: HTTPServer, _folder: Path) -> Peer:
    here = TwilioServer(server)
    channel = TwilioSms(ACCOUNT, "token", from_number="+15005550006", base_url=here.url)
    return vendor(here, channel, SMS, {"code": 21211, "message": "not a valid phone number"})


PEERS = {
    "outbox mail": lambda _server, folder: outbox(OutboxMail, MAIL, folder),
    "outbox sms": lambda _server, folder: outbox(OutboxSms, SMS, folder),
    "fake": fake,
    "sendgrid": sendgrid,
    "twilio": twilio,
}


REMOTE = ("fake", "sendgrid", "twilio")
"""Peers that can be busy or lose an answer; a folder never does."""


REAL_MAILS = ("outbox mail", "sendgrid")
MAILS = (*REAL_MAILS, "fake")


@pytest.fixture(params=PEERS)
def peer(request: pytest.FixtureRequest, httpserver: HTTPServer, tmp_path: Path) -> Iterator[Peer]:
    peer = PEERS[request.param](httpserver, tmp_path)
    if peer.server:
        shared_data("openapi")
    yield peer
    assert not (peer.server and peer.server.violations), "the vendor's own description is broken"


def test_what_is_accepted_is_taken_once_and_found_again(peer: Peer) -> None:
    receipt = peer.channel.send(peer.envelope)

    assert receipt.sent is Sent.ACCEPTED
    assert receipt.provider_id
    assert peer.taken() == 1
    assert peer.channel.look_up(peer.envelope, NOW - timedelta(days=1)) is Found.YES


def test_what_was_never_sent_is_not_found(peer: Peer) -> None:
    assert peer.channel.look_up(peer.envelope, NOW) is Found.NO


def test_a_look_up_is_not_taken_in_by_another_message_to_the_same_recipient(peer: Peer) -> None:
    peer.channel.send(peer.envelope)

    other = replace(peer.envelope, id="another", text="another text", subject="another")

    assert peer.channel.look_up(other, NOW - timedelta(days=1)) is Found.NO


def test_a_recipient_that_cannot_be_reached_is_rejected_and_marked(peer: Peer) -> None:
    receipt = peer.channel.send(peer.reject())

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, True)
    assert receipt.detail
    assert peer.taken() == 0


@pytest.mark.parametrize("peer", REMOTE, indirect=True)
def test_a_busy_provider_has_not_taken_the_message(peer: Peer) -> None:
    assert peer.busy
    peer.busy()

    receipt = peer.channel.send(peer.envelope)

    assert receipt.sent is Sent.NOT_SENT
    assert peer.taken() == 0


@pytest.mark.parametrize("peer", REMOTE, indirect=True)
def test_after_a_lost_answer_the_look_up_tells_that_it_was_taken(peer: Peer) -> None:
    assert peer.swallow
    peer.swallow()

    receipt = peer.channel.send(peer.envelope)

    assert receipt.sent is Sent.UNKNOWN
    assert peer.channel.look_up(peer.envelope, NOW - timedelta(days=1)) is Found.YES


@pytest.mark.parametrize("peer", MAILS, indirect=True)
def test_files_and_pictures_go_along_and_the_look_up_finds_the_mail(peer: Peer) -> None:
    receipt = peer.channel.send(LADEN)

    assert receipt.sent is Sent.ACCEPTED
    assert peer.taken() == 1
    assert peer.channel.look_up(LADEN, NOW - timedelta(days=1)) is Found.YES
    assert peer.channel.look_up(replace(LADEN, attachments=()), NOW) is Found.YES


@pytest.mark.parametrize("peer", MAILS, indirect=True)
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_file_is_called_the_mail_is_taken(peer: Peer, text: str) -> None:
    files = (hostile("name", text), hostile("cid", text), hostile("media_type", text))

    assert peer.channel.send(replace(LADEN, attachments=files)).sent is Sent.ACCEPTED


@pytest.mark.parametrize("peer", REAL_MAILS, indirect=True)
def test_more_than_anybody_takes_is_refused_before_it_leaves(peer: Peer) -> None:
    """It is nobody's address that is at fault."""
    heavy = replace(LADEN, attachments=of_bytes(MOST_TAKEN, 1))

    receipt = peer.channel.send(heavy)

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, False)
    assert "more than 20 MB; keep smaller copies" in receipt.detail
    assert peer.taken() == 0


def test_receipts_never_name_the_recipient(peer: Peer) -> None:
    receipt = peer.channel.send(peer.reject())

    assert peer.envelope.to not in receipt.detail
