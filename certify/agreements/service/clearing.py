"""Clearance: the Board decides on exactly the file that all parties agreed to."""

from __future__ import annotations

import uuid

from certify.agreements.models import Agreement, Clearance, Proposal
from certify.agreements.queries import assents_of, clearance_of, live_motion, live_proposal
from certify.agreements.rules import AgreementCleared, ClearanceRefused, ClearanceTabled, Ending, State, Step
from certify.agreements.service import letters
from certify.agreements.service.steps import before_the_parties, end_proposal, hold, move, not_now
from certify.board import service as board
from certify.board.models import Motion
from certify.board.rules import MotionDecided, MotionKind
from certify.kernel import audit, clock
from certify.kernel.db import db, new_id
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _, in_language
from certify.kernel.policy import Actor, require


def table_clearance(agreement: Agreement, *, actor: Actor) -> Motion:
    """Put the agreed version before the Board, as a motion on the SHA-256 of its unsigned canonical PDF."""
    require(actor, "agreement.table", agreement)
    hold(agreement)
    if agreement.state is not State.AGREED:
        raise RuleBroken(not_now(agreement))
    if live_motion(agreement) is not None:
        raise RuleBroken(_("This version is before the Board already."))
    proposal = before_the_parties(agreement)
    motion = put_motion(agreement, proposal, actor)
    audit.record("agreement.table", actor=actor, case_key=agreement.case_key, motion=motion.number)
    event = ClearanceTabled(agreement.id, proposal.version.number, motion.number)
    publish(event, case_key=agreement.case_key, actor=actor)
    return motion


def put_motion(agreement: Agreement, proposal: Proposal, actor: Actor) -> Motion:
    """Write the motion: what is moved, on which file, and who is concerned."""
    version, certificate = proposal.version, agreement.certificate
    detail = {"agreement_id": str(agreement.id), "version": version.number, "sha256": version.sha256}
    with in_language("en"):
        title, text = motion_title(agreement), motion_text(agreement, proposal)
    return board.table_motion(
        kind=MotionKind.CLEAR_AGREEMENT,
        subject_key=agreement.case_key,
        title=title,
        link=f"/agreements/{agreement.id}",
        organisations=[certificate.holder_name],
        countries=[certificate.country, *(key for key in proposal.order if len(key) == 2)],
        text=text,
        detail=detail,
        documents=[{"file_id": str(version.file_id), "title": f"{agreement.reference}/V{version.number}"}],
        out=people_of_the_case(agreement, proposal),
        actor=actor,
    )


def motion_title(agreement: Agreement) -> str:
    """Name the motion."""
    return str(_("Clear the agreement with %(company)s", company=agreement.certificate.holder_name))


def motion_text(agreement: Agreement, proposal: Proposal) -> str:
    """Say in a full sentence what the Board would decide."""
    return str(
        _(
            "The Board clears version %(version)s of the agreement %(reference)s for signature, as the file whose "
            "SHA-256 is %(sha256)s, and no other.",
            version=proposal.version.number,
            reference=agreement.reference,
            sha256=proposal.version.sha256,
        )
    )


def people_of_the_case(agreement: Agreement, proposal: Proposal) -> set[uuid.UUID]:
    """Return who drafted the agreement or agreed to it for a party: they never vote on it."""
    drafters = {agreement.drafted_by_id, proposal.opened_by_id, proposal.version.made_by_id}
    return {person for person in drafters if person} | {assent.person_id for assent in assents_of(proposal)}


# -- the decision -----------------------------------------------------------------------------------------------------


def when_motion_decided(event: MotionDecided) -> None:
    """Carry out the Board's decision: adopted on exactly the file that stands now, the version is cleared."""
    if event.motion_kind is not MotionKind.CLEAR_AGREEMENT:
        return
    agreement = hold(db.session.get_one(Agreement, uuid.UUID(event.detail["agreement_id"])))
    actor = Actor.system("motion decided")
    require(actor, "agreement.clear", agreement)
    if event.outcome == "adopted":
        adopt(agreement, event, actor)
    elif event.outcome == "rejected":
        refuse(agreement, event, actor)
    else:
        note_refusal(agreement, event.outcome, actor)


def adopt(agreement: Agreement, event: MotionDecided, actor: Actor) -> None:
    """Keep the clearance of this file, and clear the version where it is still the one before the parties."""
    sha256 = str(event.detail["sha256"])
    if clearance_of(agreement, sha256) is None:
        keep_clearance(agreement, sha256, event)
    proposal = live_proposal(agreement)
    if proposal is None or proposal.version.sha256 != sha256 or agreement.state is not State.AGREED:
        note_refusal(agreement, "another_version", actor)
        return
    move(agreement, Step.CLEAR)
    audit.record("agreement.clear", actor=actor, case_key=agreement.case_key, sha256=sha256)
    cleared = AgreementCleared(agreement.id, proposal.version.number, event.resolution)
    publish(cleared, case_key=agreement.case_key, actor=actor)
    letters.tell_cleared(proposal, event.resolution)


def keep_clearance(agreement: Agreement, sha256: str, event: MotionDecided) -> None:
    """Write down what the Board cleared."""
    clearance = Clearance(
        id=new_id(),
        agreement_id=agreement.id,
        sha256=sha256,
        motion_id=event.motion_id,
        resolution=event.resolution,
        at=clock.now(),
    )
    db.session.add(clearance)
    db.session.flush()


def refuse(agreement: Agreement, event: MotionDecided, actor: Actor) -> None:
    """Return the agreement to drafting where the Board refused the version that stands now."""
    proposal = live_proposal(agreement)
    note_refusal(agreement, event.outcome, actor)
    if proposal is None or agreement.state is not State.AGREED:
        return
    move(agreement, Step.REJECT)
    end_proposal(proposal, Ending.REJECTED)
    letters.tell_not_cleared(proposal, event.resolution)


def note_refusal(agreement: Agreement, outcome: str, actor: Actor) -> None:
    """Write down that the Board's decision did not clear what stands now."""
    audit.record("agreement.clear", actor=actor, case_key=agreement.case_key, outcome_of_motion=outcome)
    publish(ClearanceRefused(agreement.id, outcome), case_key=agreement.case_key, actor=actor)
