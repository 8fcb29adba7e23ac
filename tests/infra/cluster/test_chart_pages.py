"""The pages for people and for customers: what the chart makes of them, and what it demands."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import helm_python
import httpx
import pytest

from adapters.ledger.core import migrate
from starter.api.app import THREADS
from tests.infra.cluster.charts import (
    ROOT,
    Manifest,
    Values,
    environment,
    given,
    merged,
    notes,
    of_kind,
    pods,
    render,
)

CONSOLE = given(console={"enabled": True, "publicUrl": "https://console.example"})
NAME = "acme-amicable-console"
INGRESS = {"enabled": True, "host": "pay.example", "tlsSecret": "tls", "paths": ["/r/", "/hooks/"]}
PAGE = given(
    customerPage={"enabled": True},
    secrets={"keys": ["AMICABLE_DATABASE_URL", "AMICABLE_REPLIES__SECRET"]},
    settings={"AMICABLE_TRUSTED_PROXIES": "10.0.0.0/8"},
    gateway={"ingress": INGRESS},
)


def _console(values: Values = CONSOLE) -> Manifest:
    (container,) = dict(pods(render(values)))[NAME]["spec"]["containers"]
    assert isinstance(container, dict)
    return container


def test_there_is_no_console_unless_somebody_wants_one() -> None:
    assert not [one for one in render() if "console" in one["metadata"]["name"]]


def test_the_console_is_one_pod_that_a_service_and_an_ingress_lead_to() -> None:
    exposed = {"ingress": {"enabled": True, "tlsSecret": "tls"}}
    manifests = render(merged(CONSOLE, {"console": exposed}))
    deployment = of_kind(manifests, "Deployment")[NAME]
    service = of_kind(manifests, "Service")[NAME]
    ingress = of_kind(manifests, "Ingress")[NAME]["spec"]
    wanted = service["spec"]["selector"].items()

    assert deployment["spec"]["replicas"] == 1
    assert wanted <= deployment["spec"]["template"]["metadata"]["labels"].items()
    assert ingress["tls"] == [{"hosts": ["console.example"], "secretName": "tls"}]
    assert ingress["rules"][0]["host"] == "console.example"
    assert NAME not in of_kind(render(CONSOLE), "Ingress")


def test_nobody_calls_the_console_but_whom_it_names_and_it_calls_no_stranger() -> None:
    peers = [{"namespaceSelector": {"matchLabels": {"name": "ingress"}}}]
    named = merged(CONSOLE, {"networkPolicy": {"consoleFrom": peers}})
    policy = of_kind(render(named), "NetworkPolicy")[NAME]["spec"]
    labels = dict(pods(render(named)))[NAME]["metadata"]["labels"]

    assert policy["podSelector"]["matchLabels"].items() <= labels.items()
    assert policy["ingress"] == [{"ports": [{"protocol": "TCP", "port": 8485}], "from": peers}]
    ports = {port["port"] for rule in policy["egress"] for port in rule["ports"]}
    assert ports == {53, 5432, 7233}


def test_the_consoles_connections_are_counted_and_its_first_link_is_told() -> None:
    def count(values: Values) -> int:
        return int(notes(values).partition("at least ")[2].partition(" ")[0])

    assert count(CONSOLE) - count(given()) == (THREADS + 4) * 2
    assert "start cli console invite" in notes(CONSOLE)


def test_customers_reach_their_page_under_the_name_that_letters_give_them() -> None:
    manifests = render(PAGE)
    told = {
        name: environment(pod["spec"]["containers"][0]).get("AMICABLE_API__PUBLIC_URL")
        for name, pod in pods(manifests)
    }
    paths = of_kind(manifests, "Ingress")["acme-amicable-gateway"]["spec"]["rules"][0]["http"]

    assert set(told.values()) == {"https://pay.example"}
    assert [one["path"] for one in paths["paths"]] == ["/r/", "/hooks/"]
    elsewhere = {"settings": {"AMICABLE_API__PUBLIC_URL": "https://else.example"}}
    _, pod = next(pods(render(merged(PAGE, elsewhere))))
    written = [one for one in pod["spec"]["containers"][0]["env"] if "PUBLIC_URL" in one["name"]]
    assert [one["value"] for one in written] == ["https://else.example"]


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"secrets": {"keys": ["AMICABLE_DATABASE_URL"]}}, "AMICABLE_REPLIES__SECRET"),
        ({"settings": {"AMICABLE_TRUSTED_PROXIES": ""}}, "AMICABLE_TRUSTED_PROXIES"),
        ({"gateway": {"ingress": {"enabled": False}}}, "under which address"),
        ({"gateway": {"enabled": False}}, "gateway.enabled"),
        ({"console": {"enabled": True}}, "console.publicUrl"),
    ],
    ids=["secret", "proxies", "address", "gateway", "console"],
)
def test_a_page_that_could_not_work_is_refused_in_words(lacking: Values, words: str) -> None:
    with pytest.raises(helm_python.HelmRenderError, match=words):
        render(merged(PAGE, lacking))


async def test_the_probes_find_the_console_well_as_the_chart_asks_it(
    fresh_database_url: Callable[[], str], tmp_path: Path
) -> None:
    container = _console()
    url = fresh_database_url()
    migrate.upgrade(url)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    chosen = {name: value for name, value in environment(container).items() if "CONSOLE" in name}
    environ = chosen | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "AMICABLE_HOME": str(tmp_path),
        "AMICABLE_DATABASE_URL": url,
        "AMICABLE_CONSOLE__PORT": str(port),
    }
    child = await asyncio.create_subprocess_exec(
        ROOT / "infra/docker/start", *container["args"], cwd=ROOT, env=environ
    )
    try:
        asked = [container[f"{what}Probe"]["httpGet"] for what in ("liveness", "readiness")]
        answers = [await asyncio.to_thread(_until_answered, port, one) for one in asked]
        foreign = await asyncio.to_thread(_status, port, {"path": "/readyz", "httpHeaders": []})
    finally:
        child.terminate()
        await child.wait()

    assert answers == [200, 200]
    assert foreign == 403, "by its address alone it is known to nobody, and so a probe must not ask"


def _until_answered(port: int, asked: dict[str, Any]) -> int:
    while True:
        try:
            return _status(port, asked)
        except httpx.ConnectError:
            continue


def _status(port: int, asked: dict[str, Any]) -> int:
    """Ask as the kubelet does: by the pod's address, here one that is no name of the console."""
    names = {one["name"]: one["value"] for one in asked["httpHeaders"]}
    headers = {"Host": f"10.1.2.3:{port}"} | names
    return httpx.get(f"http://127.0.0.1:{port}{asked['path']}", headers=headers).status_code


async def test_a_console_that_could_be_overheard_does_not_start(tmp_path: Path) -> None:
    environ = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "AMICABLE_HOME": str(tmp_path),
        "AMICABLE_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
        "AMICABLE_CONSOLE__HOST": "0.0.0.0",  # noqa: S104 - it refuses to
        "AMICABLE_CONSOLE__PUBLIC_URL": "http://console.example",
    }
    child = await asyncio.create_subprocess_exec(
        ROOT / "infra/docker/start",
        "console",
        cwd=ROOT,
        env=environ,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await child.communicate()

    assert child.returncode
    assert b"set AMICABLE_CONSOLE__PUBLIC_URL to the https address" in told
