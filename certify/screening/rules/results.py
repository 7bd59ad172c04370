"""How alike two records are, what a screening found, and what every screener promises."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from certify.screening.rules.features import Feature
from certify.screening.rules.listed import ListedEntry, Subject, digest_of

MATCH_THRESHOLD: Final = 0.70
"""From this score on a likeness is a hit. Chosen on the development sets, see docs/adr/0008-name-matching.md."""

SHOWN_FROM: Final = 0.67
"""From this score on an officer sees a likeness that is no match, as a listed firm's namesake in another country."""

NEVER_HIDDEN: Final = 0.90
"""A name score from which no conflicting date or country may hide the entry from an officer (design rule)."""

SECOND_OFFICER: Final = 0.95
"""From this score on a second officer must agree before a hit is cleared (design rule of adjudication)."""

CANDIDATE_LIMIT: Final = 50
"""How many entries the index hands over for exact comparison; recall at this limit is measured by `make eval`."""

ENGINE_VERSION: Final = "1"
"""Raised with every change that can alter a score, so that an old run is never mistaken for a new one."""


class HitStatus(StrEnum):
    """Where the adjudication of a hit stands."""

    OPEN = "open"
    TRUE_MATCH = "true_match"
    FALSE_POSITIVE = "false_positive"
    UNDETERMINED = "undetermined"
    DELISTED = "delisted"


class ScreeningStatus(StrEnum):
    """Whether a subject was compared at all. A screening that did not run is never a clear one."""

    SCREENED = "screened"
    NOT_SCREENED = "not_screened"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two records are. Scores run from 0 to 1; `name_score` leaves dates and countries out."""

    score: float
    name_score: float
    features: tuple[Feature, ...] = ()

    @property
    def is_match(self) -> bool:
        """True from the shipped threshold on."""
        return self.score >= MATCH_THRESHOLD

    @property
    def is_shown(self) -> bool:
        """True when an officer must see it: nearly a match, or a name so like that no conflicting date may hide it."""
        return self.score >= SHOWN_FROM or self.name_score >= NEVER_HIDDEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry the index found, with the share of the subject's name weight that it holds (0 to 1)."""

    entry: ListedEntry
    likeness: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry to be shown, with the name of it that came nearest, and why."""

    entry: ListedEntry
    listed_name: str
    our_name: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class ListVersion:
    """Which state of a list was searched: the SHA-256 of the files it was read from, and its number of entries."""

    list_id: str
    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """What one screening did, so that "no hit" can be shown and replayed. `reason` says why nothing was searched."""

    status: ScreeningStatus
    subject_digest: str
    hits: tuple[Hit, ...] = ()
    versions: tuple[ListVersion, ...] = ()
    candidates: int = 0
    top_score: float = 0.0
    threshold: float = MATCH_THRESHOLD
    engine: str = ENGINE_VERSION
    reason: str = ""


class Screener(Protocol):
    """Anything that can search the lists for a subject. What cannot answer says "not screened", never nothing found."""

    def screen(self, subject: Subject) -> ScreeningResult:
        """Compare one subject with every list."""
        ...


def not_screened(subject: Subject, reason: str) -> ScreeningResult:
    """The answer of a screener that could not search; it blocks what a clear result would allow."""
    return ScreeningResult(ScreeningStatus.NOT_SCREENED, digest_of(subject), reason=reason)
