"""Questions about ballots: the base, who is present, the sum, and the record that lets anyone recount it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from certify.board.models import Ballot, Body, CastVote, Motion, Seat
from certify.board.queries.bodies import holders_of, states_out
from certify.board.rules import END_OF_DAY, BallotMode
from certify.board.tally import BallotRules, Tally, tally
from certify.interests import queries as interests
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.web import get_or_404


def get_ballot(ballot_id: uuid.UUID) -> Ballot:
    """Return a ballot, or raise NotFound."""
    ballot: Ballot = get_or_404(Ballot, ballot_id)
    return ballot


def earliest_closing(body: Body) -> datetime:
    """Return when an electronic consultation opened now may close at the earliest, at the end of that day (UTC)."""
    last_day = clock.today() + timedelta(days=body.procedure.electronic_days)
    return datetime.combine(last_day, END_OF_DAY)


def composition_of(ballot: Ballot) -> list[Seat]:
    """List the seats that were in term when the ballot opened, by number."""
    ids = [uuid.UUID(one) for one in ballot.composition]
    return list(db.session.scalars(sa.select(Seat).where(Seat.id.in_(ids)).order_by(Seat.number)))


def base_of(ballot: Ballot) -> list[Seat]:
    """List the seats that count for the quorum and the result: as found at closing, or as they stand now."""
    seats = composition_of(ballot)
    if ballot.closed_at is not None:
        return [seat for seat in seats if str(seat.id) in ballot.base]
    return unrecused(ballot.motion, seats)


def unrecused(motion: Motion, seats: Iterable[Seat]) -> list[Seat]:
    """Leave out the seats whose state is in conflict, or whose independent holder is."""
    states = states_out(motion)
    people = interests.barred_people(motion.subject_key) | people_who_never_vote(motion)
    return [seat for seat in seats if not is_recused(seat, states=states, people=people)]


def is_recused(seat: Seat, *, states: frozenset[str], people: frozenset[uuid.UUID]) -> bool:
    """Say whether a seat is out of the base: by its state, or an independent person's seat by that person."""
    if seat.state is not None:
        return seat.state in states
    return all(holder.person_id in people for holder in holders_of(seat))


def people_who_never_vote(motion: Motion) -> frozenset[uuid.UUID]:
    """Return who evaluated, reviewed or advised in the case, or is its subject."""
    return frozenset(uuid.UUID(one) for one in motion.out)


def recused_states(ballot: Ballot) -> list[Seat]:
    """List the seats that are out of the base, as the public minutes name them."""
    base = {seat.id for seat in base_of(ballot)}
    return [seat for seat in composition_of(ballot) if seat.id not in base]


def present_at(ballot: Ballot) -> frozenset[uuid.UUID]:
    """Return the seats present: the session's attendance, in electronic consultation the seats that voted."""
    voted = frozenset(vote.seat_id for vote in ballot.live_votes)
    if ballot.mode is BallotMode.SESSION and ballot.session is not None:
        return ballot.session.present_seats | voted
    return voted


def vote_of(ballot: Ballot, seat: Seat | None) -> CastVote | None:
    """Return the vote that a seat cast and that counts."""
    return next((vote for vote in ballot.live_votes if seat is not None and vote.seat_id == seat.id), None)


def count(ballot: Ballot, votes: Iterable[CastVote]) -> Tally:
    """Count these votes by the rules pinned when the ballot opened."""
    return tally(
        {str(vote.seat_id): vote.vote for vote in votes},
        frozenset(ballot.present) if ballot.closed_at else frozenset(map(str, present_at(ballot))),
        frozenset(str(seat.id) for seat in base_of(ballot)),
        BallotRules.from_record(ballot.rules),
    )


# -- conflicts found after closing ----------------------------------------------------------------------------------


def late_conflicts(ballot: Ballot) -> list[CastVote]:
    """List the counted votes of people whose conflict was found only after closing."""
    if ballot.closed_at is None:
        return []
    barred = interests.barred_people(ballot.motion.subject_key)
    states = interests.state_conflicts(ballot.motion.subject_key)
    return [vote for vote in ballot.live_votes if vote.person_id in barred or vote.seat.state in states]


def sum_without(ballot: Ballot, votes: Iterable[CastVote]) -> Tally:
    """Return the sum as it would stand without these votes; it changes no decision, only a new motion can."""
    left_out = {vote.id for vote in votes}
    return count(ballot, [vote for vote in ballot.live_votes if vote.id not in left_out])


# -- the record -----------------------------------------------------------------------------------------------------


def record_of(ballot: Ballot) -> dict[str, Any]:
    """Return a closed ballot as a record that `certify board tally` recounts: rules, base, present, votes."""
    label = {str(seat.id): seat.label for seat in composition_of(ballot)}
    return {
        "motion": ballot.motion.number,
        "kind": ballot.motion.kind.value,
        "mode": ballot.mode.value,
        "opened_at": ballot.opened_at.isoformat(),
        "closed_at": ballot.closed_at.isoformat() if ballot.closed_at else None,
        "procedure": ballot.procedure,
        "procedure_digest": ballot.procedure_digest,
        "rules": ballot.rules,
        "base": sorted(label[one] for one in ballot.base),
        "present": sorted(label[one] for one in ballot.present),
        "recused": sorted(label[one] for one in ballot.recused),
        "votes": {label[str(vote.seat_id)]: vote.vote.value for vote in ballot.live_votes},
        "sum": ballot.sum,
    }
