"""Letters before they leave, for programs: looked at, changed for once, sent."""

from activities.ports.letter_data import Letter
from activities.ports.types import OutboundState, Receipt, Sent
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from starter.api.letters.table import LETTER_ROUTES
from tests.starter.api.factories import Desk, day

CONTACT = {"name": "Globex", "email": "pay@globex.example"}
PATH = "/v1/cases/R-1/letter"


def test_a_letter_is_looked_at_changed_and_taken_back(desk: Desk) -> None:
    desk.open(due=day(-20), issued=day(-50), contact=CONTACT)
    look = desk.get(PATH).json()
    asked = {"passage": "Thank you for the talk.", "seen": look["seen"]}
    changed = desk.post(PATH, asked, "collector").json()
    refused = desk.post(PATH, asked, "reader")
    other = desk.post(PATH, asked | {"seen": "x"}, "collector")
    undone = desk.post(f"{PATH}/undo", {}, "collector").json()

    assert look["recipient"] == "pay@globex.example"
    assert look["place"] in ("before", "instead")
    assert "Thank you for the talk." in changed["text"]
    assert changed["change"]["lapsed"] == ""
    assert (refused.status_code, other.status_code) == (403, 409)
    assert undone["change"] is None
    assert undone["text"] == look["text"]


def test_a_letter_leaves_at_once_as_it_was_looked_at(desk: Desk) -> None:
    desk.open(due=day(-20), issued=day(-50), contact=CONTACT)
    look = desk.get(f"{PATH}?now=true").json()
    answer = desk.post(f"{PATH}/send", {"id": "s-1", "seen": look["seen"]}, "collector")

    assert answer.status_code == 200, answer.json()
    assert answer.json()["accepted"]


def test_nothing_is_looked_at_where_no_letter_is_to_come(desk: Desk) -> None:
    desk.open(contact=CONTACT)
    desk.post("/v1/cases/R-1/withdrawals", {"reason": "twice"})

    assert desk.get(PATH).status_code == 422


def test_what_the_customer_read_is_listed_word_for_word(desk: Desk, engine: Engine) -> None:
    desk.open(contact=CONTACT)
    case = f"invoice/{desk.creditor}/R-1"
    nothing = desk.get("/v1/cases/R-1/letters").json()
    sent_letter(engine, case)

    assert nothing == {"case": case, "items": []}
    (one,) = desk.get("/v1/cases/R-1/letters").json()["items"]
    assert (one["subject"], one["text"]) == ("Your invoice R-1", "Dear Globex,\nplease pay.")
    assert (one["to"], one["result"], one["invoices"]) == (
        "pay@globex.example",
        "accepted",
        ["R-1"],
    )
    assert desk.get("/v1/cases/R-2/letters").status_code == 404


def sent_letter(engine: Engine, case: str) -> None:
    """A letter left about a case."""
    with SqlLedger(engine).account_of(case) as account:
        flown = account.outbound.take_off(case, "polite", 1, "email", "pay@globex.example")
        account.outbound.land(flown, OutboundState.ACCEPTED, Receipt(sent=Sent.ACCEPTED))
        words = Letter(subject="Your invoice R-1", text="Dear Globex,\nplease pay.")
        account.letters.keep(flown.id, flown.attempt, words)


def test_each_route_of_letters_has_a_name() -> None:
    assert {name for _, _, name, *_ in LETTER_ROUTES} == {
        *("lookAtLetter", "changeLetter", "undoLetterChange", "tryLetterOut", "sendLetter"),
        "listSentLetters",
    }
