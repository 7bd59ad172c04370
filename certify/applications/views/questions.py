"""One page for each question: the answer, and the evidence right below it."""

from __future__ import annotations

from flask import g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from certify.applications import queries, service
from certify.applications.forms import QuestionForm, question_form, revision_of, stored_answer
from certify.applications.measures import measure_of
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.rules import Given
from certify.applications.service import AnsweredMeanwhile
from certify.applications.views import blueprint, refuse_at, shown
from certify.criteria.rules import Criterion
from certify.kernel.errors import CertifyError, Invalid, TooLarge, WrongType
from certify.kernel.i18n import _
from certify.kernel.inspection import Inspected, inspect
from certify.kernel.web import current_actor, guarded


@blueprint.before_request
def inspect_upload() -> None:
    """Look into a file before the change begins, so that one that takes long holds nobody else up."""
    uploaded = request.files.get("file") if request.method == "POST" and current_user.is_authenticated else None
    if uploaded is not None and uploaded.filename:
        content = uploaded.read()
        uploaded.close()
        try:
            g.inspected = inspect(content, name=uploaded.filename)
        except CertifyError as fault:
            g.inspected = fault


@blueprint.get("/<uuid:application_id>/themes/<theme>")
@guarded("application.prepare", application=get_application)
def theme(application: Application, theme: str) -> ResponseReturnValue:
    """List the questions of a theme with their state."""
    return shown(
        "theme",
        application=application,
        framework=queries.pinned_framework(application),
        theme=queries.theme_of(application, theme),
    )


@blueprint.route("/<uuid:application_id>/questions/<criterion>", methods=["GET", "POST"])
@guarded("application.edit", application=get_application)
def question(application: Application, criterion: str) -> ResponseReturnValue:
    """Ask one question, keep the answer and any file with it."""
    asked = service.asked_criterion(application, criterion)
    service.require_open(application, criterion)
    form = form_for(application, asked)
    if form.validate_on_submit():
        return keep(application, asked, form)
    if form.is_submitted() and form.has_file:
        ask_for_file_again(form)
    return question_page(application, asked, form)


@blueprint.post("/<uuid:application_id>/questions/<criterion>/draft")
@guarded("application.edit", application=get_application)
def draft(application: Application, criterion: str) -> ResponseReturnValue:
    """Keep what has been typed so far, while the writer goes on; the answer names the new revision."""
    asked = service.asked_criterion(application, criterion)
    form = form_for(application, asked)
    if not form.validate():
        raise Invalid(_("This is not complete yet."))
    answer = service.save_answer(
        application, criterion=criterion, given=form.given, revision=revision_of(form.revision), actor=current_actor()
    )
    return jsonify(revision=answer.revision)


def form_for(application: Application, criterion: Criterion) -> QuestionForm:
    """Return the form of a question, filled with what is stored."""
    framework = queries.pinned_framework(application)
    stored = queries.find_answer(application, criterion.id)
    return question_form(
        framework,
        criterion,
        measure=measure_of(framework.id, criterion.id),
        revision=stored.revision if stored else 0,
        **stored_answer(stored.given if stored else Given()),
    )


def keep(application: Application, criterion: Criterion, form: QuestionForm) -> ResponseReturnValue:
    """Keep the file, then the answer; where one cannot be taken, the page stays with all that was typed."""
    try:
        attached = attach(application, criterion, form)
    except (Invalid, TooLarge, WrongType) as fault:
        refuse_upload(form, fault)
        return question_page(application, criterion, form, status=fault.status)
    try:
        answer = service.save_answer(
            application,
            criterion=criterion.id,
            given=form.given,
            revision=revision_of(form.revision),
            actor=current_actor(),
        )
        form.revision.data = str(answer.revision)
    except Invalid as fault:
        form.refuse(fault)
        return question_page(application, criterion, form)
    except AnsweredMeanwhile as fault:
        return conflict_page(application, criterion, form, fault)
    return onward(application, criterion, form, attached=attached)


def attach(application: Application, criterion: Criterion, form: QuestionForm) -> str | None:
    """Keep the file that was sent, if one was; return its id."""
    inspected = g.get("inspected")
    if not form.has_file or inspected is None:
        return None
    if isinstance(inspected, CertifyError):
        raise inspected
    return str(evidence_from(application, criterion, form, inspected))


def evidence_from(application: Application, criterion: Criterion, form: QuestionForm, upload: Inspected) -> object:
    """Keep one inspected file as evidence and return its id."""
    document_date = form.document_date.data
    if document_date is None:
        raise Invalid(_("Please give the date that the document bears."))
    return service.add_evidence(
        application,
        criterion=criterion.id,
        upload=upload,
        document_date=document_date,
        expires_on=form.expires_on.data,
        attested_by=form.attested_by.data or "",
        actor=current_actor(),
    ).id


def ask_for_file_again(form: QuestionForm) -> None:
    """Say at the file that it was not kept, because browsers forget a chosen file where a page has errors."""
    inspected = g.get("inspected")
    again = Invalid(_("Your answer could not be saved, so the file was not kept. Please choose it again."))
    refuse_at(form, "file", inspected if isinstance(inspected, CertifyError) else again)


def refuse_upload(form: QuestionForm, fault: CertifyError) -> None:
    """Show why a file was not taken, at the file or at the field beside it."""
    if isinstance(fault, Invalid) and fault.fields:
        form.refuse(fault)
    else:
        refuse_at(form, "file", fault)


def onward(
    application: Application, criterion: Criterion, form: QuestionForm, *, attached: str | None
) -> ResponseReturnValue:
    """Go where the pressed button leads; without an answer, stay."""
    if request.form.get("go") == "back":
        return redirect(url_for(".show", application_id=application.id))
    if request.form.get("go") == "attach":
        if attached is None:
            refuse_at(form, "file", Invalid(_("Please choose a file first.")))
            return question_page(application, criterion, form)
        address = url_for(".question", application_id=application.id, criterion=criterion.id, attached=attached)
        return redirect(f"{address}#evidence")
    if not form.given.answers:
        ask_for_answer(form)
        return question_page(application, criterion, form)
    following = queries.next_question(application, criterion.id)
    if following is None:
        return redirect(url_for(".show", application_id=application.id))
    return redirect(url_for(".question", application_id=application.id, criterion=following))


def ask_for_answer(form: QuestionForm) -> None:
    """Say what is missing before going on; what was typed has been saved already."""
    if form.given.not_applicable:
        refuse_at(form, "reason", Invalid(_("Please say why this does not apply to your organisation.")))
    else:
        field = "level" if "level" in form else "number"
        refuse_at(form, field, Invalid(_("Please answer the question, or save and come back later.")))


def question_page(
    application: Application, criterion: Criterion, form: QuestionForm, *, status: int | None = None
) -> ResponseReturnValue:
    """Show the question with its guidance, its evidence and what is typed so far."""
    framework = queries.pinned_framework(application)
    return shown(
        "question",
        form,
        status=status,
        application=application,
        framework=framework,
        criterion=criterion,
        place=queries.place_of(application, criterion.id),
        evidence=queries.evidence_of(application, criterion.id),
        measure=form.measure,
    )


def conflict_page(
    application: Application, criterion: Criterion, form: QuestionForm, fault: AnsweredMeanwhile
) -> ResponseReturnValue:
    """Show both versions, theirs and mine, and let the writer choose."""
    form.revision.data = str(fault.stored.revision)
    return shown(
        "conflict",
        form,
        status=409,
        application=application,
        framework=queries.pinned_framework(application),
        criterion=criterion,
        stored=fault.stored,
        stored_by=queries.name_of(fault.stored.saved_by_id),
        mine=fault.mine,
        measure=form.measure,
    )
