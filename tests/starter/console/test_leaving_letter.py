"""A letter looked at before it leaves, in the console: changed, tried out, sent."""

from domain.message_types import MessageType
from domain.parties.people import Creditor
from tests.starter.api.letters.test_letters_over_http import sent_letter
from tests.starter.console.factories import Console, Visitor, words_of

SAID = "Thank you for the talk on Monday."


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def changed(ann: Visitor) -> str:
    """Change the letter as a person would; answers what is read then."""
    seen = seen_in(ann.get("/letter/R-1").text)
    ann.post("/letter-change", number="R-1", seen=seen, passage=SAID)
    return words_of(ann.get("/letter/R-1"))


def test_the_next_letter_is_looked_at_from_its_invoice(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    case = ann.get("/cases/R-1").text
    page = ann.get("/letter/R-1")

    assert 'href="/letter/R-1"' in case
    assert "pay@canary.example" in page.text
    assert "<mark>" in page.text
    assert "nothing is sent by looking" in words_of(page)


def test_words_are_changed_shown_marked_and_taken_back(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    page = changed(ann)
    marked, case = ann.get("/letter/R-1").text, words_of(ann.get("/cases/R-1"))
    ann.post("/letter-undo", number="R-1")

    assert "changed by ann" in page
    assert "changed by ann" in case
    assert f"<mark>{SAID}</mark>" in marked
    assert SAID not in ann.get("/letter/R-1").text.partition("Changed letters")[0]
    assert "taken back" in words_of(ann.get("/letter/R-1"))


def test_what_a_letter_says_exactly_is_not_said_again(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    seen = seen_in(ann.get("/letter/R-1").text)
    for passage in ("Pay EUR 100 instead", "see https://evil.example", "to DE89 3704 0044 0532"):
        refused = ann.post("/letter-change", number="R-1", seen=seen, passage=passage)
        assert refused.status_code == 422, passage
        assert passage in refused.text, "what was written is kept"


def test_a_letter_that_is_another_one_now_is_shown_first(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    seen = seen_in(ann.get("/letter/R-1").text)
    ann.post("/acts/credit", number="R-1", amount="19.00")
    refused = ann.post("/letter-change", number="R-1", seen=seen, passage=SAID)

    assert refused.status_code == 409
    assert "another one meanwhile" in words_of(refused)


def test_a_change_that_counts_no_longer_says_why(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    changed(ann)
    ann.post("/acts/credit", number="R-1", amount="19.00")
    page = words_of(ann.get("/letter/R-1"))

    assert "What ann had changed counts no longer: it asks for another sum" in page


def test_it_is_tried_out_at_the_companys_own_addresses(console: Console, ann: Visitor) -> None:
    company = Creditor(id=ann.creditor, name="Acme", email="billing@acme.example")
    console.application.creditors.put(company)
    console.opened(ann.creditor)
    fine = ann.post("/letter-test", number="R-1", to="ann@acme.example")
    wrong = ann.post("/letter-test", number="R-1", to="ann@evil.example")

    assert fine.status_code == 303
    assert wrong.status_code == 422


def test_it_is_sent_as_it_would_leave_now(console: Console, ann: Visitor) -> None:
    case_id = console.opened(ann.creditor)
    changed(ann)
    page = ann.get("/letter/R-1?now=yes").text
    done = ann.post("/letter-send", number="R-1", id="s-1", seen=seen_in(page))
    file = console.application.cases.file(case_id)

    assert done.status_code == 303, words_of(done)
    assert file
    assert [one.message.kind for one in file.recorded] == [MessageType.SEND_NOW]
    assert case_id in console.told()
    assert "changed by ann" in words_of(ann.get("/letter/R-1"))


def test_what_the_customer_read_stands_behind_each_message(console: Console, ann: Visitor) -> None:
    case = console.opened(ann.creditor)
    sent_letter(console.application.engine, case)
    page = ann.get("/cases/R-1").text
    shown = ann.get("/sent/R-1")

    assert 'href="/sent/R-1#m-' in page
    assert "Dear Globex," in shown.text
    assert "pay@globex.example" in shown.text
    assert ann.get("/sent/R-2").status_code == 404
