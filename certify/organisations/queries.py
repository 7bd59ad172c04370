"""Questions about companies and their people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from flask import current_app

from certify.accounts.models import Person
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, may
from certify.kernel.waiting import Waiting
from certify.kernel.web import get_or_404
from certify.organisations.models import Director, Membership, Organisation, Owner
from certify.organisations.rules import (
    INVENTED_STATES,
    MemberRole,
    Part,
    member_states,
    nearly_same,
    registration_key,
)

LONGEST_LIST = 200


def get_organisation(organisation_id: uuid.UUID) -> Organisation:
    """Return a company, or raise NotFound."""
    organisation: Organisation = get_or_404(Organisation, organisation_id)
    return organisation


def get_owner(owner_id: uuid.UUID) -> Owner:
    """Return an owner, or raise NotFound."""
    owner: Owner = get_or_404(Owner, owner_id)
    return owner


def get_director(director_id: uuid.UUID) -> Director:
    """Return a director, or raise NotFound."""
    director: Director = get_or_404(Director, director_id)
    return director


def find_organisations_of(person_id: uuid.UUID) -> Sequence[Organisation]:
    """List the companies that a person belongs to, by name."""
    belongs = sa.select(Membership.organisation_id).where(Membership.person_id == person_id)
    query = sa.select(Organisation).where(Organisation.id.in_(belongs)).order_by(Organisation.legal_name)
    return db.session.scalars(query).all()


def find_organisation_by_registration(country: str, number: str) -> Organisation | None:
    """Return the company with this number in this country's registry."""
    query = sa.select(Organisation).where(
        Organisation.country == country, Organisation.registration_key == registration_key(number)
    )
    return db.session.scalar(query)


def find_nearly_same(key: str, *, apart_from: uuid.UUID | None = None) -> list[uuid.UUID]:
    """List the ids of companies whose present or former name is nearly the same."""
    rows = db.session.execute(sa.select(Organisation.id, Organisation.name_keys)).all()
    return [row.id for row in rows if row.id != apart_from and nearly_same(key, row.name_keys)]


def list_organisations(search: str = "") -> Sequence[Organisation]:
    """List companies by name, at most 200; `search` is looked for literally in name and number."""
    query = sa.select(Organisation).order_by(Organisation.legal_name).limit(LONGEST_LIST)
    if search:
        query = query.where(
            Organisation.legal_name.icontains(search, autoescape=True)
            | Organisation.registration_number.icontains(search, autoescape=True)
        )
    return db.session.scalars(query).all()


def list_owners(organisation: Organisation) -> Sequence[Owner]:
    """List the owners of 10 percent or more, largest share first."""
    query = sa.select(Owner).where(Owner.organisation_id == organisation.id)
    return db.session.scalars(query.order_by(Owner.share_bp.desc(), Owner.id)).all()


def list_directors(organisation: Organisation) -> Sequence[Director]:
    """List the directors in the order they were named."""
    query = sa.select(Director).where(Director.organisation_id == organisation.id)
    return db.session.scalars(query.order_by(Director.id)).all()


def list_memberships(organisation: Organisation) -> Sequence[Membership]:
    """List who may do what for a company, by name."""
    query = sa.select(Membership).join(Membership.person).where(Membership.organisation_id == organisation.id)
    return db.session.scalars(query.order_by(Person.name, Person.id, Membership.role)).all()


def people_of(organisation: Organisation, role: MemberRole) -> list[Person]:
    """List the people with this part in a company, by name."""
    return [found.person for found in list_memberships(organisation) if found.role is role]


def find_membership(organisation: Organisation, person_id: uuid.UUID, role: MemberRole) -> Membership | None:
    """Return one part of a person in a company."""
    return db.session.get(Membership, (person_id, organisation.id, role))


def missing_parts(organisation: Organisation) -> list[Part]:
    """Name what a company has not stated yet; an application needs all of it."""
    stated = {
        Part.ACTIVITIES: organisation.isic_divisions
        and organisation.employees is not None
        and organisation.turnover_usd is not None,
        Part.OWNERS: organisation.widely_held or list_owners(organisation),
        Part.DIRECTORS: list_directors(organisation),
    }
    return [part for part, known in stated.items() if not known]


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say what waits for a company's people: to register it, or to state what is still missing."""
    if actor.person_id is None or not may(actor, "organisation.register"):
        return []
    companies = find_organisations_of(actor.person_id)
    if not companies:
        return [Waiting(_("Register your company"), "organisations.register")]
    return [
        Waiting(
            _("State what is missing about %(company)s", company=company.legal_name),
            "organisations.show",
            {"organisation_id": company.id},
        )
        for company in companies
        if may(actor, "organisation.edit", company) and missing_parts(company)
    ]


def facts_about(person_id: uuid.UUID) -> Iterable[str]:
    """State what a person is for which company: `member:<id>`, and `editor:`, `legal_representative:`, `reader:`."""
    rows = db.session.execute(
        sa.select(Membership.role, Membership.organisation_id).where(Membership.person_id == person_id)
    )
    for role, organisation_id in rows:
        yield f"member:{organisation_id}"
        yield f"{role.value}:{organisation_id}"


def governments() -> tuple[str, ...]:
    """List the states whose governments may be parties today; in a demonstration also the invented ones."""
    invented = INVENTED_STATES if current_app.config["CERTIFY"].demonstration else ()
    return member_states(on=clock.today()) + invented
