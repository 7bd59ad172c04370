"""A clarification reopens the named questions until a date, and a new snapshot answers it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from certify.accounts.queries import get_actor
from certify.applications import queries, service
from certify.applications.models import Application
from certify.applications.rules import Given, Status
from certify.criteria.canonical import digest
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import list_events
from certify.kernel.policy import Actor
from certify.organisations.service import add_director
from tests.makers.applications import make_evidence, make_submitted_application
from tests.pages import fields, send, words
from tests.slices.applications.conftest import Company, make_assessor
from tests.slices.applications.test_sign_off import TICKED, letters_of, snapshots

NAMED = "HRT-01"
OTHER = "HRT-02"


def make_reopened(company: Company, *criteria: str, days: int = 10) -> Application:
    """A submitted case in which the assessor asked about some criteria; inside `with change():`."""
    application = make_submitted_application(company.organisation)
    service.begin_review(application, actor=Actor.system("a test"))
    officer = make_assessor(application)
    service.ask_clarification(
        application,
        criteria=criteria or [NAMED],
        until=clock.today() + timedelta(days=days),
        text="Who approved the policy?",
        actor=get_actor(officer),
    )
    return application


def answer_again(application: Application, company: Company, given: Given, criterion: str = NAMED) -> None:
    """Change an answer as the editor does."""
    stored = queries.find_answer(application, criterion)
    assert stored is not None
    service.save_answer(
        application, criterion=criterion, given=given, revision=stored.revision, actor=get_actor(company.editor)
    )


# -- asking -----------------------------------------------------------------------------------------------------------


def test_the_assessor_asks_and_the_company_reads_it_in_a_letter_and_on_its_page(
    company: Company, change: Any, visit: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.begin_review(application, actor=Actor.system("a test"))
        officer = make_assessor(application)

    page = send(
        visit(officer),
        f"/applications/{application.id}/clarification",
        criteria=[NAMED, "LAB-07"],
        text="Who approved the policy?",
        until="2026-03-16",
    )

    db.session.expire_all()
    shown = words(visit(company.editor).get(f"/applications/{application.id}"))
    assert page.status_code == 200
    assert application.status is Status.CLARIFICATION
    assert "Who approved the policy?" in shown
    assert {letter["to"] for letter in letters_of("clarify")} == {company.editor.email, company.representative.email}
    assert "16 March 2026" in letters_of("clarify")[0]["text"] or "March 16, 2026" in letters_of("clarify")[0]["text"]


@pytest.mark.parametrize(
    "asked",
    [
        {"criteria": []},
        {"criteria": ["HRT-08"]},
        {"until": date(2026, 3, 2)},
        {"until": date(2026, 6, 1)},
    ],
    ids=["nothing named", "a criterion that was not asked", "today", "too far off"],
)
def test_what_cannot_be_asked(company: Company, change: Any, asked: dict[str, Any]) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.begin_review(application, actor=Actor.system("a test"))
        officer = make_assessor(application)
    known: dict[str, Any] = {"criteria": [NAMED], "until": date(2026, 3, 16), "text": "?"}

    with change(), pytest.raises(Invalid):
        service.ask_clarification(application, **(known | asked), actor=get_actor(officer))


def test_one_clarification_is_open_at_a_time(company: Company, change: Any) -> None:
    with change():
        application = make_reopened(company)
    officer = Actor(
        person_id=application.assessor_id,
        roles=frozenset({"officer"}),
        facts=frozenset({f"cleared:{application.case_key}"}),
    )

    with change(), pytest.raises(RuleBroken):
        service.ask_clarification(
            application, criteria=[OTHER], until=date(2026, 3, 16), text="And this?", actor=officer
        )


# -- answering --------------------------------------------------------------------------------------------------------


def test_only_the_named_criteria_are_open(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_reopened(company)
    client, base = visit(company.editor), f"/applications/{application.id}/questions"

    assert client.get(f"{base}/{NAMED}").status_code == 200
    assert client.get(f"{base}/{OTHER}").status_code == 409
    with change(), pytest.raises(RuleBroken, match="other questions"):
        answer_again(application, company, Given(level=1), OTHER)
    with change(), pytest.raises(RuleBroken):
        make_evidence(application, OTHER, b"late")


def test_they_are_open_through_the_last_day_and_not_after(company: Company, change: Any, time: Any) -> None:
    with change():
        application = make_reopened(company, days=10)

    time.advance(days=10)
    with change():
        answer_again(application, company, Given(level=3))
    time.advance(days=1)

    with change(), pytest.raises(RuleBroken, match="ended on"):
        answer_again(application, company, Given(level=2))
    with change(), pytest.raises(RuleBroken):
        service.submit_application(application, actor=get_actor(company.representative))


def test_signing_off_again_freezes_the_next_snapshot_and_keeps_the_first(
    company: Company, change: Any, visit: Any
) -> None:
    with change():
        application = make_reopened(company)
        first = snapshots()[0].sha256
    send(
        visit(company.editor),
        f"/applications/{application.id}/questions/{NAMED}",
        form=1,
        level="3",
        note="x",
        go="back",
    )
    address = f"/applications/{application.id}/sign-off"
    client = visit(company.representative)

    page = client.post(address, data=fields(client.get(address), form=1) | TICKED, follow_redirects=True)

    db.session.expire_all()
    one, two = snapshots()
    assert "Clarification submitted" in words(page)
    assert application.status is Status.IN_REVIEW
    assert (one.sha256, one.content["answers"][NAMED]["level"]) == (first, 4)
    assert two.content["answers"][NAMED] == {"level": 3, "note": "x"}
    assert two.sha256 == digest(two.content)
    assert application.clarifications[0].answered_in == 2


def test_changed_directors_are_told_so_that_they_are_screened_again(company: Company, change: Any) -> None:
    with change():
        application = make_reopened(company)
        add_director(company.organisation, name="New One", country="PE", actor=get_actor(company.editor))
        service.submit_application(application, actor=get_actor(company.representative))

    (told,) = [event for event in list_events(application.case_key) if event.kind == "ClarificationAnswered"]

    assert told.content["facts_changed"] == "yes"


def test_unchanged_facts_are_told_as_unchanged(company: Company, change: Any) -> None:
    with change():
        application = make_reopened(company)
        answer_again(application, company, Given(level=3))
        service.submit_application(application, actor=get_actor(company.representative))

    (told,) = [event for event in list_events(application.case_key) if event.kind == "ClarificationAnswered"]

    assert told.content["facts_changed"] == "no"


def test_the_editor_asks_for_the_second_sign_off_by_letter(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_reopened(company)

    page = send(visit(company.editor), f"/applications/{application.id}")

    assert "asked to sign off" in words(page)
    assert [letter["to"] for letter in letters_of("Please sign off")][-1] == company.representative.email


def test_removed_evidence_leaves_the_next_snapshot_and_stays_in_the_first(
    company: Company, change: Any, visit: Any
) -> None:
    with change():
        application = make_reopened(company)
        (evidence,) = queries.evidence_of(application, NAMED)
        service.remove_evidence(evidence, actor=get_actor(company.editor))
        service.submit_application(application, actor=get_actor(company.representative))

    one, two = snapshots()
    assert NAMED in one.content["evidence"]
    assert NAMED not in two.content["evidence"]
    assert visit(company.reader).get(f"/applications/evidence/{evidence.id}").status_code == 200
    assert NAMED in queries.evidence_in(one)


# -- silence ----------------------------------------------------------------------------------------------------------


def test_a_clarification_that_nobody_answers_lapses_and_the_case_goes_on(
    company: Company, change: Any, time: Any
) -> None:
    with change():
        application = make_reopened(company, NAMED, OTHER)
        answer_again(application, company, Given(level=1, note="never signed"))
        make_evidence(application, NAMED, b"never signed")
    time.advance(days=11)

    with change():
        service.lapse_clarifications()
        service.lapse_clarifications()

    db.session.expire_all()
    stored = queries.find_answer(application, NAMED)
    assert application.status is Status.IN_REVIEW
    assert stored is not None and stored.given == Given(level=4)
    assert [row.frozen_in for row in queries.evidence_of(application, NAMED)] == [1]
    assert len(snapshots()) == 1
    assert len(letters_of("has ended")) == 2
    kinds = [event.kind for event in list_events(application.case_key)]
    assert kinds.count("ClarificationLapsed") == 1


def test_a_removed_file_is_put_back_when_the_clarification_lapses(company: Company, change: Any, time: Any) -> None:
    with change():
        application = make_reopened(company)
        (evidence,) = queries.evidence_of(application, NAMED)
        service.remove_evidence(evidence, actor=get_actor(company.editor))
    time.advance(days=11)

    with change():
        service.lapse_clarifications()

    assert list(queries.evidence_of(application, NAMED)) == [evidence]


def test_a_clarification_on_its_last_day_does_not_lapse(company: Company, change: Any, time: Any) -> None:
    with change():
        application = make_reopened(company, days=10)
    time.advance(days=10)

    with change():
        service.lapse_clarifications()

    assert application.status is Status.CLARIFICATION
