"""E-mail through a mail server of one's own: one conversation per message, no retries."""

from __future__ import annotations

import re
import ssl
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as PLAIN
from email.policy import EmailPolicy
from smtplib import SMTP, SMTP_SSL, SMTPException
from typing import Literal

from activities.ports.clock import LastLook, StaleLookError
from activities.ports.types import Envelope, Found, Receipt, Sent
from adapters.email.smtp_answers import SmtpRefusedError, receipt_of_reply, smtp_receipt
from adapters.http.address_checks import LOOPBACK_NAMES, refused_mail
from adapters.http.calls import STALE, TIMEOUT, within
from adapters.messages.mime import ascii_address, id_header, mail_of

SEVEN_BITS = PLAIN.clone(cte_type="7bit")
"""For servers that do not say that they take more."""

HOST = re.compile(r"[A-Za-z0-9.:_-]+")
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
Security = Literal["starttls", "tls", "none"]
_Reply = tuple[int, bytes]


class SmtpMail:
    """A mail server that takes our mails; always by TLS with a certificate that can be trusted.

    Attributes:
        index_lag: a mail server has no search, so nothing that it does not tell is ever a no.

    Raises:
        ValueError: if something is missing, or a password or a letter would travel in the clear.
    """

    name = "email"
    provider = "smtp"
    index_lag = timedelta(minutes=1)
    complete_after: timedelta | None = None

    def __init__(  # noqa: PLR0913 - each is one line of a mail server's settings
        self,
        host: str,
        port: int = 587,
        *,
        username: str = "",
        password: str = "",
        security: Security = "starttls",
        timeout: float = TIMEOUT,
    ) -> None:
        _check(host, port, username, password)
        if security == "none" and host not in LOOPBACK_NAMES:
            raise ValueError("smtp.security: none is for this very machine; write starttls or tls")
        self._host, self._port = host, port
        self._login = (username, password)
        self._security = security
        self._timeout = timeout

    def send(self, envelope: Envelope) -> Receipt:
        """Hand one mail to the server; every outcome is a receipt, never an exception."""
        if refusal := refused_mail(envelope) or _beyond_ascii(envelope):
            return refusal
        crossing = _Crossing()
        try:
            code, text = within(self._timeout, lambda: self._talk(envelope, crossing))
        except StaleLookError:
            return STALE
        except (SMTPException, OSError, ValueError, AttributeError) as error:
            if crossing.is_too_late_to_stop():
                detail = f"the answer was lost ({type(error).__name__})"
                return Receipt(sent=Sent.UNKNOWN, detail=detail)
            return smtp_receipt(error, envelope)
        return _answered(code, text, envelope)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Answer that nobody can be asked: only a bounce or a reply proves that it was taken."""
        return Found.CANNOT_TELL

    def _talk(self, envelope: Envelope, crossing: _Crossing) -> _Reply:
        smtp = self._connect(envelope)
        try:
            self._begin(smtp)
            body = mail_of(envelope).as_bytes(policy=_bits(smtp))
            _address(smtp, envelope, body)
            smtp.send(LEADING_DOT.sub(b"..", body))
            crossing.cross(envelope.look)
            smtp.send(b".\r\n")
            return smtp.getreply()
        finally:
            # Nobody waits for the farewell: a slow one would turn an answer into none.
            with suppress(OSError, SMTPException):
                smtp.putcmd("QUIT")
            smtp.close()

    def _connect(self, envelope: Envelope) -> SMTP:
        # Without a name of ours the library looks up this machine's, which may take seconds.
        ours = ascii_address(envelope.sender).rpartition("@")[2]
        if self._security == "tls":
            trust = ssl.create_default_context()
            return SMTP_SSL(self._host, self._port, ours, timeout=self._timeout, context=trust)
        return SMTP(self._host, self._port, ours, timeout=self._timeout)

    def _begin(self, smtp: SMTP) -> None:
        if self._security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if self._login[0]:
            smtp.login(*self._login)


class _Crossing:
    """The point after which a mail may have arrived: nobody passes it once we have given up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._crossed = self._given_up = False

    def cross(self, look: LastLook | None) -> None:
        """From here on the mail may have arrived.

        Raises:
            TimeoutError: if nobody waits for the answer any more.
            StaleLookError: if the look that the mail rests on is too long ago.
        """
        with self._lock:
            if self._given_up:
                raise TimeoutError("given up before the mail was handed over")
            if look:
                look.must_hold()
            self._crossed = True

    def is_too_late_to_stop(self) -> bool:
        """Give up; answers whether the mail may have arrived all the same."""
        with self._lock:
            self._given_up = True
            return self._crossed


def _bits(smtp: SMTP) -> EmailPolicy[EmailMessage]:
    return PLAIN if smtp.has_extn("8bitmime") else SEVEN_BITS


def _address(smtp: SMTP, envelope: Envelope, body: bytes) -> None:
    """Sender, recipient, and the word that the mail follows.

    What cannot be delivered comes back to where answers go, so that it is routed like them.
    """
    options = {"size": f"size={len(body)}", "8bitmime": "body=8bitmime"}
    known = [option for extension, option in options.items() if smtp.has_extn(extension)]
    _expect("MAIL", 2, smtp.mail(ascii_address(envelope.reply_to or envelope.sender), known))
    _expect("RCPT", 2, smtp.rcpt(ascii_address(envelope.to)))
    _expect("DATA", 3, smtp.docmd("DATA"))


def _expect(at: str, hundreds: int, reply: _Reply) -> None:
    if reply[0] // 100 != hundreds:
        raise SmtpRefusedError(at, *reply)


def _answered(code: int, text: bytes, envelope: Envelope) -> Receipt:
    """The reply to the whole mail; one that is none leaves open what became of it."""
    if 200 <= code <= 299:  # noqa: PLR2004 - SMTP's own ranges
        return Receipt(
            sent=Sent.ACCEPTED, provider_id=id_header(envelope)["Message-ID"].strip("<>")
        )
    if not 400 <= code <= 599:  # noqa: PLR2004 - SMTP's own ranges
        return Receipt(sent=Sent.UNKNOWN, detail="the mail server's answer could not be read")
    return receipt_of_reply("the mail", code, text, envelope)


def _beyond_ascii(envelope: Envelope) -> Receipt | None:
    """Few servers take such an address, and none that we could ask beforehand."""
    words = "letters before its @ that mail servers do not take"
    if not envelope.to.rpartition("@")[0].isascii():
        return Receipt(sent=Sent.REJECTED, detail=f"the address has {words}")
    if not (envelope.reply_to or envelope.sender).rpartition("@")[0].isascii():
        detail = f"the creditor's own e-mail address has {words}"
        return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)
    return None


def _check(host: str, port: int, username: str, password: str) -> None:
    if not HOST.fullmatch(host):
        raise ValueError("smtp.host: write the mail server's name, such as mail.acme.example")
    if not 0 < port < 65536:  # noqa: PLR2004 - TCP's own range
        raise ValueError("smtp.port: no port; it is 587 or 465 nearly everywhere")
    if bool(username) != bool(password):
        raise ValueError("smtp.username and smtp.password belong together; give both or none")
    if not (username + password).isascii():
        raise ValueError("smtp.password: only plain letters, digits and signs can travel")
