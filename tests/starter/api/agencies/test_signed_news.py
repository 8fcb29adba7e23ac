"""Agencies report by signed webhook: only who has the secret, of its own cases, each once (P72)."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from httpx import Client, Response
from pydantic import SecretStr

from adapters.agency.file_links import FileLinks
from adapters.config.settings import Settings
from adapters.config.settings_groups import ApiSettings, RepliesSettings
from adapters.config.tokens import Tokens
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from domain.evidence.model import filed
from starter.api.app import Parts, gateway
from starter.api.hooks.hooks import ProviderHooks
from starter.application import Application
from tests.peers.debitura import KEY, Account, debitura
from tests.starter.api.agencies.placed import place
from tests.starter.api.factories import Desk, Outside, Remembering, listening

SECRET = "whsec_" + base64.b64encode(b"the agency and we know this one").decode()
OTHER = "whsec_" + base64.b64encode(b"somebody else knows this one").decode()
THEIRS = base64.b64encode(b"a secret of Debitura").decode()


def signed(body: bytes, secret: str = SECRET, at: int = 0) -> dict[str, str]:
    """Headers of Standard Webhooks, made by another library than the one that checks them."""
    stamp = str(at or int(time.time()))
    made = HMAC(base64.b64decode(secret.removeprefix("whsec_")), SHA256())
    made.update(f"msg-1.{stamp}.".encode() + body)
    mark = base64.b64encode(made.finalize()).decode()
    return {"webhook-id": "msg-1", "webhook-timestamp": stamp, "webhook-signature": f"v1,{mark}"}


@dataclass
class World:
    """A gateway with its open addresses, and a creditor whose R-1 Nordwind has."""

    desk: Desk
    folder: Path
    application: Application

    def tell(self, told: Any, agency: str = "nordwind", **how: Any) -> Response:
        """What an agency posts."""
        body = json.dumps(told).encode()
        sent = how.pop("sent", body)
        path = f"/hooks/agency/{self.desk.creditor}/{agency}"
        return self.desk.client.post(path, content=sent, headers=signed(body, **how))

    @property
    def sheet(self) -> dict[str, Any]:
        """Where the case stands at the agency."""
        found: dict[str, Any] = self.desk.get("/v1/cases/R-1").json()["agency"]
        return found


@pytest.fixture
def world(
    engine: Engine, creditor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    monkeypatch.setenv("AMICABLE_AGENCIES_DIR", str(tmp_path))
    for name, secret in (("nordwind", SECRET), ("other", OTHER)):
        (tmp_path / name).write_text(secret)
        reached = f'by = "webhook"\nurl = "https://a.example"\nsecret_file = "{tmp_path / name}"'
        (tmp_path / f"{name}.toml").write_text(f'name = "{name}"\n[reached]\n{reached}\n')
    replies = RepliesSettings(secret=SecretStr("a secret of more than 24 characters"))
    settings = Settings(api=ApiSettings(public_url="https://a.example"), replies=replies)
    application = Application(settings, engine)
    routers = ProviderHooks(application).routers
    app = gateway(Parts(application=application, connect=Remembering().connect, routers=routers))
    with listening(app) as address, Client(base_url=address, timeout=100) as client:
        desk = Outside(app, client, engine, Remembering()).desk(creditor)
        desk.open()
        desk.open("R-2")
        place(engine, f"invoice/{creditor}/R-1", "nordwind")
        yield World(desk, tmp_path, application)


NEWS = {"type": "case.news", "data": {"case": "R-1", "id": "N-1", "state": "working"}}
MONEY = {
    "type": "case.money",
    "data": {"case": "R-1", "id": "S-1", "collected": "100.00", "fee": "20.00"},
}


def test_signed_news_and_money_count_once(world: World) -> None:
    statuses = [world.tell(told).status_code for told in (NEWS, NEWS, MONEY, MONEY)]

    assert statuses == [204, 204, 204, 204]
    assert (world.sheet["state"], world.sheet["collected"], world.sheet["owed"]) == (
        "working",
        "100.00",
        "80.00",
    )
    assert world.desk.get("/v1/cases/R-1").json()["open"] == "19.00"


@pytest.mark.parametrize(
    "forged",
    [
        lambda world: world.tell(NEWS, secret=OTHER),
        lambda world: world.tell(NEWS, at=int(time.time()) - 400),
        lambda world: world.tell(NEWS, sent=json.dumps(MONEY).encode()),
        lambda world: world.tell(NEWS, agency="nobody"),
        lambda world: world.tell(NEWS, agency="agency"),
        lambda world: world.tell(NEWS, agency="other"),
    ],
    ids=["secret", "old", "body", "unknown agency", "no secret", "another agency"],
)
def test_a_forged_report_changes_nothing(world: World, forged: Callable[[World], Response]) -> None:
    assert forged(world).status_code == 403
    assert world.sheet["state"] is None


def test_an_agency_reports_of_its_own_cases_only(world: World) -> None:
    of_nobody = {"type": "case.news", "data": NEWS["data"] | {"case": "R-2"}}  # type: ignore[operator]
    assert world.tell(NEWS, agency="other", secret=OTHER).status_code == 404
    assert world.tell(of_nobody).status_code == 404
    other = f"invoice/{world.desk.creditor}-x/R-1"
    elsewhere = {"type": "case.news", "data": NEWS["data"] | {"case": other}}  # type: ignore[operator]
    assert world.tell(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([], 400),
        ({"type": "case.news", "data": []}, 422),
        ({"type": "case.closed", "data": {"case": "R-1"}}, 422),
        ({"type": "case.news", "data": {"case": "R-1", "state": "working"}}, 422),
        ({"type": "case.news", "data": {"case": "R-1", "id": "N-1", "state": "gone"}}, 422),
        ({"type": "case.money", "data": {"case": "R-1", "id": "S", "collected": 100}}, 422),
        ({"type": "case.money", "data": {"case": "R-1", "id": "S", "at": "noon"}}, 422),
    ],
)
def test_what_cannot_be_right_says_so(world: World, told: Any, status: int) -> None:
    assert world.tell(told).status_code == status


def test_a_link_gives_its_file_to_be_saved(world: World) -> None:
    case = f"invoice/{world.desk.creditor}/R-1"
    kept = world.application.desk.file_evidence(case, filed("a.pdf", b"%PDF-1.4 a"))
    tokens = Tokens(world.application.settings.replies.secrets)
    link = FileLinks("", tokens).link(case, kept.sha256, machine_clock())

    given = world.desk.client.get(link)
    assert (given.status_code, given.content) == (200, b"%PDF-1.4 a")
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["content-type"] == "application/octet-stream"
    assert world.desk.client.get(link + "x").status_code == 404


def paused_there(world: World, engine: Engine, account: Account) -> None:
    """Debitura has R-1, waits, and was paid 19.00."""
    case = f"invoice/{world.desk.creditor}/R-1"
    place(engine, case, "deb", step="plan-b-approved-2")
    account.cases["c1"] = {
        "id": "c1",
        "creditorReference": case,
        "currency": "EUR",
        "lifecycle": "Paused",
        "dateUpdated": "2026-03-02T09:00:00Z",
        "preLegalSuccessFee": 10,
    }
    account.payments["c1"] = [{"id": "p1", "grossAmount": 19, "currency": "EUR"}]


def signed_there(body: bytes) -> dict[str, str]:
    """Headers as Debitura signs."""
    stamp = int(time.time())
    made = HMAC(base64.b64decode(THEIRS), SHA256())
    made.update(f"{stamp}.".encode() + body)
    return {"X-Debitura-Signature": f"t={stamp},v1={made.finalize().hex()}"}


@pytest.mark.parametrize("name", ["creditorReference", "caseId"])
def test_debituras_webhook_asks_about_the_case_that_it_names_alone(
    world: World, engine: Engine, name: str
) -> None:
    with debitura() as (address, account):
        described(world, address)
        case = f"invoice/{world.desk.creditor}/R-2"
        paused_there(world, engine, account)
        place(engine, case, "deb", step="plan-b-approved-2", ref="c2")
        data = {"creditorReference": case, "caseId": "c2"}
        body = json.dumps({"event": "case.updated", "data": {name: data[name]}}).encode()
        path = f"/hooks/agency/{world.desk.creditor}/deb"
        answer = world.desk.client.post(path, content=body, headers=signed_there(body))

    assert answer.status_code == 204
    assert account.asked == [case]


def described(world: World, address: str) -> None:
    """Debitura is described as an agency of the creditor."""
    (world.folder / "key").write_text(KEY)
    (world.folder / "theirs").write_text(THEIRS)
    reached = f'url = "{address}"\nkey_file = "{world.folder / "key"}"'
    text = f'by = "debitura"\n{reached}\nsecret_file = "{world.folder / "theirs"}"'
    (world.folder / "deb.toml").write_text(f'name = "Debitura"\n[reached]\n{text}\n')


def test_debituras_webhook_is_a_reason_to_ask_and_what_it_says_is_not_believed(
    world: World, engine: Engine
) -> None:
    with debitura() as (address, account):
        described(world, address)
        paused_there(world, engine, account)
        body = b'{"event":"case.closed"}'
        headers = signed_there(body)
        path = f"/hooks/agency/{world.desk.creditor}/deb"

        answers = [world.desk.client.post(path, content=body, headers=headers) for _ in range(2)]
        forged = world.desk.client.post(path, content=body + b" ", headers=headers)

    assert [answer.status_code for answer in answers] == [204, 204]
    assert forged.status_code == 403
    assert (world.sheet["state"], world.sheet["collected"], world.sheet["fee"]) == (
        "paused",
        "19.00",
        "1.90",
    )
