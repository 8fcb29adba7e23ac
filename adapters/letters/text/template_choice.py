"""Chooses the template of a step: by its name, by its deed, and by what has happened meanwhile."""

from __future__ import annotations

from activities.ports.letter_data import LetterData
from activities.ports.types import LetterError
from adapters.letters.agreed import AGREEMENT, template_of
from adapters.letters.renewed import renewed_template
from domain.decision.answering.steps import DISPUTE_RECEIVED
from domain.decision.bundling import TONES
from domain.deed import ACCOUNT_STATEMENT
from domain.message_types import ActionType

BEFORE_DUE = "gentle"
"""What everything that is written before or on the due date sounds like."""

SEVERAL = "several"
"""The words of a message about several invoices."""

SEVERAL_AGREEMENTS = "agreements"
"""The letter that confirms what was agreed on for several invoices."""

TELLS_NO_NEWS = (ACCOUNT_STATEMENT, DISPUTE_RECEIVED)
"""Letters about several invoices that do not say what became of each since the last one."""

OWN_WORDS_FOR_SEVERAL = (*TELLS_NO_NEWS, SEVERAL_AGREEMENTS)
"""Letters that word several invoices themselves."""

_NAMED = ("polite", "second", "formal", "promise_broken", "reminder")
"""Letters that a step gets by its name (``second-mail``), whatever its tone."""

_PLAIN = ("", "polite", "second", "reminder")
"""Letters that give way to the answer to a dispute, or the word about money that went back."""


def occasion_of(data: LetterData) -> str:
    """Choose the template that words a message.

    Raises:
        LetterError: if the tone is unknown.
    """
    if data.tone not in TONES:
        raise LetterError(f"tone {data.tone!r} is unknown; write one of {', '.join(TONES)}")
    own = "confirm" if data.do == ActionType.CONFIRM else template_of(data)
    if own:
        return SEVERAL_AGREEMENTS if data.lines and own == AGREEMENT else own
    if data.days_late < 1:
        return BEFORE_DUE
    by_name = "costs_left" if _only_costs(data) else _named(data.step)
    if by_name in _PLAIN:
        by_name = renewed_template(data) or by_name
    return by_name or ("formal" if data.do == ActionType.DEMAND_LETTER else "reminder")


def sound_of(data: LetterData, occasion: str) -> str:
    """Choose what a letter sounds like: of one about several, the tone of its firmest step."""
    if not data.lines or occasion in ("confirm", *OWN_WORDS_FOR_SEVERAL):
        return occasion
    if occasion == "formal" or data.tone == "firm":
        return "final" if data.tone == "final" else ("formal" if occasion == "formal" else "firm")
    return occasion if occasion == BEFORE_DUE else data.tone


def _only_costs(data: LetterData) -> bool:
    """Whether a reminder is about interest and fees alone: whoever has paid is thanked first."""
    owes_costs = bool(data.statement and data.statement.costs.minor)
    return data.do == ActionType.REMIND and owes_costs and data.case.open <= 0 and not data.lines


def _named(step: str) -> str:
    plain = step.replace("-", "_")
    matches = (name for name in _NAMED if plain == name or plain.startswith(f"{name}_"))
    return next(matches, "")
