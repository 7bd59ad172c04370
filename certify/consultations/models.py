"""What a government or associated entity was asked, what it replied, and what the company answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.consultations.rules import ConsultationStatus, ReplyKind
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l


class Consultation(Base):
    """A question to one party about one case, with its date, and the reply or what silence was recorded as."""

    __tablename__ = "consultation"
    __table_args__ = (
        sa.UniqueConstraint("subject_key", "party", "round"),
        sa.CheckConstraint("(country IS NULL) <> (entity IS NULL)", name="one_party"),
        sa.CheckConstraint("(status = 'answered') = (reply IS NOT NULL)", name="answered_has_its_reply"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    subject_key: Mapped[str] = mapped_column(sa.String(120), index=True)
    party: Mapped[str] = mapped_column(sa.String(120))
    """The country's code or the entity's name; unique within a round."""
    country: Mapped[str | None] = mapped_column(sa.String(2), index=True)
    entity: Mapped[str | None] = mapped_column(sa.String(120))
    round: Mapped[int] = mapped_column(default=1)
    """1, and one more each time the party is asked again about what changed."""
    title: Mapped[str] = mapped_column(sa.String(300))
    brief: Mapped[dict[str, Any]]
    """All that the party sees of the case: name, countries, sector, proposed cooperation."""
    respondent_id: Mapped[uuid.UUID | None]
    """The organisation that may answer an objection."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]
    extensions: Mapped[list[Any]] = mapped_column(default=list)
    status: Mapped[ConsultationStatus] = mapped_column(enum_column(ConsultationStatus))
    reply: Mapped[ReplyKind | None] = mapped_column(enum_column(ReplyKind))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    """What the company answered to an objection."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_reason: Mapped[str] = mapped_column(sa.Text, default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When silence was recorded, or the case ended before a reply."""

    replied_by: Mapped[Person | None] = relationship(foreign_keys=[replied_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def case_key(self) -> str:
        """The correspondence is chained with its case."""
        return self.subject_key

    @property
    def is_open(self) -> bool:
        """Whether a reply is awaited."""
        return self.status is ConsultationStatus.OPEN

    @property
    def is_objection(self) -> bool:
        """Whether the party objected, lifted since or not."""
        return self.reply is ReplyKind.OBJECTION

    @property
    def stands_as_objection(self) -> bool:
        """Whether an objection stands: then the case is decided only in session, by two thirds of the votes cast."""
        return self.is_objection and self.lifted_at is None


CONSTRAINT_SENTENCES["uq_consultation_subject_key"] = _l("This party was asked about the case already.")
