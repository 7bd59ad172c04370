"""Hits and what officers decided about them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from pydantic import TypeAdapter

from certify.kernel.db import db
from certify.kernel.web import get_or_404
from certify.screening.models import Adjudication, HitRecord
from certify.screening.rules import Effect, HitStatus, ListedEntry, Subject

UNDECIDED = (HitStatus.OPEN, HitStatus.UNDETERMINED)
IS_WAITING = sa.and_(Adjudication.needs_second, Adjudication.second_at.is_(None), Adjudication.rejected_at.is_(None))
"""A verdict that a second officer has neither agreed nor disagreed with."""
SUBJECT: TypeAdapter[Subject] = TypeAdapter(Subject)
ENTRY: TypeAdapter[ListedEntry] = TypeAdapter(ListedEntry)


def get_hit(hit_id: uuid.UUID) -> HitRecord:
    """Return a hit, or raise NotFound."""
    hit: HitRecord = get_or_404(HitRecord, hit_id)
    return hit


def list_hits(*, status: HitStatus | None = None, organisation_id: uuid.UUID | None = None) -> Sequence[HitRecord]:
    """List hits, the oldest first."""
    query = sa.select(HitRecord).order_by(HitRecord.found_at, HitRecord.id)
    if status is not None:
        query = query.where(HitRecord.status == status)
    if organisation_id is not None:
        query = query.where(HitRecord.organisation_id == organisation_id)
    return db.session.scalars(query).all()


def matches_of(organisation_id: uuid.UUID, *, effect: Effect) -> list[HitRecord]:
    """List the confirmed matches on lists of one effect."""
    hits = list_hits(status=HitStatus.TRUE_MATCH, organisation_id=organisation_id)
    return [hit for hit in hits if hit.sanctions_list.effect is effect]


def proposed_verdicts() -> Iterator[Adjudication]:
    """Give the verdicts that wait for a second officer."""
    yield from db.session.scalars(sa.select(Adjudication).where(IS_WAITING).order_by(Adjudication.at))


def earlier_hits(hit: HitRecord) -> list[HitRecord]:
    """List the company's other hits on the same entry with verdicts: what was thought before a record changed."""
    query = sa.select(HitRecord).where(
        HitRecord.organisation_id == hit.organisation_id,
        HitRecord.entry_uid == hit.entry_uid,
        HitRecord.id != hit.id,
    )
    found = db.session.scalars(query.order_by(HitRecord.found_at.desc()))
    return [other for other in found if other.adjudications]


def records_of(hit: HitRecord) -> tuple[Subject, ListedEntry]:
    """Return the two records as they stood when the likeness was found."""
    return SUBJECT.validate_python(hit.subject), ENTRY.validate_python(hit.entry)
