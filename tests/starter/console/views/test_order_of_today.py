"""The order of Today while acts, decisions and the order's own rounds come at once."""

from dataclasses import replace

from adapters.ledger.stores.console.worklist import SqlWorklistStore
from domain.parties.people import Debtor
from tests.starter.console.factories import Console, Visitor, in_days, words_of


def test_what_was_just_recorded_holds_until_the_worker_has_heard_it(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor, "L-1", debtor=known("Large"), minor=900_000)
    console.opened(ann.creditor, "S-1", debtor=known("Small"), minor=6000)
    ann.post("/acts/promise", number="L-1", date=in_days(4))
    console.services.worklist.refresh(ann.creditor)

    page = words_of(ann.get("/"))
    assert "Small" in page
    assert "Large" not in page


def test_a_round_that_began_before_an_act_does_not_undo_what_the_act_did_to_the_list(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor, "L-1", debtor=known("Large"), minor=900_000)
    store = SqlWorklistStore(console.application.engine)
    before = store.points(ann.creditor)
    ann.post("/acts/promise", number="L-1", date=in_days(4))
    stale = {"C-Large": replace(before["C-Large"], days=20)}
    lost = store.keep(ann.creditor, before, stale)

    assert lost == ("C-Large",)
    assert "Large" not in words_of(ann.get("/"))
    assert store.keep(ann.creditor, {}, stale) == ("C-Large",)
    assert store.keep(ann.creditor, store.points(ann.creditor), stale) == ()


def test_the_customers_page_says_how_invoices_stand_before_a_worker_has_heard_of_it(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor, "L-1", debtor=known("Large"), minor=900_000)
    console.opened(ann.creditor, "L-2", debtor=known("Large"), minor=6000)
    before = words_of(ann.get("/customers/C-Large"))
    ann.post("/acts/promise", number="L-1", date=in_days(4))
    after = words_of(ann.get("/customers/C-Large"))

    assert "€9,000.00 reminding" in before
    assert "€9,000.00 promised agreement in writing" in after
    assert "€60.00 reminding" in after


def test_today_tells_no_next_step_that_what_was_said_since_may_have_changed(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor, "L-1", debtor=known("Large"), minor=900_000)
    before = words_of(ann.get("/"))
    ann.post("/acts/dispute", number="L-1", reason="price", amount="100.00")
    after = words_of(ann.get("/"))

    assert "next: polite reminder" in before
    assert "Large" in after
    assert "polite reminder" not in after


def known(name: str) -> Debtor:
    return Debtor(id=f"C-{name}", name=name, email="pay@canary.example", zone="UTC")
