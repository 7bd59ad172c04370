"""The scorecard: a tree from the band down to what each criterion earned and lost, every figure exact.

Scores, shares and losses are fractions in percent points; values, minimums and grades are integers as in the framework.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from certify.assessment.robustness import Robustness
from certify.assessment.scoring.case import AssessmentRecord
from certify.criteria.rules import Band, Criterion, Framework, Theme


class Status(StrEnum):
    """How a criterion stands in a case; the first that fits, in this order."""

    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    GRANTED = "granted"
    ANSWERED = "answered"


class ReasonCode(StrEnum):
    """What keeps a case from the next better band."""

    EXCLUSION = "exclusion"
    REQUIRED_LEVEL = "required_level"
    THEME_MINIMUM = "theme_minimum"
    TOTAL = "total"
    EVERY_THEME = "every_theme"
    EVIDENCE_SHARE = "evidence_share"
    ROBUSTNESS = "robustness"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a band; `id` is an exclusion, criterion or theme, or the band whose condition fails."""

    code: ReasonCode
    id: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a criterion that counts (answered or missing) earned and lost.

    `share` is its weight in the total, `contribution` what it brings to the total, `lost_theme` and `lost_total` what
    its theme and the total lack because of it. `met` is None where no level is required.
    """

    counted: int
    share: Fraction
    contribution: Fraction
    lost_theme: Fraction
    lost_total: Fraction
    met: bool | None
    curable: bool


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion of a case: how it stands, its assessment records by time, and what it counts.

    `grade`, `answered` (the value of the answer itself) and `value` (after assessment) are None unless it is answered;
    `result` is None where it is not applicable or granted.
    """

    criterion: Criterion
    status: Status
    records: tuple[AssessmentRecord, ...]
    grade: int | None
    answered: int | None
    value: int | None
    result: Counted | None


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """One theme of a case, with the weight it has in the total."""

    theme: Theme
    weight: int
    score: Fraction
    display: str
    met: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The total of a case with all that it comes from, before any band is decided.

    `scores[i] / scale` is the score of theme i, and `total_numerator / total_denominator` the total, in basis points.
    """

    total: Fraction
    display: str
    themes: tuple[ThemeScore, ...]
    criteria: tuple[CriterionScore, ...]
    scores: tuple[int, ...]
    scale: int
    total_numerator: int
    total_denominator: int

    def reaches(self, threshold: int) -> bool:
        """Whether the total is at least a threshold in basis points."""
        return self.total_numerator >= threshold * self.total_denominator

    def counting(self) -> list[CriterionScore]:
        """The criteria that count: answered and missing ones."""
        return [each for each in self.criteria if each.result is not None]

    def missed(self) -> list[CriterionScore]:
        """The criteria whose required level is missed, in file order."""
        return [each for each in self.criteria if each.result is not None and each.result.met is False]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The finding on a case: its band, the reasons, and the explanation; an excluded company has no explanation."""

    framework: Framework
    weights: Mapping[str, int]
    band: Band
    reasons: tuple[Reason, ...]
    explanation: Explanation | None
    robustness: Robustness | None

    @property
    def total(self) -> Fraction | None:
        """The exact total in percent points, None where nothing was scored."""
        return self.explanation.total if self.explanation else None

    @property
    def display(self) -> str | None:
        """The total rounded down to two decimals, so that it never contradicts the decision."""
        return self.explanation.display if self.explanation else None

    @property
    def themes(self) -> tuple[ThemeScore, ...]:
        """The themes in file order; none where nothing was scored."""
        return self.explanation.themes if self.explanation else ()

    @property
    def criteria(self) -> tuple[CriterionScore, ...]:
        """The criteria in file order; none where nothing was scored."""
        return self.explanation.criteria if self.explanation else ()
