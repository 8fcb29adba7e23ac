"""Reads which creditors have accounts, numbers, an agency or a domain of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from pydantic import ValidationError

from adapters.config.environment import SettingsError
from adapters.config.settings import Settings
from domain.interest.toml_lines import parse_toml
from domain.words import unknown_word

CREDITORS_FILE = "AMICABLE_CREDITORS_FILE"
_SECRET = "_file"  # noqa: S105 - how the name of a secret's file ends
OWN_GROUPS = {
    "sendgrid": ("api_key_file", "event_key", "inbound_key", "host"),
    "smtp": ("host", "port", "username", "password_file", "security"),
    "twilio": (
        *("account_sid", "auth_token_file", "from_number", "messaging_service"),
        *("voice_number", "signing_secret_file"),
    ),
    "agency": ("kind", "folder", "url", "secret_file"),
    "replies": ("domain",),
    "mollie": ("api_key_file",),
    "stripe": ("api_key_file", "webhook_secret_file", "old_webhook_secret_file"),
}
"""What a creditor may have of its own, by group; a secret is named by its file and nothing else."""


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """The settings as they hold for one creditor.

    Attributes:
        groups: those in which it has something of its own.
        settings: everything, with its own in the place of the installation's.
    """

    groups: frozenset[str]
    settings: Settings


def own_settings(settings: Settings) -> dict[str, OwnSettings]:
    """Read the creditors' own settings, by creditor; none without a file.

    A group of one's own stands for itself: no secret and no number of the installation's is used
    beside it.

    Raises:
        SettingsError: naming what cannot be read, and the creditor.
    """
    path = settings.creditors_file
    if path is None:
        return {}
    try:
        told = parse_toml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        raise SettingsError(f"{CREDITORS_FILE}: {path} cannot be read: {error}") from None
    return {creditor: _of(settings, creditor, groups) for creditor, groups in told.items()}


def _of(settings: Settings, creditor: str, told: Any) -> OwnSettings:
    if not isinstance(told, Mapping):
        raise SettingsError(
            f"{CREDITORS_FILE}: {creditor}: write groups, such as [{creditor}.twilio]"
        )
    found = {}
    for name, values in told.items():
        place = f"{CREDITORS_FILE}: [{creditor}.{name}]"
        if name not in OWN_GROUPS or not isinstance(values, Mapping):
            raise SettingsError(f"{place}: {unknown_word(name, 'group', tuple(OWN_GROUPS))}")
        found[name] = _group(settings, name, values, place)
    return OwnSettings(frozenset(found), settings.model_copy(update=found))


def _group(settings: Settings, name: str, told: Mapping[str, Any], place: str) -> Any:
    """What is a creditor's own, beside what holds for the whole installation."""
    own = OWN_GROUPS[name]
    for key in told:
        if key not in own:
            raise SettingsError(f"{place}: {unknown_word(key, 'key', own)}")
    shared = getattr(settings, name)
    values = {
        field: getattr(shared, field)
        for field in type(shared).model_fields
        if field not in own and field + _SECRET not in own
    }
    values |= {key.removesuffix(_SECRET): _value(key, value, place) for key, value in told.items()}
    try:
        return type(shared).model_validate(values)
    except ValidationError as error:
        wrong = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise SettingsError(f"{place}: {wrong} cannot be right; see docs/settings.md") from None


def _value(key: str, value: Any, place: str) -> Any:
    if not key.endswith(_SECRET):
        return value
    try:
        return Path(str(value)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: {key}: {value} cannot be read: {error}") from None
