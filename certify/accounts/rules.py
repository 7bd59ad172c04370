"""What roles there are and how a role is granted: proposed by one administrator, confirmed by another."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be for the organisation; membership of a company is no role but a fact of that company."""

    OFFICER = "officer"
    EXPERT = "expert"
    """Outside technical reviewer."""
    BOARD = "board"
    FOCAL_POINT = "focal_point"
    ASSOCIATED = "associated"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


COUNTRY_ROLES = frozenset({Role.FOCAL_POINT})
"""Roles that are held for one country."""
SECOND_FACTOR_ROLES = frozenset({Role.OFFICER, Role.EXPERT, Role.BOARD, Role.ADMINISTRATOR})
"""Roles that sign in with a one-time password outside demonstration mode."""
LEAST_ADMINISTRATORS = 2
"""One proposes a role, another confirms it."""
FAILURES_ALLOWED = 10
"""Wrong passwords in a row before the account waits (default, to be set by the administrator)."""
WAIT_MINUTES = 15


@dataclass(frozen=True, slots=True)
class AccountConfirmed:
    """A person confirmed the address of a new account."""

    person_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """A second administrator confirmed a role."""

    person_id: uuid.UUID
    role: Role


@dataclass(frozen=True, slots=True)
class RoleWithdrawn:
    """A role was taken away; it ends at once, also in a live session."""

    person_id: uuid.UUID
    role: Role


def may_confirm(*, proposed_by: uuid.UUID | None, person: uuid.UUID, confirmer: uuid.UUID | None) -> bool:
    """Say whether this administrator may confirm the grant: neither the proposer nor the person concerned."""
    return confirmer is not None and confirmer not in {proposed_by, person}
