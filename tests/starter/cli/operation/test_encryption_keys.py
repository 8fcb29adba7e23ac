"""What needs a key, on the command line; Temporal itself is asked."""

from tests.starter.cli.conftest import Shell


def test_without_a_key_no_history_is_sealed(shell: Shell) -> None:
    assert shell("encryption", "keys", "--open-only", "-o", "json").json == []
