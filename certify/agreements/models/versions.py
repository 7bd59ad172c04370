"""The frozen versions of an agreement, and what the parties did with each: agreed, commented, or let it end."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.agreements.models.agreements import Agreement, Party
from certify.agreements.rules import Ending
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _l

LIVE = sa.text("ended_at IS NULL")


class Version(Base):
    """The frozen text that parties agree to, the Board clears and everybody signs; never changed."""

    __tablename__ = "agreement_version"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    """All that the document says; the same content prints to the same bytes."""
    terms_sha256: Mapped[str] = mapped_column(sa.String(64))
    """Digest of the terms alone: two versions with the same one say the same."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    """Digest of the unsigned canonical PDF; empty until it is printed."""
    file_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    agreement: Mapped[Agreement] = relationship(back_populates="versions")
    file: Mapped[StoredFile | None] = relationship()

    @property
    def case_key(self) -> str:
        """Chained with its agreement."""
        return self.agreement.case_key

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of its parties in the order of signing."""
        return tuple(party["key"] for party in self.content["terms"]["parties"])

    def title_in(self, language: str) -> str:
        """Return its title in a language, or in the first of its own."""
        texts = self.content["terms"]["texts"]
        title: str = texts.get(language, texts[self.content["terms"]["languages"][0]])["title"]
        return title


class Proposal(Base):
    """A version put before the parties: they agree to it, the Board clears it, they sign, or it ends."""

    __tablename__ = "agreement_proposal"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "number"),
        sa.Index("uq_agreement_proposal_live", "agreement_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_version.id"), index=True)
    number: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    signing_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ending: Mapped[Ending | None] = mapped_column(enum_column(Ending))
    ended_by_party_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("agreement_party.id"))
    ended_because: Mapped[str] = mapped_column(sa.Text, default="")

    agreement: Mapped[Agreement] = relationship(back_populates="proposals")
    version: Mapped[Version] = relationship(lazy="joined")
    ended_by_party: Mapped[Party | None] = relationship()

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of the parties in the order of signing."""
        return self.version.order

    @property
    def last_day(self) -> date | None:
        """The last day (UTC) on which the parties may sign, once signing is open."""
        return (self.signing_until - timedelta(days=1)).date() if self.signing_until else None


class Assent(Base):
    """A party's mark that it agrees to exactly one file."""

    __tablename__ = "agreement_assent"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "party_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    proposal_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_proposal.id"), index=True)
    party_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_party.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    party: Mapped[Party] = relationship()
    person: Mapped[Person] = relationship()


class Comment(Base):
    """What a party says about the version before it."""

    __tablename__ = "agreement_comment"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    proposal_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_proposal.id"), index=True)
    party_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_party.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    proposal: Mapped[Proposal] = relationship()
    party: Mapped[Party] = relationship()
    person: Mapped[Person] = relationship()


CONSTRAINT_SENTENCES["uq_agreement_assent_proposal_id_party_id"] = _l("This party has agreed to this version already.")
CONSTRAINT_SENTENCES["uq_agreement_proposal_live"] = _l("A version is before the parties already.")
