"""People, the roles they were granted, and wrong passwords in a row."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from flask import current_app
from flask_security import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.rules import SECOND_FACTOR_ROLES, Role
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.i18n import _l


class Person(Base, UserMixin):
    """A person with an account."""

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(sa.String(255), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="en")
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True, default=lambda: uuid.uuid4().hex)
    """Names the person in sessions; a new one signs out everywhere."""
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(sa.JSON)
    """Encrypted; each works once in place of the one-time password."""
    password_is_first: Mapped[bool] = mapped_column(default=False)
    """Whether somebody else chose the password; roles begin once the person replaced it."""

    grants: Mapped[list[Grant]] = relationship(
        back_populates="person", foreign_keys="Grant.person_id", order_by="Grant.id", lazy="selectin"
    )

    @property
    def live_grants(self) -> list[Grant]:
        """The grants that are confirmed and not withdrawn; none while somebody else knows the password."""
        return [] if self.password_is_first else [grant for grant in self.grants if grant.is_live]

    @property
    def role_names(self) -> frozenset[str]:
        """The values of the roles this person holds now."""
        return frozenset(grant.role.value for grant in self.live_grants)

    @property
    def roles(self) -> list[str]:  # type: ignore[override]
        """Nothing: Flask-Security's own question, where the house asks the policy."""
        return []

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Ask for a one-time password where it is set up, and of officers, Board and administrators always."""
        needed = bool(tf_setup_methods) or self.needs_second_factor
        return (needed and not tf_fresh), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Whether the person may not switch the second factor off."""
        return self.needs_second_factor

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of this person asks for a second factor; not in demonstration mode."""
        demonstration = current_app.config["CERTIFY"].demonstration
        return not demonstration and not self.role_names.isdisjoint(SECOND_FACTOR_ROLES)


class Grant(Base):
    """A role given to a person: proposed by one administrator, live once another confirmed it."""

    __tablename__ = "role_grant"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    country: Mapped[str | None] = mapped_column(sa.String(2))
    """ISO 3166 code for roles that are held for one country."""
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])

    @property
    def is_live(self) -> bool:
        """Whether the role is held now."""
        return self.confirmed_at is not None and self.withdrawn_at is None

    @property
    def case_key(self) -> str:
        """Grants are chained with their person."""
        return f"person:{self.person_id}"


class SignInFailure(Base):
    """Wrong passwords in a row for an address, known or unknown alike, so that neither is told apart."""

    __tablename__ = "sign_in_failure"

    address_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


CONSTRAINT_SENTENCES["uq_person_email"] = _l("There is an account with this address already.")
