"""A long random walk of actors over motions, ballots, sessions and declarations: what must hold after every step."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.board import queries, service
from certify.board.models import Ballot, CastVote, Motion, Session
from certify.board.rules import MotionKind, MotionStatus
from certify.board.tally import Vote, count_record
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel import clock, events
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from certify.kernel.errors import CertifyError
from tests.makers.board import MadeBoard, declare_none, make_board, make_motion

STEPS = int(os.environ.get("CERTIFY_WALK_STEPS", "150"))
"""Steps of the walk; a soak run sets 10 000."""
SEED = 20_260_302


class Walk:
    """One member after another does something, permitted or not."""

    def __init__(self, board: MadeBoard, time: FixedClock, random: Random) -> None:
        self.board, self.time, self.random = board, time, random
        self.people = [*board.representatives, *board.alternates.values()]
        self.acts: list[Callable[[], object]] = [
            *[self.vote] * 14,
            *[self.declare] * 3,
            *[self.open] * 3,
            self.close,
            self.table,
            self.table,
            self.pass_time,
            self.meet,
            self.attend,
            self.part,
        ]
        self.decided: dict[str, MotionStatus] = {}

    def step(self) -> None:
        """Do one thing, in one transaction."""
        self.random.choice(self.acts)()

    def someone(self) -> Person:
        """Any member."""
        return self.random.choice(self.people)

    def motion(self) -> Motion:
        """Any motion; mostly one that waits, now and then a decided one."""
        live = list(queries.list_live_motions()) if self.random.random() < 0.8 else []
        return self.random.choice(live or list(queries.list_motions()))

    def ballot(self) -> Ballot:
        """Any ballot; mostly an open one, now and then a closed one."""
        found = list(db.session.query(Ballot).order_by(Ballot.id))
        running = [ballot for ballot in found if ballot.closed_at is None] if self.random.random() < 0.9 else []
        return self.random.choice(running or found)

    def table(self) -> None:
        """Put one more motion before the Board, three at most; a member who advised in its case never votes on it."""
        if len(queries.list_live_motions()) > 2:
            return
        countries = self.random.sample(["AG", "CO", "MX", "PE"], k=self.random.choice([0, 1, 1, 3]))
        kind = self.random.choice([MotionKind.CERTIFY, MotionKind.REFUSE, MotionKind.CERTIFY_OVER_OBJECTION])
        make_motion(kind, countries=countries, out=[self.someone().id])

    def declare(self) -> None:
        """Declare something, most often no interest."""
        interest = self.random.choices(list(Interest), weights=[8, 1, 1])[0]
        nature = self.random.choice(list(Nature))
        interests.declare(
            self.motion().subject_key, interest=interest, nature=nature, text="Shares.", actor=get_actor(self.someone())
        )

    def open(self) -> None:
        """Open a ballot as the acting chair, in session or not."""
        motion = self.motion()
        chair = queries.acting_chair(motion) or self.someone()
        declare_none(chair, motion.subject_key)
        session = queries.open_session_of(self.board.body) if self.random.random() < 0.5 else None
        closes_at = None if session else clock.now() + timedelta(days=10)
        service.open_ballot(motion, session=session, closes_at=closes_at, actor=get_actor(chair))

    def vote(self) -> None:
        """Vote for the own seat, mostly after declaring, or try for another's."""
        ballot, person = self.ballot(), self.someone()
        if self.random.random() < 0.8:
            declare_none(person, ballot.motion.subject_key)
        own = queries.seat_of(person.id, self.board.body)
        seat = own if own and self.random.random() < 0.95 else self.board.seats[0]
        vote = self.random.choices(list(Vote), weights=[4, 1, 1])[0]
        service.cast_vote(ballot, seat, vote=vote, actor=get_actor(person))

    def close(self) -> None:
        """Close a ballot as whoever comes along."""
        ballot = self.ballot()
        chair = queries.acting_chair(ballot.motion) or self.someone()
        service.close_ballot(ballot, actor=get_actor(chair))

    def pass_time(self) -> None:
        """Let days pass, and close what is due."""
        self.time.advance(days=self.random.choice([1, 4, 10]))
        service.close_due_ballots()

    def meet(self) -> None:
        """Open a session."""
        service.open_session(self.board.body, title="Walk", actor=get_actor(self.board.chair))

    def attend(self) -> None:
        """Everybody comes."""
        session = queries.open_session_of(self.board.body)
        for seat in self.board.seats if session else []:
            if session and seat.id not in session.present_seats:
                person = queries.holders_of(seat)[0].person
                service.record_attendance(session, seat, person=person, actor=get_actor(self.board.chair))

    def part(self) -> None:
        """Close the session."""
        for session in db.session.query(Session).filter_by(status="open"):
            service.close_session(session, actor=get_actor(self.board.chair))


def check(walk: Walk) -> None:
    """What must hold: one decision a motion, never undone; one vote a seat, none of who is out; sums that recount."""
    for motion in queries.list_motions():
        kinds = [row.kind for row in events.list_events(motion.case_key)]
        assert kinds.count("MotionDecided") == (motion.status.value in {"adopted", "rejected", "deferred"})
        assert walk.decided.setdefault(str(motion.id), motion.status) in {motion.status, MotionStatus.TABLED}
        walk.decided[str(motion.id)] = motion.status
        for ballot in motion.ballots:
            check_ballot(ballot)


def check_ballot(ballot: Ballot) -> None:
    """What must hold of one ballot."""
    live: list[CastVote] = ballot.live_votes
    assert len({vote.seat_id for vote in live}) == len(live)
    assert not {str(vote.person_id) for vote in live} & set(ballot.motion.out)
    assert all(ballot.closed_at is None or vote.at <= ballot.closed_at for vote in live)
    assert all(ballot.closes_at is None or vote.at < ballot.closes_at for vote in live)
    if ballot.outcome is not None:
        late = queries.late_conflicts(ballot)
        assert not [vote for vote in live if vote.seat.state in ballot.motion.countries and vote not in late]
        counted = count_record(queries.record_of(ballot)).to_record()
        assert counted == {name: ballot.sum[name] for name in counted}
        assert ballot.closes_at is None or ballot.outcome.value == "deferred" or ballot.closed_at >= ballot.closes_at  # type: ignore[operator]


def test_whatever_members_do_the_rules_hold(change: Callable[[], Any], time: FixedClock) -> None:
    with change():
        walk = Walk(make_board(), time, Random(SEED))
        walk.table()
        walk.table()
    refused = 0

    for _step in range(STEPS):
        try:
            with change():
                walk.step()
        except (CertifyError, IndexError):
            refused += 1
        db.session.expire_all()
        check(walk)

    closed = [ballot for ballot in db.session.query(Ballot) if ballot.outcome is not None]
    assert 0 < refused < STEPS
    assert {ballot.outcome.value for ballot in closed if ballot.outcome} >= {"adopted", "no_quorum"}
