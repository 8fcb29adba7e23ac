"""What commands show of cases, answers and tasks: the fields that programs may rely on."""

from __future__ import annotations

from activities.ports.types import ConflictError
from domain.wire import Answer
from starter.cli.errors import CommandRefusedError
from starter.cli.output import Format, show_one
from starter.views.lines import ANOTHER

CASE_COLUMNS = ("case", "customer", "due", "amount", "open", "currency", "stage", "next", "next_at")
TASK_COLUMNS = ("key", "kind", "title", "owner", "due_at")


def show_answer(case_id: str, answer: Answer, output: Format) -> None:
    """What the sender of a message is told.

    Raises:
        RefusedError: if it was refused, with the reason.
        ConflictError: if its id was used before with other content.
    """
    told = {
        "case": case_id,
        "accepted": answer.accepted,
        "text": answer.text,
        "check_at": answer.check_at,
        "plan_b": answer.plan_b or None,
    }
    show_one(told, output)
    refuse_answer(answer)


def refuse_answer(answer: Answer) -> None:
    """End the command where the answer is no.

    Raises:
        RefusedError: with the reason.
        ConflictError: if the message's id was used before with other content.
    """
    if ANOTHER in answer.text and not answer.accepted:
        raise ConflictError(answer.text)
    if not answer.accepted:
        raise CommandRefusedError(f"refused: {answer.text}")
