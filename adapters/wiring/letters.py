"""Puts together what letters to come are looked at with, changed, and tried out."""

from __future__ import annotations

from dataclasses import dataclass

from activities.case_service import CaseService
from activities.ports.clock import Clock
from activities.ports.letters.sent import SentLetterStore
from activities.ports.types import Envelope, Sent
from activities.services.letters.changing import LetterChangingService
from activities.services.letters.looking import LetterLookingService
from activities.services.previews import LetterPreviewService, PreviewService
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.ledger.letters.sent import SqlSentLetterStore
from adapters.ledger.letters.store import SqlLetterChangeStore
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.stores.evidence import SqlEvidenceStore
from adapters.letters.writer import LetterWriter
from adapters.wiring.callback_urls import callback_urls
from adapters.wiring.choose import channels


@dataclass(frozen=True, slots=True)
class LetterServices:
    """What people do with letters before they leave, and the letters as they left."""

    previews: LetterPreviewService
    looking: LetterLookingService
    changing: LetterChangingService
    sent: SentLetterStore


def letter_services(
    engine: Engine, settings: Settings, desk: CaseService, previews: PreviewService, clock: Clock
) -> LetterServices:
    """Make them on one ledger."""
    letters, evidence = LetterWriter(settings.letters_dir), SqlEvidenceStore(engine)
    files = SqlCaseFiles(engine)
    looking = LetterLookingService(
        letters=letters,
        evidence=evidence,
        files=files,
        previews=previews,
        changes=SqlLetterChangeStore(engine),
        callback_urls=callback_urls(settings),
    )

    def send_mail(envelope: Envelope) -> bool:
        return channels(settings)["email"].send(envelope).sent is Sent.ACCEPTED

    changing = LetterChangingService(looking, SqlLedger(engine), desk.say, send_mail, clock)
    shown = LetterPreviewService(letters, evidence, files, previews)
    return LetterServices(shown, looking, changing, SqlSentLetterStore(engine))
