"""The workbench: every criterion with what is left, one page a criterion, and the scorecard growing beside it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as PageNotFound

from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.rules import Status, Step
from certify.assessment import service
from certify.assessment.forms import EmptyForm, OpinionForm, ProfileForm, RequestForm, opinion_form, profile_form
from certify.assessment.queries import (
    Bench,
    Sheet,
    all_records,
    bench_of,
    live_result,
    obstacles,
    sheet_of,
    standing_of,
)
from certify.assessment.rules import Grant, Side
from certify.assessment.scoring import range_of
from certify.assessment.views import blueprint, shown
from certify.criteria.rules import Criterion
from certify.kernel.errors import Invalid
from certify.kernel.fields import Form
from certify.kernel.i18n import _, current_language
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded

STEPS = {Side.ASSESSOR: Step.ASSESS, Side.REVIEWER: Step.REVIEW}
WORKED_IN = {
    Side.ASSESSOR: (frozenset({Status.IN_REVIEW, Status.CLARIFICATION}), "assessment.record"),
    Side.REVIEWER: (frozenset({Status.ASSESSED}), "assessment.review"),
}


def my_side(application: Application) -> Side | None:
    """Return on which side I may write records now, None where I only read."""
    actor = current_actor()
    for side, (states, action) in WORKED_IN.items():
        if application.status in states and may(actor, action, application):
            return side
    return None


def growing(bench: Bench) -> Sheet:
    """Return the exact scorecard as it stands now."""
    before_review = bench.application.status in {Status.SUBMITTED, Status.IN_REVIEW, Status.CLARIFICATION}
    card, result = live_result(bench, up_to=Side.ASSESSOR if before_review else Side.REVIEWER)
    return sheet_of(result, bench.framework, current_language(), range_of(card))


@blueprint.get("/<uuid:application_id>/criteria")
@guarded("assessment.see", audited=True, application=get_application)
def bench(application: Application) -> ResponseReturnValue:
    """Show every criterion by theme, what is left, and the scorecard so far."""
    workbench, side = bench_of(application), my_side(application)
    standing = standing_of(workbench)
    return shown(
        "bench",
        application=application,
        bench=workbench,
        sheet=growing(workbench),
        side=side,
        standing=standing,
        obstacles=obstacles(standing, STEPS[side]) if side else (),
        Side=Side,
    )


@blueprint.route("/<uuid:application_id>/criteria/<criterion>", methods=["GET", "POST"])
@guarded("assessment.see", audited=True, application=get_application)
def criterion(application: Application, criterion: str) -> ResponseReturnValue:
    """Show one answer beside its evidence, and record what I find."""
    workbench, side = bench_of(application), my_side(application)
    rule = rule_of(workbench, criterion)
    form = form_for(workbench, rule, side)
    if form is not None and form.validate_on_submit() and side is not None:
        try:
            record(application, rule, side, form)
        except Invalid as fault:
            form.refuse(fault)
        else:
            return redirect(onward(application, rule, side))
    return shown("criterion", form, **facts(application, workbench, rule, side))


def rule_of(workbench: Bench, criterion: str) -> Criterion:
    """Return a criterion that is asked of the company, or answer 404."""
    for rule in workbench.asked:
        if rule.id == criterion:
            return rule
    raise PageNotFound


def form_for(workbench: Bench, rule: Criterion, side: Side | None) -> OpinionForm | RequestForm | None:
    """Return the form that I may fill in here: an opinion, a ruling on a request, or none."""
    if side is None:
        return None
    if workbench.requested(rule.id):
        return RequestForm() if side is Side.REVIEWER else None
    if not workbench.is_rated(rule.id):
        return None
    own = workbench.latest(side, rule.id) or workbench.latest(Side.ASSESSOR, rule.id)
    opinion = workbench.opinion(side, rule.id) or workbench.opinion(Side.ASSESSOR, rule.id)
    return opinion_form(workbench, rule, opinion, own.number if own else "")


def record(application: Application, rule: Criterion, side: Side, form: Form) -> None:
    """Record an opinion or a ruling."""
    if isinstance(form, RequestForm):
        service.rule_on_request(
            application,
            criterion=rule.id,
            ruling=Grant(form.ruling.data),
            reason=form.reason.data or "",
            actor=current_actor(),
        )
    elif isinstance(form, OpinionForm):
        service.record_opinion(application, side=side, criterion=rule.id, found=form.found, actor=current_actor())


def onward(application: Application, rule: Criterion, side: Side) -> str:
    """Return where to go after a record: to the next criterion that waits, or back to all of them."""
    workbench = bench_of(application)
    left = [*workbench.unopined(side), *(workbench.unruled if side is Side.REVIEWER else [])]
    order = [one.id for one in workbench.asked]
    later = [name for name in order if name in left and order.index(name) > order.index(rule.id)]
    flash(_("%(criterion)s is recorded.", criterion=rule.id), "success")
    if later and request.form.get("then") != "stop":
        return url_for(".criterion", application_id=application.id, criterion=later[0])
    return url_for(".bench", application_id=application.id)


def facts(application: Application, workbench: Bench, rule: Criterion, side: Side | None) -> dict[str, Any]:
    """Return what the page of one criterion shows beside the form."""
    order = [one.id for one in workbench.asked]
    place = order.index(rule.id)
    return {
        "application": application,
        "bench": workbench,
        "rule": rule,
        "side": side,
        "sheet": growing(workbench),
        "answer": workbench.answers.get(rule.id),
        "evidence": workbench.evidence(rule.id),
        "history": [one for one in all_records(application) if one.criterion == rule.id],
        "standing_ids": {one.id for one in workbench.records},
        "previous": order[place - 1] if place else None,
        "following": order[place + 1] if place + 1 < len(order) else None,
        "place": place + 1,
        "total": len(order),
        "Side": Side,
    }


@blueprint.post("/<uuid:application_id>/themes/<theme>/agree")
@guarded("assessment.review", application=get_application)
def agree(application: Application, theme: str) -> ResponseReturnValue:
    """Agree with the assessor on what is left of a theme, having looked at each."""
    workbench = bench_of(application)
    left = [one for one in workbench.unopined(Side.REVIEWER) if workbench.framework.criteria[one].theme == theme]
    agreed = service.agree_with_assessor(application, criteria=left, actor=current_actor())
    flash(_("Your agreement on %(count)d criteria is recorded.", count=agreed), "success")
    return redirect(url_for(".bench", application_id=application.id, _anchor=f"theme-{theme}"))


@blueprint.route("/<uuid:application_id>/profile", methods=["GET", "POST"])
@guarded("assessment.confirm_profile", application=get_application)
def profile(application: Application) -> ResponseReturnValue:
    """Confirm the company's size and sectors, or set others with a reason."""
    workbench = bench_of(application)
    form: ProfileForm = profile_form(workbench)
    if form.validate_on_submit():
        try:
            service.confirm_profile(
                application,
                size=form.size.data,
                sectors=form.sectors.data or [],
                reason=form.reason.data or "",
                actor=current_actor(),
            )
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("Size and sectors are confirmed."), "success")
            return redirect(url_for(".bench", application_id=application.id))
    return shown("profile", form, application=application, bench=workbench)


@blueprint.route("/<uuid:application_id>/finish", methods=["GET", "POST"])
@guarded("assessment.finish", application=get_application)
def finish(application: Application) -> ResponseReturnValue:
    """Close the assessment once nothing is left."""
    form = EmptyForm()
    if form.validate_on_submit():
        service.finish_assessment(application, actor=current_actor())
        flash(_("The assessment is finished. A colleague reviews it now."), "success")
        return redirect(url_for(".case", application_id=application.id))
    return finish_page(application, form, Side.ASSESSOR)


@blueprint.route("/<uuid:application_id>/finish-review", methods=["GET", "POST"])
@guarded("assessment.finish_review", application=get_application)
def finish_review(application: Application) -> ResponseReturnValue:
    """Close the review once nothing is left."""
    form = EmptyForm()
    if form.validate_on_submit():
        service.finish_review(application, actor=current_actor())
        flash(_("The review is finished. The recommendation comes next."), "success")
        return redirect(url_for(".case", application_id=application.id))
    return finish_page(application, form, Side.REVIEWER)


def finish_page(application: Application, form: EmptyForm, side: Side) -> ResponseReturnValue:
    """Show what is left, or what the result will be."""
    workbench = bench_of(application)
    standing = standing_of(workbench)
    return shown(
        "finish",
        form,
        application=application,
        bench=workbench,
        sheet=growing(workbench),
        side=side,
        standing=standing,
        obstacles=obstacles(standing, STEPS[side]),
        Side=Side,
    )
