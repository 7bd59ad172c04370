"""Questions about applications as cases: which there are, under which criteria, and what was frozen."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from certify.applications.models import Application, Evidence, Snapshot
from certify.applications.rules import BEFORE_SIGN_OFF, OPEN, Profile, Status, applicable_criteria
from certify.criteria.library import load_framework
from certify.criteria.rules import Criterion, Framework
from certify.interests import queries as interests
from certify.kernel.db import db
from certify.kernel.errors import NotFound
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _
from certify.kernel.web import get_or_404
from certify.organisations.models import Organisation
from certify.organisations.rules import sectors_of, size_of


def get_application(application_id: uuid.UUID) -> Application:
    """Return an application, or raise NotFound."""
    application: Application = get_or_404(Application, application_id)
    return application


def get_evidence(evidence_id: uuid.UUID) -> Evidence:
    """Return a piece of evidence, or raise NotFound."""
    evidence: Evidence = get_or_404(Evidence, evidence_id)
    return evidence


def get_snapshot(snapshot_id: uuid.UUID) -> Snapshot:
    """Return a snapshot, or raise NotFound."""
    snapshot: Snapshot = get_or_404(Snapshot, snapshot_id)
    return snapshot


def list_applications(
    *,
    statuses: Collection[Status] | None = None,
    organisation_id: uuid.UUID | None = None,
    assessor_id: uuid.UUID | None = None,
    reviewer_id: uuid.UUID | None = None,
) -> Sequence[Application]:
    """List applications, oldest submission first, those not submitted last."""
    query = sa.select(Application).order_by(
        Application.submitted_at.is_(None), Application.submitted_at, Application.id
    )
    if statuses is not None:
        query = query.where(Application.status.in_(statuses))
    for column, value in (
        (Application.organisation_id, organisation_id),
        (Application.assessor_id, assessor_id),
        (Application.reviewer_id, reviewer_id),
    ):
        if value is not None:
            query = query.where(column == value)
    return db.session.scalars(query).all()


def find_open_application(organisation_id: uuid.UUID, framework: str) -> Application | None:
    """Return the organisation's open application under a framework (`id@version`), if it has one."""
    query = sa.select(Application).where(
        Application.organisation_id == organisation_id,
        Application.framework == framework,
        Application.status.in_(OPEN),
    )
    return db.session.scalar(query)


def find_application_by_reference(reference: str) -> Application | None:
    """Return the application with this reference."""
    return db.session.scalar(sa.select(Application).where(Application.reference == reference))


def pinned_framework(application: Application) -> Framework:
    """Return the version of the criteria under which the application was started."""
    return load_framework(application.framework)


def latest_snapshot(application: Application) -> Snapshot | None:
    """Return what was signed off last."""
    query = sa.select(Snapshot).where(Snapshot.application_id == application.id).order_by(Snapshot.number.desc())
    return db.session.scalar(query.limit(1))


def find_snapshot(application: Application, number: int) -> Snapshot:
    """Return a snapshot by its number, or raise NotFound."""
    query = sa.select(Snapshot).where(Snapshot.application_id == application.id, Snapshot.number == number)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    return found


def computed_profile(organisation: Organisation) -> Profile:
    """Compute size and sectors from the organisation's own facts."""
    sectors = sectors_of(organisation.isic_divisions)
    return Profile(size_of(organisation.employees, organisation.turnover_usd), tuple(sectors))


def profile_of(application: Application) -> Profile:
    """Return size and sectors: followed from the organisation's facts until sign-off, frozen from then on."""
    if application.status in BEFORE_SIGN_OFF:
        return computed_profile(application.organisation)
    return application.profile


def criteria_asked(application: Application) -> list[Criterion]:
    """Return the criteria that are asked of this company, in the framework's order."""
    return applicable_criteria(pinned_framework(application), profile_of(application))


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that whoever assesses, reviews or decides reads: what was signed off last, and the files it names."""

    application: Application
    framework: Framework
    snapshot: Snapshot
    evidence: dict[str, list[Evidence]]


def case_file(application: Application) -> CaseFile:
    """Return the file of a submitted case; raises NotFound before the first sign-off."""
    snapshot = latest_snapshot(application)
    if snapshot is None:
        raise NotFound(_("This application has not been submitted yet."))
    return CaseFile(application, pinned_framework(application), snapshot, evidence_in(snapshot))


def evidence_in(snapshot: Snapshot) -> dict[str, list[Evidence]]:
    """Return the evidence that a snapshot froze, by criterion."""
    ids = [uuid.UUID(item["id"]) for items in snapshot.content["evidence"].values() for item in items]
    rows = db.session.scalars(sa.select(Evidence).where(Evidence.id.in_(ids)).order_by(Evidence.id))
    found: dict[str, list[Evidence]] = {}
    for evidence in rows:
        found.setdefault(evidence.criterion, []).append(evidence)
    return found


def bytes_kept(organisation_id: uuid.UUID) -> int:
    """Return how many bytes of evidence an organisation keeps here."""
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(StoredFile.size), 0))
        .select_from(Evidence)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .join(Application, Application.id == Evidence.application_id)
        .where(Application.organisation_id == organisation_id)
    )
    return int(db.session.scalar(query) or 0)


def facts_about(person_id: uuid.UUID) -> Iterable[str]:
    """State the companies whose case this person assesses or reviews, once cleared: `case_reader:<organisation id>`."""
    assigned = sa.or_(Application.assessor_id == person_id, Application.reviewer_id == person_id)
    cases = db.session.scalars(sa.select(Application).where(assigned)).all()
    declared = set(interests.facts_about(person_id)) if cases else set()
    return [f"case_reader:{case.organisation_id}" for case in cases if f"cleared:{case.case_key}" in declared]
