"""The company's pages as people use them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from certify.accounts.rules import Role
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db
from certify.organisations import queries
from certify.organisations.models import Organisation
from certify.organisations.rules import MemberRole
from tests.makers import make_person
from tests.makers.organisations import make_colleague, make_organisation
from tests.pages import fields, parsed, send, words

IDENTITY = {
    "legal_name": "Cafés del Sur S.A.",
    "trade_names": "Café Sur\nSur Coffee",
    "country": "PE",
    "registration_number": "PE 11.223-K",
    "tax_identifier": "20512333797",
    "lei": "2138 00KU D8LA JWSQ 9D15",
    "countries": ["CO", "CL"],
}


@pytest.fixture
def carla(app, change):
    with change():
        return make_person("Carla Rojas")


@pytest.fixture
def company(carla, change):
    with change():
        return make_organisation(carla, legal_name="Montañas Azules S.A.")


def test_somebody_without_a_company_is_told_what_to_do_first(carla, visit):
    page = visit(carla).get("/organisations/")

    assert "Register your company" in words(page)
    assert "ask the legal representative to add you" in words(page)


def test_a_company_is_registered_and_says_what_is_missing(carla, visit):
    page = send(visit(carla), "/organisations/register", **IDENTITY)

    text = words(page)
    assert "Cafés del Sur S.A. is registered." in text
    assert "Before the company can apply" in text
    assert "Check digits are right" in text
    assert "213800KUD8LAJWSQ9D15" in text
    assert "Colombia" in text


def test_nothing_typed_is_lost_on_an_error(carla, visit):
    page = send(visit(carla), "/organisations/register", **(IDENTITY | {"lei": "nonsense"}))

    assert page.status_code == 422
    kept = fields(page)
    assert kept["legal_name"] == IDENTITY["legal_name"]
    assert kept["trade_names"] == IDENTITY["trade_names"]
    assert kept["lei"] == "nonsense"
    assert kept["countries"] == ["CL", "CO"] or kept["countries"] == ["CO", "CL"]
    assert parsed(page).find(".//input[@id='lei']").get("aria-invalid") == "true"


def test_a_double_submit_is_one_company_and_the_second_gets_the_first(carla, visit):
    client = visit(carla)
    values = fields(client.get("/organisations/register")) | IDENTITY

    first = client.post("/organisations/register", data=values)
    second = client.post("/organisations/register", data=values)

    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 1


def test_a_nearly_same_name_shows_the_hint_and_a_field_to_say_the_difference(carla, company, change, visit):
    with change():
        other = make_person("Oscar")
    client = visit(other)
    typed = IDENTITY | {"legal_name": "Azules Montanas, Sociedad Anonima"}

    stopped = send(client, "/organisations/register", **typed)
    values = fields(stopped) | {"difference": "Another owner, and we sell tea."}
    registered = client.post("/organisations/register", data=values, follow_redirects=True)

    assert stopped.status_code == 422
    assert "ask its legal representative to add you" in words(stopped)
    assert company.registration_number not in stopped.text
    assert "Carla" not in stopped.text
    assert "is registered." in words(registered)


def test_a_number_that_is_registered_shows_the_hint_and_no_way_on(carla, company, change, visit):
    with change():
        other = make_person("Oscar")
    same = {"country": company.country, "registration_number": company.registration_number.lower()}

    stopped = send(visit(other), "/organisations/register", **(IDENTITY | same))

    assert stopped.status_code == 422
    assert "Ask its legal representative" in words(stopped)
    assert "difference" not in fields(stopped)
    assert company.legal_name not in stopped.text


@pytest.mark.parametrize("address", ["", "/identity", "/activities", "/countries", "/owners", "/directors"])
def test_each_page_of_a_company_opens_for_its_people(carla, company, visit, address):
    page = visit(carla).get(f"/organisations/{company.id}{address}")

    assert page.status_code == 200
    assert company.legal_name in words(page)
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_each_page_opens_in_each_language(carla, company, visit, language):
    client = visit(carla)

    for address in ("", "/identity", "/activities", "/countries", "/owners", "/directors", "/people"):
        assert client.get(f"/organisations/{company.id}{address}?lang={language}").status_code == 200


def test_activities_and_size_are_saved(carla, company, visit):
    page = send(
        visit(carla),
        f"/organisations/{company.id}/activities",
        isic_divisions=["01", "10"],
        employees="1,250",
        turnover_usd="14 000 000",
    )

    assert "Your changes are saved." in words(page)
    db.session.refresh(company)
    assert (company.employees, company.turnover_usd) == (1_250, 14_000_000)
    assert company.sectors == ["agriculture", "manufacturing"]
    assert company.size == "large"
    assert "Default, to be set by the Board" in words(page) or "default, to be set by the Board" in words(page)


def test_at_least_one_activity_is_chosen(carla, company, visit):
    page = send(visit(carla), f"/organisations/{company.id}/activities", isic_divisions=[])

    assert page.status_code == 422
    assert "Choose at least one activity." in words(page)


def test_all_faults_are_named_at_once(carla, visit):
    typed = IDENTITY | {"lei": "nonsense", "tax_identifier": "20512333798", "legal_name": ""}

    page = send(visit(carla), "/organisations/register", **typed)

    wrong = [field.get("id") for field in parsed(page).iter("input") if field.get("aria-invalid") == "true"]
    assert wrong == ["legal_name", "tax_identifier", "lei"]


@pytest.mark.parametrize("typed", ["-1", "NaN", "1e309", "٢٥", "2.5", "", "9" * 16, "1 0", "１２"])
def test_input_13_what_is_no_whole_number_is_refused_at_its_field(carla, company, visit, typed):
    page = send(
        visit(carla),
        f"/organisations/{company.id}/activities",
        isic_divisions=["62"],
        employees=typed,
        turnover_usd="100",
    )

    assert page.status_code == 422
    field = parsed(page).find(".//input[@id='employees']")
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == typed


@pytest.mark.parametrize("typed", ["101", "-1", "NaN", "1e309", "٥٠", "33.333", "9.99"])
def test_input_13_what_is_no_share_is_refused_at_its_field(carla, company, visit, typed):
    address = f"/organisations/{company.id}/owners"

    page = send(visit(carla), address, kind="person", name="Rita Paz", country="BO", share=typed)

    assert page.status_code == 422
    field = parsed(page).find(".//input[@id='share']")
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == typed


def test_owners_and_directors_are_added_and_removed(carla, company, visit):
    client, address = visit(carla), f"/organisations/{company.id}"

    added = send(client, f"{address}/owners", kind="anonymous", share="25,5")
    assert "25.5 %" in words(added)
    assert "Unresolved" in words(added)
    added = send(client, f"{address}/directors", name="Rita Paz", country="BO", birth_date="1970-05-01")
    assert "Rita Paz" in words(added)

    director = queries.list_directors(company)[-1]
    token = fields(added)["csrf_token"]
    removed = client.post(
        f"{address}/directors/{director.id}/remove", data={"csrf_token": token}, follow_redirects=True
    )
    assert "Rita Paz" not in words(removed)


def test_an_owner_sent_twice_is_one_owner(carla, company, visit):
    client, address = visit(carla), f"/organisations/{company.id}/owners"
    values = fields(client.get(address)) | {"kind": "person", "name": "Rita Paz", "country": "BO", "share": "20"}

    answers = [client.post(address, data=values) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [owner.name for owner in queries.list_owners(company)].count("Rita Paz") == 1


def test_two_editors_of_the_same_details_get_a_conflict_and_nothing_is_lost(carla, company, change, visit):
    with change():
        colleague = make_colleague(company)
    address = f"/organisations/{company.id}/activities"
    first, second = visit(carla), visit(colleague)
    seen = fields(second.get(address))
    send(first, address, employees="77")

    conflict = second.post(address, data=seen | {"employees": "88"})

    assert conflict.status_code == 409
    assert "Someone else changed these details" in words(conflict)
    assert fields(conflict)["employees"] == "88"
    assert "77" in words(conflict)
    settled = second.post(address, data=fields(conflict))
    assert settled.status_code == 302
    db.session.refresh(company)
    assert company.employees == 88


def test_input_04_extra_fields_change_nothing(carla, company, visit):
    page = send(
        visit(carla),
        f"/organisations/{company.id}/countries",
        countries=["CL"],
        kind="bank",
        size="micro",
        registered_by_id="0",
        widely_held="1",
        role="administrator",
    )

    assert page.status_code == 200
    db.session.refresh(company)
    assert (company.kind.value, company.widely_held, company.registered_by_id) == ("company", False, carla.id)


# -- other people


FOREIGN = ("", "/identity", "/activities", "/countries", "/owners", "/directors", "/people", "/people/hand-over")


@pytest.mark.parametrize("address", FOREIGN)
def test_input_01_another_companys_id_is_not_found_and_recorded(company, change, visit, address):
    with change():
        stranger = make_person("Sam")
        make_organisation(stranger)

    page = visit(stranger).get(f"/organisations/{company.id}{address}")

    assert page.status_code == 404
    assert company.legal_name not in page.text
    last = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.case_key == company.case_key)).all()[-1]
    assert last.outcome is Outcome.REFUSED
    assert last.detail.person_id == stranger.id


def test_input_02_another_companys_id_cannot_be_changed(company, change, visit):
    with change():
        stranger = make_person("Sam")
        own = make_organisation(stranger)
    client = visit(stranger)
    token = fields(client.get(f"/organisations/{own.id}/countries"))["csrf_token"]
    owner = queries.list_owners(company)[0]

    answers = [
        client.post(f"/organisations/{company.id}/countries", data={"csrf_token": token, "countries": "CL"}),
        client.post(f"/organisations/{own.id}/owners/{owner.id}/remove", data={"csrf_token": token}),
        client.post(f"/organisations/{company.id}/owners/{owner.id}/remove", data={"csrf_token": token}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert queries.list_owners(company) == [owner]


def test_a_reader_reads_and_changes_nothing(company, change, visit):
    with change():
        reader = make_colleague(company, MemberRole.READER)
    client = visit(reader)

    page = client.get(f"/organisations/{company.id}")

    assert "Ana Quispe" in words(page)
    assert client.get(f"/organisations/{company.id}/owners").status_code == 403
    assert client.get(f"/organisations/{company.id}/people").status_code == 403


@pytest.mark.parametrize(
    ("role", "reads", "reads_owners"),
    [
        (Role.OFFICER, True, True),
        (Role.BOARD, True, True),
        (Role.AUDITOR, True, True),
        (Role.ADMINISTRATOR, True, False),
        (Role.EXPERT, False, False),
        (Role.FOCAL_POINT, False, False),
        (Role.ASSOCIATED, False, False),
    ],
)
def test_who_of_the_organisation_reads_a_company(company, change, visit, role, reads, reads_owners):
    with change():
        person = make_person("Pat", role, country="PE")

    page = visit(person).get(f"/organisations/{company.id}")

    assert page.status_code == (200 if reads else 404)
    assert ("Ana Quispe" in page.text) is reads_owners
    assert ("Luis Mamani" in page.text) is reads_owners


def test_nobody_who_did_not_sign_in_sees_a_company(company, visit):
    page = visit().get(f"/organisations/{company.id}")

    assert page.status_code == 302
    assert "/login" in page.location


# -- hostile text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "{% raw %}", "${7*7}", "' OR '1'='1"])
def test_input_14_names_are_printed_as_text(carla, visit, text):
    page = send(visit(carla), "/organisations/register", **(IDENTITY | {"legal_name": f"Casa {text} S.A."}))

    assert page.status_code == 200
    assert f"Casa {text} S.A." in words(page)
    assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize("text", ["%", "_", "' UNION SELECT password FROM person --", "\\"])
def test_input_16_a_search_is_literal(company, change, visit, text):
    with change():
        officer = make_person("Olga", Role.OFFICER)

    page = visit(officer).get("/organisations/", query_string={"search": text})

    assert page.status_code == 200
    assert "No company found" in words(page)


def test_input_15_a_search_is_escaped(company, change, visit):
    with change():
        officer = make_person("Olga", Role.OFFICER)

    page = visit(officer).get("/organisations/", query_string={"search": '"><script>alert(1)</script>'})

    assert "<script>alert(1)" not in page.text


def test_an_officer_finds_a_company_by_a_part_of_its_name(company, change, visit):
    with change():
        officer = make_person("Olga", Role.OFFICER)
        make_organisation()

    page = visit(officer).get("/organisations/", query_string={"search": "azules"})

    assert "1 company" in words(page)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A\r\nBcc: x@example.org", 422),
        ("x" * 200_000, 422),
        ("\u202eAS rus led", 302),
        ("𐍈" * 150, 302),
        ("\x00", 400),
    ],
)
def test_input_38_difficult_text_is_refused_or_kept_exactly(carla, visit, text, status):
    client = visit(carla)
    values = fields(client.get("/organisations/register")) | IDENTITY | {"legal_name": text}

    answer = client.post("/organisations/register", data=values)

    assert answer.status_code == status
    if status == 302:
        assert db.session.scalars(sa.select(Organisation.legal_name)).one() == text


# -- people


def test_the_legal_representative_adds_and_removes_people(carla, company, change, visit, work):
    with change():
        colleague = make_person("Elena Gil")
    client, address = visit(carla), f"/organisations/{company.id}/people"

    added = send(client, address, email=colleague.email, role="reader")
    assert "Elena Gil" in words(added)
    assert visit(colleague).get(f"/organisations/{company.id}").status_code == 200

    token = fields(added)["csrf_token"]
    client.post(f"{address}/{colleague.id}/remove", data={"csrf_token": token})
    assert visit(colleague).get(f"/organisations/{company.id}").status_code == 404


def test_the_page_says_when_there_is_no_such_account(carla, company, visit):
    page = send(visit(carla), f"/organisations/{company.id}/people", email="nobody@example.org", role="editor")

    assert page.status_code == 422
    assert fields(page)["email"] == "nobody@example.org"
    assert "There is no account with this address" in words(page)


def test_handing_over_changes_the_legal_representative_and_writes_to_everybody(carla, company, change, visit, work):
    with change():
        make_colleague(company, name="Elena Gil")
    work()

    page = send(
        visit(carla),
        f"/organisations/{company.id}/people/hand-over",
        person=str(queries.people_of(company, MemberRole.EDITOR)[-1].id),
    )

    assert "The legal representative has changed" in words(page)
    assert [person.name for person in queries.people_of(company, MemberRole.LEGAL_REPRESENTATIVE)] == ["Elena Gil"]
    assert work() == 2


def test_with_no_editor_there_is_nobody_to_hand_over_to(carla, company, visit):
    page = visit(carla).get(f"/organisations/{company.id}/people/hand-over")

    assert "Nobody to hand over to" in words(page)
