"""The course of a case after sign-off, how it ends, and what its people read of it."""

from __future__ import annotations

from typing import Any

import pytest

from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.applications import queries, service
from certify.applications.models import Application
from certify.applications.rules import Status, Step
from certify.kernel.db import db
from certify.kernel.errors import NotAllowed, NotFound, RuleBroken
from certify.kernel.events import list_events
from certify.kernel.policy import Actor
from tests.makers import make_person
from tests.makers.applications import make_application, make_submitted_application
from tests.pages import send, words
from tests.slices.applications.conftest import Company, clear, make_assessor
from tests.slices.applications.test_sign_off import letters_of

BOARD = Actor.system("the Board decided")


def make_tabled(company: Company) -> Application:
    """A case before the Board; inside `with change():`."""
    application = make_submitted_application(company.organisation)
    service.begin_review(application, actor=BOARD)
    for step in (Step.ASSESS, Step.REVIEW, Step.TABLE):
        service.advance(application, step, actor=BOARD)
    return application


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (Status.APPROVED, "Approved"),
        (Status.APPROVED_WITH_CONDITIONS, "Approved with conditions"),
        (Status.DEFERRED, "Deferred"),
        (Status.REFUSED, "Refused"),
    ],
)
def test_a_decision_reaches_the_company_with_its_reasons(
    company: Company, change: Any, visit: Any, outcome: Status, word: str
) -> None:
    with change():
        application = make_tabled(company)
        service.decide(
            application,
            outcome=outcome,
            reasons="Human rights stay under the minimum.",
            conditions=[{"text": "Publish the policy", "owner": "Rosa", "due": "2026-08-01"}],
            actor=BOARD,
        )

    page = words(visit(company.reader).get(f"/applications/{application.id}"))

    letters = letters_of("The decision on your application")
    assert word in page and "Human rights stay under the minimum." in page
    assert len(letters) == 2
    assert all("Human rights stay under the minimum." in letter["text"] for letter in letters)
    assert all(("appeals@" in letter["text"]) == (outcome is Status.REFUSED) for letter in letters)


def test_a_refusal_names_address_and_time_limit_of_an_appeal(company: Company, change: Any) -> None:
    with change():
        application = make_tabled(company)
        service.decide(application, outcome=Status.REFUSED, reasons="No.", actor=BOARD)

    (text, *_rest) = [letter["text"] for letter in letters_of("The decision")]

    assert "appeals@certify.example.org" in text
    assert "1 April 2026" in text or "April 1, 2026" in text


def test_a_deferred_case_is_tabled_again(company: Company, change: Any) -> None:
    with change():
        application = make_tabled(company)
        service.decide(application, outcome=Status.DEFERRED, reasons="Too few seats.", actor=BOARD)
        service.advance(application, Step.TABLE, actor=BOARD)

    assert application.status is Status.TABLED


def test_a_decided_case_is_not_decided_again(company: Company, change: Any) -> None:
    with change():
        application = make_tabled(company)
        service.decide(application, outcome=Status.REFUSED, reasons="No.", actor=BOARD)

    with change(), pytest.raises(RuleBroken):
        service.decide(application, outcome=Status.APPROVED, reasons="Yes.", actor=BOARD)


def test_only_the_procedure_decides(company: Company, change: Any) -> None:
    with change():
        application = make_tabled(company)
        officer = make_person("Olga Ruiz", Role.OFFICER)

    for actor in (get_actor(officer), get_actor(company.representative)):
        with change(), pytest.raises((NotAllowed, NotFound)):
            service.decide(application, outcome=Status.APPROVED, reasons="", actor=actor)


def test_a_confirmed_exclusion_ends_the_case(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.declare_ineligible(application, exclusion="EXC-01", reasons="A listed owner.", actor=BOARD)

    letters = letters_of("The decision")
    assert application.status is Status.INELIGIBLE
    assert len(letters) == 2
    assert "Sanctions" in letters[0]["text"] and "appeals@" in letters[0]["text"]


def test_the_representative_withdraws_and_a_new_application_can_begin(
    company: Company, change: Any, visit: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    page = send(visit(company.representative), f"/applications/{application.id}/withdraw", reason="We merge")

    db.session.expire_all()
    assert "was withdrawn" in words(page)
    assert application.status is Status.WITHDRAWN
    with change():
        again = make_application(company.organisation)
    assert again.id != application.id


def test_an_editor_withdraws_a_draft_and_nothing_later(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    with change(), pytest.raises(NotAllowed):
        service.withdraw_application(application, actor=get_actor(company.editor))


def test_a_decided_application_is_not_withdrawn(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_tabled(company)
        service.decide(application, outcome=Status.REFUSED, reasons="No.", actor=BOARD)

    page = send(visit(company.representative), f"/applications/{application.id}/withdraw")

    assert page.status_code == 409


def test_taking_up_a_case_twice_is_taking_it_up_once(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.begin_review(application, actor=BOARD)
        service.begin_review(application, actor=BOARD)

    kinds = [event.kind for event in list_events(application.case_key)]
    assert kinds.count("ReviewBegun") == 1


def test_whoever_assesses_does_not_review(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_assessor(application)

    with change(), pytest.raises(RuleBroken):
        service.assign_reviewer(application, person_id=officer.id, actor=BOARD)


def test_a_step_that_is_not_due_is_refused_by_name(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    with change(), pytest.raises(RuleBroken):
        service.advance(application, Step.TABLE, actor=BOARD)
    with change(), pytest.raises(RuleBroken):
        service.advance(application, Step.APPROVE, actor=BOARD)


def test_the_history_is_told_in_sentences_and_names_only_the_companys_own_people(
    company: Company, change: Any, visit: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.begin_review(application, actor=BOARD)
        officer = make_assessor(application)
        service.advance(application, Step.ASSESS, actor=get_actor(officer))

    page = words(visit(company.reader).get(f"/applications/{application.id}"))

    assert "signed off and submitted; snapshot 1 was frozen" in page
    assert "The assessment was finished." in page
    assert "2 March 2026, 09:30 UTC" in page
    assert "Rosa Quispe" in page and "Olga Ruiz" not in page


def test_what_waits_for_whom(company: Company, change: Any) -> None:
    from certify.applications.queries import waiting_for

    with change():
        application = make_application(company.organisation)
    editor, reader = get_actor(company.editor), get_actor(company.reader)

    (draft,) = waiting_for(editor)

    assert application.reference in str(draft.what)
    assert waiting_for(reader) == []


def test_the_case_file_is_what_was_signed_off_last(company: Company, change: Any) -> None:
    with change():
        draft = make_application(company.organisation)

    with pytest.raises(NotFound):
        queries.case_file(draft)


def test_the_case_file_names_framework_snapshot_and_evidence(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        clear(make_person("Olga Ruiz", Role.OFFICER), application)

    file = queries.case_file(application)

    assert file.framework.label == application.framework
    assert file.snapshot.number == 1
    assert set(file.evidence) == set(file.snapshot.content["answers"])
