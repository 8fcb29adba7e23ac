"""Notes that a letter of ours was wrong; the rules then have it put right in writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.case.corrections import Correction, Mistake
from domain.case.model import Case, Deed, Message
from domain.case.money import Ground
from domain.changed import changed
from domain.errors import InvalidError, RefusedError
from domain.message_types import MessageType

CORRECTION = "correction"
"""How the steps begin by which a wrong letter is put right: ``correction-1`` and so on."""


def wrong_letter(case: Case, correction: Correction) -> Deed | None:
    """Find the last letter to the customer that was wrong; None if none went out."""
    return next((deed for deed in reversed(case.deeds) if correction.is_about(deed)), None)


def is_disregarded(case: Case, letter: Deed) -> bool:
    """Whether the customer was told since that a letter had been sent by mistake."""
    said = {deed.step for deed in case.deeds if deed.reached_debtor and deed.at >= letter.at}
    return any(
        f"{CORRECTION}-{number}" in said and one.mistake is Mistake.SENT and one.is_about(letter)
        for number, one in enumerate(case.corrections, start=1)
    )


def _letter_corrected(case: Case, message: Message, ground: Ground) -> Case:
    """The case with a letter of which a person says what was wrong."""
    if not message.ref:
        raise RefusedError("ref names the step whose letter was wrong", field="ref")
    if message.reason not in list(Mistake):
        codes = ", ".join(Mistake)
        raise InvalidError(f"say by reason what was wrong: {codes}", field="reason")
    told = Correction(
        key=message.key, at=message.at, mistake=Mistake(message.reason), step=message.ref
    )
    return changed(case, corrections=(*case.corrections, told))


PUTTING_RIGHT: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.LETTER_CORRECTED: _letter_corrected}
)
"""How the word that a letter was wrong changes a case."""
