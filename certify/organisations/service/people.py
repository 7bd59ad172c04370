"""The people who act for a company; one of them is its legal representative."""

from __future__ import annotations

import uuid

from certify.accounts import queries as accounts
from certify.accounts.models import Person
from certify.kernel import audit, clock
from certify.kernel.db import db, lock
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.i18n import _, _l
from certify.kernel.notices import notify
from certify.kernel.policy import Actor, require
from certify.organisations import queries
from certify.organisations.models import Membership, Organisation
from certify.organisations.rules import MemberRole
from certify.organisations.words import MEMBER_ROLE_MEANINGS


def add_member(organisation: Organisation, *, email: str, role: MemberRole, actor: Actor) -> Membership:
    """Let the person with this account act for the company as editor or reader; added twice is added once."""
    require(actor, "organisation.manage_people", organisation)
    lock(organisation)
    if role is MemberRole.LEGAL_REPRESENTATIVE:
        raise RuleBroken(_("A company has one legal representative: hand the part over instead."))
    person = account_for(email)
    if known := queries.find_membership(organisation, person.id, role):
        return known
    for other in (MemberRole.EDITOR, MemberRole.READER):
        if former := queries.find_membership(organisation, person.id, other):
            db.session.delete(former)
    membership = join(organisation, person, role)
    audit.record(
        "organisation.add_member", actor=actor, case_key=organisation.case_key, person=str(person.id), part=role.value
    )
    notify(
        person.email,
        language=person.language,
        subject=_l("You act for %(company)s", company=organisation.legal_name),
        notice="organisation_member_added",
        organisation=organisation,
        meaning=MEMBER_ROLE_MEANINGS[role],
        added_by=actor.name,
    )
    return membership


def account_for(email: str) -> Person:
    """Return the confirmed account with this address, of a person who holds no role of the organisation."""
    person = accounts.find_person_by_email(email)
    if person is None or person.confirmed_at is None or not person.active or person.role_names:
        sentence = _(
            "There is no account with this address that could act for a company. Ask the person to create an account "
            "and to confirm its address first."
        )
        raise Invalid(sentence, fields={"email": sentence})
    return person


def join(organisation: Organisation, person: Person, role: MemberRole) -> Membership:
    """Write down what a person may do for a company."""
    membership = Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=clock.now())
    db.session.add(membership)
    db.session.flush()
    return membership


def remove_member(organisation: Organisation, *, person_id: uuid.UUID, actor: Actor) -> None:
    """End what a person may do for a company, at once; the legal representative hands over first."""
    require(actor, "organisation.manage_people", organisation)
    lock(organisation)
    if queries.find_membership(organisation, person_id, MemberRole.LEGAL_REPRESENTATIVE):
        raise RuleBroken(_("The legal representative stays until the part is handed over to somebody else."))
    for role in (MemberRole.EDITOR, MemberRole.READER):
        if membership := queries.find_membership(organisation, person_id, role):
            db.session.delete(membership)
    db.session.flush()
    audit.record("organisation.remove_member", actor=actor, case_key=organisation.case_key, person=str(person_id))


def hand_over(organisation: Organisation, *, person_id: uuid.UUID, actor: Actor) -> None:
    """Make another person of the company its legal representative; who hands over stays an editor."""
    require(actor, "organisation.manage_people", organisation)
    lock(organisation)
    if queries.find_membership(organisation, person_id, MemberRole.LEGAL_REPRESENTATIVE):
        return
    if not queries.find_membership(organisation, person_id, MemberRole.EDITOR):
        raise RuleBroken(_("Only an editor of the company can become its legal representative."))
    for person in queries.people_of(organisation, MemberRole.LEGAL_REPRESENTATIVE):
        step_back(organisation, person)
    person = accounts.get_person(person_id)
    join(organisation, person, MemberRole.LEGAL_REPRESENTATIVE)
    audit.record("organisation.hand_over", actor=actor, case_key=organisation.case_key, person=str(person_id))
    tell_of_handover(organisation, new=person, by=actor.name)


def step_back(organisation: Organisation, person: Person) -> None:
    """End a legal representative's part and leave them an editor."""
    db.session.delete(db.session.get_one(Membership, (person.id, organisation.id, MemberRole.LEGAL_REPRESENTATIVE)))
    db.session.flush()
    if not queries.find_membership(organisation, person.id, MemberRole.EDITOR):
        join(organisation, person, MemberRole.EDITOR)


def tell_of_handover(organisation: Organisation, *, new: Person, by: str) -> None:
    """Write to everybody who acts for the company."""
    people = {found.person_id: found.person for found in queries.list_memberships(organisation)}
    for person in people.values():
        notify(
            person.email,
            language=person.language,
            subject=_l("%(company)s has a new legal representative", company=organisation.legal_name),
            notice="organisation_handed_over",
            organisation=organisation,
            new_name=new.name,
            handed_over_by=by,
        )
