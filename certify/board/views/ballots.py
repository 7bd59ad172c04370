"""Opening a ballot, casting the one vote of a seat, extending, closing, and the record that anyone can recount."""

from __future__ import annotations

from flask import Response, flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.board import queries, service
from certify.board.forms import CloseForm, ExtendForm, OpenBallotForm, VoteForm, end_of
from certify.board.models import Ballot, Motion
from certify.board.queries import get_ballot, get_motion
from certify.board.rules import BallotMode
from certify.board.tally import Vote
from certify.board.views import blueprint, shown
from certify.board.words import MODES
from certify.kernel.errors import Invalid, NotAllowed, RuleBroken
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded


@blueprint.route("/ballots/<uuid:ballot_id>/vote/<any(for,against,abstain):choice>", methods=["GET", "POST"])
@guarded("ballot.vote", ballot=get_ballot)
def vote(ballot: Ballot, choice: str) -> ResponseReturnValue:
    """Ask once more, then cast the vote; it cannot be changed."""
    actor = current_actor()
    seat = queries.seat_of(actor.person_id, ballot.motion.body)
    if seat is None:
        raise NotAllowed(_("You do not hold a seat of this body."))
    service.check_may_vote(ballot, seat, actor=actor)
    form = VoteForm()
    if form.validate_on_submit():
        service.cast_vote(ballot, seat, vote=Vote(choice), reason=form.reason.data or "", actor=actor)
        flash(_("Your seat’s vote is cast. The sum stays sealed until the ballot closes."), "success")
        return redirect(url_for(".motion", motion_id=ballot.motion_id))
    return shown("vote", form, ballot=ballot, motion=ballot.motion, seat=seat, vote=Vote(choice))


@blueprint.route("/motions/<uuid:motion_id>/ballot", methods=["GET", "POST"])
@guarded("ballot.open", motion=get_motion)
def open_ballot(motion: Motion) -> ResponseReturnValue:
    """Open voting, in the session in progress or as an electronic consultation."""
    form = ballot_form(motion)
    if form.validate_on_submit() and opened(form, motion):
        flash(_("The ballot is open."), "success")
        return redirect(url_for(".motion", motion_id=motion.id))
    rules = motion.body.procedure.motions[motion.kind]
    session = queries.open_session_of(motion.body)
    return shown("open_ballot", form, motion=motion, rules=rules, session=session, chair_declared=declared(motion))


def ballot_form(motion: Motion) -> OpenBallotForm:
    """Offer what the rules of procedure allow for this kind of motion now, with the shortest time filled in."""
    procedure = motion.body.procedure
    modes = set(procedure.motions[motion.kind].modes)
    if queries.open_session_of(motion.body) is None:
        modes.discard(BallotMode.SESSION)
    form = OpenBallotForm(closes_at=queries.earliest_closing(motion.body).date())
    form.mode.choices = {mode.value: str(MODES[mode]) for mode in BallotMode if mode in modes}
    if form.mode.data == BallotMode.SESSION.value or BallotMode.ELECTRONIC not in modes:
        form.closes_at.validators = []
    return form


def opened(form: OpenBallotForm, motion: Motion) -> bool:
    """Open the ballot; False where the form has to be mended."""
    in_session = form.mode.data == BallotMode.SESSION.value
    session = queries.open_session_of(motion.body) if in_session else None
    closes_at = None if in_session else end_of(form.closes_at.data)
    try:
        service.open_ballot(motion, session=session, closes_at=closes_at, actor=current_actor())
    except Invalid as fault:
        form.refuse(fault)
        return False
    return True


def declared(motion: Motion) -> bool:
    """Whether the acting chair has declared."""
    return current_actor().holds("cleared", motion.subject_key)


@blueprint.route("/ballots/<uuid:ballot_id>/close", methods=["GET", "POST"])
@guarded("ballot.close", ballot=get_ballot)
def close_ballot(ballot: Ballot) -> ResponseReturnValue:
    """Close a ballot: in session at once, an electronic consultation never before its time."""
    form = CloseForm()
    if form.validate_on_submit():
        service.close_ballot(ballot, actor=current_actor())
        flash(_("The ballot is closed and counted."), "success")
        return redirect(url_for(".motion", motion_id=ballot.motion_id))
    return shown("close_ballot", form, ballot=ballot, motion=ballot.motion)


@blueprint.route("/ballots/<uuid:ballot_id>/extend", methods=["GET", "POST"])
@guarded("ballot.extend", ballot=get_ballot)
def extend(ballot: Ballot) -> ResponseReturnValue:
    """Give an electronic consultation more time, with a reason."""
    form = ExtendForm()
    if form.validate_on_submit():
        try:
            until = end_of(form.until.data)
            service.extend_ballot(ballot, until=until, reason=form.reason.data or "", actor=current_actor())
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The electronic consultation lasts longer now."), "success")
            return redirect(url_for(".motion", motion_id=ballot.motion_id))
    return shown("extend", form, ballot=ballot, motion=ballot.motion)


@blueprint.get("/ballots/<uuid:ballot_id>/record.json")
@guarded("ballot.read", audited=True, ballot=get_ballot)
def record(ballot: Ballot) -> Response:
    """Give the record of a closed ballot, which `certify board tally` recounts."""
    if ballot.closed_at is None or ballot.outcome is None:
        raise RuleBroken(_("The votes are sealed until the ballot is closed."))
    response = jsonify(queries.record_of(ballot))
    response.headers["Content-Disposition"] = f'attachment; filename="ballot-{ballot.motion.number}.json"'
    return response
