"""Motions, their ballots, the votes of seats, and the numbered decisions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.board.models.bodies import Body, Seat
from certify.board.models.sessions import Session
from certify.board.rules import BallotMode, BodyKind, MotionKind, MotionStatus, is_named_in_public
from certify.board.tally import Outcome, Vote
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l


class Motion(Base):
    """What a body is asked to decide: kind, key, organisations and states concerned, a title, a link and documents."""

    __tablename__ = "motion"
    __table_args__ = (
        sa.UniqueConstraint("body_id", "number"),
        sa.Index(
            "uq_motion_tabled",
            "subject_key",
            "kind",
            unique=True,
            sqlite_where=sa.text("status = 'tabled'"),
            postgresql_where=sa.text("status = 'tabled'"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    number: Mapped[int]
    kind: Mapped[MotionKind] = mapped_column(enum_column(MotionKind))
    subject_key: Mapped[str] = mapped_column(sa.String(120), index=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    link: Mapped[str] = mapped_column(sa.String(300))
    """Own path of the dossier; opens after the declaration of interest."""
    organisations: Mapped[list[str]]
    countries: Mapped[list[str]]
    """States whose seats are out of the base (ISO 3166)."""
    text: Mapped[str] = mapped_column(sa.Text)
    """What the body would decide, in full sentences."""
    detail: Mapped[dict[str, Any]]
    """What the owner of the subject needs when the motion is decided."""
    documents: Mapped[list[Any]]
    """Sealed PDFs of the pack: {"file_id": ..., "title": ...}."""
    out: Mapped[list[str]]
    """People (ids) who evaluated, reviewed or advised in this case, or are its subject: they never vote."""
    status: Mapped[MotionStatus] = mapped_column(enum_column(MotionStatus), default=MotionStatus.TABLED)
    failed_quorums: Mapped[int] = mapped_column(default=0)
    tabled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tabled_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_reason: Mapped[str] = mapped_column(sa.Text, default="")

    body: Mapped[Body] = relationship()
    tabled_by: Mapped[Person | None] = relationship()
    ballots: Mapped[list[Ballot]] = relationship(back_populates="motion", order_by="Ballot.opened_at")
    resolution: Mapped[Resolution | None] = relationship(back_populates="motion")

    @property
    def case_key(self) -> str:
        """Everything about a motion is chained with it."""
        return f"motion:{self.id}"

    @property
    def body_kind(self) -> BodyKind:
        """The body it is put before."""
        return self.body.kind

    @property
    def is_named_in_public(self) -> bool:
        """Whether public minutes and decisions name whom it concerns."""
        return is_named_in_public(self.kind, self.status)

    @property
    def is_live(self) -> bool:
        """Whether it waits for a decision."""
        return self.status is MotionStatus.TABLED

    @property
    def open_ballot(self) -> Ballot | None:
        """The ballot that is not closed, if there is one."""
        return next((ballot for ballot in self.ballots if ballot.closed_at is None), None)

    @property
    def last_ballot(self) -> Ballot | None:
        """The latest ballot."""
        return self.ballots[-1] if self.ballots else None


class Ballot(Base):
    """One voting on a motion: rules and composition are pinned when it opens, the sum is written when it closes."""

    __tablename__ = "ballot"
    __table_args__ = (
        sa.Index(
            "uq_ballot_open",
            "motion_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.CheckConstraint("(mode = 'session') = (session_id IS NOT NULL)", name="session_has_its_session"),
        sa.CheckConstraint("(mode = 'electronic') = (closes_at IS NOT NULL)", name="electronic_has_its_time"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    motion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("motion.id"), index=True)
    mode: Mapped[BallotMode] = mapped_column(enum_column(BallotMode))
    session_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("board_session.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    extensions: Mapped[list[Any]] = mapped_column(default=list)
    """{"from", "until", "reason", "by"} of each extension by the chair."""
    procedure: Mapped[str] = mapped_column(sa.String(80))
    procedure_digest: Mapped[str] = mapped_column(sa.String(64))
    rules: Mapped[dict[str, Any]]
    composition: Mapped[list[str]]
    """Ids of the seats in term when the ballot opened."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    base: Mapped[list[str]] = mapped_column(default=list)
    present: Mapped[list[str]] = mapped_column(default=list)
    recused: Mapped[list[str]] = mapped_column(default=list)
    """Ids of seats, written at closing."""
    sum: Mapped[dict[str, Any]] = mapped_column(default=dict)
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))

    motion: Mapped[Motion] = relationship(back_populates="ballots")
    session: Mapped[Session | None] = relationship(back_populates="ballots")
    votes: Mapped[list[CastVote]] = relationship(back_populates="ballot", order_by="CastVote.at")

    @property
    def case_key(self) -> str:
        """Everything about a ballot is chained with its motion."""
        return self.motion.case_key

    @property
    def body_kind(self) -> BodyKind:
        """The body that votes."""
        return self.motion.body_kind

    @property
    def live_votes(self) -> list[CastVote]:
        """The votes that count."""
        return [vote for vote in self.votes if vote.struck_at is None]

    def is_over(self, at: datetime) -> bool:
        """Whether no vote is taken any more: closed, or past its time."""
        return self.closed_at is not None or (self.closes_at is not None and at >= self.closes_at)


class CastVote(Base):
    """The vote of one seat: cast once, never changed; struck where a conflict of interest is found before closing."""

    __tablename__ = "cast_vote"
    __table_args__ = (
        sa.Index(
            "uq_cast_vote_seat",
            "ballot_id",
            "seat_id",
            unique=True,
            sqlite_where=sa.text("struck_at IS NULL"),
            postgresql_where=sa.text("struck_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    ballot_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("ballot.id"), index=True)
    seat_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("seat.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    vote: Mapped[Vote] = mapped_column(enum_column(Vote))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    ballot: Mapped[Ballot] = relationship(back_populates="votes")
    seat: Mapped[Seat] = relationship()
    person: Mapped[Person] = relationship()


class Resolution(Base):
    """A decision with its number and symbol: a resolution where the motion was adopted, else a decision."""

    __tablename__ = "resolution"
    __table_args__ = (sa.UniqueConstraint("body_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    motion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("motion.id"), unique=True)
    ballot_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("ballot.id"), unique=True)
    number: Mapped[int]
    symbol: Mapped[str] = mapped_column(sa.String(40), unique=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    body: Mapped[Body] = relationship()
    motion: Mapped[Motion] = relationship(back_populates="resolution")
    ballot: Mapped[Ballot] = relationship()

    @property
    def case_key(self) -> str:
        """A decision is chained with its motion."""
        return f"motion:{self.motion_id}"


CONSTRAINT_SENTENCES["uq_cast_vote_seat"] = _l("This seat has voted already. A vote cannot be changed.")
CONSTRAINT_SENTENCES["uq_ballot_open"] = _l("A ballot on this motion is open already.")
CONSTRAINT_SENTENCES["uq_motion_tabled"] = _l("A motion of this kind on the same case is tabled already.")
CONSTRAINT_SENTENCES["uq_resolution_motion_id"] = _l("This motion was decided already.")
