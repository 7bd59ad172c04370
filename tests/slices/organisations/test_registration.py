"""Registration: once, with a hint where the company is there already."""

from __future__ import annotations

from certify.accounts import queries as accounts
from certify.organisations.rules import countries_concerned
from tests.makers import make_person
from tests.makers.organisations import make_organisation


def test_whoever_registers_a_company_becomes_its_editor_and_legal_representative(app, change):
    with change():
        person = make_person("Carla")
        organisation = make_organisation(person)

    actor = accounts.get_actor(person)

    assert actor.holds("editor", organisation.id)
    assert actor.holds("legal_representative", organisation.id)
    assert countries_concerned(organisation) == ["PE", "CO"]
