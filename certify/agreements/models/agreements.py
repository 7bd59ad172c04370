"""Agreements with the working text, their parties, and what each party brings."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.agreements.rules import ContributionKind, CostBearer, Frame, PartyKind, State
from certify.certificates.models import Certificate
from certify.kernel.db import Base, UtcDateTime, enum_column, new_id
from certify.organisations.models import Organisation

if TYPE_CHECKING:
    from certify.agreements.models.versions import Proposal, Version


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
