"""Separation of duties: who may take which side of a case, and what a case waits for."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from enum import StrEnum

from certify.applications.rules import Status


class Side(StrEnum):
    """The two pairs of eyes on a case, which never belong to one person."""

    ASSESSOR = "assessor"
    REVIEWER = "reviewer"


class Waiting(StrEnum):
    """What a case in the Secretariat's hands waits for."""

    ASSESSOR = "assessor"
    ASSESSMENT = "assessment"
    CLARIFICATION = "clarification"
    REVIEWER = "reviewer"
    REVIEW = "review"
    RECOMMENDATION = "recommendation"
    BOARD = "board"


DAYS = {
    Waiting.ASSESSOR: 5,
    Waiting.ASSESSMENT: 30,
    Waiting.CLARIFICATION: 30,
    Waiting.REVIEWER: 35,
    Waiting.REVIEW: 40,
    Waiting.RECOMMENDATION: 45,
    Waiting.BOARD: 65,
}
"""Working days from submission within which each wait ends (default, to be set by the Board)."""


def may_take(
    side: Side,
    *,
    person: uuid.UUID | None,
    holder: uuid.UUID | None,
    other_side: Collection[uuid.UUID],
    sits_on_the_board: bool,
) -> bool:
    """Say whether this person may take this side of a case.

    `holder` has it now; `other_side` are all who ever had the other side, so that giving a case away does not free
    anyone to look at their own work. Whoever sits on the Board takes neither side.
    """
    return person is not None and holder is None and person not in other_side and not sits_on_the_board


def waiting_for(status: Status, *, assessor: uuid.UUID | None, reviewer: uuid.UUID | None) -> Waiting | None:
    """Say what a case waits for; None while the company drafts it, and once it is decided."""
    if status in {Status.SUBMITTED, Status.IN_REVIEW}:
        return Waiting.ASSESSMENT if assessor else Waiting.ASSESSOR
    if status is Status.ASSESSED:
        return Waiting.REVIEW if reviewer else Waiting.REVIEWER
    waits = {
        Status.CLARIFICATION: Waiting.CLARIFICATION,
        Status.REVIEWED: Waiting.RECOMMENDATION,
        Status.TABLED: Waiting.BOARD,
    }
    return waits.get(status)
