"""Everything that the Board reads about a case, in the order in which it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certify.applications.models import Application
from certify.applications.queries import list_applications
from certify.applications.rules import CLOSED
from certify.assessment.models import AssessmentRecord, ExclusionFinding, Recommendation, Scorecard
from certify.assessment.queries.findings import list_findings
from certify.assessment.queries.merging import Bench, bench_of
from certify.assessment.queries.scorecards import latest_recommendation, latest_scorecard
from certify.assessment.queries.sheet import Sheet, sheet_of_scorecard
from certify.assessment.queries.surroundings import matches_on, screening_of
from certify.assessment.rules import Side
from certify.board.models import Motion
from certify.board.queries import motions_on
from certify.board.rules import MotionStatus
from certify.consultations.models import Consultation
from certify.consultations.queries import list_consultations
from certify.screening.models import HitRecord
from certify.screening.rules.verdicts import ScreeningState


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion on which assessor and reviewer found different things; the lower counts and the Board sees both."""

    criterion: str
    title: str
    assessor: AssessmentRecord
    reviewer: AssessmentRecord


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case as the Board reads it."""

    application: Application
    bench: Bench
    recommendation: Recommendation | None
    scorecard: Scorecard | None
    sheet: Sheet | None
    findings: Sequence[ExclusionFinding]
    screening: ScreeningState
    matches: Sequence[HitRecord]
    """Confirmed matches; those on informative lists are shown and exclude nothing."""
    consultations: Sequence[Consultation]
    decided: Sequence[Motion]
    """Motions on this case that ended, oldest first."""
    earlier: Sequence[Application]
    """Earlier applications of the company that ended."""
    differences: Sequence[Difference]

    @property
    def objections(self) -> list[Consultation]:
        """The objections that stand."""
        return [one for one in self.consultations if one.stands_as_objection]


def dossier_of(application: Application, language: str) -> Dossier:
    """Gather what the Board reads about a case; raises NotFound before it was submitted."""
    bench = bench_of(application)
    recommendation = latest_recommendation(application)
    scorecard = recommendation.scorecard if recommendation else latest_scorecard(application)
    return Dossier(
        application=application,
        bench=bench,
        recommendation=recommendation,
        scorecard=scorecard,
        sheet=sheet_of_scorecard(scorecard, language) if scorecard else None,
        findings=list_findings(application),
        screening=screening_of(application),
        matches=matches_on(application),
        consultations=list_consultations(application.case_key),
        decided=[one for one in motions_on(application.case_key) if one.status is not MotionStatus.TABLED],
        earlier=earlier_applications(application),
        differences=differences_in(bench, language),
    )


def earlier_applications(application: Application) -> list[Application]:
    """List the company's other applications that ended, oldest first."""
    others = list_applications(statuses=CLOSED, organisation_id=application.organisation_id)
    return [one for one in others if one.id != application.id]


def differences_in(bench: Bench, language: str) -> list[Difference]:
    """List the criteria on which assessor and reviewer found different things."""
    found = []
    for rule in bench.asked:
        first, second = bench.latest(Side.ASSESSOR, rule.id), bench.latest(Side.REVIEWER, rule.id)
        if first and second and bench.differs(rule.id):
            found.append(Difference(rule.id, bench.framework.title(language, of=rule.id), first, second))
    return found
