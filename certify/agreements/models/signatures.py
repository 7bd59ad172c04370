"""What makes an agreement binding: the Board's clearance, the signatures, and the sealed documents."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.accounts.models import Person
from certify.agreements.models.agreements import Party
from certify.agreements.rules import Method, SealedKind
from certify.board.models import Motion
from certify.kernel.db import CONSTRAINT_SENTENCES, Base, UtcDateTime, enum_column, new_id
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _l


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
