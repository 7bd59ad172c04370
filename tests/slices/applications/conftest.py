"""What the tests of applications share: a company with three people, and officials who declared no interest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.applications import service
from certify.applications.models import Application
from certify.interests import service as interests
from certify.interests.rules import Interest
from certify.kernel.policy import Actor
from certify.organisations.models import Organisation
from certify.organisations.rules import MemberRole
from tests.makers import make_person
from tests.makers.organisations import make_colleague, make_organisation


class Company(NamedTuple):
    """A company and its people; the representative is an editor as well, as whoever registers is."""

    organisation: Organisation
    representative: Person
    editor: Person
    reader: Person


@pytest.fixture
def company(change: Callable[[], Any]) -> Company:
    """A company with a legal representative, an editor and a reader."""
    with change():
        representative = make_person("Rosa Quispe")
        organisation = make_organisation(representative)
        editor = make_colleague(organisation, MemberRole.EDITOR, "Eva Mamani")
        reader = make_colleague(organisation, MemberRole.READER, "Rita Flores")
    return Company(organisation, representative, editor, reader)


def clear(person: Person, application: Application, interest: Interest = Interest.NONE) -> Actor:
    """Let somebody declare on a case; inside `with change():`."""
    more = {} if interest is Interest.NONE else {"nature": "personal", "text": "I own shares of it."}
    interests.declare(application.case_key, interest=interest, actor=get_actor(person), **more)
    return get_actor(person)


def make_assessor(application: Application) -> Person:
    """An officer who declared no interest and has the case; inside `with change():`."""
    officer = make_person("Olga Ruiz", Role.OFFICER)
    clear(officer, application)
    service.assign_assessor(application, person_id=officer.id, actor=Actor.system("a test"))
    return officer
