"""What screenings, hits and verdicts amount to, and what happens to them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from certify.screening.rules import SECOND_OFFICER, Effect, HitStatus

FRESH_DAYS: Final = 7
"""How old a screening may be when a certificate is issued or an agreement gets its last signature."""


LIST_STALE_DAYS: Final = 14
"""After so many days without a check of its files a list is shown as stale; default, to be set by the Board."""


class Role(StrEnum):
    """What a subject is to the company that is screened."""

    COMPANY = "company"
    OWNER = "owner"
    DIRECTOR = "director"


class ReasonCode(StrEnum):
    """Why an officer decided as it was decided."""

    SAME_IDENTITY = "same_identity"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_COUNTRY = "other_country"
    OTHER_ACTIVITY = "other_activity"
    NAME_ONLY = "name_only"
    NOT_ENOUGH = "not_enough"


class StateWord(StrEnum):
    """What the screening of a company amounts to; a screening that did not run is never clear."""

    NOT_SCREENED = "not_screened"
    OPEN_HITS = "open_hits"
    UNDETERMINED = "undetermined"
    TRUE_MATCH = "true_match"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class ScreeningState:
    """The screening of a company at a moment: its word, when it ran, whether the run is fresh and of today's owners."""

    status: StateWord
    run_at: datetime | None = None
    fresh: bool = False
    versions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit as far as the state of a screening depends on it."""

    status: HitStatus
    effect: Effect


def state_word(hits: Iterable[Judged]) -> StateWord:
    """Return what the hits amount to; a true match on an informative list goes to the dossier and blocks nothing."""
    found = list(hits)
    if any(hit.status is HitStatus.TRUE_MATCH and hit.effect is Effect.EXCLUDING for hit in found):
        return StateWord.TRUE_MATCH
    if any(hit.status is HitStatus.OPEN for hit in found):
        return StateWord.OPEN_HITS
    if any(hit.status is HitStatus.UNDETERMINED for hit in found):
        return StateWord.UNDETERMINED
    return StateWord.CLEAR


def needs_second_officer(verdict: HitStatus, *, score: float) -> bool:
    """Say whether a second officer must agree: for a true match, and for clearing a near-certain hit."""
    return verdict is HitStatus.TRUE_MATCH or (verdict is HitStatus.FALSE_POSITIVE and score >= SECOND_OFFICER)


FITTING: Final[Mapping[HitStatus, tuple[ReasonCode, ...]]] = {
    HitStatus.TRUE_MATCH: (ReasonCode.SAME_IDENTITY,),
    HitStatus.FALSE_POSITIVE: (
        ReasonCode.NAME_ONLY,
        ReasonCode.OTHER_BIRTH_DATE,
        ReasonCode.OTHER_COUNTRY,
        ReasonCode.OTHER_ACTIVITY,
    ),
    HitStatus.UNDETERMINED: (ReasonCode.NOT_ENOUGH, ReasonCode.NAME_ONLY),
}
"""Verdict > the reasons that can stand for it."""


def needs_words(verdict: HitStatus, *, score: float) -> bool:
    """Say whether a verdict needs a sentence beside its reason code: where a colleague has to follow the thought."""
    return verdict is HitStatus.UNDETERMINED or needs_second_officer(verdict, score=score)


def is_stale(checked_at: datetime, *, on: datetime) -> bool:
    """Say whether a list was not checked for longer than it may be."""
    return on - checked_at > timedelta(days=LIST_STALE_DAYS)


@dataclass(frozen=True, slots=True)
class ListImported:
    """A new version of a list is live."""

    list_id: str
    number: int


@dataclass(frozen=True, slots=True)
class ScreeningDone:
    """A company was screened."""

    organisation_id: uuid.UUID
    hits: int


@dataclass(frozen=True, slots=True)
class TrueMatchFound:
    """Two officers confirmed that a subject is the one on the list."""

    organisation_id: uuid.UUID
    hit_id: uuid.UUID
    effect: Effect


@dataclass(frozen=True, slots=True)
class HitsSettled:
    """No hit of a company is open or undetermined any more."""

    organisation_id: uuid.UUID
