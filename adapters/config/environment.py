"""Reads the environment: AMICABLE_* variables over what the embedded servers wrote down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PREFIX = "AMICABLE_"
_FILE = "_FILE"
SECRETS = (
    "AMICABLE_DATABASE_URL",
    "AMICABLE_SENDGRID__API_KEY",
    "AMICABLE_TWILIO__AUTH_TOKEN",
    "AMICABLE_TWILIO__SIGNING_SECRET",
    "AMICABLE_STRIPE__API_KEY",
    "AMICABLE_STRIPE__WEBHOOK_SECRET",
    "AMICABLE_STRIPE__OLD_WEBHOOK_SECRET",
    "AMICABLE_MOLLIE__API_KEY",
    "AMICABLE_AGENCY__SECRET",
    "AMICABLE_ASSISTANT__KEY",
    "AMICABLE_MODEL__KEY",
    "AMICABLE_WEBHOOK__SECRET",
    "AMICABLE_WEBHOOK__OLD_SECRET",
    "AMICABLE_SMTP__PASSWORD",
    "AMICABLE_IMAP__PASSWORD",
    "AMICABLE_REPLIES__SECRET",
    "AMICABLE_REPLIES__OLD_SECRET",
    "AMICABLE_ENCRYPTION__KEYS",
    "AMICABLE_ENCRYPTION__CODEC_KEY",
    "AMICABLE_OIDC__CLIENT_SECRET",
)
"""Each may also be given as a file, by the same name with _FILE at its end."""


class SettingsError(ValueError):
    """A setting is missing or impossible; the text names the variable and the way out."""


def read_environment(home: Path | str | None = None) -> dict[str, str]:
    """Read the environment over `run/env`, each with its *_FILE variables; names in small letters.

    Raises:
        SettingsError: if a secret is given twice, or its file cannot be read.
    """
    layers = (embedded_env(home), os.environ)
    merged = {key: value for layer in layers for key, value in with_files(layer).items()}
    return {key.lower(): value for key, value in merged.items() if value}


def database_url(home: Path | str | None = None) -> str:
    """Find the ledger's address without reading any other setting; empty if there is none."""
    return read_environment(home).get(f"{PREFIX}DATABASE_URL".lower(), "")


def embedded_env(home: Path | str | None = None) -> dict[str, str]:
    """Read where the running embedded servers are; empty if none run."""
    folder = Path(home or os.environ.get("AMICABLE_HOME") or "var").expanduser()
    try:
        lines = (folder / "run" / "env").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    pairs = (line.strip().partition("=") for line in lines if "=" in line and line[0] != "#")
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def with_files(environ: Mapping[str, str]) -> dict[str, Any]:
    """Add to the variables those secrets that stand in files.

    Raises:
        SettingsError: if a secret is given twice, or its file cannot be read.
    """
    found = dict(environ)
    for name in SECRETS:
        path = found.pop(name + _FILE, "")
        if not path:
            continue
        if found.get(name):
            raise SettingsError(f"{name} and {name}{_FILE} are both set; keep one of them")
        try:
            found[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}{_FILE}: {path} cannot be read: {error}") from None
    return found
