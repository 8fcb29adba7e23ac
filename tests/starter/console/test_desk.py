"""What is looked at before it is done: a plan, and an act on many; and two who act at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from domain.message_types import MessageType
from domain.parties.people import Debtor
from domain.parties.team import Role
from tests.starter.console.factories import Console, Visitor, in_days, words_of

PLAN: dict[str, Any] = {"count": "3", "every": "week", "first": in_days(7)}


def _seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_a_plan_is_calculated_and_recorded_as_it_was_shown(console: Console, ann: Visitor) -> None:
    case_id = console.opened(ann.creditor)
    page = ann.get("/plans/R-1", params=PLAN).text
    done = ann.post("/plan", number="R-1", kind="propose", seen=_seen(page), **PLAN)
    file = console.application.cases.file(case_id)

    assert "€39.68" in page
    assert "Left to pay after the last part" in page
    assert done.status_code == 303
    assert file
    assert [one.message.kind for one in file.recorded] == [MessageType.PLAN_PROPOSED]
    assert [part.minor for part in file.recorded[0].message.parts] == [3966, 3966, 3968]


def test_a_plan_that_is_another_one_now_is_shown_first(console: Console, ann: Visitor) -> None:
    case_id = console.opened(ann.creditor)
    seen = _seen(ann.get("/plans/R-1", params=PLAN).text)
    ann.post("/acts/credit", number="R-1", amount="19.00")
    again = ann.post("/plan", number="R-1", kind="propose", seen=seen, **PLAN)
    file = console.application.cases.file(case_id)

    assert again.status_code == 422
    assert "Something has changed meanwhile" in words_of(again)
    assert "€33.33" in again.text
    assert file
    assert MessageType.PLAN_PROPOSED not in {one.message.kind for one in file.recorded}


def test_what_is_no_plan_says_why(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)

    assert "more than nothing" in ann.get("/plans/R-1", params=PLAN | {"round_to": "0"}).text
    assert "a supervisor decides" in ann.get("/plans/R-1", params=PLAN | {"count": "40"}).text


def test_many_are_paused_after_a_look_each_with_its_own_answer(
    console: Console, ann: Visitor
) -> None:
    one = console.opened(ann.creditor, "R-1")
    two = console.opened(ann.creditor, "R-2", debtor=Debtor(id="C-2", name="Other"))
    ann.post("/acts/withdrawal", number="R-2", reason="twice")
    chosen: dict[str, Any] = {"number": ["R-1", "R-2"], "act": "pause", "reason": "fair"}
    looked = ann.post("/many/look", **chosen)
    before = console.application.cases.file(one)
    done = words_of(ann.post("/many/do", id="b-1", **chosen))
    ann.post("/many/do", id="b-1", **chosen)
    file, over = console.application.cases.file(one), console.application.cases.file(two)

    assert "2 of 2 would go through" in words_of(looked) or "1 of 2" in words_of(looked)
    assert before
    assert not before.recorded, "a look changes nothing"
    assert "R-1 yes" in done
    assert file
    assert over
    assert [one.message.kind for one in file.recorded] == [MessageType.PAUSE], "twice is once"
    assert one in console.told()


def test_customers_are_assigned_classed_noted_and_snoozed_at_once(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    console.application.team.add(ann.creditor, "ben", Role.COLLECTOR)
    for act, value in (("assign", "ben"), ("class", "risky"), ("note", "new list")):
        page = words_of(ann.post("/many/do", customer="C-1", act=act, value=value))
        assert "1 of 1 done" in page, page
    shown = words_of(ann.get("/customers/C-1"))
    wrong = ann.post("/many/look", customer="C-1", act="assign", value="bem")
    snoozed = ann.post("/many/do", customer="C-1", act="snooze", value=in_days(2))

    assert "looked after by ben" in shown
    assert "risky" in shown
    assert "new list" in shown
    assert "write one of ben" in words_of(wrong)
    assert "1 of 1 done" in words_of(snoozed)


def test_nobody_and_too_many_are_refused(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    nobody = ann.post("/many/look", act="note", value="x")
    many = ann.post("/many/look", act="note", value="x", customer=[f"C-{n}" for n in range(501)])

    assert (nobody.status_code, many.status_code) == (422, 422)
    assert "501 lines are more than 500" in words_of(many)


def test_two_who_act_on_one_customer_at_once_lose_nothing_and_the_second_is_told(
    console: Console, ann: Visitor
) -> None:
    """Both saw the case as it was; each promise is kept, and whoever comes second is answered."""
    case_id = console.opened(ann.creditor)
    ben = console.visitor(ann.creditor, name="ben")
    days = {ann: in_days(3), ben: in_days(4)}
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda who: who.post("/acts/promise", number="R-1", date=days[who]), (ann, ben)
            )
        )
    file = console.application.cases.file(case_id)
    refused = [words_of(one) for one in answers if one.status_code != 303]

    assert file
    assert len(file.recorded) == 2, "nothing is lost"
    assert {one.message.by for one in file.recorded} == {"ann", "ben"}
    assert len(refused) <= 1
    assert all("a supervisor must approve" in words for words in refused)
    both = words_of(ann.get("/cases/R-1"))
    assert "by ann" in both
    assert "by ben" in both


def test_what_a_colleague_changed_meanwhile_is_told_to_the_second(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    ben = console.visitor(ann.creditor, name="ben")
    ann.post("/acts/promise", number="R-1", id="slip", date=in_days(3))
    first = ann.post("/acts/undo", number="R-1", ref="slip")
    second = ben.post("/acts/undo", number="R-1", ref="slip")

    assert (first.status_code, second.status_code) == (303, 422)
    assert "nothing that counts was said as" in words_of(second)
