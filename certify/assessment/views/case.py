"""The case page: the facts in order of the decision on the left, what concerns me on the right."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from certify.applications.models import Application
from certify.applications.queries import get_application, pinned_framework
from certify.applications.rules import Status, Step
from certify.assessment.queries import assignments_of, dossier_of, due_on, obstacles, open_findings, standing_of
from certify.assessment.queries.story import story_of
from certify.assessment.rules import Side, waiting_for
from certify.assessment.views import blueprint, shown
from certify.assessment.views.links import links_for
from certify.kernel.i18n import current_language
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded

NEXT_STEP = {
    Status.IN_REVIEW: Step.ASSESS,
    Status.ASSESSED: Step.REVIEW,
    Status.REVIEWED: Step.TABLE,
    Status.DEFERRED: Step.TABLE,
}
"""State > the step that the case is on its way to."""


@blueprint.get("/<uuid:application_id>")
@guarded("case.see", audited=True, application=get_application)
def case(application: Application) -> ResponseReturnValue:
    """Show a case: the cover to whoever may take it, the facts to whoever has it."""
    actor = current_actor()
    waiting = waiting_for(application.status, assessor=application.assessor_id, reviewer=application.reviewer_id)
    side: dict[str, Any] = {
        "waiting": waiting,
        "due": due_on(application, waiting) if waiting else None,
        "assignments": assignments_of(application),
        "links": links_for(application, actor),
    }
    if not may(actor, "assessment.see", application):
        named = actor.person_id in {application.assessor_id, application.reviewer_id}
        return shown("cover", named=named, application=application, framework=pinned_framework(application), **side)
    dossier = dossier_of(application, current_language())
    standing = standing_of(dossier.bench)
    step = NEXT_STEP.get(application.status)
    return shown(
        "case",
        application=application,
        dossier=dossier,
        standing=standing,
        obstacles=obstacles(standing, step) if step else (),
        story=story_of(application),
        open_findings=open_findings(application),
        Side=Side,
        **side,
    )
