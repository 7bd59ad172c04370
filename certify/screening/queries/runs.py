"""Screenings that ran or are promised, and what they amount to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from certify.kernel.db import db
from certify.kernel.jobs import OutboxRow
from certify.organisations.models import Organisation
from certify.screening.models import ScreeningRun
from certify.screening.queries.hits import list_hits
from certify.screening.queries.subjects import subjects_digest
from certify.screening.rules import ScreeningStatus
from certify.screening.rules.verdicts import FRESH_DAYS, Judged, ScreeningState, StateWord, state_word


def list_runs(organisation_id: uuid.UUID) -> Sequence[ScreeningRun]:
    """List a company's screenings, the newest first."""
    query = sa.select(ScreeningRun).where(ScreeningRun.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(ScreeningRun.at.desc(), ScreeningRun.id.desc())).all()


def latest_run(organisation_id: uuid.UUID) -> ScreeningRun | None:
    """Return a company's newest screening that did run."""
    query = sa.select(ScreeningRun).where(
        ScreeningRun.organisation_id == organisation_id, ScreeningRun.status == ScreeningStatus.SCREENED
    )
    return db.session.scalar(query.order_by(ScreeningRun.at.desc(), ScreeningRun.id.desc()).limit(1))


def screened_organisations() -> list[uuid.UUID]:
    """List the companies that were ever screened: whoever applied, and nobody else's owners."""
    return list(db.session.scalars(sa.select(ScreeningRun.organisation_id).distinct()))


def waiting_screening(organisation_id: uuid.UUID) -> OutboxRow | None:
    """Return the newest screening of a company that was asked for and is not done."""
    query = sa.select(OutboxRow).where(
        OutboxRow.job == "screening.screen",
        OutboxRow.done_at.is_(None),
        OutboxRow.once_key.startswith(f"screen:{organisation_id}:", autoescape=True),
    )
    return db.session.scalar(query.order_by(OutboxRow.created_at.desc(), OutboxRow.id.desc()).limit(1))


def screening_state(organisation_id: uuid.UUID, *, on: datetime) -> ScreeningState:
    """Return what the screening of a company amounts to; a run of other owners or directors is none of today's."""
    run = latest_run(organisation_id)
    organisation = db.session.get_one(Organisation, organisation_id)
    if run is None or run.subjects_digest != subjects_digest(organisation):
        return ScreeningState(StateWord.NOT_SCREENED, run.at if run else None)
    word = state_word(
        Judged(hit.status, hit.sanctions_list.effect) for hit in list_hits(organisation_id=organisation_id)
    )
    fresh = on - run.at <= timedelta(days=FRESH_DAYS)
    return ScreeningState(word, run.at, fresh, tuple(run.versions))
