"""Policies drawn, looked at before they are applied, applied, and rehearsed side by side."""

import re
from typing import Any

from domain.policy.policy_file import shipped_policies, shipped_policy_text
from starter.charts.ladder import ladder_svg, rungs
from tests.starter.console.factories import Console, Visitor, in_days, words_of

LATER = shipped_policy_text("any_hour").replace('on = "due+30"', 'on = "due+45"')
NO_CALLS = shipped_policy_text("any_hour").replace('do = "call_task"', 'do = "notify_sales"')


def a_file(field: str, text: str) -> dict[str, Any]:
    return {field: ("ours.toml", text.encode(), "application/toml")}


def test_a_ladder_stands_in_the_order_of_its_days_with_its_plan_b_last() -> None:
    found = rungs(shipped_policies("standard"))
    days = [one.day for one in found]
    picture = ladder_svg(shipped_policies("standard"))

    assert days == sorted(days)
    assert (found[0].name, found[0].day) == ("confirm-receipt", -27)
    assert (found[-1].name, found[-1].day) == ("Plan B", 30 + 10 + 1)
    assert all(one.name in picture for one in found)
    assert " style=" not in picture


def test_the_policy_of_new_invoices_is_drawn_and_others_can_be_seen(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    pages = [ann.get(path) for path in ("/policies", "/policies/any_hour")]
    version = console.application.policies.versions(ann.creditor)[0].sha256
    stranger = console.visitor(f"{ann.creditor}-x")

    assert all("<title>The ladder of " in page.text for page in pages)
    assert "1 running of 1" in words_of(pages[0])
    assert ann.get(f"/policies/{version}").status_code == 200
    assert stranger.get(f"/policies/{version}").status_code == 404, "another creditor's"
    assert ann.get("/policies/never-heard-of").status_code == 404


def test_a_look_shows_each_date_that_moves_and_changes_nothing(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    console.opened(f"{ann.creditor}-x", "X-9")
    before = console.application.policies.versions(ann.creditor)
    page = ann.post("/policies/look", own="yes", files=a_file("policy-file", LATER))
    words = words_of(page)

    assert page.status_code == 200
    assert "would follow it 1 with other dates or sums 1" in words
    assert "Plan B earlier, later 0, 1" in words
    assert "R-1" in words
    assert "final" in words
    assert "X-9" not in words
    assert "An admin applies it." in words
    assert console.application.policies.versions(ann.creditor) == before


def test_an_admin_applies_what_was_seen_and_nobody_else_does(
    console: Console, creditor: str
) -> None:
    case_id = console.opened(creditor)
    supervisor, admin = console.visitor(creditor), console.visitor(creditor, "admin", "eve")
    fields: dict[str, Any] = {"own": "yes", "policy-text": LATER}
    refused = supervisor.post("/policies/apply", **fields)
    done = admin.post("/policies/apply", **fields)
    file = console.application.cases.file(case_id)

    assert refused.status_code == 403
    assert done.status_code == 303
    assert file
    assert str(file.policy.steps[-1].on) == "due+45"
    assert done.headers["location"] == f"/policies/{admin_version(console, creditor)}"
    assert admin.get("/policies").text.count("new invoices follow it") == 1
    assert case_id in console.told()


def test_a_file_with_mistakes_is_refused_by_its_lines(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    wrong = LATER.replace('tone = "friendly"', 'tone = "<b>rude</b>"', 1)
    answers = [
        ann.post("/policies/look", files=a_file("policy-file", wrong)),
        ann.post("/policies/look", files={"policy-file": ("x.toml", b"\xff\xfe", "text/plain")}),
        ann.post("/policies/look"),
    ]

    assert {one.status_code for one in answers} == {422}
    assert "your file:" in words_of(answers[0])
    assert "<b>rude" not in answers[0].text
    assert "not UTF-8" in words_of(answers[1])


def test_two_policies_are_rehearsed_side_by_side_over_own_invoices(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    console.opened(f"{ann.creditor}-x", "X-9")
    ann.post("/acts/promise", number="R-1", date=in_days(3))
    before = console.application.cases.messages(case_id)
    page = ann.post("/policies/rehearse", first="any_hour", files=a_file("second-file", NO_CALLS))
    words = words_of(page)

    assert page.status_code == 200
    assert "1 invoice " in words
    assert "calls 1 0" in words
    assert "Treated otherwise: 1 customer" in words
    assert "Canary & Sons" in page.text.replace("&amp;", "&")
    assert "X-9" not in words
    assert console.application.cases.messages(case_id) == before
    assert (
        console.visitor(ann.creditor, "collector", "bob")
        .post("/policies/rehearse", first="any_hour", second="standard")
        .status_code
        == 403
    )


def admin_version(console: Console, creditor: str) -> str:
    """The version that new invoices follow."""
    versions = console.application.policies.versions(creditor)
    return next(one.sha256 for one in versions if creditor in one.chosen)


def test_the_ladder_is_drawn_in_the_readers_language(console: Console, ann: Visitor) -> None:
    page = ann.get("/policies/standard", headers={"accept-language": "de"}).text
    picture = page.partition("<svg")[2].partition("</svg>")[0]

    assert "Erinnerung" in picture or "Mahnung" in picture
    assert "5 Tage danach" in picture
    assert "nur " in picture
    assert not {"remind", "hand off", "days after", "friendly"} & set(words_in(picture))
    assert 'lang="en"' not in page.partition("<svg")[0][-200:]


def words_in(picture: str) -> list[str]:
    """What is written in a picture, piece by piece."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
    return [piece.strip() for text in texts for piece in re.split("[·:]", text)]
