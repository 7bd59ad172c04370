"""Exclusions: found, seconded, told to the company, answered, and decided by the chair."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.applications.models import Application
from certify.applications.queries import get_application, pinned_framework
from certify.assessment import service
from certify.assessment.forms import EmptyForm, FindingAnswerForm, FindingDecisionForm, ReasonForm, finding_form
from certify.assessment.models import ExclusionFinding
from certify.assessment.queries import get_finding
from certify.assessment.rules import FindingSource, FindingStatus, ripe
from certify.assessment.views import blueprint, shown
from certify.interests.queries import get_subject
from certify.kernel import clock
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded


@blueprint.get("/findings/<uuid:finding_id>/open")
@guarded("assessment.open_to", finding=get_finding)
def open_to(finding: ExclusionFinding) -> ResponseReturnValue:
    """Lead to a finding by way of the declaration of interest."""
    subject = get_subject(finding.case_key)
    there = url_for(".finding", finding_id=finding.id)
    return redirect(url_for("interests.declare", subject_id=subject.key, next=there))


@blueprint.route("/<uuid:application_id>/findings/new", methods=["GET", "POST"])
@guarded("finding.open", application=get_application)
def find(application: Application) -> ResponseReturnValue:
    """Record an exclusion with its source and a quotation."""
    form = finding_form(pinned_framework(application))
    if form.validate_on_submit():
        try:
            found = service.open_finding(
                application,
                exclusion=form.exclusion.data,
                source=FindingSource(form.source.data),
                reference=form.reference.data or "",
                quotation=form.quotation.data or "",
                actor=current_actor(),
            )
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The finding is recorded. A second officer looks at it before the company is told."), "success")
            return redirect(url_for(".finding", finding_id=found.id))
    return shown("find", form, application=application, finding=None)


@blueprint.get("/findings/<uuid:finding_id>")
@guarded("finding.see", audited=True, finding=get_finding)
def finding(finding: ExclusionFinding) -> ResponseReturnValue:
    """Show a finding to those who propose and decide; the company has its own page."""
    if current_actor().holds("member", finding.application.organisation_id):
        return redirect(url_for(".answer", finding_id=finding.id))
    return shown(
        "finding",
        EmptyForm(),
        finding=finding,
        application=finding.application,
        framework=pinned_framework(finding.application),
        is_ripe=ripe(finding.status, answer_until=finding.answer_until, on=clock.today()),
        FindingStatus=FindingStatus,
    )


@blueprint.route("/findings/<uuid:finding_id>/complete", methods=["GET", "POST"])
@guarded("finding.complete", finding=get_finding)
def complete(finding: ExclusionFinding) -> ResponseReturnValue:
    """Complete the draft that a true match opened."""
    framework = pinned_framework(finding.application)
    form = finding_form(framework, hit=True, reference=finding.reference, quotation=finding.quotation)
    if form.validate_on_submit():
        try:
            service.complete_finding(
                finding,
                exclusion=form.exclusion.data,
                reference=form.reference.data or "",
                quotation=form.quotation.data or "",
                actor=current_actor(),
            )
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The finding is recorded. A second officer looks at it before the company is told."), "success")
            return redirect(url_for(".finding", finding_id=finding.id))
    return shown("find", form, application=finding.application, finding=finding)


@blueprint.post("/findings/<uuid:finding_id>/second")
@guarded("finding.second", finding=get_finding)
def second(finding: ExclusionFinding) -> ResponseReturnValue:
    """Second a colleague's finding."""
    service.second_finding(finding, actor=current_actor())
    flash(_("You seconded the finding. The company was told."), "success")
    return redirect(url_for(".finding", finding_id=finding.id))


@blueprint.route("/findings/<uuid:finding_id>/drop", methods=["GET", "POST"])
@guarded("finding.drop", finding=get_finding)
def drop(finding: ExclusionFinding) -> ResponseReturnValue:
    """Drop a finding that nobody seconded."""
    form = ReasonForm()
    if form.validate_on_submit():
        service.drop_finding(finding, reason=form.reason.data or "", actor=current_actor())
        flash(_("The finding was dropped. The company was never told of it."), "success")
        return redirect(url_for(".case", application_id=finding.application_id))
    return shown("drop", form, finding=finding, application=finding.application)


@blueprint.route("/findings/<uuid:finding_id>/answer", methods=["GET", "POST"])
@guarded("finding.see", finding=get_finding)
def answer(finding: ExclusionFinding) -> ResponseReturnValue:
    """Show the company what was found, and take its answer."""
    form = FindingAnswerForm()
    if request.method == "POST" and form.validate_on_submit():
        try:
            service.answer_finding(finding, text=form.text.data or "", actor=current_actor())
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("Your answer is with the chair of the Board."), "success")
            return redirect(url_for(".answer", finding_id=finding.id))
    return shown(
        "answer",
        form,
        finding=finding,
        application=finding.application,
        framework=pinned_framework(finding.application),
        is_open=finding.status is FindingStatus.NOTIFIED and clock.today() <= (finding.answer_until or clock.today()),
        FindingStatus=FindingStatus,
    )


@blueprint.route("/findings/<uuid:finding_id>/decision", methods=["GET", "POST"])
@guarded("finding.decide", finding=get_finding)
def decide(finding: ExclusionFinding) -> ResponseReturnValue:
    """Confirm or dismiss a finding as chair, with a reason."""
    form = FindingDecisionForm()
    if form.validate_on_submit():
        decides = service.confirm_finding if form.decision.data == "confirm" else service.dismiss_finding
        try:
            decides(finding, reason=form.reason.data or "", actor=current_actor())
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("Your decision is recorded, and the company was told."), "success")
            return redirect(url_for(".finding", finding_id=finding.id))
    return shown(
        "decide",
        form,
        finding=finding,
        application=finding.application,
        framework=pinned_framework(finding.application),
    )
