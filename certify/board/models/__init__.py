"""Tables of the bodies: seats and who holds them; motions and ballots; sessions; resolutions."""

from certify.board.models.bodies import Body, OfficeHolder, Seat, SeatHolder
from certify.board.models.motions import Ballot, CastVote, Motion, Resolution
from certify.board.models.sessions import AgendaItem, Attendance, Session

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Body",
    "CastVote",
    "Motion",
    "OfficeHolder",
    "Resolution",
    "Seat",
    "SeatHolder",
    "Session",
]
