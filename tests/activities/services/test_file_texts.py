"""The texts of answers' files: read once, and never of what is too large, no text, or erased."""

from dataclasses import replace

import pytest

from activities.services.remittances.texts import FileTexts
from domain.bank.remittance import LARGEST_ADVICE
from domain.evidence.received import FileFate, ReceivedFile, received_files

(TABLE,) = received_files([("advice.csv", b"R-1001;119.00")])


class Shelf:
    """One file, and how often it was fetched."""

    fetched = 0

    def content(self, answer: str, sha256: str) -> bytes | None:
        """Fetch it; any other was never kept."""
        self.fetched += 1
        return TABLE.body if sha256 == TABLE.sha256 else None


def test_a_file_is_fetched_and_read_once_however_often_it_is_looked_at() -> None:
    shelf = Shelf()
    texts = FileTexts(shelf.content, bytes.decode)
    read = [texts.text("mail-1", TABLE) for _ in range(3)]

    assert read == ["R-1001;119.00"] * 3
    assert shelf.fetched == 1


@pytest.mark.parametrize(
    "file",
    [
        replace(TABLE, size=LARGEST_ADVICE + 1),
        replace(TABLE, media_type="image/png"),
        replace(TABLE, fate=FileFate.CARD_NUMBER),
        replace(TABLE, name=""),
    ],
    ids=["too large", "a picture", "not kept", "erased"],
)
def test_what_cannot_be_read_is_not_fetched(file: ReceivedFile) -> None:
    shelf = Shelf()
    texts = FileTexts(shelf.content, bytes.decode)
    texts.text("mail-1", TABLE)

    assert not texts.text("mail-1", file)
    assert shelf.fetched == 1
