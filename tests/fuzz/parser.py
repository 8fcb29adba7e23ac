"""What a parser of foreign bytes is for the fuzz tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Parser:
    """One parser.

    Attributes:
        read: gives it these bytes.
        right: bytes that it takes.
        no: how it may refuse; anything else is a fault of ours.
    """

    name: str
    read: Callable[[bytes], object]
    right: tuple[bytes, ...]
    no: tuple[type[Exception], ...] = ()
