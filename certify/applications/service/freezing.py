"""What is frozen at sign-off: all the company said and showed, and who it is, as one canonical value."""

from __future__ import annotations

from typing import Any

from certify.applications.models import Answer, Application, Evidence, Snapshot
from certify.applications.queries import (
    answers_of,
    criteria_asked,
    evidence_of,
    exclusion_answers_of,
    latest_snapshot,
    pinned_framework,
    profile_of,
)
from certify.criteria.canonical import digest
from certify.kernel import clock
from certify.kernel.db import db, new_id
from certify.kernel.i18n import current_language
from certify.kernel.policy import Actor
from certify.organisations.models import Director, Organisation, Owner
from certify.organisations.queries import list_directors, list_owners
from certify.organisations.rules import countries_concerned

SCHEMA = "certify.snapshot/1"


def freeze(application: Application, *, actor: Actor) -> Snapshot:
    """Write snapshot n+1; it names every answer and file that stands now, and is never changed."""
    before = latest_snapshot(application)
    number = before.number + 1 if before else 1
    for evidence in evidence_of(application):
        evidence.frozen_in = evidence.frozen_in or number
    content = frozen_content(application, number=number, signed_by=actor.name)
    snapshot = Snapshot(
        id=new_id(),
        application=application,
        number=number,
        content=content,
        sha256=digest(content),
        language=current_language(),
        signed_off_by_id=actor.person_id,
        at=clock.now(),
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def content_now(application: Application) -> dict[str, Any]:
    """Return what would be frozen if the application were signed off at this moment, for reading it beforehand."""
    before = latest_snapshot(application)
    return frozen_content(application, number=before.number + 1 if before else 1, signed_by="")


def digest_of_reading(content: dict[str, Any]) -> str:
    """Return the digest of all that a signer reads: the content without who signs and when."""
    return digest({part: value for part, value in content.items() if part != "signed_off"})


def frozen_content(application: Application, *, number: int, signed_by: str) -> dict[str, Any]:
    """Return the snapshot's content: strings, integers, null, lists and mappings only."""
    framework = pinned_framework(application)
    asked = {criterion.id for criterion in criteria_asked(application)}
    profile = profile_of(application)
    return {
        "schema": SCHEMA,
        "reference": application.reference,
        "number": number,
        "framework": {
            "label": framework.label,
            "structure": framework.structure_digest,
            "texts": framework.texts_digest,
        },
        "signed_off": {"by": signed_by, "at": moment_text(clock.now())},
        "organisation": frozen_organisation(application.organisation),
        "profile": {"size": profile.size, "sectors": sorted(profile.sectors)},
        "proposed_cooperation": application.proposed_cooperation,
        "exclusions": {
            exclusion: {"answer": row.answer.value, "text": row.text}
            for exclusion, row in sorted(exclusion_answers_of(application).items())
        },
        "answers": {
            criterion: frozen_answer(answer)
            for criterion, answer in answers_of(application).items()
            if criterion in asked and answer.given.answers
        },
        "evidence": frozen_evidence(application, asked),
    }


def frozen_answer(answer: Answer) -> dict[str, Any]:
    """Return one answer: a level, a number, or the wish that it does not apply; with its note."""
    if answer.not_applicable:
        return {"not_applicable": "requested", "reason": answer.reason, "note": answer.note}
    if answer.level is not None:
        return {"level": answer.level, "note": answer.note}
    return {"number": answer.number, "note": answer.note}


def frozen_evidence(application: Application, asked: set[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the evidence of each criterion that is asked."""
    found: dict[str, list[dict[str, Any]]] = {}
    for evidence in evidence_of(application):
        if evidence.criterion in asked:
            found.setdefault(evidence.criterion, []).append(frozen_file(evidence))
    return found


def frozen_file(evidence: Evidence) -> dict[str, Any]:
    """Return what names a piece of evidence beyond doubt."""
    return {
        "id": str(evidence.id),
        "sha256": evidence.sha256,
        "name": evidence.file.name,
        "media_type": evidence.file.media_type,
        "size": evidence.file.size,
        "document_date": evidence.document_date.isoformat(),
        "expires_on": evidence.expires_on.isoformat() if evidence.expires_on else None,
        "attested_by": evidence.attested_by,
        "uploaded_at": moment_text(evidence.uploaded_at),
    }


def frozen_organisation(organisation: Organisation) -> dict[str, Any]:
    """Return the facts of the organisation as they stand at sign-off."""
    return {
        "id": str(organisation.id),
        "legal_name": organisation.legal_name,
        "trade_names": list(organisation.trade_names),
        "former_names": list(organisation.former_names),
        "country": organisation.country,
        "registration_number": organisation.registration_number,
        "tax_identifier": organisation.tax_identifier,
        "lei": organisation.lei,
        "isic_divisions": list(organisation.isic_divisions),
        "employees": organisation.employees,
        "turnover_usd": organisation.turnover_usd,
        "countries": countries_concerned(organisation),
        "widely_held": "yes" if organisation.widely_held else "no",
        "owners": [frozen_owner(owner) for owner in list_owners(organisation)],
        "directors": [frozen_director(director) for director in list_directors(organisation)],
    }


def frozen_owner(owner: Owner) -> dict[str, Any]:
    """Return an owner of 10 % or more."""
    return {
        "id": str(owner.id),
        "kind": owner.kind.value,
        "name": owner.name,
        "country": owner.country,
        "birth_date": owner.birth_date.isoformat() if owner.birth_date else None,
        "share_bp": owner.share_bp,
    }


def frozen_director(director: Director) -> dict[str, Any]:
    """Return a director."""
    return {
        "id": str(director.id),
        "name": director.name,
        "country": director.country,
        "birth_date": director.birth_date.isoformat() if director.birth_date else None,
        "role_title": director.role_title,
    }


def moment_text(moment: Any) -> str:
    """Write a moment as UTC to the second: 2026-03-01T09:30:00Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
