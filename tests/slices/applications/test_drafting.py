"""Beginning an application, answering, declaring: nothing is lost, nothing is done twice."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from certify.accounts.queries import get_actor
from certify.applications import queries, service
from certify.applications.models import Answer, Application
from certify.applications.rules import Declared, Given
from certify.applications.service import AnsweredMeanwhile, CooperationChanged, DeclaredMeanwhile
from certify.criteria.rules import YesNo
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.kernel.events import list_events
from certify.organisations.service import update_organisation
from tests.makers import make_person
from tests.makers.applications import editor_of, make_application
from tests.makers.organisations import make_organisation
from tests.pages import fields, parsed, send, words
from tests.slices.applications.conftest import Company

LEVELS = "HRT-01"
PERCENT = "LAB-07"
LEAVES_OUT = "HRT-10"


def question(application: Application, criterion: str = LEVELS) -> str:
    """The address of a question."""
    return f"/applications/{application.id}/questions/{criterion}"


# -- beginning --------------------------------------------------------------------------------------------------------


def test_an_application_pins_the_criteria_and_computes_size_and_sectors(company: Company, visit: Any) -> None:
    client = visit(company.representative)
    address = f"/applications/start/{company.organisation.id}"

    shown = words(client.get(address))
    page = send(client, address, text="Training of technicians.")

    application = db.session.scalars(sa.select(Application)).one()
    assert "Small" in shown and "Services" in shown
    assert "0 of 55 questions" in words(page)
    assert application.framework == "oas-certification@1.0.0"
    assert (application.size, application.sectors) == ("small", ["services"])
    assert [event.kind for event in list_events(application.case_key)] == ["ApplicationStarted"]


def test_a_company_begins_one_application_however_often_the_button_is_pressed(company: Company, change: Any) -> None:
    actor = get_actor(company.editor)

    with change():
        first = service.start_application(company.organisation, proposed_cooperation="A", actor=actor)
    with change():
        second = service.start_application(company.organisation, proposed_cooperation="B", actor=actor)

    assert first.id == second.id
    assert second.proposed_cooperation == "A"


def test_a_company_without_owners_and_directors_completes_its_page_first(change: Any, visit: Any) -> None:
    with change():
        person = make_person()
        organisation = make_organisation(person, owners=(), directors=())

    page = visit(person).get(f"/applications/start/{organisation.id}")

    assert "Directors" in words(page)
    with change(), pytest.raises(RuleBroken):
        service.start_application(organisation, actor=get_actor(person))


def test_size_and_sectors_follow_the_company_until_the_sign_off(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
        update_organisation(
            company.organisation,
            actor=get_actor(company.representative),
            employees=4,
            turnover_usd=20_000,
            isic_divisions=["35"],
        )

    asked = queries.criteria_asked(application)

    assert queries.profile_of(application).size == "micro"
    assert len(asked) == 45


# -- answering --------------------------------------------------------------------------------------------------------


def test_an_answer_is_saved_and_the_next_question_follows(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)

    page = send(client, question(application), level="3", note="See annex 2", go="continue")

    answer = queries.find_answer(application, LEVELS)
    assert answer is not None and answer.given == Given(level=3, note="See annex 2")
    assert page.request.path == question(application, "HRT-02")
    assert "1 of 55 questions" in words(client.get(f"/applications/{application.id}"))


def test_the_question_is_the_heading_and_says_what_shows_the_answer(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = visit(company.editor).get(question(application))

    heading = parsed(page).find(".//h1")
    assert "".join(heading.itertext()).strip().startswith("Has the applicant a written commitment")
    for said in (
        "Human rights: question 1 of 8",
        "2 · Explicit commitment approved at the top",
        "Written policy",
        "UNGP",
    ):
        assert said in words(page)


def test_nothing_typed_is_lost_where_an_answer_is_missing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = send(visit(company.editor), question(application), note="We write it now", go="continue")

    assert page.status_code == 422
    assert "Please answer the question" in words(page)
    assert fields(page, form=1)["note"] == "We write it now"
    stored = queries.find_answer(application, LEVELS)
    assert stored is not None and stored.note == "We write it now" and not stored.given.answers


def test_going_on_after_a_missing_answer_is_no_conflict_with_oneself(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)
    page = send(client, question(application), note="We write it now", go="continue")

    known = fields(page, form=1)
    page = client.post(question(application), data=known | {"level": "2", "go": "back"})

    assert page.status_code == 302


def test_what_is_not_complete_can_be_saved_to_come_back(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)

    page = send(client, question(application), note="Ask Eva", go="back")

    assert page.request.path == f"/applications/{application.id}"
    assert fields(client.get(question(application)), form=1)["note"] == "Ask Eva"


@pytest.mark.parametrize("level", ["101", "-1", "3.5", "2.5", "NaN", "1e309", "٢", "5", "<script>"])
def test_input_13_a_level_that_the_rubric_does_not_have_is_refused_at_the_field(
    company: Company, change: Any, visit: Any, level: str
) -> None:
    with change():
        application = make_application(company.organisation)

    page = send(visit(company.editor), question(application), level=level, note="kept", go="continue")

    assert page.status_code == 422
    assert "Please choose one of the sentences." in words(page)
    assert fields(page, form=1)["note"] == "kept"
    assert queries.find_answer(application, LEVELS) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7,5", "Please write a point instead of the comma: 7.5."),
        ("101", "not above 100"),
        ("-1", "not below 0"),
        ("NaN", "in digits"),
        ("1e309", "in digits"),
        ("٧٥", "in digits"),
        ("{{7*7}}", "in digits"),
    ],
)
def test_input_13_a_number_that_is_none_is_refused_kindly_at_the_field(
    company: Company, change: Any, visit: Any, typed: str, sentence: str
) -> None:
    with change():
        application = make_application(company.organisation)

    page = send(visit(company.editor), question(application, PERCENT), number=typed, go="continue")

    control = parsed(page).find(".//input[@name='number']")
    assert page.status_code == 422
    assert sentence in words(page)
    assert control.get("value") == typed
    assert control.get("aria-invalid") == "true"


def test_input_13_the_service_refuses_what_the_form_refuses(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
    actor = get_actor(company.editor)

    for criterion, given in (
        (LEVELS, Given(level=5)),
        (LEVELS, Given(number="3")),
        (PERCENT, Given(number="101")),
        (PERCENT, Given(number="NaN")),
        (LEVELS, Given(not_applicable=True, reason="no")),
    ):
        with change(), pytest.raises(Invalid):
            service.save_answer(application, criterion=criterion, given=given, revision=0, actor=actor)


def test_a_question_that_is_not_asked_of_the_company_does_not_exist(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    for criterion in ("HRT-08", "XYZ-01", "HRT-01%00"):
        assert visit(company.editor).get(question(application, criterion)).status_code in {400, 404}
    with change(), pytest.raises(NotFound):
        service.save_answer(
            application, criterion="HRT-08", given=Given(level=0), revision=0, actor=get_actor(company.editor)
        )


def test_not_applicable_is_asked_with_a_reason_where_the_framework_allows_it(change: Any, visit: Any) -> None:
    with change():
        person = make_person()
        application = make_application(make_organisation(person, isic_divisions=["05"]))
    client = visit(person)

    without = send(client, question(application, LEAVES_OUT), not_applicable="y", go="continue")
    page = send(client, question(application, LEAVES_OUT), not_applicable="y", reason="No indigenous land", go="back")

    stored = queries.find_answer(application, LEAVES_OUT)
    assert without.status_code == 422 and "Please say why" in words(without)
    assert page.status_code == 200
    assert stored is not None and stored.given == Given(not_applicable=True, reason="No indigenous land")


# -- two editors ------------------------------------------------------------------------------------------------------


def test_two_editors_get_both_versions_and_choose(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    eva, rosa = visit(company.editor), visit(company.representative)
    seen_by_rosa = fields(rosa.get(question(application)), form=1)
    send(eva, question(application), level="2", note="Eva's view", go="back")

    page = rosa.post(question(application), data=seen_by_rosa | {"level": "4", "note": "Rosa's view", "go": "continue"})

    assert page.status_code == 409
    for said in ("Eva Mamani", "Eva's view", "Rosa's view", "2 · Explicit commitment", "4 · As 3"):
        assert said in words(page)
    kept = queries.find_answer(application, LEVELS)
    assert kept is not None and kept.note == "Eva's view"

    page = rosa.post(question(application), data=fields(page), follow_redirects=True)

    db.session.expire_all()
    kept = queries.find_answer(application, LEVELS)
    assert page.status_code == 200
    assert kept is not None and kept.given == Given(level=4, note="Rosa's view")


def test_the_same_answer_sent_twice_is_saved_once(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
    actor = get_actor(company.editor)

    for _time in range(2):
        with change():
            service.save_answer(application, criterion=LEVELS, given=Given(level=3), revision=0, actor=actor)

    answers = db.session.scalars(sa.select(Answer)).all()
    assert [answer.revision for answer in answers] == [1]


def test_a_stale_revision_changes_nothing(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
        actor = editor_of(company.organisation)
        service.save_answer(application, criterion=LEVELS, given=Given(level=3), revision=0, actor=actor)

    with change(), pytest.raises(AnsweredMeanwhile) as fault:
        service.save_answer(application, criterion=LEVELS, given=Given(level=1), revision=0, actor=actor)

    assert fault.value.stored.given == Given(level=3)
    assert fault.value.mine == Given(level=1)


def test_autosave_keeps_a_draft_and_names_its_revision(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)
    known = fields(client.get(question(application)), form=1)
    headers = {"Accept": "application/json"}

    saved = client.post(f"{question(application)}/draft", data=known | {"note": "half"}, headers=headers)
    again = client.post(f"{question(application)}/draft", data=known | {"note": "whole"}, headers=headers)
    wrong = client.post(f"{question(application)}/draft", data=known | {"level": "9"}, headers=headers)

    assert (saved.status_code, saved.json) == (200, {"revision": 1})
    assert again.status_code == 409
    assert wrong.status_code == 422


def test_two_editors_of_the_proposed_cooperation_see_each_other(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
        service.save_cooperation(application, "Second", revision=1, actor=get_actor(company.editor))

    with change(), pytest.raises(CooperationChanged) as fault:
        service.save_cooperation(application, "Third", revision=1, actor=get_actor(company.representative))

    assert (fault.value.stored, fault.value.mine) == ("Second", "Third")


# -- declarations -----------------------------------------------------------------------------------------------------


def test_declarations_are_kept_and_can_be_given_in_parts(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)
    address = f"/applications/{application.id}/declarations"

    send(client, address, **{"EXC-03": "no"})
    page = send(client, address, **{"EXC-07": "yes", "EXC-07-text": "A small plant, sold in June"})

    assert page.status_code == 200
    assert queries.declared(application) == {"EXC-03": YesNo.NO, "EXC-07": YesNo.YES}
    assert "In progress" in words(client.get(f"/applications/{application.id}"))


def test_that_an_exclusion_applies_needs_words(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = send(visit(company.editor), f"/applications/{application.id}/declarations", **{"EXC-07": "yes"})

    assert page.status_code == 422
    assert "Please explain what applies" in words(page)
    assert queries.declared(application) == {}


def test_an_exclusion_that_screening_finds_is_not_declared_on(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)

    with change(), pytest.raises(NotFound):
        service.declare_exclusion(application, exclusion="EXC-01", answer=YesNo.NO, actor=get_actor(company.editor))


def test_two_editors_who_declare_otherwise_see_each_other(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)
    known = fields(client.get(f"/applications/{application.id}/declarations"), form=1)
    with change():
        service.declare_exclusions(
            application,
            {"EXC-07": Declared(YesNo.YES, "A plant")},
            revision=1,
            actor=get_actor(company.representative),
        )

    page = client.post(f"/applications/{application.id}/declarations", data=known | {"EXC-07": "no"})

    assert page.status_code == 409
    assert "A plant" in words(page)
    with change(), pytest.raises(DeclaredMeanwhile):
        service.declare_exclusions(
            application, {"EXC-07": Declared(YesNo.NO)}, revision=1, actor=get_actor(company.editor)
        )


# -- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_says_what_to_do_first(company: Company, visit: Any, change: Any) -> None:
    with change():
        stranger = make_person()

    assert "First register your organisation" in words(visit(stranger).get("/applications/"))
    assert "Start an application" in words(visit(company.editor).get("/applications/"))
    assert "When an editor of your organisation starts" in words(visit(company.reader).get("/applications/"))


def test_the_list_shows_only_the_own_applications(company: Company, change: Any, visit: Any) -> None:
    with change():
        mine, other = make_application(company.organisation), make_application()

    page = words(visit(company.reader).get("/applications/"))

    assert mine.reference in page
    assert other.reference not in page
