"""Reading all answers before they go, asking for the sign-off, and signing off."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.applications import queries, service
from certify.applications.forms import EmptyForm, SignOffForm, revision_of
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.rules import Status
from certify.applications.service import ChangedSinceRead
from certify.applications.views import blueprint, shown
from certify.kernel import clock
from certify.kernel.errors import RuleBroken
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded


@blueprint.get("/<uuid:application_id>/answers")
@guarded("application.prepare", application=get_application)
def answers(application: Application) -> ResponseReturnValue:
    """Show every answer and file on one page, what is missing first."""
    return shown(
        "answers",
        EmptyForm(),
        application=application,
        framework=queries.pinned_framework(application),
        content=service.content_now(application),
        gaps=queries.gaps(application),
        open_criteria=queries.open_criteria(application),
    )


@blueprint.post("/<uuid:application_id>/request-sign-off")
@guarded("application.request_sign_off", application=get_application)
def request_sign_off(application: Application) -> ResponseReturnValue:
    """Ask the legal representative; whoever is that person goes straight on."""
    actor = current_actor()
    if EmptyForm().validate_on_submit() and application.status is not Status.AWAITING_SIGN_OFF:
        service.request_sign_off(application, actor=actor)
    if may(actor, "application.submit", application):
        return redirect(url_for(".sign_off", application_id=application.id))
    flash(_("Your legal representative has been asked to sign off, by letter."), "success")
    return redirect(url_for(".show", application_id=application.id))


@blueprint.post("/<uuid:application_id>/return")
@guarded("application.return_to_editing", application=get_application)
def return_to_editing(application: Application) -> ResponseReturnValue:
    """Open the answers again before they are signed off."""
    if EmptyForm().validate_on_submit():
        service.return_to_editing(application, actor=current_actor())
        flash(_("The answers can be changed again."), "success")
    return redirect(url_for(".show", application_id=application.id))


@blueprint.route("/<uuid:application_id>/sign-off", methods=["GET", "POST"])
@guarded("application.submit", application=get_application)
def sign_off(application: Application) -> ResponseReturnValue:
    """Show the declaration, and submit the application once it is made."""
    latest = queries.latest_snapshot(application)
    number = latest.number if latest else 0
    form = SignOffForm(number=number + 1)
    if sent_again(form, number):
        return redirect(url_for(".submitted", application_id=application.id))
    if application.status not in {Status.AWAITING_SIGN_OFF, Status.CLARIFICATION}:
        raise RuleBroken(_("There is nothing to sign off now."))
    status = None
    if form.validate_on_submit():
        try:
            service.submit_application(application, read=str(form.read.data), actor=current_actor())
            return redirect(url_for(".submitted", application_id=application.id))
        except ChangedSinceRead as fault:
            form.refusal, status = fault.sentence, fault.status
    content = service.content_now(application)
    form.read.data = service.digest_of_reading(content)
    return shown(
        "sign_off",
        form,
        status=status,
        application=application,
        framework=queries.pinned_framework(application),
        content=content,
        gaps=queries.gaps(application),
    )


def sent_again(form: SignOffForm, latest: int) -> bool:
    """Whether this very sign-off was made before, as by a button pressed twice; the second gets the first page."""
    return form.is_submitted() and 0 < revision_of(form.number) <= latest


@blueprint.get("/<uuid:application_id>/submitted")
@guarded("application.prepare", application=get_application)
def submitted(application: Application) -> ResponseReturnValue:
    """Confirm what was submitted: reference, digest, what happens next and when."""
    snapshot = queries.latest_snapshot(application)
    if snapshot is None:
        raise RuleBroken(_("This application has not been submitted yet."))
    until = clock.add_working_days(snapshot.at.date(), service.CONSULTATION_DAYS)
    return shown("submitted", application=application, snapshot=snapshot, consultation_ends=until)
