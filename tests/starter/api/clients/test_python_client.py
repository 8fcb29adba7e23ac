"""The client for Python against the real gateway: typed, once however often, nothing of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from amicable_client import (
    Amicable,
    AsyncAmicable,
    ConflictError,
    InvalidError,
    NewPayment,
    NotFoundError,
    Promise,
    RefusedError,
    Stage,
    UnauthorizedError,
    every,
    every_async,
)
from pydantic import ValidationError

from clients.python import generate
from tests.starter.api.clients.billing import NOW, bill
from tests.starter.api.factories import Desk, day

ROOT = Path(generate.__file__).parents[2]
SHOP = ROOT / "clients" / "python" / "examples" / "shop"


@pytest.fixture
def amicable(url: str, desk: Desk) -> Iterator[Amicable]:
    with Amicable(url, desk.keys["billing"], retries=NOW) as made:
        yield made


def test_cases_money_and_what_is_open(amicable: Amicable) -> None:
    opened = amicable.open_case(bill())
    posted = amicable.post_payment(
        NewPayment(id="B-1", amount=Decimal("19.00"), currency="EUR", invoices=["R-1"])
    )
    sheet = amicable.show_case("R-1")

    assert opened.case.endswith("/R-1")
    assert posted.parts == {opened.case: "19.00"}
    assert Decimal(sheet.open) == Decimal("100.00")


def test_a_role_that_may_not_is_told_so(url: str, desk: Desk, amicable: Amicable) -> None:
    amicable.open_case(bill())
    with Amicable(url, desk.keys["reader"], retries=NOW) as reader:
        assert reader.show_case("R-1").customer
        with pytest.raises(UnauthorizedError):
            reader.open_case(bill("R-2"))


def test_each_problem_has_its_error(amicable: Amicable, url: str, desk: Desk) -> None:
    amicable.open_case(bill())
    with pytest.raises(NotFoundError):
        amicable.show_case("R-9")
    with pytest.raises(ConflictError):
        amicable.open_case(bill(amount=Decimal("120.00")))
    with pytest.raises(InvalidError) as wrong:
        amicable.open_case(bill("R-3", currency="XXQ"))
    assert wrong.value.field == "currency"
    with (
        Amicable(url, desk.keys["collector"], retries=NOW) as collector,
        pytest.raises(RefusedError) as refused,
    ):
        collector.promise("R-1", Promise(date=date(2020, 1, 1)))
    assert refused.value.status == 422, refused.value
    assert "2020-01-01" in refused.value.detail


def test_a_float_is_no_amount_and_a_mistyped_name_is_told_before_anything_is_sent() -> None:
    with pytest.raises(ValidationError, match="Decimal"):
        bill(amount=119.0)
    with pytest.raises(ValidationError, match="amuont"):
        bill(amuont="1")
    assert json.loads(bill(amount=Decimal("1E+2")).model_dump_json())["amount"] == "100"


def test_lists_go_on_to_their_end(amicable: Amicable) -> None:
    for number in range(5):
        amicable.open_case(bill(f"R-{number}", due=day(10 + number)))
    listed = [case.number for case in every(amicable.list_cases, limit=2, open_only=True)]

    assert listed == [f"R-{number}" for number in range(5)]
    assert not list(every(amicable.list_cases, stage=Stage.WITH_AGENCY))


async def test_the_same_with_an_event_loop(url: str, desk: Desk) -> None:
    async with AsyncAmicable(url, desk.keys["billing"], retries=NOW) as amicable:
        await amicable.open_case(bill())
        await amicable.open_case(bill("R-2", due=day(11)))
        numbers = [c.number async for c in every_async(amicable.list_cases, limit=1)]
        with pytest.raises(NotFoundError):
            await amicable.show_case("R-9")
    assert numbers == ["R-1", "R-2"]


def run_beside(folder: Path, program: str, url: str, key: str) -> str:
    """Run a program with the client alone on its path, and nothing of this project."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join((str(ROOT / "clients/python/src"), str(SHOP))),
            "AMICABLE_URL": url,
            "AMICABLE_KEY": key,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SHOPPING = """
from datetime import date, timedelta
from decimal import Decimal
import sys
import domain
from billing import report
from domain import Bill, Receipt
today = date.today()
bills = [Bill("S-1", "C-1", today, today + timedelta(10), Decimal("119.00"))]
receipts = [Receipt("B-1", "C-1", Decimal("19.00"), "S-1")]
report(bills, receipts)
report(bills, receipts)
assert "shop" in domain.__file__, domain.__file__
ours = {"temporalio", "sqlalchemy", "adapters", "activities", "starter"}
assert not ours & set(sys.modules), ours & set(sys.modules)
"""


def test_forty_lines_bill_beside_a_domain_of_their_own(
    url: str, desk: Desk, tmp_path: Path
) -> None:
    lines = (SHOP / "billing.py").read_text().splitlines()
    said = run_beside(tmp_path, SHOPPING, url, desk.keys["billing"]).splitlines()

    assert len(lines) <= 40
    assert said[0].startswith("B-1 {'invoice/")
    assert said[1] == said[3] == "S-1 100.00 EUR credit: ok"


def test_what_is_written_by_the_program_is_what_the_description_says(
    formatted: Callable[[str], str],
) -> None:
    description = json.loads((ROOT / "docs" / "openapi.json").read_text())
    for name, text in generate.written(description).items():
        kept = (generate.FOLDER / name).read_text()
        assert kept == formatted(text), f"run clients/python/generate.py docs/openapi.json ({name})"


def test_every_operation_that_takes_json_is_a_method() -> None:
    description = json.loads((ROOT / "docs" / "openapi.json").read_text())
    names = {generate.snake(one["operationId"]) for _, _, one in generate.operations(description)}
    assert names <= set(dir(Amicable))
    assert names <= set(dir(AsyncAmicable))
    assert {"open_case", "post_payment", "promise", "finish_task"} <= names
