"""The fields of cases, answers and tasks that commands show, and programs may rely on."""

from __future__ import annotations

from domain.answer_codes import AnswerCode
from domain.wire import Answer
from starter.cli.errors import CommandRefusedError
from starter.cli.output import Format, show_one

CASE_COLUMNS = (
    "case",
    "customer_name",
    "due",
    "amount",
    "open",
    "currency",
    "stage",
    "next",
    "next_at",
)
TASK_COLUMNS = ("key", "kind", "title", "owner", "due_at")


def show_answer(case_id: str, answer: Answer, output: Format) -> None:
    """What the sender of a message is told.

    Raises:
        CommandRefusedError: if it was refused, with the reason.
    """
    told = {
        "case": case_id,
        "accepted": answer.accepted,
        "text": answer.text,
        "check_at": answer.check_at,
        "plan_b": answer.plan_b or None,
        "code": answer.code,
    }
    show_one(told, output)
    refuse_answer(answer)


def refuse_answer(answer: Answer) -> None:
    """End the command where the answer is no.

    Raises:
        CommandRefusedError: with the reason and its code.
    """
    if answer.accepted:
        return
    is_conflict = answer.code == AnswerCode.CONFLICT
    text = answer.text if is_conflict else f"refused: {answer.text}"
    raise CommandRefusedError(text, answer.code)
