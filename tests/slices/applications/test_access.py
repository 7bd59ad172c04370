"""Who reads and who writes an application: everybody else finds nothing there."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from certify.accounts import service as accounts
from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.applications import queries, service
from certify.applications.models import Application
from certify.applications.rules import Given, Status, Step
from certify.interests.rules import Interest
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db
from certify.kernel.errors import NotAllowed, NotFound
from certify.kernel.policy import Actor, may
from tests.makers import make_person
from tests.makers.applications import make_application, make_evidence, make_submitted_application
from tests.makers.board import make_board
from tests.pages import fields
from tests.slices.applications.conftest import Company, clear, make_assessor

SYSTEM = Actor.system("a test")


def paths_of(application: Application) -> list[str]:
    """Every page of an application that shows what the company said."""
    base = f"/applications/{application.id}"
    evidence = queries.evidence_of(application)[0]
    return [
        base,
        f"{base}/answers",
        f"{base}/themes/HRT",
        f"{base}/questions/HRT-01",
        f"{base}/declarations",
        f"{base}/cooperation",
        f"{base}/sign-off",
        f"{base}/submitted",
        f"{base}/withdraw",
        f"{base}/clarification",
        f"{base}/snapshots/1",
        f"{base}/snapshots/1.pdf",
        f"{base}/snapshots/1.json",
        f"/applications/evidence/{evidence.id}",
    ]


def reading(application: Application) -> list[str]:
    """The pages that officials read."""
    return [path for path in paths_of(application) if "snapshots/1" in path or "evidence" in path]


def statuses(client: Any, paths: list[str]) -> set[int]:
    """What a visitor gets on these pages."""
    return {client.get(path).status_code for path in paths}


# -- other companies --------------------------------------------------------------------------------------------------


def test_inputs_1_2_3_another_company_finds_nothing_and_leaves_a_trace(
    company: Company, change: Any, visit: Any, work: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        stranger = make_person("Strange Person")
        make_application(None)
    work()

    found = statuses(visit(stranger), paths_of(application))

    query = sa.select(AuditEntry).where(
        AuditEntry.case_key == application.case_key, AuditEntry.outcome == Outcome.REFUSED
    )
    refused = db.session.scalars(query).all()
    assert found == {404}
    assert len(refused) == len(paths_of(application))
    assert all(entry.detail and entry.detail.person_id == stranger.id for entry in refused)


def test_an_id_that_nobody_has_looks_the_same(company: Company, change: Any, visit: Any) -> None:
    with change():
        other = make_application()
    client = visit(company.editor)

    unknown, foreign = client.get(f"/applications/{uuid.uuid4()}"), client.get(f"/applications/{other.id}")

    assert unknown.status_code == foreign.status_code == 404
    assert "does not exist, or it is not open to you" in unknown.text
    assert "does not exist, or it is not open to you" in foreign.text


def test_input_2_another_company_changes_nothing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
        other = make_application()
        intruder = db.session.get_one(Person, other.created_by_id)
    own = f"/applications/{other.id}/questions/HRT-01"
    client = visit(intruder)
    known = fields(client.get(own), form=1) | {"level": "0", "go": "back"}

    answers = [
        client.post(f"/applications/{application.id}/{path}", data=known).status_code
        for path in ("questions/HRT-01", "questions/HRT-01/draft", "request-sign-off", "return", "sign-off", "withdraw")
    ]

    assert set(answers) == {404}
    assert queries.answers_of(application) == {}
    with change(), pytest.raises(NotFound):
        service.save_answer(
            application, criterion="HRT-01", given=Given(level=0), revision=0, actor=get_actor(intruder)
        )


def test_a_company_starts_no_application_for_another(company: Company, change: Any, visit: Any) -> None:
    with change():
        other = make_application().organisation

    assert visit(company.editor).get(f"/applications/start/{other.id}").status_code == 404
    with change(), pytest.raises((NotFound, NotAllowed)):
        service.start_application(other, actor=get_actor(company.editor))


def test_input_4_more_fields_than_the_form_has_change_nothing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client = visit(company.editor)
    address = f"/applications/{application.id}/questions/HRT-01"
    more = {
        "status": "approved",
        "role": "admin",
        "score": "100",
        "assessor_id": str(company.editor.id),
        "revision": "0",
    }

    page = client.post(address, data=fields(client.get(address), form=1) | more | {"level": "1", "go": "back"})

    db.session.expire_all()
    stored = queries.find_answer(application, "HRT-01")
    assert page.status_code == 302
    assert application.status is Status.DRAFT
    assert application.assessor_id is None
    assert stored is not None and stored.given == Given(level=1)


def test_nobody_reads_without_signing_in(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    answers = [visit().get(path) for path in paths_of(application)]

    assert {answer.status_code for answer in answers} == {302}
    assert all("/login" in answer.location for answer in answers)


# -- one's own company ------------------------------------------------------------------------------------------------


def test_a_reader_reads_everything_and_writes_nothing(company: Company, change: Any, visit: Any, work: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
    work()
    client, base = visit(company.reader), f"/applications/{application.id}"

    assert statuses(client, [base, f"{base}/answers", f"{base}/themes/HRT", *reading(application)]) == {200}
    for path in ("questions/HRT-01", "cooperation", "declarations", "sign-off", "withdraw", "clarification"):
        assert client.get(f"{base}/{path}").status_code == 403


def test_somebody_removed_from_the_company_reads_nothing_at_once(company: Company, change: Any, visit: Any) -> None:
    from certify.organisations.service import remove_member

    with change():
        application = make_application(company.organisation)
    client = visit(company.reader)
    assert client.get(f"/applications/{application.id}").status_code == 200

    with change():
        remove_member(company.organisation, person_id=company.reader.id, actor=get_actor(company.representative))

    assert client.get(f"/applications/{application.id}").status_code == 404


# -- officials --------------------------------------------------------------------------------------------------------


def test_an_officer_without_the_case_reads_nothing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_person("Olga Ruiz", Role.OFFICER)
        clear(officer, application)

    assert statuses(visit(officer), paths_of(application)) == {404}


def test_the_assessor_reads_once_cleared_and_every_reading_is_on_record(
    company: Company, change: Any, visit: Any, work: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_assessor(application)
    work()

    found = statuses(visit(officer), reading(application))

    read = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.case_key == application.case_key, AuditEntry.outcome == Outcome.READ)
    ).all()
    assert found == {200}
    assert len(read) == len(reading(application))


def test_the_assessor_does_not_write_for_the_company(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_assessor(application)
    client, base = visit(officer), f"/applications/{application.id}"

    for path in ("questions/HRT-01", "answers", "sign-off", "withdraw"):
        assert client.get(f"{base}/{path}").status_code == 403


def test_an_assessor_who_did_not_declare_reads_nothing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_person("Olga Ruiz", Role.OFFICER)
        service.assign_assessor(application, person_id=officer.id, actor=SYSTEM)

    assert statuses(visit(officer), paths_of(application)) == {404}


def test_an_assessor_with_a_conflict_is_out_at_once(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_assessor(application)
    client = visit(officer)
    assert client.get(f"/applications/{application.id}").status_code == 200

    with change():
        clear(officer, application, Interest.ACTUAL)

    assert statuses(client, paths_of(application)) == {404}


def test_a_role_taken_away_ends_the_reading_in_a_live_session(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        officer = make_assessor(application)
        administrator = make_person("Ada Admin", Role.ADMINISTRATOR)
    client = visit(officer)
    assert client.get(f"/applications/{application.id}").status_code == 200

    with change():
        accounts.withdraw_role(officer.live_grants[0], actor=get_actor(administrator))

    assert client.get(f"/applications/{application.id}").status_code == 404


def board_member() -> Person:
    """Somebody who holds a seat of the Board; inside `with change():`."""
    made = make_board()
    return next(person for person, seat in zip(made.representatives, made.seats, strict=True) if seat.state != "PE")


def test_the_board_reads_once_the_case_is_tabled_and_never_before(
    company: Company, change: Any, visit: Any, work: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.begin_review(application, actor=SYSTEM)
        member = board_member()
        clear(member, application)
    client = visit(member)
    work()
    assert statuses(client, paths_of(application)) == {404}

    with change():
        for step in (Step.ASSESS, Step.REVIEW, Step.TABLE):
            service.advance(application, step, actor=SYSTEM)

    assert statuses(client, reading(application)) == {200}


def test_input_9_a_recused_member_of_the_board_opens_nothing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        service.begin_review(application, actor=SYSTEM)
        for step in (Step.ASSESS, Step.REVIEW, Step.TABLE):
            service.advance(application, step, actor=SYSTEM)
        member = board_member()
        clear(member, application, Interest.ACTUAL)

    assert statuses(visit(member), paths_of(application)) == {404}


def test_the_auditor_reads_and_is_recorded(company: Company, change: Any, visit: Any, work: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        auditor = make_person("Aurelio Cano", Role.AUDITOR)
    work()

    assert statuses(visit(auditor), reading(application)) == {200}
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.outcome == Outcome.READ)).all()
    assert {entry.detail.person_id for entry in entries if entry.detail} == {auditor.id}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.ASSOCIATED, Role.EXPERT])
def test_others_read_nothing(company: Company, change: Any, visit: Any, role: Role) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        person = make_person("Somebody Else", role, country="CO")

    assert statuses(visit(person), paths_of(application)) == {404}


def test_a_draft_is_read_by_its_company_alone(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
        make_evidence(application, "HRT-01")
        officer, member = make_person("Olga Ruiz", Role.OFFICER), make_person("Bo", Role.BOARD)

    assert may(get_actor(company.reader), "application.see", application)
    assert not may(get_actor(officer), "application.see", application)
    assert not may(get_actor(member), "application.see", application)


# -- what a browser keeps ---------------------------------------------------------------------------------------------


def test_input_31_private_pages_are_not_kept(company: Company, change: Any, visit: Any, work: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
    work()
    client, base = visit(company.reader), f"/applications/{application.id}"

    answers = [client.get(path) for path in (base, f"{base}/answers", *reading(application))]

    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)


# -- the company's own page -------------------------------------------------------------------------------------------


def test_a_cleared_reviewer_from_outside_reads_the_company_as_well(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        expert = make_person("Xenia Soto", Role.EXPERT)
        service.assign_reviewer(application, person_id=expert.id, actor=SYSTEM)
    fact = f"case_reader:{company.organisation.id}"
    before = get_actor(expert).facts

    with change():
        clear(expert, application)

    assert fact not in before
    assert fact in get_actor(expert).facts
