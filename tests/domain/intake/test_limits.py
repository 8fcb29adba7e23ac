"""How much may be said at once, and what a text may hold: at the limit, and one above."""

import json

import pytest

from domain.errors import RefusedError
from domain.intake.limits import (
    DEEPEST,
    LONGEST_BODY,
    LONGEST_ID,
    MOST_BYTES,
    MOST_MESSAGES,
    check_body,
    check_name,
    check_writable,
    read_object,
    shortened,
    taken_at_once,
    writable,
    written,
)
from domain.wire import ReceivedMessage


def heard(body: str, count: int = 1) -> list[ReceivedMessage]:
    """The same message, so many times."""
    return [ReceivedMessage(kind="pause", body=body)] * count


def text_of(size: int) -> str:
    """A text that takes so many bytes within JSON, its quotes included."""
    return "x" * (size - 2)


@pytest.mark.parametrize(
    ("count", "taken"),
    [(0, 0), (1, 1), (MOST_MESSAGES, MOST_MESSAGES), (MOST_MESSAGES + 1, MOST_MESSAGES)],
)
def test_so_many_messages_are_taken_at_once_and_no_more(count: int, taken: int) -> None:
    assert taken_at_once(heard("{}", count)) == taken


@pytest.mark.parametrize(("more", "taken"), [(0, 5), (1, 4)])
def test_so_many_bytes_are_taken_at_once_and_not_one_more(more: int, taken: int) -> None:
    fifth = MOST_BYTES // 5
    messages = heard(text_of(fifth), 4) + heard(text_of(fifth + more))

    assert taken_at_once(messages) == taken


def test_one_message_is_taken_however_large_it_is() -> None:
    assert taken_at_once(heard(text_of(2 * MOST_BYTES), 2)) == 1


@pytest.mark.parametrize(
    ("size", "kept"), [(LONGEST_BODY, 0), (LONGEST_BODY + 1, LONGEST_BODY + 1)]
)
def test_a_message_at_the_limit_is_kept_whole_and_one_byte_more_is_shortened(
    size: int, kept: int
) -> None:
    body, said = shortened(text_of(size))

    assert said == kept
    assert (body == text_of(size)) is not bool(kept)
    assert len(body) < 3000 or not kept


@pytest.mark.parametrize("text", ["", "a", "ä", '"', "\\", "\n", "\x01", "😀", "\ufffd"])
def test_what_a_text_takes_is_what_json_writes(text: str) -> None:
    assert written(text) == len(json.dumps(text, ensure_ascii=False).encode())


@pytest.mark.parametrize("levels", [DEEPEST - 1, DEEPEST])
def test_a_message_may_go_so_deep(levels: int) -> None:
    check_body({"note": _nested(levels - 1)})


@pytest.mark.parametrize("levels", [DEEPEST + 1, 1000, 100_000])
def test_one_level_deeper_is_refused(levels: int) -> None:
    with pytest.raises(RefusedError, match=f"note goes deeper than {DEEPEST} levels") as caught:
        check_body({"note": _nested(levels - 1)})
    assert caught.value.field == "note"


def _nested(lists: int) -> object:
    value: object = "x"
    for _ in range(lists):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("cut \ud83d", "half of a character"),
        ("\udc00", "half of a character"),
        ("a\x00b", "NUL"),
        ("whole 😀, tab\t, line\n", ""),
    ],
    ids=["first half", "second half", "NUL", "whole"],
)
def test_a_text_that_cannot_be_kept_is_refused(text: str, reason: str) -> None:
    if not reason:
        check_writable(text, "note")
        return
    with pytest.raises(RefusedError, match=reason):
        check_writable(text, "note")


@pytest.mark.parametrize(
    "body",
    [{"a": "\ud83d"}, {"\x00": 1}, {"a": [{"b": "\x00"}]}, {"a": {"\ud83d": 1}}],
    ids=["value", "name", "deep", "deep name"],
)
def test_a_text_that_cannot_be_kept_is_found_wherever_it_is(body: dict[str, object]) -> None:
    with pytest.raises(RefusedError):
        check_body(body)


def test_what_could_not_be_kept_is_marked_and_the_rest_stays() -> None:
    assert writable("a\x00b\ud83dc😀") == "a\ufffdb\ufffdc😀"


def test_an_id_at_the_limit_is_kept_and_one_byte_more_is_refused() -> None:
    check_name("ä" * (LONGEST_ID // 2), "id")
    with pytest.raises(RefusedError, match=f"id is longer than {LONGEST_ID} bytes"):
        check_name("ä" * (LONGEST_ID // 2) + "x", "id")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 5000, "JSON|deeper"),
        ("[" * 100_000 + "]" * 100_000, "deeper"),
        ("[]", "send one JSON object"),
        ("nothing", "not JSON"),
        ('{"id": ' + "9" * 5000 + "}", "not JSON"),
    ],
    ids=["open", "deep", "list", "words", "number"],
)
def test_what_is_no_object_is_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read_object(text)


@pytest.mark.parametrize("text", ["", "null", "{}"])
def test_nothing_said_is_an_empty_object(text: str) -> None:
    assert read_object(text) == {}
