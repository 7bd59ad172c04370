"""Questions about people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from certify.accounts.models import Grant, Person
from certify.accounts.rules import Role, may_confirm
from certify.kernel.db import db
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, may
from certify.kernel.waiting import Waiting
from certify.kernel.web import actor_for, get_or_404

LONGEST_LIST = 500


def get_person(person_id: uuid.UUID) -> Person:
    """Return a person, or raise NotFound."""
    person: Person = get_or_404(Person, person_id)
    return person


def get_grant(grant_id: uuid.UUID) -> Grant:
    """Return a grant, or raise NotFound."""
    grant: Grant = get_or_404(Grant, grant_id)
    return grant


def find_person_by_email(email: str) -> Person | None:
    """Return the person with this address, in any case of letters."""
    return db.session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == email.strip().lower()))


def list_people(search: str = "") -> Sequence[Person]:
    """List people with an account by name, at most 500; `search` is looked for literally in name and address."""
    query = sa.select(Person).order_by(Person.name, Person.email).limit(LONGEST_LIST)
    if search:
        query = query.where(
            Person.name.icontains(search, autoescape=True) | Person.email.icontains(search, autoescape=True)
        )
    return db.session.scalars(query).all()


def list_people_with_role(role: Role, *, country: str | None = None) -> Sequence[Person]:
    """List the active people who hold a role now, for a country where one is named."""
    live = sa.select(Grant.person_id).where(
        Grant.role == role, Grant.confirmed_at.is_not(None), Grant.withdrawn_at.is_(None)
    )
    if country is not None:
        live = live.where(Grant.country == country)
    return db.session.scalars(sa.select(Person).where(Person.id.in_(live), Person.active).order_by(Person.name)).all()


def proposed_grants() -> Sequence[Grant]:
    """List grants that wait for a second administrator."""
    query = sa.select(Grant).where(Grant.confirmed_at.is_(None), Grant.withdrawn_at.is_(None)).order_by(Grant.id)
    return db.session.scalars(query).all()


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say which proposed roles wait for this administrator."""
    if not may(actor, "role.confirm"):
        return []
    return [
        Waiting(
            _("Confirm or withdraw the role proposed for %(name)s", name=grant.person.name or grant.person.email),
            "accounts.person",
            {"person_id": grant.person_id},
        )
        for grant in proposed_grants()
        if may_confirm(proposed_by=grant.proposed_by_id, person=grant.person_id, confirmer=actor.person_id)
    ]


def facts_about(person_id: uuid.UUID) -> Iterable[str]:
    """State the countries a person speaks for: `focal_point:CC`."""
    person = db.session.get(Person, person_id)
    grants = person.live_grants if person else []
    return [f"{grant.role.value}:{grant.country}" for grant in grants if grant.country]


def get_actor(person: Person) -> Actor:
    """Return a person as an actor, with every fact the policy needs."""
    return actor_for(person)


def person_named(person_id: uuid.UUID | None) -> str:
    """Return a person's name for people, 'the system' where nobody acted."""
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else ""
