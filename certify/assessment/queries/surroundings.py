"""What other rooms of the house know about a case, and so how far it is."""

from __future__ import annotations

from certify.applications.models import Application
from certify.applications.rules import Step
from certify.assessment.queries.findings import open_findings
from certify.assessment.queries.merging import Bench
from certify.assessment.queries.scorecards import find_recommendation
from certify.assessment.rules import Obstacle, Side, Standing, obstacles_to
from certify.kernel import clock
from certify.screening.models import HitRecord
from certify.screening.queries import matches_of, screening_state
from certify.screening.rules import Effect
from certify.screening.rules.verdicts import ScreeningState, StateWord


def screening_of(application: Application) -> ScreeningState:
    """Return what the screening of the company amounts to now."""
    return screening_state(application.organisation_id, on=clock.now())


def matches_on(application: Application) -> list[HitRecord]:
    """List the confirmed matches, those on excluding lists first; on an informative list one excludes nothing."""
    return [match for effect in Effect for match in matches_of(application.organisation_id, effect=effect)]


def standing_of(bench: Bench) -> Standing:
    """Return how far a case is: what is left of each kind of work."""
    application = bench.application
    state = screening_of(application)
    return Standing(
        profile_confirmed=int(bench.profile_record is not None),
        ungraded=len(bench.unopined(Side.ASSESSOR)),
        unreviewed=len(bench.unopined(Side.REVIEWER)),
        unruled=len(bench.unruled),
        screened=int(state.status is not StateWord.NOT_SCREENED),
        open_hits=int(state.status is StateWord.OPEN_HITS),
        open_findings=len(open_findings(application)),
        recommendations=int(find_recommendation(application) is not None),
    )


def obstacles(standing: Standing, step: Step) -> tuple[Obstacle, ...]:
    """Return what stands against a step, in the order in which it is best cleared."""
    return obstacles_to(step, standing)
