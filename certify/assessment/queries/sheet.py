"""A kept or growing result as people read it: themes against minimums, what costs most, then every criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from certify.assessment.inputs import read_inputs
from certify.assessment.models import Scorecard
from certify.assessment.output import scored
from certify.assessment.scoring import TotalRange, in_points, range_of
from certify.assessment.words import reason_sentences
from certify.criteria.library import load_framework
from certify.criteria.rules import LEVEL, Band, Framework
from certify.kernel.errors import Unavailable
from certify.kernel.i18n import _

COSTLIEST = 8
"""How many criteria are named as costing most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of a result, with its title in the reader's language."""

    id: str
    theme: str
    title: str
    status: str
    grade: int | None
    answered: int | None
    value: int | None
    counted: int | None
    required: int | None
    is_met: bool | None
    contribution: Fraction
    lost: Fraction
    references: tuple[str, ...]
    adjustments: tuple[Mapping[str, Any], ...]

    @property
    def counts(self) -> bool:
        """Whether it enters the score."""
        return self.counted is not None

    @property
    def level(self) -> str:
        """What counts as a level of four, or as points where it lies between two levels."""
        if self.counted is None:
            return ""
        return str(self.counted // LEVEL) if self.counted % LEVEL == 0 else in_points(self.counted)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme of a result with its criteria."""

    id: str
    title: str
    weight: int
    display: str
    minimum: str
    is_met: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A result as people read it. `range` is the exact lowest and highest total over every permitted weighting."""

    framework: Framework
    band: Band
    display: str | None
    reasons: tuple[str, ...]
    themes: tuple[ThemeRow, ...]
    robustness: Mapping[str, int] | None
    digests: Mapping[str, str]
    range: TotalRange | None

    @property
    def bars(self) -> list[tuple[str, str, str, bool]]:
        """The themes as the chart draws them: title, score, minimum, whether it is met."""
        return [(theme.title, theme.display, theme.minimum, theme.is_met) for theme in self.themes]

    @property
    def rows(self) -> list[Row]:
        """Every criterion, in file order."""
        return [row for theme in self.themes for row in theme.rows]

    @property
    def costliest(self) -> list[Row]:
        """The criteria that cost most points of the total, most first."""
        lost = sorted((row for row in self.rows if row.lost > 0), key=lambda row: (-row.lost, row.id))
        return lost[:COSTLIEST]

    @property
    def missed(self) -> list[Row]:
        """The criteria whose required level is missed."""
        return [row for row in self.rows if row.is_met is False]

    @property
    def needed(self) -> str:
        """The total that certification needs."""
        return in_points(self.framework.bands.certified.min_overall)


def sheet_of(result: Mapping[str, Any], framework: Framework, language: str, total: TotalRange | None = None) -> Sheet:
    """Arrange a result for a reader of this language."""
    rows = [criterion_row(one, framework, language) for one in result["criteria"]]
    return Sheet(
        framework=framework,
        band=Band(result["band"]),
        display=result["display"],
        reasons=tuple(reason_sentences(result, framework, language)),
        themes=tuple(theme_row(one, rows, framework, language) for one in result["themes"]),
        robustness=result["robustness"],
        digests=result["digests"],
        range=total,
    )


def theme_row(theme: Mapping[str, Any], rows: list[Row], framework: Framework, language: str) -> ThemeRow:
    """Arrange one theme."""
    return ThemeRow(
        id=theme["id"],
        title=framework.title(language, of=theme["id"]),
        weight=theme["weight"],
        display=theme["display"],
        minimum=in_points(theme["minimum"]),
        is_met=theme["met"] == "yes",
        rows=tuple(row for row in rows if row.theme == theme["id"]),
    )


def criterion_row(one: Mapping[str, Any], framework: Framework, language: str) -> Row:
    """Arrange one criterion."""
    return Row(
        id=one["id"],
        theme=one["theme"],
        title=framework.title(language, of=one["id"]),
        status=one["status"],
        grade=one.get("grade"),
        answered=one.get("answered"),
        value=one.get("value"),
        counted=one.get("counted"),
        required=one.get("required_level"),
        is_met=one["met"] == "yes" if "met" in one else None,
        contribution=fraction(one.get("contribution")),
        lost=fraction(one.get("lost_total")),
        references=tuple(one["references"]),
        adjustments=tuple(one["adjustments"]),
    )


def fraction(value: Mapping[str, str] | None) -> Fraction:
    """Read a fraction as the result writes it; 0 where a criterion does not count."""
    return Fraction(int(value["numerator"]), int(value["denominator"])) if value else Fraction(0)


def sheet_of_scorecard(scorecard: Scorecard, language: str) -> Sheet:
    """Arrange a kept scorecard, computed again: one that does not come out the same is never shown."""
    framework = load_framework(scorecard.framework)
    inputs = read_inputs(
        framework, answers=scorecard.answers, adjustments=scorecard.adjustments, weights=scorecard.weights
    )
    card, result = scored(framework, inputs)
    if result["digests"]["result"] != scorecard.digests["result"]:
        raise Unavailable(_("This scorecard does not come out as it was kept. Please tell the Secretariat."))
    return sheet_of(scorecard.result, framework, language, range_of(card))
