"""Measures against a certificate: suspension, reinstatement, withdrawal, giving back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.certificates import queries, service
from certify.certificates.forms import AnswerForm, DecisionForm, MeasureForm, ReasonForm
from certify.certificates.models import Certificate, Suspension, Withdrawal
from certify.certificates.views import blueprint, shown
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded


def back_to(certificate: Certificate, sentence: str) -> ResponseReturnValue:
    """Return to the certificate and say what was done."""
    flash(sentence)
    return redirect(url_for(".show", certificate_id=certificate.id))


@blueprint.route("/<uuid:certificate_id>/suspend", methods=["GET", "POST"])
@guarded("certificate.propose_suspension", certificate=queries.get_certificate)
def suspend(certificate: Certificate) -> ResponseReturnValue:
    """Propose a suspension."""
    form = MeasureForm()
    if form.validate_on_submit():
        service.propose_suspension(
            certificate, ground=form.ground.data, public_reason=form.public_reason.data or "", actor=current_actor()
        )
        return back_to(certificate, _("The suspension is proposed. The chair of the Board decides on it."))
    return shown("measure", form, certificate=certificate, measure="suspend")


@blueprint.route("/<uuid:certificate_id>/suspend-urgently", methods=["GET", "POST"])
@guarded("certificate.suspend_urgently", certificate=queries.get_certificate)
def suspend_urgently(certificate: Certificate) -> ResponseReturnValue:
    """Suspend at once as the chair."""
    form = MeasureForm()
    if form.validate_on_submit():
        service.suspend_urgently(
            certificate, ground=form.ground.data, public_reason=form.public_reason.data or "", actor=current_actor()
        )
        return back_to(certificate, _("The certificate is suspended. A motion to ratify it is before the Board."))
    return shown("measure", form, certificate=certificate, measure="suspend_urgently")


@blueprint.post("/suspensions/<uuid:suspension_id>/confirm")
@guarded("suspension.confirm", suspension=queries.get_suspension)
def confirm(suspension: Suspension) -> ResponseReturnValue:
    """Confirm a suspension as the chair."""
    DecisionForm().validate_on_submit()
    service.confirm_suspension(suspension, actor=current_actor())
    return back_to(suspension.certificate, _("The suspension is confirmed. The holder was given ten days' notice."))


@blueprint.post("/suspensions/<uuid:suspension_id>/decline")
@guarded("suspension.confirm", suspension=queries.get_suspension)
def decline(suspension: Suspension) -> ResponseReturnValue:
    """Decline a suspension as the chair."""
    DecisionForm().validate_on_submit()
    service.decline_suspension(suspension, actor=current_actor())
    return back_to(suspension.certificate, _("The suspension is declined. The certificate stays as it was."))


@blueprint.route("/<uuid:certificate_id>/reinstate", methods=["GET", "POST"])
@guarded("certificate.reinstate", certificate=queries.get_certificate)
def reinstate(certificate: Certificate) -> ResponseReturnValue:
    """Lift a suspension as the chair."""
    form = ReasonForm()
    if form.validate_on_submit():
        service.reinstate(certificate, public_reason=form.public_reason.data or "", actor=current_actor())
        return back_to(certificate, _("The suspension is lifted."))
    return shown("measure", form, certificate=certificate, measure="reinstate")


@blueprint.route("/<uuid:certificate_id>/withdraw", methods=["GET", "POST"])
@guarded("certificate.propose_withdrawal", certificate=queries.get_certificate)
def withdraw(certificate: Certificate) -> ResponseReturnValue:
    """Propose a withdrawal."""
    form = MeasureForm()
    if form.validate_on_submit():
        service.propose_withdrawal(
            certificate, ground=form.ground.data, public_reason=form.public_reason.data or "", actor=current_actor()
        )
        return back_to(certificate, _("The withdrawal is proposed. The company has 20 working days to answer."))
    return shown("measure", form, certificate=certificate, measure="withdraw")


@blueprint.route("/withdrawals/<uuid:withdrawal_id>/answer", methods=["GET", "POST"])
@guarded("withdrawal.answer", withdrawal=queries.get_withdrawal)
def answer(withdrawal: Withdrawal) -> ResponseReturnValue:
    """Answer a proposed withdrawal as the company."""
    form = AnswerForm()
    if form.validate_on_submit():
        service.answer_withdrawal(withdrawal, text=form.text.data or "", actor=current_actor())
        return back_to(withdrawal.certificate, _("Your answer was sent. The Board reads it before it decides."))
    return shown("answer", form, certificate=withdrawal.certificate, withdrawal=withdrawal)


@blueprint.post("/withdrawals/<uuid:withdrawal_id>/table")
@guarded("withdrawal.table", withdrawal=queries.get_withdrawal)
def table(withdrawal: Withdrawal) -> ResponseReturnValue:
    """Put a withdrawal before the Board."""
    DecisionForm().validate_on_submit()
    service.table_withdrawal(withdrawal, actor=current_actor())
    return back_to(withdrawal.certificate, _("The withdrawal is before the Board."))


@blueprint.route("/<uuid:certificate_id>/give-back", methods=["GET", "POST"])
@guarded("certificate.give_back", certificate=queries.get_certificate)
def give_back(certificate: Certificate) -> ResponseReturnValue:
    """Give the certificate back as the holder."""
    form = ReasonForm()
    if form.validate_on_submit():
        service.give_back(certificate, public_reason=form.public_reason.data or "", actor=current_actor())
        return back_to(certificate, _("You gave the certificate back. An officer confirms it."))
    return shown("measure", form, certificate=certificate, measure="give_back")


@blueprint.post("/withdrawals/<uuid:withdrawal_id>/confirm")
@guarded("withdrawal.confirm_by_holder", withdrawal=queries.get_withdrawal)
def confirm_given_back(withdrawal: Withdrawal) -> ResponseReturnValue:
    """Confirm what the holder gives back."""
    DecisionForm().validate_on_submit()
    service.confirm_given_back(withdrawal, actor=current_actor())
    return back_to(withdrawal.certificate, _("The certificate has ended."))
