"""Views of Today and of the search that a person keeps."""

from typing import Any

from tests.starter.console.factories import Console, Visitor, words_of

VIEW: dict[str, Any] = {"view": "mine", "order": "days"}


def test_a_view_is_kept_for_oneself_replaced_and_forgotten(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ben = console.visitor(ann.creditor, "collector", "ben")
    done = ann.post("/view-keep", label=" my  oldest ", **VIEW)
    page = ann.get("/").text
    ann.post("/view-keep", label="my oldest", view="all", order="money")
    again = ann.get("/").text
    ann.post("/view-forget", label="my oldest")

    assert done.headers["location"] == "/?view=mine&order=days"
    assert '<a class="chip" href="/?view=mine&amp;order=days">my oldest</a>' in page
    assert 'href="/?view=all&amp;order=money">my oldest</a>' in again
    assert "my oldest" not in ben.get("/").text
    assert "my oldest" not in ann.get("/").text


def test_a_search_is_kept_with_its_words(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    done = ann.post("/view-keep", label="birds", sought="Canary & Sons")

    assert "Canary" in ann.get(done.headers["location"]).text
    assert 'href="/search?q=Canary+%26+Sons">birds</a>' in ann.get("/").text


def test_what_is_no_view_is_refused(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    wrong: tuple[dict[str, Any], ...] = (
        {"label": "x", "view": "//evil", "order": "days"},
        {"label": "", **VIEW},
        {"label": "x" * 41, **VIEW},
    )
    answers = [ann.post("/view-keep", **form) for form in wrong]

    assert {one.status_code for one in answers} == {422}
    assert "My views" not in ann.get("/").text
    assert "x" not in words_of(answers[0]).split()


def test_erasing_a_customer_forgets_the_searches_for_it(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ann.post("/acts/withdrawal", number="R-1", reason="twice")
    ann.post("/view-keep", label="birds", sought="canary")
    ann.post("/view-keep", label="other", sought="sparrow")
    console.application.erasure.erase(ann.creditor, "C-1", by="ann", why="asked for")

    assert [one.label for one in console.services.views.list(ann.creditor, "ann")] == ["other"]
