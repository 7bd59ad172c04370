"""Beginning an application, the list of a company's applications, and the page of one."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.applications import queries, service
from certify.applications.forms import (
    CooperationForm,
    EmptyForm,
    WithdrawForm,
    declarations_form,
    declared_in,
    revision_of,
    stored_declarations,
)
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.rules import declared_exclusions
from certify.applications.service import CooperationChanged, DeclaredMeanwhile
from certify.applications.views import blueprint, shown
from certify.criteria.library import load_framework
from certify.criteria.queries import CURRENT_FRAMEWORK
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded
from certify.organisations.models import Organisation
from certify.organisations.queries import find_organisations_of, get_organisation, missing_parts


@blueprint.get("/")
@guarded("application.list_own")
def index() -> ResponseReturnValue:
    """List the applications of my companies, and say how to begin one."""
    actor = current_actor()
    organisations = find_organisations_of(actor.person_id) if actor.person_id else []
    applications = [
        application
        for organisation in organisations
        for application in queries.list_applications(organisation_id=organisation.id)
        if may(actor, "application.see", application)
    ]
    return shown("index", organisations=organisations, applications=applications)


@blueprint.route("/start/<uuid:organisation_id>", methods=["GET", "POST"])
@guarded("organisation.apply", organisation=get_organisation)
def start(organisation: Organisation) -> ResponseReturnValue:
    """Show what the company's facts mean for the application, and begin it."""
    found = queries.find_open_application(organisation.id, CURRENT_FRAMEWORK)
    if found is not None:
        return redirect(url_for(".show", application_id=found.id))
    form = CooperationForm()
    missing = missing_parts(organisation)
    if not missing and form.validate_on_submit():
        application = service.start_application(
            organisation, proposed_cooperation=form.text.data or "", actor=current_actor()
        )
        return redirect(url_for(".show", application_id=application.id))
    return shown(
        "start",
        form,
        organisation=organisation,
        missing=missing,
        framework=load_framework(CURRENT_FRAMEWORK),
        profile=queries.computed_profile(organisation),
    )


@blueprint.get("/<uuid:application_id>")
@guarded("application.see", application=get_application)
def show(application: Application) -> ResponseReturnValue:
    """Show where an application stands: to the company its tasks, to others its state and history."""
    actor = current_actor()
    tasks = queries.task_list(application) if may(actor, "application.prepare", application) else None
    return shown(
        "show",
        EmptyForm(),
        application=application,
        framework=queries.pinned_framework(application),
        profile=queries.profile_of(application),
        tasks=tasks,
        told=queries.history(application),
    )


@blueprint.route("/<uuid:application_id>/cooperation", methods=["GET", "POST"])
@guarded("application.edit", application=get_application)
def cooperation(application: Application) -> ResponseReturnValue:
    """Change what the company proposes to do together."""
    service.require_draft(application)
    form = CooperationForm(text=application.proposed_cooperation, revision=application.cooperation_revision)
    theirs = None
    if form.validate_on_submit():
        try:
            service.save_cooperation(
                application, form.text.data or "", revision=revision_of(form.revision), actor=current_actor()
            )
            return redirect(url_for(".show", application_id=application.id))
        except CooperationChanged as fault:
            theirs = fault.stored
            form.revision.data = str(application.cooperation_revision)
    status = None if theirs is None else 409
    return shown("cooperation", form, application=application, theirs=theirs, status=status)


@blueprint.route("/<uuid:application_id>/declarations", methods=["GET", "POST"])
@guarded("application.edit", application=get_application)
def declarations(application: Application) -> ResponseReturnValue:
    """Declare on the exclusions."""
    service.require_draft(application)
    framework = queries.pinned_framework(application)
    exclusions = declared_exclusions(framework)
    stored = {key: row.declared for key, row in queries.exclusion_answers_of(application).items()}
    form = declarations_form(
        framework, exclusions, revision=application.declarations_revision, **stored_declarations(stored)
    )
    theirs = None
    if form.validate_on_submit():
        try:
            service.declare_exclusions(
                application,
                declared_in(form, exclusions),
                revision=revision_of(form["revision"]),
                actor=current_actor(),
            )
            return redirect(url_for(".show", application_id=application.id))
        except DeclaredMeanwhile as fault:
            theirs = fault.stored
            form["revision"].data = application.declarations_revision
        except Invalid as fault:
            form.refuse(fault)
    return shown(
        "declarations",
        form,
        application=application,
        framework=framework,
        exclusions=exclusions,
        others=[each for each in framework.exclusions if each not in exclusions],
        theirs=theirs,
        status=409 if theirs else None,
    )


@blueprint.route("/<uuid:application_id>/withdraw", methods=["GET", "POST"])
@guarded("application.withdraw", application=get_application)
def withdraw(application: Application) -> ResponseReturnValue:
    """Take the application back, after saying what that means."""
    form = WithdrawForm()
    if form.validate_on_submit():
        service.withdraw_application(application, reason=form.reason.data or "", actor=current_actor())
        flash(_("The application %(reference)s was withdrawn.", reference=application.reference), "success")
        return redirect(url_for(".show", application_id=application.id))
    return shown("withdraw", form, application=application)
