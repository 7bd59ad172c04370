"""A focal point's one page and one form, and what others see of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.consultations.models import Consultation
from certify.consultations.rules import ReplyKind
from certify.desk.queries import list_waiting
from certify.interests import queries as interest_queries
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from tests.makers import make_person
from tests.makers.board import declare_none, make_board
from tests.makers.consultations import make_consultation, make_focal_point, object_to
from tests.makers.organisations import make_organisation
from tests.pages import send, words

Change = Callable[[], Any]
Visit = Callable[..., FlaskClient]


@pytest.fixture
def focal_point(change: Change) -> Person:
    """The focal point of Peru."""
    with change():
        return make_focal_point("PE")


@pytest.fixture
def asked(change: Change, focal_point: Person) -> Consultation:
    """Peru asked about a case on which declarations are made."""
    with change():
        consultation = make_consultation("PE")
        interests.open_subject(
            consultation.subject_key, title="Andes Solar S.A.", link="/", organisations=["Owner Whose Name Is Private"]
        )
        return consultation


def page_of(consultation: Consultation) -> str:
    """The address of a consultation."""
    return f"/consultations/{consultation.id}"


def test_the_page_shows_the_brief_the_date_and_what_silence_means(
    visit: Visit, focal_point: Person, asked: Consultation
) -> None:
    page = words(visit(focal_point).get(page_of(asked)))

    assert "Train two hundred technicians of small companies." in page
    assert "Peru, Colombia" in page
    assert "By March 30, 2026" in page
    assert "your silence is recorded as silence, neither for nor against" in page


def test_one_form_declares_and_replies(visit: Visit, focal_point: Person, asked: Consultation) -> None:
    replied = send(visit(focal_point), page_of(asked), kind="no_objection", no_interest="y")

    assert "Your reply is recorded" in words(replied)
    assert db.session.get_one(Consultation, asked.id).reply is ReplyKind.NO_OBJECTION
    declared = interest_queries.find_declaration(focal_point.id, asked.subject_key)
    assert declared is not None and declared.interest is Interest.NONE


def test_nothing_typed_is_lost_when_the_declaration_is_missing(
    visit: Visit, focal_point: Person, asked: Consultation
) -> None:
    page = send(visit(focal_point), page_of(asked), kind="objection", text="The river is not theirs.")

    assert page.status_code == 422
    assert "Say that you have no interest in this company" in words(page)
    assert "The river is not theirs." in page.text
    assert db.session.get_one(Consultation, asked.id).reply is None


def test_an_objection_without_reasons_is_sent_back_to_the_field(
    visit: Visit, focal_point: Person, asked: Consultation
) -> None:
    page = send(visit(focal_point), page_of(asked), kind="objection", no_interest="y")

    assert page.status_code == 422
    assert "Give your reasons in a few sentences." in words(page)
    assert 'aria-invalid="true"' in page.text


def test_the_other_focal_points_pages_do_not_exist(visit: Visit, change: Change, asked: Consultation) -> None:
    with change():
        other = make_focal_point("CO")

    client = visit(other)

    assert client.get(page_of(asked)).status_code == 404
    assert client.get(f"/interests/{asked.subject_key}").status_code == 404
    assert asked.title not in words(client.get("/consultations/"))


def test_a_focal_point_does_not_learn_the_names_of_owners(
    visit: Visit, focal_point: Person, asked: Consultation
) -> None:
    client = visit(focal_point)

    assert "Private" not in client.get(f"/interests/{asked.subject_key}").text
    assert "Private" not in client.get(page_of(asked)).text


def test_a_focal_point_in_conflict_is_told_that_a_colleague_may_reply(
    visit: Visit, change: Change, focal_point: Person, asked: Consultation
) -> None:
    with change():
        interests.declare(
            asked.subject_key,
            interest=Interest.ACTUAL,
            nature=Nature.PERSONAL,
            text="My brother's company.",
            actor=get_actor(focal_point),
        )

    page = visit(focal_point).get(page_of(asked))

    assert "A colleague without one may reply" in words(page)
    assert "Send the reply" not in words(page)


def test_after_the_date_the_form_is_gone(
    visit: Visit, focal_point: Person, asked: Consultation, time: FixedClock
) -> None:
    time.advance(days=29)

    assert "Send the reply" not in words(visit(focal_point).get(page_of(asked)))


def test_officers_list_all_and_give_more_time(visit: Visit, change: Change, asked: Consultation) -> None:
    with change():
        officer = make_person("Officer", Role.OFFICER)
        make_consultation("SR")
    client = visit(officer)

    listed = words(client.get("/consultations/"))
    filtered = words(client.get("/consultations/?status=not_consulted"))
    too_soon = send(client, f"{page_of(asked)}/extend", until="2026-03-20", reason="Late.")
    extended = send(client, f"{page_of(asked)}/extend", until="2026-04-20", reason="Elections.")

    assert "Not consulted: no focal point" in listed
    assert "Peru" not in filtered and "Suriname" in filtered
    assert too_soon.status_code == 422
    assert "By April 20, 2026" in words(extended)


def test_the_board_reads_replies_after_declaring(
    visit: Visit, change: Change, focal_point: Person, asked: Consultation
) -> None:
    with change():
        board = make_board()
        object_to(asked, focal_point)
        declare_none(board.representative("MX"), asked.subject_key)

    declared = visit(board.representative("MX")).get(page_of(asked))
    undeclared = visit(board.representative("UY")).get(page_of(asked))

    assert "The river is not theirs to use." in words(declared)
    assert undeclared.status_code == 404


def test_a_company_reads_and_answers_an_objection_and_sees_no_other_reply(
    visit: Visit, change: Change, focal_point: Person
) -> None:
    with change():
        owner = make_person("Owner")
        organisation = make_organisation(owner)
        objected = make_consultation("PE", respondent_id=organisation.id)
        object_to(objected, focal_point)
        make_focal_point("CO")
        other = make_consultation("CO", respondent_id=organisation.id)
    client = visit(owner)

    answered = send(client, f"{page_of(objected)}/objection", text="We use rain water only.")

    assert "We use rain water only." in words(answered)
    assert client.get(page_of(objected)).status_code == 404
    assert client.get(f"{page_of(other)}/objection").status_code == 404
    assert "Lift the objection" in words(visit(focal_point).get(page_of(objected)))


def test_a_government_lifts_its_objection(
    visit: Visit, change: Change, focal_point: Person, asked: Consultation
) -> None:
    with change():
        object_to(asked, focal_point)

    lifted = send(visit(focal_point), f"{page_of(asked)}/lift", reason="Settled with the community.")

    assert "Objection lifted" in words(lifted)
    assert "Settled with the community." in words(lifted)


def test_the_home_page_says_what_waits(change: Change, focal_point: Person, asked: Consultation) -> None:
    waiting = list_waiting(get_actor(focal_point))

    assert [(str(one.what), str(one.due)) for one in waiting] == [("Give your view: Andes Solar S.A.", "2026-03-30")]


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", "{{7*7}}", "${7*7}{% raw %}"])
def test_input_14_15_17_what_is_typed_is_shown_as_text(
    visit: Visit, change: Change, focal_point: Person, asked: Consultation, attack: str
) -> None:
    page = send(visit(focal_point), page_of(asked), kind="comment", text=attack, no_interest="y")

    assert attack in words(page)
    assert "<script>alert" not in page.text
