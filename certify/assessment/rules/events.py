"""What happens to a case while it is assessed, as it is kept and told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from certify.assessment.rules.sides import Side


@dataclass(frozen=True, slots=True)
class CaseTaken:
    """An officer who declared no conflict took the assessment of a case."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ReviewTaken:
    """Somebody who declared no conflict took the review of a case."""

    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CaseReassigned:
    """Another officer gave the case to somebody else, for a reason."""

    application_id: uuid.UUID
    side: Side
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AssessmentFinished:
    """The assessor graded the evidence and confirmed or adjusted every answer."""

    application_id: uuid.UUID
    scorecard_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ReviewFinished:
    """The reviewer agreed or set other values, criterion by criterion."""

    application_id: uuid.UUID
    scorecard_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class RecommendationTabled:
    """The Secretariat's recommendation was frozen and put before the Board."""

    application_id: uuid.UUID
    recommendation_id: uuid.UUID
    motion_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ExclusionDrafted:
    """A true match on an excluding list opened a draft for an officer to complete."""

    application_id: uuid.UUID
    finding_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ExclusionFound:
    """An officer found an exclusion, with source and quotation."""

    application_id: uuid.UUID
    finding_id: uuid.UUID
    exclusion: str


@dataclass(frozen=True, slots=True)
class ExclusionNotified:
    """A second officer seconded the finding, and the company was told and may answer until a date."""

    application_id: uuid.UUID
    finding_id: uuid.UUID
    exclusion: str
    answer_until: date


@dataclass(frozen=True, slots=True)
class ExclusionAnswered:
    """The company answered the finding."""

    application_id: uuid.UUID
    finding_id: uuid.UUID
    exclusion: str


@dataclass(frozen=True, slots=True)
class ExclusionConfirmed:
    """The Board's chair confirmed the finding; it ends the case."""

    application_id: uuid.UUID
    finding_id: uuid.UUID
    exclusion: str


@dataclass(frozen=True, slots=True)
class ExclusionDismissed:
    """The finding did not hold; the case goes on."""

    application_id: uuid.UUID
    finding_id: uuid.UUID
    exclusion: str


@dataclass(frozen=True, slots=True)
class ExclusionDropped:
    """Officers dropped a draft or a finding that nobody seconded; the company was never told."""

    application_id: uuid.UUID
    finding_id: uuid.UUID
