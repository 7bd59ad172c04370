"""`certify users`: the operator's way to the first administrators."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from certify.accounts import queries
from certify.accounts.cli import users
from certify.accounts.rules import Role
from certify.kernel.db import db
from tests.pages import send


@pytest.fixture
def certify(app, monkeypatch):
    """Run the command against the service under test."""
    monkeypatch.setattr("certify.create_app", lambda: app)

    def run(*arguments, typed=None):
        result = CliRunner().invoke(users, list(arguments), input=typed)
        db.session.rollback()
        return result

    return run


def test_an_administrator_is_added_with_a_one_time_password(certify, visit):
    result = certify("add", "Ada@Example.org", "--name", "Ada Ruiz", "--role", "administrator", "--language", "es")

    assert result.exit_code == 0, result.output
    password = result.output.rpartition("One-time password: ")[2].strip()
    person = queries.find_person_by_email("ada@example.org")
    assert (person.name, person.language, person.password_is_first) == ("Ada Ruiz", "es", True)
    entered = send(visit(), "/login", email=person.email, password=password, follow=False)
    assert entered.location.endswith("/change-password")


def test_several_roles_and_a_country(certify):
    result = certify(
        "add", "bea@example.org", "--name", "Bea", "--role", "focal_point", "--role", "board", "--country", "pe",
        "--ask-password", typed="turbine mango Chimborazo 4\nturbine mango Chimborazo 4\n",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    person = queries.find_person_by_email("bea@example.org")
    assert person.role_names == {"focal_point", "board"}
    assert queries.get_actor(person).holds("focal_point", "PE")
    assert "turbine" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "not an address", "--name", "X"),
        ("add", "x@example.org", "--name", "X", "--role", "emperor"),
        ("add", "x@example.org", "--name", "X", "--role", "focal_point"),
        ("add", "x@example.org", "--name", "X", "--role", "officer", "--country", "PE"),
        ("add", "x@example.org", "--name", "X", "--role", "focal_point", "--country", "Peru"),
        ("add", "x@example.org", "--name", "X", "--language", "de"),
        ("add", "x@example.org"),
    ],
)
def test_what_cannot_be_taken_adds_nobody(certify, arguments):
    result = certify(*arguments)

    assert result.exit_code == 2
    assert queries.list_people() == []


def test_a_weak_password_is_refused(certify):
    result = certify("add", "x@example.org", "--name", "X", "--ask-password", typed="passwordpassword\n" * 2)

    assert result.exit_code == 1
    assert "easy to guess" in result.output
    assert queries.list_people() == []


def test_an_address_is_added_once(certify):
    certify("add", "x@example.org", "--name", "X")

    result = certify("add", "X@example.org", "--name", "Y", "--role", Role.OFFICER.value)

    assert result.exit_code == 1
    assert queries.find_person_by_email("x@example.org").name == "X"


def test_the_list_names_people_and_their_roles(certify):
    certify("add", "x@example.org", "--name", "Xenia", "--role", "focal_point", "--country", "CL")

    result = certify("list")

    assert result.output == "x@example.org\tXenia\ten\tfocal_point CL\n"
