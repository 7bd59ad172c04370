"""Registration: once, with a hint where the company is there already."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from certify.accounts import queries as accounts
from certify.accounts.rules import Role
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db, transaction
from certify.kernel.errors import Invalid, NotAllowed
from certify.kernel.events import list_events
from certify.organisations import queries, service
from certify.organisations.models import Organisation
from certify.organisations.rules import countries_concerned
from tests.makers import make_person
from tests.makers.organisations import make_organisation

STATED = {
    "legal_name": "Cafés del Sur S.A.",
    "country": "PE",
    "registration_number": "PE 11.223-K",
    "countries": ["CO"],
}


def company_count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)) or 0


@pytest.fixture
def carla(app, change):
    with change():
        return make_person("Carla")


@pytest.fixture
def other(app, change):
    with change():
        return make_person("Oscar")


def register(person, **fields):
    return service.register_organisation(actor=accounts.get_actor(person), **(STATED | fields))


def test_whoever_registers_a_company_becomes_its_editor_and_legal_representative(carla, change):
    with change():
        organisation = make_organisation(carla)

    actor = accounts.get_actor(carla)

    assert actor.holds("editor", organisation.id)
    assert actor.holds("legal_representative", organisation.id)
    assert actor.holds("member", organisation.id)
    assert countries_concerned(organisation) == ["PE", "CO"]


def test_registration_is_an_event_of_the_company(carla, change):
    with change():
        organisation = register(carla)

    assert [row.kind for row in list_events(organisation.case_key)] == ["OrganisationRegistered"]


def test_the_seat_is_no_country_of_operation(carla, change):
    with change():
        organisation = register(carla, countries=["CO", "PE", "CO", "BR"])

    assert organisation.countries == ["CO", "BR"]


def test_the_same_registration_twice_by_the_same_person_is_one_company(carla, change):
    with change():
        first = register(carla)

    with change():
        second = register(carla)

    assert second is first
    assert company_count() == 1


@pytest.mark.parametrize("number", ["PE 11.223-K", "pe11223k", "PE-11223-K"])
def test_another_person_is_stopped_at_the_same_number(carla, other, change, number):
    with change():
        register(carla)

    with pytest.raises(Invalid) as stopped, change():
        register(other, legal_name="Entirely Different Ltd", registration_number=number)

    assert "legal representative" in stopped.value.fields["registration_number"]
    assert "Carla" not in str(stopped.value.fields)
    assert company_count() == 1


def test_no_statement_gets_past_the_same_number(carla, other, change):
    with change():
        register(carla)

    with pytest.raises(Invalid), change():
        register(other, difference="We are another company, owned by others.")


def test_the_same_number_in_another_country_is_another_company(carla, other, change):
    with change():
        register(carla)

    with change():
        register(other, country="CL", legal_name="Vientos Australes SpA")

    assert company_count() == 2


@pytest.mark.parametrize("name", ["DEL SUR CAFES, Sociedad Anonima", "Cafes del Sur SAC", "Caffés del Sur S. A."])
def test_a_nearly_same_name_is_stopped_with_a_hint(carla, other, change, name):
    with change():
        register(carla)

    with pytest.raises(Invalid) as stopped, change():
        register(other, legal_name=name, registration_number="999", country="CL")

    assert "ask its legal representative" in stopped.value.fields["difference"]
    assert "11.223" not in str(stopped.value.fields)


def test_a_nearly_same_name_is_registered_by_saying_how_the_company_differs(carla, other, change):
    with change():
        first = register(carla)

    with change():
        second = register(other, registration_number="999", difference="Another owner, in another town.")

    assert second.id != first.id
    assert second.difference == "Another owner, in another town."


def test_a_former_name_still_stops_a_nearly_same_one(carla, other, change):
    with change():
        first = register(carla)
        service.update_organisation(first, actor=accounts.get_actor(carla), legal_name="Montañas Azules S.A.")

    with pytest.raises(Invalid), change():
        register(other, registration_number="999")

    assert first.former_names == ["Cafés del Sur S.A."]


def test_a_company_outside_the_member_states_needs_one_where_it_works(carla, change):
    with pytest.raises(Invalid) as stopped, change():
        register(carla, country="ES", countries=["FR"])

    assert "countries" in stopped.value.fields


def test_an_officer_does_not_register_a_company(app, change):
    with change():
        officer = make_person("Olga", Role.OFFICER)

    with pytest.raises(NotAllowed), change():
        register(officer)


def test_a_wrong_tax_identifier_is_refused_at_its_field(carla, change):
    with pytest.raises(Invalid) as stopped, change():
        register(carla, tax_identifier="20512333798")

    assert list(stopped.value.fields) == ["tax_identifier"]


def test_two_registrations_at_once_make_one_company(app, carla):
    carla_id, found, faults = carla.id, [], []
    gate = threading.Barrier(2)

    def run():
        with app.app_context():
            person = accounts.get_person(carla_id)
            gate.wait()
            try:
                with transaction():
                    found.append(register(person).id)
            except Invalid as fault:
                faults.append(fault)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    assert faults == []
    assert len(found) == 2
    assert len(set(found)) == 1
    assert company_count() == 1


# -- changes


def test_an_edit_says_which_details_changed(carla, change):
    with change():
        organisation = register(carla)

    with change():
        service.update_organisation(
            organisation, actor=accounts.get_actor(carla), countries=["CL"], employees=30, turnover_usd=10
        )

    event = list_events(organisation.case_key)[-1]
    assert event.kind == "OrganisationChanged"
    assert event.content["fields"] == ["employees", "turnover_usd", "countries"]
    assert organisation.size == "small"


def test_an_edit_that_changes_nothing_is_no_event(carla, change):
    with change():
        organisation = register(carla)

    with change():
        service.update_organisation(organisation, actor=accounts.get_actor(carla), **STATED)

    assert len(list_events(organisation.case_key)) == 1


def test_the_second_of_two_editors_learns_of_the_first(carla, change):
    with change():
        organisation = register(carla)
        seen = organisation.revision
        service.update_organisation(organisation, actor=accounts.get_actor(carla), revision=seen, employees=4)

    with pytest.raises(Invalid) as conflict, change():
        service.update_organisation(organisation, actor=accounts.get_actor(carla), revision=seen, employees=5)

    assert conflict.value.status == 409
    assert queries.get_organisation(organisation.id).employees == 4


def test_a_number_of_another_company_cannot_be_taken_by_an_edit(carla, other, change):
    with change():
        register(carla)
        second = register(other, legal_name="Montañas Azules S.A.", registration_number="999")

    with pytest.raises(Invalid), change():
        service.update_organisation(second, actor=accounts.get_actor(other), registration_number="pe11223k")


def test_refusals_and_registration_stand_in_the_audit_trail(carla, change):
    with change():
        organisation = register(carla)

    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.case_key == organisation.case_key)).all()

    assert [(entry.action, entry.outcome) for entry in entries] == [("organisation.register", Outcome.DONE)]
