"""Words that have a meaning, and are refused where they are misspelt: it would be lost."""

from __future__ import annotations

from domain.calls.results import ABOUT, RESULTS, CallResult, code_of
from domain.case.agreement_types import HARDSHIP
from domain.case.model import Message
from domain.case.news import CONTACT_NEWS
from domain.disputes.reducer import ENDS
from domain.errors import InvalidError
from domain.message_types import AgencyNews, MessageType
from domain.policy.model import Policy
from domain.words import misspelt_word, unknown_word

_CODES = {
    MessageType.CALL_RESULT: RESULTS,
    MessageType.DISPUTE_OPENED: (*ABOUT, HARDSHIP),
    MessageType.DISPUTE_SETTLED: ENDS,
    MessageType.AGENCY_NEWS: tuple(AgencyNews),
}
"""The codes that a message's reason may be; a policy's own minor reasons come beside them."""


def refuse_unknown_words(message: Message, policy: Policy) -> None:
    """Refuse a code that is misspelt, and a step that the policy does not have.

    Other words of a dispute or a call stay as they were given: they are kept for people.

    Raises:
        RefusedError: with the word that was probably meant.
    """
    kind, reason = message.kind, message.reason
    if kind is MessageType.REMINDED_ELSEWHERE and message.ref:
        refuse_unknown_step(message.ref, policy)
    if kind is MessageType.CONTACT_NEWS and reason not in CONTACT_NEWS:
        raise InvalidError(unknown_word(reason, "news", CONTACT_NEWS), field="reason")
    if kind is MessageType.AGENCY_NEWS and not (reason.strip() or message.note.strip()):
        raise InvalidError(f"write what is new: {', '.join(AgencyNews)}", field="reason")
    if kind in _CODES:
        _refuse_misspelt(reason, "reason", (*_CODES[kind], *policy.disputes.minor))
    if kind is MessageType.CALL_RESULT and code_of(reason) == CallResult.DISPUTED:
        _refuse_misspelt(message.ref, "ref", ABOUT)


def refuse_unknown_step(step: str, policy: Policy) -> None:
    """Refuse a step that a policy does not have.

    Raises:
        RefusedError: with the step that was probably meant.
    """
    steps = [one.id for one in policy.steps]
    if step not in steps:
        what = f"step of the policy {policy.name}"
        raise InvalidError(unknown_word(step, what, steps), field="ref")


def _refuse_misspelt(word: str, field: str, known: tuple[str, ...]) -> None:
    meant = misspelt_word(word, known)
    if meant:
        reason = f"did you mean {meant}? Write {meant}, or say it in other words"
        raise InvalidError(f"{word!r} is not known; {reason}", field=field)
