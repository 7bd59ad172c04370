"""The chair's page: that nothing is stuck."""

from __future__ import annotations

from datetime import timedelta

from flask.typing import ResponseReturnValue

from certify.board import queries
from certify.board.models import Motion, Seat
from certify.board.rules import SessionStatus
from certify.board.views import blueprint, shown
from certify.kernel import clock
from certify.kernel.policy import Actor
from certify.kernel.web import current_actor, guarded

LOOK_AHEAD = timedelta(days=120)
"""How far ahead terms that end are shown."""
USUAL_DAYS = 30
"""Days after which a tabled motion is shown as waiting long; default, to be set by the Board."""


@blueprint.get("/chair")
@guarded("board.chair")
def chair() -> ResponseReturnValue:
    """Show what waits for the acting chair: rulings, ballots to open, ballots under way, sessions, terms."""
    actor = current_actor()
    led = led_by(actor)
    return shown(
        "chair",
        rulings=queries.rulings_for(actor),
        waiting=queries.motions_to_open(actor),
        ballots=[motion.open_ballot for motion in led if motion.open_ballot],
        ages=[(motion, (clock.today() - motion.tabled_at.date()).days) for motion in led],
        usual_days=USUAL_DAYS,
        sessions=[one for one in queries.list_sessions() if one.status is not SessionStatus.CLOSED],
        ending=ending_terms(actor),
    )


def led_by(actor: Actor) -> list[Motion]:
    """List the live motions that this person chairs."""
    return [motion for motion in queries.list_live_motions() if actor.holds("chairs", motion.subject_key)]


def ending_terms(actor: Actor) -> list[Seat]:
    """List the seats whose term ends soon, of the bodies this person sits on."""
    until = clock.today() + LOOK_AHEAD
    bodies = {seat.body for seat in queries.seats_of(actor.person_id)}
    return [seat for body in bodies for seat in queries.list_seats(body) if seat.until and seat.until <= until]
