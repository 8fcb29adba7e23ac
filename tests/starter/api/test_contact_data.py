"""How a customer is reached, as a billing system tells it with each invoice."""

import pytest

from adapters.ledger.core.engine import Engine
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.customers.sources import tell_debtor
from adapters.ledger.tasks.desk import finish_task
from adapters.runtime.machine import machine_clock
from domain.parties.people import Debtor
from domain.parties.sources import ContactSource, Teller
from tests.starter.api.factories import Desk, day


def email_of(engine: Engine, desk: Desk) -> str:
    known = get_debtor(engine, desk.creditor, "C-1")
    return known.email if known else "?"


def corrected(engine: Engine, desk: Desk, email: str) -> None:
    """A collector puts the address right."""
    teller = Teller(source=ContactSource.PERSON, at=machine_clock(), by="ann")
    tell_debtor(engine, desk.creditor, Debtor(id="C-1", email=email), teller)


def test_a_new_address_for_a_known_invoice_is_taken_in(engine: Engine, desk: Desk) -> None:
    desk.open(contact={"email": "old@x.example"})
    again = desk.open(contact={"email": "new@x.example"})

    assert (again.status_code, again.json()["new"]) == (200, False)
    assert "contradictions" not in again.json()
    assert email_of(engine, desk) == "new@x.example"


def test_what_a_person_put_right_stands_and_the_answer_says_so(engine: Engine, desk: Desk) -> None:
    """The contradiction is kept with the customer until a person settles it."""
    desk.open(contact={"email": "old@x.example"})
    corrected(engine, desk, "right@x.example")
    told = desk.open(contact={"email": "old@x.example"}).json()

    assert told["contradictions"] == [
        {"field": "email", "kept": "right@x.example", "kept_by": "person", "given": "old@x.example"}
    ]
    assert email_of(engine, desk) == "right@x.example"
    (kept,) = desk.get("/v1/customers/C-1").json()["contradictions"]
    assert (kept["field"], kept["given"], kept["kept_by"]) == ("email", "old@x.example", "person")

    corrected(engine, desk, "final@x.example")
    assert email_of(engine, desk) == "final@x.example"
    assert desk.get("/v1/customers/C-1").json()["contradictions"] == []


def test_an_invoice_that_is_refused_changes_no_address(engine: Engine, desk: Desk) -> None:
    desk.open(contact={"email": "old@x.example"})
    other = desk.open(amount="120.00", contact={"email": "new@x.example"})

    assert other.status_code == 409
    assert email_of(engine, desk) == "old@x.example"


def test_who_cannot_be_written_to_is_told_at_once_and_lies_on_the_desk_once(desk: Desk) -> None:
    """One question for the customer, however many invoices; a way ends it."""
    first, second = desk.open("R-1").json(), desk.open("R-2").json()

    assert first["unreachable"] == "no e-mail address or phone number of C-1 is known"
    assert second["unreachable"] == first["unreachable"]
    (task,) = desk.get("/v1/tasks").json()["items"]
    assert (task["kind"], task["status"]) == ("question", "open")
    assert "no e-mail address or phone number of C-1 is known" in task["title"]

    reached = desk.open("R-1", contact={"email": "pay@x.example"}).json()
    assert "unreachable" not in reached
    assert desk.get("/v1/tasks").json()["items"] == []
    assert "unreachable" not in desk.open("R-3").json()


def test_who_cannot_be_reached_once_more_is_asked_about_anew(engine: Engine, desk: Desk) -> None:
    """Ticked off without an address: the next invoice asks again, with its own number."""
    desk.open("R-1")
    (task,) = desk.get("/v1/tasks").json()["items"]
    assert finish_task(engine, task["key"], "ann", "rang, nobody there")
    desk.open("R-1")
    assert desk.get("/v1/tasks").json()["items"] == []  # the same invoice asks nothing new
    desk.open("R-2")
    (again,) = desk.get("/v1/tasks").json()["items"]
    assert (again["key"], again["status"], again["case"]) == (
        task["key"],
        "open",
        f"invoice/{desk.creditor}/R-2",
    )


@pytest.mark.parametrize(
    ("phone", "country", "kept"),
    [("+44 20 7946 0958", "", "+442079460958"), ("(020) 7946 0958", "GB", "+442079460958")],
)
def test_a_number_is_taken_as_people_write_it(
    engine: Engine, desk: Desk, phone: str, country: str, kept: str
) -> None:
    desk.open(contact={"phone": phone, "country": country})
    known = get_debtor(engine, desk.creditor, "C-1")
    assert known
    assert known.phone == kept


def test_a_number_that_is_none_opens_nothing(desk: Desk) -> None:
    wrong = desk.open(contact={"phone": "(020) 7946 0958"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "contact.phone")
    assert "or name the country" in wrong.json()["detail"]
    assert desk.get("/v1/cases/R-1").status_code == 404


def test_a_case_goes_on_after_what_was_said_elsewhere(desk: Desk) -> None:
    """Opened late, reminded twice before: the first word here is the formal demand."""
    last = {"last_step": "second", "last_step_on": day(-10)}
    contact = {"email": "pay@x.example"}
    opened = desk.open("R-1", issued=day(-60), due=day(-30), contact=contact, **last)

    assert opened.status_code == 201
    (done,) = desk.get("/v1/cases/R-1").json()["done"]
    assert (done["step"], done["why"]) == ("second", "said elsewhere, before the invoice came here")
    ahead = desk.get("/v1/cases/R-1/preview").json()["items"]
    assert not {"polite", "second"} & {one["step"] for one in ahead}


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"last_step": "polit", "last_step_on": day(-1)}, 422, "did you mean polite?"),
        ({"last_step": "polite"}, 422, "last_step_on"),
        ({"last_step_on": day(-1)}, 422, "last_step"),
        ({"last_step": "polite", "last_step_on": day(2)}, 422, "in the future"),
        ({"last_step": "polite", "last_step_on": day(-400)}, 422, "before the invoice date"),
    ],
)
def test_a_last_step_that_cannot_be_opens_nothing(
    desk: Desk, fields: dict[str, str], status: int, told: str
) -> None:
    answer = desk.open(**fields)
    assert answer.status_code == status
    assert told in answer.json()["detail"]
    assert desk.get("/v1/cases/R-1").status_code == 404
