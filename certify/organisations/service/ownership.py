"""Owners of 10 percent or more, and directors."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TypeVar

from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotFound
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.organisations import queries
from certify.organisations.models import Director, Organisation, Owner
from certify.organisations.rules import (
    COUNTRIES,
    LEAST_SHARE_BP,
    LONGEST_NAME,
    OwnerKind,
    OwnersChanged,
    fits,
    is_line,
)
from certify.organisations.words import share_text

Entry = TypeVar("Entry", Owner, Director)
EARLIEST_BIRTH = date(1900, 1, 1)
MOST_DIRECTORS = 100


def add_owner(
    organisation: Organisation,
    *,
    actor: Actor,
    kind: OwnerKind,
    share_bp: int,
    name: str = "",
    country: str | None = None,
    birth_date: date | None = None,
    entry_id: uuid.UUID | None = None,
) -> Owner:
    """Name an owner of 10 percent or more; share in basis points, 1 000 to 10 000.

    Of an anonymous owner nothing but the share is kept. `entry_id` is the id that the sender chose for this entry: sent
    twice, it is one owner. Raises Invalid at the fields that cannot be taken.
    """
    require(actor, "organisation.edit", organisation)
    lock(organisation)
    if known := entered(Owner, entry_id, organisation):
        return known
    named = kind is not OwnerKind.ANONYMOUS
    faults = named_faults(name, country, birth_date) if named else {}
    refuse(faults | share_faults(organisation, share_bp))
    owner = Owner(
        id=entry_id or new_id(),
        organisation_id=organisation.id,
        kind=kind,
        name=name.strip() if named else "",
        country=country if named else None,
        birth_date=birth_date if kind is OwnerKind.PERSON else None,
        share_bp=share_bp,
    )
    db.session.add(owner)
    organisation.widely_held = False
    note_owners(organisation, action="organisation.add_owner", actor=actor, entry=owner.id)
    return owner


def remove_owner(owner: Owner, *, actor: Actor) -> None:
    """Take an owner from the list; frozen applications keep theirs."""
    organisation = lock(queries.get_organisation(owner.organisation_id))
    require(actor, "organisation.edit", organisation)
    db.session.delete(owner)
    note_owners(organisation, action="organisation.remove_owner", actor=actor, entry=owner.id)


def state_widely_held(organisation: Organisation, *, actor: Actor) -> None:
    """State that nobody owns 10 percent or more."""
    require(actor, "organisation.edit", organisation)
    lock(organisation)
    if queries.list_owners(organisation):
        raise Invalid(_("Remove the listed owners first: nobody can own 10 percent or more and nobody own it."))
    if not organisation.widely_held:
        organisation.widely_held = True
        note_owners(organisation, action="organisation.state_widely_held", actor=actor, entry=organisation.id)


def add_director(
    organisation: Organisation,
    *,
    actor: Actor,
    name: str,
    country: str,
    birth_date: date | None = None,
    role_title: str = "",
    entry_id: uuid.UUID | None = None,
) -> Director:
    """Name a director; `entry_id` as for owners."""
    require(actor, "organisation.edit", organisation)
    lock(organisation)
    if known := entered(Director, entry_id, organisation):
        return known
    refuse(named_faults(name, country, birth_date) | director_faults(organisation, role_title))
    director = Director(
        id=entry_id or new_id(),
        organisation_id=organisation.id,
        name=name.strip(),
        country=country,
        birth_date=birth_date,
        role_title=role_title.strip(),
    )
    db.session.add(director)
    note_owners(organisation, action="organisation.add_director", actor=actor, entry=director.id)
    return director


def remove_director(director: Director, *, actor: Actor) -> None:
    """Take a director from the list; frozen applications keep theirs."""
    organisation = lock(queries.get_organisation(director.organisation_id))
    require(actor, "organisation.edit", organisation)
    db.session.delete(director)
    note_owners(organisation, action="organisation.remove_director", actor=actor, entry=director.id)


def entered(kind: type[Entry], entry_id: uuid.UUID | None, organisation: Organisation) -> Entry | None:
    """Return the entry that was sent before under this id; another company's id is nobody's."""
    known = db.session.get(kind, entry_id) if entry_id else None
    if known is not None and known.organisation_id != organisation.id:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    return known


def named_faults(name: str, country: str | None, birth_date: date | None) -> dict[str, str]:
    """Say what is wrong with a named person or company."""
    faults: dict[str, str] = {}
    if not name.strip() or not is_line(name, limit=LONGEST_NAME):
        faults["name"] = _("Enter the full name, as it stands in the registry.")
    if country not in COUNTRIES:
        faults["country"] = _("Choose a country from the list.")
    if birth_date is not None and not EARLIEST_BIRTH <= birth_date < clock.today():
        faults["birth_date"] = _("Enter a date of birth that lies in the past, after 1900.")
    return faults


def share_faults(organisation: Organisation, share_bp: int) -> dict[str, str]:
    """Say what is wrong with a share beside those that are listed."""
    listed = sum(owner.share_bp for owner in queries.list_owners(organisation))
    if fits(share_bp, listed_bp=listed):
        return {}
    if share_bp < LEAST_SHARE_BP:
        return {"share": _("Only owners of 10 percent or more are listed.")}
    return {
        "share": _("Shares may not add up to more than 100 %%; %(left)s %% are left.", left=share_text(10_000 - listed))
    }


def director_faults(organisation: Organisation, role_title: str) -> dict[str, str]:
    """Say that the list is full, or the position is no single line."""
    faults: dict[str, str] = {}
    if len(queries.list_directors(organisation)) >= MOST_DIRECTORS:
        faults["name"] = _("At most 100 directors are listed. Remove one first.")
    if not is_line(role_title, limit=LONGEST_NAME):
        faults["role_title"] = _("Enter the position as one line of at most 200 characters.")
    return faults


def refuse(faults: dict[str, str]) -> None:
    """Raise what was found."""
    if faults:
        raise Invalid(_("This entry cannot be taken as it is."), fields=faults)


def note_owners(organisation: Organisation, *, action: str, actor: Actor, entry: uuid.UUID) -> None:
    """Record the change, without names, and tell the house."""
    organisation.revision += 1
    db.session.flush()
    audit.record(action, actor=actor, case_key=organisation.case_key, entry=str(entry))
    publish(OwnersChanged(organisation.id), case_key=organisation.case_key, actor=actor)
