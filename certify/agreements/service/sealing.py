"""Sealing: after the last signature the signed file gets its one seal, and the signing record that names it another."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app

from certify.agreements.document import RECORD_SCHEMA, print_record
from certify.agreements.models import Agreement, Proposal, SealedFile
from certify.agreements.queries import clearance_of, get_agreement, live_proposal, next_to_sign, signatures_of
from certify.agreements.rules import AgreementConcluded, Ending, SealedKind, State, Step
from certify.agreements.service import letters
from certify.agreements.service.alerting import raise_alert
from certify.agreements.service.proposing import moment_text
from certify.agreements.service.steps import end_proposal, hold, move
from certify.config import Settings
from certify.kernel import audit, clock, files, jobs
from certify.kernel.db import db, new_id
from certify.kernel.errors import Unavailable
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.outside.keys import KeyMissing, load_keys


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the job made outside the transaction: both documents, sealed, and of which round."""

    proposal_id: uuid.UUID
    agreement: bytes
    record: bytes


def make_sealed(agreement_id: uuid.UUID) -> Sealed | None:
    """Seal the signed file and its signing record; None where that was done before, or not all have signed.

    Nothing is changed in the database. Sealing is random: what a cut-off attempt made is thrown away, and one pair of
    files is ever kept.
    """
    agreement = get_agreement(agreement_id)
    proposal = live_proposal(agreement)
    if agreement.state is not State.SIGNING or proposal is None or next_to_sign(proposal) is not None:
        return None
    if proposal.version.file is None:
        return None
    unsigned = files.read(proposal.version.file)
    sealed = sealed_pdf(unsigned, reason=f"Signed by all parties: {agreement.reference}")
    record = print_record(record_of(agreement, proposal, sealed))
    return Sealed(proposal.id, sealed, sealed_pdf(record, reason=f"Signing record: {agreement.reference}"))


def record_of(agreement: Agreement, proposal: Proposal, sealed: bytes) -> dict[str, Any]:
    """Return everything that the signing record says; it names the agreement's file before and after its seal."""
    clearance = clearance_of(agreement, proposal.version.sha256)
    kept = ("reference", "version", "organisation", "specimen", "terms")
    return {name: proposal.version.content[name] for name in kept} | {
        "schema": RECORD_SCHEMA,
        "made_at": moment_text(clock.now()),
        "resolution": clearance.resolution if clearance else "",
        "opened_at": moment_text(proposal.signing_from) if proposal.signing_from else "",
        "sealed_at": moment_text(clock.now()),
        "document_before": str(proposal.version.sha256),
        "document_after": hashlib.sha256(sealed).hexdigest(),
        "signatures": [dict(signature.entry) for signature in signatures_of(proposal)],
    }


def sealed_pdf(pdf: bytes, *, reason: str) -> bytes:
    """Seal a printed document with the organisation's seal and a time stamp."""
    from certify.outside.seal import SealRefused, choose_time_stamper, seal  # half a second, only here

    settings: Settings = current_app.config["CERTIFY"]
    try:
        ring = load_keys(Path(settings.keys))
        stamper = choose_time_stamper(ring, url=settings.timestamp_url or None, now=clock.now)
        return seal(pdf, keys=ring, stamper=stamper, at=clock.now(), reason=reason, location=settings.public_address)
    except (KeyMissing, SealRefused) as fault:
        raise Unavailable(_("Documents cannot be sealed at the moment. Nothing was changed.")) from fault


def conclude(agreement_id: uuid.UUID, sealed: Sealed) -> None:
    """Keep both sealed documents and bring the agreement into force; a second call changes nothing."""
    agreement = hold(get_agreement(agreement_id))
    actor = Actor.system("sealing")
    require(actor, "agreement.conclude", agreement)
    proposal = live_proposal(agreement)
    if agreement.state is not State.SIGNING or proposal is None or proposal.id != sealed.proposal_id:
        return
    kept = keep_sealed(agreement, sealed, actor)
    move(agreement, Step.CONCLUDE)
    end_proposal(proposal, Ending.CONCLUDED)
    digests = {kind.value: found.sha256 for kind, found in kept.items()}
    audit.record("agreement.conclude", actor=actor, case_key=agreement.case_key, sealed=digests)
    event = AgreementConcluded(agreement.id, agreement.organisation_id, kept[SealedKind.AGREEMENT].sha256)
    publish(event, case_key=agreement.case_key, actor=actor)
    letters.tell_concluded(proposal)
    raise_alert(agreement)


def keep_sealed(agreement: Agreement, sealed: Sealed, actor: Actor) -> dict[SealedKind, SealedFile]:
    """Store the two documents."""
    stem = agreement.reference
    kept = {}
    for kind, content, name in (
        (SealedKind.AGREEMENT, sealed.agreement, f"{stem}.pdf"),
        (SealedKind.RECORD, sealed.record, f"{stem}-signing-record.pdf"),
    ):
        file = files.keep(content, name=name, media_type="application/pdf", actor=actor)
        kept[kind] = SealedFile(
            id=new_id(),
            agreement_id=agreement.id,
            kind=kind,
            sha256=file.sha256,
            file_id=file.id,
            sealed_at=clock.now(),
        )
        db.session.add(kept[kind])
    db.session.flush()
    return kept


def settle_sealing() -> None:
    """Promise again the sealing of what all have signed and is not sealed; part of the daily work."""
    query = (
        sa.select(Proposal)
        .join(Proposal.agreement)
        .where(Proposal.ended_at.is_(None), Agreement.state == State.SIGNING)
    )
    for proposal in db.session.scalars(query).all():
        if next_to_sign(proposal) is None:
            payload = {"agreement_id": str(proposal.agreement_id)}
            jobs.enqueue("agreements.seal", payload, once=f"agreements.seal:{proposal.id}:{clock.today()}")
