"""What changes accounts and roles."""

from __future__ import annotations

import uuid
from typing import Any

from flask_security import hash_password

from certify.accounts.models import Grant, Person
from certify.accounts.queries import list_people_with_role
from certify.accounts.rules import (
    COUNTRY_ROLES,
    LEAST_ADMINISTRATORS,
    Role,
    RoleGranted,
    RoleWithdrawn,
    may_confirm,
)
from certify.accounts.words import ROLES, countries, country_name
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotAllowed, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import LANGUAGES, _, _l, in_language
from certify.kernel.notices import notify
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


def keep_account(person: Person, *, name: str, language: str, actor: Actor) -> None:
    """Change how a person is called and in which language we write to them; everybody keeps their own account."""
    require(actor, "account.keep", person)
    if actor.person_id != person.id:
        raise NotAllowed(_("Everybody keeps their own account."))
    if language not in LANGUAGES:
        raise Invalid(_("Choose a language."), fields={"language": _("Choose a language.")})
    person.name, person.language = name, language
    audit.record("account.keep", actor=actor, case_key=f"person:{person.id}")


def call_first_password(person: Person) -> None:
    """Note that somebody else chose the password: roles begin once the person replaced it."""
    person.password_is_first = True


def propose_role(person: Person, *, role: Role, country: str | None, actor: Actor) -> Grant:
    """Propose a role; a second administrator confirms it. Nobody proposes for themselves; proposed twice is once."""
    require(actor, "role.propose")
    if person.id == actor.person_id:
        raise RuleBroken(_("Nobody proposes a role for themselves."))
    known = [grant for grant in person.grants if (grant.role, grant.country) == (role, country)]
    if any(grant.is_live for grant in known):
        raise RuleBroken(_("This person holds the role already."))
    if waiting := [grant for grant in known if grant.withdrawn_at is None]:
        return waiting[0]
    grant = new_grant(person, role=role, country=country, actor=actor)
    audit.record("role.propose", actor=actor, case_key=grant.case_key, role=role.value, country=country)
    return grant


def new_grant(person: Person, *, role: Role, country: str | None, actor: Actor) -> Grant:
    """Write down a grant that is not live yet."""
    if (role in COUNTRY_ROLES) != bool(country) or (country and country not in dict(countries())):
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
    lock(grant)
    if grant.is_live and grant.confirmed_by_id == actor.person_id:
        return
    if grant.confirmed_at or grant.withdrawn_at:
        raise RuleBroken(_("This role was decided already."))
    if not may_confirm(proposed_by=grant.proposed_by_id, person=grant.person_id, confirmer=actor.person_id):
        raise RuleBroken(_("A second administrator confirms a role: not the one who proposed it and not its holder."))
    grant.confirmed_by_id, grant.confirmed_at = actor.person_id, clock.now()
    if grant.person.needs_second_factor:
        end_sessions(grant.person)
    audit.record("role.confirm", actor=actor, case_key=grant.case_key, role=grant.role.value)
    publish(RoleGranted(grant.person_id, grant.role), case_key=grant.case_key, actor=actor)
    tell_of_role(grant, notice="role_granted", subject=_l("You hold a new role"))


def withdraw_role(grant: Grant, *, actor: Actor) -> None:
    """Take a role, or a proposal of one, away at once; two administrators stay, for each role needs two."""
    require(actor, "role.withdraw", grant)
    lock(grant)
    if grant.withdrawn_at:
        return
    was_live = grant.is_live
    if was_live and grant.role is Role.ADMINISTRATOR and len(list_people_with_role(grant.role)) <= LEAST_ADMINISTRATORS:
        raise RuleBroken(_("Two administrators have to stay. Grant the role to somebody else first."))
    grant.withdrawn_at = clock.now()
    audit.record("role.withdraw", actor=actor, case_key=grant.case_key, role=grant.role.value)
    if was_live:
        publish(RoleWithdrawn(grant.person_id, grant.role), case_key=grant.case_key, actor=actor)
        tell_of_role(grant, notice="role_withdrawn", subject=_l("A role of yours has ended"))


def tell_of_role(grant: Grant, *, notice: str, subject: Any) -> None:
    """Write to the person whose role began or ended."""
    with in_language(grant.person.language):
        words = {"role": str(ROLES[grant.role]), "country": country_name(grant.country)}
    notify(grant.person.email, language=grant.person.language, subject=subject, notice=notice, **words)


def sign_out_everywhere(person: Person, *, actor: Actor) -> None:
    """End every session of this person."""
    require(actor, "account.keep", person)
    if actor.person_id != person.id:
        raise NotAllowed(_("Everybody keeps their own account."))
    end_sessions(person)
    audit.record("account.sign_out_everywhere", actor=actor, case_key=f"person:{person.id}")


def end_sessions(person: Person) -> None:
    """Make every session and remembered device of a person worthless."""
    person.fs_uniquifier = uuid.uuid4().hex
