"""What waits for a member: declarations to make, votes to cast, and for the chair rulings and ballots to open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certify.board.models import Ballot, Motion
from certify.board.queries.ballots import base_of, vote_of
from certify.board.queries.bodies import seat_of
from certify.board.queries.motions import list_live_motions
from certify.interests import queries as interests
from certify.kernel import clock
from certify.kernel.policy import Actor


class What(StrEnum):
    """What a member is waited for."""

    DECLARE = "declare"
    VOTE = "vote"
    READ = "read"
    """Nothing is due; the dossier is open to read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a member."""

    what: What
    motion: Motion
    ballot: Ballot | None
    due: datetime | None

    @property
    def link(self) -> str:
        """Own path of the page where it is done."""
        return f"/board/motions/{self.motion.id}"


def waiting_for(actor: Actor) -> list[Waiting]:
    """List what waits for a member of a body, votes that end first; nothing of a case the member is out of."""
    found = [waiting_on(actor, motion) for motion in list_live_motions() if actor.holds("sits", motion.body_kind)]
    order = {What.VOTE: 0, What.DECLARE: 1, What.READ: 2}
    latest = datetime.max.replace(tzinfo=clock.now().tzinfo)
    return sorted((one for one in found if one), key=lambda one: (one.due or latest, order[one.what]))


def waiting_on(actor: Actor, motion: Motion) -> Waiting | None:
    """Say what a motion waits for from this member."""
    key = motion.subject_key
    if actor.holds("barred", key) or str(actor.person_id) in motion.out:
        return None
    ballot = motion.open_ballot
    due = ballot.closes_at if ballot else None
    if not actor.holds("cleared", key) and interests.find_subject(key) is not None:
        return Waiting(What.DECLARE, motion, ballot, due)
    return Waiting(What.VOTE if ballot and votes_next(actor, ballot) else What.READ, motion, ballot, due)


def votes_next(actor: Actor, ballot: Ballot) -> bool:
    """Whether the member's seat is in the base and has not voted yet."""
    seat = seat_of(actor.person_id, ballot.motion.body)
    if seat is None or ballot.is_over(clock.now()) or vote_of(ballot, seat):
        return False
    return seat.id in {one.id for one in base_of(ballot)}
