"""Lists by date, the inbox, and the switch that stops everything."""

import pytest
from sqlalchemy import text

from activities.ports.types import Task
from activities.services.console.standing import STANDING_PAGE
from adapters.ledger.core.engine import Engine
from adapters.ledger.tasks.desk import put_task
from adapters.runtime.machine import machine_clock
from domain.message_types import Stage
from domain.parties.tasks import TaskKind
from domain.suggestion import Act, Suggestion
from tests.starter.console.factories import Console, Visitor, in_days, words_of

STAGED = (
    "UPDATE case_file SET stage = :stage, next_at = now() + :days * interval '1 day' "
    "WHERE case_id = :case"
)


def stand(engine: Engine, case: str, stage: str, days: int) -> None:
    """Put a case where its workflow's decision would put it: here no workflow runs."""
    with engine.begin() as link:
        link.execute(text(STAGED), {"case": case, "stage": stage, "days": days})


def test_what_is_promised_is_listed_by_its_day_with_its_plan_b(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    for number, days in (("R-late", 9), ("R-soon", 3)):
        case = console.opened(ann.creditor, number)
        ann.post("/acts/promise", number=number, date=in_days(days))
        stand(engine, case, "promised", days)
    page = words_of(ann.get("/agreements"))

    assert page.index("R-soon") < page.index("R-late")
    assert "if not kept, we write and call the same day" in page
    assert "R-soon" not in words_of(ann.get("/agreements?of=paused"))
    assert ann.get("/agreements?of=nonsense").status_code == 200


def test_a_list_goes_on_where_the_page_before_ended(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    cases = [console.opened(ann.creditor, f"D-{number}") for number in range(STANDING_PAGE + 3)]
    for number, case in enumerate(cases):
        stand(engine, case, "disputed", number)
    standing = console.services.standing
    first, then = standing.page(ann.creditor, Stage.DISPUTED)
    second, last = standing.page(ann.creditor, Stage.DISPUTED, then)
    seen = [one.file.invoice.case_id for one in (*first, *second)]

    assert seen == cases
    assert last == ""


def test_credit_that_is_held_is_listed_with_its_reason(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ann.post("/customer/credit", customer="C-1", after="held", why="three months late")

    assert "three months late" in words_of(ann.get("/agreements?of=credit"))
    assert "credit held" in words_of(ann.get("/customers/C-1"))


def _limit(ann: Visitor, amount: str) -> None:
    ann.post("/customer/limit", customer="C-1", currency="eur", amount=amount, why="bank reference")


def test_a_limit_is_set_with_its_reason_and_shown_beside_what_is_open(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    _limit(ann, "50")
    seen = words_of(ann.get("/customers/C-1"))
    assert "more than the limit of 50.00 EUR" in seen
    assert "bank reference" in seen

    _limit(ann, "")
    assert "no limit is set" in words_of(ann.get("/customers/C-1"))


def test_an_answer_lies_in_the_inbox_beside_what_may_be_done_until_it_is_done(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    case, key = console.opened(ann.creditor), f"mail-{ann.creditor}"
    row = {"key": key, "creditor": ann.creditor, "case": case, "said": "I have <b>paid</b>"}
    query = (
        "INSERT INTO reply (key, channel, creditor, customer, case_id, sort, sender, said, at) "
        "VALUES (:key, 'email', :creditor, 'C-1', :case, 'reply', 'x@y.example', :said, now())"
    )
    with engine.begin() as link:
        link.execute(text(query), row)
    paid = Suggestion(act=Act.CALL_RESULT, case=case, fields={"reason": "paid_claim"})
    task = Task(
        key=f"reply/{key}", kind=TaskKind.REPLY, case=case, title="an answer", suggestions=(paid,)
    )
    put_task(engine, task)
    page = ann.get("/inbox")
    address = page.text.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
    form = ann.get(address.partition("#")[0]).text
    ann.post("/task/done", key=f"reply/{key}", note="looked up")

    assert "I have &lt;b&gt;paid" in page.text
    assert '<details id="outcome" data-row open>' in form
    assert '<option value="paid_claim" selected>' in form
    assert "I have" not in ann.get("/inbox").text
    assert "I have" in ann.get("/inbox?of=all").text


def test_one_press_stops_everything_and_every_page_says_so(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ann.post("/operation/hold")
    told = [words_of(ann.get(page)) for page in ("/", "/cases/R-1", "/operation", "/search")]
    ann.post("/operation/release")

    assert all("Nothing goes out: ann stopped it" in page for page in told)
    assert "Nothing goes out" not in words_of(ann.get("/"))
    assert not [one for one in console.application.holds.list() if one.scope == ann.creditor]


def test_a_hold_of_one_creditor_is_no_other_creditors_affair(
    console: Console, ann: Visitor
) -> None:
    other = console.visitor(f"{ann.creditor}-other")
    ann.post("/operation/hold")
    other.post("/operation/release")

    assert "Nothing goes out" in words_of(ann.get("/"))
    assert "Nothing goes out" not in words_of(other.get("/"))
    ann.post("/operation/release")


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("supervisor", 403)])
def test_only_an_admin_invites_people_and_takes_access_away(
    console: Console, creditor: str, role: str, status: int
) -> None:
    visitor = console.visitor(creditor, role)
    answer = visitor.post("/operation/invite", name="bob", role="collector")
    removed = visitor.post("/operation/remove", name="ann")

    assert answer.status_code == status
    assert ("/enter/" in answer.text) is (status == 200)
    assert removed.status_code in (403, 422), "nobody locks themselves out"


def test_a_colleague_who_is_away_gives_open_tasks_to_others(console: Console, ann: Visitor) -> None:
    ann.post("/operation/team", name="bob", role="collector", what="add")
    case = console.opened(ann.creditor)
    key = f"question/{case}/1/x"
    task = Task(key=key, kind=TaskKind.QUESTION, case=case, title="?", due_at=machine_clock())
    put_task(console.application.engine, task)
    ann.post("/task/take", key=key)
    mine = words_of(ann.get("/tasks?owner=ann"))
    done = ann.post("/operation/team", name="bob", what="away")

    assert "Take it" not in mine.split("?")[-1]
    assert done.status_code == 303
    assert "bob away" in words_of(ann.get("/operation"))


def test_a_task_names_its_customer_and_leads_where_it_can_be_done(
    console: Console, ann: Visitor
) -> None:
    case = console.opened(ann.creditor)
    engine = console.application.engine
    put_task(engine, Task(key=f"call/{case}/1", kind=TaskKind.CALL, case=case, title="call"))
    key = f"credit/{ann.creditor}/C-1/1"
    put_task(engine, Task(key=key, kind=TaskKind.CREDIT, case="", title="cash only"))
    page = ann.get("/tasks").text

    assert "Canary &amp; Sons" in page
    assert 'href="/customers/C-1">cash only' in page
    assert 'href="/tasks/' not in page
