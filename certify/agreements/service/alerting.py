"""One chain: what happens to the certificate follows to every live agreement, and every party is told."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from certify.agreements.models import Agreement
from certify.agreements.queries import is_certified, live_agreements
from certify.agreements.rules import AgreementExpired, AgreementReinstated, AgreementSuspended, State, Step
from certify.agreements.service import letters
from certify.agreements.service.steps import hold, move
from certify.certificates.models import Certificate
from certify.certificates.queries import get_certificate
from certify.certificates.rules import (
    CertificateReinstated,
    CertificateSuspended,
    CertificateWithdrawn,
    SuspensionLapsed,
)
from certify.kernel import audit, clock
from certify.kernel.db import db
from certify.kernel.events import publish
from certify.kernel.policy import Actor, require

Ended = CertificateSuspended | CertificateWithdrawn
Restored = CertificateReinstated | SuspensionLapsed


def when_certificate_stopped(event: Ended) -> None:
    """Raise the suspension clause on every live agreement of the company: its certificate is suspended or withdrawn."""
    for agreement in agreements_under(event.certificate_id):
        raise_alert(hold(agreement))


def when_certificate_restored(event: Restored) -> None:
    """Lift the alert where the company's certificate is active again."""
    for agreement in agreements_under(event.certificate_id):
        lift_alert(hold(agreement))


def agreements_under(certificate_id: uuid.UUID) -> list[Agreement]:
    """List the live agreements that depend on the company's certification under this certificate's framework."""
    certificate = get_certificate(certificate_id)
    return list(live_agreements(certificate.organisation_id, certificate.framework_name))


def raise_alert(agreement: Agreement) -> None:
    """Mark an agreement that is held, suspend it where it is in force, and tell every party.

    Nothing while the company is certified, and nothing twice.
    """
    is_new = agreement.alerted_at is None
    if is_certified(agreement) or not (is_new or agreement.state is State.IN_FORCE):
        return
    actor = Actor.system("the certificate is not active")
    require(actor, "agreement.suspend", agreement)
    agreement.alerted_at = agreement.alerted_at or clock.now()
    agreement.alert = public_reason(agreement.certificate)
    if agreement.state is State.IN_FORCE:
        move(agreement, Step.SUSPEND)
    audit.record("agreement.suspend", actor=actor, case_key=agreement.case_key)
    event = AgreementSuspended(agreement.id, agreement.organisation_id)
    publish(event, case_key=agreement.case_key, actor=actor, public_reason=agreement.alert)
    letters.tell_alert(agreement)


def public_reason(certificate: Certificate) -> str:
    """Return the public reason why a certificate is not active: of its end, else of the suspension that holds."""
    at = clock.now()
    holding = [found.public_reason for found in certificate.suspensions if found.pause.holds(at=at)]
    return certificate.public_reason or next(iter(holding), "")


def lift_alert(agreement: Agreement) -> None:
    """Lift the alert of an agreement that is held, where the company is certified again."""
    if agreement.alerted_at is None or not is_certified(agreement):
        return
    actor = Actor.system("the certificate is active again")
    require(actor, "agreement.suspend", agreement)
    agreement.alerted_at, agreement.alert = None, ""
    if agreement.state is State.SUSPENDED:
        move(agreement, Step.REINSTATE)
    audit.record("agreement.reinstate", actor=actor, case_key=agreement.case_key)
    event = AgreementReinstated(agreement.id, agreement.organisation_id)
    publish(event, case_key=agreement.case_key, actor=actor)
    letters.tell_alert_lifted(agreement)


def expire_agreements() -> None:
    """End each agreement whose last day has passed; part of the daily work."""
    query = sa.select(Agreement).where(
        Agreement.state.in_([State.IN_FORCE, State.SUSPENDED]), Agreement.ends_on < clock.today()
    )
    for agreement in db.session.scalars(query).all():
        hold(agreement)
        actor = Actor.system("date reached")
        require(actor, "agreement.expire", agreement)
        move(agreement, Step.EXPIRE)
        audit.record("agreement.expire", actor=actor, case_key=agreement.case_key)
        event = AgreementExpired(agreement.id, agreement.organisation_id)
        publish(event, case_key=agreement.case_key, actor=actor)
