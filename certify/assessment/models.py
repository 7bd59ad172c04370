"""Who had a case, what was found about each answer, scorecards, exclusion findings and recommendations."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.applications.models import Application
from certify.assessment.rules import Condition, FindingSource, FindingStatus, Grant, Recommended, Side
from certify.criteria.rules import Band
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l


class OfCase:
    """Whatever belongs to one application and is chained with it."""

    application_id: Mapped[uuid.UUID]

    @property
    def case_key(self) -> str:
        """Chained with the application."""
        return f"application:{self.application_id}"


class Assignment(OfCase, Base):
    """One taking of one side of a case. Never changed: the newest of a side counts, all of them bar the other side."""

    __tablename__ = "assignment"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    side: Mapped[Side] = mapped_column(enum_column(Side))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    given_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class ProfileRecord(OfCase, Base):
    """The size and sectors that the assessor confirmed, or set otherwise with a reason. The newest counts."""

    __tablename__ = "profile_record"
    __table_args__ = (sa.UniqueConstraint("application_id", "position"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"))
    position: Mapped[int]
    size: Mapped[str] = mapped_column(sa.String(32))
    sectors: Mapped[list[str]]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class AssessmentRecord(OfCase, Base):
    """What one side found about one criterion. Never changed: the newest of a side counts while the answer stands."""

    __tablename__ = "assessment_record"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "position"),
        sa.CheckConstraint("value IS NULL OR value BETWEEN 0 AND 10000", name="value_in_range"),
        sa.CheckConstraint("grade IS NULL OR grade BETWEEN 0 AND 4", name="grade_in_range"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"))
    position: Mapped[int]
    """Counts the records of a case; two of one moment stand in the order they were made."""
    criterion: Mapped[str] = mapped_column(sa.String(12))
    side: Mapped[Side] = mapped_column(enum_column(Side))
    answer_digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the answer and evidence it speaks of; a changed answer needs a new record."""
    value: Mapped[int | None]
    """Basis points 0..10 000; None where there is no answer to assess."""
    number: Mapped[str] = mapped_column(sa.String(40), default="")
    """The corrected number, where the criterion is measured."""
    grade: Mapped[int | None]
    not_applicable: Mapped[Grant | None] = mapped_column(enum_column(Grant))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class Scorecard(OfCase, Base):
    """One exact result, with everything needed to compute it again to the same bytes. Never changed."""

    __tablename__ = "scorecard"
    __table_args__ = (sa.UniqueConstraint("application_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"))
    number: Mapped[int]
    side: Mapped[Side] = mapped_column(enum_column(Side))
    """Whose work it closes: the assessor's alone, or the reviewer's with the lower of both."""
    snapshot_number: Mapped[int]
    framework: Mapped[str] = mapped_column(sa.String(100))
    engine_version: Mapped[str] = mapped_column(sa.String(40))
    band: Mapped[Band] = mapped_column(enum_column(Band))
    answers: Mapped[dict[str, Any]]
    adjustments: Mapped[dict[str, Any]]
    weights: Mapped[dict[str, Any]]
    findings: Mapped[list[Any]]
    """The exclusion findings as they stood: exclusion, status, source."""
    result: Mapped[dict[str, Any]]
    """Exactly what `certify score --json` prints for these answers, adjustments and weights."""
    digests: Mapped[dict[str, Any]]
    """SHA-256 of structure, texts, answers, adjustments, weights, findings, engine version, result and the whole."""
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship()


class ExclusionFinding(OfCase, Base):
    """An exclusion on its way: found, seconded, told to the company, answered, confirmed or dismissed by the chair."""

    __tablename__ = "exclusion_finding"
    __table_args__ = (
        sa.CheckConstraint("seconded_by_id IS NULL OR seconded_by_id <> found_by_id", name="second_is_another"),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id <> found_by_id AND decided_by_id <> seconded_by_id)"
            " OR status = 'dismissed'",
            name="proposer_never_confirms",
        ),
        sa.UniqueConstraint("application_id", "hit_id", name="uq_exclusion_finding_hit"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"), index=True)
    status: Mapped[FindingStatus] = mapped_column(enum_column(FindingStatus))
    exclusion: Mapped[str] = mapped_column(sa.String(12), default="")
    source: Mapped[FindingSource] = mapped_column(enum_column(FindingSource))
    hit_id: Mapped[uuid.UUID | None]
    reference: Mapped[str] = mapped_column(sa.String(500), default="")
    """Where the source can be read: a list entry, a document, a page."""
    quotation: Mapped[str] = mapped_column(sa.Text, default="")
    found_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    found_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seconded_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    seconded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_until: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str] = mapped_column(sa.Text, default="")
    chair_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship()
    found_by: Mapped[Person | None] = relationship(foreign_keys=[found_by_id])
    seconded_by: Mapped[Person | None] = relationship(foreign_keys=[seconded_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class Recommendation(OfCase, Base):
    """What the Secretariat recommends to the Board; frozen once it is tabled."""

    __tablename__ = "recommendation"
    __table_args__ = (sa.UniqueConstraint("application_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("application.id"))
    number: Mapped[int]
    """Counts the rounds: a deferred case that comes back gets a new one."""
    recommended: Mapped[Recommended] = mapped_column(enum_column(Recommended))
    text: Mapped[str] = mapped_column(sa.Text)
    reasons: Mapped[str] = mapped_column(sa.Text)
    added_value: Mapped[str] = mapped_column(sa.Text)
    conditions: Mapped[list[Any]]
    """Each {text, owner, due_on}: what the company has to do after the decision, who does it, by when."""
    scorecard_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("scorecard.id"))
    written_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    motion_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    tabled_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    tabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dossier_file_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    application: Mapped[Application] = relationship()
    scorecard: Mapped[Scorecard] = relationship()
    written_by: Mapped[Person] = relationship(foreign_keys=[written_by_id])

    @property
    def is_frozen(self) -> bool:
        """Whether the Board has it, so that nothing of it changes any more."""
        return self.tabled_at is not None

    @property
    def plan(self) -> list[Condition]:
        """The conditions as the rules read them."""
        return [
            Condition(row["text"], row["owner"], date.fromisoformat(row["due_on"]) if row["due_on"] else None)
            for row in self.conditions
        ]


CONSTRAINT_SENTENCES |= {
    "ck_exclusion_finding_second_is_another": _l("Another officer has to second what you found."),
    "ck_exclusion_finding_proposer_never_confirms": _l("Whoever proposed or seconded a finding does not confirm it."),
    "uq_recommendation_application_id_number": _l(
        "Somebody else wrote this recommendation a moment ago. Look at it first."
    ),
}
