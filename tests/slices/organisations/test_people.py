"""Who acts for a company: added, removed, and the legal representative handed over."""

from __future__ import annotations

import pytest

from certify.accounts import queries as accounts
from certify.accounts.rules import Role
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotAllowed, NotFound, RuleBroken
from certify.kernel.jobs import OutboxRow
from certify.organisations import queries, service
from certify.organisations.rules import MemberRole
from tests.makers import make_person
from tests.makers.organisations import make_colleague, make_organisation


@pytest.fixture
def carla(app, change):
    with change():
        return make_person("Carla")


@pytest.fixture
def company(carla, change):
    with change():
        return make_organisation(carla)


def letters_to(person):
    rows = db.session.query(OutboxRow).filter_by(job="kernel.send_letter").all()
    return [row.payload["subject"] for row in rows if row.payload["to"] == person.email]


def test_a_person_is_added_once_and_told_in_their_language(company, carla, change):
    with change():
        editor = make_person("Elena", language="en")
        actor = accounts.get_actor(carla)
        service.add_member(company, email=editor.email.upper(), role=MemberRole.EDITOR, actor=actor)
        service.add_member(company, email=editor.email, role=MemberRole.EDITOR, actor=actor)

    assert accounts.get_actor(editor).holds("editor", company.id)
    assert letters_to(editor) == [f"You act for {company.legal_name}"]


def test_a_reader_who_becomes_an_editor_is_no_longer_a_reader(company, carla, change):
    with change():
        person = make_colleague(company, MemberRole.READER)
        service.add_member(company, email=person.email, role=MemberRole.EDITOR, actor=accounts.get_actor(carla))

    assert not accounts.get_actor(person).holds("reader", company.id)
    assert accounts.get_actor(person).holds("editor", company.id)


def test_unknown_addresses_and_people_with_a_role_of_the_organisation_read_the_same(company, carla, change):
    with change():
        officer = make_person("Olga", Role.OFFICER)
    sentences = set()

    for email in (officer.email, "nobody@example.org"):
        with pytest.raises(Invalid) as stopped, change():
            service.add_member(company, email=email, role=MemberRole.EDITOR, actor=accounts.get_actor(carla))
        sentences.add(str(stopped.value))

    assert len(sentences) == 1


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.READER])
def test_only_the_legal_representative_says_who_acts(company, change, role):
    with change():
        person, another = make_colleague(company, role), make_person()

    with pytest.raises(NotAllowed), change():
        service.add_member(company, email=another.email, role=MemberRole.READER, actor=accounts.get_actor(person))


def test_a_removed_person_sees_the_company_no_more(company, carla, change):
    with change():
        person = make_colleague(company)
        service.remove_member(company, person_id=person.id, actor=accounts.get_actor(carla))

    with pytest.raises(NotFound), change():
        service.update_organisation(company, actor=accounts.get_actor(person), employees=1)


def test_the_legal_representative_is_not_removed_but_hands_over(company, carla, change):
    with change():
        editor = make_colleague(company)

    with pytest.raises(RuleBroken), change():
        service.remove_member(company, person_id=carla.id, actor=accounts.get_actor(carla))
    with change():
        service.hand_over(company, person_id=editor.id, actor=accounts.get_actor(carla))

    assert queries.people_of(company, MemberRole.LEGAL_REPRESENTATIVE) == [editor]
    assert accounts.get_actor(carla).holds("editor", company.id)
    assert letters_to(carla) == [f"{company.legal_name} has a new legal representative"]


def test_who_handed_over_cannot_take_it_back(company, carla, change):
    with change():
        editor = make_colleague(company)
        service.hand_over(company, person_id=editor.id, actor=accounts.get_actor(carla))

    with pytest.raises(NotAllowed), change():
        service.hand_over(company, person_id=carla.id, actor=accounts.get_actor(carla))


def test_only_an_editor_becomes_the_legal_representative(company, carla, change):
    with change():
        reader, stranger = make_colleague(company, MemberRole.READER), make_person()

    for person in (reader, stranger):
        with pytest.raises(RuleBroken), change():
            service.hand_over(company, person_id=person.id, actor=accounts.get_actor(carla))


def test_nobody_is_added_as_a_second_legal_representative(company, carla, change):
    with change():
        person = make_person()

    with pytest.raises(RuleBroken), change():
        service.add_member(
            company, email=person.email, role=MemberRole.LEGAL_REPRESENTATIVE, actor=accounts.get_actor(carla)
        )
