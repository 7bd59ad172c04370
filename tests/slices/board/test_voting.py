"""One vote a seat, by its representative or an alternate, until the ballot closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from certify.accounts import service as accounts
from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.board import queries, service
from certify.board.models import Ballot, CastVote, Motion
from certify.board.rules import Capacity, MotionKind, Office
from certify.board.tally import Outcome, Vote
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature, Ruling
from certify.kernel import clock
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from certify.kernel.errors import NotAllowed, RuleBroken
from tests.makers import make_person
from tests.makers.board import OPERATOR, MadeBoard, acting_chair_of, declare_none, make_board, make_motion

Change = Callable[[], Any]


class Case:
    """A Board with one motion and an open electronic consultation on it."""

    def __init__(self, board: MadeBoard, motion: Motion, ballot: Ballot) -> None:
        self.board, self.motion, self.ballot = board, motion, ballot

    def vote(self, state: str, vote: Vote = Vote.FOR, *, by: Person | None = None) -> CastVote:
        """Cast a state's vote; its holder declares no interest first where nothing was declared."""
        person = by or self.board.representative(state)
        declare_none(person, self.motion.subject_key)
        return service.cast_vote(self.ballot, self.board.seat(state), vote=vote, actor=get_actor(person))

    def declare(self, person: Person, interest: Interest, nature: Nature = Nature.PERSONAL) -> Any:
        """Declare an interest in the case."""
        text = "" if interest is Interest.NONE else "Shares of the company."
        return interests.declare(
            self.motion.subject_key, interest=interest, nature=nature, text=text, actor=get_actor(person)
        )

    def close(self) -> Ballot:
        """Let the time pass and close."""
        found: FixedClock = clock.clock()  # type: ignore[assignment]
        found.advance(days=10)
        service.close_due_ballots()
        return self.ballot


def open_case(**more: Any) -> Case:
    """Nine seats and an electronic consultation of ten days."""
    board = make_board()
    motion = make_motion(**more)
    chair = acting_chair_of(motion)
    closes_at = clock.now() + timedelta(days=10)
    return Case(board, motion, service.open_ballot(motion, closes_at=closes_at, actor=get_actor(chair)))


@pytest.fixture
def case(change: Change) -> Case:
    """An open electronic consultation."""
    with change():
        return open_case()


def votes_of(case: Case) -> list[str]:
    """The votes that count, in order of states."""
    votes = sorted(case.ballot.live_votes, key=lambda vote: vote.seat.number)
    return [f"{vote.seat.state} {vote.vote}" for vote in votes]


# -- one vote a seat --------------------------------------------------------------------------------------------------


def test_input_06_a_second_vote_of_the_same_seat_or_a_changed_one_is_refused(change: Change, case: Case) -> None:
    with change():
        case.vote("MX")

    for vote in (Vote.FOR, Vote.AGAINST):
        with pytest.raises(RuleBroken), change():
            case.vote("MX", vote)
    with pytest.raises(RuleBroken), change():
        case.vote("MX", Vote.AGAINST, by=case.board.alternate("MX"))

    db.session.expire_all()
    assert votes_of(case) == ["MX for"]


def test_an_alternate_votes_for_the_seat(change: Change, case: Case) -> None:
    with change():
        case.vote("MX", by=case.board.alternate("MX"))

    assert votes_of(case) == ["MX for"]


def test_a_member_votes_for_no_other_seat(change: Change, case: Case) -> None:
    with pytest.raises(NotAllowed), change():
        case.vote("MX", by=case.board.representative("CO"))


def test_nobody_votes_before_declaring(change: Change, case: Case) -> None:
    person = case.board.representative("MX")

    with pytest.raises(RuleBroken), change():
        service.cast_vote(case.ballot, case.board.seat("MX"), vote=Vote.FOR, actor=get_actor(person))


def test_input_05_an_assessor_does_not_vote(change: Change, case: Case) -> None:
    with change():
        officer = make_person("Assessor", Role.OFFICER)

    with pytest.raises(NotAllowed), change():
        case.vote("MX", by=officer)


def test_input_05_a_member_who_evaluated_the_case_does_not_vote_and_an_alternate_may(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion(out=[board.representative("MX").id])
        ballot = service.open_ballot(
            motion, closes_at=clock.now() + timedelta(days=10), actor=get_actor(acting_chair_of(motion))
        )
    case = Case(board, motion, ballot)

    with pytest.raises(NotAllowed), change():
        case.vote("MX")
    with change():
        case.vote("MX", by=board.alternate("MX"))

    assert votes_of(case) == ["MX for"]


def test_input_09_a_member_in_conflict_does_not_vote_and_the_seat_stays_in_the_base(change: Change, case: Case) -> None:
    with change():
        case.declare(case.board.representative("MX"), Interest.ACTUAL)

    with pytest.raises(RuleBroken), change():
        case.vote("MX")
    with change():
        case.vote("MX", by=case.board.alternate("MX"))

    assert len(queries.base_of(case.ballot)) == 9
    assert votes_of(case) == ["MX for"]


def test_a_potential_interest_waits_for_the_ruling(change: Change, case: Case) -> None:
    with change():
        declaration = case.declare(case.board.representative("MX"), Interest.POTENTIAL)
    with pytest.raises(RuleBroken), change():
        case.vote("MX")

    with change():
        chair = get_actor(case.board.chair)
        interests.rule(declaration, ruling=Ruling.NO_CONFLICT, reason="Long ago.", actor=chair)
        case.vote("MX")

    assert votes_of(case) == ["MX for"]


def test_input_10_a_vote_after_the_closing_time_is_refused_even_before_the_job_ran(
    change: Change, case: Case, time: FixedClock
) -> None:
    time.advance(days=10)

    with pytest.raises(RuleBroken), change():
        case.vote("MX")


def test_input_10_a_vote_after_closing_is_refused(change: Change, case: Case) -> None:
    with change():
        case.close()

    with pytest.raises(RuleBroken), change():
        case.vote("MX")


def test_input_10_who_lost_the_role_does_not_vote(change: Change, case: Case) -> None:
    person = case.board.representative("MX")
    with change():
        declare_none(person, case.motion.subject_key)
        admin = make_person("Admin", Role.ADMINISTRATOR)
        accounts.withdraw_role(person.live_grants[0], actor=get_actor(admin))

    with pytest.raises(NotAllowed), change():
        case.vote("MX")


def test_who_no_longer_holds_the_seat_does_not_vote(change: Change, case: Case) -> None:
    person = case.board.representative("MX")
    with change():
        service.end_holding(queries.holders_of(case.board.seat("MX"))[0], actor=OPERATOR)

    with pytest.raises(NotAllowed), change():
        case.vote("MX", by=person)


# -- conflicts found before closing -----------------------------------------------------------------------------------


def test_a_conflict_declared_before_closing_strikes_the_vote_at_closing(change: Change, case: Case) -> None:
    with change():
        for state in ("AG", "BB", "BR", "CO", "CR"):
            case.vote(state)
        case.declare(case.board.representative("CR"), Interest.ACTUAL)
        case.close()

    assert case.ballot.outcome is Outcome.NO_QUORUM
    assert [vote.seat.state for vote in case.ballot.votes if vote.struck_at] == ["CR"]
    assert (case.ballot.sum["base"], case.ballot.sum["present"]) == (9, 4)


def test_a_conflict_of_the_state_declared_before_closing_takes_seat_and_vote_out(change: Change, case: Case) -> None:
    with change():
        for state in ("AG", "BB", "BR", "CO", "CR"):
            case.vote(state)
        case.declare(case.board.representative("CR"), Interest.ACTUAL, Nature.STATE)
        case.close()

    assert (case.ballot.sum["base"], case.ballot.sum["present"], case.ballot.sum["recused"]) == (8, 4, 1)
    assert case.ballot.outcome is Outcome.NO_QUORUM


def test_a_struck_vote_is_cast_anew_by_the_alternate(change: Change, case: Case) -> None:
    with change():
        case.vote("MX", Vote.AGAINST)
        case.declare(case.board.representative("MX"), Interest.ACTUAL)
        case.vote("MX", Vote.FOR, by=case.board.alternate("MX"))

    assert votes_of(case) == ["MX for"]


def test_the_listener_strikes_a_vote_as_soon_as_a_conflict_is_declared(change: Change, case: Case) -> None:
    with change():
        case.vote("MX")
        declared = case.declare(case.board.representative("MX"), Interest.ACTUAL)
        service.when_interest_declared(
            interests.InterestDeclared(case.motion.subject_key, declared.person_id, declared.interest, declared.nature)
        )

    db.session.expire_all()
    assert votes_of(case) == []


def test_a_conflict_found_after_closing_changes_no_decision_and_shows_the_sum_without_the_vote(
    change: Change, case: Case
) -> None:
    with change():
        for state in ("AG", "BB", "BR"):
            case.vote(state)
        for state in ("CO", "CR"):
            case.vote(state, Vote.AGAINST)
        case.close()
        case.declare(case.board.representative("BR"), Interest.ACTUAL)

    late = queries.late_conflicts(case.ballot)
    without = queries.sum_without(case.ballot, late)

    assert case.ballot.outcome is Outcome.ADOPTED
    assert [vote.seat.state for vote in late] == ["BR"]
    assert (without.votes_for, without.outcome) == (2, Outcome.REJECTED)


# -- what is pinned -------------------------------------------------------------------------------------------------


def test_a_new_seat_does_not_change_the_base_of_an_open_ballot(change: Change) -> None:
    with change():
        board = make_board(states=("AG", "BB", "BR", "CO", "CR", "JM", "MX"))
        motion = make_motion()
        chair = get_actor(acting_chair_of(motion))
        ballot = service.open_ballot(motion, closes_at=clock.now() + timedelta(days=10), actor=chair)
        seat = service.elect_seat(board.body, state="UY", since=clock.today(), actor=OPERATOR)
        person = make_person("New", Role.BOARD)
        service.name_holder(seat, person=person, capacity=Capacity.REPRESENTATIVE, actor=OPERATOR)
        declare_none(person, motion.subject_key)

    with pytest.raises(RuleBroken), change():
        service.cast_vote(ballot, seat, vote=Vote.FOR, actor=get_actor(person))

    assert len(queries.base_of(ballot)) == 7


def test_a_seat_votes_once_also_when_its_holder_changes(change: Change, case: Case) -> None:
    seat = case.board.seat("MX")
    with change():
        case.vote("MX")
        service.end_holding(queries.holders_of(seat)[0], actor=OPERATOR)
        successor = make_person("Successor", Role.BOARD)
        service.name_holder(seat, person=successor, capacity=Capacity.REPRESENTATIVE, actor=OPERATOR)

    with pytest.raises(RuleBroken), change():
        case.vote("MX", Vote.AGAINST, by=successor)


# -- the acting chair -------------------------------------------------------------------------------------------------


def test_the_vice_chair_acts_where_the_chairs_state_is_concerned(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion(countries=["AG"])

    assert queries.acting_chair(motion) == board.vice_chair
    assert get_actor(board.vice_chair).holds("chairs", motion.subject_key)


def test_the_vice_chair_acts_where_the_chair_handled_the_case(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion(out=[board.chair.id])

    assert queries.acting_chair(motion) == board.vice_chair


def test_a_new_chair_takes_the_place_of_the_former(change: Change) -> None:
    with change():
        board = make_board()
        service.elect_office(board.seat("UY"), office=Office.CHAIR, actor=OPERATOR)

    assert queries.chair_of(board.body) == board.representative("UY")


def test_a_member_who_does_not_chair_opens_no_ballot(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion(MotionKind.CERTIFY)
        declare_none(board.vice_chair, motion.subject_key)

    with pytest.raises(NotAllowed), change():
        service.open_ballot(motion, closes_at=clock.now() + timedelta(days=10), actor=get_actor(board.vice_chair))
