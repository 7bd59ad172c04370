"""Two at once: at the edge of the quorum, for one seat, and at closing; on both databases."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from certify.accounts.models import Person
from certify.accounts.queries import get_actor, get_person
from certify.board import queries, service
from certify.board.models import Ballot, Session
from certify.board.rules import MotionKind
from certify.board.tally import Outcome, Vote
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel import events
from certify.kernel.db import db, transaction
from certify.kernel.errors import RuleBroken, Unavailable
from tests.makers.board import STATES, MadeBoard, acting_chair_of, declare_none, make_board, make_motion

TRIALS = int(os.environ.get("CERTIFY_RACE_TRIALS", "5"))
"""Trials of each race; a soak run sets 100."""
Change = Callable[[], Any]
Act = Callable[[], None]


def at_once(app: Flask, *acts: Act) -> list[str]:
    """Do these changes at the same moment, each in its own transaction; return what became of each."""
    gate, became = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Act) -> None:
        with app.app_context():
            gate.wait(timeout=30)
            try:
                with transaction():
                    act()
                became[place] = "done"
            except (RuleBroken, Unavailable) as fault:
                became[place] = type(fault).__name__
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    db.session.rollback()
    db.session.expire_all()
    return became


class Room:
    """A session with every seat present, and a ballot for each trial."""

    def __init__(self, board: MadeBoard, session: Session) -> None:
        self.seats: dict[str, UUID] = {str(seat.state): seat.id for seat in board.seats}
        self.people: dict[str, UUID] = {
            str(seat.state): board.representative(str(seat.state)).id for seat in board.seats
        }
        self.alternates = {state: person.id for state, person in board.alternates.items()}
        self.board, self.session, self.chair = board, session, board.chair.id

    def open(self, *, voted: tuple[str, ...]) -> UUID:
        """Open a ballot on a new motion on which these states have voted for."""
        motion = make_motion(MotionKind.CERTIFY)
        chair = acting_chair_of(motion)
        for person in (*self.board.representatives, *self.board.alternates.values()):
            declare_none(person, motion.subject_key)
        ballot = service.open_ballot(motion, session=self.session, actor=get_actor(chair))
        for state in voted:
            actor = get_actor(self.board.representative(state))
            service.cast_vote(ballot, self.board.seat(state), vote=Vote.FOR, actor=actor)
        return ballot.id

    def vote(self, ballot_id: UUID, state: str, *, vote: Vote = Vote.FOR, by: UUID | None = None) -> Act:
        """A state's vote, as a request would cast it."""
        person_id = by or self.people[state]

        def act() -> None:
            actor = get_actor(get_person(person_id))
            ballot, seat = queries.get_ballot(ballot_id), queries.get_seat(self.seats[state])
            service.cast_vote(ballot, seat, vote=vote, actor=actor)

        return act

    def close(self, ballot_id: UUID) -> Act:
        """The chair's closing, as a request would make it."""

        def act() -> None:
            service.close_ballot(queries.get_ballot(ballot_id), actor=get_actor(get_person(self.chair)))

        return act


@pytest.fixture
def room(change: Change) -> Room:
    """A session in progress in which only three states are present from the beginning."""
    with change():
        board = make_board()
        chair = get_actor(board.chair)
        session = service.open_session(board.body, title="Races", actor=chair)
        for state in STATES:
            service.record_attendance(session, board.seat(state), person=board.representative(state), actor=chair)
        return Room(board, session)


def decisions_on(ballot: Ballot) -> int:
    """How often the motion was decided."""
    kinds = [row.kind for row in events.list_events(ballot.motion.case_key)]
    return kinds.count("MotionDecided")


def test_two_votes_at_once_at_the_edge_are_both_counted_and_the_motion_is_decided_once(
    app: Flask, change: Change, room: Room
) -> None:
    for _trial in range(TRIALS):
        with change():
            ballot_id = room.open(voted=("AG",))

        became = at_once(app, room.vote(ballot_id, "BB"), room.vote(ballot_id, "BR"))
        closed = at_once(app, room.close(ballot_id), room.close(ballot_id))

        ballot = db.session.get_one(Ballot, ballot_id)
        assert became == ["done", "done"]
        assert sorted(closed) == ["RuleBroken", "done"]
        assert (ballot.outcome, ballot.sum["for"], decisions_on(ballot)) == (Outcome.ADOPTED, 3, 1)


def test_a_vote_that_races_the_closing_is_counted_or_refused_and_never_lost(
    app: Flask, change: Change, room: Room
) -> None:
    for _trial in range(TRIALS):
        with change():
            ballot_id = room.open(voted=("AG", "BB"))

        became = at_once(
            app, room.vote(ballot_id, "BR"), room.close(ballot_id), room.vote(ballot_id, "CO", vote=Vote.AGAINST)
        )

        ballot = db.session.get_one(Ballot, ballot_id)
        said = {vote.seat.state: vote.vote for vote in ballot.live_votes}
        assert became[1] == "done"
        assert ("BR" in said) == (became[0] == "done")
        assert ("CO" in said) == (became[2] == "done")
        assert ballot.sum["for"] + ballot.sum["against"] == len(said)
        assert decisions_on(ballot) == 1
        assert ballot.outcome is (Outcome.ADOPTED if ballot.sum["for"] == 3 else Outcome.REJECTED)


def test_representative_and_alternate_voting_at_once_cast_one_vote(app: Flask, change: Change, room: Room) -> None:
    for _trial in range(TRIALS):
        with change():
            ballot_id = room.open(voted=())

        became = at_once(
            app,
            room.vote(ballot_id, "MX"),
            room.vote(ballot_id, "MX", vote=Vote.AGAINST, by=room.alternates["MX"]),
        )

        assert sorted(became) == ["RuleBroken", "done"]
        assert len(db.session.get_one(Ballot, ballot_id).live_votes) == 1


def test_a_conflict_declared_while_the_ballot_closes_is_struck_or_found_later(
    app: Flask, change: Change, room: Room
) -> None:
    for _trial in range(TRIALS):
        with change():
            ballot_id = room.open(voted=("AG", "BB", "BR"))
            key = queries.get_ballot(ballot_id).motion.subject_key

        def declare(key: str = key) -> None:
            person: Person = get_person(room.people["BR"])
            interests.declare(
                key, interest=Interest.ACTUAL, nature=Nature.PERSONAL, text="Found now.", actor=get_actor(person)
            )

        at_once(app, declare, room.close(ballot_id))

        ballot = db.session.get_one(Ballot, ballot_id)
        struck = [vote for vote in ballot.votes if vote.struck_at]
        late = queries.late_conflicts(ballot)
        assert len(struck) + len(late) == 1
        assert ballot.sum["for"] == 3 - len(struck)
        assert decisions_on(ballot) == 1
