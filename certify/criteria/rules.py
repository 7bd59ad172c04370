"""What a framework is made of, and the few sums that belong to a single criterion.

All values are in basis points (10 000 = 100 %) unless a name says otherwise. Everything here is frozen: a published
version never changes. The format is described in docs/criteria.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from certify.criteria.decimals import scaled

LANGUAGES = ("en", "es", "fr", "pt")
FULL = 10_000
"""Basis points of a criterion, theme or total that lacks nothing."""
LEVEL = 2_500
"""Basis points of one rubric level of 0..4; also the most that counts below a criterion's least evidence grade."""
EVERYWHERE = "all"
"""The applicability that names every size, or every sector."""


class AnswerType(StrEnum):
    """How a company answers a criterion."""

    SCALE = "scale"
    CHOICE = "choice"
    DOCUMENT = "document"
    YES_NO = "yes_no"
    NUMBER = "number"


class YesNo(StrEnum):
    """The finding on an exclusion."""

    YES = "yes"
    NO = "no"


class Stage(StrEnum):
    """Where in a case an exclusion is found."""

    SCREENING = "screening"
    DECLARATION = "declaration"
    REVIEW = "review"


class Band(StrEnum):
    """The engine's finding on a case, worst first. It bounds what the Board may decide."""

    NOT_ELIGIBLE = "not_eligible"
    NOT_CERTIFIED = "not_certified"
    CONDITIONAL = "conditional"
    CERTIFIED = "certified"
    DISTINCTION = "distinction"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a file is refused: where it is, what it is about, and what is wrong, as the end of a sentence."""

    file: str
    id: str
    reason: str

    def __str__(self) -> str:
        """The sentence for a person."""
        where = f"{self.file}: {self.id}" if self.id else self.file
        return f"{where}: {self.reason}."


class Refused(ValueError):
    """An input breaks the rules of its format; `faults` says where and why, at least once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep every fault; the first one is the message."""
        self.faults = tuple(faults)
        super().__init__(str(self.faults[0]))


@dataclass(frozen=True, slots=True)
class Goalposts:
    """The two numbers between which a measured answer earns its value; `zero_at` may be the greater."""

    zero_at: str
    full_at: str

    def basis_points(self, number: str) -> int:
        """Value of a measured answer: (x - zero_at)/(full_at - zero_at) within 0..1, rounded half up once."""
        readings = [scaled(text) for text in (number, self.zero_at, self.full_at)]
        places = max(reading[1] for reading in readings)
        x, zero, full = (int(digits * 10 ** (places - own)) for digits, own in readings)
        done, whole = (x - zero, full - zero) if full > zero else (zero - x, zero - full)
        if done <= 0:
            return 0
        return FULL if done >= whole else (2 * FULL * done + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Applicability:
    """Which companies a criterion is asked of. Each side is ("all",) or names declared values."""

    sizes: tuple[str, ...]
    sectors: tuple[str, ...]

    def covers(self, size: str, sectors: Iterable[str]) -> bool:
        """A criterion needs the company's size, and any one of its sectors."""
        by_size = self.sizes == (EVERYWHERE,) or size in self.sizes
        return by_size and (self.sectors == (EVERYWHERE,) or not set(sectors).isdisjoint(self.sectors))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing asked of a company: a rubric of `levels`, or `goalposts` for a number; never both."""

    id: str
    theme: str
    answer_type: AnswerType
    weight: int
    applicability: Applicability
    evidence_required: tuple[str, ...]
    min_evidence_grade: int
    references: tuple[str, ...]
    monitoring_months: int
    levels: tuple[int, ...] = ()
    goalposts: Goalposts | None = None
    required_level: int | None = None
    not_applicable_on_request: bool = False

    def counted(self, value: int, grade: int, caps: tuple[int, ...]) -> int:
        """What `value` earns on evidence of `grade`: the grade's cap, and at most 2 500 below the least grade asked."""
        counted = min(value, caps[grade])
        return min(counted, LEVEL) if grade < self.min_evidence_grade else counted

    def meets(self, counted: int, grade: int | None) -> bool:
        """Whether the required level is reached; too low a grade misses it whatever was answered (None: no answer)."""
        if self.required_level is None:
            return True
        proven = grade is None or grade >= self.min_evidence_grade
        return proven and counted >= LEVEL * self.required_level

    def curable(self, counted: int) -> bool:
        """Whether a missed required level is missed by one level only."""
        return self.required_level is not None and counted >= LEVEL * (self.required_level - 1)


@dataclass(frozen=True, slots=True)
class Theme:
    """Criteria that stand for one value of the organisation, with the least score that each company needs there."""

    id: str
    default_weight: int
    minimum: int
    criteria: tuple[Criterion, ...]

    @property
    def weight(self) -> int:
        """Sum of the weights of all its criteria, before anything is found not applicable."""
        return sum(criterion.weight for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What ends a case, whatever the score, once it is confirmed."""

    id: str
    trigger: str
    decided_on: tuple[Stage, ...]
    references: tuple[str, ...]
    disqualifies_when: YesNo
    monitoring_months: int


@dataclass(frozen=True, slots=True)
class MemberWeighting:
    """The box within which a member state allots its points over the themes, and the quorum for its mean to count."""

    points: int
    minimum: int
    maximum: int
    aggregate: str
    quorum: int


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many weightings of the box are drawn for the robustness of a result, and the seed that fixes which."""

    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class ConditionalRule:
    """A curable gap: the total stands, and a few required levels are missed by one level each."""

    min_overall: int
    max_required_missed: int
    plan_months: int
    validity_months: int


@dataclass(frozen=True, slots=True)
class CertifiedRule:
    """The total that certifies, with every theme minimum and every required level."""

    min_overall: int
    validity_months: int


@dataclass(frozen=True, slots=True)
class DistinctionRule:
    """What is asked beyond certification: breadth, evidence of `evidence_grade`, and a result that weights cannot turn.

    `evidence_share` and `min_robustness` are shares in basis points.
    """

    min_overall: int
    min_every_theme: int
    evidence_grade: int
    evidence_share: int
    min_robustness: int
    validity_months: int


@dataclass(frozen=True, slots=True)
class Bands:
    """The rules of the three bands that can be issued."""

    conditional: ConditionalRule
    certified: CertifiedRule
    distinction: DistinctionRule

    def validity_months(self, band: Band) -> int | None:
        """The most months a certificate of this band is valid; None where the band issues nothing."""
        rules = {
            Band.CONDITIONAL: self.conditional.validity_months,
            Band.CERTIFIED: self.certified.validity_months,
            Band.DISTINCTION: self.distinction.validity_months,
        }
        return rules.get(band)


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """One published version of the members' criteria, whole and checked, with the digests that name it.

    `structure` and `texts` are the values of its files as read (treat them as read-only); two loadings of one version
    are different objects, so compare digests.
    """

    id: str
    version: str
    sizes: tuple[str, ...]
    sectors: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    themes: tuple[Theme, ...]
    evidence_caps: tuple[int, ...]
    member_weighting: MemberWeighting
    sampling: Sampling
    bands: Bands
    conditions: tuple[str, ...]
    structure: Mapping[str, Any] = field(repr=False)
    texts: Mapping[str, Mapping[str, str]] = field(repr=False)
    structure_digest: str
    texts_digest: str
    criteria: Mapping[str, Criterion] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the criteria by id, in file order."""
        index = {criterion.id: criterion for theme in self.themes for criterion in theme.criteria}
        object.__setattr__(self, "criteria", index)

    @property
    def label(self) -> str:
        """The name by which a version is called: `oas-certification@1.0.0`."""
        return f"{self.id}@{self.version}"

    @property
    def default_weights(self) -> dict[str, int]:
        """The weights of the themes where the members have not set others."""
        return {theme.id: theme.default_weight for theme in self.themes}

    def text(self, language: str, key: str) -> str:
        """The wording of a part, such as `HRT-01.question`, in one of the four languages; KeyError if there is none."""
        return self.texts[language][key]

    def title(self, language: str, *, of: str | None = None) -> str:
        """The title of an exclusion, theme or criterion, or of the framework itself."""
        return self.text(language, f"{of or self.id}.title")
