"""A scorecard as the one JSON object that `certify score` prints: integers, strings and exact fractions, no floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from certify.assessment.inputs import Inputs
from certify.assessment.robustness import Robustness
from certify.assessment.scoring import Counted, CriterionScore, Scorecard, ThemeScore, score
from certify.assessment.scoring.case import AssessmentRecord
from certify.criteria.canonical import digest
from certify.criteria.rules import Framework, YesNo


def scored(framework: Framework, inputs: Inputs) -> tuple[Scorecard, dict[str, Any]]:
    """Score checked inputs: the scorecard, and the object that names it with all digests, its own among them."""
    card = score(framework, inputs.case, adjustments=inputs.records, weights=inputs.weights)
    return card, result(card, inputs.digests)


def result(card: Scorecard, digests: Mapping[str, str]) -> dict[str, Any]:
    """The object of a scorecard made from inputs of these digests (answers, adjustments, weights)."""
    found: dict[str, Any] = {
        "framework": card.framework.label,
        "total": None if card.total is None else _fraction(card.total),
        "display": card.display,
        "band": card.band.value,
        "reasons": [{"code": reason.code.value, "id": str(reason.id)} for reason in card.reasons],
        "themes": [_theme(theme) for theme in card.themes],
        "criteria": [_criterion(criterion) for criterion in card.criteria],
        "robustness": None if card.robustness is None else _robustness(card.robustness),
        "digests": {
            "structure": card.framework.structure_digest,
            "texts": card.framework.texts_digest,
            **digests,
        },
    }
    found["digests"]["result"] = digest(found)
    return found


def _fraction(value: Fraction) -> dict[str, str]:
    return {"numerator": str(value.numerator), "denominator": str(value.denominator)}


def _met(met: bool) -> str:
    return (YesNo.YES if met else YesNo.NO).value


def _theme(theme: ThemeScore) -> dict[str, Any]:
    return {
        "id": theme.theme.id,
        "weight": theme.weight,
        "minimum": theme.theme.minimum,
        "score": _fraction(theme.score),
        "display": theme.display,
        "met": _met(theme.met),
    }


def _criterion(scored: CriterionScore) -> dict[str, Any]:
    criterion = scored.criterion
    found: dict[str, Any] = {
        "id": criterion.id,
        "theme": criterion.theme,
        "status": scored.status.value,
        "weight": criterion.weight,
        "references": list(criterion.references),
        "adjustments": [_record(record) for record in scored.records],
    }
    if scored.grade is not None:
        found |= {"grade": scored.grade, "answered": scored.answered, "value": scored.value}
    if scored.result is not None:
        found |= _counted(scored.result)
        if scored.result.met is not None:
            found |= {"required_level": criterion.required_level, "met": _met(scored.result.met)}
    return found


def _counted(counted: Counted) -> dict[str, Any]:
    return {
        "counted": counted.counted,
        "share": _fraction(counted.share),
        "contribution": _fraction(counted.contribution),
        "lost_theme": _fraction(counted.lost_theme),
        "lost_total": _fraction(counted.lost_total),
    }


def _record(record: AssessmentRecord) -> dict[str, Any]:
    return asdict(record)


def _robustness(robustness: Robustness) -> dict[str, int]:
    return asdict(robustness)
