"""Questions about certificates and the transparency log."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from certify.applications.models import Application
from certify.applications.rules import Status
from certify.certificates.codes import MistypedCode, normalise_code
from certify.certificates.models import Certificate, IssuedDocument, LogLeaf, LogNode, Suspension, Withdrawal
from certify.certificates.rules import SCREENING_DAYS, Obstacle, Standing, State
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting
from certify.kernel.web import get_or_404
from certify.organisations.queries import find_organisations_of
from certify.outside.keys import KeyRing, load_keys
from certify.screening import queries as screening

APPROVED = {Status.APPROVED, Status.APPROVED_WITH_CONDITIONS}


def get_certificate(certificate_id: uuid.UUID) -> Certificate:
    """Return a certificate, or raise NotFound."""
    certificate: Certificate = get_or_404(Certificate, certificate_id)
    return certificate


def get_suspension(suspension_id: uuid.UUID) -> Suspension:
    """Return a suspension, or raise NotFound."""
    suspension: Suspension = get_or_404(Suspension, suspension_id)
    return suspension


def get_withdrawal(withdrawal_id: uuid.UUID) -> Withdrawal:
    """Return a withdrawal, or raise NotFound."""
    withdrawal: Withdrawal = get_or_404(Withdrawal, withdrawal_id)
    return withdrawal


def find_by_code(typed: str) -> Certificate | None:
    """Return the certificate that bears a code, forgiving how it was typed; None for an unknown or mistyped one."""
    try:
        code = normalise_code(typed)
    except MistypedCode:
        return None
    return db.session.scalar(sa.select(Certificate).where(Certificate.code == code, Certificate.state != State.PENDING))


def find_by_document(sha256: str) -> Certificate | None:
    """Return the certificate of which this is the digest of an issued PDF."""
    query = sa.select(Certificate).join(IssuedDocument).where(IssuedDocument.sha256 == sha256)
    return db.session.scalar(query)


def find_certificate_of(application: Application) -> Certificate | None:
    """Return the certificate that an application led to."""
    return db.session.scalar(sa.select(Certificate).where(Certificate.application_id == application.id))


def live_certificate(organisation_id: uuid.UUID, framework_name: str) -> Certificate | None:
    """Return the company's live certificate of a framework; one at most exists."""
    query = sa.select(Certificate).where(
        Certificate.organisation_id == organisation_id,
        Certificate.framework_name == framework_name,
        Certificate.state.in_([State.PENDING, State.ACTIVE]),
    )
    return db.session.scalar(query)


def active_certificates(organisation_id: uuid.UUID) -> list[Certificate]:
    """List the company's certificates that are active now: neither suspended nor expired nor ended."""
    query = sa.select(Certificate).where(
        Certificate.organisation_id == organisation_id, Certificate.state == State.ACTIVE
    )
    at = clock.now()
    return [found for found in db.session.scalars(query) if found.standing_at(at) is Standing.ACTIVE]


def list_certificates() -> Sequence[Certificate]:
    """List every certificate, the newest first."""
    return db.session.scalars(sa.select(Certificate).order_by(Certificate.serial.desc())).all()


def list_certificates_for(actor: Actor) -> Sequence[Certificate]:
    """List the certificates that this person may open: all for insiders, else of the own companies and countries."""
    everything = list_certificates()
    if actor.has("officer", "auditor") or actor.holds("sits", "board"):
        return everything
    own = {found.id for found in find_organisations_of(actor.person_id)} if actor.person_id else set()
    return [
        certificate
        for certificate in everything
        if certificate.organisation_id in own
        or any(actor.holds("focal_point", code) for code in {certificate.country, *certificate.organisation.countries})
    ]


def document_in(certificate: Certificate, language: str) -> IssuedDocument | None:
    """Return the sealed PDF in a language."""
    return next((found for found in certificate.documents if found.language == language), None)


# -- issuing --------------------------------------------------------------------------------------------------------


def obstacles(application: Application) -> list[Obstacle]:
    """Name what stands against issuing a certificate for this application now."""
    found = []
    if application.status not in APPROVED:
        found.append(Obstacle.NOT_APPROVED)
    if find_certificate_of(application):
        found.append(Obstacle.ISSUED_ALREADY)
    elif live_certificate(application.organisation_id, application.framework.partition("@")[0]):
        found.append(Obstacle.ANOTHER_LIVES)
    return found + screening_obstacles(application.organisation_id)


def screening_obstacles(organisation_id: uuid.UUID) -> list[Obstacle]:
    """Name what the screening against excluding lists says against issuing or signing; not screened is never clear."""
    state = screening.screening_state(organisation_id, on=clock.now())
    return [obstacle] if (obstacle := SCREENING_OBSTACLES.get(state.status.value)) else stale(state.run_at)


SCREENING_OBSTACLES = {
    "not_screened": Obstacle.NOT_SCREENED,
    "open_hits": Obstacle.OPEN_HITS,
    "undetermined": Obstacle.OPEN_HITS,
    "true_match": Obstacle.TRUE_MATCH,
}


def stale(run_at: datetime | None) -> list[Obstacle]:
    """Say whether the last screening is too old to rely on."""
    fresh = run_at is not None and (clock.now() - run_at).days < SCREENING_DAYS
    return [] if fresh else [Obstacle.SCREENING_OLD]


def keys() -> KeyRing:
    """Return the organisation's keys; raises KeyMissing where they lie nowhere."""
    return load_keys(Path(current_app.config["CERTIFY"].keys))


# -- the transparency log -------------------------------------------------------------------------------------------


def log_size() -> int:
    """Return how many leaves the log has."""
    return (db.session.scalar(sa.select(sa.func.max(LogLeaf.index))) or 0) + 1 if last_leaf() else 0


def last_leaf() -> LogLeaf | None:
    """Return the newest leaf."""
    return db.session.scalar(sa.select(LogLeaf).order_by(LogLeaf.index.desc()).limit(1))


def log_node(level: int, place: int) -> bytes:
    """Return a whole subtree's hash, as the pure log asks for it."""
    return db.session.get_one(LogNode, (level, place)).digest


def leaves_of(certificate: Certificate) -> Sequence[LogLeaf]:
    """List a certificate's events in the log."""
    return db.session.scalars(
        sa.select(LogLeaf).where(LogLeaf.certificate_id == certificate.id).order_by(LogLeaf.index)
    ).all()


# -- what waits -----------------------------------------------------------------------------------------------------


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say whose terms are to be accepted, and which measures wait for the chair, an officer or the company."""
    return [*terms_waiting(actor), *suspensions_waiting(actor), *withdrawals_waiting(actor)]


def terms_waiting(actor: Actor) -> list[Waiting]:
    """Say which approved applications wait for the legal representative."""
    query = (
        sa.select(Application)
        .outerjoin(Certificate, Certificate.application_id == Application.id)
        .where(Application.status.in_(APPROVED), Certificate.id.is_(None))
    )
    own = [fact.partition(":")[2] for fact in actor.facts if fact.startswith("legal_representative:")]
    mine = query.where(Application.organisation_id.in_([uuid.UUID(key) for key in own])) if own else None
    return [
        Waiting(_("Accept the terms of your certificate"), "certificates.accept", {"application_id": found.id})
        for found in (db.session.scalars(mine) if mine is not None else [])
    ]


def suspensions_waiting(actor: Actor) -> list[Waiting]:
    """Say which suspensions wait for the chair."""
    if not actor.holds("chair", "board"):
        return []
    query = sa.select(Suspension).where(Suspension.confirmed_at.is_(None), Suspension.declined_at.is_(None))
    return [
        Waiting(
            _("Decide on a suspension: %(holder)s", holder=found.certificate.holder_name),
            "certificates.show",
            {"certificate_id": found.certificate_id},
        )
        for found in db.session.scalars(query)
        if found.proposed_by_id != actor.person_id
    ]


def withdrawals_waiting(actor: Actor) -> list[Waiting]:
    """Say which withdrawals wait for an officer, and which for the company's answer."""
    query = sa.select(Withdrawal).where(Withdrawal.decided_at.is_(None), Withdrawal.motion_id.is_(None))
    return [
        Waiting(
            _("Withdrawal proposed: %(holder)s", holder=found.certificate.holder_name),
            "certificates.show",
            {"certificate_id": found.certificate_id},
            due=found.answer_until,
        )
        for found in db.session.scalars(query)
        if actor.has("officer") or actor.holds("legal_representative", found.certificate.organisation_id)
    ]
