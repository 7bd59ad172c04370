"""Who sits where, who chairs what, and what the policy has to know about a member."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from certify.accounts.models import Person
from certify.accounts.rules import Role
from certify.board.models import Body, Motion, OfficeHolder, Seat, SeatHolder
from certify.board.rules import (
    BodyKind,
    Capacity,
    Member,
    MotionKind,
    MotionStatus,
    Office,
    chairs_in_order,
    in_term,
)
from certify.board.rules import acting_chair as first_unconcerned
from certify.interests import queries as interests
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _
from certify.kernel.web import get_or_404


def find_body(kind: BodyKind) -> Body | None:
    """Return a body, if it was composed."""
    return db.session.scalar(sa.select(Body).where(Body.kind == kind))


def get_body(kind: BodyKind | str) -> Body:
    """Return a body, or raise NotFound."""
    body = find_body(BodyKind(kind)) if str(kind) in set(BodyKind) else None
    if body is None:
        raise NotFound(_("This body has not been composed yet."))
    return body


def get_seat(seat_id: uuid.UUID) -> Seat:
    """Return a seat, or raise NotFound."""
    seat: Seat = get_or_404(Seat, seat_id)
    return seat


def get_holder(holder_id: uuid.UUID) -> SeatHolder:
    """Return who holds a seat as what, or raise NotFound."""
    holder: SeatHolder = get_or_404(SeatHolder, holder_id)
    return holder


def list_seats(body: Body) -> list[Seat]:
    """List the seats in their term today, by number."""
    today = clock.today()
    return [seat for seat in body.seats if seat.is_in_term(today)]


def holders_of(seat: Seat) -> list[SeatHolder]:
    """List who holds a seat today, the representative first."""
    today = clock.today()
    held = [holder for holder in seat.holders if holder.is_current(today)]
    return sorted(held, key=lambda holder: (holder.capacity is not Capacity.REPRESENTATIVE, holder.since))


def seats_of(person_id: uuid.UUID | None) -> list[Seat]:
    """List the seats that a person holds today, of whichever body."""
    query = (
        sa.select(SeatHolder)
        .join(SeatHolder.seat)
        .join(Seat.body)
        .options(contains_eager(SeatHolder.seat).contains_eager(Seat.body))
        .where(SeatHolder.person_id == person_id)
        .order_by(Seat.number)
    )
    today = clock.today()
    return [holder.seat for holder in db.session.scalars(query) if holder.is_current(today)]


def seat_of(person_id: uuid.UUID | None, body: Body) -> Seat | None:
    """Return the seat of this body that a person holds today."""
    return next((seat for seat in seats_of(person_id) if seat.body_id == body.id), None)


def members_of(body: Body) -> list[Member]:
    """List the representatives who may chair a body, in the order in which they would."""
    today = clock.today()
    query = (
        sa.select(SeatHolder)
        .join(SeatHolder.seat)
        .options(contains_eager(SeatHolder.seat))
        .where(Seat.body_id == body.id, SeatHolder.capacity == Capacity.REPRESENTATIVE)
    )
    held = offices_by_seat(body)
    return chairs_in_order(
        Member(row.person_id, row.seat.state or row.seat.name, row.seat.since, row.since, held.get(row.seat_id))
        for row in db.session.scalars(query)
        if row.is_current(today)
    )


def offices_held(body: Body) -> list[OfficeHolder]:
    """List the offices of a body and who holds them today."""
    today = clock.today()
    query = sa.select(OfficeHolder).join(OfficeHolder.seat).where(Seat.body_id == body.id)
    return [row for row in db.session.scalars(query) if in_term(row.since, row.until, on=today)]


def offices_by_seat(body: Body) -> dict[uuid.UUID, Office]:
    """Return which seat holds which office today."""
    return {row.seat_id: row.office for row in offices_held(body)}


def chair_of(body: Body) -> Person | None:
    """Return who chairs a body where no case is concerned: the chair, or who stands in for a vacant chair."""
    members = members_of(body)
    return db.session.get(Person, members[0].person_id) if members else None


def states_out(motion: Motion) -> frozenset[str]:
    """Return the states whose seats are out: in conflict, and on the appeals panel those with a seat on the Board."""
    out = interests.state_conflicts(motion.subject_key) | set(motion.countries)
    return out | board_states() if motion.body_kind is BodyKind.APPEALS_PANEL else frozenset(out)


def board_states() -> frozenset[str]:
    """Return the states with a seat on the Board today."""
    today = clock.today()
    seats = db.session.scalars(sa.select(Seat).join(Seat.body).where(Body.kind == BodyKind.BOARD))
    return frozenset(seat.state for seat in seats if seat.state and seat.is_in_term(today))


def acting_chair(motion: Motion) -> Person | None:
    """Return who chairs a motion: the chair, or where the chair is concerned the next in the order."""
    barred = interests.barred_people(motion.subject_key) | {uuid.UUID(one) for one in motion.out}
    found = first_unconcerned(members_of(motion.body), barred=barred, states_out=states_out(motion))
    return db.session.get(Person, found.person_id) if found else None


def acting_chair_for(subject_key: str, *, body: BodyKind = BodyKind.BOARD) -> Person | None:
    """Return who chairs a case that no motion was tabled on."""
    barred, states = interests.barred_people(subject_key), interests.state_conflicts(subject_key)
    found = first_unconcerned(members_of(get_body(body)), barred=barred, states_out=states)
    return db.session.get(Person, found.person_id) if found else None


# -- what the policy has to know ------------------------------------------------------------------------------------


def facts_about(person_id: uuid.UUID) -> Iterable[str]:
    """State a member's seats, states, bodies and chairs, and the cases that their state is out of.

    `seat:<id>`, `sits:<body>`, `state:<CC>`, `chair:<body>` (no case in particular), `chairs:<subject key>`
    (acting chair of a case under way), `barred:<subject key>` (the member's state is in conflict). Nothing without the
    role.
    """
    person = db.session.get(Person, person_id)
    seats = seats_of(person_id) if person and Role.BOARD.value in person.role_names else []
    if not seats:
        return []
    states = {seat.state for seat in seats if seat.state}
    facts = [fact for seat in seats for fact in (f"seat:{seat.id}", f"sits:{seat.body.kind}")]
    facts += [f"state:{state}" for state in states]
    facts += [f"barred:{key}" for key in interests.cases_closed_to(states)]
    bodies = {seat.body.kind: seat.body for seat in seats}
    return [*facts, *(fact for body in bodies.values() for fact in chair_facts(person_id, body))]


def chair_facts(person_id: uuid.UUID, body: Body) -> list[str]:
    """State what a member chairs: the body, and each case under way for which the member is next in the order."""
    members = members_of(body)
    if person_id not in {member.person_id for member in members}:
        return []
    facts = [f"chair:{body.kind}"] if members[0].person_id == person_id else []
    is_panel = body.kind is BodyKind.APPEALS_PANEL
    out, appeals = people_out(), subjects_of_appeals()
    never = board_states() if is_panel else frozenset()
    for key, (barred, states) in interests.open_conflicts().items():
        if (key in appeals) != is_panel:
            continue
        found = first_unconcerned(members, barred=barred | out.get(key, set()), states_out=states | never)
        facts += [f"chairs:{key}"] if found and found.person_id == person_id else []
    return facts


def people_out() -> dict[str, set[uuid.UUID]]:
    """Return for each case with a live motion the people who never vote on it."""
    query = sa.select(Motion.subject_key, Motion.out).where(Motion.status == MotionStatus.TABLED)
    found: dict[str, set[uuid.UUID]] = {}
    for key, out in db.session.execute(query):
        found.setdefault(key, set()).update(uuid.UUID(one) for one in out)
    return found


def subjects_of_appeals() -> frozenset[str]:
    """Return the cases that the appeals panel's chair leads."""
    return frozenset(db.session.scalars(sa.select(Motion.subject_key).where(Motion.kind == MotionKind.DECIDE_APPEAL)))
