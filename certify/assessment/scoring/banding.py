"""Which band a case reaches: the best whose conditions all hold, and what it lacks for the next."""

from __future__ import annotations

from certify.assessment.robustness import Robustness
from certify.assessment.scoring.card import Explanation, Reason, ReasonCode, Status
from certify.assessment.scoring.case import Case
from certify.criteria.rules import FULL, Band, Framework


def confirmed_exclusions(framework: Framework, case: Case) -> tuple[Reason, ...]:
    """The exclusions that end the case, in file order; one that is not answered is not confirmed."""
    return tuple(
        Reason(ReasonCode.EXCLUSION, exclusion.id)
        for exclusion in framework.exclusions
        if case.exclusions.get(exclusion.id) == exclusion.disqualifies_when
    )


def decide(framework: Framework, explanation: Explanation, sample: Robustness) -> tuple[Band, tuple[Reason, ...]]:
    """The band of a scored case, and what it lacks of certified (the two lower bands) or of distinction (certified)."""
    if lacks := _lacks_certified(framework, explanation):
        band = Band.CONDITIONAL if _is_curable(framework, explanation) else Band.NOT_CERTIFIED
        return band, lacks
    lacks = _lacks_distinction(framework, explanation, sample)
    return (Band.CERTIFIED, lacks) if lacks else (Band.DISTINCTION, ())


def _lacks_certified(framework: Framework, explanation: Explanation) -> tuple[Reason, ...]:
    lacks = [Reason(ReasonCode.REQUIRED_LEVEL, each.criterion.id) for each in explanation.missed()]
    lacks += [Reason(ReasonCode.THEME_MINIMUM, each.theme.id) for each in explanation.themes if not each.met]
    if not explanation.reaches(framework.bands.certified.min_overall):
        lacks.append(Reason(ReasonCode.TOTAL, Band.CERTIFIED))
    return tuple(lacks)


def _is_curable(framework: Framework, explanation: Explanation) -> bool:
    """Whether the total and every theme stand, and a few required levels are missed by one level each."""
    rule, missed = framework.bands.conditional, explanation.missed()
    return (
        explanation.reaches(rule.min_overall)
        and all(each.met for each in explanation.themes)
        and len(missed) <= rule.max_required_missed
        and all(each.result is not None and each.result.curable for each in missed)
    )


def _lacks_distinction(framework: Framework, explanation: Explanation, sample: Robustness) -> tuple[Reason, ...]:
    rule = framework.bands.distinction
    lacks = []
    if not explanation.reaches(rule.min_overall):
        lacks.append(Reason(ReasonCode.TOTAL, Band.DISTINCTION))
    lacks += [
        Reason(ReasonCode.EVERY_THEME, each.theme.id)
        for each, score in zip(explanation.themes, explanation.scores, strict=True)
        if score < rule.min_every_theme * explanation.scale
    ]
    if not _is_well_evidenced(framework, explanation):
        lacks.append(Reason(ReasonCode.EVIDENCE_SHARE, Band.DISTINCTION))
    if sample.distinction * FULL < rule.min_robustness * sample.draws:
        lacks.append(Reason(ReasonCode.ROBUSTNESS, Band.DISTINCTION))
    return tuple(lacks)


def _is_well_evidenced(framework: Framework, explanation: Explanation) -> bool:
    """Whether enough of the criteria that count are answered on evidence of the grade asked."""
    rule, counting = framework.bands.distinction, explanation.counting()
    answered = [each for each in counting if each.status is Status.ANSWERED and each.grade is not None]
    good = sum(1 for each in answered if (each.grade or 0) >= rule.evidence_grade)
    return good * FULL >= rule.evidence_share * len(counting)
