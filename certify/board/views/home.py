"""What waits for a member: declarations, votes, sessions."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from certify.board import queries
from certify.board.queries import What
from certify.board.rules import MotionStatus, SessionStatus
from certify.board.views import blueprint, shown
from certify.kernel.web import current_actor, guarded


@blueprint.get("/")
@guarded("board.see_index")
def index() -> ResponseReturnValue:
    """Show what waits for me, the sessions, and what was decided last."""
    actor = current_actor()
    sessions = [one for one in queries.list_sessions() if one.status is not SessionStatus.CLOSED]
    return shown(
        "index",
        tasks=queries.tasks_of(actor),
        What=What,
        sessions=sessions,
        seats=queries.seats_of(actor.person_id),
        decisions=queries.list_resolutions()[:5],
    )


@blueprint.get("/motions")
@guarded("motion.list")
def motion_list() -> ResponseReturnValue:
    """List the motions, those of one standing where one is asked for."""
    asked = request.args.get("status")
    status = MotionStatus(asked) if asked in set(MotionStatus) else None
    return shown("motion_list", motions=queries.list_motions(status=status), status=status, statuses=MotionStatus)
