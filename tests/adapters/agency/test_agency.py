"""The agency gets the whole file (P71), once per delivery, signed, and never in the clear."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks import Webhook
from werkzeug import Request, Response

from activities.ports.types import Sent
from adapters.agency.agency import AgencyFolder, AgencyWebhook
from adapters.agency.dossier import dossier_json
from domain.charges.statement import CostLine, Statement
from domain.money import Money
from tests.adapters.agency.dossiers import DOSSIER, SECRET
from tests.adapters.letters.samples import DEBTOR


def test_the_file_has_the_amounts_dates_and_everything_tried_and_agreed() -> None:
    data = dossier_json(DOSSIER)["data"]

    assert data["amounts"] == {
        "currency": "EUR",
        "invoice": "1190.00",
        "paid": "190.00",
        "credited": "0.00",
        "written_off": "0.00",
        "open": "1000.00",
        "disputed": "100.00",
        "undisputed": "900.00",
        "to_pay": "900.00",
    }
    assert data["invoice"]["due"] == "2026-02-03"
    (promise,) = data["promises"]
    assert (promise["amount"], promise["pay_by"]) == ("500.00", "2026-01-29")
    assert promise["kept"] is False
    assert data["disputes"][0]["reason"] == "damaged"
    first = data["deeds"][0]
    assert (first["do"], first["channel"], first["result"], first["deadline"], first["open"]) == (
        "demand_letter",
        "email",
        "accepted",
        "2026-02-03",
        "1190.00",
    )
    assert data["history"][0]["kind"] == "payment"
    assert json.loads(json.dumps(data)) == data


def test_the_file_says_what_is_owed_beside_the_principal_and_why() -> None:
    """P24: each cost with its ground, and what is still to pay of them all."""
    eur = DOSSIER.case.invoice.amount.currency
    fee = CostLine(name="fee", amount=Money(500, eur), ground="by the payment terms")
    stated = Statement(
        day=date(2026, 3, 2),
        principal=Money(90000, eur),
        lines=(fee,),
        costs_paid=Money(100, eur),
        waived=Money(150, eur),
    )
    data = dossier_json(replace(DOSSIER, statement=replace(stated, deferred=True)))["data"]
    told = data["costs"]

    line = {"name": "fee", "amount": "5.00", "ground": fee.ground, "provisional": False}
    sums = {"paid": "1.00", "let_go": "1.50", "to_pay": "2.50"}
    assert told == {"lines": [line], "interest_left_out": [], **sums, "deferred": True}
    assert data["amounts"]["to_pay"] == stated.total.plain == "902.50"
    assert dossier_json(DOSSIER)["data"]["costs"]["to_pay"] == "0.00"


def test_a_promise_that_another_one_took_the_place_of_was_neither_kept_nor_broken() -> None:
    (first,) = DOSSIER.case.promises
    later = replace(first, key="p2", made_at=first.made_at + timedelta(days=1))
    case = replace(DOSSIER.case, promises=(first, later))
    told = dossier_json(replace(DOSSIER, case=case))["data"]["promises"]

    assert [(one["state"], one["kept"]) for one in told] == [
        ("replaced", None),
        ("in_part", False),
    ]


def test_the_sample_in_the_docs_is_what_the_agency_gets() -> None:
    page = (Path(__file__).parents[3] / "docs" / "agency.md").read_text()
    sample = page.partition("```json\n")[2].partition("```")[0]

    assert json.loads(sample) == dossier_json(DOSSIER)


def test_the_folder_gets_one_file_per_delivery_and_a_page_for_people(tmp_path: Path) -> None:
    agency = AgencyFolder(tmp_path)
    update = replace(DOSSIER, id="news/1", kind="case.updated")

    receipts = [agency.deliver(dossier) for dossier in (DOSSIER, update, DOSSIER)]
    agency.deliver(replace(update, id="news/2"))

    assert {receipt.sent for receipt in receipts} == {Sent.ACCEPTED}
    (case,) = tmp_path.iterdir()
    assert sorted(path.name for path in case.glob("*.json")) == [
        "case.handed_off-1.json",
        "case.updated-1.json",
        "case.updated-2.json",
    ]
    filed = json.loads((case / "case.handed_off-1.json").read_text())
    assert filed == dossier_json(DOSSIER)


def test_the_page_for_people_names_what_is_owed_and_what_was_tried(tmp_path: Path) -> None:
    AgencyFolder(tmp_path).deliver(DOSSIER)

    (page,) = tmp_path.glob("*/summary.txt")
    text = page.read_text()
    for words in ("Open: EUR 1000.00", "demand_letter by email, accepted", "in_part", "damaged"):
        assert words in text


def test_a_name_cannot_forge_a_line_of_the_page(tmp_path: Path) -> None:
    foul = replace(DEBTOR, name="Globex\n  Open: EUR 0.00")

    AgencyFolder(tmp_path).deliver(replace(DOSSIER, debtor=foul))

    (page,) = tmp_path.glob("*/summary.txt")
    assert "\n  Open: EUR 0.00" not in page.read_text()


def test_a_folder_that_cannot_be_written_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "agency").write_text("a file in the way")

    receipt = AgencyFolder(tmp_path / "agency").deliver(DOSSIER)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)


@pytest.fixture
def got(httpserver: HTTPServer) -> list[Request]:
    got: list[Request] = []

    def handler(request: Request) -> Response:
        got.append(request)
        return Response("", 204)

    httpserver.expect_request("/in", method="POST").respond_with_handler(handler)
    return got


def test_the_webhook_is_signed_and_keeps_its_id_on_every_retry(
    httpserver: HTTPServer, got: list[Request]
) -> None:
    agency = AgencyWebhook(httpserver.url_for("/in"), SECRET)

    receipts = [agency.deliver(DOSSIER), agency.deliver(DOSSIER)]

    assert [receipt.sent for receipt in receipts] == [Sent.ACCEPTED, Sent.ACCEPTED]
    assert {request.headers["webhook-id"] for request in got} == {DOSSIER.id}
    for request in got:
        assert Webhook(SECRET).verify(request.data, dict(request.headers)) == dossier_json(DOSSIER)


def test_an_id_in_any_script_makes_a_valid_signature(
    httpserver: HTTPServer, got: list[Request]
) -> None:
    foreign = replace(DOSSIER, id="invoice/acme/Ü-7é")

    receipt = AgencyWebhook(httpserver.url_for("/in"), SECRET).deliver(foreign)

    assert receipt.sent is Sent.ACCEPTED
    assert Webhook(SECRET).verify(got[0].data, dict(got[0].headers))["id"] == foreign.id


@pytest.mark.parametrize(
    ("status", "sent", "down"),
    [
        (301, Sent.NOT_SENT, True),
        (400, Sent.REJECTED, False),
        (401, Sent.NOT_SENT, True),
        (403, Sent.NOT_SENT, True),
        (404, Sent.NOT_SENT, True),
        (408, Sent.UNKNOWN, False),
        (410, Sent.NOT_SENT, True),
        (422, Sent.REJECTED, False),
        (429, Sent.NOT_SENT, False),
        (500, Sent.UNKNOWN, False),
        (503, Sent.UNKNOWN, False),
    ],
)
def test_every_answer_of_the_agency_has_its_meaning(
    status: int, sent: Sent, down: bool, httpserver: HTTPServer
) -> None:
    headers = {"Location": httpserver.url_for("/elsewhere"), "Retry-After": "120"}
    httpserver.expect_oneshot_request("/in").respond_with_data("", status, headers)

    receipt = AgencyWebhook(httpserver.url_for("/in"), SECRET).deliver(DOSSIER)

    assert (receipt.sent, receipt.channel_down) == (sent, down)
    if status == 429:
        assert receipt.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize("url", ["http://agency.example/in", "ftp://x", "", "agency.example"])
def test_a_file_full_of_personal_data_never_travels_in_the_clear(url: str) -> None:
    with pytest.raises(ValueError, match=r"agency\.url"):
        AgencyWebhook(url, SECRET)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_%%%é"])
def test_a_secret_that_cannot_sign_is_refused_without_showing_it(secret: str) -> None:
    with pytest.raises(ValueError, match=r"agency\.secret") as refusal:
        AgencyWebhook("https://agency.example/in", secret)

    assert "%%%" not in str(refusal.value)
