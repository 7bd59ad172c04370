"""One motion: what would be decided, the way to the dossier and to the vote, and the sum once it is known."""

from __future__ import annotations

import io
import uuid
from typing import Any

from flask import flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from certify.board import queries, service
from certify.board.forms import WithdrawMotionForm
from certify.board.models import Ballot, Motion
from certify.board.queries import What, get_motion
from certify.board.tally import Vote
from certify.board.views import blueprint, shown
from certify.kernel import clock, files
from certify.kernel.errors import NotFound
from certify.kernel.events import timeline
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, get_or_404, guarded


@blueprint.get("/motions/<uuid:motion_id>")
@guarded("motion.see", motion=get_motion)
def motion(motion: Motion) -> ResponseReturnValue:
    """Show a motion; text, documents and dossier only after the declaration of interest."""
    actor = current_actor()
    ballot = motion.last_ballot
    return shown(
        "motion",
        motion=motion,
        ballot=ballot,
        task=queries.task_on(actor, motion),
        What=What,
        Vote=Vote,
        cleared=may(actor, "motion.read", motion),
        chair=queries.acting_chair(motion),
        before=[one for one in queries.motions_on(motion.subject_key) if one.id != motion.id],
        story=[(told.when, told.sentence, None) for told in reversed(timeline(motion.case_key))],
        **ballot_facts(ballot, motion),
    )


def ballot_facts(ballot: Ballot | None, motion: Motion) -> dict[str, Any]:
    """Return what is known of a ballot: my seat's vote while it is open, the votes by seat once it is closed."""
    if ballot is None:
        return {"own": None, "votes": [], "recused": [], "late": [], "without": None, "is_over": False}
    seat = queries.seat_of(current_actor().person_id, motion.body)
    late = queries.late_conflicts(ballot)
    reads = ballot.closed_at is not None and may(current_actor(), "ballot.read", ballot)
    return {
        "own": queries.vote_of(ballot, seat),
        "seat": seat,
        "votes": ballot.live_votes if reads else [],
        "recused": queries.recused_states(ballot),
        "late": late,
        "without": queries.sum_without(ballot, late) if late else None,
        "is_over": ballot.is_over(clock.now()),
    }


@blueprint.get("/motions/<uuid:motion_id>/documents/<int:position>")
@guarded("motion.read", audited=True, motion=get_motion)
def document(motion: Motion, position: int) -> ResponseReturnValue:
    """Give a document of the motion to who declared; the reading is recorded."""
    if not 1 <= position <= len(motion.documents):
        raise NotFound(_("This document does not exist."))
    stored = get_or_404(StoredFile, uuid.UUID(motion.documents[position - 1]["file_id"]))
    content = io.BytesIO(files.read(stored))
    answer = send_file(content, mimetype=stored.media_type, as_attachment=True, download_name=stored.name, max_age=0)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/motions/<uuid:motion_id>/withdraw", methods=["GET", "POST"])
@guarded("motion.withdraw", motion=get_motion)
def withdraw(motion: Motion) -> ResponseReturnValue:
    """Take a motion back before a decision, with a reason."""
    form = WithdrawMotionForm()
    if form.validate_on_submit():
        service.withdraw_motion(motion, reason=form.reason.data or "", actor=current_actor())
        flash(_("The motion was taken back."), "success")
        return redirect(url_for(".motion", motion_id=motion.id))
    return shown("withdraw", form, motion=motion)
