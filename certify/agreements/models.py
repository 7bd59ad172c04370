"""Agreements, their parties, versions and signatures; what was put before a party is never changed."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.agreements.rules import ContributionKind, CostBearer, Ending, Frame, Method, PartyKind, SealedKind, State
from certify.board.models import Motion
from certify.certificates.models import Certificate
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _l
from certify.organisations.models import Organisation

LIVE = sa.text("ended_at IS NULL")


class Agreement(Base):
    """An agreement of a company, one or more governments and the Secretariat; its columns are the working text."""

    __tablename__ = "agreement"
    __table_args__ = (sa.CheckConstraint("starts_on < ends_on", name="starts_before_end"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(sa.String(60), unique=True)
    certificate_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("certificate.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    state: Mapped[State] = mapped_column(enum_column(State), default=State.DRAFTING, index=True)
    library: Mapped[str] = mapped_column(sa.String(20))
    """Version of the clause library that it was drafted from."""
    template: Mapped[str] = mapped_column(sa.String(40))
    area: Mapped[str] = mapped_column(sa.String(40))
    sdg_targets: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    languages: Mapped[list[str]]
    """Equally authentic, in the order in which they are printed."""
    cost_bearer: Mapped[CostBearer] = mapped_column(enum_column(CostBearer))
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Language > {title, purpose, added_value, particular}."""
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes of the working text, so that two officers do not overwrite one another."""
    drafted_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    alerted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the suspension clause is raised; empty while the certificate is active."""
    alert: Mapped[str] = mapped_column(sa.Text, default="")
    """The public reason behind the alert."""

    certificate: Mapped[Certificate] = relationship()
    organisation: Mapped[Organisation] = relationship()
    drafted_by: Mapped[Person | None] = relationship()
    parties: Mapped[list[Party]] = relationship(
        back_populates="agreement", order_by="(Party.position, Party.id)", lazy="selectin"
    )
    contributions: Mapped[list[Contribution]] = relationship(
        back_populates="agreement", order_by="Contribution.id", cascade="all, delete-orphan"
    )
    versions: Mapped[list[Version]] = relationship(back_populates="agreement", order_by="Version.number")
    proposals: Mapped[list[Proposal]] = relationship(
        back_populates="agreement", order_by="Proposal.number", lazy="selectin"
    )

    @property
    def case_key(self) -> str:
        """The key under which everything about this agreement is chained."""
        return f"agreement:{self.id}"

    @property
    def present_parties(self) -> list[Party]:
        """The parties of the working text, in signing order."""
        return [party for party in self.parties if party.position is not None]

    @property
    def governments(self) -> list[str]:
        """The countries whose governments are parties of the working text."""
        return [party.country for party in self.present_parties if party.country]

    @property
    def frame(self) -> Frame:
        """What the working text is about, apart from its prose."""
        return Frame(
            tuple(self.governments),
            self.area,
            tuple(self.sdg_targets),
            self.starts_on,
            self.ends_on,
            tuple(self.languages),
            self.cost_bearer,
        )

    @property
    def proposal(self) -> Proposal | None:
        """The version that is before the parties now, or was last."""
        return self.proposals[-1] if self.proposals else None

    @property
    def keys_of_sight(self) -> frozenset[str]:
        """The parties that may see it: none before the first version is put before them."""
        if self.proposal is None:
            return frozenset()
        return frozenset(self.proposal.order) | {party.key for party in self.present_parties}


class Party(Base):
    """One side of an agreement."""

    __tablename__ = "agreement_party"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    key: Mapped[str] = mapped_column(sa.String(20))
    """company, secretariat, or the government's country code; the same in every version."""
    kind: Mapped[PartyKind] = mapped_column(enum_column(PartyKind))
    country: Mapped[str | None] = mapped_column(sa.String(2))
    position: Mapped[int | None]
    """Place in the order of signing; empty for a government that is no party of the working text any more."""

    agreement: Mapped[Agreement] = relationship(back_populates="parties")

    @property
    def case_key(self) -> str:
        """Chained with its agreement."""
        return self.agreement.case_key


class Contribution(Base):
    """What one party brings, in the words of each authentic language."""

    __tablename__ = "agreement_contribution"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    party_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_party.id"), index=True)
    kind: Mapped[ContributionKind] = mapped_column(enum_column(ContributionKind))
    texts: Mapped[dict[str, Any]]
    """Language > what is brought."""

    agreement: Mapped[Agreement] = relationship(back_populates="contributions")
    party: Mapped[Party] = relationship()

    @property
    def case_key(self) -> str:
        """Chained with its agreement."""
        return self.agreement.case_key


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


class Clearance(Base):
    """The Board's leave to sign exactly one file; it stands for that file for ever."""

    __tablename__ = "agreement_clearance"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "sha256"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    motion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("motion.id"), unique=True)
    resolution: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    motion: Mapped[Motion] = relationship()


class Signature(Base):
    """One party's signature, as the signing record tells it: a link of a chain that begins with the file's digest."""

    __tablename__ = "agreement_signature"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "party_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    proposal_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_proposal.id"), index=True)
    party_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement_party.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    method: Mapped[Method] = mapped_column(enum_column(Method))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    entry: Mapped[dict[str, Any]]
    """Who, for whom, when, how, and the digests before and after: see rules.chain_faults."""

    party: Mapped[Party] = relationship()
    person: Mapped[Person] = relationship()


class SealedFile(Base):
    """A document of a concluded agreement: sealed once, stored under its SHA-256, never made again."""

    __tablename__ = "agreement_sealed_file"
    __table_args__ = (sa.UniqueConstraint("agreement_id", "kind"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    kind: Mapped[SealedKind] = mapped_column(enum_column(SealedKind))
    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship()


CONSTRAINT_SENTENCES["uq_agreement_signature_proposal_id_party_id"] = _l("This party has signed already.")
CONSTRAINT_SENTENCES["uq_agreement_assent_proposal_id_party_id"] = _l("This party has agreed to this version already.")
CONSTRAINT_SENTENCES["uq_agreement_proposal_live"] = _l("A version is before the parties already.")
