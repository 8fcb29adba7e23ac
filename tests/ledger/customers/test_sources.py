"""What is said about a customer, in the ledger: who is believed, what is kept beside, what ends."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers.contact_points import add_point, remove_point
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.customers.sources import contradictions_of, tell_debtor
from adapters.ledger.erasure import erasure
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import find_task
from domain.parties.people import Debtor, Point
from domain.parties.sources import ContactSource, Teller
from tests.ledger import factories

IMPORT, BILLING, PERSON = (
    Teller(source=source, at=factories.NOON, by=source.value) for source in ContactSource
)


def told(email: str) -> Debtor:
    return Debtor(id="C-1", email=email)


def test_a_contradiction_is_kept_until_somebody_who_is_believed_settles_it(
    engine: Engine, creditor: str
) -> None:
    tell_debtor(engine, creditor, told("right@x.example"), PERSON)
    tell_debtor(engine, creditor, told("first@x.example"), IMPORT)
    tell_debtor(engine, creditor, told("second@x.example"), BILLING)
    (kept,) = contradictions_of(engine, creditor, "C-1")
    assert (kept.field, kept.given, kept.given_by) == (
        "email",
        "second@x.example",
        "billing",
    )
    tell_debtor(engine, creditor, told("right@x.example"), BILLING)
    assert len(contradictions_of(engine, creditor, "C-1")) == 1  # saying the same settles nothing
    tell_debtor(engine, creditor, told("right@x.example"), PERSON)
    assert contradictions_of(engine, creditor, "C-1") == ()


def test_an_erased_customer_leaves_no_word_of_what_was_said(engine: Engine, creditor: str) -> None:
    tell_debtor(engine, creditor, told("right@x.example"), PERSON)
    tell_debtor(engine, creditor, told("other@x.example"), IMPORT)
    erasure.erase_customer(engine, creditor, "C-1", by="ann", why="asked")
    mine = (account.c.creditor == creditor) & (account.c.customer == "C-1")
    with engine.connect() as connection:
        assert connection.execute(select(account.c.told_by).where(mine)).scalar_one() == {}
    believed = tell_debtor(engine, creditor, told("again@x.example"), BILLING)
    assert believed.debtor.email == ""
    known = get_debtor(engine, creditor, "C-1")
    assert known
    assert known.email == ""


def test_further_ways_that_are_told_are_added_and_none_is_lost(
    engine: Engine, creditor: str
) -> None:
    tell_debtor(engine, creditor, told("a@x.example"), IMPORT)
    add_point(engine, creditor, "C-1", Point(kind="email", point="b@x.example", person="Ann"))
    more = (Point(kind="email", point="b@x.example"), Point(kind="email", point="c@x.example"))
    tell_debtor(engine, creditor, Debtor(id="C-1", others=more), IMPORT)
    known = get_debtor(engine, creditor, "C-1")
    assert known
    assert {(one.point, one.person) for one in known.others} == {
        ("b@x.example", "Ann"),
        ("c@x.example", ""),
    }


def test_the_question_how_to_reach_somebody_ends_with_a_way(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    from activities.cases.opening import open_case  # noqa: PLC0415 - what asks it

    open_case(ledger, factories.invoice(creditor), factories.NOON)
    key = f"unreachable/{creditor}/C-1"
    asked = find_task(engine, key)
    assert asked
    assert asked.status == "open"
    tell_debtor(engine, creditor, Debtor(id="C-1", name="Birch"), PERSON)
    still = find_task(engine, key)
    assert still
    assert still.status == "open"
    tell_debtor(engine, creditor, told("a@x.example"), BILLING)
    ended = find_task(engine, key)
    assert ended
    assert (ended.status, ended.done_by) == ("done", "amicable")


def test_many_who_say_something_at_once_lose_no_persons_word(engine: Engine, creditor: str) -> None:
    """Whoever comes first: the person's word holds in the end."""
    said = [(told(f"{at}@x.example"), IMPORT if at % 2 else BILLING) for at in range(12)]
    said.insert(6, (told("person@x.example"), PERSON))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: tell_debtor(engine, creditor, *one), said))
    known = get_debtor(engine, creditor, "C-1")
    assert known
    assert known.email == "person@x.example"


def ways(engine: Engine, creditor: str) -> list[str]:
    known = get_debtor(engine, creditor, "C-1")
    return [one.point for one in known.others] if known else []


def test_a_way_that_a_person_took_off_is_not_put_back_by_a_list(
    engine: Engine, creditor: str
) -> None:
    """It is shown as a contradiction, until a person adds it again."""
    two = Debtor(id="C-1", email="a@x.example", others=(Point(kind="email", point="b@x.example"),))
    tell_debtor(engine, creditor, two, IMPORT)
    assert remove_point(engine, creditor, "C-1", "b@x.example")
    for teller in (IMPORT, BILLING):
        (again,) = tell_debtor(engine, creditor, two, teller).contradictions
        assert (again.field, again.given) == ("others", "b@x.example")
        assert ways(engine, creditor) == []
    assert contradictions_of(engine, creditor, "C-1")[0].given == "b@x.example"

    add_point(engine, creditor, "C-1", Point(kind="email", point="b@x.example"))
    assert ways(engine, creditor) == ["b@x.example"]
    assert tell_debtor(engine, creditor, two, IMPORT).contradictions == ()
    assert contradictions_of(engine, creditor, "C-1") == ()
