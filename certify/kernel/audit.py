"""The audit trail: one hash chain a case, sealed into blocks; no personal data in what is hashed."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certify.kernel import clock
from certify.kernel.db import Base, UtcDateTime, db, enum_column
from certify.kernel.policy import Actor

FIRST = "0" * 64
"""What the first entry of a chain names as its predecessor."""


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    REFUSED = "refused"
    READ = "read"


class AuditEntry(Base):
    """One link of a case's chain. Never changed, never removed: the database's triggers refuse it."""

    __tablename__ = "audit_entry"
    __table_args__ = (sa.UniqueConstraint("case_key", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_key: Mapped[str] = mapped_column(sa.String(120), index=True)
    position: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(sa.String(80))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    detail_hash: Mapped[str] = mapped_column(sa.String(64))
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    entry_hash: Mapped[str] = mapped_column(sa.String(64))

    detail: Mapped[AuditDetail | None] = relationship(back_populates="entry", lazy="joined")


class AuditDetail(Base):
    """Who and what, in clear: may be erased on request, the chain still verifies by the salted hash."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(32))
    person_id: Mapped[uuid.UUID | None]
    person_name: Mapped[str]
    facts: Mapped[dict[str, Any]]

    entry: Mapped[AuditEntry] = relationship(back_populates="detail")


class AuditBlock(Base):
    """The heads of all chains that grew, sealed together about once a minute."""

    __tablename__ = "audit_block"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_entry_id: Mapped[int]
    heads: Mapped[list[Any]]
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    block_hash: Mapped[str] = mapped_column(sa.String(64))


TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'the audit trail is never "
        "changed'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION {table}_kept() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the audit trail is "
        "never changed'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_kept()",
    ],
}


def create_triggers(target: sa.Table, connection: sa.Connection, **_kw: Any) -> None:
    """Refuse UPDATE and DELETE on entries and blocks."""
    for verb in ("UPDATE", "DELETE"):
        for statement in TRIGGERS[connection.dialect.name]:
            connection.exec_driver_sql(statement.format(table=target.name, verb=verb))


for _table in (AuditEntry.__table__, AuditBlock.__table__):
    sa.event.listen(_table, "after_create", create_triggers)


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the content as canonical JSON, in hex."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    action: str, *, actor: Actor, case_key: str = "house", outcome: Outcome = Outcome.DONE, **facts: Any
) -> AuditEntry:
    """Append an entry to the case's chain, in the transaction that is open."""
    hold_chain(case_key)
    head = chain_head(case_key)
    plain = json.loads(json.dumps(facts, default=str))
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        case_key=case_key,
        position=head.position + 1 if head else 1,
        at=clock.now(),
        action=action,
        outcome=outcome,
        detail_hash=digest(detail_content(salt, actor.person_id, actor.name, plain)),
        previous_hash=head.entry_hash if head else FIRST,
    )
    entry.entry_hash = digest(entry_content(entry))
    entry.detail = AuditDetail(salt=salt, person_id=actor.person_id, person_name=actor.name, facts=plain)
    db.session.add(entry)
    db.session.flush()
    return entry


def hold_chain(case_key: str) -> None:
    """Let one writer at a time append to a chain on PostgreSQL; SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(case_key.encode()).digest()[:8], signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def chain_head(case_key: str) -> AuditEntry | None:
    """Return the last entry of a case's chain."""
    query = sa.select(AuditEntry).where(AuditEntry.case_key == case_key).order_by(AuditEntry.position.desc()).limit(1)
    return db.session.scalar(query)


def entry_content(entry: AuditEntry) -> dict[str, Any]:
    """Return what an entry's hash covers."""
    return {
        "case": entry.case_key,
        "position": entry.position,
        "at": entry.at.isoformat(),
        "action": entry.action,
        "outcome": entry.outcome.value,
        "detail": entry.detail_hash,
        "previous": entry.previous_hash,
    }


def detail_content(salt: str, person_id: uuid.UUID | None, name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the salted hash of the personal part covers."""
    return {"salt": salt, "person": str(person_id or ""), "name": name, "facts": facts}


# -- sealing --------------------------------------------------------------------------------------------------------


def seal_heads() -> AuditBlock | None:
    """Seal the heads of the chains that grew since the last block; None when nothing did."""
    last = db.session.scalar(sa.select(AuditBlock).order_by(AuditBlock.number.desc()).limit(1))
    since = last.last_entry_id if last else 0
    newer = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.id > since).order_by(AuditEntry.case_key, AuditEntry.position)
    ).all()
    if not newer:
        return None
    heads = [list(group)[-1] for _key, group in groupby(newer, key=lambda entry: entry.case_key)]
    block = AuditBlock(
        number=last.number + 1 if last else 1,
        at=clock.now(),
        last_entry_id=max(entry.id for entry in newer),
        heads=[[entry.case_key, entry.position, entry.entry_hash] for entry in heads],
        previous_hash=last.block_hash if last else FIRST,
    )
    block.block_hash = digest(block_content(block))
    db.session.add(block)
    return block


def block_content(block: AuditBlock) -> dict[str, Any]:
    """Return what a block's hash covers."""
    return {
        "number": block.number,
        "at": block.at.isoformat(),
        "last": block.last_entry_id,
        "heads": block.heads,
        "previous": block.previous_hash,
    }


# -- verification ---------------------------------------------------------------------------------------------------


def verify() -> tuple[list[str], int]:
    """Check every chain and the chain of blocks; return the faults found, and how many entries no block seals yet."""
    query = sa.select(AuditEntry).order_by(AuditEntry.case_key, AuditEntry.position)
    chains = {key: list(group) for key, group in groupby(db.session.scalars(query), key=lambda entry: entry.case_key)}
    blocks = db.session.scalars(sa.select(AuditBlock).order_by(AuditBlock.number)).all()
    faults = [fault for chain in chains.values() for fault in chain_faults(chain)]
    faults += block_faults(blocks, chains)
    sealed = blocks[-1].last_entry_id if blocks else 0
    return faults, sum(entry.id > sealed for chain in chains.values() for entry in chain)


def chain_faults(chain: list[AuditEntry]) -> Iterable[str]:
    """Name each entry that was edited, removed or moved."""
    previous = FIRST
    for position, entry in enumerate(chain, start=1):
        place = f"{entry.case_key} #{entry.position}"
        if entry.position != position or entry.previous_hash != previous:
            yield f"{place}: an entry before it was removed or moved"
        if digest(entry_content(entry)) != entry.entry_hash:
            yield f"{place}: the entry was edited"
        if entry.detail and detail_digest(entry.detail) != entry.detail_hash:
            yield f"{place}: who or what was edited"
        previous = entry.entry_hash


def detail_digest(detail: AuditDetail) -> str:
    """Recompute the salted hash of the personal part."""
    return digest(detail_content(detail.salt, detail.person_id, detail.person_name, detail.facts))


def block_faults(blocks: Iterable[AuditBlock], chains: Mapping[str, list[AuditEntry]]) -> Iterable[str]:
    """Name each block that was edited or moved, and each sealed head that its chain no longer has."""
    previous = FIRST
    for number, block in enumerate(blocks, start=1):
        if (
            block.number != number
            or block.previous_hash != previous
            or digest(block_content(block)) != block.block_hash
        ):
            yield f"block {block.number}: edited, removed or moved"
        for key, position, entry_hash in block.heads:
            chain = chains.get(key, [])
            if len(chain) < position or chain[position - 1].entry_hash != entry_hash:
                yield f"{key} #{position}: sealed in block {block.number}, now missing or different"
        previous = block.block_hash
