"""What changes bodies, motions, ballots and sessions."""

from certify.board.service.ballots import (
    cast_vote,
    check_may_vote,
    close_ballot,
    close_due_ballots,
    extend_ballot,
    open_ballot,
    when_interest_declared,
    when_interest_ruled,
)
from certify.board.service.composition import (
    compose_body,
    elect_office,
    elect_seat,
    end_holding,
    name_holder,
    name_member,
)
from certify.board.service.motions import table_motion, withdraw_motion
from certify.board.service.sessions import (
    add_to_agenda,
    attend,
    close_session,
    convene_session,
    leave_session,
    open_session,
    record_attendance,
    set_attendance,
    start_session,
)

__all__ = [
    "add_to_agenda",
    "attend",
    "cast_vote",
    "check_may_vote",
    "close_ballot",
    "close_due_ballots",
    "close_session",
    "compose_body",
    "convene_session",
    "elect_office",
    "elect_seat",
    "end_holding",
    "extend_ballot",
    "leave_session",
    "name_holder",
    "name_member",
    "open_ballot",
    "open_session",
    "record_attendance",
    "set_attendance",
    "start_session",
    "table_motion",
    "when_interest_declared",
    "when_interest_ruled",
    "withdraw_motion",
]
