"""What still stands against finishing the assessment or the review, or tabling a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from certify.applications.rules import Step


class Obstacle(StrEnum):
    """Why the next step is not open yet."""

    PROFILE = "profile"
    UNGRADED = "ungraded"
    NOT_SCREENED = "not_screened"
    OPEN_HITS = "open_hits"
    UNREVIEWED = "unreviewed"
    UNRULED = "unruled"
    OPEN_FINDING = "open_finding"
    NO_RECOMMENDATION = "no_recommendation"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a case is: what is left of each kind of work."""

    profile_confirmed: int = 0
    ungraded: int = 0
    unreviewed: int = 0
    unruled: int = 0
    screened: int = 0
    open_hits: int = 0
    open_findings: int = 0
    recommendations: int = 0
    """Recommendations that are written and not yet tabled: 0 or 1."""


def obstacles_to(step: Step, standing: Standing) -> tuple[Obstacle, ...]:
    """Return what stands against a step, in the order in which it is best cleared.

    Consultations never stand in the way: silence is not a veto, and what is open is shown as open.
    """
    found = {
        Obstacle.PROFILE: not standing.profile_confirmed,
        Obstacle.UNGRADED: bool(standing.ungraded),
        Obstacle.NOT_SCREENED: not standing.screened,
        Obstacle.OPEN_HITS: bool(standing.open_hits),
        Obstacle.UNREVIEWED: bool(standing.unreviewed),
        Obstacle.UNRULED: bool(standing.unruled),
        Obstacle.OPEN_FINDING: bool(standing.open_findings),
        Obstacle.NO_RECOMMENDATION: not standing.recommendations,
    }
    return tuple(one for one in ASKED[step] if found[one])


ASKED: dict[Step, tuple[Obstacle, ...]] = {
    Step.ASSESS: (Obstacle.PROFILE, Obstacle.UNGRADED, Obstacle.NOT_SCREENED, Obstacle.OPEN_HITS),
    Step.REVIEW: (Obstacle.UNREVIEWED, Obstacle.UNRULED, Obstacle.NOT_SCREENED, Obstacle.OPEN_HITS),
    Step.TABLE: (
        Obstacle.NOT_SCREENED,
        Obstacle.OPEN_HITS,
        Obstacle.OPEN_FINDING,
        Obstacle.NO_RECOMMENDATION,
    ),
}
"""Step > what must not stand against it."""
