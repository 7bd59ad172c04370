"""What happened to an application."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from certify.applications.rules.course import Status
from certify.criteria.rules import YesNo


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
    """Named criteria (`HRT-01, HRT-02`) were reopened until a date (ISO 8601)."""

    application_id: uuid.UUID
    criteria: str
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
