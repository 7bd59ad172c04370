"""Putting a version before the parties: its text is frozen, printed by a job, and never changed."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from flask import current_app

from certify.agreements.composing import clauses_of
from certify.agreements.document import AGREEMENT_SCHEMA, print_agreement
from certify.agreements.models import Agreement, Proposal, Version
from certify.agreements.queries import gaps_in, get_version, is_certified, live_motion, live_proposal
from certify.agreements.rules import Ending, State, Step, VersionPrinted, VersionProposed
from certify.agreements.service import letters
from certify.agreements.service.steps import end_proposal, hold, move
from certify.board import service as board
from certify.config import Settings
from certify.criteria.canonical import digest
from certify.kernel import audit, clock, files, jobs
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


def propose_version(agreement: Agreement, *, actor: Actor) -> Proposal:
    """Put the working text before the parties, as a new version where a word changed, else as the version it was.

    The version that was before them ends with everything said about it; a motion on it is withdrawn. Raises RuleBroken
    where something is missing, nothing changed, or the certificate is not active.
    """
    require(actor, "agreement.propose", agreement)
    hold(agreement)
    check_ready(agreement)
    before = live_proposal(agreement)
    version = version_saying(agreement, terms_of(agreement), actor)
    if before is not None and before.version_id == version.id:
        raise RuleBroken(_("Nothing has changed since version %(number)s.", number=version.number))
    move(agreement, Step.PROPOSE)
    if before is not None:
        supersede(agreement, before)
    proposal = new_proposal(agreement, version, actor)
    audit.record("agreement.propose", actor=actor, case_key=agreement.case_key, version=version.number)
    publish(VersionProposed(agreement.id, version.number), case_key=agreement.case_key, actor=actor)
    if version.sha256 is None:
        jobs.enqueue("agreements.print", {"version_id": str(version.id)}, once=f"agreements.print:{version.id}")
    else:
        letters.tell_to_read(proposal)
    return proposal


def check_ready(agreement: Agreement) -> None:
    """Refuse a text that is not complete, or a company that is not certified."""
    if agreement.state not in {State.DRAFTING, State.NEGOTIATION, State.AGREED, State.CLEARED}:
        move(agreement, Step.PROPOSE)
    if gaps_in(agreement):
        raise RuleBroken(_("The draft is not complete. The agreement's page names what is missing."))
    if not is_certified(agreement):
        raise RuleBroken(_("An agreement needs an active certificate. This one is not active."))


def supersede(agreement: Agreement, before: Proposal) -> None:
    """Take the version from the table, and with it a motion that waits for the Board."""
    end_proposal(before, Ending.SUPERSEDED)
    if (motion := live_motion(agreement)) is not None:
        reason = _("The text changed: a new version is before the parties.")
        board.withdraw_motion(motion, reason=reason, actor=Actor.system("the agreement's text changed"))


def new_proposal(agreement: Agreement, version: Version, actor: Actor) -> Proposal:
    """Write down that a version is before the parties."""
    proposal = Proposal(
        id=new_id(),
        agreement=agreement,
        version=version,
        number=len(agreement.proposals) + 1,
        opened_at=clock.now(),
        opened_by_id=actor.person_id,
    )
    db.session.add(proposal)
    db.session.flush()
    return proposal


# -- freezing ---------------------------------------------------------------------------------------------------------


def version_saying(agreement: Agreement, terms: dict[str, Any], actor: Actor) -> Version:
    """Return the version that says exactly this, or freeze the next one."""
    terms_sha256 = digest(terms)
    for version in reversed(agreement.versions):
        if version.terms_sha256 == terms_sha256:
            return version
    at = clock.now().replace(microsecond=0)
    version = Version(
        id=new_id(),
        agreement=agreement,
        number=len(agreement.versions) + 1,
        terms_sha256=terms_sha256,
        made_at=at,
        made_by_id=actor.person_id,
    )
    version.content = content_of(agreement, terms, number=version.number, terms_sha256=terms_sha256, at=at)
    db.session.add(version)
    db.session.flush()
    return version


def content_of(
    agreement: Agreement, terms: dict[str, Any], *, number: int, terms_sha256: str, at: datetime
) -> dict[str, Any]:
    """Return everything that a version's document says: strings, integers, null, lists and mappings only."""
    settings: Settings = current_app.config["CERTIFY"]
    return {
        "schema": AGREEMENT_SCHEMA,
        "reference": agreement.reference,
        "version": number,
        "made_at": moment_text(at),
        "organisation": settings.organisation_name,
        "specimen": "yes" if settings.demonstration else "no",
        "terms_sha256": terms_sha256,
        "terms": terms,
    }


def terms_of(agreement: Agreement) -> dict[str, Any]:
    """Return the working text as it would be frozen now, with the clauses' blanks filled."""
    certificate = agreement.certificate
    terms = {
        "library": agreement.library,
        "template": agreement.template,
        "languages": list(agreement.languages),
        "parties": [
            {"key": party.key, "kind": party.kind.value, "country": party.country}
            for party in agreement.present_parties
        ],
        "company": {"name": certificate.holder_name, "country": certificate.country},
        "certificate": certificate.number,
        "area": agreement.area,
        "sdg_targets": list(agreement.sdg_targets),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "cost_bearer": agreement.cost_bearer.value,
        "texts": {language: prose(agreement.texts[language]) for language in agreement.languages},
        "contributions": contributions_of(agreement),
    }
    clauses = clauses_of(terms, organisation=current_app.config["CERTIFY"].organisation_name)
    return terms | {"clauses": clauses}


def prose(parts: dict[str, str]) -> dict[str, str]:
    """Return a language's prose with every part, empty where nothing is said."""
    return {part: parts.get(part, "") for part in ("title", "purpose", "added_value", "particular")}


def contributions_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Return the contributions in the order of the parties, then as they were written."""
    ordered = sorted(agreement.contributions, key=lambda found: (found.party.position or 0, found.id))
    return [
        {
            "party": found.party.key,
            "kind": found.kind.value,
            "texts": {language: found.texts[language] for language in agreement.languages},
        }
        for found in ordered
    ]


def moment_text(moment: datetime) -> str:
    """Write a moment as UTC to the second: 2026-03-01T09:30:00+00:00."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


# -- printing ---------------------------------------------------------------------------------------------------------


def printed(version_id: uuid.UUID) -> bytes | None:
    """Print a version's unsigned canonical PDF; None when that was done before. Changes nothing."""
    version = get_version(version_id)
    return print_agreement(version.content) if version.sha256 is None else None


def keep_print(version_id: uuid.UUID, pdf: bytes) -> None:
    """Keep the canonical PDF: from now on its digest is what is agreed to, cleared and signed."""
    version = lock(get_version(version_id))
    actor = Actor.system("printing")
    require(actor, "agreement.print", version.agreement)
    if version.sha256 is not None:
        return
    name = f"{version.agreement.reference}-V{version.number}.pdf"
    kept = files.keep(pdf, name=name, media_type="application/pdf", actor=actor)
    version.file_id, version.sha256, version.printed_at = kept.id, kept.sha256, clock.now()
    case_key = version.case_key
    audit.record("agreement.print", actor=actor, case_key=case_key, version=version.number, sha256=kept.sha256)
    event = VersionPrinted(version.agreement_id, version.number, kept.sha256)
    publish(event, case_key=case_key, actor=actor)
    proposal = live_proposal(version.agreement)
    if proposal is not None and proposal.version_id == version.id:
        letters.tell_to_read(proposal)
