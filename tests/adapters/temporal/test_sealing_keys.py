"""Before a key is dropped it is known which histories need it (real server)."""

import os

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from adapters.temporal.payload_encryption import KeyRing, data_converter_for
from adapters.temporal.sealing_keys import KeyUse, key_uses, keys_named

OLD, NEW = ("2026-11", bytes(32)), ("2027-02", bytes(range(32)))
STEM = f"keys-{os.getpid()}"
QUERY = f"WorkflowId STARTS_WITH '{STEM}'"


def _sealing(client: Client, *keys: tuple[str, bytes]) -> Client:
    config = client.config()
    ring = KeyRing(keys) if keys else None
    config["data_converter"] = data_converter_for(ring, client.namespace)
    return Client(**config)


async def _begun(client: Client, name: str) -> None:
    await client.start_workflow(
        "Nobody", "119.00 EUR", id=f"{STEM}-{name}", task_queue=STEM, static_summary="D-1"
    )


async def test_each_history_counts_once_for_each_key_that_sealed_anything_in_it(
    temporal_client: Client,
) -> None:
    old, new = _sealing(temporal_client, OLD), _sealing(temporal_client, NEW, OLD)
    await _begun(_sealing(temporal_client), "clear")
    for name in ("a", "b", "ended"):
        await _begun(old, name)
    await _begun(new, "c")
    await new.get_workflow_handle(f"{STEM}-b").signal("nudge", "polite")
    await old.get_workflow_handle(f"{STEM}-ended").terminate()

    ring = ("2027-02", "2026-11", "2027-05")
    seen: tuple[KeyUse, ...] = ()
    # Visibility lags behind, and what is ended shows as open for a while.
    while sum(use.open + use.closed for use in seen) < 5 or not any(use.closed for use in seen):
        seen = await key_uses(temporal_client, ring, QUERY)
    running = await key_uses(temporal_client, (), QUERY, closed=False)

    assert seen == (KeyUse("2027-02", 2, 0), KeyUse("2026-11", 2, 1), KeyUse("2027-05", 0, 0))
    assert running == (KeyUse("2026-11", 2, 0), KeyUse("2027-02", 2, 0))


@pytest.mark.parametrize("key_id", ["a", "x" * 32])
async def test_the_id_is_read_whatever_its_length_and_only_where_it_was_sealed(key_id: str) -> None:
    converter = data_converter_for(KeyRing(((key_id, bytes(32)),)), "n")
    (sealed,) = await converter.encode(["x"])
    (clear,) = await pydantic_data_converter.encode(
        [{"encryption-key-id": "z", "raw": "\x0a\x11encryption-key-id\x12\x01z"}]
    )

    assert keys_named(sealed.SerializeToString()) == {key_id}
    assert keys_named(clear.SerializeToString()) == set()
