"""Files that came with an answer: found by their name or hash, and never a wrong one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from activities.ports.stores.errors import AmbiguousError, NotKnownError
from activities.ports.stores.replies import AnswerFilter, AnswerRow
from activities.services.evidence import SHORT
from activities.services.replies import ReplyService
from domain.evidence.received import FileFate, ReceivedFile


def file(name: str, sha256: str, fate: FileFate = FileFate.KEPT) -> ReceivedFile:
    return ReceivedFile(name=name, media_type="text/plain", size=1, sha256=sha256, fate=fate)


ONE, TWO = file("one.txt", "a" * 64), file("two.txt", "ab" * 32)
SAME = file("one.txt", "c" * 64)


@dataclass
class Kept:
    """One answer with its files; of these some are kept."""

    files: tuple[ReceivedFile, ...] = (ONE, TWO)
    bodies: dict[str, bytes] = field(
        default_factory=lambda: {ONE.sha256: b"1", TWO.sha256: b"2", SAME.sha256: b"3"}
    )

    def answers(self, wanted: AnswerFilter) -> tuple[AnswerRow, ...]:
        """The only one."""
        found = self.answer("r-1")
        return (found,) if found else ()

    def about(self, case_id: str) -> tuple[AnswerRow, ...]:
        """None of its answers is about a case."""
        return ()

    def answer(self, key: str) -> AnswerRow | None:
        """It, by its key."""
        words = dict.fromkeys(
            ("channel", "sort", "state", "creditor", "customer", "case_id", "sender", "said"), ""
        )
        at = datetime(2026, 2, 6, tzinfo=UTC)
        made = AnswerRow(key=key, at=at, subject="", files=self.files, **words)
        return made if key == "r-1" else None

    def content(self, key: str, sha256: str) -> bytes | None:
        """What is kept of a file."""
        return self.bodies.get(sha256)


@pytest.mark.parametrize(
    ("word", "body"),
    [("one.txt", b"1"), ("two.txt", b"2"), ("a" * SHORT, b"1"), (TWO.sha256[:SHORT], b"2")],
)
def test_a_file_is_read_by_its_name_or_the_beginning_of_its_hash(word: str, body: bytes) -> None:
    found, content = ReplyService(Kept()).file("r-1", word)

    assert content == body
    assert word in (found.name, found.sha256[: len(word)])


@pytest.mark.parametrize("word", ["three.txt", "", "a" * (SHORT - 1), "b" * SHORT])
def test_what_names_none_is_refused(word: str) -> None:
    with pytest.raises(NotKnownError, match="no file"):
        ReplyService(Kept()).file("r-1", word)


def test_two_files_of_one_name_are_told_apart_by_their_hash() -> None:
    service = ReplyService(Kept((ONE, SAME)))
    with pytest.raises(AmbiguousError, match="2 files of r-1"):
        service.file("r-1", "one.txt")

    assert service.file("r-1", SAME.sha256) == (SAME, b"3")


@pytest.mark.parametrize("fate", [one for one in FileFate if one is not FileFate.KEPT])
def test_of_a_file_that_was_not_kept_it_is_said_why(fate: FileFate) -> None:
    with pytest.raises(NotKnownError, match=f"no file big.pdf is kept of answer r-1 .{fate}"):
        ReplyService(Kept((file("big.pdf", "d" * 64, fate),))).file("r-1", "big.pdf")


def test_only_answers_that_came_are_shown() -> None:
    service = ReplyService(Kept())
    assert service.show("r-1").key == service.list(AnswerFilter())[0].key == "r-1"
    with pytest.raises(NotKnownError, match="there is no answer r-2"):
        service.show("r-2")
