"""Bodies, their seats for a term, the people who hold them, and the offices of chair and vice-chair."""

from __future__ import annotations

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.board.procedure import FIRST, Procedure, load_procedure
from certify.board.rules import BodyKind, Capacity, Office, in_term
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, enum_column, new_id
from certify.kernel.i18n import _l


class Body(Base):
    """A body that decides by ballot, and the version of the rules of procedure in force for it."""

    __tablename__ = "body"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[BodyKind] = mapped_column(enum_column(BodyKind), unique=True)
    procedure_version: Mapped[int] = mapped_column(default=FIRST)
    last_motion: Mapped[int] = mapped_column(default=0)
    last_session: Mapped[int] = mapped_column(default=0)
    last_resolution: Mapped[int] = mapped_column(default=0)
    """Last number used in each series; counted under the row's lock."""

    seats: Mapped[list[Seat]] = relationship(back_populates="body", order_by="Seat.number")

    @property
    def case_key(self) -> str:
        """Changes of composition are chained with their body."""
        return f"body:{self.kind.value}"

    @property
    def body_kind(self) -> BodyKind:
        """The body itself, as the policy asks for it."""
        return self.kind

    @property
    def procedure(self) -> Procedure:
        """The rules of procedure in force."""
        return load_procedure(self.procedure_version)


class Seat(Base):
    """A seat for a term: of an elected member state, or on the appeals panel of an independent person."""

    __tablename__ = "seat"
    __table_args__ = (
        sa.UniqueConstraint("body_id", "number"),
        sa.CheckConstraint("until IS NULL OR since <= until", name="term_begins_before_it_ends"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    number: Mapped[int]
    state: Mapped[str | None] = mapped_column(sa.String(2))
    """ISO 3166 code of the member state; empty for an independent person's seat."""
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    """How the seat is called where it is not by its state's name, as 'Member State A' in the demonstration."""
    since: Mapped[date]
    until: Mapped[date | None]
    """Last day of the term."""

    body: Mapped[Body] = relationship(back_populates="seats")
    holders: Mapped[list[SeatHolder]] = relationship(back_populates="seat", order_by="SeatHolder.id")

    @property
    def case_key(self) -> str:
        """Changes of composition are chained with their body."""
        return self.body.case_key

    @property
    def label(self) -> str:
        """The seat's short name in records, the same in every language."""
        return f"{self.number}-{self.state}" if self.state else str(self.number)

    def is_in_term(self, on: date) -> bool:
        """Whether the seat votes on this day."""
        return in_term(self.since, self.until, on=on)


class SeatHolder(Base):
    """A person who holds a seat as its representative or as an alternate; ended, never removed."""

    __tablename__ = "seat_holder"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    seat_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("seat.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(enum_column(Capacity))
    since: Mapped[date]
    until: Mapped[date | None]

    seat: Mapped[Seat] = relationship(back_populates="holders")
    person: Mapped[Person] = relationship()

    @property
    def case_key(self) -> str:
        """Changes of composition are chained with their body."""
        return self.seat.case_key

    def is_current(self, on: date) -> bool:
        """Whether the person holds the seat on this day, and the seat is in its term."""
        return in_term(self.since, self.until, on=on) and self.seat.is_in_term(on)


class OfficeHolder(Base):
    """A seat that chairs or stands in for the chair, from a day; ended, never removed."""

    __tablename__ = "office_holder"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    seat_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("seat.id"), index=True)
    office: Mapped[Office] = mapped_column(enum_column(Office))
    since: Mapped[date]
    until: Mapped[date | None]

    seat: Mapped[Seat] = relationship()


CONSTRAINT_SENTENCES["uq_seat_body_id"] = _l("The body has a seat with this number already.")
