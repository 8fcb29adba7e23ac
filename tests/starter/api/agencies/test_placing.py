"""What agencies would take, and the choice of one, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.ledger.core.engine import Engine
from tests.domain.agencies.test_tariff import NORDWIND
from tests.starter.api.factories import Desk, opened_gateway


@pytest.fixture
def placing(
    engine: Engine, creditor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A gateway whose installation knows two agencies."""
    monkeypatch.setenv("AMICABLE_AGENCIES_DIR", str(tmp_path))
    (tmp_path / "nordwind.toml").write_text(NORDWIND.replace('"DE", "AT"', ""))
    (tmp_path / "other.toml").write_text('name = "Other"\ncreditors = ["somebody"]\n')
    with opened_gateway(engine) as outside:
        yield outside.desk(creditor)


def test_quotes_are_shown_and_one_is_chosen_once(placing: Desk) -> None:
    placing.open(contact={"country": "DE"})
    shown = placing.get("/v1/cases/R-1/agency-quotes").json()["quotes"]
    assert [(one["agency"], one["cost"], one["net"]) for one in shown] == [
        ("nordwind", "30.00", "89.00")
    ]

    choice = {"id": "H-1", "agency": "nordwind", "by": "ann"}
    forbidden = placing.post("/v1/cases/R-1/placements", choice, "billing")
    chosen = placing.post("/v1/cases/R-1/placements", choice, "collector")
    unknown = placing.post("/v1/cases/R-1/placements", {"agency": "other"}, "collector")

    assert (forbidden.status_code, chosen.status_code, unknown.status_code) == (403, 200, 422)
    said = placing.get("/v1/cases/R-1").json()["said"]
    assert [(one["id"], one["what"], one["by"]) for one in said] == [
        ("H-1", "handoff_approved", "ann")
    ]
