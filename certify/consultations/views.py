"""A party's page with its one form, the officers' list, and the company's answer to an objection."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certify.accounts.rules import Role
from certify.consultations import queries, service, words
from certify.consultations.forms import AnswerForm, DeclaringReplyForm, ExtendForm, LiftForm, ReplyForm
from certify.consultations.models import Consultation
from certify.consultations.queries import get_consultation
from certify.consultations.rules import REPLY_WORKING_DAYS, ConsultationStatus, ReplyKind, is_over
from certify.interests import queries as interest_queries
from certify.interests import service as interests
from certify.interests.policy import is_barred
from certify.interests.rules import Interest
from certify.kernel import clock
from certify.kernel.errors import Invalid
from certify.kernel.fields import Form
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded
from certify.organisations.words import SECTORS

blueprint = Blueprint("consultations", __name__, url_prefix="/consultations")


def shown(view: str, form: Form | None = None, **context: Any) -> ResponseReturnValue:
    """Show a page; 422 where its form has something to mend."""
    page = render_template(f"consultations/{view}.html", form=form, say=words, **context)
    return page, 422 if form is not None and (form.errors or form.refusal) else 200


@blueprint.get("/")
@guarded("consultation.list")
def index() -> ResponseReturnValue:
    """List a party's own correspondence; to officers, every consultation."""
    actor = current_actor()
    asked = request.args.get("status")
    status = ConsultationStatus(asked) if asked in set(ConsultationStatus) else None
    if actor.has(Role.OFFICER, Role.AUDITOR):
        found = [one for one in queries.list_all(status) if may(actor, "consultation.see", one)]
        return shown("index", consultations=found, status=status, statuses=ConsultationStatus)
    own = queries.list_for(actor) + (queries.list_for_entities() if actor.has(Role.ASSOCIATED) else [])
    return shown("own", consultations=own)


@blueprint.route("/<uuid:consultation_id>", methods=["GET", "POST"])
@guarded("consultation.see", consultation=get_consultation)
def consultation(consultation: Consultation) -> ResponseReturnValue:
    """Show what is asked, by when and what silence means; take the party's reply."""
    form = reply_form(consultation)
    if form is not None and form.validate_on_submit() and replied(form, consultation):
        flash(_("Your reply is recorded and reaches the officers and the Board."), "success")
        return redirect(url_for(".consultation", consultation_id=consultation.id))
    return shown(
        "consultation",
        form,
        consultation=consultation,
        sectors=SECTORS,
        days=REPLY_WORKING_DAYS,
        barred=is_barred(current_actor(), consultation.subject_key),
        meanings={one.value: words.REPLY_MEANINGS[one] for one in ReplyKind},
        ReplyKind=ReplyKind,
    )


def reply_form(consultation: Consultation) -> ReplyForm | None:
    """Return the form of whoever may reply now; with the declaration in it where none was made."""
    actor = current_actor()
    closed = not consultation.is_open or is_over(consultation.due_on, on=clock.today())
    if closed or not may(actor, "consultation.reply", consultation) or is_barred(actor, consultation.subject_key):
        return None
    return DeclaringReplyForm() if has_to_declare(consultation) else ReplyForm()


def has_to_declare(consultation: Consultation) -> bool:
    """Whether declarations are made on this case and the person made none."""
    key = consultation.subject_key
    declared = interest_queries.find_declaration(current_actor().person_id, key)
    return interest_queries.find_subject(key) is not None and declared is None


def replied(form: ReplyForm, consultation: Consultation) -> bool:
    """Record the declaration and the reply; False where the form has to be mended."""
    actor = current_actor()
    try:
        service.reply(consultation, kind=ReplyKind(form.kind.data), text=form.text.data or "", actor=actor)
    except Invalid as fault:
        form.refuse(fault)
        return False
    if isinstance(form, DeclaringReplyForm):
        interests.declare(consultation.subject_key, interest=Interest.NONE, actor=actor)
    return True


@blueprint.route("/<uuid:consultation_id>/extend", methods=["GET", "POST"])
@guarded("consultation.extend", consultation=get_consultation)
def extend(consultation: Consultation) -> ResponseReturnValue:
    """Give a party more time."""
    form = ExtendForm()
    if form.validate_on_submit() and form.until.data is not None:
        try:
            service.extend(consultation, until=form.until.data, reason=form.reason.data or "", actor=current_actor())
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The party has more time to reply."), "success")
            return redirect(url_for(".consultation", consultation_id=consultation.id))
    return shown("extend", form, consultation=consultation)


# -- objections -----------------------------------------------------------------------------------------------------


@blueprint.route("/<uuid:consultation_id>/objection", methods=["GET", "POST"])
@guarded("objection.see", consultation=get_consultation)
def objection(consultation: Consultation) -> ResponseReturnValue:
    """Show an objection to the company, and take its answer."""
    answers = may(current_actor(), "objection.answer", consultation) and consultation.answered_at is None
    form = AnswerForm() if answers else None
    if form is not None and form.validate_on_submit():
        service.answer_objection(consultation, text=form.text.data or "", actor=current_actor())
        flash(_("Your answer is recorded. The government, the officers and the Board read it."), "success")
        return redirect(url_for(".objection", consultation_id=consultation.id))
    return shown("objection", form, consultation=consultation)


@blueprint.route("/<uuid:consultation_id>/lift", methods=["GET", "POST"])
@guarded("objection.lift", consultation=get_consultation)
def lift(consultation: Consultation) -> ResponseReturnValue:
    """Take an objection back for the government."""
    form = LiftForm()
    if form.validate_on_submit():
        service.lift_objection(consultation, reason=form.reason.data or "", actor=current_actor())
        flash(_("The objection is lifted. It stays on record as such."), "success")
        return redirect(url_for(".consultation", consultation_id=consultation.id))
    return shown("lift", form, consultation=consultation)
