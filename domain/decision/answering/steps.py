"""Names of the steps by which the customer is answered, and which answer each is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from domain.deed import ACCOUNT_STATEMENT

DISPUTE_RECEIVED = "dispute_received"
"""The receipt for what a customer contests."""

DISPUTE_DECIDED = "dispute_decided"
"""The answer to a dispute that tells of a discount whose last day had lain in it."""

ONE_SITTING = timedelta(minutes=15)
"""So long a receipt, or a confirmation, waits for what else is said in the same sitting."""

AGREEMENT_CONFIRMED = re.compile(r"agreement-[0-9]+-(confirmed|moved-[0-9-]+)")
"""How the steps are named that put an agreement in writing."""

ANSWER_STEPS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        DISPUTE_RECEIVED: re.compile(r"dispute-[0-9]+-received"),
        DISPUTE_DECIDED: re.compile(r"dispute-[0-9]+-decided"),
        "agreement_corrected": re.compile(r"agreement-[0-9]+-corrected"),
        "correction": re.compile(r"correction-[0-9]+"),
        "hardship_answered": re.compile(r"hardship-[0-9]+-answered"),
        "part_payment": re.compile(r"part-payment-[0-9]+"),
        "agency_recalled": re.compile(r"recalled-[0-9]+"),
        ACCOUNT_STATEMENT: re.compile(r"statement(-[0-9]{4}-[0-9]{2})?"),
        "thanks": re.compile(r"thanks"),
    }
)
"""How the steps of each answer are named; all other words of courtesy confirm an agreement."""


def is_answered_together(step: str) -> bool:
    """Tell whether an answer may be one letter with its like for other invoices."""
    return bool(AGREEMENT_CONFIRMED.fullmatch(step)) or answer_named(step) == DISPUTE_RECEIVED


def answer_named(step: str) -> str:
    """Tell which answer a step is; empty if it is none."""
    found = (name for name, pattern in ANSWER_STEPS.items() if pattern.fullmatch(step))
    return next(found, "")
