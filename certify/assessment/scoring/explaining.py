"""From answers to an exact total, with what every criterion and theme earned and lost.

Everything is counted in integers; fractions are made once, for the reader. No float and no rounding decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import attrgetter, mul

from certify.assessment.scoring.card import Counted, CriterionScore, Explanation, Status, ThemeScore
from certify.assessment.scoring.case import Answer, AssessmentRecord, Case, Grant
from certify.criteria.rules import FULL, LEVEL, Criterion, Framework, Theme

_BASIS_POINTS_OF_ONE_PERCENT = 100
_NO_RECORDS: tuple[AssessmentRecord, ...] = ()


@dataclass(slots=True)
class _Standing:
    """One criterion of a case before the weights of its theme are known."""

    criterion: Criterion
    status: Status
    records: tuple[AssessmentRecord, ...]
    grade: int | None = None
    answered: int | None = None
    value: int | None = None
    counted: int | None = None


def explain(
    framework: Framework, case: Case, *, adjustments: Iterable[AssessmentRecord], weights: Mapping[str, int]
) -> Explanation:
    """Score a case without deciding its band. The case, records and weights must have been checked (see `inputs`)."""
    records = _by_criterion(adjustments)
    applying = applying_criteria(framework, case.size, frozenset(case.sectors))
    standings = [
        [_standing(criterion, case, records, applying, framework.evidence_caps) for criterion in theme.criteria]
        for theme in framework.themes
    ]
    return _summed(framework, standings, [weights[theme.id] for theme in framework.themes])


@lru_cache(maxsize=512)
def applying_criteria(framework: Framework, size: str, sectors: frozenset[str]) -> frozenset[str]:
    """The ids of the criteria that are asked of companies of a size and these sectors."""
    criteria = framework.criteria.values()
    return frozenset(criterion.id for criterion in criteria if criterion.applicability.covers(size, sectors))


def answered_value(criterion: Criterion, answer: Answer) -> int:
    """What an answer is worth in basis points before its evidence is looked at."""
    if criterion.goalposts is not None and answer.number is not None:
        return criterion.goalposts.basis_points(answer.number)
    return LEVEL * (answer.level or 0)


def in_points(basis_points: int) -> str:
    """Basis points as percent points with two decimals and a point: 6021 is "60.21"."""
    return f"{basis_points // 100}.{basis_points % 100:02d}"


def _by_criterion(adjustments: Iterable[AssessmentRecord]) -> dict[str, tuple[AssessmentRecord, ...]]:
    """The records of each criterion, by time."""
    found: dict[str, tuple[AssessmentRecord, ...]] = {}
    for record in sorted(adjustments, key=attrgetter("when")):
        found[record.criterion] = (*found.get(record.criterion, ()), record)
    return found


def _standing(
    criterion: Criterion,
    case: Case,
    records: Mapping[str, tuple[AssessmentRecord, ...]],
    applying: frozenset[str],
    caps: tuple[int, ...],
) -> _Standing:
    own = records.get(criterion.id, _NO_RECORDS)
    if criterion.id not in applying:
        return _Standing(criterion, Status.NOT_APPLICABLE, own)
    answer = case.answers.get(criterion.id)
    if answer is None:
        return _Standing(criterion, Status.MISSING, own, counted=0)
    if isinstance(answer, Grant):
        return _Standing(criterion, Status.GRANTED, own)
    answered = answered_value(criterion, answer)
    value = own[-1].value if own else answered
    counted = criterion.counted(value, answer.grade, caps)
    return _Standing(criterion, Status.ANSWERED, own, answer.grade, answered, value, counted)


def _summed(framework: Framework, standings: list[list[_Standing]], weights: list[int]) -> Explanation:
    """The total of themes that each have a score; a theme always has one, because grants leave half of it at least."""
    counting = [sum(each.criterion.weight for each in theme if each.counted is not None) for theme in standings]
    earned = [sum(each.criterion.weight * (each.counted or 0) for each in theme) for theme in standings]
    scale, whole = lcm(*counting), sum(weights)
    scores = tuple(points * (scale // own) for points, own in zip(earned, counting, strict=True))
    numerator, denominator = sum(map(mul, weights, scores)), whole * scale
    explanation = Explanation(
        total=Fraction(numerator, denominator * _BASIS_POINTS_OF_ONE_PERCENT),
        display=in_points(numerator // denominator),
        themes=tuple(map(_theme_score, framework.themes, weights, earned, counting)),
        criteria=tuple(
            _criterion_score(each, weight, whole, own)
            for theme, weight, own in zip(standings, weights, counting, strict=True)
            for each in theme
        ),
        scores=scores,
        scale=scale,
        total_numerator=numerator,
        total_denominator=denominator,
    )
    _prove(explanation)
    return explanation


def _theme_score(theme: Theme, weight: int, earned: int, counting: int) -> ThemeScore:
    return ThemeScore(
        theme=theme,
        weight=weight,
        score=Fraction(earned, counting * _BASIS_POINTS_OF_ONE_PERCENT),
        display=in_points(earned // counting),
        met=earned >= theme.minimum * counting,
    )


def _criterion_score(standing: _Standing, weight: int, whole: int, counting: int) -> CriterionScore:
    return CriterionScore(
        standing.criterion,
        standing.status,
        standing.records,
        standing.grade,
        standing.answered,
        standing.value,
        _counted(standing, weight, whole, counting) if standing.counted is not None else None,
    )


def _counted(standing: _Standing, theme_weight: int, whole: int, counting: int) -> Counted:
    """Shares and losses: `theme_weight / whole` is the theme's part of the total, `counting` its counting weight."""
    criterion, counted = standing.criterion, standing.counted or 0
    part, parts = theme_weight * criterion.weight, whole * counting
    return Counted(
        counted,
        share=_percent(part, parts),
        contribution=_percent(part * counted, parts * FULL),
        lost_theme=_percent(criterion.weight * (FULL - counted), counting * FULL),
        lost_total=_percent(part * (FULL - counted), parts * FULL),
        met=None if criterion.required_level is None else criterion.meets(counted, standing.grade),
        curable=criterion.curable(counted),
    )


@lru_cache(maxsize=65_536)
def _percent(part: int, whole: int) -> Fraction:
    return Fraction(100 * part, whole)


def _prove(explanation: Explanation) -> None:
    """Both identities of every scorecard: contributions sum to the total, and with the points lost to 100."""
    results = [each.result for each in explanation.criteria if each.result is not None]
    common = lcm(explanation.total.denominator, *(result.contribution.denominator for result in results))
    common = lcm(common, *(result.lost_total.denominator for result in results))
    earned = sum(_times(result.contribution, common) for result in results)
    lost = sum(_times(result.lost_total, common) for result in results)
    if earned != _times(explanation.total, common) or earned + lost != 100 * common:
        raise ArithmeticError("the parts of a scorecard do not sum to its total")


def _times(fraction: Fraction, common: int) -> int:
    return fraction.numerator * (common // fraction.denominator)
