"""Sessions, their agenda, and which seats attended."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.board.models.bodies import Body, Seat
from certify.board.rules import BodyKind, SessionStatus
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l

if TYPE_CHECKING:
    from certify.board.models.motions import Ballot, Motion


class Session(Base):
    """A meeting of a body, convened ahead or opened at once by the chair as an extraordinary one."""

    __tablename__ = "board_session"
    __table_args__ = (sa.UniqueConstraint("body_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    lead_questions: Mapped[str] = mapped_column(sa.Text, default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_extraordinary: Mapped[bool] = mapped_column(default=False)
    status: Mapped[SessionStatus] = mapped_column(enum_column(SessionStatus), default=SessionStatus.CONVENED)
    convened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    body: Mapped[Body] = relationship()
    opened_by: Mapped[Person | None] = relationship()
    agenda: Mapped[list[AgendaItem]] = relationship(back_populates="session", order_by="AgendaItem.position")
    attendance: Mapped[list[Attendance]] = relationship(back_populates="session", order_by="Attendance.at")
    ballots: Mapped[list[Ballot]] = relationship(back_populates="session", order_by="Ballot.opened_at")

    @property
    def case_key(self) -> str:
        """Everything about a session is chained with it."""
        return f"session:{self.id}"

    @property
    def body_kind(self) -> BodyKind:
        """The body that meets."""
        return self.body.kind

    @property
    def present_seats(self) -> frozenset[uuid.UUID]:
        """Ids of the seats that attend now, or attended to the end."""
        return frozenset(row.seat_id for row in self.attendance if row.left_at is None)


class AgendaItem(Base):
    """A motion on a session's agenda, at its place."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("session_id", "motion_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("board_session.id"), index=True)
    motion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("motion.id"), index=True)
    position: Mapped[int]

    session: Mapped[Session] = relationship(back_populates="agenda")
    motion: Mapped[Motion] = relationship()


class Attendance(Base):
    """A seat's presence in a session, by the person who held it there; a departure is noted, not removed."""

    __tablename__ = "attendance"
    __table_args__ = (
        sa.Index(
            "uq_attendance_present",
            "session_id",
            "seat_id",
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("board_session.id"), index=True)
    seat_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("seat.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    session: Mapped[Session] = relationship(back_populates="attendance")
    seat: Mapped[Seat] = relationship()
    person: Mapped[Person] = relationship()


CONSTRAINT_SENTENCES["uq_attendance_present"] = _l("This seat is recorded as present already.")
