"""Looks into several boxes in one round: a mailbox, and the reports of a print service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from activities.ports.incoming_ports import Mailbox, MailboxError


@dataclass(frozen=True, slots=True)
class Boxes:
    """Several boxes as one: one that cannot be reached keeps no other from being read."""

    boxes: Sequence[Mailbox]

    def round(self) -> int:
        """Look into each; answers how much was new in all.

        Raises:
            MailboxError: if one of them could not be read, after all others were.
        """
        new, errors = 0, list[str]()
        for box in self.boxes:
            try:
                new += box.round()
            except MailboxError as error:
                errors.append(str(error))
        if errors:
            raise MailboxError("; ".join(errors))
        return new
