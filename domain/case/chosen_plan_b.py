"""The Plan B that an agreement names for itself: who goes on if it is not kept (P53)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import InvalidError
from domain.message_types import ActionType

_WORDS = {
    "agency": ActionType.HAND_OFF,
    "lawyer": ActionType.LAWYER_LETTER,
    "person": ActionType.ASK_PERSON,
}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PLAN_B_FIELD = "plan_b"

PLAN_B_WORDS = "agency, agency:NAME, lawyer, lawyer:NAME or person"
"""How a Plan B is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPlanB:
    """Who goes on if an agreement is not kept.

    Attributes:
        do: hand it off, have a lawyer write, or ask a person.
        to: the short name of the agency or lawyer; empty for the one that the policy, or the
            installation, has.
    """

    do: ActionType
    to: str = ""

    @property
    def words(self) -> str:
        """Describe what follows once the last deadline has passed, for people."""
        named = f" {self.to}" if self.to else ""
        return {
            ActionType.HAND_OFF: f"the agency{named} takes over",
            ActionType.LAWYER_LETTER: f"the lawyer{named} writes, and the ladder goes on",
            ActionType.ASK_PERSON: "a person decides, and the ladder goes on",
        }[self.do]


def read_plan_b(text: str) -> ChosenPlanB | None:
    """Read the Plan B of an agreement, such as ``agency:nordwind``; None where none is named.

    Raises:
        InvalidError: with the ways in which it is written.
    """
    if not text:
        return None
    word, _, name = text.partition(":")
    do = _WORDS.get(word)
    named_well = not name or (_NAME.fullmatch(name) and do is not ActionType.ASK_PERSON)
    if do is None or not named_well or text.endswith(":"):
        raise InvalidError(f"{text!r} is no Plan B; write {PLAN_B_WORDS}", field=PLAN_B_FIELD)
    return ChosenPlanB(do=do, to=name)
