"""Registers a company once, and keeps what it states about itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Unpack

from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotAllowed
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.organisations import queries
from certify.organisations.models import Membership, Organisation
from certify.organisations.rules import (
    Details,
    MemberRole,
    OrganisationChanged,
    OrganisationRegistered,
    distinct,
    faults_in,
    lei_key,
    name_key,
    registration_key,
)
from certify.organisations.words import FAULTS

BLANK: dict[str, Any] = {
    "legal_name": "",
    "trade_names": [],
    "country": "",
    "registration_number": "",
    "tax_identifier": "",
    "lei": "",
    "isic_divisions": [],
    "employees": None,
    "turnover_usd": None,
    "countries": [],
}
LEAST_DIFFERENCE = 10
"""Characters in which a company says how it differs from one with nearly the same name."""


class ChangedMeanwhile(Invalid):
    """Two people changed the same details: the second decides again, knowing what stands."""

    status = 409


def register_organisation(*, actor: Actor, difference: str = "", **stated: Unpack[Details]) -> Organisation:
    """Register a company; whoever registers it becomes its editor and legal representative.

    The same registration sent twice by the same person is one company: the second gets the first. `difference` says how
    the company differs from one with nearly the same name. Raises Invalid at the fields that cannot be taken.
    """
    require(actor, "organisation.register")
    if actor.person_id is None:
        raise NotAllowed(_("A person registers a company and becomes its legal representative."))
    details = checked(BLANK | tidied(stated))
    audit.hold_chain(f"registration:{details['country']}:{registration_key(details['registration_number'])}")
    known = queries.find_organisation_by_registration(details["country"], details["registration_number"])
    if known is not None and known.registered_by_id == actor.person_id:
        return known
    stop_at_the_same(known)
    near = stop_at_nearly_the_same(details["legal_name"], difference)
    organisation = new_organisation(details, difference=difference if near else "", actor=actor)
    audit.record("organisation.register", actor=actor, case_key=organisation.case_key, near=[str(i) for i in near])
    publish(OrganisationRegistered(organisation.id), case_key=organisation.case_key, actor=actor)
    return organisation


def new_organisation(details: Mapping[str, Any], *, difference: str, actor: Actor) -> Organisation:
    """Write down a company and its first person."""
    organisation = Organisation(
        id=new_id(),
        **details,
        name_keys=[name_key(details["legal_name"])],
        registration_key=registration_key(details["registration_number"]),
        difference=difference,
        registered_at=clock.now(),
        registered_by_id=actor.person_id,
    )
    db.session.add(organisation)
    db.session.flush()
    for role in (MemberRole.EDITOR, MemberRole.LEGAL_REPRESENTATIVE):
        person_id = actor.person_id
        db.session.add(Membership(person_id=person_id, organisation_id=organisation.id, role=role, since=clock.now()))
    db.session.flush()
    return organisation


def update_organisation(
    organisation: Organisation,
    *,
    actor: Actor,
    revision: int | None = None,
    difference: str = "",
    **stated: Unpack[Details],
) -> None:
    """Change what a company states; a changed legal name is kept among the former ones.

    `revision` is the one that the person saw: where somebody else changed the company since, ChangedMeanwhile.
    """
    require(actor, "organisation.edit", organisation)
    lock(organisation)
    if revision is not None and revision != organisation.revision:
        raise ChangedMeanwhile(
            _(
                "Someone else changed these details meanwhile. See what is there now; saving again puts yours in "
                "its place."
            )
        )
    present = {field: getattr(organisation, field) for field in BLANK}
    details = checked(present | tidied(stated))
    changed = tuple(field for field in BLANK if details[field] != present[field])
    if not changed:
        return
    check_identity(organisation, details, changed=changed, difference=difference)
    apply(organisation, details, changed=changed)
    audit.record("organisation.edit", actor=actor, case_key=organisation.case_key, fields=list(changed))
    publish(OrganisationChanged(organisation.id, changed), case_key=organisation.case_key, actor=actor)


def check_identity(
    organisation: Organisation, details: Mapping[str, Any], *, changed: tuple[str, ...], difference: str
) -> None:
    """Stop a change that would make one company look like another."""
    if "registration_number" in changed or "country" in changed:
        known = queries.find_organisation_by_registration(details["country"], details["registration_number"])
        stop_at_the_same(None if known is organisation else known)
    if "legal_name" in changed and stop_at_nearly_the_same(
        details["legal_name"], difference, apart_from=organisation.id
    ):
        organisation.difference = difference


def apply(organisation: Organisation, details: Mapping[str, Any], *, changed: tuple[str, ...]) -> None:
    """Write the changed details down."""
    if "legal_name" in changed:
        organisation.former_names = distinct([*organisation.former_names, organisation.legal_name])
        organisation.name_keys = distinct([name_key(details["legal_name"]), *organisation.name_keys])
    for field in changed:
        setattr(organisation, field, details[field])
    organisation.registration_key = registration_key(organisation.registration_number)
    organisation.revision += 1
    db.session.flush()


def tidied(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Bring what was stated to the form in which it is kept."""
    kept = {field: value.strip() if isinstance(value, str) else value for field, value in stated.items()}
    if "lei" in kept:
        kept["lei"] = lei_key(kept["lei"])
    for field in ("isic_divisions", "countries", "trade_names"):
        if field in kept:
            kept[field] = distinct(part.strip() for part in kept[field] if part.strip())
    return kept


def checked(details: dict[str, Any]) -> dict[str, Any]:
    """Return the details without the seat among the countries of operation; refuse what cannot be taken."""
    if faults := faults_in(details, on=clock.today()):
        raise Invalid(
            _("Some details cannot be taken as they are."),
            fields={field: str(FAULTS[fault]) for field, fault in faults.items()},
        )
    return details | {"countries": [code for code in details["countries"] if code != details["country"]]}


def stop_at_the_same(known: Organisation | None) -> None:
    """Refuse a registration number that stands already; nothing of the other company is disclosed but that."""
    if known is not None:
        raise Invalid(
            _("This company is registered already."),
            fields={
                "registration_number": _(
                    "A company with this registration number is registered already. Ask its legal representative to "
                    "add you to its people. If nobody there can help, write to the Secretariat."
                )
            },
        )


def stop_at_nearly_the_same(name: str, difference: str, *, apart_from: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Return the companies of nearly the same name; refuse while it is not said how this one differs."""
    near = queries.find_nearly_same(name_key(name), apart_from=apart_from)
    if near and len(difference.strip()) < LEAST_DIFFERENCE:
        raise Invalid(
            _("A company with nearly the same name is registered already."),
            fields={
                "difference": _(
                    "A company with nearly the same name is registered already. If it is yours, ask its legal "
                    "representative to add you to its people. If yours is a different company, say here how it differs."
                )
            },
        )
    return near
