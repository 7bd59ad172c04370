"""Letters to members: who gets them, in which language, and where their link leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.board import jobs, service
from certify.board.tally import Vote
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel import clock
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from certify.kernel.jobs import OutboxRow
from tests.makers.board import acting_chair_of, declare_none, make_board, make_motion

Change = Callable[[], Any]


def letters_to(person: Person) -> list[dict[str, Any]]:
    """The letters that are promised to a person, oldest first."""
    rows = db.session.query(OutboxRow).filter_by(job="kernel.send_letter").order_by(OutboxRow.id)
    return [row.payload for row in rows if row.payload["to"] == person.email]


def subjects_to(person: Person) -> list[str]:
    """Their subjects."""
    return [letter["subject"] for letter in letters_to(person)]


def test_one_click_leads_from_the_letter_to_the_motion(change: Change, visit: Callable[..., FlaskClient]) -> None:
    with change():
        board = make_board()
        motion = make_motion()
    person = board.representative("MX")
    letter = letters_to(person)[0]
    address = next(line for line in letter["text"].splitlines() if "/interests/" in line)
    with change():
        declare_none(person, motion.subject_key)

    opened = visit(person).get(address.removeprefix("http://127.0.0.1:8000"), follow_redirects=True)

    assert letter["subject"] == "A motion waits for your declaration: Certify Andes Solar S.A."
    assert opened.request.path == f"/board/motions/{motion.id}"
    assert address in letter["html"].replace("&amp;", "&")


def test_states_that_are_out_get_no_letter(change: Change) -> None:
    with change():
        board = make_board()
        make_motion(countries=["MX"])

    assert subjects_to(board.representative("MX")) == []
    assert len(subjects_to(board.alternate("UY"))) == 1


def test_an_electronic_consultation_is_announced_and_silent_seats_are_reminded_once(
    change: Change, time: FixedClock
) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        chair = get_actor(acting_chair_of(motion))
        ballot = service.open_ballot(motion, closes_at=clock.now() + timedelta(days=10), actor=chair)
        declare_none(board.representative("MX"), motion.subject_key)
        actor = get_actor(board.representative("MX"))
        service.cast_vote(ballot, board.seat("MX"), vote=Vote.FOR, actor=actor)
        interests.declare(
            motion.subject_key,
            interest=Interest.ACTUAL,
            nature=Nature.PERSONAL,
            text="Shares.",
            actor=get_actor(board.representative("CO")),
        )

    for _day in range(10):
        with change():
            jobs.remind()
        time.advance(days=1)

    reminder = "Your seat has not voted yet: Certify Andes Solar S.A."
    assert subjects_to(board.representative("UY"))[1:] == ["Please vote: Certify Andes Solar S.A.", reminder]
    assert reminder not in subjects_to(board.representative("MX"))
    assert reminder not in subjects_to(board.representative("CO"))
    assert reminder in subjects_to(board.alternate("CO"))


def test_members_are_called_to_a_session_with_its_agenda(change: Change) -> None:
    with change():
        board = make_board()
        motion = make_motion()
        service.convene_session(
            board.body,
            title="Third session",
            starts_at=clock.now() + timedelta(days=9),
            motions=[motion],
            actor=get_actor(board.chair),
        )

    letter = letters_to(board.alternate("UY"))[-1]

    assert letter["subject"] == "You are called to a session: Third session"
    assert "1. Certify Andes Solar S.A." in letter["text"]
    assert "March 11, 2026" in letter["text"] or "11 March 2026" in letter["text"]
