"""The officers' queue: what waits for whom, in which order, and which hit comes next."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from certify.kernel.db import db
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting
from certify.organisations.models import Organisation
from certify.screening.models import Adjudication, HitRecord
from certify.screening.queries.hits import IS_WAITING, proposed_verdicts
from certify.screening.rules import HitStatus

PAGE_LENGTH = 50
"""Hits on one page of the queue."""
AT_ONCE = (contains_eager(HitRecord.organisation), selectinload(HitRecord.adjudications))
"""What a row of the queue shows beside the hit, loaded with it."""
PROPOSED = sa.exists().where(Adjudication.hit_id == HitRecord.id, IS_WAITING)


class Order(StrEnum):
    """What the queue is ordered by; the word stands in the address."""

    MOST_ALIKE = "-score"
    LEAST_ALIKE = "score"
    OLDEST = "found"
    NEWEST = "-found"
    COMPANY = "company"
    COMPANY_REVERSED = "-company"


AGE = (HitRecord.found_at.asc(), HitRecord.id.asc())
ORDERS: dict[Order, tuple[Any, ...]] = {
    Order.MOST_ALIKE: (HitRecord.score_bp.desc(), *AGE),
    Order.LEAST_ALIKE: (HitRecord.score_bp.asc(), *AGE),
    Order.OLDEST: AGE,
    Order.NEWEST: (HitRecord.found_at.desc(), HitRecord.id.desc()),
    Order.COMPANY: (Organisation.legal_name.asc(), *AGE),
    Order.COMPANY_REVERSED: (Organisation.legal_name.desc(), *AGE),
}


@dataclass(frozen=True, slots=True)
class HitFilter:
    """What the queue is narrowed to; `search` is looked for literally in names, companies and entry numbers."""

    status: HitStatus = HitStatus.OPEN
    list_id: str = ""
    search: str = ""
    order: Order = Order.MOST_ALIKE

    def address(self) -> dict[str, Any]:
        """Return the filter as arguments of an address; what is as usual is left out."""
        usual = HitFilter()
        arguments = {
            "status": self.status if self.status is not usual.status else "",
            "list": self.list_id,
            "q": self.search,
            "sort": self.order if self.order is not usual.order else "",
        }
        return {name: str(value) for name, value in arguments.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue: its hits, its number from 1, how many pages there are, and how many hits in all."""

    hits: Sequence[HitRecord]
    number: int
    pages: int
    total: int


def queued_hits(actor: Actor, narrowed: HitFilter, *, page: int = 1) -> Page:
    """Return a page of the hits this person may see; those that wait for their second opinion stand apart."""
    apart = [hit.id for hit in second_opinions(actor, narrowed)]
    query = visible_hits(actor, narrowed).where(HitRecord.status == narrowed.status, HitRecord.id.not_in(apart))
    total = db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_LENGTH))
    number = min(max(1, page), pages)
    ordered = query.order_by(*ORDERS[narrowed.order]).limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH)
    return Page(db.session.scalars(ordered.options(*AT_ONCE)).all(), number, pages, total)


def second_opinions(actor: Actor, narrowed: HitFilter) -> Sequence[HitRecord]:
    """List the hits whose verdict waits for this officer as the second one, the oldest proposal first."""
    if not actor.has("officer"):
        return []
    query = visible_hits(actor, narrowed).join(HitRecord.adjudications)
    query = query.where(IS_WAITING, Adjudication.officer_id != actor.person_id)
    return db.session.scalars(query.order_by(Adjudication.at, HitRecord.id).options(*AT_ONCE)).all()


def next_hit(actor: Actor, narrowed: HitFilter, *, after: HitRecord) -> uuid.UUID | None:
    """Return the hit that this officer should look at after another one; None when nothing else waits for them."""
    first = [hit.id for hit in second_opinions(actor, narrowed)]
    query = visible_hits(actor, narrowed).where(HitRecord.status == HitStatus.OPEN, ~PROPOSED)
    rest = db.session.scalars(query.order_by(*ORDERS[narrowed.order]).with_only_columns(HitRecord.id))
    waiting = [*first, *rest]
    place = waiting.index(after.id) + 1 if after.id in waiting else 0
    return next((hit_id for hit_id in waiting[place:] + waiting[:place] if hit_id != after.id), None)


def visible_hits(actor: Actor, narrowed: HitFilter) -> sa.Select[HitRecord]:
    """Select the hits of a filter, without those of companies that this person is barred from."""
    query = sa.select(HitRecord).join(HitRecord.organisation)
    query = query.where(HitRecord.organisation_id.not_in(organisations_closed_to(actor)))
    if narrowed.list_id:
        query = query.where(HitRecord.list_id == narrowed.list_id)
    if narrowed.search:
        fields = (HitRecord.our_name, HitRecord.listed_name, HitRecord.entry_uid, Organisation.legal_name)
        query = query.where(sa.or_(*(field.icontains(narrowed.search, autoescape=True) for field in fields)))
    return query


def organisations_closed_to(actor: Actor) -> list[uuid.UUID]:
    """List the companies that this person's own declarations keep them out of."""
    prefix = "barred:organisation:"
    return [uuid.UUID(fact.removeprefix(prefix)) for fact in actor.facts if fact.startswith(prefix)]


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say which hits wait for this officer."""
    if not actor.has("officer"):
        return []
    said = [
        Waiting(
            _("Agree or disagree with a verdict: %(company)s", company=verdict.hit.organisation.legal_name),
            "screening.hit",
            {"hit_id": verdict.hit_id},
        )
        for verdict in proposed_verdicts()
        if verdict.officer_id != actor.person_id and not actor.holds("barred", verdict.hit.case_key)
    ]
    query = visible_hits(actor, HitFilter()).where(HitRecord.status == HitStatus.OPEN, ~PROPOSED)
    if count := db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())):
        said.append(Waiting(_("Hits to decide: %(count)d", count=count), "screening.queue"))
    return said
