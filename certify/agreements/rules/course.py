"""How an agreement goes from draft to force.

drafting > negotiation > agreed > cleared by the Board on exactly this version > signed in order > in force. A declined
or lapsed signing returns to drafting; a changed word makes a new version and returns to negotiation.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where an agreement stands."""

    DRAFTING = "drafting"
    NEGOTIATION = "negotiation"
    AGREED = "agreed"
    CLEARED = "cleared"
    SIGNING = "signing"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    EXPIRED = "expired"


class Step(StrEnum):
    """What moves an agreement from one state to the next."""

    PROPOSE = "propose"
    AGREE = "agree"
    CLEAR = "clear"
    REJECT = "reject"
    OPEN_SIGNING = "open_signing"
    DECLINE = "decline"
    LAPSE = "lapse"
    CONCLUDE = "conclude"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    EXPIRE = "expire"


COURSE: Mapping[tuple[State, Step], State] = {
    (State.DRAFTING, Step.PROPOSE): State.NEGOTIATION,
    (State.NEGOTIATION, Step.PROPOSE): State.NEGOTIATION,
    (State.AGREED, Step.PROPOSE): State.NEGOTIATION,
    (State.CLEARED, Step.PROPOSE): State.NEGOTIATION,
    (State.NEGOTIATION, Step.AGREE): State.AGREED,
    (State.AGREED, Step.CLEAR): State.CLEARED,
    (State.AGREED, Step.REJECT): State.DRAFTING,
    (State.CLEARED, Step.OPEN_SIGNING): State.SIGNING,
    (State.SIGNING, Step.DECLINE): State.DRAFTING,
    (State.SIGNING, Step.LAPSE): State.DRAFTING,
    (State.SIGNING, Step.CONCLUDE): State.IN_FORCE,
    (State.IN_FORCE, Step.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Step.REINSTATE): State.IN_FORCE,
    (State.IN_FORCE, Step.EXPIRE): State.EXPIRED,
    (State.SUSPENDED, Step.EXPIRE): State.EXPIRED,
}
"""Every step that is possible, and where it leads."""
EDITABLE = frozenset({State.DRAFTING, State.NEGOTIATION, State.AGREED, State.CLEARED})
"""States in which the working text may change; a changed word becomes a new version and returns to negotiation."""
ENDED = frozenset({State.COMPLETED, State.TERMINATED, State.EXPIRED})


def next_state(state: State, step: Step) -> State | None:
    """Return the state that a step leads to, None where the step is not possible."""
    return COURSE.get((state, step))


class Ending(StrEnum):
    """Why a version is not before the parties any more."""

    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CONCLUDED = "concluded"
