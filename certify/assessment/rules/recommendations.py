"""What may be recommended, which motion carries it, and what the Board's vote means for the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certify.applications.rules import Status
from certify.board.rules import MotionKind
from certify.criteria.rules import Band


class Recommended(StrEnum):
    """What the Secretariat recommends."""

    CERTIFY = "certify"
    REFUSE = "refuse"
    DEFER = "defer"


class Gap(StrEnum):
    """What a condition lacks."""

    TEXT = "text"
    OWNER = "owner"
    DUE = "due"


CERTIFIABLE = frozenset({Band.CONDITIONAL, Band.CERTIFIED, Band.DISTINCTION})
"""Bands that let the Board certify; it may refuse or defer any case with reasons."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the company has to do after the decision: who does it, and by when."""

    text: str
    owner: str
    due_on: date | None


def permitted(band: Band) -> frozenset[Recommended]:
    """Return what the band permits to recommend: never more than it bears."""
    always = frozenset({Recommended.REFUSE, Recommended.DEFER})
    return always | {Recommended.CERTIFY} if band in CERTIFIABLE else always


def condition_gaps(condition: Condition, *, on: date, latest: date) -> tuple[Gap, ...]:
    """Say what a condition lacks: a text, an owner, a due date after today and not after `latest`."""
    gaps = []
    if not condition.text.strip():
        gaps.append(Gap.TEXT)
    if not condition.owner.strip():
        gaps.append(Gap.OWNER)
    if condition.due_on is None or not on < condition.due_on <= latest:
        gaps.append(Gap.DUE)
    return tuple(gaps)


def motion_kind(recommended: Recommended, *, objected: bool) -> MotionKind:
    """Return the motion that carries a recommendation; over a government's objection it needs two thirds in session."""
    if recommended is not Recommended.CERTIFY:
        return MotionKind.REFUSE
    return MotionKind.CERTIFY_OVER_OBJECTION if objected else MotionKind.CERTIFY


def decided(
    kind: MotionKind, outcome: str, *, recommended: Recommended, conditions: Iterable[Condition]
) -> Status | None:
    """Say what the Board's decision makes of the case; None where nothing is decided (no quorum).

    A rejected motion to certify refuses; a rejected motion to refuse defers, as does one that proposed deferral.
    """
    if outcome == "deferred":
        return Status.DEFERRED
    if outcome not in {"adopted", "rejected"}:
        return None
    if kind is MotionKind.REFUSE:
        refused = outcome == "adopted" and recommended is not Recommended.DEFER
        return Status.REFUSED if refused else Status.DEFERRED
    if outcome == "rejected":
        return Status.REFUSED
    return Status.APPROVED_WITH_CONDITIONS if any(True for _ in conditions) else Status.APPROVED
