"""Owners of 10 % and more, directors, and what is still missing before a company can apply."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

WHOLE_BP = 10_000
LEAST_SHARE_BP = 1_000
"""Owners are named from 10 % on. Shares are in basis points: 10 000 is the whole."""
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?")


class OwnerKind(StrEnum):
    """Who owns: nobody can be screened behind an anonymous share, so it stays unresolved."""

    PERSON = "person"
    COMPANY = "company"
    ANONYMOUS = "anonymous"


class Part(StrEnum):
    """A part of what a company states about itself; each has its own page."""

    IDENTITY = "identity"
    ACTIVITIES = "activities"
    COUNTRIES = "countries"
    OWNERS = "owners"
    DIRECTORS = "directors"


@dataclass(frozen=True, slots=True)
class Ownership:
    """How much of a company has a known owner (basis points of the whole)."""

    named_bp: int
    unresolved_bp: int

    @property
    def unlisted_bp(self) -> int:
        """What is left for owners below 10 %, who are not named."""
        return WHOLE_BP - self.named_bp - self.unresolved_bp

    @property
    def is_resolved(self) -> bool:
        """Whether nobody with 10 % or more is anonymous."""
        return self.unresolved_bp == 0


def ownership(shares: Iterable[tuple[OwnerKind, int]]) -> Ownership:
    """Sum the shares of the named owners and of the anonymous ones."""
    listed = list(shares)
    unresolved = sum(share for kind, share in listed if kind is OwnerKind.ANONYMOUS)
    return Ownership(sum(share for _kind, share in listed) - unresolved, unresolved)


def read_share(text: str) -> int | None:
    """Read a percentage as '12.5' or '12,5', at most two decimals, in basis points; None where it is no such number."""
    match = _PERCENT.fullmatch(text.strip())
    if not match:
        return None
    share = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    return share if share <= WHOLE_BP else None


def fits(share_bp: int, *, listed_bp: int) -> bool:
    """Say whether another share of 10 % or more fits beside those listed; together they are at most the whole."""
    return share_bp >= LEAST_SHARE_BP and listed_bp + share_bp <= WHOLE_BP
