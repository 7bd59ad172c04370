"""Owners of 10 percent or more, and directors."""

from __future__ import annotations

from datetime import date

import pytest

from certify.accounts import queries as accounts
from certify.kernel.db import new_id
from certify.kernel.errors import Invalid, NotFound
from certify.kernel.events import list_events
from certify.organisations import queries, service
from certify.organisations.rules import MemberRole, OwnerKind, Part
from tests.makers import make_person
from tests.makers.organisations import make_colleague, make_organisation


@pytest.fixture
def carla(app, change):
    with change():
        return make_person("Carla")


@pytest.fixture
def company(carla, change):
    with change():
        return make_organisation(carla, owners=(), directors=())


@pytest.fixture
def add(company, carla, change):
    def add_owner(**fields):
        known = {"kind": OwnerKind.PERSON, "name": "Ana Quispe", "country": "PE", "share_bp": 4_000}
        with change():
            return service.add_owner(company, actor=accounts.get_actor(carla), **(known | fields))

    return add_owner


def test_shares_may_reach_the_whole_and_no_more(add, company):
    add()
    add(name="Inversiones Illimani S.A.", kind=OwnerKind.COMPANY, country="BO", share_bp=6_000)

    with pytest.raises(Invalid) as stopped:
        add(name="One Too Many", share_bp=1_000)

    assert list(stopped.value.fields) == ["share"]
    assert "0 % are left" in stopped.value.fields["share"]
    assert len(queries.list_owners(company)) == 2


def test_an_owner_below_ten_percent_is_not_listed(add):
    with pytest.raises(Invalid) as stopped:
        add(share_bp=999)

    assert list(stopped.value.fields) == ["share"]


def test_of_an_anonymous_owner_only_the_share_is_kept(add, company):
    owner = add(kind=OwnerKind.ANONYMOUS, birth_date=date(1980, 1, 1))

    assert (owner.name, owner.country, owner.birth_date) == ("", None, None)
    assert owner.is_unresolved
    assert company.ownership.unresolved_bp == 4_000


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": " "}, "name"),
        ({"country": "XX"}, "country"),
        ({"country": None}, "country"),
        ({"birth_date": date(1899, 12, 31)}, "birth_date"),
        ({"birth_date": date(2026, 3, 2)}, "birth_date"),
        ({"name": "A\r\nB"}, "name"),
    ],
)
def test_a_named_owner_has_a_name_a_country_and_a_past_birth(add, fields, where):
    with pytest.raises(Invalid) as stopped:
        add(**fields)

    assert list(stopped.value.fields) == [where]


def test_an_entry_sent_twice_is_one_owner(add, company):
    entry = new_id()

    first, second = add(entry_id=entry), add(entry_id=entry)

    assert second is first
    assert len(queries.list_owners(company)) == 1


def test_an_entry_of_another_company_is_nobodys(add, company, change):
    foreign = add()
    with change():
        thief = make_person("Teo")
        other = make_organisation(thief)

    with pytest.raises(NotFound), change():
        service.add_owner(
            other,
            actor=accounts.get_actor(thief),
            kind=OwnerKind.PERSON,
            name="X Y",
            country="PE",
            share_bp=1_000,
            entry_id=foreign.id,
        )


def test_owners_and_directors_that_change_are_events(add, company, carla, change):
    owner = add()
    with change():
        actor = accounts.get_actor(carla)
        director = service.add_director(company, actor=actor, name="Luis Mamani", country="BO")
        service.remove_director(director, actor=actor)
        service.remove_owner(owner, actor=actor)

    kinds = [row.kind for row in list_events(company.case_key)]

    assert kinds == ["OrganisationRegistered", *["OwnersChanged"] * 4]
    assert queries.list_owners(company) == []
    assert queries.list_directors(company) == []


def test_what_is_missing_is_named_until_it_is_there(add, company, carla, change):
    assert queries.missing_parts(company) == [Part.OWNERS, Part.DIRECTORS]

    add()
    with change():
        service.add_director(company, actor=accounts.get_actor(carla), name="Luis Mamani", country="BO")

    assert queries.missing_parts(company) == []


def test_what_is_missing_waits_for_those_who_may_state_it(add, company, carla, change):
    with change():
        reader, stranger = make_colleague(company, MemberRole.READER), make_person()

    def waits(person):
        return [thing.endpoint for thing in queries.waiting_for(accounts.get_actor(person))]

    assert waits(carla) == ["organisations.show"]
    assert waits(reader) == []
    assert waits(stranger) == ["organisations.register"]


def test_a_company_without_large_owners_says_so(add, company, carla, change):
    with change():
        service.state_widely_held(company, actor=accounts.get_actor(carla))
    assert Part.OWNERS not in queries.missing_parts(company)

    owner = add()
    with pytest.raises(Invalid), change():
        service.state_widely_held(company, actor=accounts.get_actor(carla))

    assert company.widely_held is False
    assert queries.list_owners(company) == [owner]


def test_names_of_owners_are_not_in_the_audit_facts(add, company):
    from certify.kernel.audit import AuditDetail
    from certify.kernel.db import db

    add(name="Very Private Person")

    details = db.session.query(AuditDetail).all()
    assert not any("Private" in str(detail.facts) for detail in details)
