"""The Board's part of the story: a session, attendance, the ballot, every seat's vote through the real services."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.board import queries as boards
from certify.board import service as board
from certify.board.models import Motion
from certify.board.tally import Vote
from certify.demo.interests import declare_none
from certify.kernel import policy
from certify.kernel.db import transaction
from certify.kernel.policy import Actor


def decide(motion: Motion) -> None:
    """Decide a motion in a session: attendance, ballot, votes of every seat, closing."""
    with transaction():
        session = board.open_session(
            motion.body, title="Session of the demonstration", motions=[motion], actor=chair_of(motion)
        )
        attend(motion, free_holders(motion))
        board.open_ballot(motion, session=session, actor=chair_of(motion))
    cast_open_votes(motion)
    with transaction():
        ballot = motion.open_ballot
        if ballot is not None:
            board.close_ballot(ballot, actor=chair_of(motion))
        board.close_session(session, actor=get_actor(session_chair(motion)))


def session_chair(motion: Motion) -> Person:
    """Return who chairs the body."""
    chair = boards.chair_of(motion.body)
    if chair is None:
        raise LookupError("The body has no chair.")
    return chair


def chair_of(motion: Motion) -> Actor:
    """Return who chairs this motion, having declared."""
    chair = boards.acting_chair(motion) or session_chair(motion)
    declare_none(chair, motion.subject_key)
    return get_actor(chair)


def free_holders(motion: Motion) -> Iterable[tuple[object, Person]]:
    """Return each seat with its first holder whom nothing keeps out."""
    found = []
    for seat in boards.list_seats(motion.body):
        for holder in boards.holders_of(seat):
            barred = f"barred:{motion.subject_key}" in policy.facts_about(holder.person_id)
            if not barred and str(holder.person_id) not in motion.out:
                found.append((seat, holder.person))
                break
    return found


def attend(motion: Motion, holders: Iterable[tuple[object, Person]]) -> None:
    """Write the attendance of a session down."""
    session = boards.open_session_of(motion.body)
    if session is None:
        return
    for seat, person in holders:
        if seat.id not in session.present_seats:  # type: ignore[attr-defined]
            board.record_attendance(session, seat, person=person, actor=get_actor(person))  # type: ignore[arg-type]


def cast_open_votes(motion: Motion, *, apart_from: Callable[[Person], bool] = lambda person: False) -> int:
    """Let every seat that has not voted come and vote for the motion, through the same service; return how many."""
    ballot = motion.open_ballot
    if ballot is None:
        return 0
    base = {seat.id for seat in boards.base_of(ballot)}
    cast = 0
    for seat, person in free_holders(motion):
        if seat.id in base and boards.vote_of(ballot, seat) is None and not apart_from(person):  # type: ignore[attr-defined, arg-type]
            with transaction():
                attend(motion, [(seat, person)])
                declare_none(person, motion.subject_key)
                board.cast_vote(ballot, seat, vote=Vote.FOR, actor=get_actor(person))  # type: ignore[arg-type]
                cast += 1
    return cast
