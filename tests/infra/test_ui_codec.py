"""The UI on this machine has sealed payloads opened by the gateway, and by nobody else."""

from pathlib import Path

import pytest

from infra.servers import temporal_server
from infra.servers.temporal_server import TemporalPlace, TemporalPorts
from infra.servers.ui_codec import UiCodec, ui_codec

UI = "http://127.0.0.1:8233"


def test_nothing_is_made_where_nothing_is_sealed(tmp_path: Path) -> None:
    assert ui_codec(tmp_path, {"AMICABLE_HOME": "x"}) is None
    assert ui_codec(tmp_path, {"AMICABLE_ENCRYPTION__KEYS": ""}) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["AMICABLE_ENCRYPTION__KEYS", "AMICABLE_ENCRYPTION__KEYS_FILE"])
def test_a_key_is_made_once_for_this_user_only(tmp_path: Path, name: str) -> None:
    found = ui_codec(tmp_path, {name: "a:b"})
    assert found is not None
    first = found.url(8484)
    key = (tmp_path / "codec-key").read_text()

    assert first == f"http://127.0.0.1:8484/codec/{key}"
    assert len(key) >= 32
    assert (tmp_path / "codec-key").stat().st_mode & 0o777 == 0o600
    assert UiCodec(tmp_path / "codec-key").url(8484) == first, "an open page goes on working"


def test_the_gateway_is_told_where_the_key_lies_and_who_may_ask(tmp_path: Path) -> None:
    found = UiCodec(tmp_path / "codec-key")
    assert found.env(UI) == {
        "AMICABLE_ENCRYPTION__CODEC_KEY_FILE": str(tmp_path / "codec-key"),
        "AMICABLE_ENCRYPTION__UI_ORIGIN": "http://127.0.0.1:8233,http://localhost:8233",
    }


def test_a_key_of_ones_own_is_taken_and_none_is_made(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("only-for-tests-0123456789\n")
    keys = {"AMICABLE_ENCRYPTION__KEYS": "a:b"}
    by_value = ui_codec(
        tmp_path, keys | {"AMICABLE_ENCRYPTION__CODEC_KEY": "only-for-tests-0123456789"}
    )
    by_file = ui_codec(tmp_path, keys | {"AMICABLE_ENCRYPTION__CODEC_KEY_FILE": str(own)})

    for found in (by_value, by_file):
        assert found is not None
        assert found.url(1) == "http://127.0.0.1:1/codec/only-for-tests-0123456789"
        assert "AMICABLE_ENCRYPTION__CODEC_KEY_FILE" not in found.env(UI)
    assert not (tmp_path / "codec-key").exists()


def test_the_ui_is_started_with_the_address_only_where_there_is_one(tmp_path: Path) -> None:
    ports = TemporalPorts(7233, 8233)
    with_one = temporal_server._command(tmp_path, ports, TemporalPlace(codec="http://gateway"))
    place = with_one.index("--ui-codec-endpoint")

    assert with_one[place + 1] == "http://gateway"
    assert "--ui-codec-endpoint" not in temporal_server._command(tmp_path, ports, TemporalPlace())


def test_the_gateways_port_is_none_that_the_server_is_going_to_have(tmp_path: Path) -> None:
    assert temporal_server.ports_of(tmp_path) == {7233, 8233}
    (tmp_path / "ports.json").write_text('{"port": 7300, "ui_port": 8300}')
    assert temporal_server.ports_of(tmp_path) == {7300, 8300}
