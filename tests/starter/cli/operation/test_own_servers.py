"""`up` and `doctor` where the environment names servers of one's own."""

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


def _rows(shell: Shell) -> list[dict[str, object]]:
    found = shell("doctor", "-o", "json", expect=1).json
    assert isinstance(found, list)
    return found
