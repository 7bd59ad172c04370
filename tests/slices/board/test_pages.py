"""The pages of members and of the chair, as they use them in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from certify.accounts import service as accounts
from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.board import service
from certify.board.models import Ballot, Motion, Session
from certify.board.rules import MotionKind, MotionStatus
from certify.board.tally import Vote
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel import clock
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from tests.makers import make_person
from tests.makers.board import STATES, MadeBoard, acting_chair_of, adopt, decide, declare_none, make_board, make_motion
from tests.pages import send, words

Change = Callable[[], Any]
Visit = Callable[..., FlaskClient]


@pytest.fixture
def board(change: Change) -> MadeBoard:
    """A Board of nine."""
    with change():
        return make_board()


@pytest.fixture
def motion(change: Change, board: MadeBoard) -> Motion:
    """A motion before the Board."""
    with change():
        return make_motion(countries=["CO"])


@pytest.fixture
def ballot(change: Change, board: MadeBoard, motion: Motion) -> Ballot:
    """An electronic consultation on it."""
    with change():
        chair = get_actor(acting_chair_of(motion))
        return service.open_ballot(motion, closes_at=clock.now() + timedelta(days=10), actor=chair)


def declare(visit: Visit, person: Person, motion: Motion, interest: str, **more: str) -> Any:
    """Fill in the declaration that the mail's link leads to."""
    address = f"/interests/{motion.subject_key}?next=/board/motions/{motion.id}"
    return send(visit(person), address, interest=interest, **more)


# -- a member -------------------------------------------------------------------------------------------------------


def test_from_the_mail_by_the_declaration_to_the_motion_and_the_vote_in_two_more(
    visit: Visit, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    person = board.representative("MX")

    opened = declare(visit, person, motion, "none")
    voted = send(visit(person), f"/board/ballots/{ballot.id}/vote/for", reason="A good case.")

    assert opened.request.path == f"/board/motions/{motion.id}"
    assert "The Board certifies Andes Solar S.A. for 24 months." in words(opened)
    assert "Your seat voted: For." in words(voted)
    assert [vote.reason for vote in db.session.get_one(Ballot, ballot.id).live_votes] == ["A good case."]


def test_the_link_of_the_mail_leads_straight_on_once_declared(
    visit: Visit, change: Change, board: MadeBoard, motion: Motion
) -> None:
    person = board.representative("MX")
    with change():
        declare_none(person, motion.subject_key)

    response = visit(person).get(f"/interests/{motion.subject_key}?next=/board/motions/{motion.id}")

    assert (response.status_code, response.location) == (302, f"/board/motions/{motion.id}")


def test_text_dossier_and_vote_stay_closed_before_the_declaration(
    visit: Visit, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    page = words(visit(board.representative("MX")).get(f"/board/motions/{motion.id}"))

    assert "Declare and go on" in page
    assert "The Board certifies" not in page
    assert "Open the dossier" not in page


def test_input_09_a_member_in_conflict_gets_404_on_the_motion_and_409_on_the_vote(
    visit: Visit, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    person = board.representative("MX")
    declare(visit, person, motion, "actual", nature="personal", text="My sister directs it.")

    page = visit(person).get(f"/board/motions/{motion.id}")
    asked = visit(person).get(f"/board/ballots/{ballot.id}/vote/for")

    assert (page.status_code, asked.status_code) == (404, 409)


def test_input_09_a_member_of_the_companys_state_gets_404_and_409_whatever_was_declared(
    visit: Visit, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    person = board.representative("CO")
    declare(visit, person, motion, "none")

    page = visit(person).get(f"/board/motions/{motion.id}")
    asked = visit(person).get(f"/board/ballots/{ballot.id}/vote/for")

    assert (page.status_code, asked.status_code) == (404, 409)


def test_input_06_a_second_vote_by_the_page_is_refused(
    visit: Visit, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    person = board.representative("MX")
    declare(visit, person, motion, "none")
    client = visit(person)
    page = client.get(f"/board/ballots/{ballot.id}/vote/for")
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    client.post(f"/board/ballots/{ballot.id}/vote/for", data={"csrf_token": token})

    again = client.post(f"/board/ballots/{ballot.id}/vote/against", data={"csrf_token": token})

    assert again.status_code == 409
    assert [vote.vote for vote in db.session.get_one(Ballot, ballot.id).live_votes] == [Vote.FOR]


def test_input_10_a_vote_after_closing_409_and_after_the_role_was_taken_away_403(
    visit: Visit, change: Change, time: FixedClock, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    late, former = board.representative("MX"), board.representative("UY")
    with change():
        declare_none(late, motion.subject_key)
        declare_none(former, motion.subject_key)
        admin = make_person("Admin", Role.ADMINISTRATOR)
    live_session = visit(former)
    assert live_session.get(f"/board/ballots/{ballot.id}/vote/for").status_code == 200
    with change():
        accounts.withdraw_role(former.live_grants[0], actor=get_actor(admin))

    taken_away = live_session.get(f"/board/ballots/{ballot.id}/vote/for")
    time.advance(days=10)
    closed = visit(late).get(f"/board/ballots/{ballot.id}/vote/for")

    assert (taken_away.status_code, closed.status_code) == (403, 409)


def test_the_board_page_says_what_waits(visit: Visit, board: MadeBoard, motion: Motion, ballot: Ballot) -> None:
    person = board.representative("MX")

    before = words(visit(person).get("/board/"))
    declare(visit, person, motion, "none")
    after = words(visit(person).get("/board/"))
    send(visit(person), f"/board/ballots/{ballot.id}/vote/abstain")
    done = words(visit(person).get("/board/"))

    assert "Waits for your declaration" in before
    assert "Waits for your vote" in after
    assert "Your seat has voted" in done


def test_running_totals_are_sealed_until_closing(
    visit: Visit, change: Change, time: FixedClock, board: MadeBoard, motion: Motion, ballot: Ballot
) -> None:
    with change():
        for state in ("AG", "BB", "BR", "CR", "MX"):
            declare_none(board.representative(state), motion.subject_key)
            actor = get_actor(board.representative(state))
            service.cast_vote(ballot, board.seat(state), vote=Vote.FOR, reason=f"Reason of {state}", actor=actor)
    person = board.representative("MX")

    sealed = words(visit(person).get(f"/board/motions/{motion.id}"))
    record = visit(person).get(f"/board/ballots/{ballot.id}/record.json")
    time.advance(days=10)
    with change():
        service.close_due_ballots()
    open_ = words(visit(person).get(f"/board/motions/{motion.id}"))

    assert "Reason of BR" not in sealed
    assert record.status_code == 409
    assert "Reason of BR" in open_
    assert "5 were needed for a quorum" in open_


def test_an_officer_sees_votes_by_seat_only_after_closing_and_a_company_never(
    visit: Visit, change: Change, board: MadeBoard
) -> None:
    with change():
        motion = make_motion()
        ballot = decide(motion, {"AG": Vote.FOR, "BB": Vote.FOR, "BR": Vote.FOR, "MX": Vote.AGAINST})
        officer = make_person("Officer", Role.OFFICER)
        company = make_person("Company")

    by_officer = visit(officer).get(f"/board/motions/{motion.id}")
    record = visit(officer).get(f"/board/ballots/{ballot.id}/record.json")
    by_company = visit(company).get(f"/board/motions/{motion.id}")
    public = visit().get(f"/board/decisions/{motion.resolution.id}")  # type: ignore[union-attr]

    assert "Votes by seat" in words(by_officer)
    assert record.get_json()["votes"]["7-MX"] == "against"
    assert by_company.status_code == 404
    assert public.status_code == 200
    assert "Votes by seat" not in words(public)


# -- the chair --------------------------------------------------------------------------------------------------------


def test_the_chair_runs_a_session_from_opening_to_minutes(
    visit: Visit, change: Change, board: MadeBoard, motion: Motion
) -> None:
    with change():
        for person in board.representatives:
            declare_none(person, motion.subject_key)
    chair = visit(board.chair)
    opened = send(chair, "/board/sessions/open", title="On two certificates")
    session = db.session.query(Session).one()
    present = {
        f"seat-{seat.id}": str(person.id)
        for seat, person in zip(board.seats, board.representatives, strict=True)
        if seat.state != "UY"
    }
    send(chair, f"/board/sessions/{session.id}", **present)
    send(chair, f"/board/motions/{motion.id}/ballot", mode="session")
    ballot = db.session.query(Ballot).one()
    for state in ("AG", "BB", "BR", "CR", "JM"):
        send(visit(board.representative(state)), f"/board/ballots/{ballot.id}/vote/for")
    send(visit(board.representative("MX")), f"/board/ballots/{ballot.id}/vote/against")
    send(chair, f"/board/ballots/{ballot.id}/close")
    closed = send(chair, f"/board/sessions/{session.id}/close")

    minutes = words(visit().get(f"/board/sessions/{session.id}/minutes"))

    assert "Andes Solar S.A." in words(opened)
    assert "Its minutes are public" in words(closed)
    assert db.session.get_one(Motion, motion.id).status is MotionStatus.ADOPTED
    assert "Extraordinary session, opened without notice." in minutes
    assert "Seats in the base 8 Recused 1: Colombia" in minutes
    assert "For 5; 3 were needed to adopt" in minutes
    assert "Present 7; 5 were needed for a quorum" in minutes
    assert "Representative of" not in minutes


def test_a_member_says_to_be_present_and_leaves(visit: Visit, change: Change, board: MadeBoard) -> None:
    with change():
        session = service.open_session(board.body, title="Third", actor=get_actor(board.chair))
    member = visit(board.alternate("MX"))

    there = send(member, f"/board/sessions/{session.id}", form=-1)
    seats = [row.seat.state for row in db.session.get_one(Session, session.id).attendance if not row.left_at]
    send(member, f"/board/sessions/{session.id}", form=-1)

    assert "You are present" in words(there)
    assert seats == ["MX"]
    assert [row.left_at is not None for row in db.session.get_one(Session, session.id).attendance] == [True]


def test_the_chair_opens_an_electronic_consultation_and_extends_it(
    visit: Visit, change: Change, board: MadeBoard, motion: Motion
) -> None:
    with change():
        declare_none(board.chair, motion.subject_key)
    chair = visit(board.chair)

    too_short = send(chair, f"/board/motions/{motion.id}/ballot", mode="electronic", closes_at="2026-03-05")
    send(chair, f"/board/motions/{motion.id}/ballot", mode="electronic")
    ballot = db.session.query(Ballot).one()
    at_first = ballot.closes_at
    extended = send(
        chair, f"/board/ballots/{ballot.id}/extend", until="2026-03-20", reason="A holiday in three states."
    )

    assert too_short.status_code == 422
    assert "at least 10 days" in words(too_short)
    assert str(at_first) == "2026-03-12 23:59:00+00:00"
    assert "lasts longer now" in words(extended)
    assert str(db.session.get_one(Ballot, ballot.id).closes_at) == "2026-03-20 23:59:00+00:00"


def test_a_chair_who_has_not_declared_opens_no_ballot(visit: Visit, board: MadeBoard, motion: Motion) -> None:
    page = words(visit(board.chair).get(f"/board/motions/{motion.id}/ballot"))

    assert "Who chairs a case declares first" in page


def test_the_chair_rules_on_a_potential_interest_from_the_chairs_page(
    visit: Visit, board: MadeBoard, motion: Motion
) -> None:
    person = board.representative("MX")
    waiting = declare(visit, person, motion, "potential", nature="personal", text="A cousin once worked there.")
    chair = visit(board.chair)
    listed = chair.get("/board/chair")
    address = listed.text.split('href="/interests/declarations/')[1].split('"')[0]

    ruled = send(chair, f"/interests/declarations/{address}", ruling="no_conflict", reason="Long ago and distant.")

    assert "The chair decides whether this is a conflict." in words(waiting)
    assert "Your ruling is recorded." in words(ruled)
    assert visit(person).get(f"/board/motions/{motion.id}").status_code == 200


def test_a_member_who_does_not_chair_has_no_chairs_page(visit: Visit, board: MadeBoard, motion: Motion) -> None:
    client = visit(board.representative("MX"))

    assert client.get("/board/chair").status_code == 403
    assert client.get(f"/board/motions/{motion.id}/ballot").status_code == 403


def test_the_vice_chair_has_the_chairs_page_while_the_chair_is_concerned(
    visit: Visit, board: MadeBoard, motion: Motion
) -> None:
    declare(visit, board.chair, motion, "actual", nature="personal", text="I own shares.")

    page = visit(board.vice_chair).get("/board/chair")

    assert motion.title in words(page)


def test_the_chair_takes_a_motion_back_with_a_reason(visit: Visit, board: MadeBoard, motion: Motion) -> None:
    taken = send(visit(board.chair), f"/board/motions/{motion.id}/withdraw", reason="New facts came in.")

    assert "New facts came in." in words(taken)


def test_convening_a_session_needs_notice_and_tells_the_members(visit: Visit, board: MadeBoard, motion: Motion) -> None:
    chair = visit(board.chair)

    too_soon = send(chair, "/board/sessions/convene", title="Third session", starts_at="2026-03-04T10:00")
    convened = send(chair, "/board/sessions/convene", title="Third session", starts_at="2026-03-10T10:00")

    assert too_soon.status_code == 422
    assert "at least 5 working days ahead" in words(too_soon)
    assert "1. Certify Andes Solar S.A." in words(convened)


def test_the_home_page_leads_member_and_chair_to_what_waits(
    visit: Visit, change: Change, board: MadeBoard, motion: Motion
) -> None:
    declare(visit, board.representative("MX"), motion, "potential", nature="personal", text="A cousin.")

    chairs = words(visit(board.chair).get("/desk"))
    members = words(visit(board.representative("UY")).get("/desk"))

    assert "Rule on a potential interest: Certify Andes Solar S.A." in chairs
    assert "Open a ballot on motion 1: Certify Andes Solar S.A." in chairs
    assert "Declare your interests: Certify Andes Solar S.A." in members


# -- everyone ---------------------------------------------------------------------------------------------------------


def test_the_rules_of_procedure_are_public_and_say_what_is_default(visit: Visit) -> None:
    page = words(visit().get("/board/rules"))

    assert "Default, to be set by the Board" in page
    assert "A quorum is there when more than 1/2 of the seats of the base are present." in page
    assert "The votes for are at least 2/3 of the votes cast." in page
    assert "Only in session" in page
    assert "board-procedure@1" in page


def test_a_refused_company_is_not_named_in_public(visit: Visit, change: Change, board: MadeBoard) -> None:
    with change():
        rejected = decide(make_motion(), Vote.AGAINST).motion
        refused = adopt(make_motion(MotionKind.REFUSE)).motion
        adopted = adopt(make_motion()).motion

    listed = words(visit().get("/board/decisions"))
    pages = [words(visit().get(f"/board/decisions/{one.resolution.id}")) for one in (rejected, refused)]  # type: ignore[union-attr]

    assert listed.count("Andes Solar") == 1
    assert not [page for page in pages if "Andes Solar" in page]
    assert adopted.resolution is not None and adopted.resolution.symbol in listed


def test_minutes_are_public_only_once_the_session_is_closed(visit: Visit, change: Change, board: MadeBoard) -> None:
    with change():
        session = service.open_session(board.body, title="Third", actor=get_actor(board.chair))

    assert visit().get(f"/board/sessions/{session.id}/minutes").status_code == 404


def test_who_sits_is_public_by_state(visit: Visit, board: MadeBoard) -> None:
    page = words(visit().get("/board/members"))

    assert "Mexico" in page
    assert "Representative of MX" not in page


@pytest.mark.parametrize("role", [None, Role.FOCAL_POINT, Role.EXPERT])
def test_the_bodys_pages_are_closed_to_others(visit: Visit, change: Change, motion: Motion, role: Role | None) -> None:
    with change():
        person = make_person("Somebody", *([role] if role else []), country="PE")

    assert visit(person).get("/board/").status_code == 403
    assert visit(person).get("/board/sessions").status_code == 403


def test_a_conflict_found_after_closing_is_shown_with_the_sum_without_the_vote(
    visit: Visit, change: Change, board: MadeBoard
) -> None:
    with change():
        motion = make_motion()
        adopt(motion)
        member = get_actor(board.representative("MX"))
        interests.declare(
            motion.subject_key, interest=Interest.ACTUAL, nature=Nature.PERSONAL, text="I forgot.", actor=member
        )

    page = words(visit(board.chair).get(f"/board/motions/{motion.id}"))

    assert "8 for, 0 against and 0 abstentions. The decision stands" in page


def test_every_state_of_the_board_is_known_by_name(visit: Visit, board: MadeBoard) -> None:
    page = words(visit().get("/board/members"))

    assert not [state for state in STATES if f" {state} " in page]
