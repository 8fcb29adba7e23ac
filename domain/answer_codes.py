"""Name in one word what became of what was asked: programs decide by it, people read the text."""

from enum import StrEnum


class AnswerCode(StrEnum):
    """What became of a message, a payment or a request; pinned, for other programs branch on it.

    Attributes:
        ACCEPTED: it counts.
        ACCEPTED_IN_PART: the call is recorded, something that was said in it is refused.
        KNOWN_ALREADY: the same was posted before; nothing changed.
        NOT_YET_APPLIED: it is heard and kept; the ledger's answer is still to come.
        INVALID: it cannot be read: a field is missing or wrong.
        REFUSED: it was read, and does not fit the case as it stands.
        REFUSED_BY_POLICY: the policy or a fixed limit does not allow it, or not without a
            supervisor.
        NOT_FOUND: there is no such case.
        CONFLICT: its id was used before with other content.
    """

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    KNOWN_ALREADY = "known_already"
    NOT_YET_APPLIED = "not_yet_applied"
    INVALID = "invalid"
    REFUSED = "refused"
    REFUSED_BY_POLICY = "refused_by_policy"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
