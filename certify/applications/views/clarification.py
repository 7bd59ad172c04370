"""The assessor asks the company again: which questions, what, until when."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.applications import queries, service
from certify.applications.forms import ClarificationForm
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.views import blueprint, shown
from certify.criteria.words import criterion_text
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded


@blueprint.route("/<uuid:application_id>/clarification", methods=["GET", "POST"])
@guarded("application.ask_clarification", application=get_application)
def ask_clarification(application: Application) -> ResponseReturnValue:
    """Reopen the chosen questions until a date."""
    framework = queries.pinned_framework(application)
    form = ClarificationForm()
    form.criteria.choices = [
        (each.id, f"{each.id} · {criterion_text(framework, f'{each.id}.question')}")
        for each in queries.criteria_asked(application)
    ]
    until = form.until.data
    if form.validate_on_submit() and until is not None:
        try:
            service.ask_clarification(
                application,
                criteria=form.criteria.data or [],
                until=until,
                text=form.text.data or "",
                actor=current_actor(),
            )
            flash(_("The company has been asked, by letter."), "success")
            return redirect(url_for(".show", application_id=application.id))
        except Invalid as fault:
            form.refuse(fault)
    return shown("ask_clarification", form, application=application, framework=framework)
