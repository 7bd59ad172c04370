"""Where an application stands, and which steps lead on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CLARIFICATION = "clarification"
    ASSESSED = "assessed"
    REVIEWED = "reviewed"
    TABLED = "tabled"
    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    DEFERRED = "deferred"
    REFUSED = "refused"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves an application on."""

    REQUEST_SIGN_OFF = "request_sign_off"
    RETURN_TO_EDITING = "return_to_editing"
    SUBMIT = "submit"
    BEGIN_REVIEW = "begin_review"
    ASK_CLARIFICATION = "ask_clarification"
    ANSWER_CLARIFICATION = "answer_clarification"
    CLOSE_CLARIFICATION = "close_clarification"
    ASSESS = "assess"
    REVIEW = "review"
    RETURN_TO_REVIEW = "return_to_review"
    TABLE = "table"
    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    DEFER = "defer"
    REFUSE = "refuse"
    DECLARE_INELIGIBLE = "declare_ineligible"
    WITHDRAW = "withdraw"


BEFORE_SIGN_OFF = frozenset({Status.DRAFT, Status.AWAITING_SIGN_OFF})
"""The company works on it; nobody else reads it."""
CLOSED = frozenset(
    {Status.APPROVED, Status.APPROVED_WITH_CONDITIONS, Status.REFUSED, Status.INELIGIBLE, Status.WITHDRAWN}
)
"""Nothing follows; a company may apply anew."""
OPEN = frozenset(Status) - CLOSED
IN_PROCEDURE = OPEN - BEFORE_SIGN_OFF
"""The organisation works on it."""
ONCE_TABLED = frozenset(
    {Status.TABLED, Status.APPROVED, Status.APPROVED_WITH_CONDITIONS, Status.DEFERRED, Status.REFUSED}
)
"""The Board has it, or had it, before it."""

_in_review = frozenset({Status.IN_REVIEW})
_tabled = frozenset({Status.TABLED})
STEPS: Mapping[Step, tuple[frozenset[Status], Status]] = {
    Step.REQUEST_SIGN_OFF: (frozenset({Status.DRAFT}), Status.AWAITING_SIGN_OFF),
    Step.RETURN_TO_EDITING: (frozenset({Status.AWAITING_SIGN_OFF}), Status.DRAFT),
    Step.SUBMIT: (frozenset({Status.AWAITING_SIGN_OFF}), Status.SUBMITTED),
    Step.BEGIN_REVIEW: (frozenset({Status.SUBMITTED}), Status.IN_REVIEW),
    Step.ASK_CLARIFICATION: (_in_review, Status.CLARIFICATION),
    Step.ANSWER_CLARIFICATION: (frozenset({Status.CLARIFICATION}), Status.IN_REVIEW),
    Step.CLOSE_CLARIFICATION: (frozenset({Status.CLARIFICATION}), Status.IN_REVIEW),
    Step.ASSESS: (_in_review, Status.ASSESSED),
    Step.REVIEW: (frozenset({Status.ASSESSED}), Status.REVIEWED),
    Step.RETURN_TO_REVIEW: (frozenset({Status.ASSESSED, Status.REVIEWED, Status.DEFERRED}), Status.IN_REVIEW),
    Step.TABLE: (frozenset({Status.REVIEWED, Status.DEFERRED}), Status.TABLED),
    Step.APPROVE: (_tabled, Status.APPROVED),
    Step.APPROVE_WITH_CONDITIONS: (_tabled, Status.APPROVED_WITH_CONDITIONS),
    Step.DEFER: (_tabled, Status.DEFERRED),
    Step.REFUSE: (_tabled, Status.REFUSED),
    Step.DECLARE_INELIGIBLE: (IN_PROCEDURE, Status.INELIGIBLE),
    Step.WITHDRAW: (OPEN, Status.WITHDRAWN),
}
"""Step > from which states, and to which one."""

DECISIONS: Mapping[Status, Step] = {
    Status.APPROVED: Step.APPROVE,
    Status.APPROVED_WITH_CONDITIONS: Step.APPROVE_WITH_CONDITIONS,
    Status.DEFERRED: Step.DEFER,
    Status.REFUSED: Step.REFUSE,
}
"""What the Board may decide on a tabled case, and the step that does it."""


def next_status(status: Status, step: Step) -> Status | None:
    """Return where a step leads from this state; None where the step is not possible."""
    starts, end = STEPS[step]
    return end if status in starts else None
