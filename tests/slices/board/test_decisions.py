"""Deciding a motion, in session and by electronic consultation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.board import queries, service
from certify.board.models import Ballot, Motion
from certify.board.rules import BodyKind, MotionKind, MotionStatus
from certify.board.tally import Outcome, Vote, count_record
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel import clock, events
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotAllowed, NotFound, RuleBroken
from tests.makers import make_person
from tests.makers.board import (
    OPERATOR,
    STATES,
    MadeBoard,
    acting_chair_of,
    adopt,
    decide,
    declare_none,
    make_board,
    make_motion,
    reject,
    session_in_progress,
)

Change = Callable[[], Any]


def kinds_of(motion: Motion) -> list[str]:
    """What happened to a motion."""
    return [row.kind for row in events.list_events(motion.case_key)]


def consult(motion: Motion, *, days: int = 10) -> Ballot:
    """Open an electronic consultation on a motion."""
    chair = acting_chair_of(motion)
    return service.open_ballot(motion, closes_at=clock.now() + timedelta(days=days), actor=get_actor(chair))


def vote(board: MadeBoard, ballot: Ballot, states: tuple[str, ...], said: Vote = Vote.FOR) -> None:
    """Cast the votes of these states."""
    for state in states:
        person = board.representative(state)
        declare_none(person, ballot.motion.subject_key)
        service.cast_vote(ballot, board.seat(state), vote=said, actor=get_actor(person))


# -- in session -------------------------------------------------------------------------------------------------------


def test_nine_votes_for_adopt_and_the_decision_is_told_once(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion(detail={"band": "certified"})

        ballot = adopt(motion)

    assert ballot.outcome is Outcome.ADOPTED
    assert motion.status is MotionStatus.ADOPTED
    assert kinds_of(motion) == ["MotionTabled", "BallotOpened", "MotionDecided"]
    decided = events.list_events(motion.case_key)[-1].content
    assert decided == {
        "motion_id": str(motion.id),
        "motion_kind": "certify",
        "subject_key": motion.subject_key,
        "outcome": "adopted",
        "resolution": "MB/RES.1/26",
        "detail": {"band": "certified"},
    }


def test_nine_votes_against_reject_and_the_decision_is_numbered_in_the_same_series(change: Change) -> None:
    with change():
        make_board()
        adopt(make_motion())
        motion = make_motion(MotionKind.WITHDRAW_CERTIFICATE)

        reject(motion)

    assert motion.status is MotionStatus.REJECTED
    assert motion.resolution is not None
    assert motion.resolution.symbol == "MB/DEC.2/26"


def test_present_in_session_is_the_attendance_of_the_base(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion()

        ballot = decide(motion, {"AG": Vote.FOR, "BB": Vote.FOR, "BR": Vote.FOR, "CO": Vote.AGAINST})

    assert (ballot.sum["present"], ballot.sum["for"], ballot.sum["against"]) == (9, 3, 1)
    assert ballot.outcome is Outcome.ADOPTED


def test_a_seat_that_is_not_present_does_not_vote_in_session(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        session = session_in_progress(motion)
        ballot = service.open_ballot(motion, session=session, actor=get_actor(acting_chair_of(motion)))

    with pytest.raises(RuleBroken), change():
        vote(board, ballot, ("MX",))


def test_a_seat_that_left_before_voting_is_not_present(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        session = session_in_progress(motion)
        for state in STATES[:5]:
            person = board.representative(state)
            service.record_attendance(session, board.seat(state), person=person, actor=get_actor(board.chair))
        ballot = service.open_ballot(motion, session=session, actor=get_actor(acting_chair_of(motion)))
        vote(board, ballot, STATES[:4])
        service.leave_session(session, board.seat(STATES[4]), actor=get_actor(board.representative(STATES[4])))

        service.close_ballot(ballot, actor=get_actor(board.chair))

    assert ballot.outcome is Outcome.NO_QUORUM


def test_the_chair_closes_a_ballot_in_session_at_once_and_only_once(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        ballot = adopt(motion)

    with pytest.raises(RuleBroken), change():
        service.close_ballot(ballot, actor=get_actor(board.chair))

    assert kinds_of(motion).count("MotionDecided") == 1


def test_a_session_closes_after_its_ballots(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        session = session_in_progress(motion)
        ballot = service.open_ballot(motion, session=session, actor=get_actor(acting_chair_of(motion)))

    with pytest.raises(RuleBroken), change():
        service.close_session(session, actor=get_actor(board.chair))
    with change():
        service.close_ballot(ballot, actor=get_actor(board.chair))
        service.close_session(session, actor=get_actor(board.chair))

    assert session.closed_at is not None


def test_an_ordinary_session_is_convened_five_working_days_ahead(change: Change, time: FixedClock) -> None:
    with change():
        board = make_board()
        chair = get_actor(board.chair)
    with pytest.raises(Invalid), change():
        service.convene_session(board.body, title="Soon", starts_at=clock.now() + timedelta(days=6), actor=chair)

    with change():
        starts_at = clock.now() + timedelta(days=7)
        session = service.convene_session(
            board.body, title="Second", starts_at=starts_at, motions=[make_motion()], actor=chair
        )
    with pytest.raises(RuleBroken), change():
        service.start_session(session, actor=chair)
    time.advance(days=7)
    with change():
        service.start_session(session, actor=chair)

    assert [item.position for item in session.agenda] == [1]
    assert not session.is_extraordinary


# -- electronic consultation ------------------------------------------------------------------------------------------


def test_an_electronic_consultation_lasts_at_least_ten_days(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion()

    with pytest.raises(Invalid), change():
        consult(motion, days=9)


def test_an_electronic_consultation_never_closes_early_not_even_when_every_seat_voted(
    change: Change, time: FixedClock
) -> None:
    with change():
        board = make_board()
        ballot = consult(make_motion())
        vote(board, ballot, STATES)
    time.advance(days=9)

    with pytest.raises(RuleBroken), change():
        service.close_ballot(ballot, actor=get_actor(board.chair))

    assert db.session.get_one(Ballot, ballot.id).closed_at is None


def test_an_electronic_consultation_closes_by_itself_at_its_time(
    change: Change, time: FixedClock, work: Callable[[], int]
) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        ballot = consult(motion)
        vote(board, ballot, STATES[:5])
    time.advance(days=9, seconds=86_399)
    work()
    early = db.session.get_one(Ballot, ballot.id).closed_at

    time.advance(seconds=1)
    work()

    assert early is None
    assert db.session.get_one(Motion, motion.id).status is MotionStatus.ADOPTED


def test_silence_is_not_consent(change: Change, time: FixedClock) -> None:
    with change():
        board = make_board()
        ballot = consult(make_motion())
        vote(board, ballot, STATES[:4])
        time.advance(days=10)
        service.close_due_ballots()

    assert ballot.outcome is Outcome.NO_QUORUM
    assert ballot.sum["present"] == 4


def test_without_a_quorum_nothing_is_decided_and_the_motion_may_be_reopened_once(
    change: Change, time: FixedClock
) -> None:
    with change():
        make_board()
        motion = make_motion()
        for _try in range(2):
            consult(motion)
            time.advance(days=10)
            service.close_due_ballots()

    with pytest.raises(RuleBroken), change():
        consult(motion)

    assert motion.status is MotionStatus.LAPSED
    assert [kind for kind in kinds_of(motion) if kind != "BallotOpened"] == [
        "MotionTabled",
        "BallotWithoutQuorum",
        "BallotWithoutQuorum",
        "MotionLapsed",
    ]
    assert motion.resolution is None


def test_a_reopened_motion_can_be_adopted(change: Change, time: FixedClock) -> None:
    with change():
        make_board()
        motion = make_motion()
        consult(motion)
        time.advance(days=10)
        service.close_due_ballots()
        between = motion.status

        adopt(motion)

    assert between is MotionStatus.TABLED
    assert motion.status is MotionStatus.ADOPTED


def test_the_chair_extends_a_consultation_with_a_reason_and_it_closes_at_the_new_time(
    change: Change, time: FixedClock, work: Callable[[], int]
) -> None:
    with change():
        board = make_board()
        ballot = consult(make_motion())
        later = clock.now() + timedelta(days=15)
        service.extend_ballot(ballot, until=later, reason="A hurricane.", actor=get_actor(board.chair))
    time.advance(days=10)
    work()
    still_open = db.session.get_one(Ballot, ballot.id).closed_at is None

    time.advance(days=5)
    work()

    assert still_open
    assert db.session.get_one(Ballot, ballot.id).closed_at is not None


def test_a_consultation_is_never_shortened(change: Change) -> None:
    with change():
        board = make_board()
        ballot = consult(make_motion())
    sooner = clock.now() + timedelta(days=1)

    with pytest.raises(Invalid), change():
        service.extend_ballot(ballot, until=sooner, reason="In haste.", actor=get_actor(board.chair))


# -- the base ---------------------------------------------------------------------------------------------------------


def test_the_companys_state_is_out_of_the_base(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion(countries=["CO"])

        ballot = adopt(motion)

    assert (ballot.sum["base"], ballot.sum["recused"], ballot.sum["for"]) == (8, 1, 8)
    assert [seat.state for seat in queries.recused_states(ballot)] == ["CO"]


def test_a_member_of_a_state_in_conflict_does_not_vote_though_nothing_was_declared_against_it(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion(countries=["CO"])
        ballot = consult(motion)

    with pytest.raises(RuleBroken), change():
        vote(board, ballot, ("CO",))


def test_with_four_seats_left_the_motion_is_deferred_as_soon_as_the_ballot_opens(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion(countries=["BR", "CO", "CR", "MX", "UY"])
        ballot = consult(motion)

    assert ballot.outcome is Outcome.DEFERRED
    assert motion.status is MotionStatus.DEFERRED
    assert kinds_of(motion)[-1] == "MotionDecided"


def test_with_four_seats_left_at_closing_the_motion_is_deferred(change: Change, time: FixedClock) -> None:
    with change():
        board = make_board(states=STATES[:5])
        motion = make_motion()
        ballot = consult(motion)
        vote(board, ballot, STATES[:4])
        interests.declare(
            motion.subject_key,
            interest=Interest.ACTUAL,
            nature=Nature.STATE,
            text="The state is its customer.",
            actor=get_actor(board.representative(STATES[4])),
        )
        time.advance(days=10)
        service.close_due_ballots()

    assert ballot.outcome is Outcome.DEFERRED


# -- motions ----------------------------------------------------------------------------------------------------------


def test_certifying_over_an_objection_is_decided_only_in_session(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion(MotionKind.CERTIFY_OVER_OBJECTION)
    with pytest.raises(RuleBroken), change():
        consult(motion)

    with change():
        ballot = decide(motion, dict.fromkeys(STATES[:6], Vote.FOR) | dict.fromkeys(STATES[6:], Vote.AGAINST))

    assert ballot.outcome is Outcome.ADOPTED


def test_what_the_band_does_not_permit_is_not_moved(change: Change) -> None:
    with change():
        make_board()

    with pytest.raises(RuleBroken), change():
        make_motion(MotionKind.CERTIFY, permitted={MotionKind.REFUSE})


def test_one_motion_of_a_kind_on_a_case_at_a_time(change: Change) -> None:
    with change():
        make_board()
        make_motion(subject_key="application:one")

    with pytest.raises(RuleBroken), change():
        make_motion(subject_key="application:one")


def test_a_decided_case_can_be_put_before_the_board_again(change: Change) -> None:
    with change():
        make_board()
        reject(make_motion(subject_key="application:one"))

        second = make_motion(subject_key="application:one")

    assert [motion.number for motion in queries.motions_on("application:one")] == [1, 2]
    assert second.is_live


def test_a_member_tables_no_motion(change: Change) -> None:
    with change():
        board = make_board()

    with pytest.raises(NotAllowed), change():
        make_motion(actor=get_actor(board.chair))


def test_a_motion_taken_back_ends_its_ballot_without_a_decision(change: Change) -> None:
    with change():
        make_board()
        motion = make_motion()
        ballot = consult(motion)
        service.withdraw_motion(motion, reason="The company withdrew.", actor=OPERATOR)

    assert motion.status is MotionStatus.WITHDRAWN
    assert (ballot.closed_at is not None, ballot.outcome) == (True, None)
    assert kinds_of(motion)[-1] == "MotionWithdrawn"


def test_new_rules_come_into_force_by_a_motion_that_names_a_version_that_exists(change: Change) -> None:
    with change():
        board = make_board()
        with pytest.raises(Invalid):
            make_motion(MotionKind.CHANGE_RULES, detail={"version": 99})
        motion = make_motion(MotionKind.CHANGE_RULES, subject_key="procedure:1", detail={"version": 1})

        adopt(motion)

    assert board.body.procedure_version == 1
    assert motion.status is MotionStatus.ADOPTED


def test_a_motion_needs_the_body_that_decides_it(change: Change) -> None:
    with change():
        make_board()

    with pytest.raises(NotFound), change():
        make_motion(MotionKind.DECIDE_APPEAL)


# -- the appeals panel ------------------------------------------------------------------------------------------------


def test_a_state_with_a_board_seat_is_out_of_the_panels_base(change: Change) -> None:
    with change():
        make_board()
        make_board(states=("PE", "SR", "BR"), kind=BodyKind.APPEALS_PANEL)
        motion = make_motion(MotionKind.DECIDE_APPEAL, subject_key="appeal:1")

        ballot = adopt(motion)

    assert (ballot.sum["base"], ballot.sum["recused"], ballot.outcome) == (2, 1, Outcome.ADOPTED)
    assert motion.resolution is not None
    assert motion.resolution.symbol == "AP/RES.1/26"


def test_an_officer_holds_no_seat_and_composes_no_body(change: Change) -> None:
    with change():
        officer = make_person("Officer", Role.OFFICER)

    with pytest.raises(NotAllowed), change():
        service.compose_body(BodyKind.BOARD, actor=get_actor(officer))


# -- the record -------------------------------------------------------------------------------------------------------


def test_a_closed_ballot_is_recounted_from_its_record(change: Change) -> None:
    with change():
        make_board()
        ballot = decide(make_motion(countries=["CO"]), {"AG": Vote.FOR, "BB": Vote.AGAINST, "BR": Vote.ABSTAIN})

    record = queries.record_of(ballot)

    assert count_record(record).to_record() == {key: ballot.sum[key] for key in ballot.sum if key != "recused"}
    assert record["procedure_digest"] == ballot.motion.body.procedure.digest
    assert record["recused"] == ["4-CO"]
