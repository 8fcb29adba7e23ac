"""Mails through a real mail server: TLS that is checked, a password, and what arrives there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from activities.ports.types import Sent
from adapters.email.smtp_mail import SmtpMail
from tests.adapters.email.attached import LADEN
from tests.adapters.email.mailserver import PASSWORD, USER, MailServer, certificate, mail_server
from tests.adapters.letters.samples import MAIL

KNOWN: Any = {"username": USER, "password": PASSWORD}
HERE = "127.0.0.1"


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a certificate of our own making that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))
    return tmp_path


@pytest.fixture
def server(trusted: Path) -> Iterator[MailServer]:
    with mail_server("starttls", trusted) as server:
        yield server


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_travels_by_tls_with_a_password(security: Any, trusted: Path) -> None:
    with mail_server(security, trusted) as server:
        receipt = SmtpMail(HERE, server.port, security=security, **KNOWN).send(MAIL)

    assert (receipt.sent, receipt.detail) == (Sent.ACCEPTED, "")
    assert receipt.provider_id == f"{MAIL.id}@acme.example"
    assert (server.signed_in, [taken.to for taken in server.taken]) == (1, [[MAIL.to]])


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("wrong", ["unknown", "another name", "too old"])
def test_a_certificate_that_cannot_be_trusted_ends_it_before_the_password(
    security: Any, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "127.0.0.2" if wrong == "another name" else HERE
    made = certificate(tmp_path, name, days=-1 if wrong == "too old" else 1)
    if wrong != "unknown":
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with mail_server(security, tmp_path) as server:
        receipt = SmtpMail(HERE, server.port, security=security, **KNOWN).send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)
    assert "certificate" in receipt.detail
    assert (server.signed_in, server.taken) == (0, [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_without_tls_gets_neither_password_nor_mail(security: Any) -> None:
    with mail_server("none") as server:
        receipt = SmtpMail(HERE, server.port, security=security, **KNOWN).send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)
    assert (server.signed_in, server.taken) == (0, [])


def test_a_wrong_password_is_a_persons_task_and_is_never_told(server: MailServer) -> None:
    told: Any = {"username": USER, "password": "a wrong one"}

    receipt = SmtpMail(HERE, server.port, **told).send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)
    assert receipt.detail == "mail server 535 to AUTH"


def test_a_server_that_wants_a_password_and_gets_none_is_a_persons_task(
    server: MailServer,
) -> None:
    receipt = SmtpMail(HERE, server.port).send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)


def test_on_this_very_machine_it_may_go_without(tmp_path: Path) -> None:
    with mail_server("none") as server:
        receipt = SmtpMail(HERE, server.port, security="none").send(MAIL)

    assert (receipt.sent, len(server.taken)) == (Sent.ACCEPTED, 1)


def test_the_mail_arrives_as_it_was_written(server: MailServer) -> None:
    SmtpMail(HERE, server.port, **KNOWN).send(LADEN)

    mail = server.taken[0].mail
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == LADEN.text
    files = [part for part in mail.walk() if part.get_filename()]
    assert {part.get_filename(): part.get_payload(decode=True) for part in files} == {
        one.name: one.body for one in LADEN.attachments
    }


@pytest.mark.parametrize("end", ["\r\n.\r\n", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\n.\r"])
def test_no_text_can_end_the_mail_and_begin_another(end: str, server: MailServer) -> None:
    evil = f"Dear Globex{end}MAIL FROM:<x@evil.example>\r\n..\r\n.and on"

    receipt = SmtpMail(HERE, server.port, **KNOWN).send(replace(MAIL, text=evil))

    (taken,) = server.taken
    assert receipt.sent is Sent.ACCEPTED
    assert taken.mail.get_content().splitlines() == [*evil.splitlines()]
    assert b"\n" not in taken.raw.replace(b"\r\n", b"")
    assert b"\r" not in taken.raw.replace(b"\r\n", b"")


def test_what_cannot_be_delivered_comes_back_to_where_answers_go(server: MailServer) -> None:
    channel = SmtpMail(HERE, server.port, **KNOWN)
    channel.send(MAIL)
    channel.send(replace(MAIL, reply_to="reply+abc@reply.acme.example"))

    assert [taken.sender for taken in server.taken] == [
        "billing@acme.example",
        "reply+abc@reply.acme.example",
    ]
    assert {taken.mail["From"].addresses[0].addr_spec for taken in server.taken} == {MAIL.sender}


def test_a_domain_in_any_script_is_written_as_servers_know_it(server: MailServer) -> None:
    channel = SmtpMail(HERE, server.port, **KNOWN)

    receipt = channel.send(replace(MAIL, to="ap@grün.example", sender="post@grün.example"))

    assert receipt.sent is Sent.ACCEPTED
    assert server.taken[0].to == ["ap@xn--grn-ioa.example"]


@pytest.mark.parametrize(
    ("field", "sent", "down"),
    [
        ("to", Sent.REJECTED, False),
        ("sender", Sent.NOT_SENT, True),
        ("reply_to", Sent.NOT_SENT, True),
    ],
)
def test_letters_beyond_ascii_before_the_at_sign_are_refused_at_once(
    field: str, sent: Sent, down: bool, server: MailServer
) -> None:
    given: dict[str, Any] = {"reply_to": "", field: "müller@globex.example"}

    receipt = SmtpMail(HERE, server.port, **KNOWN).send(replace(MAIL, **given))

    assert (receipt.sent, receipt.channel_down, receipt.bad_point) == (sent, down, False)


@pytest.mark.parametrize(
    ("host", "more", "names"),
    [
        ("", {}, "smtp.host"),
        ("mail.example\r\nX", {}, "smtp.host"),
        ("https://mail.example", {}, "smtp.host"),
        ("mail.example", {"port": 0}, "smtp.port"),
        ("mail.example", {"port": 70000}, "smtp.port"),
        ("mail.example", {"username": "u"}, "smtp.password"),
        ("mail.example", {"password": "p"}, "smtp.username"),
        ("mail.example", {"username": "u", "password": "pä"}, "smtp.password"),
        ("mail.example", {"security": "none"}, "smtp.security"),
        ("10.0.0.1", {"security": "none"}, "smtp.security"),
    ],
)
def test_half_a_mail_server_is_refused_at_once(host: str, more: Any, names: str) -> None:
    with pytest.raises(ValueError, match=names):
        SmtpMail(host, **more)
