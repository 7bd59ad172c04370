"""How bodies are composed: seats elected for a term, the people who hold them, and the offices."""

from __future__ import annotations

from datetime import date, timedelta

from certify.accounts.models import Person
from certify.accounts.queries import find_person_by_email
from certify.accounts.rules import Role
from certify.board.models import Body, OfficeHolder, Seat, SeatHolder
from certify.board.queries.bodies import find_body, holders_of, offices_held, seat_of
from certify.board.rules import BodyKind, Capacity, Office
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require

ONE_DAY = timedelta(days=1)


def compose_body(kind: BodyKind, *, actor: Actor) -> Body:
    """Return the body, written down on the first call."""
    require(actor, "body.compose")
    body = find_body(kind)
    if body is None:
        body = Body(id=new_id(), kind=kind)
        db.session.add(body)
        db.session.flush()
        audit.record("body.compose", actor=actor, case_key=body.case_key, procedure=body.procedure.id)
    return body


def elect_seat(
    body: Body, *, state: str | None, since: date, until: date | None = None, name: str = "", actor: Actor
) -> Seat:
    """Record the election of a member state for a term; `name` is how the seat is called instead of its state."""
    require(actor, "body.compose", body)
    lock(body)
    sitting = [seat for seat in body.seats if seat.is_in_term(since)]
    if state is not None and state in {seat.state for seat in sitting}:
        raise RuleBroken(_("This state holds a seat of the body already."))
    if len(sitting) >= body.procedure.bodies[body.kind].seats:
        raise RuleBroken(_("Every seat of the body is taken in this term."))
    if state is None and not name:
        sentence = _("Name the state, or the independent person's seat.")
        raise Invalid(sentence, fields={"name": sentence})
    number = max((seat.number for seat in body.seats), default=0) + 1
    seat = Seat(id=new_id(), body=body, number=number, state=state, name=name, since=since, until=until)
    db.session.add(seat)
    db.session.flush()
    audit.record("body.compose", actor=actor, case_key=body.case_key, seat=seat.label, since=since, until=until)
    return seat


def name_holder(seat: Seat, *, person: Person, capacity: Capacity, actor: Actor) -> SeatHolder:
    """Record who holds a seat from today: one representative, any number of alternates; one seat a person."""
    require(actor, "body.compose", seat)
    lock(seat.body)
    if seat_of(person.id, seat.body):
        raise RuleBroken(_("This person holds a seat of the body already."))
    taken = {holder.capacity for holder in holders_of(seat)}
    if capacity is Capacity.REPRESENTATIVE and capacity in taken:
        raise RuleBroken(_("The seat has a representative. End that first."))
    holder = SeatHolder(id=new_id(), seat=seat, person=person, capacity=capacity, since=clock.today())
    db.session.add(holder)
    db.session.flush()
    audit.record("body.compose", actor=actor, case_key=seat.case_key, seat=seat.label, capacity=capacity.value)
    return holder


def name_member(seat: Seat, *, email: str, capacity: Capacity, actor: Actor) -> SeatHolder:
    """Name the holder of a seat by the address of the account; the person needs the role of a Board member first."""
    require(actor, "body.compose", seat)
    person = find_person_by_email(email)
    if person is None or Role.BOARD.value not in person.role_names:
        sentence = _("There is no Board member with this address. Grant the role first.")
        raise Invalid(sentence, fields={"email": sentence})
    return name_holder(seat, person=person, capacity=capacity, actor=actor)


def end_holding(holder: SeatHolder, *, actor: Actor) -> None:
    """Record that a person no longer holds a seat; takes effect at once, and votes that were cast stay."""
    require(actor, "body.compose", holder)
    if holder.until is not None:
        raise RuleBroken(_("This was ended already."))
    holder.until = clock.today() - ONE_DAY
    audit.record("body.compose", actor=actor, case_key=holder.case_key, seat=holder.seat.label, ended=True)


def elect_office(seat: Seat, *, office: Office, actor: Actor) -> OfficeHolder:
    """Record which seat chairs, or stands in for the chair, from today; the former one ends."""
    require(actor, "body.compose", seat)
    lock(seat.body)
    if seat.id in {row.seat_id for row in offices_held(seat.body)}:
        raise RuleBroken(_("This seat holds an office already."))
    end_office(seat.body, office)
    held = OfficeHolder(id=new_id(), seat=seat, office=office, since=clock.today())
    db.session.add(held)
    db.session.flush()
    audit.record("body.compose", actor=actor, case_key=seat.case_key, seat=seat.label, office=office.value)
    return held


def end_office(body: Body, office: Office) -> None:
    """End whoever holds an office today."""
    for row in offices_held(body):
        if row.office is office:
            row.until = clock.today() - ONE_DAY
    db.session.flush()
