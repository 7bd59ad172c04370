"""Who signs next, what stands against a signature, and the chain of the signing record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certify.agreements.rules.course import State

SIGNING_DAYS = 60
"""Days in which every party signs once signing is open; default, to be set by the Board."""


class Method(StrEnum):
    """How a signatory was authenticated."""

    ONE_FACTOR = "one_factor"
    """Password typed again at signing."""
    TWO_FACTORS = "two_factors"
    """Password typed again at signing, in a session that was opened with a one-time code."""


class SealedKind(StrEnum):
    """The two sealed documents that a concluded agreement leaves."""

    AGREEMENT = "agreement"
    RECORD = "record"


class Obstacle(StrEnum):
    """What stands against a signature; each has its sentence in words.py."""

    NOT_OPEN = "not_open"
    EXPIRED = "expired"
    NOT_CERTIFIED = "not_certified"
    OUTDATED = "outdated"
    SIGNED_ALREADY = "signed_already"
    NOT_YOUR_TURN = "not_your_turn"


def next_signatory(order: Sequence[str], signed: Collection[str]) -> str | None:
    """Return the key of the party that signs next, None when all have: nobody signs before those ahead of them."""
    return next((key for key in order if key not in signed), None)


def is_last(order: Sequence[str], signed: Collection[str]) -> bool:
    """Say whether only one signature is missing."""
    return sum(key not in signed for key in order) == 1


@dataclass(frozen=True, slots=True)
class Table:
    """How the signing of one version stands at a moment."""

    state: State
    order: tuple[str, ...]
    signed: frozenset[str]
    sha256: str
    until: datetime | None
    certificate_active: bool


def obstacle_to_sign(table: Table, *, party: str, sha256: str, at: datetime) -> Obstacle | None:
    """Name the first thing that stands against this party signing the file with this digest now."""
    obstacles = {
        Obstacle.SIGNED_ALREADY: party in table.signed,
        Obstacle.NOT_OPEN: table.state is not State.SIGNING or party not in table.order or table.until is None,
        Obstacle.EXPIRED: table.until is not None and at >= table.until,
        Obstacle.NOT_CERTIFIED: not table.certificate_active,
        Obstacle.OUTDATED: sha256 != table.sha256,
        Obstacle.NOT_YOUR_TURN: next_signatory(table.order, table.signed) != party,
    }
    return next((obstacle for obstacle, stands in obstacles.items() if stands), None)


def entry_digest(entry: Mapping[str, str]) -> str:
    """Return the SHA-256 of one entry of the signing record as canonical JSON; the next entry names it as `before`."""
    text = json.dumps(dict(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


ENTRY_FIELDS = ("before", "document", "party", "for", "person", "capacity", "at", "method")
"""What an entry's digest covers, in the signing record's own names."""


def chain_faults(entries: Sequence[Mapping[str, str]], *, document: str) -> list[int]:
    """Return the positions, from 1, of the entries of a signing record that do not follow from the one before."""
    faults, before = [], document
    for position, entry in enumerate(entries, start=1):
        covered = {name: entry.get(name, "") for name in ENTRY_FIELDS}
        holds = entry.get("before") == before and entry.get("document") == document
        if not holds or entry_digest(covered) != entry.get("after"):
            faults.append(position)
        before = entry.get("after", "")
    return faults
