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

import httpx
import pytest
from amicable_client import (
    Amicable,
    AsyncAmicable,
    ConflictError,
    InvalidError,
    NewCase,
    NewPayment,
    NotFoundError,
    ProblemError,
    Promise,
    RefusedError,
    Retries,
    Stage,
    UnauthorizedError,
    UnreachableError,
    every,
    every_async,
)
from pydantic import ValidationError

from clients.python import generate
from tests.starter.api.factories import Desk, Outside, day

ROOT = Path(generate.__file__).parents[2]
SHOP = ROOT / "clients" / "python" / "examples" / "shop"
NOW = Retries(attempts=4, first=0, longest=0)
"""No test waits."""


def bill(number: str = "R-1", **changes: object) -> NewCase:
    """An invoice of 119.00 EUR that is due in ten days."""
    given = {"customer": "C-1", "issued": day(0), "due": day(10), "amount": Decimal("119.00")}
    return NewCase.model_validate({"number": number, "currency": "EUR", **given, **changes})


@pytest.fixture
def url(outside: Outside) -> str:
    return str(outside.client.base_url)


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


class Rough(httpx.BaseTransport):
    """A line on which answers are lost and gateways are busy, in this order."""

    def __init__(self, *troubles: str) -> None:
        self._behind, self._troubles = httpx.HTTPTransport(), list(troubles)
        self.keys: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let it through, unless something is to go wrong."""
        self.keys.append(request.headers.get("idempotency-key", ""))
        trouble = self._troubles.pop(0) if self._troubles else ""
        if trouble == "refused":
            raise httpx.ConnectError("nobody is there", request=request)
        if trouble.isdecimal():
            return httpx.Response(int(trouble), headers={"Retry-After": "7"})
        answer = self._behind.handle_request(request)
        if trouble == "lost":
            answer.read()
            answer.close()
            raise httpx.ReadTimeout("the answer was lost", request=request)
        return answer

    def close(self) -> None:
        """Hang up."""
        self._behind.close()


def test_a_lost_answer_is_asked_for_again_and_counts_once(url: str, desk: Desk) -> None:
    waited, rough = list[float](), Rough("lost", "503", "refused")
    with Amicable(
        url, desk.keys["billing"], retries=NOW, http=rough, sleep=waited.append
    ) as amicable:
        amicable.open_case(bill())
        rough = Rough()
        amicable.post_payment(NewPayment(amount=Decimal(19), currency="EUR", invoices=["R-1"]))
        assert amicable.show_case("R-1").open == "100.00"
    assert waited == [0, 7, 0], "as long as the gateway asks for"


def test_the_same_key_is_used_in_every_try_and_another_for_another_command(
    url: str, desk: Desk
) -> None:
    rough = Rough("lost", "lost")
    with Amicable(
        url, desk.keys["billing"], retries=NOW, http=rough, sleep=lambda _: None
    ) as amicable:
        amicable.open_case(bill())
        amicable.open_case(bill("R-2"))
        amicable.show_case("R-2")
    first, second, third, other, looking = rough.keys
    assert first == second == third != other
    assert looking == ""


@pytest.mark.parametrize(
    ("trouble", "error"), [("503", ProblemError), ("refused", UnreachableError)]
)
def test_it_gives_up_after_its_tries(trouble: str, error: type[Exception], desk: Desk) -> None:
    rough = Rough(*[trouble] * 9)
    with (
        Amicable(
            "http://127.0.0.1:9",
            desk.keys["billing"],
            retries=NOW,
            http=rough,
            sleep=lambda _: None,
        ) as amicable,
        pytest.raises(error),
    ):
        amicable.open_case(bill())
    assert len(rough.keys) == NOW.attempts


def test_a_no_is_not_asked_again(url: str, desk: Desk) -> None:
    rough = Rough()
    with (
        Amicable(url, desk.keys["billing"], http=rough) as amicable,
        pytest.raises(NotFoundError),
    ):
        amicable.show_case("R-9")
    assert len(rough.keys) == 1


def test_waits_double_and_stay_within_their_bounds() -> None:
    waits = list(Retries(attempts=9, first=0.5, longest=20).waits())
    tops = [0.5, 1, 2, 4, 8, 16, 20, 20]
    assert len(waits) == len(tops)
    assert all(top / 2 <= wait <= top for wait, top in zip(waits, tops, strict=True))


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
