"""Whatever names, subject and text say, a mail stays one mail to one recipient."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from adapters.email.smtp_mail import SEVEN_BITS
from adapters.http.address_checks import refused_mail
from adapters.messages.mime import mail_of
from tests.adapters.letters.samples import MAIL

LONGEST_LINE = 998
"""Bytes of a line that every server takes (RFC 5322)."""

HALF_A_LINE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")
SPECIAL = st.lists(st.sampled_from("<>\"()@,;:\\.[]= ?utf-8q_'éß漢"), max_size=80).map("".join)
WORDS = st.text(max_size=120) | SPECIAL
TEXTS = st.text(max_size=200) | st.text(max_size=40).map(lambda line: line * 60)


@settings(derandomize=True, deadline=None, database=None, max_examples=150)
@given(subject=WORDS, to_name=WORDS, sender_name=WORDS, text=TEXTS, html=TEXTS)
def test_a_mail_has_one_recipient_and_lines_that_every_server_takes(
    subject: str, to_name: str, sender_name: str, text: str, html: str
) -> None:
    envelope = replace(MAIL, subject=subject, text=text, html=html)
    envelope = replace(envelope, to_name=to_name, sender_name=sender_name)
    assume(not refused_mail(envelope))

    for policy in (email.policy.SMTP, SEVEN_BITS):
        raw = mail_of(envelope).as_bytes(policy=policy)
        mail = email.message_from_bytes(raw, policy=email.policy.default)

        assert [one.addr_spec for one in mail["To"].addresses] == [MAIL.to]
        assert [one.addr_spec for one in mail["From"].addresses] == [MAIL.sender]
        assert not HALF_A_LINE_END.search(raw)
        assert max(len(line) for line in raw.split(b"\r\n")) <= LONGEST_LINE
        assert policy is not SEVEN_BITS or raw.isascii()
