"""Questions about consultations."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from certify.accounts.models import Person
from certify.accounts.rules import Role
from certify.consultations.models import Consultation
from certify.consultations.rules import ConsultationStatus, ReplyKind
from certify.kernel.db import db
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting
from certify.kernel.web import get_or_404


def get_consultation(consultation_id: uuid.UUID) -> Consultation:
    """Return a consultation, or raise NotFound."""
    consultation: Consultation = get_or_404(Consultation, consultation_id)
    return consultation


def list_consultations(subject_key: str) -> Sequence[Consultation]:
    """List everyone asked about a case, by party and round."""
    query = sa.select(Consultation).where(Consultation.subject_key == subject_key)
    return db.session.scalars(query.order_by(Consultation.party, Consultation.round)).all()


def find_latest(subject_key: str, party: str) -> Consultation | None:
    """Return the last question put to a party about a case."""
    same = (Consultation.subject_key == subject_key, Consultation.party == party)
    return db.session.scalar(sa.select(Consultation).where(*same).order_by(Consultation.round.desc()).limit(1))


def has_objection(subject_key: str) -> bool:
    """Say whether an objection stands: then the case is decided only in session, by two thirds of the votes cast."""
    return any(one.stands_as_objection for one in list_consultations(subject_key))


def list_objections(subject_key: str) -> list[Consultation]:
    """List the objections to a case, lifted ones too."""
    return [one for one in list_consultations(subject_key) if one.is_objection]


def unresolved(subject_key: str) -> list[Consultation]:
    """List the consultations that a case still waits for: open ones."""
    return [one for one in list_consultations(subject_key) if one.is_open]


def facts_about(person_id: uuid.UUID) -> Iterable[str]:
    """State the cases that a focal point or associated entity was asked about: `asked:<subject key>`."""
    person = db.session.get(Person, person_id)
    grants = person.live_grants if person else []
    countries = [grant.country for grant in grants if grant.role is Role.FOCAL_POINT]
    advises = any(grant.role is Role.ASSOCIATED for grant in grants)
    if not countries and not advises:
        return []
    asked = Consultation.country.in_(countries) | (Consultation.entity.is_not(None) if advises else sa.false())
    keys = db.session.scalars(sa.select(Consultation.subject_key).where(asked).distinct())
    return [f"asked:{key}" for key in keys]


def list_for(actor: Actor) -> list[Consultation]:
    """List a party's own correspondence, what awaits a reply first."""
    pairs = [fact.partition(":") for fact in actor.facts]
    countries = [code for name, _colon, code in pairs if name == "focal_point"]
    query = sa.select(Consultation).where(Consultation.country.in_(countries)).order_by(Consultation.due_on)
    return sorted(db.session.scalars(query), key=lambda one: (not one.is_open, one.due_on))


def list_for_entities() -> list[Consultation]:
    """List the advice asked of associated entities, what awaits a reply first."""
    query = sa.select(Consultation).where(Consultation.entity.is_not(None)).order_by(Consultation.due_on)
    return sorted(db.session.scalars(query), key=lambda one: (not one.is_open, one.due_on))


def list_all(status: ConsultationStatus | None = None) -> Sequence[Consultation]:
    """List every consultation for officers, latest date first, in a status where one is named."""
    query = sa.select(Consultation).order_by(Consultation.due_on.desc(), Consultation.party)
    if status is not None:
        query = query.where(Consultation.status == status)
    return db.session.scalars(query).all()


def waiting_for(actor: Actor) -> list[Waiting]:
    """List for the home page what a party is asked, and the objections a company may answer."""
    own = [one for one in list_for(actor) if one.is_open and not actor.holds("barred", one.subject_key)]
    replies = [
        Waiting(_("Give your view: %(title)s", title=one.title), "consultations.consultation", address(one), one.due_on)
        for one in own
    ]
    answers = [
        Waiting(_("Answer an objection: %(title)s", title=one.title), "consultations.objection", address(one))
        for one in list_unanswered(actor)
    ]
    return replies + answers


def address(consultation: Consultation) -> dict[str, Any]:
    """Return what the address of a consultation's page names."""
    return {"consultation_id": consultation.id}


def list_unanswered(actor: Actor) -> Sequence[Consultation]:
    """List the objections that a company's legal representative has not answered."""
    pairs = [fact.partition(":") for fact in actor.facts]
    companies = [uuid.UUID(key) for name, _colon, key in pairs if name == "legal_representative"]
    query = sa.select(Consultation).where(
        Consultation.respondent_id.in_(companies),
        Consultation.reply == ReplyKind.OBJECTION,
        Consultation.answered_at.is_(None),
        Consultation.lifted_at.is_(None),
    )
    return db.session.scalars(query.order_by(Consultation.replied_at)).all()
