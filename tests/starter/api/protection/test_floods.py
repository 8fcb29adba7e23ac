"""However much one caller sends, everybody else is served; guesses never take the ledger."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from adapters.config.settings import Settings
from adapters.config.settings_groups import ApiSettings
from adapters.ledger.core.engine import Engine, make_engine
from starter.api import auth
from starter.api.app import THREADS, Parts, gateway
from starter.api.rate_limit import CrowdedError, FairShares, TokenBuckets
from starter.application import Application
from tests.starter.api.factories import Desk, Outside, Remembering, listening, opened_gateway

FLOOD = 120


async def _served(shares: FairShares, caller: str, order: list[str]) -> None:
    async with shares.place(caller):
        order.append(caller)
        await asyncio.sleep(0)


async def test_who_waits_is_served_in_turns() -> None:
    shares, order = FairShares(1), list[str]()
    async with shares.place("first"):
        lines = [_served(shares, caller, order) for caller in ("a", "a", "a", "a", "b", "c", "b")]
        waiting = [asyncio.create_task(line) for line in lines]
        await asyncio.sleep(0)
        assert not order
    await asyncio.gather(*waiting)
    assert order == ["a", "b", "c", "a", "b", "a", "a"]


async def test_places_are_given_back_whoever_gives_up() -> None:
    """Waiting, served, or just given a place: no place is ever lost, and none is made."""
    shares, order = FairShares(2), list[str]()
    for moment in range(6):
        tasks = [asyncio.create_task(_served(shares, str(n % 3), order)) for n in range(9)]
        for _ in range(moment):
            await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert shares._free == 2
        assert not shares._lines


async def test_a_line_has_a_bound_of_its_own() -> None:
    shares = FairShares(1, most=2)
    async with shares.place("a"):
        waiting = [asyncio.create_task(_served(shares, "a", [])) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(CrowdedError):
            await _served(shares, "a", [])
        other = asyncio.create_task(_served(shares, "b", []))
    await asyncio.gather(*waiting, other)


@pytest.fixture
def ledger(engine: Engine, postgres_url: str) -> Iterator[Engine]:
    """As many connections as the gateway has in earnest."""
    engine = make_engine(postgres_url, pool_size=THREADS, patience="300ms")
    yield engine
    engine.dispose()


async def _posts(base: str, key: str, number: str, done: list[str], who: str) -> int:
    async with httpx.AsyncClient(base_url=base, timeout=100) as client:
        told = {"id": f"{who}-{len(done)}", "reason": "x"}
        answer = await client.post(
            f"/v1/cases/{number}/pauses", json=told, headers={"Authorization": f"Bearer {key}"}
        )
        done.append(who)
        return answer.status_code


def test_one_keys_flood_does_not_starve_another(ledger: Engine, creditor: str) -> None:
    """One key asks for a busy account so often that all places are taken, and more wait."""
    with opened_gateway(ledger) as outside:
        flooder, quiet = outside.desk(creditor), outside.desk(f"{creditor}-quiet")
        flooder.open(), quiet.open()
        outside.told()
        base = str(outside.client.base_url)
        done: list[str] = []

        async def all_of_it() -> list[int]:
            flood = [
                asyncio.create_task(_posts(base, flooder.keys["collector"], "R-1", done, "flood"))
                for _ in range(FLOOD)
            ]
            await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)  # all others wait
            status = await _posts(base, quiet.keys["collector"], "R-1", done, "quiet")
            return [status, *await asyncio.gather(*flood)]

        with ledger.begin() as link:
            query = "SELECT 1 FROM account WHERE creditor = :c FOR UPDATE"
            link.execute(text(query), {"c": creditor})
            statuses = asyncio.run(all_of_it())

    assert statuses[0] == 200
    assert set(statuses[1:]) == {503}, "all of the flood found the account busy"
    before = done.index("quiet")
    assert before <= FLOOD - 2 * THREADS, f"{before} of {FLOOD} came first"


def test_a_body_that_trickles_holds_no_place(ledger: Engine, creditor: str) -> None:
    with opened_gateway(ledger) as outside:
        desk = outside.desk(creditor)
        desk.open()
        places = outside.app.state.gate.places
        head = (
            "POST /v1/cases/R-1/pauses HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {desk.keys['collector']}\r\nContent-Length: 50\r\n\r\n{{"
        )
        port = outside.client.base_url.port
        assert port

        async def slowly() -> int:
            lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(THREADS)]
            for _, out in lines:
                out.write(head.encode())
                await out.drain()
            answer = await asyncio.to_thread(desk.get, "/v1/cases/R-1")
            for _, out in lines:
                out.close()
            return answer.status_code

        assert asyncio.run(slowly()) == 200
        assert places._free == THREADS


@pytest.fixture
def behind_a_proxy(ledger: Engine) -> Iterator[Outside]:
    """A gateway that believes its proxy who is asking, and does not like wrong keys."""
    settings = Settings(api=ApiSettings(per_minute=100_000), trusted_proxies=("127.0.0.1",))
    temporal = Remembering()
    app = gateway(Parts(application=Application(settings, ledger), connect=temporal.connect))
    with listening(app) as address, httpx.Client(base_url=address, timeout=100) as client:
        yield Outside(app, client, ledger, temporal)


def test_guesses_from_many_addresses_take_few_places_and_are_bounded_for_each(
    behind_a_proxy: Outside, creditor: str
) -> None:
    """240 guesses from 8 addresses at once: ten looks for each, and never many at a time."""
    desk = behind_a_proxy.desk(creditor)
    assert desk.get("/v1/cases").status_code == 200
    gate: auth.Gate = behind_a_proxy.app.state.gate
    gate.failures = TokenBuckets(auth.FAILURES, clock=lambda: 0.0)  # no minute goes by
    looks = _Counting(gate)
    base = str(behind_a_proxy.client.base_url)

    async def guess(client: httpx.AsyncClient, number: int) -> int:
        told = {
            "Authorization": f"Bearer amk_{number}",
            "X-Forwarded-For": f"192.0.2.{number % 8}",
        }
        return (await client.get("/v1/cases", headers=told)).status_code

    async def siege() -> tuple[list[int], int, int]:
        limits = httpx.Limits(max_connections=100)
        async with httpx.AsyncClient(base_url=base, timeout=100, limits=limits) as client:
            guesses = [asyncio.create_task(guess(client, n)) for n in range(240)]
            known = await asyncio.to_thread(desk.get, "/v1/cases")
            fresh = await asyncio.to_thread(_from_elsewhere, desk, "billing")
            return await asyncio.gather(*guesses), known.status_code, fresh

    statuses, known, fresh = asyncio.run(siege())

    assert (known, fresh) == (200, 200)
    assert 80 <= statuses.count(401) <= 8 * (auth.FAILURES + auth._LOOKS - 1)
    assert statuses.count(401) + statuses.count(429) == 240
    assert looks.most <= auth._LOOKS


def _from_elsewhere(desk: Desk, role: str) -> int:
    return desk.ask(
        "GET", "/v1/cases", role, headers={"X-Forwarded-For": "198.51.100.7"}
    ).status_code


class _Counting:
    """Counts how many unknown keys are looked up at the same time."""

    def __init__(self, gate: auth.Gate) -> None:
        self.now = self.most = 0
        places = gate.looks
        take, give = places._take, places._pass_on

        async def counted(caller: str) -> None:
            await take(caller)
            self.now += 1
            self.most = max(self.most, self.now)

        def given() -> None:
            self.now -= 1
            give()

        places._take, places._pass_on = counted, given  # type: ignore[method-assign]
