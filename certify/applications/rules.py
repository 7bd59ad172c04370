"""Where an application stands, which steps lead on, what may be edited, and what is still missing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certify.criteria.rules import Criterion, Exclusion, Framework, Stage, Theme, YesNo


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


# -- the company at work ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """What the organisation's own facts make of it: its size, and the sectors that its activities fall in."""

    size: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a company says to one criterion: a level of 0..4, a decimal string, or that it does not apply, and why."""

    level: int | None = None
    number: str | None = None
    not_applicable: bool = False
    reason: str = ""
    note: str = ""

    @property
    def answers(self) -> bool:
        """Whether this answers the question; a note alone does not."""
        return self.level is not None or self.number is not None or (self.not_applicable and bool(self.reason))


@dataclass(frozen=True, slots=True)
class Reopened:
    """The criteria that a clarification reopens, and the last day on which they may be changed."""

    criteria: frozenset[str]
    until: date


class Progress(StrEnum):
    """How far a theme is answered."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    NEEDS_ATTENTION = "needs_attention"


def may_edit(status: Status, criterion: str, reopened: Reopened | None, on: date) -> bool:
    """Whether an answer may be changed on a day: any in draft, in a clarification the named ones until its date."""
    if status is Status.DRAFT:
        return True
    named = reopened is not None and criterion in reopened.criteria and on <= reopened.until
    return status is Status.CLARIFICATION and named


def applicable_criteria(framework: Framework, profile: Profile) -> list[Criterion]:
    """Return the criteria that are asked of a company of this size and these sectors, in the framework's order."""
    return [
        criterion
        for criterion in framework.criteria.values()
        if criterion.applicability.covers(profile.size, profile.sectors)
    ]


def applicable_of(theme: Theme, profile: Profile) -> list[Criterion]:
    """Return a theme's criteria that are asked of this company."""
    return [each for each in theme.criteria if each.applicability.covers(profile.size, profile.sectors)]


def declared_exclusions(framework: Framework) -> list[Exclusion]:
    """Return the exclusions on which the company itself declares; the others are found by screening or review."""
    return [exclusion for exclusion in framework.exclusions if Stage.DECLARATION in exclusion.decided_on]


def missing_answers(framework: Framework, profile: Profile, answered: Iterable[str]) -> list[str]:
    """Return the criteria that are asked and not answered, in the framework's order."""
    known = set(answered)
    return [criterion.id for criterion in applicable_criteria(framework, profile) if criterion.id not in known]


def missing_declarations(framework: Framework, declared: Mapping[str, YesNo]) -> list[str]:
    """Return the exclusions on which the company has not declared yet."""
    return [exclusion.id for exclusion in declared_exclusions(framework) if exclusion.id not in declared]


def progress_of(criteria: Iterable[Criterion], answered: Iterable[str], begun: Iterable[str] = ()) -> Progress:
    """Say how far these criteria are answered; something typed that is no answer yet counts as begun."""
    asked = {criterion.id for criterion in criteria}
    done = asked & set(answered)
    if done == asked:
        return Progress.COMPLETE
    return Progress.IN_PROGRESS if done or asked & set(begun) else Progress.NOT_STARTED


def takes_level(criterion: Criterion, level: int) -> bool:
    """Whether the rubric has this level."""
    return level in criterion.levels


# -- what happened ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ApplicationStarted:
    """A company began an application under this version of the criteria."""

    application_id: uuid.UUID
    organisation_id: uuid.UUID
    framework: str


@dataclass(frozen=True, slots=True)
class SignOffRequested:
    """The editors are done; a legal representative is asked to sign off."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ReturnedToEditing:
    """Before signing off, the company went back to its answers."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    """A legal representative signed off; `snapshot` is the number of what was frozen, 1 the first time."""

    application_id: uuid.UUID
    organisation_id: uuid.UUID
    snapshot: int


@dataclass(frozen=True, slots=True)
class ReviewBegun:
    """The Secretariat took up the case: screening, consultation and assessment run in parallel."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ClarificationAsked:
    """Named criteria were reopened until a date (ISO 8601)."""

    application_id: uuid.UUID
    criteria: tuple[str, ...]
    until: str


@dataclass(frozen=True, slots=True)
class ClarificationAnswered:
    """The company answered and signed off again; `snapshot` is the number of the new snapshot.

    `facts_changed` is "yes" where owners, directors or countries differ from the snapshot before: they are screened and
    consulted again.
    """

    application_id: uuid.UUID
    organisation_id: uuid.UUID
    snapshot: int
    facts_changed: YesNo


@dataclass(frozen=True, slots=True)
class ClarificationLapsed:
    """The date passed without sign-off: the case goes on with the snapshot that stands."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ApplicationAssessed:
    """The assessor finished."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ApplicationReviewed:
    """The reviewer finished."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ReviewReopened:
    """The case went back to assessment."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ApplicationTabled:
    """The case was put before the Board."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ApplicationDecided:
    """The Board decided; `outcome` is approved, approved_with_conditions, deferred or refused."""

    application_id: uuid.UUID
    organisation_id: uuid.UUID
    outcome: Status


@dataclass(frozen=True, slots=True)
class ApplicationIneligible:
    """An exclusion was confirmed and ended the case."""

    application_id: uuid.UUID
    organisation_id: uuid.UUID
    exclusion: str


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    """The company withdrew its application."""

    application_id: uuid.UUID
    organisation_id: uuid.UUID
