"""Debitura by its published description: prices, placements, states, payments, signatures."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from activities.ports.agencies.book import AskLaterError, GivenFile
from activities.ports.types import Dossier, Receipt, Sent
from adapters.agency.asking import AskedAgencies
from adapters.agency.book import AgencyFolderBook
from adapters.agency.debitura import DebituraApi
from adapters.agency.debitura_words import STATES
from adapters.agency.signed import is_signed_by_debitura
from domain.agencies.agency_file import AgencyProfile, read_agency
from domain.agencies.quotes import NotTaken, QuoteClaim
from domain.message_types import AgencyNews
from domain.money import Money
from tests.adapters.agency.dossiers import DOSSIER
from tests.peers.debitura import KEY, Account, debitura

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLAIM = QuoteClaim(creditor="acme", amount=Money(100_033, "EUR"), days_overdue=400, country="DE")
TARIFF = """
[tariff]
currency = "EUR"
source = "list"
as_of = 2026-01-01
[[tariff.band]]
success_percent = "25"
"""


@dataclass
class There:
    """Debitura, and our way to it."""

    agency: AgencyProfile
    account: Account

    @property
    def api(self) -> DebituraApi:
        """The adapter."""
        return DebituraApi(self.agency)

    def deliver(self, dossier: Dossier) -> Receipt:
        """One delivery."""
        return self.api.deliver(dossier)


def described(place: Path, address: str, more: str = "") -> AgencyProfile:
    (place / "key").write_text(f"{KEY}\n")
    told = f'by = "debitura"\nurl = "{address}"\nkey_file = "{place / "key"}"'
    text = f'name = "Debitura"\nemail = "ann@acme.example"\n[reached]\n{told}\n{more}'
    (place / "debitura.toml").write_text(text)
    return read_agency("debitura", text)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[There]:
    with debitura() as (address, account):
        yield There(described(tmp_path, address), account)


HANDED_OFF = replace(DOSSIER, debtor=replace(DOSSIER.debtor, country="DE"))


def test_a_live_quote_names_base_surcharge_and_what_it_needs(there: There) -> None:
    there.account.needs_contract = True
    quote = there.api.quote(CLAIM, TODAY)

    assert quote.fee
    assert quote.fee.success_percent == Decimal("9.5")
    assert quote.fee.surcharge_percent == Decimal(8)
    assert quote.cost == Money(17_506, "EUR")  # 17.5 % of 1,000.33 is 175.05775
    assert (quote.needs, quote.live, quote.source) == (
        ("contract",),
        True,
        "17.5% success fee (EU zone)",
    )


def test_where_nobody_collects_it_says_why(there: There) -> None:
    quote = there.api.quote(replace(CLAIM, country="AQ"), TODAY)

    assert (quote.reason, quote.net) == (NotTaken.REFUSED, None)
    assert "exclusive pre-legal partner" in quote.detail


def test_a_tariff_answers_where_it_cannot_be_asked(tmp_path: Path) -> None:
    known = described(tmp_path, "http://127.0.0.1:9", TARIFF)
    book = AgencyFolderBook(tmp_path, {"debitura": AskedAgencies()})
    quote = book.quote(known, CLAIM, TODAY)
    assert (quote.live, quote.cost) == (False, Money(25_008, "EUR"))

    bare = described(tmp_path, "http://127.0.0.1:9")
    assert book.quote(bare, CLAIM, TODAY).reason is NotTaken.UNANSWERED


def test_a_case_is_placed_once_even_if_the_answer_is_lost(there: There) -> None:
    there.account.lost = 1
    first = there.deliver(HANDED_OFF)
    second = there.deliver(HANDED_OFF)

    assert (first.sent, second.sent) == (Sent.UNKNOWN, Sent.ACCEPTED)
    (case,) = there.account.cases.values()
    assert case["sent"]["amountToRecover"] == 900
    assert case["sent"]["debtor"]["name"] == "Globex GmbH"
    assert second.provider_id == case["id"]
    assert second.by_hand == ""
    assert there.account.files == {}, "files are given later, with no account held"


def given(name: str, body: bytes, role: str = "") -> GivenFile:
    key = hashlib.sha256(body).hexdigest()[:16]
    media = "text/html" if name.endswith("html") else "application/pdf"
    return GivenFile(key=key, name=name, media_type=media, role=role, read=lambda: body)


def test_files_are_given_once_and_what_it_does_not_take_is_named(there: There) -> None:
    """Told again, with one more file, only that one goes; a lost answer is no second copy."""
    there.deliver(HANDED_OFF)
    case = HANDED_OFF.case.invoice.case_id
    note, page = given("note.pdf", b"%PDF-1.4 signed"), given("page.html", b"<p>")
    assert there.api.attach(case, [note, page]) == ("page.html",)
    there.account.lost = 1
    with pytest.raises(httpx.HTTPError):
        there.api.attach(case, [note, given("more.pdf", b"%PDF-1.4 more", "invoice")])
    assert there.api.attach(case, [note, given("more.pdf", b"%PDF-1.4 more", "invoice")]) == ()

    (kept,) = there.account.files.values()
    assert len(kept) == 2
    assert b"CreditorDocuments" in kept[0]
    assert b"OriginalInvoice" in kept[1]


def test_files_of_a_case_that_it_does_not_know_wait(there: There) -> None:
    with pytest.raises(AskLaterError):
        AskedAgencies().attach(there.agency, "invoice/acme/none", [given("a.pdf", b"a")])


def test_a_consumer_is_a_private_debtor(there: There) -> None:
    person = replace(HANDED_OFF, debtor=replace(HANDED_OFF.debtor, kind="consumer"))
    assert there.deliver(person).sent is Sent.ACCEPTED
    assert there.api.quote(replace(CLAIM, consumer=True), TODAY).eligible


def test_a_legal_phase_is_for_a_person_and_what_its_people_write_is_heard(there: There) -> None:
    there.deliver(HANDED_OFF)
    (case,) = there.account.cases.values()
    case["currentEngagementPhase"] = "Legal"
    there.account.chats[case["id"]] = [
        {"id": "1", "message": "ours", "roleLabel": "Creditor"},
        {"id": "2", "message": "Is there a contract?", "roleLabel": "Partner"},
    ]
    found = there.api.state(HANDED_OFF.case.invoice.case_id)

    assert found
    assert found.state is AgencyNews.LEGAL
    assert [word.text for word in found.words] == ["Is there a contract?"]


def test_what_its_business_refuses_is_a_refusal(there: There) -> None:
    there.account.needs_contract = True
    receipt = there.deliver(HANDED_OFF)

    assert receipt.sent is Sent.REJECTED
    assert receipt.detail == "Debitura answered 422 SDCA is not signed"


def test_a_wrong_key_is_no_fault_of_the_case(there: There, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("another")
    receipt = there.deliver(HANDED_OFF)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)


def test_news_is_a_message_and_a_recall_is_also_for_a_person(there: There) -> None:
    there.deliver(HANDED_OFF)
    updated = there.deliver(replace(HANDED_OFF, kind="case.updated", why="they paid 100"))
    recalled = there.deliver(replace(HANDED_OFF, kind="case.recalled", why="paid"))

    assert (updated.sent, updated.by_hand) == (Sent.ACCEPTED, "")
    assert recalled.by_hand == "withdraw the case at Debitura: paid"
    (case,) = there.account.cases
    said = [chat["message"].partition(".")[0] for chat in there.account.chats[case]]
    assert said == ["they paid 100", "paid"]


def test_states_and_payments_are_read_in_our_words(there: There) -> None:
    there.deliver(HANDED_OFF)
    (case,) = there.account.cases.values()
    there.account.payments[case["id"]] = [
        {"id": "p1", "grossAmount": 100.1, "currency": "EUR", "date": "2026-03-05T00:00:00+00:00"},
        {"id": "p2", "grossAmount": 50, "currency": "EUR", "recipient": "Creditor"},
    ]
    found = there.api.state(HANDED_OFF.case.invoice.case_id)

    assert found
    assert found.state is AgencyNews.WORKING
    assert [(one.collected.minor, one.fee.minor) for one in found.payments] == [
        (10_010, 1_752),
        (0, 875),
    ]
    assert there.api.state("invoice/acme/unknown") is None
    case["lifecycle"] = "SomethingNew"
    later = there.api.state(HANDED_OFF.case.invoice.case_id)
    assert later
    assert (later.state, later.id == found.id) == (AgencyNews.MESSAGE, False)


def test_every_state_of_its_lifecycle_has_a_word_of_ours() -> None:
    assert set(STATES.values()) <= set(AgencyNews)


SECRET = base64.b64encode(b"a secret of theirs").decode()
BODY = b'{"event":"case.updated"}'


def signed(secret: str = SECRET, body: bytes = BODY, at: int = int(NOW.timestamp())) -> str:
    """A signature by another library than the one that checks it."""
    made = HMAC(base64.b64decode(secret), SHA256())
    made.update(f"{at}.".encode() + body)
    return f"t={at},v1={made.finalize().hex()}"


@pytest.mark.parametrize(
    ("header", "body", "good"),
    [
        (signed(), BODY, True),
        (signed(), BODY + b" ", False),
        (signed(base64.b64encode(b"another").decode()), BODY, False),
        (signed(at=int(NOW.timestamp()) - 301), BODY, False),
        (signed(at=int(NOW.timestamp()) + 301), BODY, False),
        ("v1=aa", BODY, False),
        ("t=²,v1=aa", BODY, False),
        ("", BODY, False),
    ],
)
def test_only_its_own_signature_of_now_counts(header: str, body: bytes, good: bool) -> None:
    assert is_signed_by_debitura(SECRET, {"x-debitura-signature": header}, body, NOW) is good
