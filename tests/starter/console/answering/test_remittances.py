"""An answer that lists invoices and sums: shown with its allocation, recorded by one press."""

from sqlalchemy import text

from activities.ports.types import Task
from adapters.ledger.tasks.desk import put_task
from domain.message_types import MessageType
from domain.parties.tasks import TaskKind
from tests.starter.console.factories import Console, Visitor, words_of

SAID = "We paid today:\nR-1001  119.00 EUR\nR-1002  80.00 EUR\nTotal 199.00 EUR"


def answered(console: Console, creditor: str, said: str = SAID) -> str:
    """Two open invoices, and an answer of their customer that waits; answers its key."""
    first = console.opened(creditor, "R-1001")
    console.opened(creditor, "R-1002", minor=8000)
    key = f"mail-{creditor}"
    row = {"key": key, "creditor": creditor, "case": first, "said": said}
    query = (
        "INSERT INTO reply (key, channel, creditor, customer, case_id, sort, sender, said, at) "
        "VALUES (:key, 'email', :creditor, 'C-1', :case, 'reply', 'x@y.example', :said, now())"
    )
    with console.application.engine.begin() as link:
        link.execute(text(query), row)
    put_task(
        console.application.engine,
        Task(key=f"reply/{key}", kind=TaskKind.REPLY, case=first, title="an answer"),
    )
    return key


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_it_is_shown_with_what_is_owed_and_recorded_by_one_press(
    console: Console, ann: Visitor
) -> None:
    key = answered(console, ann.creditor)
    page = ann.get("/inbox")
    cases = [f"invoice/{ann.creditor}/{number}" for number in ("R-1001", "R-1002")]
    done = ann.post("/remittance", key=key, seen=seen_in(page.text), case=cases)
    said = [console.application.cases.messages(case) for case in cases]

    assert "Together €199.00 the advice says so too" in words_of(page)
    assert done.status_code == 303
    assert [[one.message.kind for one in mine] for mine in said] == [[MessageType.CALL_RESULT]] * 2
    assert set(cases) <= set(console.told())
    assert "Recorded as said to be paid" in words_of(ann.get("/inbox?told=claimed"))
    assert "R-1001" not in words_of(ann.get("/inbox"))
    assert "the customer says that it is paid" in words_of(ann.get("/tasks"))


def test_some_of_its_lines_are_chosen(console: Console, ann: Visitor) -> None:
    key = answered(console, ann.creditor)
    seen = seen_in(ann.get("/inbox").text)
    case = f"invoice/{ann.creditor}/R-1002"
    none = ann.post("/remittance", key=key, seen=seen)
    ann.post("/remittance", key=key, seen=seen, case=[case])

    assert none.status_code == 422
    assert not console.application.cases.messages(f"invoice/{ann.creditor}/R-1001")
    assert console.application.cases.messages(case)


def test_another_creditors_answer_is_not_found(console: Console, ann: Visitor) -> None:
    key = answered(console, ann.creditor)
    stranger = console.visitor(f"{ann.creditor}-x")
    answer = stranger.post("/remittance", key=key, seen="x", case=["x"])

    assert answer.status_code == 404
    assert "R-1001" not in stranger.get("/inbox?of=all").text


def test_words_without_a_list_are_no_advice(console: Console, ann: Visitor) -> None:
    answered(console, ann.creditor, "I will pay R-1001 next week")

    assert "please allocate" not in ann.get("/inbox").text


def test_an_answer_that_waits_is_shown_however_many_came_after_it(
    console: Console, ann: Visitor
) -> None:
    answered(console, ann.creditor, "please call me about R-1001")
    later = (
        "INSERT INTO reply (key, channel, creditor, customer, sort, sender, said, at) "
        "SELECT 'later-' || :creditor || n, 'email', :creditor, 'C-1', 'reply', 'x@y.example', "
        "'done with', now() + n * interval '1 second' FROM generate_series(1, 60) n"
    )
    with console.application.engine.begin() as link:
        link.execute(text(later), {"creditor": ann.creditor})
    waiting, newest = ann.get("/inbox"), ann.get("/inbox?of=all")
    more = newest.text.partition('href="/inbox?of=all&amp;after=')[2].partition('"')[0]
    oldest = ann.get(f"/inbox?of=all&after={more}")

    assert "please call me" in waiting.text
    assert "done with" not in waiting.text
    assert newest.text.count("done with") == 50
    assert "please call me" not in newest.text
    assert oldest.text.count("done with") == 10
    assert "please call me" in oldest.text
