"""Who is screened: the company, its owners and its directors, as they are stated today."""

from __future__ import annotations

import hashlib
import json

from certify.organisations.models import Director, Organisation, Owner
from certify.organisations.rules import OwnerKind
from certify.screening.dates import span
from certify.screening.rules import BirthDate, Identifier, IdentifierKind, Schema, Subject, digest_of
from certify.screening.rules.verdicts import Role


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
