"""The list of agreements, and the room that all parties of one share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from certify.agreements import queries, service
from certify.agreements.forms import PressForm, SigningForm, named_parties
from certify.agreements.models import Agreement, Proposal
from certify.agreements.queries import get_agreement
from certify.agreements.rules import EDITABLE, SIGNING_DAYS, State
from certify.agreements.views import blueprint, shown
from certify.certificates.words import OBSTACLES as SCREENING_WORDS
from certify.kernel import clock
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded


@blueprint.get("/")
@guarded("agreement.list")
def index() -> ResponseReturnValue:
    """List the agreements that are open to me."""
    return render_template("agreements/index.html", agreements=queries.list_agreements_for(current_actor()))


@blueprint.get("/<uuid:agreement_id>")
@guarded("agreement.see", agreement=get_agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show where the agreement stands, who is waited for, what everybody said, and the documents."""
    actor = current_actor()
    proposal = agreement.proposal
    return render_template(
        "agreements/show.html",
        agreement=agreement,
        proposal=proposal,
        **progress_of(proposal),
        mine=named_parties(queries.parties_spoken_for(actor, agreement)),
        editable=agreement.state in EDITABLE and may(actor, "agreement.edit", agreement),
        gaps=queries.gaps_in(agreement) if agreement.state is State.DRAFTING else [],
        motion=queries.live_motion(agreement),
        clearance=queries.clearance_of(agreement, proposal.version.sha256 if proposal else None),
        comments=queries.comments_on(agreement),
        sealed=queries.sealed_files(agreement),
        screening=screening_notes(agreement, proposal),
        story=queries.story_of(agreement),
    )


def progress_of(proposal: Proposal | None) -> dict[str, Any]:
    """Return who agreed, who signed and whose turn it is."""
    if proposal is None:
        return {"assents": {}, "signatures": {}, "turn": None}
    return {
        "assents": {assent.party.key: assent for assent in queries.assents_of(proposal)},
        "signatures": {signature.party.key: signature for signature in queries.signatures_of(proposal)},
        "turn": queries.next_to_sign(proposal) if proposal.ended_at is None else None,
    }


def screening_notes(agreement: Agreement, proposal: Proposal | None) -> list[Any]:
    """Say what the screening says against the last signature, once it is the only one that is missing."""
    if agreement.state is not State.SIGNING or proposal is None:
        return []
    if len(queries.signed(proposal)) != len(proposal.order) - 1:
        return []
    return [SCREENING_WORDS[obstacle] for obstacle in queries.screening_obstacles(agreement)]


@blueprint.route("/<uuid:agreement_id>/table", methods=["GET", "POST"])
@guarded("agreement.table", agreement=get_agreement)
def table(agreement: Agreement) -> ResponseReturnValue:
    """Show what would be moved, and put it before the Board."""
    form = PressForm()
    if form.validate_on_submit():
        motion = service.table_clearance(agreement, actor=current_actor())
        flash(_("Motion %(number)s is before the Board.", number=motion.number), "success")
        return redirect(url_for(".show", agreement_id=agreement.id))
    return shown("table", form, agreement=agreement, proposal=queries.live_proposal(agreement))


@blueprint.route("/<uuid:agreement_id>/open-signing", methods=["GET", "POST"])
@guarded("agreement.open_signing", agreement=get_agreement)
def open_signing(agreement: Agreement) -> ResponseReturnValue:
    """Choose until when the parties may sign, and let them."""
    form = SigningForm(until=clock.today() + timedelta(days=SIGNING_DAYS))
    if form.validate_on_submit():
        try:
            service.open_signing(agreement, until=form.until.data, actor=current_actor())
        except Invalid as fault:
            return shown("open_signing", form, fault=fault, agreement=agreement)
        flash(_("Signing is open. The first party was asked by letter."), "success")
        return redirect(url_for(".show", agreement_id=agreement.id))
    proposal = queries.live_proposal(agreement)
    return shown("open_signing", form, agreement=agreement, proposal=proposal)


@blueprint.post("/<uuid:agreement_id>/screening")
@guarded("agreement.screen", agreement=get_agreement)
def screening(agreement: Agreement) -> ResponseReturnValue:
    """Start the screening that the last signature needs."""
    if service.start_screening(agreement, actor=current_actor()):
        flash(_("The screening was started. It takes a moment."), "success")
    else:
        flash(_("The screening is fresh. Nothing needed to be started."), "info")
    return redirect(url_for(".show", agreement_id=agreement.id))
