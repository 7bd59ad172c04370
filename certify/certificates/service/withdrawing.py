"""Withdrawing: by the Board after the company was heard, or given back by the holder; and expiry, published once."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from certify.board import service as board
from certify.board.rules import MotionDecided, MotionKind
from certify.certificates.models import Certificate, Withdrawal
from certify.certificates.rules import (
    HEARING_WORKING_DAYS,
    CertificateExpired,
    CertificateWithdrawn,
    Ground,
    State,
    WithdrawalProposed,
)
from certify.certificates.service import letters
from certify.certificates.service.logging import append_leaf
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def propose_withdrawal(certificate: Certificate, *, ground: Ground, public_reason: str, actor: Actor) -> Withdrawal:
    """Propose to withdraw; the company is notified with the grounds and has 20 working days to answer."""
    require(actor, "certificate.propose_withdrawal", certificate)
    check_lives(certificate)
    withdrawal = new_withdrawal(certificate, ground, public_reason, actor)
    withdrawal.answer_until = clock.add_working_days(clock.today(), HEARING_WORKING_DAYS)
    audit.record("certificate.propose_withdrawal", actor=actor, case_key=certificate.case_key, ground=ground.value)
    publish(WithdrawalProposed(certificate.id, withdrawal.answer_until), case_key=certificate.case_key, actor=actor)
    letters.tell_withdrawal_proposed(withdrawal)
    return withdrawal


def check_lives(certificate: Certificate) -> None:
    """Refuse what has ended, or where a withdrawal is under way."""
    lock(certificate)
    if certificate.state is not State.ACTIVE:
        raise RuleBroken(_("This certificate has ended already, or is still being issued."))
    if any(found.decided_at is None for found in certificate.withdrawals):
        raise RuleBroken(_("A withdrawal of this certificate is under way already."))


def new_withdrawal(certificate: Certificate, ground: Ground, public_reason: str, actor: Actor) -> Withdrawal:
    """Write a withdrawal down."""
    withdrawal = Withdrawal(
        id=new_id(), certificate=certificate, ground=ground, public_reason=public_reason,
        proposed_by_id=actor.person_id, proposed_at=clock.now(),
    )  # fmt: skip
    db.session.add(withdrawal)
    db.session.flush()
    return withdrawal


def answer_withdrawal(withdrawal: Withdrawal, *, text: str, actor: Actor) -> None:
    """Record the company's answer, once, within its time."""
    require(actor, "withdrawal.answer", withdrawal)
    lock(withdrawal)
    if withdrawal.by_holder or withdrawal.answered_at or withdrawal.decided_at or withdrawal.motion_id:
        raise RuleBroken(_("This withdrawal takes no answer any more."))
    if withdrawal.answer_until and clock.today() > withdrawal.answer_until:
        raise RuleBroken(_("The time to answer has passed."))
    withdrawal.answer, withdrawal.answered_at = text, clock.now()
    audit.record("withdrawal.answer", actor=actor, case_key=withdrawal.case_key)


def table_withdrawal(withdrawal: Withdrawal, *, actor: Actor) -> None:
    """Put the withdrawal before the Board, once the company answered or its time has passed."""
    require(actor, "withdrawal.table", withdrawal)
    lock(withdrawal)
    if withdrawal.by_holder or withdrawal.motion_id or withdrawal.decided_at:
        raise RuleBroken(_("This withdrawal is before the Board already, or decided."))
    heard = withdrawal.answered_at or (withdrawal.answer_until and clock.today() > withdrawal.answer_until)
    if not heard:
        raise RuleBroken(_("The company has still time to answer. The Board decides after it was heard."))
    certificate = withdrawal.certificate
    motion = board.table_motion(
        kind=MotionKind.WITHDRAW_CERTIFICATE,
        subject_key=certificate.case_key,
        title=_("Withdraw the certificate of %(holder)s", holder=certificate.holder_name),
        link=f"/certificates/{certificate.id}",
        organisations=[certificate.holder_name],
        countries=[certificate.country],
        text=withdrawal.public_reason,
        detail={"withdrawal_id": str(withdrawal.id)},
        actor=actor,
    )
    withdrawal.motion_id = motion.id
    audit.record("withdrawal.table", actor=actor, case_key=certificate.case_key, motion=motion.id)


def when_withdrawal_decided(event: MotionDecided) -> None:
    """Carry out the Board's decision on a withdrawal."""
    if event.motion_kind is not MotionKind.WITHDRAW_CERTIFICATE or "withdrawal_id" not in event.detail:
        return
    withdrawal = lock(db.session.get_one(Withdrawal, uuid.UUID(event.detail["withdrawal_id"])))
    if withdrawal.decided_at:
        return
    if event.outcome == "deferred":
        withdrawal.motion_id = None
        return
    withdrawal.decided_at = clock.now()
    if event.outcome == "adopted":
        end(withdrawal, State.WITHDRAWN, actor=Actor.system("motion decided"))


def give_back(certificate: Certificate, *, public_reason: str, actor: Actor) -> Withdrawal:
    """Give the certificate back as the holder's legal representative; an officer confirms."""
    require(actor, "certificate.give_back", certificate)
    check_lives(certificate)
    withdrawal = new_withdrawal(certificate, Ground.OTHER, public_reason, actor)
    withdrawal.by_holder = True
    audit.record("certificate.give_back", actor=actor, case_key=certificate.case_key)
    letters.tell_given_back(withdrawal)
    return withdrawal


def confirm_given_back(withdrawal: Withdrawal, *, actor: Actor) -> None:
    """Confirm as an officer what the holder gives back."""
    require(actor, "withdrawal.confirm_by_holder", withdrawal)
    lock(withdrawal)
    if not withdrawal.by_holder or withdrawal.decided_at:
        raise RuleBroken(_("There is nothing to confirm, or it was confirmed already."))
    withdrawal.decided_at = clock.now()
    audit.record("withdrawal.confirm_by_holder", actor=actor, case_key=withdrawal.case_key)
    end(withdrawal, State.WITHDRAWN_BY_HOLDER, actor=actor)


def end(withdrawal: Withdrawal, state: State, *, actor: Actor) -> None:
    """End the certificate."""
    certificate = lock(withdrawal.certificate)
    certificate.state, certificate.ended_at = state, clock.now()
    certificate.public_reason = withdrawal.public_reason
    audit.record("certificate.end", actor=actor, case_key=certificate.case_key, state=state.value)
    publish(
        CertificateWithdrawn(certificate.id, certificate.organisation_id, certificate.number, state),
        case_key=certificate.case_key,
        actor=actor,
        public_reason=withdrawal.public_reason,
    )
    append_leaf(certificate, kind=state.value, ground=withdrawal.ground.value)
    letters.tell_withdrawn(certificate)


def expire_certificates() -> None:
    """Publish once for each certificate that its last day has passed; part of the daily work."""
    query = sa.select(Certificate).where(Certificate.state == State.ACTIVE, Certificate.valid_until < clock.today())
    for certificate in db.session.scalars(query):
        publish(
            CertificateExpired(certificate.id, certificate.organisation_id, certificate.number),
            case_key=certificate.case_key,
            actor=Actor.system("date reached"),
            once=f"expired:{certificate.id}:{certificate.valid_until}",
        )
