"""Amicable for programs: the client, the types that it takes, and the errors that it raises.

Importing it loads nothing else: each name is loaded when it is used for the first time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from activities.case_service import NoSuchCaseError
    from activities.cases.opening import LastStep
    from activities.ports.types import BusyError, ConflictError
    from adapters.config.environment import SettingsError
    from domain.case.invoice import Invoice, InvoicePart
    from domain.errors import DomainError
    from domain.money import Money, parse_money
    from domain.payments.allocation import PaymentIn as Payment
    from domain.policy.model import Policy
    from domain.policy.policy_file import standard_policy
    from starter.application import open_application
    from starter.client.client import Amicable, AsyncAmicable
    from starter.missing import NotReadyError

__all__ = [
    "Amicable",
    "AsyncAmicable",
    "BusyError",
    "ConflictError",
    "DomainError",
    "Invoice",
    "InvoicePart",
    "LastStep",
    "Money",
    "NoSuchCaseError",
    "NotReadyError",
    "Payment",
    "Policy",
    "SettingsError",
    "open_application",
    "parse_money",
    "standard_policy",
]

_PLACES = {
    "Amicable": "starter.client.client:Amicable",
    "AsyncAmicable": "starter.client.client:AsyncAmicable",
    "BusyError": "activities.ports.types:BusyError",
    "ConflictError": "activities.ports.types:ConflictError",
    "DomainError": "domain.errors:DomainError",
    "Invoice": "domain.case.invoice:Invoice",
    "InvoicePart": "domain.case.invoice:InvoicePart",
    "LastStep": "activities.cases.opening:LastStep",
    "Money": "domain.money:Money",
    "NoSuchCaseError": "activities.case_service:NoSuchCaseError",
    "NotReadyError": "starter.missing:NotReadyError",
    "Payment": "domain.payments.allocation:PaymentIn",
    "Policy": "domain.policy.model:Policy",
    "SettingsError": "adapters.config.environment:SettingsError",
    "open_application": "starter.application:open_application",
    "parse_money": "domain.money:parse_money",
    "standard_policy": "domain.policy.policy_file:standard_policy",
}


if not TYPE_CHECKING:  # else a checker would believe that every name exists

    def __getattr__(name: str) -> Any:
        """Load a name where it is defined.

        Raises:
            AttributeError: if there is none of that name.
        """
        if name not in _PLACES:
            raise AttributeError(f"module 'amicable' has no attribute {name!r}")
        module, _, attribute = _PLACES[name].partition(":")
        found = getattr(import_module(module), attribute)
        globals()[name] = found  # the next time it is found without asking here
        return found


def __dir__() -> list[str]:
    """List every name that can be imported from here."""
    return sorted(__all__)
