"""Questions about exclusion findings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from certify.applications.models import Application
from certify.assessment.models import ExclusionFinding
from certify.assessment.rules import FindingStatus, ripe
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.web import get_or_404

SETTLED = frozenset({FindingStatus.CONFIRMED, FindingStatus.DISMISSED})


def get_finding(finding_id: uuid.UUID) -> ExclusionFinding:
    """Return a finding, or raise NotFound."""
    finding: ExclusionFinding = get_or_404(ExclusionFinding, finding_id)
    return finding


def list_findings(application: Application) -> Sequence[ExclusionFinding]:
    """List a case's findings, oldest first."""
    query = sa.select(ExclusionFinding).where(ExclusionFinding.application_id == application.id)
    return db.session.scalars(query.order_by(ExclusionFinding.created_at, ExclusionFinding.id)).all()


def open_findings(application: Application) -> list[ExclusionFinding]:
    """List the findings that are neither confirmed nor dismissed."""
    return [finding for finding in list_findings(application) if finding.status not in SETTLED]


def confirmed_exclusions(application: Application) -> frozenset[str]:
    """Return the exclusions that the chair confirmed."""
    found = list_findings(application)
    return frozenset(finding.exclusion for finding in found if finding.status is FindingStatus.CONFIRMED)


def ripe_findings() -> list[ExclusionFinding]:
    """List the findings that the chair may decide now, those whose time ended first."""
    waiting = {FindingStatus.NOTIFIED, FindingStatus.ANSWERED}
    query = sa.select(ExclusionFinding).where(ExclusionFinding.status.in_(waiting))
    found = db.session.scalars(query.order_by(ExclusionFinding.answer_until, ExclusionFinding.id)).all()
    return [one for one in found if ripe(one.status, answer_until=one.answer_until, on=clock.today())]
