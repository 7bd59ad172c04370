"""Makes a Board with its members, motions and votes, through the real services."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.board import queries, service
from certify.board.models import Ballot, Body, Motion, Seat, Session
from certify.board.rules import BodyKind, Capacity, MotionKind, Office
from certify.board.tally import Vote
from certify.interests import queries as interest_queries
from certify.interests import service as interests
from certify.interests.rules import Interest
from certify.kernel import policy
from certify.kernel.policy import Actor
from tests.makers import make_person

OPERATOR = Actor.system("tests")
STATES = ("AG", "BB", "BR", "CO", "CR", "JM", "MX", "PY", "UY")
"""Nine states; the first chairs, the second stands in."""
WITH_ALTERNATES = ("CO", "MX", "UY")
"""States that have an alternate as well; enough for every test, and a third of the time saved."""
_number = count(1)


@dataclass(slots=True)
class MadeBoard:
    """A composed body, its seats in order, and who holds them."""

    body: Body
    seats: list[Seat]
    representatives: list[Person]
    alternates: dict[str, Person] = field(default_factory=dict)
    """State > who stands in for its representative."""

    @property
    def chair(self) -> Person:
        """The chair's representative."""
        return self.representatives[0]

    @property
    def vice_chair(self) -> Person:
        """The vice-chair's representative."""
        return self.representatives[1]

    def seat(self, state: str) -> Seat:
        """The seat of a state."""
        return next(seat for seat in self.seats if seat.state == state)

    def representative(self, state: str) -> Person:
        """Who represents a state."""
        return self.representatives[[seat.state for seat in self.seats].index(state)]

    def alternate(self, state: str) -> Person:
        """Who stands in for a state's representative."""
        return self.alternates[state]


def make_board(*, states: Collection[str] = STATES, kind: BodyKind = BodyKind.BOARD) -> MadeBoard:
    """A body whose seats have representatives, some alternates, chair and vice-chair; inside `with change():`."""
    body = service.compose_body(kind, actor=OPERATOR)
    made = MadeBoard(body, [], [])
    for state in states:
        seat = service.elect_seat(body, state=state, since=date(2025, 1, 1), until=date(2028, 12, 31), actor=OPERATOR)
        made.seats.append(seat)
        made.representatives.append(seated(seat, Capacity.REPRESENTATIVE))
        if state in WITH_ALTERNATES:
            made.alternates[state] = seated(seat, Capacity.ALTERNATE)
    service.elect_office(made.seats[0], office=Office.CHAIR, actor=OPERATOR)
    for seat in made.seats[1:2]:
        service.elect_office(seat, office=Office.VICE_CHAIR, actor=OPERATOR)
    return made


def seated(seat: Seat, capacity: Capacity) -> Person:
    """A person who holds a seat."""
    person = make_person(f"{capacity.value.title()} of {seat.state}", Role.BOARD)
    service.name_holder(seat, person=person, capacity=capacity, actor=OPERATOR)
    return person


def make_motion(kind: MotionKind = MotionKind.CERTIFY, **more: Any) -> Motion:
    """A tabled motion on an invented case; inside `with change():`."""
    key = f"application:test-{next(_number)}"
    known: dict[str, Any] = {
        "subject_key": key,
        "title": "Certify Andes Solar S.A.",
        "link": "/board/",
        "organisations": ["Andes Solar S.A."],
        "countries": [],
        "text": "The Board certifies Andes Solar S.A. for 24 months.",
        "actor": OPERATOR,
    }
    return service.table_motion(kind=kind, **(known | more))


def declare_none(person: Person, subject_key: str) -> None:
    """Let a person declare that they have no interest, unless they declared before."""
    if interest_queries.find_declaration(person.id, subject_key) is None:
        interests.declare(subject_key, interest=Interest.NONE, actor=get_actor(person))


def acting_chair_of(motion: Motion) -> Person:
    """Who chairs a motion, having declared."""
    chair = queries.acting_chair(motion)
    if chair is None:
        raise LookupError("Nobody is left to chair this motion.")
    declare_none(chair, motion.subject_key)
    return chair


def holders_free_to_vote(motion: Motion) -> list[tuple[Seat, Person]]:
    """Each seat that may vote, and its first holder whom nothing keeps out."""
    found = []
    for seat in queries.list_seats(motion.body):
        for holder in queries.holders_of(seat):
            facts = policy.facts_about(holder.person_id)
            if f"barred:{motion.subject_key}" not in facts and str(holder.person_id) not in motion.out:
                found.append((seat, holder.person))
                break
    return found


def session_in_progress(motion: Motion) -> Session:
    """The session in progress, or one opened for this motion by its body's chair."""
    session = queries.open_session_of(motion.body)
    if session is not None:
        return session
    chair = queries.chair_of(motion.body)
    if chair is None:
        raise LookupError("The body has no chair.")
    return service.open_session(motion.body, title="Session for tests", actor=get_actor(chair))


def decide(motion: Motion, votes: dict[str, Vote] | Vote) -> Ballot:
    """Decide a motion in session by real votes: one for every seat, or `state > vote`; inside `with change():`."""
    session = session_in_progress(motion)
    chair = acting_chair_of(motion)
    present = session.present_seats
    free = holders_free_to_vote(motion)
    for seat, person in free:
        if seat.id not in present:
            service.record_attendance(session, seat, person=person, actor=get_actor(person))
    ballot = service.open_ballot(motion, session=session, actor=get_actor(chair))
    base = {seat.id for seat in queries.base_of(ballot)}
    for seat, person in free if ballot.closed_at is None else []:
        if seat.id not in base:
            continue
        vote = votes if isinstance(votes, Vote) else votes.get(seat.state or seat.name)
        if vote is not None:
            declare_none(person, motion.subject_key)
            service.cast_vote(ballot, seat, vote=vote, actor=get_actor(person))
    if ballot.closed_at is None:
        service.close_ballot(ballot, actor=get_actor(chair))
    return ballot


def adopt(motion: Motion) -> Ballot:
    """Adopt a motion in session by the votes of every seat; inside `with change():`."""
    return decide(motion, Vote.FOR)


def reject(motion: Motion) -> Ballot:
    """Reject a motion in session by the votes of every seat; inside `with change():`."""
    return decide(motion, Vote.AGAINST)
