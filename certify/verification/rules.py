"""The seven honest answers, and an eighth for when none can be given."""

from __future__ import annotations

from enum import StrEnum

from certify.certificates.rules import Standing


class Answer(StrEnum):
    """What a verifier is told, in one word. Unknown is never "valid", and silence is never "active"."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    CANNOT_CONFIRM = "cannot_confirm"


ANSWERS: dict[Standing, Answer] = {
    Standing.PENDING: Answer.UNKNOWN,
    Standing.ACTIVE: Answer.ACTIVE,
    Standing.SUSPENDED: Answer.SUSPENDED,
    Standing.WITHDRAWN: Answer.WITHDRAWN,
    Standing.WITHDRAWN_BY_HOLDER: Answer.WITHDRAWN,
    Standing.EXPIRED: Answer.EXPIRED,
    Standing.SUPERSEDED: Answer.SUPERSEDED,
}


def answer_of(standing: Standing | None) -> Answer:
    """Return the answer for a standing; no certificate is "unknown"."""
    return ANSWERS[standing] if standing is not None else Answer.UNKNOWN
