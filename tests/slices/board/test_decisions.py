"""Deciding a motion, in session and by electronic consultation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from certify.board.rules import MotionKind, MotionStatus
from certify.board.tally import Outcome
from certify.kernel import events
from tests.makers.board import adopt, make_board, make_motion, reject


def test_nine_votes_for_adopt(change: Callable[[], Any]) -> None:
    with change():
        make_board()
        motion = make_motion()

        ballot = adopt(motion)

    assert ballot.outcome is Outcome.ADOPTED
    assert motion.status is MotionStatus.ADOPTED
    assert [row.kind for row in events.list_events(motion.case_key)] == ["MotionTabled", "BallotOpened", "MotionDecided"]


def test_nine_votes_against_reject(change: Callable[[], Any]) -> None:
    with change():
        make_board()
        motion = make_motion(MotionKind.WITHDRAW_CERTIFICATE)

        reject(motion)

    assert motion.status is MotionStatus.REJECTED
