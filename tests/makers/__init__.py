"""Makes what tests need, through the real services."""

from __future__ import annotations

from itertools import count

from certify.accounts import service as accounts
from certify.accounts.models import Person
from certify.accounts.rules import Role

PASSWORD = "correct horse battery staple"
_number = count(1)


def make_person(name: str = "", *roles: Role, country: str | None = None, language: str = "en") -> Person:
    """A person with roles; inside `with change():`."""
    number = next(_number)
    called = name or f"Person {number}"
    email = f"{called.split()[0].lower()}.{number}@example.org"
    person = accounts.add_person(email=email, name=called, password=PASSWORD, language=language)
    for role in roles:
        accounts.grant_role(person, role=role, country=country if role is Role.FOCAL_POINT else None, reason="test")
    return person
