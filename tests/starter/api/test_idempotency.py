"""The same key and body are answered the same; everything else with that key is refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import text

from activities.ports.stores.gateway import KeptAnswer
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.ledger.erasure import erasure
from adapters.ledger.gateway import idempotency
from tests.starter.api.factories import Desk, Outside, day, invoice


def said(desk: Desk) -> list[str]:
    return [one["id"] for one in desk.get("/v1/cases/R-1").json()["said"]]


def aged(engine: Engine, desk: Desk, key: str, interval: str) -> None:
    """Time passes for a key."""
    with engine.begin() as connection:
        query = "UPDATE idempotency SET recorded_at = recorded_at - cast(:i AS interval)"
        where = " WHERE creditor = :c AND key = :k"
        connection.execute(text(query + where), {"i": interval, "c": desk.creditor, "k": key})


@contextmanager
def breaking(engine: Engine, case: str) -> Iterator[None]:
    """The ledger fails in a way nobody foresaw whenever that case is told something."""
    with engine.begin() as connection:
        connection.execute(
            text(f"""
            CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF NEW.case_id = '{case}' THEN RAISE EXCEPTION 'Globex owes 119'; END IF;
              RETURN NEW; END $$;
            CREATE TRIGGER broken BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION broken()
        """)
        )
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TRIGGER broken ON message; DROP FUNCTION broken()"))


def test_a_repeat_is_answered_the_same_and_changes_nothing(desk: Desk) -> None:
    first = desk.post("/v1/cases", invoice(), key="K-1")
    again = desk.post("/v1/cases", dict(reversed(invoice().items())), key="K-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


def test_another_body_or_address_with_the_same_key_is_refused(desk: Desk) -> None:
    desk.open()
    desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")

    body = desk.post("/v1/cases/R-1/pauses", {"id": "P-2"}, "collector", key="K-1")
    address = desk.post("/v1/cases/R-1/resumptions", {"id": "P-1"}, "collector", key="K-1")

    for refused in (body, address):
        assert refused.status_code == 422
        assert refused.json()["type"] == "urn:amicable:problem:key-reused"
    assert said(desk) == ["P-1"]


def test_two_creditors_may_use_the_same_key(outside: Outside, desk: Desk) -> None:
    other = outside.desk(f"{desk.creditor}-other")

    assert desk.post("/v1/cases", invoice(), key="K-1").status_code == 201
    assert other.post("/v1/cases", invoice(), key="K-1").json()["case"].endswith("-other/R-1")


def test_many_at_once_are_one(desk: Desk) -> None:
    desk.open()

    def credit(_: int) -> int:
        note = {"amount": "9.00"}
        while True:  # on a busy machine the account is, too: a caller comes again, as it is told
            answer = desk.post("/v1/cases/R-1/credit-notes", note, key="K-1")
            if answer.status_code != 503:
                return answer.status_code
            assert "retry-after" in answer.headers

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(credit, range(24)))

    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    assert said(desk) == ["K-1"]
    assert desk.get("/v1/cases/R-1").json()["open"] == "110.00"


def test_while_the_first_is_at_work_a_second_waits_its_turn(engine: Engine, desk: Desk) -> None:
    """A process that died at work keeps the key for two minutes, and not for ever."""
    desk.open()
    desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")
    with engine.begin() as connection:
        unanswered = "UPDATE idempotency SET status = 0, body = '' WHERE creditor = :c"
        connection.execute(text(unanswered), {"c": desk.creditor})

    early = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")
    aged(engine, desk, "K-1", "119 seconds")
    still = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")
    aged(engine, desk, "K-1", "2 seconds")
    other = desk.post("/v1/cases/R-1/pauses", {"id": "P-2"}, "collector", key="K-1")
    after = desk.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")

    assert (early.status_code, still.status_code) == (409, 409)
    assert early.json()["type"] == "urn:amicable:problem:in-progress"
    assert early.headers["retry-after"] == "1"
    assert (other.status_code, after.status_code) == (422, 200)
    assert said(desk) == ["P-1"]


def test_who_was_given_up_may_not_answer_for_who_took_over(engine: Engine, desk: Desk) -> None:
    first = idempotency.claim(engine, desk.creditor, "K-1", "f")
    aged(engine, desk, "K-1", "3 minutes")
    second = idempotency.claim(engine, desk.creditor, "K-1", "f")

    assert (first.found, second.found) == (KeptAnswer.MINE, KeptAnswer.MINE)
    assert not idempotency.answer(engine, first, 200, "late")
    idempotency.let_go(engine, first)
    assert idempotency.answer(engine, second, 200, "in time")
    assert idempotency.claim(engine, desk.creditor, "K-1", "f").body == "in time"


def test_what_did_nothing_lets_the_key_go_and_what_was_judged_keeps_it(
    engine: Engine, desk: Desk
) -> None:
    desk.open()
    path = "/v1/cases/R-1/credit-notes"

    for wrong in ({"amount": 9}, {"amount": "9.00", "colour": "red"}, {}, {"amount": "9.999"}):
        assert desk.post(path, wrong, key="K-1").status_code == 422
    with SqlLedger(engine).account(desk.creditor, "C-1"):
        assert desk.post(path, {"amount": "8.00"}, key="K-1").status_code == 503
    assert desk.post("/v1/cases/R-9/credit-notes", {"amount": "9.00"}, key="K-1").status_code == 404
    fine = desk.post(path, {"amount": "9.00"}, key="K-1")
    past = ("/v1/cases/R-1/promises", {"date": day(-9)}, "collector")
    refused = [desk.post(*past, key="K-2") for _ in range(2)]

    assert fine.status_code == 200
    assert [one.status_code for one in refused] == [422, 422]
    assert refused[0].content == refused[1].content
    assert refused[1].headers["idempotent-replayed"] == "true"
    assert refused[1].headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_answered_the_same_again_and_tells_nothing(
    engine: Engine, desk: Desk
) -> None:
    desk.open()
    body = {"id": "P-1", "note": "private"}
    with breaking(engine, f"invoice/{desk.creditor}/R-1"):
        failed = desk.post("/v1/cases/R-1/pauses", body, "collector", key="K-1")
    again = desk.post("/v1/cases/R-1/pauses", body, "collector", key="K-1")
    anew = desk.post("/v1/cases/R-1/pauses", body, "collector", key="K-2")

    assert (failed.status_code, again.status_code, anew.status_code) == (500, 500, 200)
    assert again.content == failed.content
    assert failed.json()["type"] == "urn:amicable:problem:internal"
    assert not [word for word in ("Globex", "private", "message", "psycopg") if word in failed.text]


def test_a_key_that_is_none_is_refused_before_anything_happens(desk: Desk) -> None:
    for wrong in ("two words", "ünlü".encode("latin-1").decode("latin-1"), "x" * 256):
        refused = desk.ask(
            "POST",
            "/v1/cases",
            json=invoice(),
            headers={b"Idempotency-Key": wrong.encode("latin-1")},
        )
        assert (refused.status_code, refused.json()["field"]) == (422, "Idempotency-Key")
    assert desk.get("/v1/cases").json()["items"] == []


def test_answers_are_kept_for_thirty_days_and_then_forgotten(engine: Engine, desk: Desk) -> None:
    desk.post("/v1/cases", invoice(), key="K-1")
    desk.post("/v1/cases", invoice("R-2"), key="K-2")
    aged(engine, desk, "K-1", "29 days 23 hours")
    aged(engine, desk, "K-2", "30 days 1 hour")

    gone = idempotency.prune(engine)
    kept = desk.post("/v1/cases", invoice(), key="K-1")
    anew = desk.post("/v1/cases", invoice("R-2"), key="K-2")

    assert gone == 1
    assert (kept.status_code, anew.status_code) == (201, 200)


def test_who_is_erased_is_erased_from_the_answers_too(engine: Engine, desk: Desk) -> None:
    """The message's id still knows its repeat: nothing is done twice for it (G2)."""
    opened = invoice('2026/"7"', contact={"name": "Globex"})
    other = invoice("R-2", customer="C-2", contact={"name": "Initech"})
    for number, body in (("K-1", opened), ("K-2", other)):
        desk.post("/v1/cases", body, key=number)
    path = "/v1/cases/2026%2F%227%22/withdrawals"
    desk.post(path, {}, key="K-3")

    erasure.erase_customer(engine, desk.creditor, "C-1", by="ann", why="Art. 17")
    kept = str(_answers(engine, desk))
    again = desk.post(path, {}, key="K-3")

    assert "Globex" not in kept
    assert "Initech" in kept
    assert (again.status_code, "idempotent-replayed" in again.headers) == (200, False)
    assert [one["id"] for one in desk.get(path.rpartition("/")[0]).json()["said"]] == ["K-3"]


def _answers(engine: Engine, desk: Desk) -> list[str]:
    with engine.connect() as connection:
        query = text("SELECT body FROM idempotency WHERE creditor = :c")
        return list(connection.execute(query, {"c": desk.creditor}).scalars())
