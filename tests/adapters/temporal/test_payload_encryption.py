"""What Temporal stores opens with our keys only, in its own namespace only, and unchanged only."""

import base64
import json
import re
from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from adapters.config.environment import SettingsError
from adapters.temporal.payload_encryption import (
    KeyRing,
    PayloadEncryption,
    PayloadLockedError,
    data_converter_for,
    key_ring,
)

PAGE = Path(__file__).resolve().parents[3] / "docs" / "encryption.md"
FIRST, SECOND = ("2026-11", bytes(range(32))), ("2027-02", bytes(range(32, 64)))
CLEAR = Payload(metadata={"encoding": b"json/plain"}, data=b'{"amount":"119.00"}')


def _with(*keys: tuple[str, bytes], namespace: str = "collections") -> PayloadEncryption:
    return PayloadEncryption(KeyRing(keys), namespace)


def test_what_is_sealed_shows_nothing_of_what_it_holds_and_opens_again() -> None:
    sealed = _with(FIRST).seal(CLEAR)

    assert sealed.metadata["encoding"] == b"binary/encrypted"
    assert sealed.metadata["encryption-key-id"] == b"2026-11"
    assert b"119.00" not in sealed.SerializeToString()
    assert b"json/plain" not in sealed.SerializeToString()
    assert _with(FIRST).unseal(sealed) == CLEAR


def test_the_same_payload_never_looks_the_same_twice() -> None:
    encryption = _with(FIRST)
    assert len({encryption.seal(CLEAR).data for _ in range(100)}) == 100


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = _with(FIRST).seal(CLEAR)
    ring = _with(SECOND, FIRST)

    assert ring.unseal(old) == CLEAR
    assert ring.seal(CLEAR).metadata["encryption-key-id"] == b"2027-02"


def test_a_key_that_is_gone_is_named_with_the_way_out() -> None:
    with pytest.raises(PayloadLockedError, match=r"'2026-11'.*AMICABLE_ENCRYPTION__KEYS"):
        _with(SECOND).unseal(_with(FIRST).seal(CLEAR))


def test_a_payload_of_another_namespace_does_not_open() -> None:
    with pytest.raises(PayloadLockedError, match="another namespace"):
        _with(FIRST, namespace="sandbox").unseal(_with(FIRST).seal(CLEAR))


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_a_payload_that_was_changed_anywhere_does_not_open(place: int) -> None:
    sealed = _with(FIRST).seal(CLEAR)
    changed = bytearray(sealed.data)
    changed[place] ^= 1
    sealed.data = bytes(changed)
    with pytest.raises(PayloadLockedError, match="was changed"):
        _with(FIRST).unseal(sealed)


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 12, b"x" * 27])
def test_a_payload_that_was_cut_off_does_not_open(data: bytes) -> None:
    sealed = _with(FIRST).seal(CLEAR)
    sealed.data = data
    with pytest.raises(PayloadLockedError, match="was changed"):
        _with(FIRST).unseal(sealed)


def test_a_sealed_payload_without_the_id_of_a_key_does_not_open() -> None:
    with pytest.raises(PayloadLockedError):
        _with(FIRST).unseal(Payload(metadata={"encoding": b"binary/encrypted"}, data=b"x" * 40))


def test_what_was_stored_in_the_clear_stays_readable_and_nothing_is_sealed_twice() -> None:
    encryption = _with(FIRST)
    sealed = encryption.seal(CLEAR)

    assert encryption.unseal(CLEAR) == CLEAR
    assert encryption.seal(sealed) == sealed


def test_the_page_has_a_vector_for_programs_in_other_languages() -> None:
    block = re.search(r"```json\n(\{\s*\"key_id\".*?\})\n```", PAGE.read_text(), re.DOTALL)
    assert block
    vector = json.loads(block[1])
    key = vector["key_id"], base64.b64decode(vector["key"])
    encryption = _with(key, namespace=vector["namespace"])
    payload = Payload.FromString(base64.b64decode(vector["payload"]))
    sealed = encryption.seal(payload, base64.b64decode(vector["nonce"]))

    assert base64.b64encode(sealed.data).decode() == vector["data"]
    assert payload == CLEAR
    assert encryption.unseal(sealed) == CLEAR


async def test_words_of_a_failure_are_sealed_too() -> None:
    converter = data_converter_for(KeyRing((FIRST,)), "collections")
    failure = Failure()
    await converter.encode_failure(ApplicationError("canary@customer.example bounced"), failure)

    assert b"canary" not in failure.SerializeToString()
    assert "canary@customer.example" in str(await converter.decode_failure(failure))


def test_nothing_is_sealed_without_keys() -> None:
    assert key_ring("") is None
    assert data_converter_for(None, "collections").payload_codec is None


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_a_ring_is_read_with_the_current_key_first() -> None:
    told = f" 2027-02:{_text(SECOND[1])} ,\n2026-11:{_text(FIRST[1])}\n"
    assert key_ring(told) == KeyRing((SECOND, FIRST))


def test_a_ring_never_shows_its_keys() -> None:
    assert repr(KeyRing((FIRST,))) == "KeyRing(2026-11)"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (_text(FIRST[1]), "key 1 has no id"),
        (f":{_text(FIRST[1])}", "key 1 has no id"),
        (f"a b:{_text(FIRST[1])}", "key 1 has no id"),
        (f"{'x' * 33}:{_text(FIRST[1])}", "key 1 has no id of up to 32"),
        ("a:not base64!", "key a is not base64"),
        (f"a:{_text(bytes(31))}", "key a has 31 bytes and needs 32"),
        (f"a:{_text(bytes(33))}", "key a has 33 bytes and needs 32"),
        (f"a:{_text(bytes(32))},a:{_text(FIRST[1])}", "the id a is there twice"),
    ],
)
def test_a_key_that_cannot_be_one_is_told_by_its_id_and_never_shown(told: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why) as caught:
        key_ring(told)
    assert "AMICABLE_ENCRYPTION__KEYS" in str(caught.value)
    assert _text(FIRST[1]) not in str(caught.value)


def test_an_id_may_have_32_characters() -> None:
    ring = key_ring(f"{'x' * 32}:{_text(FIRST[1])}")
    assert ring is not None
    sealed = PayloadEncryption(ring, "n").seal(CLEAR)
    assert PayloadEncryption(ring, "n").unseal(sealed) == CLEAR
