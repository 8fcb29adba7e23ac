"""What the gateway takes: fifty programs at once against an empty route, and signed webhooks."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.incoming.sendgrid.signed import SIGNATURE, TIMESTAMP
from adapters.ledger.gateway import keys
from adapters.runtime.machine import machine_clock
from domain.case.invoice import Invoice
from domain.money import Money
from domain.parties.keys import KeyRole
from infra.servers import processes, tcp_ports
from infra.servers.processes import Program
from starter.application import Application
from tests.bench.setup.figures import Figure, Target
from tests.bench.setup.load import CLIENTS, Load, load
from tests.bench.setup.served import EMPTY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
BATCHES, EVENTS = 40, 100
CASES = 50
CREDITOR = "asked"


def measure(application: Application) -> Iterator[Figure]:
    """Ask, tell and report, each against an empty route of the same process."""
    signer = ec.generate_private_key(ec.SECP256R1())
    with gateway(application, _public(signer)) as url:
        _, secret = keys.make_key(application.engine, CREDITOR, KeyRole.BILLING)
        headers = {"Authorization": f"Bearer {secret}"}
        _open(application)
        empty = asyncio.run(load(url, _nothing))
        look = asyncio.run(load(url, _look, headers))
        post = asyncio.run(load(url, _pay, headers))
        yield _against("one case shown", look, empty, Target(3))
        yield _against("a payment posted", post, empty, Target(5))
        yield _webhooks(url, signer)


@contextmanager
def gateway(application: Application, public: str) -> Iterator[str]:
    """The gateway in a process of its own; answers its address."""
    port, folder = tcp_ports.pick(), application.settings.home
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.setup.served", str(port)]
    more = {"AMICABLE_SENDGRID__EVENT_KEY": public}
    record = processes.start_process(
        Program(command, folder / "gateway.log", ROOT, {**os.environ, **more})
    )
    processes.remember_process(folder / "gateway-bench.json", record)
    try:
        processes.wait_until(lambda: tcp_ports.listens(record.pid, port), PATIENCE)
        yield f"http://127.0.0.1:{port}"
    finally:
        processes.stop_process(record)


def _open(application: Application) -> None:
    for number in range(CASES):
        application.desk.open(
            Invoice(
                creditor=CREDITOR,
                number=f"R-{number}",
                customer=f"C-{number}",
                issued=date(2026, 1, 1),
                due=date(2099, 1, 1),
                amount=Money(10**9, "EUR"),
                opened_at=machine_clock(),
            )
        )


async def _nothing(client: httpx.AsyncClient, _: int) -> httpx.Response:
    return await client.get(EMPTY)


async def _look(client: httpx.AsyncClient, number: int) -> httpx.Response:
    return await client.get(f"/v1/cases/R-{number % CASES}")


async def _pay(client: httpx.AsyncClient, number: int) -> httpx.Response:
    body = {"id": f"P-{number}", "amount": "0.01", "currency": "EUR"}
    body |= {"customer": f"C-{number % CASES}"}
    return await client.post("/v1/payments", json={**body, "invoices": [f"R-{number % CASES}"]})


def _against(what: str, ours: Load, empty: Load, wanted: Target) -> Figure:
    return Figure(
        measure=f"gateway p95, {what} / an empty route",
        measured=f"{ours.p95 * 1000:,.0f} against {empty.p95 * 1000:,.0f} ms, {CLIENTS} clients at "
        f"once, {ours.rate:,.0f} against {empty.rate:,.0f} requests a second",
        value=ours.p95 / empty.p95,
        target=wanted,
    )


def _webhooks(url: str, signer: ec.EllipticCurvePrivateKey) -> Figure:
    batches = [_batch(signer) for _ in range(BATCHES)]
    with httpx.Client(base_url=url, timeout=60) as client:
        began = time.perf_counter()
        for body, headers in batches:
            client.post("/hooks/sendgrid/events", content=body, headers=headers).raise_for_status()
        seconds = time.perf_counter() - began
    return Figure(
        measure="signed provider events a second",
        measured=f"{BATCHES} batches of {EVENTS}, checked, read and committed, one after the other",
        value=BATCHES * EVENTS / seconds,
    )


def _batch(signer: ec.EllipticCurvePrivateKey) -> tuple[bytes, dict[str, str]]:
    now = int(time.time())
    told = [
        {"event": "delivered", "am_mid": str(uuid4()), "timestamp": now, "sg_message_id": "x.y"}
        for _ in range(EVENTS)
    ]
    body, stamp = json.dumps(told).encode(), str(now)
    signature = signer.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    return body, {SIGNATURE: base64.b64encode(signature).decode(), TIMESTAMP: stamp}


def _public(signer: ec.EllipticCurvePrivateKey) -> str:
    told = signer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(told).decode()
