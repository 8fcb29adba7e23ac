"""Bank statements over HTTP: money settles invoices, wakes their cases, and counts once."""

from base64 import b64encode

import pytest

from tests.starter.api.factories import Desk, Outside

PATH = "/v1/bank/statements"
STATEMENT = """:20:S
:25:10020030/1234567
:28C:1/1
:60F:C260301EUR100,00
:61:2603020302CR119,00NTRFNONREF
:86:/EREF/E-1/NAME/Globex AG/REMI/USTD//HT-2026-1/
:62F:C260302EUR219,00
-"""


def body(text: str = STATEMENT) -> dict[str, str]:
    return {"name": "bank.sta", "content": b64encode(text.encode()).decode()}


@pytest.fixture
def desk(outside: Outside) -> Desk:
    return outside.desk("statements")


def test_a_statement_settles_what_it_names_once(outside: Outside, desk: Desk) -> None:
    desk.open("HT-2026-1")
    outside.told()
    first = desk.post(PATH, body()).json()
    outside.told()
    assert (first["entries"], first["known"], first["asked"]) == (1, 0, 0)
    assert desk.get("/v1/cases/HT-2026-1").json()["open"] == "0.00"
    assert "invoice/statements/HT-2026-1" in outside.temporal.woken
    again = desk.post(PATH, body()).json()
    assert (again["entries"], again["known"]) == (1, 1)


def test_what_cannot_be_read_or_does_not_add_up_is_refused(desk: Desk) -> None:
    wrong = desk.post(PATH, body("no statement"))
    assert (wrong.status_code, "bank.sta" in wrong.json()["detail"]) == (422, True)
    other = STATEMENT.replace("219,00", "300,00").replace("1234567", "7654321")
    assert desk.post(PATH, body(other)).status_code == 422
    assert desk.post(PATH, body() | {"content": "no base64!"}).status_code == 422
