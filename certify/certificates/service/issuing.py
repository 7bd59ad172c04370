"""Issuing: claimed when the terms are accepted, made and sealed by a job, active once everything is stored."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import current_app

from certify.applications.models import Application
from certify.applications.queries import pinned_framework
from certify.assessment.queries import latest_scorecard
from certify.board import queries as board
from certify.certificates.codes import new_code
from certify.certificates.credential import credential_bytes, make_credential
from certify.certificates.document import certificate_pdf
from certify.certificates.models import Certificate, IssuedDocument
from certify.certificates.queries import keys, obstacles
from certify.certificates.rules import CertificateClaimed, CertificateIssued, Obstacle, State, searchable
from certify.certificates.service import letters
from certify.certificates.service.logging import CHAIN, append_leaf
from certify.certificates.service.recording import last_day, read_record, record_of, written
from certify.certificates.status import StatusPurpose
from certify.certificates.words import OBSTACLES
from certify.config import Settings
from certify.kernel import audit, clock, files, jobs
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import RuleBroken, Unavailable
from certify.kernel.events import publish
from certify.kernel.i18n import LANGUAGES, _
from certify.kernel.policy import Actor, require
from certify.outside.keys import KeyMissing, KeyRing, Purpose
from certify.screening import service as screening

STATUS_PLACES = 131_072
"""Places of a status list; the least that the standard allows, so that one place tells nothing."""


def accept_terms(application: Application, *, actor: Actor) -> Certificate:
    """Claim the certificate: its number, code and text are fixed, and a job makes and seals the documents.

    Raises RuleBroken with every obstacle named; a missing or old screening is started again. Raises Unavailable where
    the signing keys are not at hand.
    """
    require(actor, "terms.accept", application)
    lock(application)
    check_obstacles(application)
    check_keys()
    audit.hold_chain(CHAIN)
    certificate = claim(application)
    audit.record("terms.accept", actor=actor, case_key=certificate.case_key, number=certificate.number)
    publish(CertificateClaimed(certificate.id, application.id), case_key=certificate.case_key, actor=actor)
    jobs.enqueue("certificates.issue", {"certificate_id": str(certificate.id)}, once=f"issue:{certificate.id}")
    return certificate


def check_obstacles(application: Application) -> None:
    """Refuse with every obstacle named; a screening that is missing or old is asked for by the view beforehand."""
    if found := obstacles(application):
        raise RuleBroken(" ".join(str(OBSTACLES[obstacle]) for obstacle in found))


def refresh_screening(application: Application) -> None:
    """Start the screening again where it is missing or old."""
    if {Obstacle.NOT_SCREENED, Obstacle.SCREENING_OLD} & set(obstacles(application)):
        screening.request_screening(application.organisation_id)


def check_keys() -> KeyRing:
    """Refuse while a signing key is not at hand; verifying goes on."""
    try:
        ring = keys()
        for purpose in (Purpose.SEAL, Purpose.CREDENTIAL, Purpose.LOG):
            ring.current(purpose)
    except KeyMissing as fault:
        raise Unavailable(_("Certificates cannot be sealed at the moment. Nothing was changed.")) from fault
    return ring


def claim(application: Application) -> Certificate:
    """Write the certificate down as pending."""
    settings: Settings = current_app.config["CERTIFY"]
    company = application.organisation
    framework = pinned_framework(application)
    scorecard = latest_scorecard(application)
    months = framework.bands.validity_months(scorecard.band) if scorecard else None
    if scorecard is None or months is None:
        raise RuleBroken(_("The band of this case does not permit a certificate."))
    serial = (db.session.scalar(sa.select(sa.func.max(Certificate.serial))) or 0) + 1
    today = clock.today()
    certificate = Certificate(
        id=new_id(),
        number=f"{settings.organisation_short}-{today:%Y}-{serial:05d}",
        serial=serial,
        code=new_code(random_bytes=secrets.token_bytes),
        application=application,
        organisation=company,
        framework_name=framework.id,
        framework=framework.label,
        band=scorecard.band.value,
        holder_name=company.legal_name,
        holder_key=searchable(company.legal_name),
        country=company.country,
        scope="",
        granted_on=today,
        valid_until=last_day(today, months),
        status_index=free_status_index(),
        record={},
        claimed_at=clock.now(),
    )
    record = record_of(certificate, resolution=resolution_of(application), criteria=criteria_of(scorecard.result))
    certificate.record, certificate.scope = written(record), record.scope["en"]
    db.session.add(certificate)
    db.session.flush()
    return certificate


def criteria_of(result: dict[str, Any]) -> dict[str, list[str]]:
    """Return the criteria that applied, by theme."""
    found: dict[str, list[str]] = {}
    for criterion in result["criteria"]:
        if criterion["status"] in {"answered", "missing"}:
            found.setdefault(criterion["theme"], []).append(criterion["id"])
    return found


def resolution_of(application: Application) -> str:
    """Return the symbol of the Board's resolution on this case."""
    symbols = [motion.resolution.symbol for motion in board.motions_on(application.case_key) if motion.resolution]
    return symbols[-1] if symbols else ""


def free_status_index() -> int:
    """Draw a place in the status lists that no certificate has."""
    taken = set(db.session.scalars(sa.select(Certificate.status_index)))
    while (place := secrets.randbelow(STATUS_PLACES)) in taken:
        pass
    return place


# -- the documents --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """What the job made outside the transaction: the credential, and each sealed PDF's digest and size."""

    credential: str
    documents: dict[str, tuple[str, int]]


def make_documents(certificate_id: uuid.UUID) -> Made | None:
    """Render and seal the certificate in four languages and store it; None when that was done before.

    Nothing is changed in the database. A crash leaves files that nobody names; the next attempt makes them again.
    """
    certificate = db.session.get_one(Certificate, certificate_id)
    if certificate.state is not State.PENDING:
        return None
    ring = check_keys()
    record = read_record(certificate)
    credential = make_credential(
        record,
        host=current_app.config["CERTIFY"].issuer_host,
        key=ring.current(Purpose.CREDENTIAL),
        status_index=certificate.status_index,
        status_addresses=status_addresses(),
    )
    attached = credential_bytes(credential)
    documents = {}
    for language in LANGUAGES:
        sealed = sealed_pdf(certificate_pdf(record, language=language, credential=attached), ring)
        documents[language] = (files.put(sealed), len(sealed))
    return Made(attached.decode(), documents)


def sealed_pdf(pdf: bytes, ring: KeyRing) -> bytes:
    """Seal a rendered document with the organisation's seal and a time stamp."""
    from certify.outside.seal import SealRefused, choose_time_stamper, seal  # half a second, only here

    settings: Settings = current_app.config["CERTIFY"]
    try:
        stamper = choose_time_stamper(ring, url=settings.timestamp_url or None, now=clock.now)
        return seal(
            pdf,
            keys=ring,
            stamper=stamper,
            at=clock.now(),
            reason=f"Issued by the {settings.organisation_name}",
            location=settings.public_address,
        )
    except (KeyMissing, SealRefused) as fault:
        raise Unavailable(_("Certificates cannot be sealed at the moment. Nothing was changed.")) from fault


def status_addresses() -> dict[StatusPurpose, str]:
    """Return where the two status lists are served."""
    host = current_app.config["CERTIFY"].issuer_host
    return {purpose: f"https://{host}/status/{purpose.value}/1" for purpose in StatusPurpose}


def activate(certificate_id: uuid.UUID, made: Made) -> None:
    """Make the certificate active, with its log leaf; a second call finds it active and changes nothing."""
    certificate = lock(db.session.get_one(Certificate, certificate_id))
    if certificate.state is not State.PENDING:
        return
    actor = Actor.system("issuing")
    require(actor, "certificate.issue", certificate)
    certificate.credential, certificate.state, certificate.issued_at = made.credential, State.ACTIVE, clock.now()
    for language, (sha256, size) in made.documents.items():
        db.session.add(IssuedDocument(certificate=certificate, language=language, sha256=sha256, size=size))
    digests = {language: sha256 for language, (sha256, _size) in made.documents.items()}
    append_leaf(certificate, kind="issued", documents=digests, credential=json.loads(made.credential)["id"])
    audit.record("certificate.issue", actor=actor, case_key=certificate.case_key, documents=digests)
    publish(
        CertificateIssued(certificate.id, certificate.organisation_id, certificate.number),
        case_key=certificate.case_key,
        actor=actor,
    )
    letters.tell_issued(certificate)


def settle_claims() -> None:
    """Hand over again what was claimed and not finished; part of the daily work and of every start."""
    for certificate in db.session.scalars(sa.select(Certificate).where(Certificate.state == State.PENDING)):
        jobs.enqueue("certificates.issue", {"certificate_id": str(certificate.id)}, once=f"issue:{certificate.id}")
