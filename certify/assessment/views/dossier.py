"""The dossier for the Board: the gist in one screen, then everything behind it; it opens after the declaration."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.assessment.models import Recommendation
from certify.assessment.queries import dossier_of, get_recommendation
from certify.assessment.queries.story import story_of
from certify.assessment.views import blueprint, shown
from certify.board.queries import get_motion
from certify.kernel import files
from certify.kernel.db import db
from certify.kernel.errors import NotFound
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _, current_language
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded


@blueprint.get("/<uuid:application_id>/dossier")
@guarded("dossier.see", audited=True, application=get_application)
def dossier(application: Application) -> ResponseReturnValue:
    """Show the dossier; who has not declared an interest or the lack of one does that first."""
    actor = current_actor()
    if not may(actor, "dossier.open", application):
        return redirect(url_for("interests.declare", subject_id=application.case_key, next=request.path))
    found = dossier_of(application, current_language())
    recommendation = found.recommendation
    motion = get_motion(recommendation.motion_id) if recommendation and recommendation.motion_id else None
    return shown("dossier", application=application, dossier=found, motion=motion, story=story_of(application))


@blueprint.get("/recommendations/<uuid:recommendation_id>/dossier.pdf")
@guarded("dossier.open", audited=True, recommendation=get_recommendation)
def dossier_pdf(recommendation: Recommendation) -> Response:
    """Give the printed dossier that was attached to the motion."""
    kept = db.session.get(StoredFile, recommendation.dossier_file_id) if recommendation.dossier_file_id else None
    if kept is None:
        raise NotFound(_("The dossier is being printed. Please try again in a minute."))
    answer = Response(files.read(kept), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return answer
