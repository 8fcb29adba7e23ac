"""A collector who looks at letters before they leave, on the office's ledger and clock."""

from __future__ import annotations

from functools import partial

from activities.ports.callback_urls import CallbackUrls
from activities.ports.letters.changes import EndedChange
from activities.ports.types import Envelope
from activities.services.letters.changing import LetterChangingService
from activities.services.letters.looking import NO_LINK, LetterLook, LetterLookingService
from activities.services.previews import PreviewService
from adapters.ledger.letters.store import SqlLetterChangeStore
from adapters.ledger.stores.cases import SqlCaseFiles, SqlCaseLists
from adapters.ledger.stores.evidence import SqlEvidenceStore
from domain.contact.letter_changes import LetterChange
from tests.activities.sending_harness import Office

PAGE = "https://pay.example/r/{}"


class Reader:
    """Looks at the office's letter, changes it, and compares it with what left.

    Attributes:
        tried: mails that went to colleagues.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.tried: list[Envelope] = []
        office.callback_urls = CallbackUrls(page=PAGE.format)
        files = SqlCaseFiles(office.engine)
        self.looking = LetterLookingService(
            letters=office.letters,
            evidence=SqlEvidenceStore(office.engine),
            files=files,
            previews=PreviewService(SqlCaseLists(office.engine), files),
            changes=SqlLetterChangeStore(office.engine),
            callback_urls=office.callback_urls,
        )
        self.desk = LetterChangingService(
            self.looking, office.ledger, office.desk.say, self._mail, office.clock
        )

    def look(self, case_id: str = "", *, at_once: bool = False) -> LetterLook:
        """The next letter of the office's case, or of another."""
        case_id = case_id or self.office.case
        return self.looking.look(case_id, self.office.now, at_once=at_once)

    def change(
        self, passage: str = "", recipient: str = "", *, instead: bool = False
    ) -> LetterLook:
        """Change the letter of the office's case, as it is looked at now."""
        wish = LetterChange(passage=passage, recipient=recipient, instead=instead)
        put = partial(self.desk.change, self.office.case, wish)
        return put(seen=self.look().seen, by="ann")

    def ended(self) -> list[EndedChange]:
        """What became of the changes, newest first."""
        return list(self.looking.changes.ended(self.office.case))

    def is_what_left(self, look: LetterLook) -> bool:
        """Whether the last mail is the letter that was looked at, but for the link's own id."""
        left = self.office.email.taken[-1]
        own = PAGE.format(left.id)
        shown = look.letter
        return (shown.subject, shown.text, shown.html, shown.attachments) == (
            left.subject,
            left.text.replace(own, PAGE.format(NO_LINK)),
            left.html.replace(own, PAGE.format(NO_LINK)),
            left.attachments,
        )

    def _mail(self, envelope: Envelope) -> bool:
        self.tried.append(envelope)
        return True
