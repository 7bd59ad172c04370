"""Roles: two administrators, never oneself."""

import pytest

from certify.accounts import queries, service
from certify.accounts.rules import Role
from certify.kernel.errors import NotAllowed, RuleBroken
from tests.makers import make_person


def test_a_role_is_live_once_a_second_administrator_confirmed_it(app, change):
    with change():
        first, second = make_person("Ada", Role.ADMINISTRATOR), make_person("Bea", Role.ADMINISTRATOR)
        person = make_person("Carla")
        grant = service.propose_role(person, role=Role.OFFICER, country=None, actor=queries.get_actor(first))
    assert person.role_names == frozenset()

    with change():
        service.confirm_role(grant, actor=queries.get_actor(second))

    assert person.role_names == {"officer"}


@pytest.mark.parametrize("who", ["proposer", "holder"])
def test_neither_the_proposer_nor_the_holder_confirms_a_role(app, change, who):
    with change():
        first, second = make_person("Ada", Role.ADMINISTRATOR), make_person("Bea", Role.ADMINISTRATOR)
        grant = service.propose_role(second, role=Role.AUDITOR, country=None, actor=queries.get_actor(first))
    confirmer = queries.get_actor(first if who == "proposer" else second)

    with pytest.raises(RuleBroken), change():
        service.confirm_role(grant, actor=confirmer)


def test_an_officer_may_not_propose_a_role(app, change):
    with change():
        officer, person = make_person("Olga", Role.OFFICER), make_person("Carla")

    with pytest.raises(NotAllowed), change():
        service.propose_role(person, role=Role.BOARD, country=None, actor=queries.get_actor(officer))
