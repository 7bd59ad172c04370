"""Taking a case after declaring interests, and giving it on with a reason."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.accounts.queries import get_person, list_people_with_role
from certify.accounts.rules import Role
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.assessment import service
from certify.assessment.forms import EmptyForm, GiveForm, ReasonForm
from certify.assessment.rules import Side
from certify.assessment.views import blueprint, declare_first, shown
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.policy import require
from certify.kernel.web import current_actor, guarded

SIDES = "<any(assessor,reviewer):side>"


@blueprint.route(f"/<uuid:application_id>/take/{SIDES}", methods=["GET", "POST"])
@guarded("case.see", application=get_application)
def take(application: Application, side: str) -> ResponseReturnValue:
    """Take a side of a case; the declaration of interest comes first."""
    actor = current_actor()
    if request.method == "GET" and (away := declare_first(application, actor, then=request.path)):
        return away
    require(actor, "case.take", application)
    form = EmptyForm()
    if form.validate_on_submit():
        service.take_case(application, side=Side(side), actor=actor)
        flash(_("The case is yours."), "success")
        return redirect(url_for(".case", application_id=application.id))
    return shown("take", form, application=application, side=Side(side))


@blueprint.route(f"/<uuid:application_id>/give/{SIDES}", methods=["GET", "POST"])
@guarded("case.give", application=get_application)
def give(application: Application, side: str) -> ResponseReturnValue:
    """Give a side of a case to a colleague, with a reason."""
    form = GiveForm()
    form.person.choices = colleagues(Side(side), apart_from=current_actor().person_id)
    if form.validate_on_submit():
        try:
            service.give_case(
                application,
                side=Side(side),
                person=get_person(uuid.UUID(form.person.data)),
                reason=form.reason.data or "",
                actor=current_actor(),
            )
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The case was given on. The colleague declares interests before it opens."), "success")
            return redirect(url_for(".case", application_id=application.id))
    return shown("give", form, application=application, side=Side(side))


def colleagues(side: Side, *, apart_from: uuid.UUID | None) -> list[tuple[str, str]]:
    """List who may assess, or review, by name."""
    roles = [Role.OFFICER] if side is Side.ASSESSOR else [Role.OFFICER, Role.EXPERT]
    people = {person.id: person for role in roles for person in list_people_with_role(role)}
    found = sorted((person for person in people.values() if person.id != apart_from), key=lambda one: one.name)
    return [("", _("Choose")), *((str(person.id), person.name) for person in found)]


@blueprint.route("/<uuid:application_id>/return", methods=["GET", "POST"])
@guarded("assessment.send_back", application=get_application)
def return_case(application: Application) -> ResponseReturnValue:
    """Send the case back to the assessor, with a reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        service.send_back(application, reason=form.reason.data or "", actor=current_actor())
        flash(_("The case went back to the assessor."), "success")
        return redirect(url_for(".case", application_id=application.id))
    return shown("return_case", form, application=application)
