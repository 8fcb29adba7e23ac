"""Splits customers between two policies: by chance, once, and the same wherever it is asked."""

from __future__ import annotations

import hashlib
from enum import StrEnum


class Arm(StrEnum):
    """One of the two policies of an experiment; pinned, for ledgers hold these words."""

    CHAMPION = "champion"
    CHALLENGER = "challenger"


def arm_of(experiment: str, creditor: str, customer: str) -> Arm:
    """Draw the arm of a customer: half of them each, by a hash that depends on nothing else.

    Another experiment draws anew, so that nobody is always in the second arm.
    """
    drawn = hashlib.sha256(f"{experiment}\x00{creditor}\x00{customer}".encode()).digest()
    return Arm.CHALLENGER if drawn[0] & 1 else Arm.CHAMPION
