"""The engine: one case before one framework, scored exactly, explained and banded. Pure, and the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from certify.assessment.robustness import Robustness, TotalRange, robustness, total_range
from certify.assessment.scoring.banding import confirmed_exclusions, decide
from certify.assessment.scoring.card import (
    Counted,
    CriterionScore,
    Explanation,
    Reason,
    ReasonCode,
    Scorecard,
    Status,
    ThemeScore,
)
from certify.assessment.scoring.case import Answer, AssessmentRecord, Case, Grant
from certify.assessment.scoring.explaining import answered_value, applying_criteria, explain, in_points
from certify.criteria.rules import Band, Framework

__all__ = [
    "Answer",
    "AssessmentRecord",
    "Case",
    "Counted",
    "CriterionScore",
    "Explanation",
    "Grant",
    "Reason",
    "ReasonCode",
    "Robustness",
    "Scorecard",
    "Status",
    "ThemeScore",
    "TotalRange",
    "answered_value",
    "applying_criteria",
    "explain",
    "in_points",
    "range_of",
    "score",
]


def score(
    framework: Framework,
    case: Case,
    *,
    adjustments: Iterable[AssessmentRecord] = (),
    weights: Mapping[str, int] | None = None,
) -> Scorecard:
    """The scorecard of a case: exclusions first, then required levels and minimums, the exact total, the band.

    `weights` are the themes' weights in force, by theme; without them the framework's default weights count. The
    inputs must have been checked against the framework (`inputs.read_inputs` does).
    """
    used = framework.default_weights if weights is None else dict(weights)
    if excluded := confirmed_exclusions(framework, case):
        return Scorecard(framework, used, Band.NOT_ELIGIBLE, excluded, None, None)
    explanation = explain(framework, case, adjustments=adjustments, weights=used)
    sample = robustness(framework, explanation.scores, scale=explanation.scale)
    band, reasons = decide(framework, explanation, sample)
    return Scorecard(framework, used, band, reasons, explanation, sample)


def range_of(scorecard: Scorecard) -> TotalRange | None:
    """The exact lowest and highest total of a scored case over every weighting that the members could set."""
    if scorecard.explanation is None:
        return None
    return total_range(scorecard.framework, [theme.score for theme in scorecard.themes])
