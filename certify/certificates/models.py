"""Certificates, the measures against them, their documents, and the transparency log."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.applications.models import Application
from certify.certificates.rules import Ground, Pause, Procedure, Standing, State, standing
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l
from certify.organisations.models import Organisation

LIVE = sa.text("state IN ('pending', 'active')")


class Certificate(Base):
    """What the organisation vouches for, and until when."""

    __tablename__ = "certificate"
    __table_args__ = (
        sa.CheckConstraint("granted_on <= valid_until", name="granted_before_end"),
        sa.Index(
            "uq_certificate_live",
            "organisation_id",
            "framework_name",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(sa.String(24), unique=True)
    """What a verifier types: 80 random bits with check characters."""
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    framework_name: Mapped[str] = mapped_column(sa.String(64))
    framework: Mapped[str] = mapped_column(sa.String(130))
    """`id@version` of the criteria."""
    band: Mapped[str] = mapped_column(sa.String(20))
    holder_name: Mapped[str] = mapped_column(sa.String(300), index=True)
    """The legal name as certified; it does not change with the company's."""
    holder_key: Mapped[str] = mapped_column(sa.String(300), index=True)
    """The name as it is searched: without accents, in small letters."""
    country: Mapped[str] = mapped_column(sa.String(2))
    scope: Mapped[str] = mapped_column(sa.Text)
    granted_on: Mapped[date]
    valid_until: Mapped[date]
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PENDING)
    status_index: Mapped[int] = mapped_column(unique=True)
    """Place of the certificate's bits in the two status lists; drawn at random, so that it tells nothing."""
    record: Mapped[dict[str, Any]]
    """Everything the document says, in four languages: the same record gives the same bytes before sealing."""
    credential: Mapped[str] = mapped_column(sa.Text, default="")
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    public_reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why it ended, as the register says it."""
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("certificate.id"), unique=True)

    application: Mapped[Application] = relationship()
    organisation: Mapped[Organisation] = relationship()
    suspensions: Mapped[list[Suspension]] = relationship(
        back_populates="certificate", order_by="Suspension.id", lazy="selectin"
    )
    withdrawals: Mapped[list[Withdrawal]] = relationship(back_populates="certificate", order_by="Withdrawal.id")
    documents: Mapped[list[IssuedDocument]] = relationship(
        back_populates="certificate", order_by="IssuedDocument.language"
    )

    @property
    def case_key(self) -> str:
        """The key under which everything about this certificate is chained."""
        return f"certificate:{self.id}"

    def standing_at(self, at: datetime) -> Standing:
        """Return the standing at a moment."""
        pauses = [suspension.pause for suspension in self.suspensions]
        return standing(self.state, valid_until=self.valid_until, pauses=pauses, at=at)


class Suspension(Base):
    """A suspension from its proposal to its end."""

    __tablename__ = "suspension"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    procedure: Mapped[Procedure] = mapped_column(enum_column(Procedure))
    ground: Mapped[Ground] = mapped_column(enum_column(Ground))
    public_reason: Mapped[str] = mapped_column(sa.Text)
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    effective_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lapses_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    certificate: Mapped[Certificate] = relationship(back_populates="suspensions")

    @property
    def pause(self) -> Pause:
        """Its moments."""
        return Pause(self.effective_at, self.lapses_at, self.ended_at)

    @property
    def is_waiting(self) -> bool:
        """Whether the chair has still to decide."""
        return self.confirmed_at is None and self.declined_at is None

    @property
    def case_key(self) -> str:
        """Chained with its certificate."""
        return self.certificate.case_key


class Withdrawal(Base):
    """A withdrawal from its proposal, through the company's hearing, to the decision."""

    __tablename__ = "withdrawal"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    by_holder: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[Ground] = mapped_column(enum_column(Ground))
    public_reason: Mapped[str] = mapped_column(sa.Text)
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_until: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    motion_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("motion.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    certificate: Mapped[Certificate] = relationship(back_populates="withdrawals")

    @property
    def case_key(self) -> str:
        """Chained with its certificate."""
        return self.certificate.case_key


class IssuedDocument(Base):
    """The sealed PDF of one language: made once, stored under its SHA-256, never made again."""

    __tablename__ = "issued_document"
    __table_args__ = (sa.UniqueConstraint("certificate_id", "language"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    language: Mapped[str] = mapped_column(sa.String(2))
    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    size: Mapped[int]

    certificate: Mapped[Certificate] = relationship(back_populates="documents")


class LogLeaf(Base):
    """One event of a certificate in the transparency log."""

    __tablename__ = "log_leaf"

    index: Mapped[int] = mapped_column("leaf_index", primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    certificate_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    entry: Mapped[str] = mapped_column(sa.Text)
    """What is public: the kind of event, the moment, and the salted hash of the record."""
    salt: Mapped[str] = mapped_column(sa.String(64))
    record: Mapped[dict[str, Any]]


class LogNode(Base):
    """One whole subtree of the log's Merkle tree (RFC 6962)."""

    __tablename__ = "log_node"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


CONSTRAINT_SENTENCES["uq_certificate_application_id"] = _l("This application has its certificate already.")
CONSTRAINT_SENTENCES["uq_certificate_live"] = _l("The company holds a live certificate of this framework already.")
