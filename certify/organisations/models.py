"""Companies, their owners and directors, and the people who act for them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l
from certify.organisations.rules import (
    MemberRole,
    OrganisationKind,
    OwnerKind,
    Ownership,
    Size,
    ownership,
    sectors_of,
    size_of,
)


class Organisation(Base):
    """A company as it states itself; what was submitted is frozen in the application, not here."""

    __tablename__ = "organisation"
    __table_args__ = (
        sa.UniqueConstraint("country", "registration_key"),
        sa.CheckConstraint("employees >= 0", name="employees_not_negative"),
        sa.CheckConstraint("turnover_usd >= 0", name="turnover_not_negative"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind), default=OrganisationKind.COMPANY)
    legal_name: Mapped[str] = mapped_column(sa.String(200))
    name_keys: Mapped[list[str]]
    """The present name and every former one as they are compared (see rules.name_key)."""
    trade_names: Mapped[list[str]] = mapped_column(default=list)
    former_names: Mapped[list[str]] = mapped_column(default=list)
    country: Mapped[str] = mapped_column(sa.String(2))
    """Seat, ISO 3166-1."""
    registration_number: Mapped[str] = mapped_column(sa.String(100))
    registration_key: Mapped[str] = mapped_column(sa.String(100))
    tax_identifier: Mapped[str] = mapped_column(sa.String(50), default="")
    lei: Mapped[str] = mapped_column(sa.String(20), default="")
    isic_divisions: Mapped[list[str]] = mapped_column(default=list)
    employees: Mapped[int | None]
    turnover_usd: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Whole US dollars a year."""
    countries: Mapped[list[str]] = mapped_column(default=list)
    """Countries of operation beside the seat."""
    widely_held: Mapped[bool] = mapped_column(default=False)
    """States that nobody owns 10 percent or more."""
    difference: Mapped[str] = mapped_column(sa.Text, default="")
    """How it differs from a company registered under nearly the same name, as its people stated."""
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    revision: Mapped[int] = mapped_column(default=1)

    owners: Mapped[list[Owner]] = relationship(order_by="(Owner.share_bp.desc(), Owner.id)")
    directors: Mapped[list[Director]] = relationship(order_by="Director.id")
    memberships: Mapped[list[Membership]] = relationship(back_populates="organisation")

    @property
    def case_key(self) -> str:
        """What happens to a company is chained under its own key."""
        return f"organisation:{self.id}"

    @property
    def size(self) -> Size:
        """The class of size that follows from the stated numbers."""
        return size_of(self.employees, self.turnover_usd)

    @property
    def sectors(self) -> list[str]:
        """The framework's sectors that follow from the stated activities."""
        return sectors_of(self.isic_divisions)

    @property
    def ownership(self) -> Ownership:
        """How much of the company has a known owner."""
        return ownership((owner.kind, owner.share_bp) for owner in self.owners)


class Owner(Base):
    """Whoever owns 10 percent or more of a company."""

    __tablename__ = "owner"
    __table_args__ = (sa.CheckConstraint("share_bp BETWEEN 1000 AND 10000", name="share_of_ten_percent_or_more"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    kind: Mapped[OwnerKind] = mapped_column(enum_column(OwnerKind))
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    """Empty for an anonymous owner."""
    country: Mapped[str | None] = mapped_column(sa.String(2))
    """Nationality of a person, seat of a company."""
    birth_date: Mapped[date | None]
    share_bp: Mapped[int]
    """Basis points of the whole, 1 000 to 10 000."""

    @property
    def is_unresolved(self) -> bool:
        """Whether nobody can be screened behind this share."""
        return self.kind is OwnerKind.ANONYMOUS


class Director(Base):
    """Whoever directs a company, as its registry names them."""

    __tablename__ = "director"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    country: Mapped[str] = mapped_column(sa.String(2))
    """Nationality."""
    birth_date: Mapped[date | None]
    role_title: Mapped[str] = mapped_column(sa.String(200), default="")


class Membership(Base):
    """What a person may do for a company."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.Index(
            "uq_membership_legal_representative",
            "organisation_id",
            unique=True,
            sqlite_where=sa.text("role = 'legal_representative'"),
            postgresql_where=sa.text("role = 'legal_representative'"),
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True, index=True)
    role: Mapped[MemberRole] = mapped_column(enum_column(MemberRole), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")


CONSTRAINT_SENTENCES["uq_organisation_country_registration_key"] = _l(
    "A company with this registration number is registered already. Ask its legal representative to add you."
)
CONSTRAINT_SENTENCES["uq_membership_legal_representative"] = _l("A company has one legal representative.")
