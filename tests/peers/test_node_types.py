"""The program for Node holds to the types that others make of our description."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.peers.emulator import HERE, MissingError, fetched

pytestmark = pytest.mark.peers

ROOT = HERE.parents[1]
PROGRAM = ROOT / "clients" / "node" / "billing.mjs"
STRICT = ("--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022")
MODULES = ("--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022,dom")


def _checked(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    (folder / "billing.mjs").write_text(program)
    (folder / "amicable.d.ts").unlink(missing_ok=True)
    modules = folder / "node_modules"
    made = ["openapi-typescript/bin/cli.js", str(ROOT / "docs" / "openapi.json"), "-o"]
    run = {"cwd": folder, "capture_output": True, "text": True, "timeout": 100}
    command = ["node", str(modules / made[0]), *made[1:], "amicable.d.ts"]
    subprocess.run(command, check=True, **run)  # type: ignore[call-overload]  # all are its own
    command = ["node", str(modules / "typescript/bin/tsc"), *STRICT, *MODULES, "billing.mjs"]
    done: subprocess.CompletedProcess[str] = subprocess.run(command, check=False, **run)  # type: ignore[call-overload]
    return done


def test_the_program_fits_the_types_and_a_mistyped_field_does_not(tmp_path: Path) -> None:
    lock = hashlib.sha256((HERE / "node" / "package-lock.json").read_bytes()).hexdigest()[:12]
    try:
        packages = fetched(HERE / "node", f"node-{lock}")
    except MissingError as error:
        pytest.skip(str(error))
    shutil.copytree(packages, tmp_path / "checked", symlinks=True)
    program = PROGRAM.read_text()

    right = _checked(tmp_path / "checked", program)
    wrong = _checked(tmp_path / "checked", program.replace("issued, due, amount", "issued, amount"))

    assert right.returncode == 0, right.stdout
    assert "Property 'due' is missing" in wrong.stdout
