"""`make demo` and `make down`, for real: started, repeated, stopped."""

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra import embedded
from tests import servers
from tests.starter.cli.conftest import Shell


def _shown(shell: Shell) -> Any:
    """What the demo shows in the end: on a busy machine it says that one should look again."""
    shown = shell("demo", "-o", "json")
    while "Some are still at work" in shown.err:
        shown = shell("demo", "-o", "json")
    return shown.json


@pytest.mark.timeout(600)
def test_the_demo_writes_its_first_reminders_and_repeats_harmlessly(session_folder: Path) -> None:
    """Everybody who is late and may be written to has one message; nobody else is reminded."""
    home = session_folder / "demo"
    servers.leave_the_usual_ports(home / "temporal")
    shell = Shell({"AMICABLE_HOME": str(home)}, session_folder)
    try:
        first = _shown(shell)
        again = shell("demo", "-o", "json").json
        key = (home / "keys" / "billing").read_text().strip()
        asked = httpx.get(f"{first['api']}/v1/cases", headers={"Authorization": f"Bearer {key}"})
        assert "What would you like to do?" in httpx.get(first["customer_link"]).text
        examined = shell("doctor", "-o", "json").json
        unclear = shell("bank", "list", "--state", "open", "--creditor", "demo", "-o", "json").json
        listed = shell("invoice", "list", "--all", "--creditor", "demo", "-o", "json").json
    finally:
        shell("down")
    told = {case["number"]: case["happened"] for case in first["cases"]}
    assert len(told) == len(listed) == len(asked.json()["items"]) >= 12
    late = ("D-1004", "D-1005", "D-1006", "D-1010", "D-1011", "D-1023", "D-1024")
    assert all(told[number].startswith("polite (email)") for number in late)
    assert "promise-broken-1 (email)" in told["D-1008"]
    assert all(told[number] == "" for number in ("D-1003", "D-1009", "D-1016", "D-1022"))
    assert told["D-1007"] == told["D-1020"] == "agreement-1-confirmed (email)"
    assert told["D-1012"] == told["D-1025"] == "close"
    assert all(first[name] == again[name] for name in ("messages", "customer_link", "api"))
    assert [(one["amount"], told["D-1026"]) for one in unclear] == [("300.00", "")]
    assert f"The gateway listens at {first['api']}" in [one["what"] for one in examined]
    assert all(one["ok"] for one in examined)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (home / "keys").iterdir()} == {0o600}
    assert (key in json.dumps(first), embedded.status(home)) == (False, None)
    with pytest.raises(httpx.ConnectError):
        httpx.get(first["api"])
