"""Answers from a mailbox: fetched by number, kept once, and left where they are."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from activities.ports.incoming_ports import MailboxError
from adapters.config.settings_groups import ImapSettings
from adapters.config.tokens import Tokens
from adapters.incoming.email.imap_poll import ImapPoll
from adapters.ledger.inbound.mailboxes import seen
from adapters.runtime.machine import machine_clock
from tests.activities.sending.post import Post
from tests.incoming import mails
from tests.incoming.imap import Mailbox, serving


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Mailbox]:
    """A mailbox that listens."""
    with serving(tmp_path) as box:
        yield box


class Poll:
    """Whoever looks into the mailbox, with a name of its own in the ledger."""

    def __init__(self, engine: Engine, box: Mailbox, tokens: Tokens) -> None:
        self.told = ImapSettings(
            host="127.0.0.1",
            port=box.port,
            username=f"u-{uuid4()}",
            password=SecretStr('a "quoted" secret'),
            folder='In "box"',
        )
        self.engine, self.box, self.tokens = engine, box, tokens

    def look(self, trust: ssl.SSLContext | None = None) -> int:
        """One look, by a process of its own."""
        context = trust or self.box.trust
        return ImapPoll(self.engine, self.told, self.tokens, machine_clock, context).round()

    @property
    def last(self) -> int:
        """Up to which number it was read."""
        found = seen(self.engine, f"{self.told.username}@{self.told.host}/{self.told.folder}")
        return found.last_uid if found else 0


@pytest.fixture
def poll(engine: Engine, box: Mailbox, tokens: Tokens) -> Poll:
    """A reader of that mailbox."""
    return Poll(engine, box, tokens)


def _said(poll: Poll) -> list[str]:
    mine = f"mail/{poll.told.username}@"
    query = text("SELECT said FROM reply WHERE starts_with(key, :mine) ORDER BY key")
    with poll.engine.connect() as link:
        return list(link.execute(query, {"mine": mine}).scalars())


def _mail(words: str, to: str = "billing@acme.example") -> bytes:
    raw = mails.mail(words.encode(), to=to)
    return raw.replace(b"m-1@bob", f"{uuid4()}@bob".encode())


def test_what_is_new_is_kept_once_and_nothing_in_the_mailbox_changes(
    poll: Poll, box: Mailbox
) -> None:
    box.mails = {3: _mail("one"), 9: _mail("two")}
    assert (poll.look(), poll.look(), poll.last) == (2, 0, 9)
    box.mails[10] = _mail("three")
    assert (poll.look(), poll.last) == (1, 10)
    assert box.heard.count("UID FETCH") == 3
    assert not {"STORE", "UID STORE", "EXPUNGE", "SELECT", "UID MOVE"} & set(box.heard)


def test_one_mail_that_cannot_be_fetched_or_read_stops_no_other(poll: Poll, box: Mailbox) -> None:
    box.mails = {1: _mail("one"), 2: _mail("broken"), 3: b"\x00\xff\r\n", 4: _mail("four")}
    box.broken = {2}
    assert (poll.look(), poll.last) == (4, 4)
    assert '(number 2 in In "box" could not be fetched)' in _said(poll)


def test_what_the_server_refuses_just_now_is_not_lost_without_a_trace(
    poll: Poll, box: Mailbox
) -> None:
    """A person looks for it in the mailbox."""
    box.mails, box.broken = {1: _mail("one")}, {1}
    assert (poll.look(), poll.look(), poll.last) == (1, 0, 1)
    assert _said(poll) == ['(number 1 in In "box" could not be fetched)']


def test_a_mailbox_that_was_made_anew_is_read_anew_and_no_mail_counts_twice(
    poll: Poll, box: Mailbox
) -> None:
    box.mails = {5: _mail("one")}
    assert poll.look() == 1
    box.validity, box.mails = 8, {1: box.mails[5], 2: _mail("two")}
    assert (poll.look(), poll.last) == (1, 2)


def test_an_answer_in_the_mailbox_reaches_its_case(
    poll: Poll, box: Mailbox, post: Post, tokens: Tokens
) -> None:
    to = tokens.reply_address(post.message_id, "r.test")
    box.mails = {1: _mail("We have paid", to=to)}
    poll.look()
    post.office.now = machine_clock()
    post.round()
    assert post.news() == [("replied", "email/polite")]


def test_a_letter_that_came_back_marks_the_address(
    poll: Poll, box: Mailbox, post: Post, tokens: Tokens
) -> None:
    ours = tokens.reply_address(post.message_id, "r.test")
    box.mails = {1: mails.report("5.1.1", returned=ours).replace(b"dsn-1", ours.encode())}
    poll.look()
    post.round()
    assert post.debtor.bad_points == ("bob@bob.example",)


def test_nobody_reads_a_mailbox_of_whom_nobody_vouches(poll: Poll, box: Mailbox) -> None:
    box.mails = {1: _mail("one")}
    with pytest.raises(MailboxError) as error:
        poll.look(ssl.create_default_context())
    assert "secret" not in str(error.value)
    assert poll.told.username not in str(error.value)
    assert "LOGIN" not in box.heard


def test_who_dies_between_keeping_a_mail_and_its_number_keeps_it_once(
    poll: Poll, box: Mailbox, engine: Engine
) -> None:
    box.mails = {1: _mail("one")}
    poll.look()
    with engine.begin() as link:
        name = f"{poll.told.username}@{poll.told.host}/{poll.told.folder}"
        link.execute(text("UPDATE mailbox SET last_uid = 0 WHERE name = :n"), {"n": name})
    assert (poll.look(), poll.last) == (0, 1)
