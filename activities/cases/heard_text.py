"""Reading what was heard: the raw text of one message in, the message or a refusal out."""

from __future__ import annotations

from typing import Any

import structlog

from activities.cases.session import Session
from domain.agreements.approval import APPROVED_BY
from domain.case.model import Message
from domain.errors import DomainError, InvalidError, PolicyRefusedError, RefusedError
from domain.intake.known_words import refuse_unknown_words
from domain.intake.limits import check_name, check_writable, read_object, too_long
from domain.intake.reading import MONEY_KINDS, message_key, read_kind, read_message
from domain.wire import ReceivedMessage

NO_ID = "money needs an id of its sender; nothing was applied, a person will look"
_log = structlog.get_logger("amicable.hearing")


def read_heard(session: Session, item: ReceivedMessage) -> tuple[Message, str]:
    """Read one message, and who sent it; nothing is written down.

    Raises:
        RefusedError: if it cannot be read, whatever is wrong with it.
    """
    ground = session.reading
    try:
        if item.size:
            raise InvalidError(too_long(item.size))  # noqa: TRY301 - one place turns all into words
        body = read_object(item.body)
        key = _key(item, body)
        # A repeat without an instant of its own happened when it was first heard.
        known = session.known(key)
        heard_at = known.message.at if known else item.at or session.now
        message = read_message(item.kind, body, key=key, heard_at=heard_at, ground=ground)
        if known is None:  # what was taken in once stays, whatever words a policy has since
            refuse_unknown_words(message, session.file.policy)
            _refuse_claimed_approval(message)
        return message, str(body.get("source") or "billing")
    except RefusedError:
        raise
    except DomainError as reason:
        raise InvalidError(str(reason), field=reason.field) from None
    except Exception as error:  # noqa: BLE001 - whatever a stranger wrote, the others are heard
        _log.warning("not read", kind=item.kind, error=type(error).__name__)
        raise InvalidError(f"this cannot be read ({type(error).__name__})") from None


def _refuse_claimed_approval(message: Message) -> None:
    """Who asks for something cannot say that somebody else has allowed it."""
    if message.approved_by:
        raise PolicyRefusedError(
            f"{APPROVED_BY} is not believed from the one who asks: leave it out, and a supervisor "
            "approves what waits for it",
            field=APPROVED_BY,
        )


def _key(item: ReceivedMessage, body: dict[str, Any]) -> str:
    kind = read_kind(item.kind)
    if kind in MONEY_KINDS and not (item.keyed or body.get("id")):
        raise InvalidError(NO_ID, field="id")
    key = message_key(kind, body, item.key)
    check_writable(key, "id")
    check_name(key, "id")
    return key
