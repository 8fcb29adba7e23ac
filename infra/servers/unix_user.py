"""Chooses who runs PostgreSQL, which refuses root, and where that user reaches the data."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.errors import InfraError
from infra.servers.processes import UnixAccount

_CANDIDATES = ("postgres", "nobody", "daemon")
_ROOTS_DATA = Path("/var/lib/amicable")
_LONGEST_SOCKET_FOLDER = 85
"""A socket's whole path must stay under about 100 characters."""


@dataclass(frozen=True)
class Seat:
    """The user who runs the server, and the three folders it needs."""

    account: UnixAccount
    binaries: Path
    data: Path
    socket: Path


def seat(postgres: Path, binaries: Path) -> Seat:
    """Choose the folders of this user's server; root's gets an unprivileged user."""
    if os.geteuid() != 0:
        postgres.mkdir(parents=True, exist_ok=True)
        return Seat(
            UnixAccount(), binaries, postgres / "data", _socket_folder(postgres, os.geteuid())
        )
    wished = _owner_of(postgres / "data") or _unprivileged()
    base = _reachable_base(wished, postgres)
    account = _owner_of(base / "data") or wished
    data = _own(base / "data", account)
    socket = _own(_socket_folder(base, account.uid or 0), account)
    return Seat(account, _reachable_binaries(account, binaries), data, socket)


def known_data(postgres: Path) -> tuple[Path, ...]:
    """List every folder where this home's data may lie; makes none of them."""
    return (postgres / "data", _ROOTS_DATA / _digest(str(postgres)) / "data")


def _reachable_base(account: UnixAccount, postgres: Path) -> Path:
    """A home under /root is closed to others, and opening it is not ours to do: sit elsewhere."""
    elsewhere = _ROOTS_DATA / _digest(str(postgres))
    for base in (postgres, elsewhere):
        base.mkdir(parents=True, exist_ok=True)
        if base == elsewhere:
            _open_for_passing(base)
        if _tries(account, base):
            return base
    raise InfraError(
        f"PostgreSQL does not run as root, and user id {account.uid} cannot reach {elsewhere}. "
        "Set AMICABLE_HOME to a folder that every user may pass through.",
    )


def _open_for_passing(folder: Path) -> None:
    """Only the folders made here; their content is closed by itself."""
    for ours in (_ROOTS_DATA, folder):
        ours.chmod(0o755)


def _unprivileged() -> UnixAccount:
    wished = os.environ.get("AMICABLE_POSTGRES_USER")
    for name in (wished,) if wished else _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return UnixAccount(entry.pw_uid, entry.pw_gid)
    raise InfraError(
        "PostgreSQL does not run as root and none of the users "
        f"{wished or ', '.join(_CANDIDATES)} exists. Set AMICABLE_POSTGRES_USER to one that does.",
    )


def _owner_of(data: Path) -> UnixAccount | None:
    """Whoever wrote the data goes on with it: it may have been an ordinary user."""
    try:
        found = (data / "PG_VERSION").stat()
    except OSError:
        return None
    return UnixAccount(found.st_uid, found.st_gid) if found.st_uid else None


def _tries(account: UnixAccount, path: Path) -> bool:
    """Ask the system rather than guess from permission bits: there are access lists and mounts."""
    command = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
    try:
        answer = subprocess.run(
            command,
            cwd="/",
            check=False,
            **account.options(),  # type: ignore[call-overload]  # user and group as a bundle
        )
    except PermissionError as error:
        raise InfraError(
            f"root may not become user id {account.uid} here ({error}), and PostgreSQL does not "
            "run as root. Run as an ordinary user, or set AMICABLE_DATABASE_URL to a server.",
        ) from error
    return bool(answer.returncode == 0)


def _reachable_binaries(account: UnixAccount, binaries: Path) -> Path:
    """A virtual environment under /root is closed to others as well: use a copy."""
    if _tries(account, binaries / "postgres"):
        return binaries
    package = binaries.parent.parent
    version = (binaries / "postgres").stat().st_mtime_ns
    target = _ROOTS_DATA / f"binaries-{_digest(f'{package} {version}')}"
    if not target.exists():
        draft = target.with_suffix(f".{os.getpid()}")
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        _open_for_reading(draft)
        draft.rename(target)
    _open_for_passing(target)
    return target / package.name / binaries.relative_to(package)


def _open_for_reading(folder: Path) -> None:
    """What the owner may do with our copy, everybody may: a umask may be strict."""
    for path in folder.rglob("*"):
        mode = path.stat().st_mode
        path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)


def _own(folder: Path, account: UnixAccount) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    os.chown(folder, account.uid or 0, account.gid or 0)
    folder.chmod(0o700)
    return folder


def _socket_folder(base: Path, uid: int) -> Path:
    """Private and short: there is no password, so whoever opens the socket owns the ledger."""
    folder = base / "socket"
    if len(str(folder)) > _LONGEST_SOCKET_FOLDER:
        folder = Path("/tmp") / f"amicable-{uid}-{_digest(str(base))}"  # noqa: S108  # checked below
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise InfraError(f"{folder} belongs to somebody else. Remove it, or set AMICABLE_HOME.")
    folder.chmod(0o700)
    return folder


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
