"""Issuing: once, whole, and only what the Board decided."""

import hashlib
import threading

import pytest
import sqlalchemy as sa

from certify.applications.models import Application
from certify.certificates import queries, service
from certify.certificates.models import Certificate, LogLeaf
from certify.certificates.rules import Obstacle, State
from certify.criteria.rules import Band
from certify.kernel import clock, files, jobs
from certify.kernel.db import db, transaction
from certify.kernel.errors import CertifyError, NotFound, RuleBroken, Unavailable
from certify.outside.seal import check_seal
from tests.makers.applications import make_application, signer_of
from tests.makers.certificates import accept, make_approved_application, make_certificate, make_keys


def build_approved() -> None:
    """Keys, and one application that the Board approved."""
    make_keys()
    with transaction():
        make_approved_application()


@pytest.fixture
def approved(app, kept) -> Application:
    kept("approved", build_approved)
    return db.session.query(Application).one()


@pytest.fixture
def certificate(app, kept) -> Certificate:
    kept("certificate", make_certificate)
    return db.session.query(Certificate).one()


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_decided_case_leads_to_one_sealed_certificate_in_four_languages(certificate):
    assert certificate.state is State.ACTIVE
    assert {document.language for document in certificate.documents} == {"en", "es", "fr", "pt"}
    for document in certificate.documents:
        content = files.storage().get(document.sha256)
        report = check_seal(content, certificates=queries.keys().certificates, issued_sha256=document.sha256)
        assert report.is_untouched, report
    assert count(LogLeaf) == 1


def test_the_band_bounds_the_months_of_validity(app):
    certificate = make_certificate(band=Band.CONDITIONAL)

    months = (certificate.valid_until.year - certificate.granted_on.year) * 12
    assert certificate.band == "conditional"
    assert months + certificate.valid_until.month - certificate.granted_on.month in {11, 12}


def test_input_07_a_draft_leads_to_no_certificate(app, change):
    make_keys()
    with change():
        application = make_application()

    with pytest.raises(RuleBroken), change():
        accept(application)


def test_another_company_does_not_accept_the_terms(approved, change):
    application = approved
    with change():
        other = make_application()

    with pytest.raises(CertifyError) as refusal, change():
        service.accept_terms(application, actor=signer_of(other.organisation))

    assert refusal.value.status in {403, 404}
    assert NotFound.status == 404


def test_accepting_twice_is_refused_and_one_certificate_stands(certificate, change):
    with pytest.raises(RuleBroken), change():
        accept(certificate.application)

    assert count(Certificate) == 1


def test_input_08_twenty_parallel_acceptances_lead_to_exactly_one_certificate(app, approved):
    application_id = approved.id
    outcomes = []

    def try_once() -> None:
        from certify.applications.queries import get_application

        with app.app_context():
            try:
                with transaction():
                    accept(get_application(application_id))
                outcomes.append("claimed")
            except CertifyError as refusal:
                outcomes.append(str(refusal.status))

    tries = [threading.Thread(target=try_once) for _ in range(20)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert outcomes.count("claimed") == 1
    assert set(outcomes) <= {"claimed", "409", "503"}
    assert count(Certificate) == 1


def test_an_old_screening_blocks(approved, change, time):
    application = approved
    time.advance(days=8)

    assert queries.obstacles(application) == [Obstacle.SCREENING_OLD]
    with pytest.raises(RuleBroken), change():
        accept(application)


def test_f13_without_keys_nothing_is_claimed(app, approved, change):
    application = approved
    folder = app.config["CERTIFY"].keys
    hidden = folder.with_name("hidden-keys")
    folder.rename(hidden)

    try:
        with pytest.raises(Unavailable), change():
            accept(application)
    finally:
        hidden.rename(folder)

    assert count(Certificate) == 0


def test_f1_a_job_cut_before_its_transaction_is_finished_by_the_next_attempt(approved, change):
    with change():
        certificate_id = accept(approved).id
    service.make_documents(certificate_id)

    jobs.run_due()
    jobs.run_due()

    assert db.session.get_one(Certificate, certificate_id).state is State.ACTIVE
    assert count(LogLeaf) == 1


def test_a_second_activation_changes_nothing(approved, change):
    with change():
        certificate_id = accept(approved).id
    made = service.make_documents(certificate_id)
    with change():
        service.activate(certificate_id, made)

    with change():
        service.activate(certificate_id, made)

    assert count(LogLeaf) == 1


def test_f7_a_clock_behind_the_log_refuses_to_issue(certificate, change, time):
    with change():
        certificate_id = accept(make_approved_application()).id
    made = service.make_documents(certificate_id)
    time.advance(days=-30)

    with pytest.raises(Unavailable), change():
        service.activate(certificate_id, made)

    assert clock.now() == time.at


def test_the_rendering_before_sealing_can_be_repeated(certificate):
    from certify.certificates.document import certificate_pdf
    from certify.certificates.service.recording import read_record

    record, credential = read_record(certificate), certificate.credential.encode()

    digests = {
        hashlib.sha256(certificate_pdf(record, language="es", credential=credential)).hexdigest() for _ in range(2)
    }

    assert len(digests) == 1
