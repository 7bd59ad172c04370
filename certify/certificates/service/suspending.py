"""Suspending: proposed, confirmed by the chair, in effect after notice; or urgent, by the chair alone, for 30 days."""

from __future__ import annotations

import uuid

from certify.board import service as board
from certify.board.rules import MotionDecided, MotionKind
from certify.certificates.models import Certificate, Suspension
from certify.certificates.rules import (
    CertificateReinstated,
    CertificateSuspended,
    Ground,
    Procedure,
    Standing,
    State,
    SuspensionConfirmed,
    SuspensionLapsed,
    SuspensionProposed,
    lapses,
    may_decide,
    takes_effect,
)
from certify.certificates.service import letters
from certify.certificates.service.logging import append_leaf
from certify.kernel import audit, clock, jobs
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def propose_suspension(certificate: Certificate, *, ground: Ground, public_reason: str, actor: Actor) -> Suspension:
    """Propose to suspend; the chair confirms or declines."""
    require(actor, "certificate.propose_suspension", certificate)
    check_can_suspend(certificate)
    suspension = new_suspension(certificate, Procedure.ORDINARY, ground, public_reason, actor)
    publish(SuspensionProposed(certificate.id, ground), case_key=certificate.case_key, actor=actor)
    letters.tell_suspension_proposed(suspension)
    return suspension


def check_can_suspend(certificate: Certificate) -> None:
    """Refuse what has ended, is suspended, or waits for a decision already."""
    lock(certificate)
    if certificate.standing_at(clock.now()) is not Standing.ACTIVE:
        raise RuleBroken(_("Only an active certificate can be suspended."))
    if any(suspension.is_waiting or coming(suspension) for suspension in certificate.suspensions):
        raise RuleBroken(_("A suspension of this certificate is under way already."))


def coming(suspension: Suspension) -> bool:
    """Whether a confirmed suspension has still to take effect."""
    return suspension.effective_at is not None and suspension.ended_at is None and suspension.effective_at > clock.now()


def new_suspension(
    certificate: Certificate, procedure: Procedure, ground: Ground, public_reason: str, actor: Actor
) -> Suspension:
    """Write a suspension down."""
    suspension = Suspension(
        id=new_id(), certificate=certificate, procedure=procedure, ground=ground, public_reason=public_reason,
        proposed_by_id=actor.person_id, proposed_at=clock.now(),
    )  # fmt: skip
    db.session.add(suspension)
    db.session.flush()
    audit.record(f"suspension.{procedure.value}", actor=actor, case_key=certificate.case_key, ground=ground.value)
    return suspension


def confirm_suspension(suspension: Suspension, *, actor: Actor) -> None:
    """Confirm as the chair; the holder gets ten days' notice."""
    require(actor, "suspension.confirm", suspension)
    decide(suspension, actor)
    at = clock.now()
    suspension.confirmed_by_id, suspension.confirmed_at = actor.person_id, at
    suspension.effective_at = takes_effect(at)
    certificate = suspension.certificate
    audit.record("suspension.confirm", actor=actor, case_key=certificate.case_key, effective=suspension.effective_at)
    publish(
        SuspensionConfirmed(certificate.id, suspension.effective_at),
        case_key=certificate.case_key,
        actor=actor,
        public_reason=suspension.public_reason,
    )
    promise_effect(suspension)
    letters.tell_suspension_confirmed(suspension)


def decline_suspension(suspension: Suspension, *, actor: Actor) -> None:
    """Decline as the chair."""
    require(actor, "suspension.confirm", suspension)
    decide(suspension, actor)
    suspension.declined_at = clock.now()
    audit.record("suspension.decline", actor=actor, case_key=suspension.case_key)


def decide(suspension: Suspension, actor: Actor) -> None:
    """Refuse the proposer, and a second decision."""
    lock(suspension)
    if not may_decide(proposed_by=suspension.proposed_by_id, decider=actor.person_id):
        raise RuleBroken(_("Whoever proposed a suspension does not decide on it."))
    if not suspension.is_waiting:
        raise RuleBroken(_("This suspension was decided already."))


def suspend_urgently(certificate: Certificate, *, ground: Ground, public_reason: str, actor: Actor) -> Suspension:
    """Suspend at once as the chair; lapses after 30 days unless the Board ratifies it, for which a motion is tabled."""
    require(actor, "certificate.suspend_urgently", certificate)
    check_can_suspend(certificate)
    suspension = new_suspension(certificate, Procedure.URGENT, ground, public_reason, actor)
    at = clock.now()
    suspension.confirmed_by_id, suspension.confirmed_at, suspension.effective_at = actor.person_id, at, at
    suspension.lapses_at = lapses(at)
    board.table_motion(
        kind=MotionKind.RATIFY_SUSPENSION,
        subject_key=certificate.case_key,
        title=_("Ratify the urgent suspension of %(holder)s", holder=certificate.holder_name),
        link=f"/certificates/{certificate.id}",
        organisations=[certificate.holder_name],
        countries=[certificate.country],
        text=public_reason,
        detail={"suspension_id": str(suspension.id)},
        actor=Actor.system("urgent suspension"),
    )
    letters.tell_suspension_confirmed(suspension)
    take_effect(suspension.id)
    promise_effect(suspension)
    return suspension


def promise_effect(suspension: Suspension) -> None:
    """Promise the jobs that publish what the dates bring."""
    payload = {"suspension_id": str(suspension.id)}
    jobs.enqueue("certificates.take_effect", payload, due=suspension.effective_at, once=f"effect:{suspension.id}")
    if suspension.lapses_at:
        jobs.enqueue("certificates.lapse", payload, due=suspension.lapses_at, once=f"lapse:{suspension.id}")


def take_effect(suspension_id: uuid.UUID) -> None:
    """Publish once that a suspension is in effect; the standing itself is computed from the dates."""
    suspension = db.session.get_one(Suspension, suspension_id)
    certificate = lock(suspension.certificate)
    if certificate.state is not State.ACTIVE or not suspension.pause.holds(at=clock.now()):
        return
    once = f"suspended:{suspension.id}"
    if publish_once(
        CertificateSuspended(certificate.id, certificate.organisation_id, certificate.number), suspension, once
    ):
        append_leaf(certificate, kind="suspended", ground=suspension.ground.value)


def lapse(suspension_id: uuid.UUID) -> None:
    """Publish once that an urgent suspension lapsed."""
    suspension = db.session.get_one(Suspension, suspension_id)
    certificate = lock(suspension.certificate)
    if suspension.ended_at or suspension.lapses_at is None or suspension.lapses_at > clock.now():
        return
    if publish_once(SuspensionLapsed(certificate.id, certificate.number), suspension, f"lapsed:{suspension.id}"):
        append_leaf(certificate, kind="reinstated", ground="lapsed")


def publish_once(event: object, suspension: Suspension, once: str) -> bool:
    """Publish under a key; say whether this was the first time."""
    return publish(
        event,
        case_key=suspension.case_key,
        actor=Actor.system("date reached"),
        public_reason=suspension.public_reason,
        once=once,
    )


def reinstate(certificate: Certificate, *, public_reason: str, actor: Actor) -> None:
    """Lift every suspension that holds or is coming, as the chair."""
    require(actor, "certificate.reinstate", certificate)
    lock(certificate)
    at = clock.now()
    live = [found for found in certificate.suspensions if found.pause.holds(at=at) or coming(found)]
    if not live or certificate.state is not State.ACTIVE:
        raise RuleBroken(_("This certificate is not suspended."))
    in_effect = any(found.pause.holds(at=at) for found in live)
    for suspension in live:
        suspension.ended_at = at
    audit.record("certificate.reinstate", actor=actor, case_key=certificate.case_key)
    publish(
        CertificateReinstated(certificate.id, certificate.organisation_id, certificate.number),
        case_key=certificate.case_key,
        actor=actor,
        public_reason=public_reason,
    )
    if in_effect:
        append_leaf(certificate, kind="reinstated")
    letters.tell_reinstated(certificate)


def when_ratification_decided(event: MotionDecided) -> None:
    """Carry out the Board's decision on an urgent suspension: ratified it stays, rejected it ends."""
    if event.motion_kind is not MotionKind.RATIFY_SUSPENSION or "suspension_id" not in event.detail:
        return
    suspension = lock(db.session.get_one(Suspension, uuid.UUID(event.detail["suspension_id"])))
    actor = Actor.system("motion decided")
    require(actor, "suspension.ratify", suspension)
    if suspension.ended_at or (suspension.lapses_at and suspension.lapses_at <= clock.now()):
        return
    if event.outcome == "adopted":
        suspension.lapses_at = None
    elif event.outcome == "rejected":
        suspension.ended_at = clock.now()
        certificate = suspension.certificate
        publish(
            CertificateReinstated(certificate.id, certificate.organisation_id, certificate.number),
            case_key=certificate.case_key,
            actor=actor,
        )
        append_leaf(certificate, kind="reinstated")
    audit.record("suspension.ratify", actor=actor, case_key=suspension.case_key, decision=event.outcome)
