"""Bodies, motions and ballots: the words of the trade, the events, and who acts as chair. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, time
from enum import StrEnum
from typing import Any

END_OF_DAY = time(23, 59, tzinfo=UTC)
"""When an electronic consultation closes on its last day."""


class BodyKind(StrEnum):
    """The bodies that decide."""

    BOARD = "board"
    APPEALS_PANEL = "appeals_panel"


class Capacity(StrEnum):
    """As what a person holds a seat."""

    REPRESENTATIVE = "representative"
    ALTERNATE = "alternate"


class Office(StrEnum):
    """Offices of a body, held by a seat and exercised by its representative."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"


class MotionKind(StrEnum):
    """What a body can be asked to decide."""

    CERTIFY = "certify"
    REFUSE = "refuse"
    CERTIFY_OVER_OBJECTION = "certify_over_objection"
    ADOPT_FRAMEWORK = "adopt_framework"
    CLEAR_AGREEMENT = "clear_agreement"
    RATIFY_SUSPENSION = "ratify_suspension"
    WITHDRAW_CERTIFICATE = "withdraw_certificate"
    DECIDE_APPEAL = "decide_appeal"
    SET_LIST_EFFECT = "set_list_effect"
    CHANGE_RULES = "change_rules"


class MotionStatus(StrEnum):
    """Where a motion stands."""

    TABLED = "tabled"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    LAPSED = "lapsed"
    """Without quorum also when reopened; only a new motion can follow."""
    WITHDRAWN = "withdrawn"


class BallotMode(StrEnum):
    """How a ballot is held."""

    SESSION = "session"
    ELECTRONIC = "electronic"


class SessionStatus(StrEnum):
    """Where a session stands."""

    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"


CONFIDENTIAL = frozenset({MotionKind.REFUSE, MotionKind.DECIDE_APPEAL})
"""Kinds whose decisions never name in public whom they concern."""


def is_named_in_public(kind: MotionKind, status: MotionStatus) -> bool:
    """Say whether public minutes and decisions name whom a motion concerns: adopted ones that the register shows."""
    return status is MotionStatus.ADOPTED and kind not in CONFIDENTIAL


# -- events ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MotionTabled:
    """A motion was put before a body."""

    motion_id: uuid.UUID
    motion_kind: MotionKind
    subject_key: str


@dataclass(frozen=True, slots=True)
class BallotOpened:
    """Voting on a motion began."""

    motion_id: uuid.UUID
    ballot_id: uuid.UUID
    mode: BallotMode


@dataclass(frozen=True, slots=True)
class BallotWithoutQuorum:
    """Too few seats were present; nothing is decided."""

    motion_id: uuid.UUID
    ballot_id: uuid.UUID
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class MotionDecided:
    """A body decided; published once for each motion. `outcome` is adopted, rejected or deferred."""

    motion_id: uuid.UUID
    motion_kind: MotionKind
    subject_key: str
    outcome: str
    resolution: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MotionLapsed:
    """A motion failed its quorum also when it was reopened; only a new motion can follow."""

    motion_id: uuid.UUID
    motion_kind: MotionKind
    subject_key: str


@dataclass(frozen=True, slots=True)
class MotionWithdrawn:
    """A motion was taken back before a decision."""

    motion_id: uuid.UUID
    motion_kind: MotionKind
    subject_key: str


# -- seats and chairs -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A representative, as the order of chairs sees them."""

    person_id: uuid.UUID
    state: str
    seat_since: date
    since: date
    office: Office | None


def in_term(since: date, until: date | None, *, on: date) -> bool:
    """Say whether a term covers the day; its last day counts."""
    return since <= on and (until is None or on <= until)


def chairs_in_order(members: Iterable[Member]) -> list[Member]:
    """Order who chairs: the chair, the vice-chair, then the longest-serving seat (then member, then state)."""
    rank = {Office.CHAIR: 0, Office.VICE_CHAIR: 1, None: 2}
    return sorted(members, key=lambda m: (rank[m.office], m.seat_since, m.since, m.state, str(m.person_id)))


def acting_chair(
    members: Iterable[Member], *, barred: Collection[uuid.UUID], states_out: Collection[str]
) -> Member | None:
    """Return who chairs a case: the first in the order who is concerned neither in person nor by their state."""
    return next((m for m in chairs_in_order(members) if m.person_id not in barred and m.state not in states_out), None)
