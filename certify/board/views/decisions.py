"""What is public: decisions with their sums, the rules of procedure in words, and who sits."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from certify.board import queries
from certify.board.models import Resolution
from certify.board.procedure import FIRST, load_procedure
from certify.board.queries import get_resolution
from certify.board.rules import BodyKind, MotionKind
from certify.board.views import blueprint, shown
from certify.kernel.web import guarded


@blueprint.get("/decisions")
@guarded("decision.see")
def decision_list() -> ResponseReturnValue:
    """List the numbered decisions, newest first."""
    return shown("decision_list", decisions=queries.list_resolutions())


@blueprint.get("/decisions/<uuid:resolution_id>")
@guarded("decision.see", resolution=get_resolution)
def decision(resolution: Resolution) -> ResponseReturnValue:
    """Show a decision with its sum; who it concerns is named only where it changes the register."""
    ballot = resolution.ballot
    late = queries.late_conflicts(ballot)
    return shown(
        "decision",
        resolution=resolution,
        motion=resolution.motion,
        ballot=ballot,
        recused=queries.recused_states(ballot),
        late=late,
        without=queries.sum_without(ballot, late) if late else None,
    )


@blueprint.get("/rules")
@guarded("procedure.see")
def rules() -> ResponseReturnValue:
    """Show the rules of procedure in words, with their id and digest."""
    body = queries.find_body(BodyKind.BOARD)
    procedure = body.procedure if body else load_procedure(FIRST)
    example = procedure.motions[MotionKind.CERTIFY].ballot
    by_majority = {
        rules.majority_name: (
            rules.ballot.majority,
            [kind for kind, one in procedure.motions.items() if one.majority_name == rules.majority_name],
        )
        for rules in procedure.motions.values()
    }
    return shown("rules", procedure=procedure, quorum=example.quorum, majorities=list(by_majority.values()))


@blueprint.get("/members")
@guarded("decision.see")
def members() -> ResponseReturnValue:
    """Show which states sit on which body, for which term, and which chair."""
    bodies = [body for kind in BodyKind if (body := queries.find_body(kind))]
    return shown("members", bodies=bodies, list_seats=queries.list_seats, offices=queries.offices_by_seat)
