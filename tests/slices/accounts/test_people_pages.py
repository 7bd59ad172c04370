"""The administrators' pages of people and roles."""

from __future__ import annotations

import pytest

from certify.accounts import queries, service
from certify.accounts.rules import Role
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import list_events
from tests.makers import make_person
from tests.pages import fields, parsed, send, words


@pytest.fixture
def admins(app, change):
    with change():
        return [make_person(name, Role.ADMINISTRATOR) for name in ("Ada Ruiz", "Bea Solano")]


@pytest.fixture
def carla(app, change):
    with change():
        return make_person("Carla Rojas")


def press(client, page, label):
    """Press the first button with these words, or say that there is none."""
    for form in parsed(page).findall(".//form"):
        buttons = ["".join(button.itertext()).strip() for button in form.iter("button")]
        if label in buttons:
            token = next(field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token")
            return client.post(form.get("action"), data={"csrf_token": token}, follow_redirects=True)
    return None


def test_a_role_is_proposed_by_one_and_confirmed_by_another(admins, carla, visit, work):
    first, second = (visit(admin) for admin in admins)

    proposed = send(first, f"/people/{carla.id}", role="focal_point", country="PE")
    assert "The role is proposed" in words(proposed)
    assert press(first, proposed, "Confirm") is None
    assert carla.role_names == frozenset()
    listed = second.get("/people")
    assert "Roles that wait for a second administrator" in words(listed)

    granted = press(second, second.get(f"/people/{carla.id}"), "Confirm")

    assert "The role is granted" in words(granted)
    assert queries.get_actor(carla).holds("focal_point", "PE")
    assert work() == 1


def test_a_proposed_role_waits_for_every_administrator_but_its_proposer(admins, carla, change):
    with change():
        service.propose_role(carla, role=Role.OFFICER, country=None, actor=queries.get_actor(admins[0]))

    waits = [len(queries.waiting_for(queries.get_actor(person))) for person in (*admins, carla)]

    assert waits == [0, 1, 0]


def test_a_role_is_taken_away_and_the_person_told(admins, carla, change, visit, work):
    with change():
        service.grant_role(carla, role=Role.OFFICER, reason="test")
    client = visit(admins[0])

    ended = press(client, client.get(f"/people/{carla.id}"), "Take away")

    assert "The role has ended" in words(ended)
    assert carla.role_names == frozenset()
    assert [row.kind for row in list_events(f"person:{carla.id}")] == ["RoleWithdrawn"]
    assert work() == 1


def test_a_withdrawn_proposal_is_no_event(admins, carla, change, work):
    with change():
        actor = queries.get_actor(admins[0])
        grant = service.propose_role(carla, role=Role.BOARD, country=None, actor=actor)
        service.withdraw_role(grant, actor=actor)

    assert list_events(f"person:{carla.id}") == []
    assert queries.proposed_grants() == []
    assert work() == 0


def test_the_same_proposal_twice_is_one(admins, carla, visit):
    client = visit(admins[0])
    values = fields(client.get(f"/people/{carla.id}")) | {"role": "auditor"}

    answers = [client.post(f"/people/{carla.id}", data=values) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(queries.proposed_grants()) == 1


def test_confirming_twice_is_once(admins, carla, change, work):
    with change():
        grant = service.propose_role(carla, role=Role.AUDITOR, country=None, actor=queries.get_actor(admins[0]))
    for _ in range(2):
        with change():
            service.confirm_role(grant, actor=queries.get_actor(admins[1]))

    assert [row.kind for row in list_events(f"person:{carla.id}")] == ["RoleGranted"]
    assert work() == 1


def test_two_administrators_stay(admins, change):
    ada, bea = admins

    with pytest.raises(RuleBroken), change():
        service.withdraw_role(bea.grants[0], actor=queries.get_actor(ada))

    assert bea.role_names == {"administrator"}


@pytest.mark.parametrize(
    ("role", "country"),
    [(Role.FOCAL_POINT, None), (Role.FOCAL_POINT, "XX"), (Role.OFFICER, "PE"), (Role.FOCAL_POINT, "EU")],
)
def test_a_country_is_named_for_a_focal_point_and_for_nobody_else(admins, carla, change, role, country):
    with pytest.raises(Invalid) as stopped, change():
        service.propose_role(carla, role=role, country=country, actor=queries.get_actor(admins[0]))

    assert list(stopped.value.fields) == ["country"]


def test_a_focal_point_without_country_is_refused_in_the_form(admins, carla, visit):
    page = send(visit(admins[0]), f"/people/{carla.id}", role="focal_point")

    assert page.status_code == 422
    assert "Choose a country for a focal point" in words(page)
    assert fields(page)["role"] == ["focal_point"]


def test_nobody_proposes_a_role_for_themselves(admins, visit):
    ada = admins[0]

    page = visit(ada).get(f"/people/{ada.id}")

    assert "Nobody proposes a role for themselves" in words(page)
    token = fields(page, form=0)["csrf_token"]
    answer = visit(ada).post(f"/people/{ada.id}", data={"csrf_token": token, "role": "board"})
    assert answer.status_code in {400, 409}
    assert ada.role_names == {"administrator"}


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 403), (Role.OFFICER, 403), (Role.BOARD, 403), (Role.FOCAL_POINT, 403), (Role.AUDITOR, 200)],
)
def test_who_reads_the_list_of_people(admins, change, visit, role, status):
    with change():
        person = make_person("Pat", *([role] if role else []), country="PE")

    assert visit(person).get("/people").status_code == status
    assert visit(person).get(f"/people/{person.id}").status_code == status


def test_an_auditor_changes_nothing(admins, carla, change, visit):
    with change():
        auditor = make_person("Aldo", Role.AUDITOR)
    client = visit(auditor)
    page = client.get(f"/people/{carla.id}")

    answer = client.post(
        f"/people/{carla.id}", data={"csrf_token": fields(page, form=0)["csrf_token"], "role": "officer"}
    )

    assert "Propose a role" not in words(page)
    assert answer.status_code == 403


@pytest.mark.parametrize("text", ["%", "_", "' OR '1'='1", "nobody"])
def test_input_16_a_search_for_people_is_literal(admins, visit, text):
    page = visit(admins[0]).get("/people", query_string={"search": text})

    assert "Nobody found" in words(page)


def test_a_person_is_found_by_a_part_of_the_name(admins, carla, visit):
    page = visit(admins[0]).get("/people", query_string={"search": "rojas"})

    assert "1 person" in words(page)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_pages_open_in_each_language(admins, carla, change, visit, language):
    with change():
        service.propose_role(carla, role=Role.FOCAL_POINT, country="CL", actor=queries.get_actor(admins[0]))
    client = visit(admins[1])

    for address in ("/people", f"/people/{carla.id}"):
        assert client.get(f"{address}?lang={language}").status_code == 200
