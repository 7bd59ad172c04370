"""Questions about lists, runs and hits."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from certify.kernel.db import db
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting
from certify.kernel.web import get_or_404
from certify.organisations.models import Director, Organisation, Owner
from certify.organisations.rules import OwnerKind
from certify.screening.dates import span
from certify.screening.models import Adjudication, HitRecord, ListEntry, SanctionsList, ScreeningRun
from certify.screening.rules import (
    BirthDate,
    Effect,
    HitStatus,
    Identifier,
    IdentifierKind,
    Schema,
    ScreeningStatus,
    Subject,
    digest_of,
)
from certify.screening.verdicts import FRESH_DAYS, Judged, Role, ScreeningState, StateWord, state_word

UNDECIDED = (HitStatus.OPEN, HitStatus.UNDETERMINED)


def get_hit(hit_id: uuid.UUID) -> HitRecord:
    """Return a hit, or raise NotFound."""
    hit: HitRecord = get_or_404(HitRecord, hit_id)
    return hit


def get_list(list_id: str) -> SanctionsList:
    """Return a list, or raise NotFound."""
    found = db.session.get(SanctionsList, list_id)
    if found is None:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    return found


def list_lists() -> Sequence[SanctionsList]:
    """List the lists that are searched."""
    return db.session.scalars(sa.select(SanctionsList).order_by(SanctionsList.title)).all()


def live_entries(list_id: str) -> Sequence[ListEntry]:
    """Return the entries of a list's live version."""
    query = sa.select(ListEntry).where(ListEntry.list_id == list_id, ListEntry.until_number.is_(None))
    return db.session.scalars(query).all()


def list_hits(*, status: HitStatus | None = None, organisation_id: uuid.UUID | None = None) -> Sequence[HitRecord]:
    """List hits, the oldest first."""
    query = sa.select(HitRecord).order_by(HitRecord.found_at, HitRecord.id)
    if status is not None:
        query = query.where(HitRecord.status == status)
    if organisation_id is not None:
        query = query.where(HitRecord.organisation_id == organisation_id)
    return db.session.scalars(query).all()


def list_runs(organisation_id: uuid.UUID) -> Sequence[ScreeningRun]:
    """List a company's screenings, the newest first."""
    query = sa.select(ScreeningRun).where(ScreeningRun.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(ScreeningRun.at.desc(), ScreeningRun.id.desc())).all()


def latest_run(organisation_id: uuid.UUID) -> ScreeningRun | None:
    """Return a company's newest screening that did run."""
    query = sa.select(ScreeningRun).where(
        ScreeningRun.organisation_id == organisation_id, ScreeningRun.status == ScreeningStatus.SCREENED
    )
    return db.session.scalar(query.order_by(ScreeningRun.at.desc(), ScreeningRun.id.desc()).limit(1))


# -- who is screened ------------------------------------------------------------------------------------------------


def subjects_of(organisation: Organisation) -> list[tuple[Role, Subject]]:
    """Return who is compared: the company, its owners and its directors; an anonymous owner has no name."""
    owners = [
        (Role.OWNER, owner_subject(owner)) for owner in organisation.owners if owner.kind is not OwnerKind.ANONYMOUS
    ]
    directors = [(Role.DIRECTOR, person_subject(director)) for director in organisation.directors]
    return [(Role.COMPANY, company_subject(organisation)), *owners, *directors]


def company_subject(organisation: Organisation) -> Subject:
    """Return the company with its other names and numbers."""
    numbers = (
        (IdentifierKind.REGISTRATION, organisation.registration_number),
        (IdentifierKind.TAX, organisation.tax_identifier),
        (IdentifierKind.LEI, organisation.lei),
    )
    return Subject(
        name=organisation.legal_name,
        schema=Schema.COMPANY,
        other_names=(*organisation.trade_names, *organisation.former_names),
        country=organisation.country,
        identifiers=tuple(Identifier(kind, number, organisation.country) for kind, number in numbers if number),
    )


def owner_subject(owner: Owner) -> Subject:
    """Return an owner, person or company."""
    schema = Schema.PERSON if owner.kind is OwnerKind.PERSON else Schema.COMPANY
    return Subject(owner.name, schema, country=owner.country or "", birth_date=born(owner))


def person_subject(director: Director) -> Subject:
    """Return a director."""
    return Subject(director.name, Schema.PERSON, country=director.country, birth_date=born(director))


def born(person: Owner | Director) -> BirthDate | None:
    """Return a stated birth date as a span of one day."""
    given = person.birth_date
    return span(given.year, given.month, given.day) if given else None


def subjects_digest(organisation: Organisation) -> str:
    """Return the SHA-256 over everybody who is screened; it changes with each owner, director or name."""
    digests = sorted(f"{role.value}:{digest_of(subject)}" for role, subject in subjects_of(organisation))
    anonymous = sum(owner.kind is OwnerKind.ANONYMOUS for owner in organisation.owners)
    return hashlib.sha256(json.dumps([digests, anonymous]).encode()).hexdigest()


# -- what it amounts to ---------------------------------------------------------------------------------------------


def screening_state(organisation_id: uuid.UUID, *, on: datetime) -> ScreeningState:
    """Return what the screening of a company amounts to; a run of other owners or directors is none of today's."""
    run = latest_run(organisation_id)
    organisation = db.session.get_one(Organisation, organisation_id)
    if run is None or run.subjects_digest != subjects_digest(organisation):
        return ScreeningState(StateWord.NOT_SCREENED, run.at if run else None)
    word = state_word(
        Judged(hit.status, hit.sanctions_list.effect) for hit in list_hits(organisation_id=organisation_id)
    )
    fresh = on - run.at <= timedelta(days=FRESH_DAYS)
    return ScreeningState(word, run.at, fresh, tuple(run.versions))


def matches_of(organisation_id: uuid.UUID, *, effect: Effect) -> list[HitRecord]:
    """List the confirmed matches on lists of one effect."""
    hits = list_hits(status=HitStatus.TRUE_MATCH, organisation_id=organisation_id)
    return [hit for hit in hits if hit.sanctions_list.effect is effect]


def proposed_verdicts() -> Iterator[Adjudication]:
    """Give the verdicts that wait for a second officer."""
    query = sa.select(Adjudication).where(
        Adjudication.needs_second, Adjudication.second_at.is_(None), Adjudication.rejected_at.is_(None)
    )
    yield from db.session.scalars(query.order_by(Adjudication.at))


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say which hits wait for this officer."""
    if not actor.has("officer"):
        return []
    seconds = [verdict for verdict in proposed_verdicts() if verdict.officer_id != actor.person_id]
    proposed = {verdict.hit_id for verdict in proposed_verdicts()}
    hits = [hit for hit in list_hits(status=HitStatus.OPEN) if hit.id not in proposed]
    said = [
        Waiting(
            _("Agree or disagree with a verdict: %(company)s", company=verdict.hit.organisation.legal_name),
            "screening.hit",
            {"hit_id": verdict.hit_id},
        )
        for verdict in seconds
        if not actor.holds("barred", verdict.hit.case_key)
    ]
    if hits:
        said.append(Waiting(_("Hits to decide: %(count)d", count=len(hits)), "screening.queue"))
    return said
