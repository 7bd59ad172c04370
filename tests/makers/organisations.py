"""Makes companies through the real services; inside `with change():`."""

from __future__ import annotations

from itertools import count
from typing import Any

from certify.accounts import queries as accounts
from certify.accounts.models import Person
from certify.organisations import service
from certify.organisations.models import Organisation
from certify.organisations.rules import MemberRole, OwnerKind
from tests.makers import make_person

_number = count(1)
TREES = [
    "Ceibo",
    "Araucaria",
    "Quebracho",
    "Jacaranda",
    "Algarrobo",
    "Lapacho",
    "Guayacan",
    "Caoba",
    "Cedro",
    "Nogal",
    "Samán",
    "Ipê",
    "Pitanga",
    "Mangle",
    "Balsa",
    "Laurel",
    "Ciprés",
    "Alerce",
    "Copaiba",
    "Jatobá",
    "Totora",
    "Palosanto",
    "Molle",
    "Tamarugo",
    "Chañar",
    "Espinillo",
    "Urunday",
    "Timbó",
    "Guatambú",
]
"""Words that make invented names differ from one another."""


def make_name(number: int) -> str:
    """An invented name that is not nearly the same as another of this maker."""
    first, second = TREES[number % len(TREES)], TREES[(number // len(TREES) + number * 7 + 3) % len(TREES)]
    return f"{first} {second} {number * 7919} S.A."


def make_organisation(person: Person | None = None, **fields: Any) -> Organisation:
    """A complete company of `person` (a new one where none is named), with owners and directors.

    `fields` are those of `service.register_organisation`; `owners=()` and `directors=()` leave the lists empty, or hold
    keyword sets for `add_owner` and `add_director`.
    """
    number = next(_number)
    actor = accounts.get_actor(person or make_person())
    owners = fields.pop("owners", ({"kind": OwnerKind.PERSON, "name": f"Ana Quispe {number}", "share_bp": 6_000},))
    directors = fields.pop("directors", ({"name": f"Luis Mamani {number}", "role_title": "Gerente general"},))
    known: dict[str, Any] = {
        "legal_name": make_name(number),
        "country": "PE",
        "registration_number": f"PE-{number:06d}",
        "isic_divisions": ["62"],
        "employees": 24,
        "turnover_usd": 900_000,
        "countries": ["CO"],
    }
    organisation = service.register_organisation(actor=actor, **(known | fields))
    own = accounts.get_actor(accounts.get_person(organisation.registered_by_id))
    for owner in owners:
        service.add_owner(organisation, actor=own, **({"country": "PE"} | owner))
    for director in directors:
        service.add_director(organisation, actor=own, **({"country": "PE"} | director))
    return organisation


def make_colleague(organisation: Organisation, role: MemberRole = MemberRole.EDITOR, name: str = "") -> Person:
    """Another person of a company."""
    person = make_person(name)
    owner = accounts.get_actor(accounts.get_person(organisation.registered_by_id))
    service.add_member(organisation, email=person.email, role=role, actor=owner)
    return person
