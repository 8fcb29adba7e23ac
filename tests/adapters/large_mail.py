"""Sends one large mail and says how it ended: a program of its own, for it is stopped meanwhile."""

import sys
from dataclasses import replace

from activities.ports.clock import LastLook
from activities.sending.attaching import LARGEST_TOTAL
from adapters.email.sendgrid_mail import SendGridMail
from adapters.email.smtp_mail import SmtpMail
from tests.adapters.email.attached import of_bytes
from tests.adapters.letters.samples import MAIL

LONG = 100.0
"""Seconds: longer than it is stopped, so that only the look can hold it back."""


def main(kind: str, port: int) -> None:
    """Send it through that channel."""
    mail = replace(MAIL, attachments=of_bytes(LARGEST_TOTAL), look=LastLook())
    if kind == "smtp":
        channel = SmtpMail("127.0.0.1", port, security="none", timeout=LONG)
        print(channel.send(mail).sent.value)  # noqa: T201 - read by the test
    else:
        host = f"http://127.0.0.1:{port}"
        print(SendGridMail("SG.key", host=host, timeout=LONG).send(mail).sent.value)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
