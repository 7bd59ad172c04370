"""The pure rules of companies: places, activities, names, numbers, ownership, and what happened to a company."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

from certify.organisations.rules.activities import (
    DIVISIONS,
    OTHER_SECTOR,
    SECTOR_SOURCE,
    SECTORS,
    SIZE_SOURCE,
    THRESHOLDS,
    Size,
    sectors_of,
    size_of,
)
from certify.organisations.rules.details import LONGEST_NAME, Details, Fault, OrganisationKind, faults_in, is_line
from certify.organisations.rules.identifiers import TAX_NUMBERS, Verdict, check_tax_identifier, is_lei, lei_key
from certify.organisations.rules.names import name_key, nearly_same, registration_key
from certify.organisations.rules.ownership import (
    LEAST_SHARE_BP,
    WHOLE_BP,
    OwnerKind,
    Ownership,
    Part,
    fits,
    ownership,
    read_share,
)
from certify.organisations.rules.places import (
    COUNTRIES,
    INVENTED_STATES,
    MEMBER_STATES,
    MEMBERSHIPS,
    countries_concerned,
    distinct,
    may_register,
    member_states,
)

__all__ = [
    "COUNTRIES",
    "DIVISIONS",
    "INVENTED_STATES",
    "LEAST_SHARE_BP",
    "LONGEST_NAME",
    "MEMBERSHIPS",
    "MEMBER_STATES",
    "OTHER_SECTOR",
    "SECTORS",
    "SECTOR_SOURCE",
    "SIZE_SOURCE",
    "TAX_NUMBERS",
    "THRESHOLDS",
    "WHOLE_BP",
    "Details",
    "Fault",
    "MemberRole",
    "OrganisationChanged",
    "OrganisationKind",
    "OrganisationRegistered",
    "OwnerKind",
    "OwnersChanged",
    "Ownership",
    "Part",
    "Size",
    "Verdict",
    "check_tax_identifier",
    "countries_concerned",
    "distinct",
    "faults_in",
    "fits",
    "is_lei",
    "is_line",
    "lei_key",
    "may_register",
    "member_states",
    "name_key",
    "nearly_same",
    "ownership",
    "read_share",
    "registration_key",
    "sectors_of",
    "size_of",
]


class MemberRole(StrEnum):
    """What a person may do for a company; one person is its legal representative."""

    EDITOR = "editor"
    LEGAL_REPRESENTATIVE = "legal_representative"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    """A company registered."""

    organisation_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    """A company changed what it states about itself; `fields` names what, as 'legal_name' or 'countries'."""

    organisation_id: uuid.UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnersChanged:
    """Owners of 10 % and more, or directors, were added or removed: they are to be screened again."""

    organisation_id: uuid.UUID
