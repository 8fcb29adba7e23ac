"""Gives the files of a case to agencies that have an interface, with no lock held (P71)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

import structlog

from activities.agencies.comparing import for_agencies
from activities.ports.agencies.book import AgencyBook, AgencySource, AskLaterError, GivenFile
from activities.ports.letters.sent import SentLetter, SentLetterStore
from activities.ports.stores.evidence import EvidenceStore
from activities.ports.types import LONGEST_TITLE, Task
from domain.errors import DomainError
from domain.evidence.model import Evidence
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_log = structlog.get_logger("amicable.agencies")


class AgencyAttaching:
    """Uploads what is not there yet; said again it changes nothing."""

    def __init__(
        self,
        book: AgencyBook,
        source: AgencySource,
        evidence: EvidenceStore,
        letters: SentLetterStore,
    ) -> None:
        self._book, self._source, self._evidence = book, source, evidence
        self._letters = letters

    def give(self, agency: str, case_id: str) -> tuple[str, ...]:
        """Give an agency what is kept with a case; answers the names that it does not take.

        An agency without an interface gets its files with each delivery: nothing is done here.

        Raises:
            AskLaterError: if it does not answer, or does not know the case.
            DomainError: if what is said of it in its file cannot be used.
        """
        known = self._book.profile(agency)
        if known is None or not self._source.can_be_asked(known):
            return ()
        files = self._files(case_id)
        return self._source.attach(known, case_id, files) if files else ()

    def _files(self, case_id: str) -> Sequence[GivenFile]:
        kept = for_agencies(self._evidence.evidence(case_id))
        letters = (one for one in self._letters.about(case_id) if one.text)
        return [*(self._given(case_id, file) for file in kept), *map(_letter_file, letters)]

    def _given(self, case_id: str, file: Evidence) -> GivenFile:
        return GivenFile(
            key=file.sha256[:16],
            name=file.name,
            media_type=file.media_type,
            role=file.role,
            read=partial(self._read, case_id, file.sha256),
        )

    def _read(self, case_id: str, sha256: str) -> bytes:
        return self._evidence.content(case_id, sha256) or b""


def _letter_file(letter: SentLetter) -> GivenFile:
    """A letter as a file of its own: what left does not change, so it is given once."""
    words = f"{letter.subject}\n\n{letter.text}" if letter.subject else letter.text
    return GivenFile(
        key=letter.message[:18],
        name=f"{letter.at:%Y-%m-%d}-{letter.step}-{letter.channel}.txt",
        media_type="text/plain",
        role="",
        read=words.encode,
    )


def given_now(attaching: AgencyAttaching, agency: str, case_id: str) -> tuple[str, ...]:
    """Give the files, now if it can be; answers the names that the agency does not take."""
    try:
        return attaching.give(agency, case_id)
    except (AskLaterError, DomainError, ValueError) as error:
        _log.warning("files not given yet", case=case_id, error=type(error).__name__)
        return ()


def files_task(case_id: str, agency: str, names: Sequence[str]) -> Task:
    """Make the task about files that an agency does not take, once for those very ones."""
    told = hashlib.sha256("/".join(sorted(names)).encode()).hexdigest()[:16]
    return Task(
        key=str(TaskKey.of(TaskTopic.AGENCY, case_id, "files", agency, told)),
        kind=TaskKind.QUESTION,
        case=case_id,
        title=f"upload these files to {agency}: {', '.join(names)}"[:LONGEST_TITLE],
    )
