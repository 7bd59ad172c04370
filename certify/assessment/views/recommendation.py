"""Writing the recommendation, and putting the case before the Board."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.rules import Step
from certify.assessment import service
from certify.assessment.forms import EmptyForm, recommendation_form, stored_recommendation
from certify.assessment.queries import (
    bench_of,
    dossier_of,
    find_recommendation,
    latest_recommendation,
    obstacles,
    sheet_of_scorecard,
    standing_of,
)
from certify.assessment.rules import Recommended, motion_kind, permitted
from certify.assessment.service.tabling import scorecard_to_rest_on
from certify.assessment.views import blueprint, shown
from certify.consultations.queries import has_objection
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _, current_language
from certify.kernel.web import current_actor, guarded


@blueprint.route("/<uuid:application_id>/recommendation", methods=["GET", "POST"])
@guarded("recommendation.write", application=get_application)
def recommend(application: Application) -> ResponseReturnValue:
    """Write the recommendation; what the band does not permit is not offered."""
    scorecard = scorecard_to_rest_on(application)
    last = find_recommendation(application) or latest_recommendation(application)
    sheet = sheet_of_scorecard(scorecard, current_language())
    form = recommendation_form(sorted(permitted(scorecard.band)), stored_recommendation(last, sheet))
    if form.validate_on_submit():
        try:
            service.write_recommendation(
                application,
                recommended=Recommended(form.recommended.data),
                text=form.text.data or "",
                reasons=form.reasons.data or "",
                added_value=form.added_value.data or "",
                conditions=form.plan,
                actor=current_actor(),
            )
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The recommendation is written. Nothing goes to the Board before you table it."), "success")
            return redirect(url_for(".table", application_id=application.id))
    return shown("recommend", form, application=application, scorecard=scorecard, sheet=sheet)


@blueprint.route("/<uuid:application_id>/table", methods=["GET", "POST"])
@guarded("recommendation.table", application=get_application)
def table(application: Application) -> ResponseReturnValue:
    """Show what the Board will read, and table the case."""
    form = EmptyForm()
    if form.validate_on_submit():
        service.table_case(application, actor=current_actor())
        flash(_("The case is before the Board. The recommendation is frozen."), "success")
        return redirect(url_for(".case", application_id=application.id))
    recommendation = find_recommendation(application)
    if recommendation is None:
        return redirect(url_for(".recommend", application_id=application.id))
    standing = standing_of(bench_of(application))
    return shown(
        "table",
        form,
        application=application,
        dossier=dossier_of(application, current_language()),
        standing=standing,
        obstacles=obstacles(standing, Step.TABLE),
        kind=motion_kind(recommendation.recommended, objected=has_objection(application.case_key)),
    )
