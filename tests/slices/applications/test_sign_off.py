"""Sign-off freezes what was said and shown, once, and only what the signer read."""

from __future__ import annotations

import io
import json
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

from certify.accounts.queries import get_actor
from certify.applications import queries, service
from certify.applications.document import print_snapshot
from certify.applications.models import Application, Snapshot
from certify.applications.rules import IN_PROCEDURE, Given, Status
from certify.applications.service import ChangedSinceRead
from certify.criteria.canonical import canonical_bytes, digest
from certify.kernel import files
from certify.kernel.db import db
from certify.kernel.errors import NotAllowed, RuleBroken
from certify.kernel.jobs import OutboxRow
from certify.organisations.service import add_director, update_organisation
from tests.makers.applications import (
    editor_of,
    make_answered_application,
    make_application,
    make_submitted_application,
    signer_of,
)
from tests.makers.organisations import make_organisation
from tests.pages import fields, send, words
from tests.slices.applications.conftest import Company

TICKED = {"true": "y", "entitled": "y"}


def letters_of(notice_word: str) -> list[dict[str, Any]]:
    """The promised letters whose subject holds a word."""
    rows = db.session.scalars(sa.select(OutboxRow).where(OutboxRow.job == "kernel.send_letter")).all()
    return [row.payload for row in rows if notice_word in row.payload["subject"]]


def snapshots() -> list[Snapshot]:
    """All snapshots."""
    return list(db.session.scalars(sa.select(Snapshot).order_by(Snapshot.number)))


# -- what is frozen ---------------------------------------------------------------------------------------------------


def test_a_signed_off_application_is_frozen_under_its_digest(change: Any) -> None:
    with change():
        application = make_submitted_application()

    snapshot = queries.latest_snapshot(application)

    assert application.status in IN_PROCEDURE
    assert snapshot is not None and snapshot.number == 1
    assert snapshot.sha256 == digest(snapshot.content)
    assert len(snapshot.content["answers"]) == len(snapshot.content["evidence"]) == 55
    assert {row.frozen_in for row in queries.evidence_of(application)} == {1}


def test_a_snapshot_holds_who_owns_and_directs_the_company(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    snapshot = queries.latest_snapshot(application)

    assert snapshot is not None
    facts = snapshot.content["organisation"]
    assert facts["countries"] == ["PE", "CO"]
    assert [owner["share_bp"] for owner in facts["owners"]] == [6_000]
    assert len(facts["directors"]) == 1
    assert snapshot.content["signed_off"] == {"by": "Rosa Quispe", "at": "2026-03-02T09:30:00Z"}


def test_a_snapshot_holds_strings_integers_lists_and_null_only(change: Any) -> None:
    with change():
        application = make_submitted_application()

    def kinds(value: Any) -> set[type]:
        if isinstance(value, dict):
            return set().union(*(kinds(inner) for inner in value.values()), {str})
        if isinstance(value, list):
            return set().union(*(kinds(inner) for inner in value), {str})
        return {type(value)}

    snapshot = queries.latest_snapshot(application)
    assert snapshot is not None
    assert kinds(snapshot.content) <= {str, int, type(None)}


def test_what_changes_after_the_sign_off_is_not_in_the_snapshot(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)
        add_director(company.organisation, name="New Director", country="PE", actor=get_actor(company.representative))

    snapshot = queries.latest_snapshot(application)

    assert snapshot is not None
    assert "New Director" not in canonical_bytes(snapshot.content).decode()


def test_the_snapshot_is_printed_after_the_sign_off_with_its_json_inside(
    company: Company, change: Any, work: Any, visit: Any
) -> None:
    with change():
        application = make_submitted_application(company.organisation)
    address = f"/applications/{application.id}/snapshots/1"
    assert "is being printed" in words(visit(company.reader).get(address))

    work()

    pdf = visit(company.reader).get(f"{address}.pdf")
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        (attached,) = document.attachments.values()
        content = attached.get_file().read_bytes()
    snapshot = queries.latest_snapshot(application)
    assert snapshot is not None
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert content == canonical_bytes(snapshot.content) == visit(company.reader).get(f"{address}.json").data
    assert digest(json.loads(content)) == snapshot.sha256


def test_printing_again_gives_the_same_bytes_and_keeps_the_first(change: Any, work: Any) -> None:
    with change():
        application = make_submitted_application()
    work()
    snapshot = snapshots()[0]
    kept = files.read(snapshot.file) if snapshot.file else b""

    again = print_snapshot(snapshot)
    with change():
        service.keep_print(snapshot, again)

    assert again == kept
    assert application.snapshots[0].file_id == snapshot.file_id


def test_input_17_and_19_text_is_printed_as_text_and_fetches_nothing(change: Any, work: Any) -> None:
    hostile = "{{7*7}} {% raw %} ${x} <img src=file:///etc/passwd> <script>alert(1)</script> Привет 公司 \U0001f600"
    with change():
        make_submitted_application(
            proposed_cooperation=hostile, answers={"HRT-01": Given(level=3, note=hostile), "HRT-02": Given(level=2)}
        )

    work()

    snapshot = snapshots()[0]
    assert snapshot.file is not None
    assert snapshot.content["proposed_cooperation"] == hostile
    assert b"root:" not in files.read(snapshot.file)


# -- who and when -----------------------------------------------------------------------------------------------------


def test_the_editor_asks_and_the_representative_signs(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
    base = f"/applications/{application.id}"
    eva, rosa = visit(company.editor), visit(company.representative)

    asked = send(eva, f"{base}/answers")
    letters = letters_of("Please sign off")
    confirmed = send(rosa, f"{base}/sign-off", form=1, **TICKED)

    db.session.expire_all()
    assert "asked to sign off" in words(asked)
    assert [letter["to"] for letter in letters] == [company.representative.email]
    assert confirmed.request.path == f"{base}/submitted"
    assert application.reference in words(confirmed) and snapshots()[0].sha256 in words(confirmed)
    assert "30 March 2026" in words(confirmed) or "March 30, 2026" in words(confirmed)
    assert application.status in IN_PROCEDURE


def test_a_representative_who_writes_goes_straight_to_the_sign_off(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)

    page = send(visit(company.representative), f"/applications/{application.id}/answers")

    assert page.request.path == f"/applications/{application.id}/sign-off"
    assert letters_of("Please sign off") == []


def test_the_letter_names_reference_and_digest(company: Company, change: Any) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    letters = letters_of("We received your application")

    assert {letter["to"] for letter in letters} == {company.representative.email, company.editor.email}
    for letter in letters:
        assert application.reference in letter["text"] and snapshots()[0].sha256 in letter["text"]
        assert snapshots()[0].sha256 in letter["html"]
        assert f"/applications/{application.id}" in letter["text"]


def test_an_editor_does_not_sign(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
        service.request_sign_off(application, actor=get_actor(company.editor))

    assert visit(company.editor).get(f"/applications/{application.id}/sign-off").status_code == 403
    with change(), pytest.raises(NotAllowed):
        service.submit_application(application, actor=get_actor(company.editor))


def test_both_sentences_of_the_declaration_are_needed(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
        service.request_sign_off(application, actor=get_actor(company.editor))

    page = send(visit(company.representative), f"/applications/{application.id}/sign-off", form=1, true="y")

    assert page.status_code == 422
    assert "may sign for the company" in words(page)
    assert snapshots() == []


def test_what_is_missing_stands_first_and_stops_the_sign_off(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)

    page = visit(company.editor).get(f"/applications/{application.id}/answers")

    assert "Missing before you can ask for the sign-off" in words(page)
    assert "Declarations on exclusions: 10 are open" in words(page)
    with change(), pytest.raises(RuleBroken, match="INT-01"):
        service.request_sign_off(application, actor=get_actor(company.editor))


def test_a_company_that_grew_answers_what_it_was_not_asked_before(change: Any) -> None:
    with change():
        organisation = make_organisation(employees=3, turnover_usd=50_000)
        application = make_answered_application(organisation)
        update_organisation(organisation, employees=120, actor=signer_of(organisation))

    with change(), pytest.raises(RuleBroken, match="Please answer first"):
        service.request_sign_off(application, actor=editor_of(organisation))


def test_the_sign_off_pressed_twice_makes_one_snapshot(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
        service.request_sign_off(application, actor=get_actor(company.editor))
    client, address = visit(company.representative), f"/applications/{application.id}/sign-off"
    known = fields(client.get(address), form=1) | TICKED

    first = client.post(address, data=known)
    second = client.post(address, data=known)

    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert len(snapshots()) == 1


def test_nothing_is_signed_that_was_not_read(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
        service.request_sign_off(application, actor=get_actor(company.editor))
    client, address = visit(company.representative), f"/applications/{application.id}/sign-off"
    known = fields(client.get(address), form=1) | TICKED
    with change():
        add_director(company.organisation, name="Late Comer", country="PE", actor=get_actor(company.editor))

    page = client.post(address, data=known)

    assert page.status_code == 409
    assert "Late Comer" in words(page)
    assert snapshots() == []
    with change(), pytest.raises(ChangedSinceRead):
        service.submit_application(application, read="0" * 64, actor=get_actor(company.representative))


def test_while_the_signature_is_awaited_nothing_is_edited(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
        service.request_sign_off(application, actor=get_actor(company.editor))

    page = visit(company.editor).get(f"/applications/{application.id}/questions/HRT-01")

    assert page.status_code == 409
    assert "Return it to editing" in words(page)


def test_the_application_can_be_returned_to_editing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_answered_application(company.organisation)
        service.request_sign_off(application, actor=get_actor(company.editor))

    page = send(visit(company.representative), f"/applications/{application.id}")

    db.session.expire_all()
    assert "can be changed again" in words(page)
    assert application.status is Status.DRAFT


@pytest.mark.parametrize("path", ["cooperation", "declarations", "questions/HRT-01"])
def test_after_the_sign_off_nothing_can_be_edited(company: Company, change: Any, visit: Any, path: str) -> None:
    with change():
        application = make_submitted_application(company.organisation)

    page = visit(company.editor).get(f"/applications/{application.id}/{path}")

    assert page.status_code == 409


def test_input_7_a_draft_is_neither_decided_nor_declared_ineligible(change: Any) -> None:
    from certify.kernel.policy import Actor

    with change():
        application = make_application()
    board = Actor.system("the Board decided")

    with change(), pytest.raises(RuleBroken):
        service.decide(application, outcome=Status.APPROVED, reasons="", actor=board)
    with change(), pytest.raises(RuleBroken):
        service.declare_ineligible(application, exclusion="EXC-01", actor=board)
    assert application.status is Status.DRAFT


def test_input_12_a_case_keeps_the_version_it_was_started_under(change: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with change():
        application = make_submitted_application()
    monkeypatch.setattr("certify.applications.service.drafting.CURRENT_FRAMEWORK", "example-cooperative@1.0.0")

    pinned = queries.pinned_framework(application)

    snapshot = queries.latest_snapshot(application)
    assert snapshot is not None
    assert pinned.label == application.framework == "oas-certification@1.0.0"
    assert snapshot.content["framework"]["structure"] == pinned.structure_digest


def test_one_application_has_no_two_snapshots_of_one_number(company: Company, change: Any) -> None:
    with change():
        application: Application = make_submitted_application(company.organisation)

    with pytest.raises(RuleBroken), change():
        db.session.add(
            Snapshot(application_id=application.id, number=1, content={}, sha256="0" * 64, at=application.created_at)
        )
