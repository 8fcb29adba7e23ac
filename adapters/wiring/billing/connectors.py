"""Makes the connectors that an installation describes in its file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from activities.ports.clock import Clock
from activities.ports.connectors.connector import Connector, NamedConnector
from adapters.config.environment import SettingsError
from adapters.config.settings import Settings
from adapters.ledger.core.engine import Engine
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from domain.interest.toml_lines import parse_toml
from domain.words import unknown_word

CONNECTORS_FILE = "AMICABLE_CONNECTORS_FILE"
CONNECTOR_KINDS = ("stripe", "odoo", "erpnext", "lago")
_SECRETS = ("key", "signing")
CONNECTOR_KEYS = (
    *("kind", "creditor", "url", "database", "user", "push"),
    *(f"{one}_{how}" for one in _SECRETS for how in ("file", "env")),
)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


def connectors_of(settings: Settings, clock: Clock) -> tuple[NamedConnector, ...]:
    """Make the connectors, by name; none without a file.

    Raises:
        SettingsError: naming what cannot be read or is missing.
    """
    path = settings.connectors_file
    if path is None:
        return ()
    try:
        told = parse_toml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        raise SettingsError(f"{CONNECTORS_FILE}: {path} cannot be read: {error}") from None
    return tuple(_named(name, told[name], clock) for name in sorted(told))


def _named(name: str, told: Any, clock: Clock) -> NamedConnector:
    place = f"{CONNECTORS_FILE}: [{name}]"
    if not isinstance(told, Mapping) or not _NAME.fullmatch(name):
        raise SettingsError(f"{place}: write a name of small letters and digits, such as [books]")
    _refuse_unknown(told, place)
    try:
        made = _connector(str(told["kind"]), told, place, clock)
    except ValueError as error:
        raise SettingsError(f"{place}: {error}") from None
    creditor, pushes = str(told["creditor"]), told.get("push") is True
    return NamedConnector(name=name, creditor=creditor, connector=made, pushes=pushes)


def _refuse_unknown(told: Mapping[str, Any], place: str) -> None:
    for key in told:
        if key not in CONNECTOR_KEYS:
            raise SettingsError(f"{place}: {unknown_word(key, 'key', CONNECTOR_KEYS)}")
    kind = str(told.get("kind", ""))
    if kind not in CONNECTOR_KINDS:
        raise SettingsError(f"{place}: {unknown_word(kind, 'kind', CONNECTOR_KINDS)}")
    if not told.get("creditor"):
        raise SettingsError(f'{place}: say whose invoices they are: creditor = "…"')


def _connector(kind: str, told: Mapping[str, Any], place: str, clock: Clock) -> Connector:
    """Load the one that is described: the others' libraries are loaded by nobody."""
    url, key = str(told.get("url", "")), _secret(told, "key", place)
    signing = _secret(told, "signing", place)
    if not key:
        raise SettingsError(f"{place}: the key is missing; say key_file or key_env")
    if kind == "stripe":
        from adapters.connectors.stripe_invoices import StripeInvoices  # noqa: PLC0415

        return StripeInvoices(key, clock, signing, url)
    if kind == "odoo":
        from adapters.connectors.odoo import OdooAccount, OdooConnector  # noqa: PLC0415

        login = {one: str(told.get(one, "")) for one in ("database", "user")}
        return OdooConnector(OdooAccount(url=url, key=key, **login), clock)
    if kind == "erpnext":
        from adapters.connectors.erpnext import ErpNextConnector  # noqa: PLC0415

        return ErpNextConnector(url, key, signing)
    from adapters.connectors.lago import LagoConnector  # noqa: PLC0415

    return LagoConnector(url, key, signing)


def _secret(told: Mapping[str, Any], name: str, place: str) -> str:
    """A secret stands in a file or in the environment, never in the description itself."""
    file, variable = told.get(f"{name}_file"), told.get(f"{name}_env")
    if file and variable:
        raise SettingsError(f"{place}: {name}_file and {name}_env are both set; keep one of them")
    if variable:
        found = os.environ.get(str(variable), "")
        if not found:
            raise SettingsError(f"{place}: {name}_env: {variable} is not set")
        return found
    if not file:
        return ""
    try:
        return Path(str(file)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: {name}_file: {file} cannot be read: {error}") from None


ConnectorDesk = SqlCaseWatch
"""Where a person hears of what fails."""

ConnectorLog = SqlRoundLog
"""Where each connector has got to, when it was last heard, and what failed since."""


def connector_log(engine: Engine) -> ConnectorLog:
    """Make it on a ledger."""
    return SqlRoundLog(engine)


def connector_desk(engine: Engine) -> ConnectorDesk:
    """Make it on a ledger."""
    return SqlCaseWatch(engine)
