"""Mails as the world sends them, with all that is wrong with them."""

from __future__ import annotations

FROM = b"From: Bob <bob@bob.example>\r\nMessage-ID: <m-1@bob.example>\r\nSubject: Re: R-1\r\n"


def mail(body: bytes, head: bytes = b"", to: str = "billing@acme.example") -> bytes:
    """A mail with that body."""
    return b"To: " + to.encode() + b"\r\n" + FROM + head + b"\r\n" + body


def typed(kind: bytes, body: bytes) -> bytes:
    """A mail of that type, to nobody in particular."""
    return mail(body, b"MIME-Version: 1.0\r\nContent-Type: " + kind + b"\r\n")


def nested(depth: int) -> bytes:
    """Envelopes in envelopes; a word at the bottom."""
    head = b"MIME-Version: 1.0\r\n"
    body = b"Content-Type: text/plain\r\n\r\nhello\r\n"
    for n in range(depth):
        mark = b"b%d" % n
        kind = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--'
        body = kind + mark + b"\r\n" + body + b"\r\n--" + mark + b"--\r\n"
    return FROM + head + body


REPORT = """From: MAILER-DAEMON@mx.example
Message-ID: <dsn-1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="R"

--R
Content-Type: text/plain

Your letter could not be delivered.
--R
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; bob@bob.example
Action: {action}
Status: {status}

--R
Content-Type: message/rfc822

From: billing@acme.example
Reply-To: {returned}
Subject: Invoice R-1

Dear Bob, R-1 is open.
--R--
"""


def report(status: str, action: str = "failed", returned: str = "") -> bytes:
    """A letter that came back, as mail servers write it (RFC 3464)."""
    told = REPORT.format(status=status, action=action, returned=returned)
    return told.replace("\n", "\r\n").encode()


GERMAN = """Guten Tag,

das haben wir am Montag überwiesen.

Am Do., 26. Nov. 2026 um 10:12 Uhr schrieb Acme <reply+abc@r.test>:

> Guten Tag Bob,
> R-1 ist noch offen.
"""
ENGLISH = """Hi, we paid this on Monday.

On Thu, 26 Nov 2026 at 10:12, Acme <reply+abc@r.test> wrote:
> Dear Bob,
> R-1 is still open.
"""
OUTLOOK = """Das haben wir am Montag überwiesen.

Von: Acme <billing@acme.example>
Gesendet: Donnerstag, 26. November 2026 10:12
An: Bob <bob@bob.example>
Betreff: R-1

Guten Tag Bob, R-1 ist noch offen.
"""
PAGE = """<html><head><style>p{}</style></head><body><p>We paid <b>on Monday</b>.</p>
<script>alert(1)</script><img src=x onerror=alert(1)>
<blockquote>Dear Bob, R-1 is still open.</blockquote></body></html>"""
