"""The declaration page that stands before every file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from certify.accounts.models import Person
from certify.accounts.rules import Role
from certify.interests import queries, service
from certify.interests.rules import Interest, own_path
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db
from tests.makers import make_person
from tests.makers.board import MadeBoard, make_board
from tests.pages import send, words

KEY = "application:page"
Change = Callable[[], Any]
Visit = Callable[..., FlaskClient]


@pytest.fixture
def officer(change: Change) -> Person:
    """An officer, and an open case."""
    with change():
        service.open_subject(KEY, title="Andes Solar S.A.", link="/", organisations=["Andes Solar S.A.", "Rosa Quispe"])
        return make_person("Officer", Role.OFFICER)


def test_no_interest_leads_on_to_the_file(visit: Visit, officer: Person) -> None:
    answer = send(visit(officer), f"/interests/{KEY}?next=/consultations/", interest="none")

    assert answer.request.path == "/consultations/"
    assert queries.may_open(officer.id, KEY)


def test_an_interest_without_description_is_sent_back_and_kept(visit: Visit, officer: Person) -> None:
    page = send(visit(officer), f"/interests/{KEY}", interest="potential")

    assert page.status_code == 422
    assert "Describe the interest in one or two sentences." in words(page)
    assert 'value="potential" checked' in page.text or "checked" in page.text
    assert queries.find_declaration(officer.id, KEY) is None


def test_an_actual_interest_closes_the_file_and_says_so(visit: Visit, officer: Person) -> None:
    page = send(visit(officer), f"/interests/{KEY}", interest="actual", text="I own shares.")

    assert "You take no part in this case." in words(page)
    assert "Open the file" not in words(page)


def test_an_interest_is_added_later_and_never_taken_back(visit: Visit, officer: Person) -> None:
    client = visit(officer)
    send(client, f"/interests/{KEY}", interest="none")

    offered = client.get(f"/interests/{KEY}")
    send(client, f"/interests/{KEY}", interest="actual", text="I inherited shares.")
    after = client.get(f"/interests/{KEY}")

    assert "Add an interest that came to light" in words(offered)
    assert 'value="none"' not in offered.text
    assert "Add an interest" not in words(after)


def test_who_reads_the_file_sees_who_is_concerned(visit: Visit, officer: Person) -> None:
    assert "Rosa Quispe" in words(visit(officer).get(f"/interests/{KEY}"))


def test_a_case_that_does_not_exist_is_404(visit: Visit, officer: Person) -> None:
    assert visit(officer).get("/interests/application:unknown").status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
def test_who_opens_no_files_declares_nothing(visit: Visit, change: Change, officer: Person, role: Role | None) -> None:
    with change():
        person = make_person("Somebody", *([role] if role else []))

    assert visit(person).get(f"/interests/{KEY}").status_code == 404
    assert visit(person).get("/interests/").status_code == 403


def test_an_auditor_reads_every_declaration_and_the_reading_is_recorded(
    visit: Visit, change: Change, officer: Person
) -> None:
    send(visit(officer), f"/interests/{KEY}", interest="none")
    send(visit(officer), f"/interests/{KEY}", interest="actual", text="I inherited shares.")
    with change():
        auditor = make_person("Auditor", Role.AUDITOR)

    page = words(visit(auditor).get("/interests/all"))

    assert "I inherited shares." in page
    assert "Replaced on" in page
    read = db.session.query(AuditEntry).filter_by(action="interest.audit").one()
    assert read.outcome is Outcome.READ
    assert visit(officer).get("/interests/all").status_code == 403


@pytest.mark.parametrize("place", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])
def test_input_25_only_own_paths_are_followed(visit: Visit, officer: Person, place: str) -> None:
    client = visit(officer)

    answer = send(client, f"/interests/{KEY}?next={place}", follow=False, interest="none")
    again = client.get(f"/interests/{KEY}?next={place}")

    assert (answer.status_code, answer.location) == (302, "/")
    assert again.status_code == 200


@pytest.mark.parametrize("path", ["/", "/board/motions/1?lang=es#sum", "/interests/application:1"])
def test_own_paths_are_own_paths(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("path", [None, "", "board", "//x", "/\\x", "/a\\b", "/a b", "/a\n", "\t/a", "https:/a"])
def test_everything_else_is_not(path: str | None) -> None:
    assert own_path(path) is None


def test_my_declarations_are_listed_with_their_standing(visit: Visit, officer: Person) -> None:
    client = visit(officer)
    empty = words(client.get("/interests/"))
    send(client, f"/interests/{KEY}", interest="potential", text="A cousin.")

    listed = words(client.get("/interests/"))

    assert "You have declared nothing yet" in empty
    assert "Waits for the chair’s ruling" in listed


def test_a_member_of_a_state_that_is_concerned_is_told(visit: Visit, change: Change, officer: Person) -> None:
    with change():
        board: MadeBoard = make_board()
        service.open_subject(KEY, title="Andes Solar S.A.", link="/", countries=["CO"])

    page = words(visit(board.representative("CO")).get(f"/interests/{KEY}"))

    assert "Your state is concerned in this case." in page


def test_a_member_declares_an_interest_of_the_state(visit: Visit, change: Change, officer: Person) -> None:
    with change():
        board = make_board()
    client = visit(board.representative("MX"))

    page = send(client, f"/interests/{KEY}", interest="actual", nature="state", text="The state owns half of it.")

    assert "Of the state I speak for" in words(page)
    assert queries.state_conflicts(KEY) == {"MX"}


def test_a_double_click_declares_once(visit: Visit, officer: Person) -> None:
    client = visit(officer)
    page = client.get(f"/interests/{KEY}")
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token, "interest": "none", "nature": "personal"}
    client.post(f"/interests/{KEY}", data=data)

    again = client.post(f"/interests/{KEY}", data=data)

    assert again.status_code in {409, 422}
    assert [one.interest for one in queries.history_on(KEY, officer.id)] == [Interest.NONE]
