"""Applications with their answers, evidence, clarifications and frozen snapshots."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.applications.rules import OPEN, Declared, Given, Profile, Reopened, Status
from certify.criteria.rules import YesNo
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _l
from certify.organisations.models import Organisation

_open = sa.text("status IN ({})".format(", ".join(f"'{status.value}'" for status in sorted(OPEN))))
_kept = sa.text("removed_at IS NULL")


class Application(Base):
    """A company's request to be certified under one version of the criteria, which it keeps to its end."""

    __tablename__ = "application"
    __table_args__ = (
        sa.Index(
            "uq_application_open",
            "organisation_id",
            "framework",
            unique=True,
            sqlite_where=_open,
            postgresql_where=_open,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    framework: Mapped[str] = mapped_column(sa.String(130))
    """`id@version` of the criteria, pinned when the application was started."""
    status: Mapped[Status] = mapped_column(enum_column(Status), index=True, default=Status.DRAFT)
    size: Mapped[str] = mapped_column(sa.String(32))
    sectors: Mapped[list[str]]
    proposed_cooperation: Mapped[str] = mapped_column(sa.Text, default="")
    """What the company wants to do with the organisation; governments read it when they are consulted."""
    assessor_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reviewer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reasons: Mapped[str] = mapped_column(sa.Text, default="")
    conditions: Mapped[list[Any]] = mapped_column(default=list)
    """What the company must do, each {text, owner, due} as the decision named it."""
    cooperation_revision: Mapped[int] = mapped_column(default=1)
    declarations_revision: Mapped[int] = mapped_column(default=1)
    """Count changes, so that two editors do not overwrite each other."""

    organisation: Mapped[Organisation] = relationship()
    answers: Mapped[list[Answer]] = relationship(back_populates="application", order_by="Answer.criterion")
    exclusion_answers: Mapped[list[ExclusionAnswer]] = relationship(
        back_populates="application", order_by="ExclusionAnswer.exclusion"
    )
    evidence: Mapped[list[Evidence]] = relationship(back_populates="application", order_by="Evidence.id")
    snapshots: Mapped[list[Snapshot]] = relationship(back_populates="application", order_by="Snapshot.number")
    clarifications: Mapped[list[Clarification]] = relationship(
        back_populates="application", order_by="Clarification.id"
    )

    @property
    def case_key(self) -> str:
        """The key under which everything about this case is chained."""
        return f"application:{self.id}"

    @property
    def profile(self) -> Profile:
        """Size and sectors, which say what is asked of this company."""
        return Profile(self.size, tuple(self.sectors))

    @property
    def open_clarification(self) -> Clarification | None:
        """The clarification that waits for the company, if one does."""
        return next((each for each in self.clarifications if each.closed_at is None), None)

    @property
    def reopened(self) -> Reopened | None:
        """What a clarification reopens now."""
        asked = self.open_clarification
        return Reopened(frozenset(asked.criteria), asked.until) if asked else None


class Answer(Base):
    """What the company says to one criterion; the revision counts its changes."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "criterion"),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level_of_rubric"),
        sa.CheckConstraint("level IS NULL OR number IS NULL", name="level_or_number"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    criterion: Mapped[str] = mapped_column(sa.String(20))
    level: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(sa.String(40))
    """A decimal string, exactly as typed."""
    not_applicable: Mapped[bool] = mapped_column(default=False)
    """Whether the company asks that the criterion be dropped; the reviewer decides."""
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship(back_populates="answers")

    @property
    def given(self) -> Given:
        """The answer as a value."""
        return Given(self.level, self.number, self.not_applicable, self.reason, self.note)


class ExclusionAnswer(Base):
    """What the company declares on one exclusion."""

    __tablename__ = "exclusion_answer"
    __table_args__ = (sa.UniqueConstraint("application_id", "exclusion"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    exclusion: Mapped[str] = mapped_column(sa.String(20))
    answer: Mapped[YesNo] = mapped_column(enum_column(YesNo))
    text: Mapped[str] = mapped_column(sa.Text, default="")

    application: Mapped[Application] = relationship(back_populates="exclusion_answers")

    @property
    def declared(self) -> Declared:
        """The declaration as a value."""
        return Declared(self.answer, self.text)


class Evidence(Base):
    """A file that the company shows for a criterion: when it was made is apart from when it was sent."""

    __tablename__ = "evidence"
    __table_args__ = (
        sa.Index(
            "uq_evidence_kept",
            "application_id",
            "criterion",
            "sha256",
            unique=True,
            sqlite_where=_kept,
            postgresql_where=_kept,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    criterion: Mapped[str] = mapped_column(sa.String(20))
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    document_date: Mapped[date]
    """The date that the document itself bears."""
    expires_on: Mapped[date | None]
    attested_by: Mapped[str] = mapped_column(sa.String(200), default="")
    """Who outside the company vouches for the document: registry, auditor, chamber; empty for nobody."""
    uploaded_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_in: Mapped[int | None]
    """Number of the first snapshot that names it; a frozen file is never deleted."""
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship(back_populates="evidence")
    file: Mapped[StoredFile] = relationship()

    @property
    def case_key(self) -> str:
        """Evidence is chained with its case."""
        return f"application:{self.application_id}"


class Snapshot(Base):
    """What was signed off, frozen: canonical JSON named by its SHA-256, and the same as a PDF."""

    __tablename__ = "snapshot"
    __table_args__ = (sa.UniqueConstraint("application_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Digest of the canonical JSON of `content`."""
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    """The language in which it was signed off, and in which the PDF is printed."""
    file_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    """The PDF, once the job has printed it."""
    signed_off_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship(back_populates="snapshots")
    file: Mapped[StoredFile | None] = relationship()

    @property
    def case_key(self) -> str:
        """Snapshots are chained with their case."""
        return f"application:{self.application_id}"


class Clarification(Base):
    """A question of the assessor that reopens named criteria until a date."""

    __tablename__ = "clarification"
    __table_args__ = (
        sa.Index(
            "uq_clarification_open",
            "application_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    criteria: Mapped[list[str]]
    text: Mapped[str] = mapped_column(sa.Text)
    until: Mapped[date]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sign_off_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_in: Mapped[int | None]
    """Number of the snapshot that answered it; None while open and where it lapsed."""

    application: Mapped[Application] = relationship(back_populates="clarifications")


CONSTRAINT_SENTENCES["uq_application_open"] = _l(
    "Your organisation has an open application under these criteria already."
)
CONSTRAINT_SENTENCES["uq_evidence_kept"] = _l("This file was attached to this question already.")
CONSTRAINT_SENTENCES["uq_answer_application_id_criterion"] = _l(
    "Someone else answered this question at the same moment. Please open it again."
)
