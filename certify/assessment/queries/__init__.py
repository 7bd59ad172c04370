"""Questions about cases under assessment: who has them, what was found, what they score, what the Board reads."""

from certify.assessment.queries.cases import (
    Queued,
    assignments_of,
    due_on,
    ever_on,
    find_queue,
    people_who_worked_on,
)
from certify.assessment.queries.dossier import Difference, Dossier, differences_in, dossier_of
from certify.assessment.queries.findings import (
    confirmed_exclusions,
    get_finding,
    list_findings,
    open_findings,
    ripe_findings,
)
from certify.assessment.queries.merging import Bench, all_records, bench_of, inputs_of, thinned_theme
from certify.assessment.queries.scorecards import (
    find_recommendation,
    find_recommendation_of_motion,
    get_recommendation,
    get_scorecard,
    latest_recommendation,
    latest_scorecard,
    list_recommendations,
    list_scorecards,
    live_result,
    reviewed_scorecard,
)
from certify.assessment.queries.sheet import Row, Sheet, sheet_of, sheet_of_scorecard
from certify.assessment.queries.surroundings import matches_on, obstacles, screening_of, standing_of
from certify.assessment.queries.waiting import waiting_for

__all__ = [
    "Bench",
    "Difference",
    "Dossier",
    "Queued",
    "Row",
    "Sheet",
    "all_records",
    "assignments_of",
    "bench_of",
    "confirmed_exclusions",
    "differences_in",
    "dossier_of",
    "due_on",
    "ever_on",
    "find_queue",
    "find_recommendation",
    "find_recommendation_of_motion",
    "get_finding",
    "get_recommendation",
    "get_scorecard",
    "inputs_of",
    "latest_recommendation",
    "latest_scorecard",
    "list_findings",
    "list_recommendations",
    "list_scorecards",
    "live_result",
    "matches_on",
    "obstacles",
    "open_findings",
    "people_who_worked_on",
    "reviewed_scorecard",
    "ripe_findings",
    "screening_of",
    "sheet_of",
    "sheet_of_scorecard",
    "standing_of",
    "thinned_theme",
    "waiting_for",
]
