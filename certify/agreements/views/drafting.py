"""Drafting: from an active certificate, part by part, until the parties can read it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from certify.agreements import queries, service
from certify.agreements.clauses import load_library
from certify.agreements.forms import (
    DraftForm,
    FrameForm,
    PressForm,
    contribution_form,
    frame_values,
    prose_form,
)
from certify.agreements.models import Agreement, Contribution
from certify.agreements.queries import get_agreement, get_contribution
from certify.agreements.rules import ContributionKind
from certify.agreements.views import blueprint, shown
from certify.certificates.models import Certificate
from certify.certificates.queries import get_certificate
from certify.kernel.errors import Invalid
from certify.kernel.fields import Form
from certify.kernel.i18n import _, current_language
from certify.kernel.web import current_actor, guarded


@blueprint.get("/new")
@guarded("draft.begin")
def choose() -> ResponseReturnValue:
    """Choose the active certificate from which an agreement is drafted."""
    return render_template("agreements/choose.html", certificates=queries.certificates_to_draft_from())


@blueprint.route("/new/<uuid:certificate_id>", methods=["GET", "POST"])
@guarded("draft.begin", certificate=get_certificate)
def draft(certificate: Certificate) -> ResponseReturnValue:
    """State what the agreement is about, and declare; the prose follows."""
    form = DraftForm()
    if form.validate_on_submit():
        try:
            agreement = service.draft_agreement(certificate, frame=form.frame(), actor=current_actor())
        except Invalid as fault:
            return shown("draft", form, fault=fault, certificate=certificate)
        flash(_("The agreement %(reference)s is begun. Now write its texts.", reference=agreement.reference), "success")
        return redirect(url_for(".show", agreement_id=agreement.id))
    return shown("draft", form, certificate=certificate)


@blueprint.route("/<uuid:agreement_id>/frame", methods=["GET", "POST"])
@guarded("agreement.edit", agreement=get_agreement)
def frame(agreement: Agreement) -> ResponseReturnValue:
    """Change what the agreement is about."""
    form = FrameForm(data=frame_values(agreement))
    if form.validate_on_submit():
        try:
            service.save_frame(agreement, frame=form.frame(), revision=revision_of(form), actor=current_actor())
        except Invalid as fault:
            return shown("frame", form, fault=fault, agreement=agreement)
        return saved(agreement)
    return shown("frame", form, agreement=agreement)


@blueprint.route("/<uuid:agreement_id>/texts", methods=["GET", "POST"])
@guarded("agreement.edit", agreement=get_agreement)
def texts(agreement: Agreement) -> ResponseReturnValue:
    """Write the prose in each authentic language."""
    form = prose_form(agreement)
    if form.validate_on_submit():
        written = form.prose(agreement.languages)
        try:
            service.write_texts(agreement, texts=written, revision=revision_of(form), actor=current_actor())
        except Invalid as fault:
            return shown("texts", form, fault=fault, agreement=agreement)
        return saved(agreement)
    return shown("texts", form, agreement=agreement)


@blueprint.route("/<uuid:agreement_id>/contributions", methods=["GET", "POST"])
@guarded("agreement.edit", agreement=get_agreement)
def contributions(agreement: Agreement) -> ResponseReturnValue:
    """List what each party brings, and add a contribution."""
    form = contribution_form(agreement)
    if form.validate_on_submit():
        kind = ContributionKind(form.kind.data)
        try:
            service.add_contribution(
                agreement,
                party=form.party.data,
                kind=kind,
                texts=form.texts(agreement.languages),
                actor=current_actor(),
            )
        except Invalid as fault:
            return shown("contributions", form, fault=fault, agreement=agreement)
        flash(_("The contribution is listed."), "success")
        return redirect(url_for(".contributions", agreement_id=agreement.id))
    return shown("contributions", form, agreement=agreement)


@blueprint.post("/contributions/<uuid:contribution_id>/remove")
@guarded("contribution.remove", contribution=get_contribution)
def remove_contribution(contribution: Contribution) -> ResponseReturnValue:
    """Take a contribution from the list."""
    agreement = contribution.agreement
    service.remove_contribution(contribution, actor=current_actor())
    flash(_("The contribution is no longer listed."), "success")
    return redirect(url_for(".contributions", agreement_id=agreement.id))


@blueprint.route("/<uuid:agreement_id>/propose", methods=["GET", "POST"])
@guarded("agreement.propose", agreement=get_agreement)
def propose(agreement: Agreement) -> ResponseReturnValue:
    """Show what is missing, or the clauses that the parties will read, and put the text before them."""
    form = PressForm()
    if form.validate_on_submit():
        proposal = service.propose_version(agreement, actor=current_actor())
        number = proposal.version.number
        flash(
            _("Version %(number)s is before the parties. They are told once it is printed.", number=number), "success"
        )
        return redirect(url_for(".show", agreement_id=agreement.id))
    library = load_library(agreement.library)
    clauses = [library.clause(name, current_language()).title for name in library.templates[agreement.template]]
    gaps = queries.gaps_in(agreement)
    return shown("propose", form, agreement=agreement, gaps=gaps, clauses=clauses)


def revision_of(form: Form) -> int:
    """Return the revision that the officer saw; a broken one is none that stands."""
    typed = str(form["revision"].data or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def saved(agreement: Agreement) -> ResponseReturnValue:
    """Go back to the agreement's page and say that the change is kept."""
    flash(_("Your changes are saved."), "success")
    return redirect(url_for(".show", agreement_id=agreement.id))
