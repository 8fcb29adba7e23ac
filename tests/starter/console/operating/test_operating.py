"""What leaves before it leaves, what fails, programs with their keys, the creditor's own data."""

from typing import Any

from sqlalchemy import text

from activities.ports.types import Task
from adapters.ledger.core.engine import Engine
from adapters.ledger.tasks.desk import put_task
from domain.parties.tasks import TaskKind
from domain.policy.policy_file import shipped_policy_text
from tests.starter.console.factories import Console, Visitor, words_of


def test_what_leaves_is_shown_by_customer_and_in_total_before_it_leaves(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    console.opened(ann.creditor, "R-2", minor=10_000)
    console.opened(f"{ann.creditor}-x", "X-9", minor=77_700)
    words = words_of(ann.get("/operation/leaving"))

    assert "In total: 2" in words
    assert "about €219.00" in words
    assert "Canary & Sons 2 €219.00" in words.replace("&amp;", "&")
    assert "777" not in words
    assert "In total: 0" in words_of(console.visitor(f"{ann.creditor}-y").get("/operation/leaving"))


def test_what_fails_is_seen_by_its_own_people(
    console: Console, ann: Visitor, engine: Engine
) -> None:
    case_id = console.opened(ann.creditor)
    stranger = console.visitor(f"{ann.creditor}-x")
    with engine.begin() as link:
        link.execute(
            text("INSERT INTO stuck_case (case_id, attempts, failure) VALUES (:id, 5, 'TimedOut')"),
            {"id": case_id},
        )
    try:
        mine, theirs = (words_of(one.get("/operation")) for one in (ann, stranger))
    finally:
        with engine.begin() as link:
            link.execute(text("DELETE FROM stuck_case WHERE case_id = :id"), {"id": case_id})

    assert "stuck R-1" in mine
    assert "TimedOut, 5 times" in mine
    assert "R-1" not in theirs


def test_what_fails_for_all_creditors_waits_for_those_who_run_it(
    console: Console, creditor: str, engine: Engine
) -> None:
    key, title = f"breaker/{creditor}/20260302T080000", f"provider {creditor} fails again and again"
    put_task(engine, Task(key=key, kind=TaskKind.QUESTION, case="", title=title))
    chief, collector = console.visitor(creditor), console.visitor(creditor, "collector", "bob")
    auditor = console.visitor(creditor, "auditor", "ada")
    today, shown = words_of(chief.get("/")), words_of(chief.get("/operation"))
    hidden = [words_of(one.get("/operation")) for one in (collector, auditor)]
    refused = [one.post("/operation/done", key=key) for one in (collector, auditor)]
    done = [chief.post("/operation/done", key=key, note="they are up again") for _ in range(2)]

    assert "about the installation" in today
    assert title in shown
    assert all(title not in one for one in hidden)
    assert [one.status_code for one in refused] == [403, 403]
    assert [one.status_code for one in done] == [303, 404]
    assert title not in words_of(chief.get("/operation"))


def test_a_key_is_shown_once_and_revoked_by_its_own_creditor_alone(
    console: Console, creditor: str
) -> None:
    admin, other = console.visitor(creditor, "admin"), console.visitor(f"{creditor}-x", "admin")
    made = admin.post("/operation/programs/key", role="reader", label="<b>shop</b>")
    keys = console.application.keys
    key = keys.list(creditor)[0]
    supervisor = console.visitor(creditor, "supervisor", "bob")

    assert made.text.count("<code>") == 1
    assert "<b>shop" not in made.text
    assert "Keep it now" in words_of(made) or "keep it now" in words_of(made)
    assert other.post("/operation/programs/key/revoke", id=key.id).status_code == 404
    assert supervisor.post("/operation/programs/key/revoke", id=key.id).status_code == 403
    assert supervisor.post("/operation/programs/key", role="reader").status_code == 403
    assert keys.list(creditor)[0].revoked_at is None
    assert admin.post("/operation/programs/key/revoke", id=key.id).status_code == 303
    assert keys.list(creditor)[0].revoked_at
    assert "opens nothing" in words_of(admin.get("/operation/programs"))


def test_a_webhook_to_an_address_within_is_refused_in_words(
    console: Console, creditor: str
) -> None:
    admin = console.visitor(creditor, "admin")
    hook: dict[str, Any] = {"name": "billing", "url": "http://127.0.0.1/x"}
    refused = admin.post("/operation/programs/webhook", **hook)

    assert refused.status_code == 422
    assert console.application.webhooks.list(creditor) == ()


def test_a_letter_is_seen_with_the_creditors_data_before_they_are_kept(
    console: Console, creditor: str
) -> None:
    admin = console.visitor(creditor, "admin")
    filled: dict[str, Any] = {"name": "Acme <i>Ltd</i>", "email": "billing@acme.example"}
    looked = admin.post("/operation/sender/look", letter="formal-firm", **filled)
    wrong = admin.post("/operation/sender", **(filled | {"iban": "DE00 1234"}))
    refused = console.visitor(creditor, "supervisor", "bob").post("/operation/sender", **filled)
    before = console.application.creditors.is_known(creditor)
    kept = admin.post("/operation/sender", **filled)

    assert "Acme &lt;i&gt;Ltd&lt;/i&gt;" in looked.text
    assert "To a made-up customer" in words_of(looked)
    assert (wrong.status_code, refused.status_code, kept.status_code) == (422, 403, 303)
    assert "iban" in words_of(wrong)
    assert not before
    assert console.application.creditors.show(creditor).name == "Acme <i>Ltd</i>"


def test_points_follow_the_policy_of_new_invoices(console: Console, creditor: str) -> None:
    admin = console.visitor(creditor, "admin")
    console.opened(creditor)
    fields: dict[str, Any] = {
        "policy-text": f"{shipped_policy_text('any_hour')}\n[today]\neach_doubling = 1\n"
    }
    plain = words_of(admin.get("/"))
    admin.post("/policies/apply", **fields)
    console.services.worklist.refresh(creditor)

    assert "8 money" in plain
    assert "2 money" in words_of(admin.get("/"))
    assert "1 for each doubling of the overdue money from 50 on" in words_of(admin.get("/help"))
