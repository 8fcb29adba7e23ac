"""`up` and `doctor` where the environment names servers of one's own."""

import pytest

from tests.starter.cli.conftest import Shell


def test_up_starts_no_second_world_beside_configured_servers(shell: Shell) -> None:
    """Fault F9: an empty ledger and an empty Temporal ran beside the real ones."""
    told = shell("up", expect=1).err
    assert "would start a second, empty world" in told
    assert "AMICABLE_DATABASE_URL" in told


def test_doctor_examines_what_every_command_uses(shell: Shell) -> None:
    rows = {str(row["what"]): row for row in _rows(shell)}
    assert rows["The ledger answers"]["ok"]
    assert rows["The ledger has its tables"]["ok"]
    assert any(what.startswith("Temporal answers at ") and rows[what]["ok"] for what in rows)
    assert "The servers do not run" not in rows
    assert "amicable up" not in str(rows)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"AMICABLE_LIVE": "perhaps"}, "AMICABLE_LIVE"),
        ({"AMICABLE_API__PORT": "65536"}, "AMICABLE_API__PORT"),
        ({"AMICABLE_ENCRYPTION__KEYS": "short"}, "AMICABLE_ENCRYPTION__KEYS"),
        ({"AMICABLE_DATABASE_URL_FILE": "/nowhere"}, "AMICABLE_DATABASE_URL"),
        ({"TEMPORAL_PROFILE": "nowhere"}, "nowhere"),
        ({"TEMPORAL_TLS_CLIENT_CERT_PATH": "/nowhere"}, "/nowhere"),
    ],
)
def test_doctor_names_settings_that_no_command_could_read(
    shell: Shell, env: dict[str, str], named: str
) -> None:
    """2026-11-30: it said that all is well, or ended before it had looked at anything."""
    lame = Shell({**shell.env, **env}, shell.folder, shell.many)
    rows = {str(row["what"]): row for row in _rows(lame)}
    assert not rows["The settings can be read"]["ok"]
    assert named in str(rows["The settings can be read"]["advice"])
    assert len(rows) > 3


@pytest.mark.parametrize("address", ["nobody:x", "a b", "127.0.0.1:65536"])
def test_an_address_of_temporal_that_is_none_is_a_finding(shell: Shell, address: str) -> None:
    lame = Shell({**shell.env, "TEMPORAL_ADDRESS": address}, shell.folder, shell.many)
    rows = {str(row["what"]): row for row in _rows(lame)}
    assert "TEMPORAL_ADDRESS" in str(rows["Temporal does not answer"]["advice"])
    assert rows["The ledger answers"]["ok"]


def _rows(shell: Shell) -> list[dict[str, object]]:
    found = shell("doctor", "-o", "json", expect=1).json
    assert isinstance(found, list)
    return found
