"""Evidence: files that the company shows for a criterion."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from certify.applications.models import Application, Evidence
from certify.applications.queries import bytes_kept
from certify.applications.service.answers import asked_criterion
from certify.applications.service.steps import require_open
from certify.kernel import audit, clock, files
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken, TooLarge
from certify.kernel.i18n import _
from certify.kernel.inspection import ENDINGS, Inspected
from certify.kernel.policy import Actor, require
from certify.kernel.settings import settings

MOST_FILES = 20
"""Files for one criterion (default, to be set by the administrator)."""
MEGABYTE = 1024 * 1024


def add_evidence(
    application: Application,
    *,
    criterion: str,
    upload: Inspected,
    document_date: date,
    expires_on: date | None = None,
    attested_by: str = "",
    actor: Actor,
) -> Evidence:
    """Keep a file that was inspected as evidence for a criterion; the same file again is the first one."""
    require(actor, "application.edit", application)
    require_open(lock(application), criterion)
    asked_criterion(application, criterion)
    check_dates(document_date, expires_on)
    check_room(application, criterion, len(upload.content))
    stored = files.keep(upload.content, name=true_name(upload), media_type=upload.media_type, actor=actor)
    if found := find_same(application, criterion, stored.sha256):
        db.session.delete(stored)
        return found
    evidence = Evidence(
        id=new_id(),
        application_id=application.id,
        criterion=criterion,
        file=stored,
        sha256=stored.sha256,
        document_date=document_date,
        expires_on=expires_on,
        attested_by=attested_by,
        uploaded_by_id=actor.person_id,
        uploaded_at=clock.now(),
    )
    db.session.add(evidence)
    db.session.flush()
    audit.record("evidence.add", actor=actor, case_key=application.case_key, criterion=criterion, sha256=stored.sha256)
    return evidence


def check_dates(document_date: date, expires_on: date | None) -> None:
    """Refuse a document from the future, and one that expired before it was made."""
    if document_date > clock.today():
        sentence = _("The date of the document lies in the future.")
        raise Invalid(sentence, fields={"document_date": sentence})
    if expires_on is not None and expires_on < document_date:
        sentence = _("The document cannot expire before its own date.")
        raise Invalid(sentence, fields={"expires_on": sentence})


def check_room(application: Application, criterion: str, size: int) -> None:
    """Refuse what goes over the organisation's quota, or over the number of files for one question."""
    quota = settings().organisation_quota
    if bytes_kept(application.organisation_id) + size > quota:
        raise TooLarge(
            _(
                "Your organisation may keep %(megabytes)d MB of files. Please remove some before you send this one.",
                megabytes=quota // MEGABYTE,
            )
        )
    query = sa.select(sa.func.count()).where(
        Evidence.application_id == application.id, Evidence.criterion == criterion, Evidence.removed_at.is_(None)
    )
    if (db.session.scalar(query) or 0) >= MOST_FILES:
        raise RuleBroken(_("A question takes %(most)d files. Please remove one first.", most=MOST_FILES))


def find_same(application: Application, criterion: str, sha256: str) -> Evidence | None:
    """Return the evidence with the same bytes for the same criterion."""
    query = sa.select(Evidence).where(
        Evidence.application_id == application.id,
        Evidence.criterion == criterion,
        Evidence.sha256 == sha256,
        Evidence.removed_at.is_(None),
    )
    return db.session.scalar(query)


def true_name(upload: Inspected) -> str:
    """Return the file's name with the ending that its content has."""
    name = files.shown_name(upload.name)
    ending = ENDINGS[upload.media_type]
    aliases = {ending, ".jpeg"} if ending == ".jpg" else {ending}
    return name if any(name.lower().endswith(alias) for alias in aliases) else f"{name[:110]}{ending}"


def remove_evidence(evidence: Evidence, *, actor: Actor) -> None:
    """Take evidence away; what a snapshot names stays in that snapshot."""
    require(actor, "evidence.remove", evidence)
    require_open(lock(evidence.application), evidence.criterion)
    audit.record(
        "evidence.remove",
        actor=actor,
        case_key=evidence.case_key,
        criterion=evidence.criterion,
        sha256=evidence.sha256,
    )
    if evidence.frozen_in is not None:
        evidence.removed_at = evidence.removed_at or clock.now()
    else:
        db.session.delete(evidence)
