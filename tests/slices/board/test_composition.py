"""How administrators record elections, and how the history of a body is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.board import queries, service
from certify.board.models import SeatHolder
from certify.board.rules import BodyKind, Capacity, MotionKind, chairs_in_order
from certify.kernel import files
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from certify.kernel.errors import Invalid, RuleBroken
from tests.makers import make_person
from tests.makers.board import OPERATOR, declare_none, make_board, make_motion
from tests.pages import send, words

Change = Callable[[], Any]
Visit = Callable[..., FlaskClient]


@pytest.fixture
def admin(change: Change) -> Person:
    """An administrator."""
    with change():
        return make_person("Admin", Role.ADMINISTRATOR)


def test_an_administrator_composes_the_board_in_the_browser(visit: Visit, change: Change, admin: Person) -> None:
    with change():
        member = make_person("Rosa Quispe", Role.BOARD)
    client = visit(admin)

    send(client, "/board/members", form=-2)
    send(client, "/board/composition/board/seats", state="MX", since="2026-03-01", until="2029-02-28")
    seat = queries.list_seats(queries.get_body("board"))[0]
    send(client, f"/board/seats/{seat.id}/holder", email=member.email, capacity="representative")
    page = send(client, "/board/composition/board/offices", office="chair", seat=str(seat.id))

    assert "Mexico Chair" in words(page)
    assert "Rosa Quispe" in words(page)
    assert get_actor(member).holds("chair", "board")


def test_a_seat_needs_a_person_with_the_role(visit: Visit, change: Change, admin: Person) -> None:
    with change():
        board = make_board(states=("AG",))
        stranger = make_person("Stranger")

    page = send(visit(admin), f"/board/seats/{board.seats[0].id}/holder", email=stranger.email, capacity="alternate")

    assert page.status_code == 422
    assert "Grant the role first." in words(page)


def test_who_no_longer_holds_a_seat_is_kept_in_the_history(visit: Visit, change: Change, admin: Person) -> None:
    with change():
        board = make_board(states=("AG",))
    holder = queries.holders_of(board.seats[0])[0]

    client = visit(admin)
    token = client.get("/board/composition/board").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    ended = client.post(f"/board/holders/{holder.id}/end", data={"csrf_token": token}, follow_redirects=True)

    assert "Nobody holds this seat." in words(ended)
    assert db.session.get_one(SeatHolder, holder.id).until == date(2026, 3, 1)
    assert not get_actor(board.chair).holds("sits", "board")


def test_members_see_who_holds_the_seats_and_change_nothing(visit: Visit, change: Change) -> None:
    with change():
        board = make_board(states=("AG", "BB"))
    client = visit(board.chair)

    assert "Representative of BB" in words(client.get("/board/composition/board"))
    assert client.get("/board/composition/board/seats").status_code == 403


def test_a_body_has_no_more_seats_than_its_rules_say_and_one_for_each_state(change: Change) -> None:
    with change():
        board = make_board()

    with pytest.raises(RuleBroken), change():
        service.elect_seat(board.body, state="PE", since=date(2026, 1, 1), actor=OPERATOR)
    with change():
        board.seat("UY").until = date(2026, 3, 1)
    with pytest.raises(RuleBroken), change():
        service.elect_seat(board.body, state="MX", since=date(2026, 3, 2), actor=OPERATOR)
    with change():
        seat = service.elect_seat(board.body, state="PE", since=date(2026, 3, 2), actor=OPERATOR)

    assert seat.number == 10


def test_a_seat_is_a_states_or_has_a_name(change: Change) -> None:
    with change():
        body = service.compose_body(BodyKind.APPEALS_PANEL, actor=OPERATOR)

    with pytest.raises(Invalid), change():
        service.elect_seat(body, state=None, since=date(2026, 1, 1), actor=OPERATOR)


def test_a_term_that_ended_takes_away_seat_and_chair(change: Change, time: FixedClock) -> None:
    with change():
        board = make_board()
        board.seats[0].until = date(2026, 3, 2)
    on_the_last_day = queries.chair_of(board.body)

    time.advance(days=1)

    assert on_the_last_day == board.chair
    assert queries.chair_of(board.body) == board.vice_chair
    assert len(queries.list_seats(board.body)) == 8


def test_one_representative_a_seat_and_one_seat_a_person(change: Change) -> None:
    with change():
        board = make_board(states=("AG", "BB"))
        somebody = make_person("Somebody", Role.BOARD)

    with pytest.raises(RuleBroken), change():
        service.name_holder(board.seats[0], person=somebody, capacity=Capacity.REPRESENTATIVE, actor=OPERATOR)
    with pytest.raises(RuleBroken), change():
        service.name_holder(board.seats[0], person=board.vice_chair, capacity=Capacity.ALTERNATE, actor=OPERATOR)


def test_an_independent_persons_seat_is_out_when_the_person_is(change: Change) -> None:
    with change():
        body = service.compose_body(BodyKind.APPEALS_PANEL, actor=OPERATOR)
        for name in ("First jurist", "Second jurist", "Third jurist"):
            seat = service.elect_seat(body, state=None, name=name, since=date(2026, 1, 1), actor=OPERATOR)
            person = make_person(name, Role.BOARD)
            service.name_holder(seat, person=person, capacity=Capacity.REPRESENTATIVE, actor=OPERATOR)
        out = queries.holders_of(seat)[0].person_id
        motion = make_motion(MotionKind.DECIDE_APPEAL, subject_key="appeal:2", out=[out])
        chair = queries.acting_chair(motion)
        assert chair is not None
        declare_none(chair, motion.subject_key)
        ballot = service.open_ballot(motion, closes_at=queries.earliest_closing(body), actor=get_actor(chair))

    assert [seat.name for seat in queries.recused_states(ballot)] == ["Third jurist"]


def test_the_order_of_chairs_is_total(change: Change) -> None:
    with change():
        board = make_board()

    members = queries.members_of(board.body)

    assert [member.state for member in members[:2]] == ["AG", "BB"]
    assert members == chairs_in_order(reversed(members))


def test_documents_of_a_motion_open_after_the_declaration_and_the_reading_is_recorded(
    visit: Visit, change: Change
) -> None:
    with change():
        board = make_board()
        pack = files.keep(b"%PDF-1.7", name="pack.pdf", media_type="application/pdf", actor=OPERATOR)
        motion = make_motion(documents=[{"file_id": str(pack.id), "title": "Recommendation"}])
    member = board.representative("MX")
    before = visit(member).get(f"/board/motions/{motion.id}/documents/1")
    with change():
        declare_none(member, motion.subject_key)

    page = words(visit(member).get(f"/board/motions/{motion.id}"))
    opened = visit(member).get(f"/board/motions/{motion.id}/documents/1")
    beyond = visit(member).get(f"/board/motions/{motion.id}/documents/2")

    assert (before.status_code, opened.status_code, beyond.status_code) == (403, 200, 404)
    assert opened.data == b"%PDF-1.7"
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert "Recommendation" in page
