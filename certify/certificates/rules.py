"""What standing a certificate has, what stands against issuing it, and what happens to it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from anyascii import anyascii

NOTICE_DAYS = 10
"""Days between the chair's confirmation of a suspension and its effect; default, to be set by the Board."""
URGENT_DAYS = 30
"""Days after which an urgent suspension lapses unless the Board ratifies it; default, to be set by the Board."""
HEARING_WORKING_DAYS = 20
"""Working days in which a company answers a proposed withdrawal; default, to be set by the Board."""
SCREENING_DAYS = 7
"""How old the screening of owners and directors may be when a certificate is issued; default, set by the Board."""


class State(StrEnum):
    """What is stored: the last decided step. Suspension and expiry are computed from their dates."""

    PENDING = "pending"
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BY_HOLDER = "withdrawn_by_holder"
    SUPERSEDED = "superseded"


class Standing(StrEnum):
    """What a certificate is worth at a moment, as the public register says it."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BY_HOLDER = "withdrawn_by_holder"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Procedure(StrEnum):
    """How a suspension came about."""

    ORDINARY = "ordinary"
    """Proposed, confirmed by the chair, in effect ten days after notice."""
    URGENT = "urgent"
    """By the chair alone, at once; lapses after 30 days unless the Board ratifies it."""


class Ground(StrEnum):
    """Why a certificate is suspended or withdrawn."""

    RIGHTS = "rights"
    SANCTIONS = "sanctions"
    FALSE_INFORMATION = "false_information"
    CONDITIONS = "conditions"
    REPORTING = "reporting"
    MISUSE = "misuse"
    OTHER = "other"


class Obstacle(StrEnum):
    """What stands against issuing a certificate."""

    NOT_APPROVED = "not_approved"
    ISSUED_ALREADY = "issued_already"
    ANOTHER_LIVES = "another_lives"
    NOT_SCREENED = "not_screened"
    SCREENING_OLD = "screening_old"
    OPEN_HITS = "open_hits"
    TRUE_MATCH = "true_match"


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension with its moments: from when, until when at most, and when it was ended."""

    effective_at: datetime | None
    lapses_at: datetime | None = None
    ended_at: datetime | None = None

    def holds(self, *, at: datetime) -> bool:
        """Say whether the certificate is suspended by this at a moment."""
        begun = self.effective_at is not None and self.effective_at <= at
        lapsed = self.lapses_at is not None and self.lapses_at <= at
        return begun and not lapsed and (self.ended_at is None or at < self.ended_at)


def standing(state: State, *, valid_until: date, pauses: Iterable[Pause], at: datetime) -> Standing:
    """Return the standing at a moment: an end that was decided first, then expiry, then suspension.

    A certificate is valid through the whole of its last day (UTC).
    """
    if state is not State.ACTIVE:
        return Standing(state.value)
    if at.date() > valid_until:
        return Standing.EXPIRED
    return Standing.SUSPENDED if any(pause.holds(at=at) for pause in pauses) else Standing.ACTIVE


def searchable(name: str) -> str:
    """Return a name as the register searches it: transliterated, without accents, in small letters."""
    return " ".join(anyascii(name).casefold().split())


def takes_effect(confirmed_at: datetime) -> datetime:
    """Return when a confirmed suspension takes effect."""
    return confirmed_at + timedelta(days=NOTICE_DAYS)


def lapses(begun_at: datetime) -> datetime:
    """Return when an urgent suspension lapses unless it is ratified."""
    return begun_at + timedelta(days=URGENT_DAYS)


def may_decide(*, proposed_by: uuid.UUID | None, decider: uuid.UUID | None) -> bool:
    """Say whether this person may confirm: never the proposer."""
    return decider is not None and decider != proposed_by


@dataclass(frozen=True, slots=True)
class CertificateClaimed:
    """The company accepted the terms; the certificate is being made and is not public yet."""

    certificate_id: uuid.UUID
    application_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """The certificate is sealed, stored and active."""

    certificate_id: uuid.UUID
    organisation_id: uuid.UUID
    number: str


@dataclass(frozen=True, slots=True)
class SuspensionProposed:
    """Somebody entitled proposed to suspend; the chair decides."""

    certificate_id: uuid.UUID
    ground: Ground


@dataclass(frozen=True, slots=True)
class SuspensionConfirmed:
    """The chair confirmed a suspension; it takes effect at the moment named."""

    certificate_id: uuid.UUID
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateSuspended:
    """A suspension is in effect."""

    certificate_id: uuid.UUID
    organisation_id: uuid.UUID
    number: str


@dataclass(frozen=True, slots=True)
class SuspensionLapsed:
    """An urgent suspension was not ratified within its time."""

    certificate_id: uuid.UUID
    number: str


@dataclass(frozen=True, slots=True)
class CertificateReinstated:
    """A suspension was lifted."""

    certificate_id: uuid.UUID
    organisation_id: uuid.UUID
    number: str


@dataclass(frozen=True, slots=True)
class WithdrawalProposed:
    """Somebody entitled proposed to withdraw; the company is heard until the date named."""

    certificate_id: uuid.UUID
    answer_until: date


@dataclass(frozen=True, slots=True)
class CertificateWithdrawn:
    """The certificate has ended, by the Board's motion or given back by its holder."""

    certificate_id: uuid.UUID
    organisation_id: uuid.UUID
    number: str
    state: State


@dataclass(frozen=True, slots=True)
class CertificateExpired:
    """The last day of validity has passed; published once."""

    certificate_id: uuid.UUID
    organisation_id: uuid.UUID
    number: str
