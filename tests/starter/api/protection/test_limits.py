"""How much one caller may ask: of each key a minute, and of each address that guesses."""

from adapters.ledger.core.engine import Engine
from adapters.ledger.core.secret_marks import secret_hash
from adapters.ledger.gateway import keys
from domain.parties.keys import KeyRole
from starter.api.rate_limit import TokenBuckets
from tests.starter.api.factories import Desk, Outside, opened_gateway


class Clock:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time by it."""
        return self.now


def test_a_bucket_holds_a_minutes_worth_and_fills_again() -> None:
    clock = Clock()
    bucket = TokenBuckets(60, clock)

    assert [bucket.take("a") for _ in range(61)] == [0] * 60 + [1]
    assert bucket.take("b") == 0
    clock.now += 1.5
    assert [bucket.take("a"), bucket.take("a")] == [0, 1]
    clock.now += 3600
    assert [bucket.take("a") for _ in range(61)] == [0] * 60 + [1]


def test_a_refused_request_takes_nothing_away() -> None:
    clock = Clock()
    bucket = TokenBuckets(1, clock)

    assert bucket.take("a") == 0
    assert [bucket.take("a") for _ in range(100)] == [60] * 100
    clock.now += 60
    assert bucket.take("a") == 0


def test_however_many_callers_come_the_memory_is_bounded() -> None:
    bucket = TokenBuckets(10, most=100)

    for caller in range(10_000):
        bucket.take(str(caller))

    assert len(bucket) == 100


def test_a_key_that_asks_too_often_is_told_when_to_come_back(engine: Engine, creditor: str) -> None:
    with opened_gateway(engine, per_minute=3) as outside:
        desk = outside.desk(creditor)
        answers = [desk.get("/v1/cases") for _ in range(4)]
        other = desk.get("/v1/cases", "billing")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["type"] == "urn:amicable:problem:too-many-requests"
    assert 1 <= int(answers[3].headers["retry-after"]) <= 20
    assert other.status_code == 200


def test_who_guesses_is_stopped_and_who_was_right_before_is_not(
    engine: Engine, creditor: str
) -> None:
    with opened_gateway(engine, strict=True) as outside:
        desk = outside.desk(creditor)
        known = desk.get("/v1/cases", "reader")
        guesses = [_guess(outside) for _ in range(12)]
        unseen = desk.get("/v1/cases", "billing")
        still = desk.get("/v1/cases", "reader")

    assert known.status_code == still.status_code == 200
    assert guesses[:10] == [401] * 10
    assert guesses[11] == unseen.status_code == 429


def test_a_revoked_key_opens_nothing_from_that_moment_on(
    outside: Outside, engine: Engine, creditor: str
) -> None:
    made, secret = keys.make_key(engine, creditor, KeyRole.READER, "the shop")
    desk = Desk(outside.client, creditor, {"reader": secret})

    before = desk.get("/v1/cases").status_code
    revoked = keys.revoke_key(engine, made.id)
    after = desk.get("/v1/cases").status_code

    assert (before, after) == (200, 401)
    assert revoked == keys.revoke_key(engine, made.id) == keys.list_keys(engine, creditor)[0]
    assert keys.revoke_key(engine, "nobody") is None


def test_the_ledger_knows_no_key_that_anybody_could_use(engine: Engine, creditor: str) -> None:
    _, secret = keys.make_key(engine, creditor, KeyRole.READER)

    with engine.connect() as connection:
        query = "SELECT * FROM api_key WHERE creditor = %s"
        kept = str(connection.exec_driver_sql(query, (creditor,)).mappings().all())

    assert secret.startswith("amk_")
    assert len(secret) == 4 + 43
    assert secret not in kept
    assert secret[4:20] not in kept
    assert secret_hash(secret) in kept


def _guess(outside: Outside) -> int:
    headers = {"Authorization": "Bearer amk_guess"}
    return outside.client.get("/v1/cases", headers=headers).status_code
