"""Every mail becomes one row, whatever is wrong with it; a machine's is told from a person's."""

import base64
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.ports.incoming import ReplyKind
from adapters.config.tokens import Tokens
from adapters.incoming.email.inbound_mail import Cover, ReadMail, read_mail
from adapters.incoming.email.mail_words import CARD, answer_in, without_cards
from tests.incoming import mails

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TOKENS = Tokens(["a secret of more than twenty-four characters"])
MID = "6f1c9a52-5d0e-4d6b-9a39-0d8f5f1b7a11"
OURS = TOKENS.reply_address(MID, "r.test")


def _read(raw: bytes, to: str = OURS, sender: str | None = "bob@bob.example") -> ReadMail:
    return read_mail(raw, TOKENS, NOW, Cover(recipients=(to,), sender=sender))


@pytest.mark.parametrize("thread", [mails.ENGLISH, mails.GERMAN, mails.OUTLOOK])
def test_what_was_quoted_is_no_part_of_the_answer(thread: str) -> None:
    said = answer_in(thread)
    assert "Monday" in said or "Montag" in said
    assert "open" not in said
    assert "offen" not in said


def test_a_page_is_read_as_text_without_what_it_hides_or_quotes() -> None:
    reply = _read(mails.typed(b"text/html; charset=utf-8", mails.PAGE.encode())).reply
    assert reply.said == "We paid on Monday."


def test_the_plain_text_is_preferred_to_the_page() -> None:
    body = b"--a\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n"
    body += b"--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a--\r\n"
    assert _read(mails.typed(b'multipart/alternative; boundary="a"', body)).reply.said == "plain"


LETTERS = [
    (b"text/plain; charset=iso-8859-1", "Grüße, bezahlt".encode("latin-1"), "Grüße, bezahlt"),
    (b"text/plain; charset=utf-8", "Grüße".encode(), "Grüße"),
    (b"text/plain", "Grüße".encode(), "Grüße"),
    (b"text/plain", "Grüße".encode("latin-1"), "Grüße"),
    (b"text/plain; charset=no-such-thing", "Grüße".encode(), "Grüße"),
    (b"text/plain; charset=us-ascii", "Grüße".encode(), "Grüße"),
    (b"text/plain; charset=utf-8", b"half \xc3", "half Ã"),
    (b"text/plain", b"a\x00b", "a\ufffdb"),
    (b"text/plain", b"", ""),
    (b"multipart/mixed", b"no boundary at all", ""),
    (b"image/png", b"\x89PNG", ""),
]


@pytest.mark.parametrize(("kind", "body", "said"), LETTERS)
def test_letters_in_any_alphabet_or_none(kind: bytes, body: bytes, said: str) -> None:
    assert _read(mails.typed(kind, body)).reply.said == said


@pytest.mark.parametrize("depth", [1, 100, 3000])
def test_envelopes_in_envelopes_are_opened_or_kept(depth: int) -> None:
    reply = _read(mails.nested(depth)).reply
    assert (reply.sort, reply.message_id, bool(reply.raw)) == (ReplyKind.REPLY, MID, True)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=60))
def test_whatever_bytes_come_there_is_a_row_that_a_ledger_can_keep(
    body: bytes, head: bytes
) -> None:
    reply = _read(b"Content-Type: multipart/mixed; boundary=" + head + b"\r\n" + body).reply
    for text in (reply.said, reply.subject, reply.sender, reply.key):
        assert "\x00" not in text
        text.encode()


AUTOMATIC = [
    b"Auto-Submitted: auto-replied\r\n",
    b"Auto-Submitted: auto-generated; type=x\r\n",
    b"Precedence: bulk\r\n",
    b"Precedence: auto_reply\r\n",
    b"X-Auto-Response-Suppress: All\r\n",
    b"X-Autoreply: yes\r\n",
]


@pytest.mark.parametrize("head", AUTOMATIC)
def test_a_machine_that_says_so_is_believed(head: bytes) -> None:
    assert _read(mails.mail(b"I am away", head)).reply.sort is ReplyKind.AUTO_REPLY


def test_who_has_no_sender_is_a_machine_and_who_says_no_is_none() -> None:
    assert _read(mails.mail(b"away"), sender="").reply.sort is ReplyKind.AUTO_REPLY
    back = mails.mail(b"away", b"Return-Path: <>\r\n")
    assert _read(back, sender=None).reply.sort is ReplyKind.AUTO_REPLY
    assert _read(mails.mail(b"paid", b"Auto-Submitted: no\r\n")).reply.sort is ReplyKind.REPLY


def test_only_our_own_token_says_which_message_is_answered() -> None:
    """Row 46: never the sender, who may write there what they like."""
    forged = "reply+" + "a" * 52 + "@r.test"
    for to in ("billing@acme.example", forged, OURS.replace("reply+", "reply+x"), ""):
        reply = _read(mails.mail(b"paid", b"Reply-To: " + OURS.encode() + b"\r\n"), to=to).reply
        assert (reply.sort, reply.message_id) == (ReplyKind.UNROUTED, "")


@pytest.mark.parametrize("name", [b"Delivered-To", b"X-Original-To", b"Cc"])
def test_the_token_counts_wherever_a_mail_server_wrote_our_address(name: bytes) -> None:
    mail = mails.mail(b"paid", name + b": Acme <" + OURS.upper().encode() + b">\r\n")
    assert read_mail(mail, TOKENS, NOW).reply.message_id == MID


FATES = [
    ("5.1.1", "failed", [("bounced", "5.1.1")]),
    ("5.0.0", "failed", [("bounced", "5.0.0")]),
    ("5.1.8", "failed", [("failed", "5.1.8")]),
    ("5.2.2", "failed", [("failed", "5.2.2")]),
    ("5.2.3", "failed", [("failed", "5.2.3")]),
    ("5.7.1", "failed", [("failed", "5.7.1")]),
    ("4.4.1", "failed", [("failed", "4.4.1")]),
    ("4.4.1", "delayed", [("deferred", "4.4.1")]),
    ("2.0.0", "delivered", [("delivered", "")]),
    ("nonsense", "failed", [("failed", "")]),
    ("5.1.1", "nonsense", []),
]


@pytest.mark.parametrize(("status", "action", "means"), FATES)
def test_a_letter_that_came_back_tells_what_became_of_our_message(
    status: str, action: str, means: list[tuple[str, str]]
) -> None:
    """P14. The letter inside names our reply address: that is proof enough of which it was."""
    read = _read(mails.report(status, action, OURS), to="billing@acme.example", sender="")
    assert (read.reply.sort, read.reply.message_id) == (ReplyKind.BOUNCE, MID)
    assert [(event.kind, event.reason) for event in read.events] == means
    assert {event.message_id for event in read.events} <= {MID}


def test_a_report_about_two_addresses_is_two_and_each_names_its_own() -> None:
    """RFC 3464: the address that we wrote to stands before the one it was passed on to."""
    passed_on = b"Original-Recipient: rfc822; Eve@Bob.example\r\nFinal-Recipient: rfc822;eve@mx"
    one = mails.report("5.1.1", "failed", OURS)
    block = one[one.index(b"Final-Recipient") : one.index(b"--R\r\nContent-Type: message/rfc822")]
    other = block.replace(b"Final-Recipient: rfc822; bob@bob.example", passed_on)
    events = _read(one.replace(block, block + other), to="", sender="").events

    assert [event.recipient for event in events] == ["bob@bob.example", "eve@bob.example"]
    assert len({event.dedupe_key for event in events}) == 2
    assert not any("bob" in event.dedupe_key for event in events), "keys outlive an erasure"


def test_a_report_names_an_international_domain_as_it_is_kept() -> None:
    """Mail servers write ``xn--``; contact data hold the domain as people write it."""
    one = mails.report("5.1.1", "failed", OURS)
    told = one.replace(b"bob@bob.example", b"Bob@XN--BCHER-KVA.example")
    (event,) = _read(told, to="", sender="").events
    assert event.recipient == "bob@b\u00fccher.example"


def test_a_letter_of_somebody_else_that_came_back_is_for_a_person() -> None:
    read = _read(mails.report("5.1.1"), to="billing@acme.example", sender="")
    assert (read.reply.sort, read.events) == (ReplyKind.UNROUTED, ())


def test_the_same_mail_is_one_and_without_an_id_the_same_bytes_are() -> None:
    one, other = mails.mail(b"paid"), mails.mail(b"paid", b"Received: again\r\n")
    assert _read(one).reply.key == _read(other).reply.key
    bare = b"Subject: x\r\n\r\npaid"
    assert _read(bare).reply.key == _read(bare).reply.key != _read(bare + b"!").reply.key


CARDS = [
    "4111 1111 1111 1111",
    "4111111111111111",
    "5500-0000-0000-0004",
    "3400 000000 00009",
    "6011.0009.9013.9424",
]


@pytest.mark.parametrize("card", CARDS)
def test_a_card_number_is_kept_nowhere(card: str) -> None:
    """G10: neither in the words nor in the mail as it came."""
    body = f"Take it from my card {card}, 12/29. It was 119.00, invoice 2026-0007.".encode()
    reply = _read(mails.mail(body)).reply
    assert CARD in reply.said
    assert "invoice 2026-0007" in reply.said
    for kept in (reply.said.encode(), reply.raw):
        assert card.encode() not in kept
    in_base64 = b"Content-Transfer-Encoding: base64\r\n"
    hidden = mails.mail(base64.b64encode(body), in_base64)
    assert b"card" not in _read(hidden).reply.raw


def test_numbers_that_are_no_cards_stay() -> None:
    text = "Call +49 30 1234567, ref 4111 1111 1111 1112, 2026-11-26, " + "1234567890 " * 4
    assert without_cards(text) == text


HOSTILE = [
    "Am schrieb " * 1800,
    "On " * 6600,
    "\n" * 20_000,
    "Den skrev " * 1800,
    "1 " * 90_000,
    "44 " * 60_000,
    "> " * 20_000,
    "Von: a\n" * 3000,
    "_" * 20_000,
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_no_text_keeps_the_reader_busy_for_ever(text: str) -> None:
    """Some made the splitter's patterns run for hours."""
    assert len(_read(mails.mail(text.encode())).reply.said) <= 20_100


def test_a_long_paragraph_and_a_long_answer_come_through_whole() -> None:
    long = "We have paid. " * 200
    assert answer_in(f"{long}\n\n{mails.ENGLISH}").startswith(long.strip())
    very = "\n\n".join(f"Point {n}: the goods were wet." for n in range(400))
    assert answer_in(very) == very


def test_a_mail_of_many_megabytes_is_kept_up_to_a_bound() -> None:
    body = b"--a\r\nContent-Type: text/plain\r\n\r\npaid\r\n--a\r\nContent-Type: image/png\r\n\r\n"
    raw = mails.typed(b'multipart/mixed; boundary="a"', body + b"QUJD" * 3_000_000)
    reply = _read(raw).reply
    assert (reply.said, len(reply.raw)) == ("paid", 200_000)


def test_two_messages_answered_in_one_mail_are_two_answers() -> None:
    other = TOKENS.reply_address(str(uuid4()), "r.test")
    raw = mails.mail(b"paid")
    assert _read(raw).reply.key != _read(raw, to=other).reply.key
