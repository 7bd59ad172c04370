"""What happens to agreements."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AgreementDrafted:
    """An officer began an agreement from an active certificate."""

    agreement_id: uuid.UUID
    organisation_id: uuid.UUID
    reference: str


@dataclass(frozen=True, slots=True)
class VersionProposed:
    """A version was put before the parties."""

    agreement_id: uuid.UUID
    version: int


@dataclass(frozen=True, slots=True)
class VersionPrinted:
    """The unsigned canonical PDF of a version is there; `sha256` is what everybody agrees to, clears and signs."""

    agreement_id: uuid.UUID
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PartyAgreed:
    """A party marked a version as agreed."""

    agreement_id: uuid.UUID
    version: int
    party: str


@dataclass(frozen=True, slots=True)
class PartyCommented:
    """A party commented on a version."""

    agreement_id: uuid.UUID
    version: int
    party: str


@dataclass(frozen=True, slots=True)
class VersionAgreed:
    """Every party marked the same version as agreed."""

    agreement_id: uuid.UUID
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ClearanceTabled:
    """The agreed version was put before the Board."""

    agreement_id: uuid.UUID
    version: int
    motion: int


@dataclass(frozen=True, slots=True)
class AgreementCleared:
    """The Board cleared exactly this version."""

    agreement_id: uuid.UUID
    version: int
    resolution: str


@dataclass(frozen=True, slots=True)
class ClearanceRefused:
    """The Board did not clear the version, or decided on another one than stands now."""

    agreement_id: uuid.UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class SigningOpened:
    """The parties may sign, in order, until the moment named."""

    agreement_id: uuid.UUID
    version: int
    until: datetime


@dataclass(frozen=True, slots=True)
class AgreementSigned:
    """One party signed."""

    agreement_id: uuid.UUID
    party: str


@dataclass(frozen=True, slots=True)
class SigningDeclined:
    """A party declined to sign; every signature of this round falls."""

    agreement_id: uuid.UUID
    party: str


@dataclass(frozen=True, slots=True)
class SigningLapsed:
    """Not every party signed in time; every signature of this round falls."""

    agreement_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AgreementConcluded:
    """All signed, both documents are sealed, the agreement is in force."""

    agreement_id: uuid.UUID
    organisation_id: uuid.UUID
    sha256: str


@dataclass(frozen=True, slots=True)
class AgreementSuspended:
    """The suspension clause was raised because the company's certificate is not active."""

    agreement_id: uuid.UUID
    organisation_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AgreementReinstated:
    """The certificate is active again and the alert is lifted."""

    agreement_id: uuid.UUID
    organisation_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AgreementExpired:
    """The last day of the term has passed."""

    agreement_id: uuid.UUID
    organisation_id: uuid.UUID
