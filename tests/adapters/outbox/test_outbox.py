"""The outbox: readable files, a log of its own, and no message twice."""

from __future__ import annotations

import email
import email.policy
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from activities.ports.types import Found, Sent
from adapters.outbox.outbox import OutboxMail, OutboxSms
from tests.adapters.email.attached import LADEN
from tests.adapters.letters.samples import MAIL, NOW, SMS


def log(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "sent.jsonl").read_text().splitlines()]


def read(folder: Path, day: str = "2026-02-04") -> EmailMessage:
    raw = (folder / day / f"{MAIL.id}.eml").read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_a_mail_is_a_file_that_any_mail_program_opens(tmp_path: Path) -> None:
    OutboxMail(tmp_path).send(replace(MAIL, html="<p>Dear Globex</p>"))

    mail = read(tmp_path)

    assert mail["To"] == '"Globex Zürich, Accounts" <ap@globex.example>'
    assert mail["From"] == "Acme Supplies Ltd <billing@acme.example>"
    assert mail["Message-ID"] == f"<{MAIL.id}@acme.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == MAIL.text
    assert "Dear Globex" in html.get_content()


def test_the_file_holds_pictures_and_files_byte_by_byte(tmp_path: Path) -> None:
    OutboxMail(tmp_path).send(LADEN)

    parts = [part for part in read(tmp_path).walk() if part.get_filename()]

    assert {part.get_filename(): part.get_payload(decode=True) for part in parts} == {
        one.name: one.body for one in LADEN.attachments
    }


def test_an_sms_is_json(tmp_path: Path) -> None:
    OutboxSms(tmp_path).send(SMS)

    written = json.loads((tmp_path / "2026-02-04" / f"{SMS.id}.json").read_text())

    assert (written["to"], written["text"], written["valid_for_seconds"]) == (
        SMS.to,
        SMS.text,
        1800,
    )


def test_the_log_tells_id_channel_recipient_and_real_time(tmp_path: Path) -> None:
    OutboxMail(tmp_path).send(MAIL)
    OutboxSms(tmp_path).send(replace(SMS, id=MAIL.id))

    first, second = log(tmp_path)

    assert (first["id"], first["channel"], first["to"]) == (MAIL.id, "email", MAIL.to)
    assert second["channel"] == "sms"
    assert first["at"] > "2026-02-05"


def test_the_same_id_again_is_one_message(tmp_path: Path) -> None:
    OutboxMail(tmp_path).send(MAIL)
    OutboxMail(tmp_path).send(replace(MAIL, at=NOW + timedelta(days=1)))

    assert len(log(tmp_path)) == 1
    assert len(list(tmp_path.glob("*/*.eml"))) == 1


def test_a_forgetful_outbox_shows_every_double_call(tmp_path: Path) -> None:
    box = OutboxMail(tmp_path, forgetful=True)
    box.send(MAIL)
    box.send(MAIL)

    assert [line["id"] for line in log(tmp_path)] == [MAIL.id, MAIL.id]


def test_many_senders_at_once_write_each_message_once(tmp_path: Path) -> None:
    boxes = [OutboxMail(tmp_path) for _ in range(4)]
    mails = [replace(MAIL, id=f"m{number}") for number in range(10)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda pair: pair[0].send(pair[1]), [(b, m) for m in mails for b in boxes]))

    assert sorted(line["id"] for line in log(tmp_path)) == sorted(mail.id for mail in mails)


def test_a_line_torn_by_a_crash_is_no_acceptance_and_harms_no_other(tmp_path: Path) -> None:
    (tmp_path / "sent.jsonl").write_bytes(b'{"id": "torn", "channel": "email", "t')
    box = OutboxMail(tmp_path)

    box.send(MAIL)

    assert box.look_up(replace(MAIL, id="torn"), NOW) is Found.NO
    assert OutboxMail(tmp_path).look_up(MAIL, NOW) is Found.YES


def test_a_file_whose_log_line_a_crash_prevented_is_not_a_double(tmp_path: Path) -> None:
    leftover = tmp_path / "2026-02-03" / f"{MAIL.id}.eml"
    leftover.parent.mkdir()
    leftover.write_text("half a life")

    OutboxMail(tmp_path).send(MAIL)

    assert [path.parent.name for path in tmp_path.glob("*/*.eml")] == ["2026-02-04"]


@pytest.mark.parametrize("to", ["x@y.invalid", "x@invalid", "X@Y.INVALID.", "no address", "", "@"])
def test_addresses_that_no_relay_would_take_are_bad_points(to: str, tmp_path: Path) -> None:
    receipt = OutboxMail(tmp_path).send(replace(MAIL, to=to))

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, True)


@pytest.mark.parametrize("to", ["+0123456789", "004915112345678", "+49 151 1234567", "+1x", ""])
def test_numbers_must_be_international(to: str, tmp_path: Path) -> None:
    receipt = OutboxSms(tmp_path).send(replace(SMS, to=to))

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, True)


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\u2028", "\u0085", "\x0b", "\x00"])
@pytest.mark.parametrize("field", ["subject", "to_name", "sender_name"])
def test_a_line_break_in_a_header_is_refused(field: str, mark: str, tmp_path: Path) -> None:
    fouled: dict[str, Any] = {field: f"Acme{mark}Bcc: spy@evil.example"}
    foul = replace(MAIL, **fouled)

    receipt = OutboxMail(tmp_path).send(foul)

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, False)
    assert field in receipt.detail
    assert not list(tmp_path.glob("*/*.eml"))


def test_an_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    OutboxMail(tmp_path / "box").send(replace(MAIL, id="../../etc/passwd"))

    (file,) = tmp_path.rglob("*.eml")
    assert file.parent == tmp_path / "box" / "2026-02-04"
    assert "/" not in file.name


def test_a_creditor_without_an_address_still_shows_in_the_outbox(tmp_path: Path) -> None:
    receipt = OutboxMail(tmp_path).send(replace(MAIL, sender="", reply_to=""))

    assert receipt.sent is Sent.ACCEPTED
    assert "nobody@outbox.invalid" in read(tmp_path)["From"]


def test_a_folder_that_cannot_be_written_is_no_proof_of_anything(tmp_path: Path) -> None:
    (tmp_path / "box").write_text("a file in the way")

    box = OutboxMail(tmp_path / "box")

    assert box.send(MAIL).sent is Sent.UNKNOWN
    assert box.look_up(MAIL, NOW) is Found.CANNOT_TELL
