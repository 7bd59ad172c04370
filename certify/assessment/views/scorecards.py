"""Scorecards: the page that is understood in one minute, and the files from which anyone computes them again."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.assessment.models import Scorecard
from certify.assessment.queries import (
    bench_of,
    differences_in,
    get_scorecard,
    latest_scorecard,
    list_scorecards,
    sheet_of_scorecard,
)
from certify.assessment.rules import Side
from certify.assessment.views import blueprint, shown
from certify.criteria.canonical import canonical_bytes
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _, current_language
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded

PARTS = "<any(answers,adjustments,weights,result):part>"


@blueprint.get("/<uuid:application_id>/scorecard")
@guarded("scorecard.see", audited=True, application=get_application)
def scorecard(application: Application) -> ResponseReturnValue:
    """Show the newest scorecard of a case."""
    kept = latest_scorecard(application)
    if kept is None:
        raise NotFound(_("This case has no scorecard yet. It appears once the assessment is finished."))
    return scorecard_page(kept)


@blueprint.get("/scorecards/<uuid:scorecard_id>")
@guarded("scorecard.see", audited=True, scorecard=get_scorecard)
def kept_scorecard(scorecard: Scorecard) -> ResponseReturnValue:
    """Show one scorecard of a case."""
    return scorecard_page(scorecard)


def scorecard_page(kept: Scorecard) -> ResponseReturnValue:
    """Show a scorecard: to the company what would improve it most, to the others also where two opinions differ."""
    application, actor = kept.application, current_actor()
    inside = may(actor, "recommendation.see", application)
    return shown(
        "scorecard",
        application=application,
        scorecard=kept,
        sheet=sheet_of_scorecard(kept, current_language()),
        others=[one for one in list_scorecards(application) if one.id != kept.id] if inside else [],
        found_differences=differences_in(bench_of(application), current_language()) if inside else [],
        inside=inside,
        Side=Side,
    )


@blueprint.get(f"/scorecards/<uuid:scorecard_id>/{PARTS}.json")
@guarded("scorecard.see", audited=True, scorecard=get_scorecard)
def scorecard_json(scorecard: Scorecard, part: str) -> Response:
    """Give one part of a scorecard exactly as `certify score` reads or prints it."""
    content: dict[str, Any] = getattr(scorecard, part)
    answer = Response(canonical_bytes(content), mimetype="application/json")
    name = f"{scorecard.application.reference}-{scorecard.number}-{part}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
