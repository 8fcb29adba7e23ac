"""A mail server that breaks off, refuses or talks nonsense, at every step of the conversation."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from activities.ports.types import Found, Receipt, Sent
from activities.sending.attaching import LARGEST_TOTAL
from adapters.email.smtp_mail import SmtpMail
from tests.adapters.email.attached import of_bytes
from tests.adapters.email.badmail import (
    HANG_UP,
    PATIENCE,
    RESET,
    SILENCE,
    BadMailServer,
    bad_mail_server,
)
from tests.adapters.letters.samples import MAIL, NOW

BROKEN_OFF = (HANG_UP, RESET, SILENCE)
NONSENSE = ("what", "", "25", "\xff\x00\x1b[31m", "9" * 9000, "99 999", "-1 no", "354 go on")
LONG = 20.0
BEFORE = ("greeting", "EHLO", "MAIL", "RCPT", "DATA")


@pytest.fixture
def server() -> Iterator[BadMailServer]:
    with bad_mail_server() as server:
        yield server


def channel(server: BadMailServer, timeout: float = PATIENCE) -> SmtpMail:
    return SmtpMail("127.0.0.1", server.port, security="none", timeout=timeout)


def sent_with(server: BadMailServer, at: str, reply: str) -> Receipt:
    server.replies[at] = reply
    patience = PATIENCE if reply == SILENCE else LONG  # a busy machine is slow, never red
    return channel(server, patience).send(MAIL)


@pytest.mark.parametrize("how", BROKEN_OFF)
@pytest.mark.parametrize("at", BEFORE)
def test_what_breaks_off_before_the_last_dot_was_not_sent(
    at: str, how: str, server: BadMailServer
) -> None:
    """Fault matrix 9 and 10: a mail without its end is none, so it may go again."""
    receipt = sent_with(server, at, how)

    assert (receipt.sent, receipt.channel_down, server.taken) == (Sent.NOT_SENT, False, [])


@pytest.mark.parametrize("how", BROKEN_OFF)
def test_a_large_mail_that_breaks_off_in_the_middle_was_not_sent(
    how: str, server: BadMailServer
) -> None:
    server.replies["body"] = how
    large = replace(MAIL, attachments=of_bytes(LARGEST_TOTAL))

    receipt = channel(server, timeout=20).send(large)

    assert (receipt.sent, server.taken) == (Sent.NOT_SENT, [])


def test_a_small_mail_that_breaks_off_in_the_middle_may_have_arrived_whole(
    server: BadMailServer,
) -> None:
    """It had left this machine, dot and all, before the line broke."""
    assert sent_with(server, "body", HANG_UP).sent is Sent.UNKNOWN


@pytest.mark.parametrize("how", [*BROKEN_OFF, *NONSENSE])
def test_what_breaks_off_after_the_last_dot_may_have_arrived(
    how: str, server: BadMailServer
) -> None:
    """Fault matrix 9, 10 and 11: the server has the mail, and nobody knows what it makes of it."""
    receipt = sent_with(server, "the mail", how or " ")

    assert receipt.sent is Sent.UNKNOWN
    assert len(server.taken) == 1
    assert channel(server).look_up(MAIL, NOW) is Found.CANNOT_TELL


@pytest.mark.parametrize("nonsense", [one for one in NONSENSE if not one.startswith("354")])
@pytest.mark.parametrize("at", BEFORE)
def test_nonsense_before_the_mail_sends_nothing(
    at: str, nonsense: str, server: BadMailServer
) -> None:
    receipt = sent_with(server, at, nonsense or " ")

    assert (receipt.sent, server.taken) == (Sent.NOT_SENT, [])


def test_who_has_given_up_hands_nothing_over_any_more(server: BadMailServer) -> None:
    """Each answer comes in time, all of them together do not: the call is over, and stays so."""
    server.pause = PATIENCE * 0.6

    receipt = channel(server).send(MAIL)

    assert receipt.sent is Sent.NOT_SENT
    assert server.over.wait(PATIENCE * 20)
    assert "DATA" in server.heard, "it went on by itself, up to the mail's end"
    assert server.taken == []


@pytest.mark.parametrize("how", [*BROKEN_OFF, "500 no"])
def test_a_farewell_that_fails_changes_nothing(how: str, server: BadMailServer) -> None:
    assert sent_with(server, "QUIT", how).sent is Sent.ACCEPTED


def test_a_server_that_is_not_there_got_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    receipt = SmtpMail("127.0.0.1", port, security="none").send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, False)


def test_a_host_that_does_not_exist_got_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_args: object, **_kwargs: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)

    assert SmtpMail("mail.nowhere.invalid").send(MAIL).sent is Sent.NOT_SENT


LATER, OURS = (Sent.NOT_SENT, ""), (Sent.NOT_SENT, "channel_down")
BAD, NO = (Sent.REJECTED, "bad_point"), (Sent.REJECTED, "")


@pytest.mark.parametrize("at", ["RCPT", "DATA", "the mail"])
@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("550 5.1.1 <ap@globex.example>: user unknown in local recipient table", BAD),
        ("550-5.1.1 The email account that you tried to reach\r\n550 5.1.1 does not exist", BAD),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", BAD),
        ("550 5.1.2 bad destination system address", BAD),
        ("550 no such user here", BAD),
        ("550 Unrouteable address, unknown user", BAD),
        ("553 mailbox name invalid", BAD),
        ("550 5.1.0 unknown user", BAD),
        ("550 5.1.0 address rejected", NO),
        ("550 5.1.7 sender's address is misspelt", OURS),
        ("550 5.1.8 sender's domain is unknown", OURS),
        ("550 5.7.1 we do not relay for you", OURS),
        ("554 5.7.1 <ap@globex.example>: relay access denied", OURS),
        ("550 5.7.26 this mail is unauthenticated", OURS),
        ("550 relaying denied, unknown user", OURS),
        ("550 blocked by a reputation list", OURS),
        ("530 5.7.0 must issue a STARTTLS command first", OURS),
        ("530 authentication required", OURS),
        ("503 5.5.1 bad sequence", OURS),
        ("502 not implemented", OURS),
        ("550 5.2.1 the mailbox is disabled", NO),
        ("552 5.2.2 the mailbox is full", NO),
        ("552 too much mail data", NO),
        ("550 5.3.4 message too big", NO),
        ("550 5.4.1 recipient address rejected: access denied", NO),
        ("554 transaction failed", NO),
        ("550 something about it", NO),
        ("421 4.3.2 closing", LATER),
        ("450 4.1.1 unverified address, unknown user", LATER),
        ("451 4.7.1 greylisted, come back in 300 seconds", LATER),
        ("452 4.2.2 over quota", LATER),
    ],
)
def test_each_refusal_has_its_meaning(
    at: str, reply: str, meant: tuple[Sent, str], server: BadMailServer
) -> None:
    """Fault matrix 8, and who is to blame: only a bad address is held against the address."""
    receipt = sent_with(server, at, reply)

    flags = {name for name in ("bad_point", "channel_down", "opted_out") if getattr(receipt, name)}
    assert (receipt.sent, flags) == (meant[0], {meant[1]} - {""})
    assert receipt.detail.startswith(f"mail server {reply[:3]} to {at}")


@pytest.mark.parametrize("at", ["greeting", "EHLO", "MAIL"])
@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("421 4.7.0 try again later", LATER),
        ("451 local error", LATER),
        ("550 5.1.1 no such user", OURS),
        ("550 5.7.1 sender refused", OURS),
        ("554 no service for you", OURS),
    ],
)
def test_before_the_recipient_is_named_no_refusal_is_his(
    at: str, reply: str, meant: tuple[Sent, str], server: BadMailServer
) -> None:
    receipt = sent_with(server, at, reply)

    assert (receipt.sent, receipt.bad_point) == (meant[0], False)
    assert receipt.channel_down is (meant is OURS)


def test_a_mail_that_is_too_big_is_nobodys_fault_but_its_own(server: BadMailServer) -> None:
    receipt = sent_with(server, "MAIL", "552 5.3.4 message size exceeds limit")

    assert (receipt.sent, receipt.channel_down, receipt.bad_point) == (Sent.REJECTED, False, False)


def test_a_reason_is_told_without_addresses_and_control_characters(server: BadMailServer) -> None:
    reply = "550 5.1.1 <AP@Globex.Example>\x00 (Globex Zürich) \x1b[31munknown, ask post@x.example"

    receipt = sent_with(server, "RCPT", reply)

    assert receipt.detail == (
        "mail server 550 to RCPT: 5.1.1 [address] (Globex Z\ufffdrich) [31munknown, ask [address]"
    )


def test_a_server_that_takes_only_seven_bits_gets_only_seven(server: BadMailServer) -> None:
    sent_with(server, "EHLO", "250 mail.example")
    (seven,) = server.taken
    sent_with(server, "EHLO", "250-mail.example\r\n250 8BITMIME")

    assert seven.isascii()
    assert "Könnten" in server.taken[1].decode()


def test_a_look_up_can_never_tell_and_never_clears_a_mail_for_another_try() -> None:
    mail = SmtpMail("mail.example")

    assert mail.look_up(replace(MAIL, id="never-sent"), NOW) is Found.CANNOT_TELL
    assert mail.index_lag > timedelta(0)
