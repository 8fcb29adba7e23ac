"""Words that nobody knows are refused with the one that was probably meant."""

from contextlib import nullcontext

import pytest

from domain.calls.results import RESULTS
from domain.case.invoice import Message
from domain.errors import RefusedError
from domain.intake.known_words import refuse_unknown_words
from domain.message_types import MessageType
from domain.policy.policy_file import standard_policy
from domain.words import misspelt_word, nearest_word, unknown_word
from tests.stories.story import Story

NOW = Story().now


def test_the_nearest_word_is_named_with_all_there_are() -> None:
    told = unknown_word("promissed", "result", ("busy", "promised"))
    assert told == "'promissed' is no result; did you mean promised? There are busy, promised"
    assert unknown_word("zzz", "result", ("busy",)) == "'zzz' is no result; write one of busy"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("promissed", "promised"),
        ("Promised", ""),
        ("no-answer", ""),
        ("no answr", "no_answer"),
        ("voicemial", "voicemail"),
        ("they were rude", ""),
    ],
)
def test_a_misspelt_word_is_like_a_known_one_and_none_itself(word: str, meant: str) -> None:
    assert misspelt_word(word, RESULTS) == meant
    if meant:
        assert nearest_word(word, RESULTS) == meant


@pytest.mark.parametrize(
    ("kind", "fields", "meant"),
    [
        (MessageType.CALL_RESULT, {"reason": "promissed"}, "promised"),
        (MessageType.CALL_RESULT, {"reason": "disputed", "ref": "godds"}, "goods"),
        (MessageType.DISPUTE_OPENED, {"reason": "hardshipp"}, "hardship"),
        (MessageType.DISPUTE_SETTLED, {"reason": "for_custmer"}, "for_customer"),
        (MessageType.AGENCY_NEWS, {"reason": "retuned"}, "returned"),
        (MessageType.CONTACT_NEWS, {"reason": "bouncd"}, "bounced"),
        (MessageType.REMINDED_ELSEWHERE, {"ref": "polit"}, "polite"),
    ],
)
def test_a_code_that_is_misspelt_is_refused(
    kind: MessageType, fields: dict[str, str], meant: str
) -> None:
    message = Message(key="m", kind=kind, at=NOW, **fields)  # type: ignore[arg-type]  # all are texts
    with pytest.raises(RefusedError, match=f"did you mean {meant}"):
        refuse_unknown_words(message, standard_policy())


@pytest.mark.parametrize(
    ("fields", "says"),
    [({}, False), ({"reason": " "}, False), ({"note": "moved"}, True), ({"reason": "x"}, True)],
)
def test_news_of_an_agency_that_says_nothing_is_refused(
    fields: dict[str, str], *, says: bool
) -> None:
    message = Message(key="m", kind=MessageType.AGENCY_NEWS, at=NOW, **fields)  # type: ignore[arg-type]  # all are texts
    with nullcontext() if says else pytest.raises(RefusedError, match="write what is new: "):
        refuse_unknown_words(message, standard_policy())


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (MessageType.CALL_RESULT, {"reason": "promised"}),
        (MessageType.CALL_RESULT, {"reason": "they hung up on me"}),
        (MessageType.DISPUTE_OPENED, {"reason": "the colour is wrong"}),
        (MessageType.DISPUTE_OPENED, {"reason": "Goods"}),
        (MessageType.PAUSE, {"reason": "promissed"}),
        (MessageType.REMINDED_ELSEWHERE, {"ref": "polite"}),
    ],
)
def test_codes_and_free_words_are_kept(kind: MessageType, fields: dict[str, str]) -> None:
    message = Message(key="m", kind=kind, at=NOW, **fields)  # type: ignore[arg-type]  # all are texts
    refuse_unknown_words(message, standard_policy())
