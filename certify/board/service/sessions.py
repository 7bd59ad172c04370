"""How a session is convened, opened, attended and closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from certify.accounts.models import Person
from certify.board.models import AgendaItem, Attendance, Body, Motion, Seat, Session
from certify.board.queries.bodies import holders_of, seat_of
from certify.board.queries.sessions import open_session_of
from certify.board.rules import SessionStatus
from certify.board.service.letters import tell_of_session
from certify.board.service.motions import next_number
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotAllowed, RuleBroken
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def convene_session(
    body: Body,
    *,
    title: str,
    starts_at: datetime,
    place: str = "",
    lead_questions: str = "",
    motions: Iterable[Motion] = (),
    actor: Actor,
) -> Session:
    """Call the members to a session with its agenda, at least the notice of the rules of procedure ahead."""
    require(actor, "session.convene", body)
    days = body.procedure.session_notice_days
    if starts_at.date() < clock.add_working_days(clock.today(), days):
        sentence = _("An ordinary session is convened at least %(days)d working days ahead.", days=days)
        raise Invalid(sentence, fields={"starts_at": sentence})
    session = new_session(body, title=title, starts_at=starts_at, place=place, lead_questions=lead_questions)
    add_to_agenda(session, motions, actor=actor)
    audit.record("session.convene", actor=actor, case_key=session.case_key, starts_at=starts_at)
    tell_of_session(session)
    return session


def open_session(body: Body, *, title: str, place: str = "", motions: Iterable[Motion] = (), actor: Actor) -> Session:
    """Open an extraordinary session at once, without notice; minutes say so."""
    require(actor, "session.open", body)
    session = new_session(body, title=title, starts_at=clock.now(), place=place, lead_questions="")
    session.is_extraordinary = True
    add_to_agenda(session, motions, actor=actor)
    start_session(session, actor=actor)
    return session


def new_session(body: Body, *, title: str, starts_at: datetime, place: str, lead_questions: str) -> Session:
    """Write a session down under its number."""
    session = Session(
        id=new_id(),
        body=lock(body),
        number=next_number(body, "last_session"),
        title=title,
        place=place,
        lead_questions=lead_questions,
        starts_at=starts_at,
        convened_at=clock.now(),
    )
    db.session.add(session)
    db.session.flush()
    return session


def add_to_agenda(session: Session, motions: Iterable[Motion], *, actor: Actor) -> None:
    """Put motions on the agenda after those that stand on it; one that stands on it stays where it is."""
    require(actor, "session.convene", session)
    listed = {item.motion_id for item in session.agenda}
    for motion in motions:
        if motion.body_id != session.body_id:
            raise RuleBroken(_("This motion is put before another body."))
        if motion.id not in listed:
            item = AgendaItem(id=new_id(), session=session, motion=motion, position=len(session.agenda) + 1)
            db.session.add(item)
            listed.add(motion.id)
    db.session.flush()


def start_session(session: Session, *, actor: Actor) -> None:
    """Open a convened session at or after its time; one session of a body at a time."""
    require(actor, "session.open", session)
    lock(session.body)
    lock(session)
    if session.status is not SessionStatus.CONVENED:
        raise RuleBroken(_("This session was opened already."))
    if clock.now() < session.starts_at:
        raise RuleBroken(_("A session does not open before the time it was convened for."))
    if open_session_of(session.body) is not None:
        raise RuleBroken(_("Another session of this body is in progress."))
    session.status, session.opened_at, session.opened_by_id = SessionStatus.OPEN, clock.now(), actor.person_id
    db.session.flush()
    audit.record("session.open", actor=actor, case_key=session.case_key)


def record_attendance(session: Session, seat: Seat, *, person: Person, actor: Actor) -> Attendance:
    """Record that a seat attends, by one of its holders: the chair for anyone, a member for the own seat."""
    check_may_record(session, seat, actor)
    lock(session)
    if session.status is not SessionStatus.OPEN:
        raise RuleBroken(_("The session is not in progress."))
    if person.id not in {holder.person_id for holder in holders_of(seat)}:
        raise RuleBroken(_("This person does not hold the seat."))
    if seat.body_id != session.body_id or seat.id in session.present_seats:
        raise RuleBroken(_("This seat is recorded as present already."))
    row = Attendance(id=new_id(), session=session, seat=seat, person=person, at=clock.now())
    db.session.add(row)
    db.session.flush()
    audit.record("session.attend", actor=actor, case_key=session.case_key, seat=seat.label)
    return row


def check_may_record(session: Session, seat: Seat, actor: Actor) -> None:
    """Let members record their own seat, and the chair every seat."""
    if actor.holds("seat", seat.id):
        require(actor, "session.attend", session)
    else:
        require(actor, "session.record", session)


def attend(session: Session, *, actor: Actor) -> Attendance:
    """Record that the actor's own seat attends."""
    require(actor, "session.attend", session)
    seat = seat_of(actor.person_id, session.body)
    person = db.session.get(Person, actor.person_id)
    if seat is None or person is None:
        raise NotAllowed(_("You do not hold a seat of this body."))
    return record_attendance(session, seat, person=person, actor=actor)


def set_attendance(session: Session, holders: Mapping[uuid.UUID, uuid.UUID | None], *, actor: Actor) -> None:
    """Record as chair who holds each seat in the room, None for an absent one; what did not change stays."""
    require(actor, "session.record", session)
    present = {row.seat_id: row.person_id for row in session.attendance if row.left_at is None}
    for seat_id, person_id in holders.items():
        seat = db.session.get_one(Seat, seat_id)
        if present.get(seat_id) == person_id:
            continue
        if seat_id in present:
            leave_session(session, seat, actor=actor)
        if person_id is not None:
            record_attendance(session, seat, person=db.session.get_one(Person, person_id), actor=actor)


def leave_session(session: Session, seat: Seat, *, actor: Actor) -> None:
    """Note that a seat left the session; ballots closed before keep their count."""
    check_may_record(session, seat, actor)
    lock(session)
    row = next((row for row in session.attendance if row.seat_id == seat.id and row.left_at is None), None)
    if row is None or session.status is not SessionStatus.OPEN:
        raise RuleBroken(_("This seat is not recorded as present."))
    row.left_at = clock.now()
    db.session.flush()
    audit.record("session.leave", actor=actor, case_key=session.case_key, seat=seat.label)


def close_session(session: Session, *, actor: Actor) -> None:
    """Close a session; its ballots have to be closed first."""
    require(actor, "session.close", session)
    lock(session)
    if session.status is not SessionStatus.OPEN:
        raise RuleBroken(_("The session is not in progress."))
    if any(ballot.closed_at is None for ballot in session.ballots):
        raise RuleBroken(_("Close the ballots of this session first."))
    session.status, session.closed_at = SessionStatus.CLOSED, clock.now()
    audit.record("session.close", actor=actor, case_key=session.case_key)
