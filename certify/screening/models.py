"""Lists with their versions and entries, screening runs, hits and their adjudication."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l
from certify.organisations.models import Organisation
from certify.screening.rules import Effect, HitStatus, ListKind, ScreeningStatus
from certify.screening.rules.verdicts import ReasonCode, Role


class SanctionsList(Base):
    """A list that subjects are compared with, and what a true match on it leads to."""

    __tablename__ = "sanctions_list"

    id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[ListKind] = mapped_column(enum_column(ListKind))
    effect: Mapped[Effect] = mapped_column(enum_column(Effect))
    effect_resolution: Mapped[str] = mapped_column(sa.String(80), default="")
    """The Board's resolution that set the effect; empty for the shipped default."""
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When its files were last imported, or found to be the same as before."""

    versions: Mapped[list[ListImport]] = relationship(back_populates="sanctions_list", order_by="ListImport.number")

    @property
    def live(self) -> ListImport | None:
        """The version that is searched: the newest."""
        return self.versions[-1] if self.versions else None

    @property
    def case_key(self) -> str:
        """Chained under its own key."""
        return f"list:{self.id}"


class ListImport(Base):
    """One imported version of a list."""

    __tablename__ = "list_import"
    __table_args__ = (sa.UniqueConstraint("list_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(sa.ForeignKey("sanctions_list.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the files as they came."""
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entries: Mapped[int]
    added: Mapped[int]
    removed: Mapped[int]
    changed: Mapped[int]

    sanctions_list: Mapped[SanctionsList] = relationship(back_populates="versions")


class ListEntry(Base):
    """An entry as it stood from one version until another."""

    __tablename__ = "list_entry"
    __table_args__ = (sa.Index("ix_list_entry_live", "list_id", "until_number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(sa.ForeignKey("sanctions_list.id"))
    uid: Mapped[str] = mapped_column(sa.String(80), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    record: Mapped[dict[str, Any]]
    since_number: Mapped[int]
    until_number: Mapped[int | None]
    """The version that no longer has it; None while it is live."""


class ScreeningRun(Base):
    """One screening of a company with its owners and directors, so that "no hit" can be shown and replayed."""

    __tablename__ = "screening_run"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[ScreeningStatus] = mapped_column(enum_column(ScreeningStatus))
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why nothing was searched, where that is so."""
    subjects_digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 over all subjects: a changed owner makes the run one of somebody else."""
    subjects: Mapped[list[Any]]
    versions: Mapped[list[Any]]
    engine: Mapped[str] = mapped_column(sa.String(20))
    threshold_bp: Mapped[int]
    candidates: Mapped[int]
    top_score_bp: Mapped[int]

    organisation: Mapped[Organisation] = relationship()


class HitRecord(Base):
    """An entry of a list that is like a subject: it waits for an officer, the machine neither clears nor condemns."""

    __tablename__ = "hit"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "subject_digest", "entry_uid", "entry_digest"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    run_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("screening_run.id"))
    list_id: Mapped[str] = mapped_column(sa.ForeignKey("sanctions_list.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    """What the subject is to the company."""
    subject: Mapped[dict[str, Any]]
    subject_digest: Mapped[str] = mapped_column(sa.String(64))
    entry_uid: Mapped[str] = mapped_column(sa.String(80))
    entry: Mapped[dict[str, Any]]
    entry_digest: Mapped[str] = mapped_column(sa.String(64))
    our_name: Mapped[str] = mapped_column(sa.String(300))
    listed_name: Mapped[str] = mapped_column(sa.String(300))
    score_bp: Mapped[int]
    """0 to 10 000."""
    name_score_bp: Mapped[int]
    features: Mapped[list[Any]]
    status: Mapped[HitStatus] = mapped_column(enum_column(HitStatus), index=True)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
    run: Mapped[ScreeningRun] = relationship()
    sanctions_list: Mapped[SanctionsList] = relationship()
    adjudications: Mapped[list[Adjudication]] = relationship(back_populates="hit", order_by="Adjudication.id")

    @property
    def case_key(self) -> str:
        """Chained with the company."""
        return f"organisation:{self.organisation_id}"

    @property
    def proposed(self) -> Adjudication | None:
        """The verdict that waits for a second officer."""
        return next((made for made in self.adjudications if made.is_waiting), None)


class Adjudication(Base):
    """An officer's verdict on a hit; a true match, and clearing a near-certain hit, needs a second officer."""

    __tablename__ = "adjudication"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    hit_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("hit.id"), index=True)
    verdict: Mapped[HitStatus] = mapped_column(enum_column(HitStatus))
    reason_code: Mapped[ReasonCode] = mapped_column(enum_column(ReasonCode))
    text: Mapped[str] = mapped_column(sa.Text)
    officer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    needs_second: Mapped[bool]
    second_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    second_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    second_text: Mapped[str] = mapped_column(sa.Text, default="")
    """What the second officer says; never empty for a disagreement on the pages."""
    rejected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    hit: Mapped[HitRecord] = relationship(back_populates="adjudications")
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])
    second: Mapped[Person | None] = relationship(foreign_keys=[second_id])

    @property
    def is_waiting(self) -> bool:
        """Whether a second officer has still to agree."""
        return self.needs_second and self.second_at is None and self.rejected_at is None


QUICKER = _l("Another import of this list was quicker. Nothing was changed.")
CONSTRAINT_SENTENCES["uq_list_import_list_id_number"] = QUICKER
CONSTRAINT_SENTENCES["pk_sanctions_list"] = QUICKER
