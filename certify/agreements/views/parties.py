"""What a party does: read and agree, comment, sign, or decline."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.agreements import queries, service
from certify.agreements.forms import AgreeForm, CommentForm, DeclineForm, SignForm
from certify.agreements.models import Party
from certify.agreements.queries import get_party
from certify.agreements.rules import State, is_last, obstacle_to_sign
from certify.agreements.views import blueprint, shown
from certify.agreements.words import OBSTACLES, party_name
from certify.certificates.words import OBSTACLES as SCREENING_WORDS
from certify.kernel import clock
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded, refuse


@blueprint.get("/parties/<uuid:party_id>/respond")
@guarded("party.agree", party=get_party)
def respond(party: Party) -> ResponseReturnValue:
    """Show the document before the party, to agree to it or to comment on it."""
    return answer_page(party, AgreeForm(), CommentForm())


@blueprint.post("/parties/<uuid:party_id>/agree")
@guarded("party.agree", party=get_party)
def agree(party: Party) -> ResponseReturnValue:
    """Mark the document as agreed."""
    form = AgreeForm()
    if form.validate_on_submit():
        service.agree(party, sha256=form.sha256.data or "", actor=current_actor())
        flash(_("It is noted: %(party)s agrees to this document.", party=party_name(party)), "success")
        return redirect(url_for(".show", agreement_id=party.agreement_id))
    return answer_page(party, form, CommentForm(formdata=None))


@blueprint.post("/parties/<uuid:party_id>/comment")
@guarded("party.comment", party=get_party)
def comment(party: Party) -> ResponseReturnValue:
    """Comment on the document."""
    form = CommentForm()
    if form.validate_on_submit():
        service.comment(party, text=form.text.data or "", actor=current_actor())
        flash(_("Your comment is in the room, and the Secretariat was told."), "success")
        return redirect(url_for(".show", agreement_id=party.agreement_id))
    return answer_page(party, AgreeForm(formdata=None), form)


def answer_page(party: Party, agreeing: AgreeForm, commenting: CommentForm) -> ResponseReturnValue:
    """Show both forms below the document."""
    agreement = party.agreement
    proposal = queries.live_proposal(agreement)
    agreeing.sha256.data = (proposal.version.sha256 or "") if proposal else ""
    wrong = commenting if commenting.errors else agreeing
    return shown(
        "respond",
        wrong,
        party=party,
        agreement=agreement,
        proposal=proposal,
        open=agreement.state is State.NEGOTIATION and proposal is not None,
        agreed=proposal is not None and party.key in queries.assented(proposal),
        agreeing=agreeing,
        commenting=commenting,
    )


# -- signing ----------------------------------------------------------------------------------------------------------


@blueprint.route("/parties/<uuid:party_id>/sign", methods=["GET", "POST"])
@guarded("party.sign", party=get_party)
def sign(party: Party) -> ResponseReturnValue:
    """Show the document's digest and what stands against signing; sign with the password typed again."""
    form = SignForm()
    if form.validate_on_submit():
        if service.refresh_before_last(party):
            return refuse(409, screening_sentence(party))
        try:
            service.sign(party, sha256=form.sha256.data or "", password=form.password.data or "", actor=current_actor())
        except Invalid as fault:
            return sign_page(party, form, fault)
        return redirect(url_for(".signed", party_id=party.id))
    return sign_page(party, form)


def sign_page(party: Party, form: SignForm, fault: Invalid | None = None) -> ResponseReturnValue:
    """Show the form, or what stands against signing."""
    table = queries.signing_table(party.agreement)
    obstacle = obstacle_to_sign(table, party=party.key, sha256=table.sha256, at=clock.now())
    form.sha256.data = form.sha256.data or table.sha256
    last = is_last(table.order, table.signed)
    sentences: list[Any] = [OBSTACLES[obstacle]] if obstacle else []
    if last and not obstacle:
        sentences += [SCREENING_WORDS[found] for found in queries.screening_obstacles(party.agreement)]
    return shown(
        "sign",
        form,
        fault=fault,
        party=party,
        agreement=party.agreement,
        proposal=queries.live_proposal(party.agreement),
        obstacles=sentences,
        last=last,
        order=[queries.find_party(party.agreement, key) for key in table.order],
        signed_keys=table.signed,
    )


def screening_sentence(party: Party) -> str:
    """Say what the screening says against the last signature."""
    return " ".join(str(SCREENING_WORDS[found]) for found in queries.screening_obstacles(party.agreement))


@blueprint.get("/parties/<uuid:party_id>/signed")
@guarded("party.sign", party=get_party)
def signed(party: Party) -> ResponseReturnValue:
    """Confirm a signature: what happened, and what happens next."""
    agreement = party.agreement
    proposal = agreement.proposal
    signatures = queries.signatures_of(proposal) if proposal else []
    mine = next((signature for signature in signatures if signature.party_id == party.id), None)
    if mine is None:
        return redirect(url_for(".show", agreement_id=agreement.id))
    turn = queries.next_to_sign(proposal) if proposal else None
    following = queries.find_party(agreement, turn) if turn else None
    return shown("signed", agreement=agreement, party=party, signature=mine, following=following)


@blueprint.route("/parties/<uuid:party_id>/decline", methods=["GET", "POST"])
@guarded("party.decline", party=get_party)
def decline(party: Party) -> ResponseReturnValue:
    """Decline to sign, with a reason that reaches every party."""
    form = DeclineForm()
    if form.validate_on_submit():
        service.decline(party, reason=form.reason.data or "", actor=current_actor())
        flash(_("It is noted that this party does not sign. Every party was told, with the reason."), "success")
        return redirect(url_for(".show", agreement_id=party.agreement_id))
    return shown("decline", form, party=party, agreement=party.agreement)
