"""Subjects that declarations are made about, the declarations, and the states that are out of a case."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.interests.rules import Interest, Nature, Ruling, bars
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l


class Subject(Base):
    """A case that people declare interests in, opened by the slice that owns it."""

    __tablename__ = "interest_subject"

    key: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    link: Mapped[str] = mapped_column(sa.String(300))
    """Own path of the file that opens after the declaration."""
    organisations: Mapped[list[str]]
    countries: Mapped[list[str]]
    """States in conflict by rule (ISO 3166): the company's seat country, the government parties of an agreement."""
    also: Mapped[list[str]] = mapped_column(default=list)
    """Keys of things that belong to the case, as the company: who is barred from the case is barred from them."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def case_key(self) -> str:
        """Declarations are chained with their case."""
        return self.key


class Declaration(Base):
    """What one person declared about one case; a later one replaces it and both are kept."""

    __tablename__ = "interest_declaration"
    __table_args__ = (
        sa.Index(
            "uq_interest_declaration_live",
            "person_id",
            "subject_key",
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        ),
        sa.CheckConstraint("interest = 'none' OR text <> ''", name="interest_is_described"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    subject_key: Mapped[str] = mapped_column(sa.ForeignKey("interest_subject.key"), index=True)
    interest: Mapped[Interest] = mapped_column(enum_column(Interest))
    nature: Mapped[Nature | None] = mapped_column(enum_column(Nature))
    country: Mapped[str | None] = mapped_column(sa.String(2))
    """The state whose interest it is."""
    text: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ruling: Mapped[Ruling | None] = mapped_column(enum_column(Ruling))
    ruling_reason: Mapped[str] = mapped_column(sa.Text, default="")
    ruled_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ruled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    subject: Mapped[Subject] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    ruled_by: Mapped[Person | None] = relationship(foreign_keys=[ruled_by_id])

    @property
    def case_key(self) -> str:
        """Declarations are chained with their case."""
        return self.subject_key

    @property
    def bars(self) -> bool:
        """Whether it keeps the person out of the case now."""
        return bars(self.interest, self.ruling)

    @property
    def awaits_ruling(self) -> bool:
        """Whether the chair has to rule on it."""
        return self.interest is Interest.POTENTIAL and self.ruling is None and self.replaced_at is None


class StateConflict(Base):
    """A state that is out of a case, by rule or because its own member declared it."""

    __tablename__ = "interest_state_conflict"

    subject_key: Mapped[str] = mapped_column(sa.ForeignKey("interest_subject.key"), primary_key=True)
    country: Mapped[str] = mapped_column(sa.String(2), primary_key=True)
    declaration_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest_declaration.id"))
    """Empty where the conflict follows from the case itself."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)


CONSTRAINT_SENTENCES["uq_interest_declaration_live"] = _l("You have declared on this case already.")
