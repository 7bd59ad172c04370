"""What changes accounts and roles."""

from __future__ import annotations

import uuid

from flask_security import hash_password

from certify.accounts.models import Grant, Person
from certify.accounts.rules import COUNTRY_ROLES, Role, RoleGranted, RoleWithdrawn, may_confirm
from certify.kernel import audit, clock
from certify.kernel.db import db, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def add_person(*, email: str, name: str, password: str, language: str = "en") -> Person:
    """Open a confirmed account without the mail round; for the operator's command line and the demonstration."""
    person = Person(
        id=new_id(),
        email=email.strip().lower(),
        name=name,
        language=language,
        password=hash_password(password),
        confirmed_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()
    audit.record("account.add", actor=Actor.system("command line"), case_key=f"person:{person.id}")
    return person


def grant_role(person: Person, *, role: Role, country: str | None = None, reason: str) -> Grant:
    """Grant a role from outside the service, as the operator does for the first administrators."""
    grant = new_grant(person, role=role, country=country, actor=Actor.system(reason))
    grant.confirmed_at = clock.now()
    audit.record("role.grant", actor=Actor.system(reason), case_key=grant.case_key, role=role.value, country=country)
    return grant


def propose_role(person: Person, *, role: Role, country: str | None, actor: Actor) -> Grant:
    """Propose a role; a second administrator confirms it. Nobody proposes for themselves."""
    require(actor, "role.propose")
    if person.id == actor.person_id:
        raise RuleBroken(_("Nobody proposes a role for themselves."))
    if role.value in person.role_names and role not in COUNTRY_ROLES:
        raise RuleBroken(_("This person holds the role already."))
    grant = new_grant(person, role=role, country=country, actor=actor)
    audit.record("role.propose", actor=actor, case_key=grant.case_key, role=role.value, country=country)
    return grant


def new_grant(person: Person, *, role: Role, country: str | None, actor: Actor) -> Grant:
    """Write down a grant that is not live yet."""
    if (role in COUNTRY_ROLES) != bool(country):
        raise Invalid(
            _("A focal point speaks for one country; other roles have none."),
            fields={"country": _("Choose a country for a focal point, and none for other roles.")},
        )
    grant = Grant(
        id=new_id(), person=person, role=role, country=country, proposed_by_id=actor.person_id, proposed_at=clock.now()
    )
    db.session.add(grant)
    db.session.flush()
    return grant


def confirm_role(grant: Grant, *, actor: Actor) -> None:
    """Confirm a proposed role as the second administrator."""
    require(actor, "role.confirm", grant)
    if grant.confirmed_at or grant.withdrawn_at:
        raise RuleBroken(_("This role was decided already."))
    if not may_confirm(proposed_by=grant.proposed_by_id, person=grant.person_id, confirmer=actor.person_id):
        raise RuleBroken(_("A second administrator confirms a role: not the one who proposed it and not its holder."))
    grant.confirmed_by_id, grant.confirmed_at = actor.person_id, clock.now()
    audit.record("role.confirm", actor=actor, case_key=grant.case_key, role=grant.role.value)
    publish(RoleGranted(grant.person_id, grant.role), case_key=grant.case_key, actor=actor)


def withdraw_role(grant: Grant, *, actor: Actor) -> None:
    """Take a role away at once."""
    require(actor, "role.withdraw", grant)
    if grant.withdrawn_at:
        raise RuleBroken(_("This role was taken away already."))
    grant.withdrawn_at = clock.now()
    audit.record("role.withdraw", actor=actor, case_key=grant.case_key, role=grant.role.value)
    publish(RoleWithdrawn(grant.person_id, grant.role), case_key=grant.case_key, actor=actor)


def sign_out_everywhere(person: Person, *, actor: Actor) -> None:
    """End every session of this person."""
    require(actor, "account.keep", person)
    person.fs_uniquifier = uuid.uuid4().hex
    audit.record("account.sign_out_everywhere", actor=actor, case_key=f"person:{person.id}")
