"""The way of an exclusion: found > seconded > notified > answered > confirmed by the chair, or dismissed."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from enum import StrEnum


class FindingSource(StrEnum):
    """Where an exclusion was found."""

    LIST_HIT = "list_hit"
    DECLARATION = "declaration"
    REVIEW = "review"


class FindingStatus(StrEnum):
    """Where a finding stands."""

    DRAFT = "draft"
    FOUND = "found"
    NOTIFIED = "notified"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


ANSWER_DAYS = 10
"""Working days in which the company may answer a finding."""

STEPS: dict[str, tuple[frozenset[FindingStatus], FindingStatus]] = {
    "find": (frozenset({FindingStatus.DRAFT}), FindingStatus.FOUND),
    "second": (frozenset({FindingStatus.FOUND}), FindingStatus.NOTIFIED),
    "answer": (frozenset({FindingStatus.NOTIFIED}), FindingStatus.ANSWERED),
    "confirm": (frozenset({FindingStatus.NOTIFIED, FindingStatus.ANSWERED}), FindingStatus.CONFIRMED),
    "dismiss": (frozenset({FindingStatus.NOTIFIED, FindingStatus.ANSWERED}), FindingStatus.DISMISSED),
    "drop": (frozenset({FindingStatus.DRAFT, FindingStatus.FOUND}), FindingStatus.DISMISSED),
}
"""Step > from which states it is possible, and to which it leads."""


def next_finding_status(status: FindingStatus, step: str) -> FindingStatus | None:
    """Return where a step leads, None where it is not open from here."""
    sources, target = STEPS[step]
    return target if status in sources else None


def may_second(person: uuid.UUID | None, *, found_by: uuid.UUID | None) -> bool:
    """Say whether this person may second: anyone but the finder."""
    return person is not None and person != found_by


def may_confirm(person: uuid.UUID | None, *, proposers: Collection[uuid.UUID | None]) -> bool:
    """Say whether this person may confirm or dismiss: whoever proposed or seconded never does."""
    return person is not None and person not in proposers


def ripe(status: FindingStatus, *, answer_until: date | None, on: date) -> bool:
    """Whether the chair may decide: the company answered, or its time is over (the last day is still its own)."""
    if status is FindingStatus.ANSWERED:
        return True
    return status is FindingStatus.NOTIFIED and answer_until is not None and on > answer_until
