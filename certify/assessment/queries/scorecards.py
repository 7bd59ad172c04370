"""Scorecards and recommendations: those that were kept, and the exact result as it stands now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from certify.applications.models import Application
from certify.assessment.inputs import default_weights, read_inputs
from certify.assessment.models import Recommendation, Scorecard
from certify.assessment.output import scored
from certify.assessment.queries.merging import Bench, inputs_of
from certify.assessment.rules import Side
from certify.assessment.scoring import Scorecard as Card
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.web import get_or_404


def get_scorecard(scorecard_id: uuid.UUID) -> Scorecard:
    """Return a kept scorecard, or raise NotFound."""
    scorecard: Scorecard = get_or_404(Scorecard, scorecard_id)
    return scorecard


def list_scorecards(application: Application) -> Sequence[Scorecard]:
    """List a case's kept scorecards, oldest first."""
    query = sa.select(Scorecard).where(Scorecard.application_id == application.id)
    return db.session.scalars(query.order_by(Scorecard.number)).all()


def latest_scorecard(application: Application) -> Scorecard | None:
    """Return the scorecard that was kept last."""
    query = sa.select(Scorecard).where(Scorecard.application_id == application.id)
    return db.session.scalar(query.order_by(Scorecard.number.desc()).limit(1))


def reviewed_scorecard(application: Application) -> Scorecard | None:
    """Return the scorecard on which a recommendation may rest: the newest, where the review closed it."""
    newest = latest_scorecard(application)
    return newest if newest is not None and newest.side is Side.REVIEWER else None


def live_result(bench: Bench, *, up_to: Side) -> tuple[Card, dict[str, Any]]:
    """Return the exact result as it stands now: what nobody graded yet counts nothing."""
    answers, adjustments = inputs_of(bench, up_to=up_to, at=clock.now())
    weights = default_weights(bench.framework)
    inputs = read_inputs(bench.framework, answers=answers, adjustments=adjustments, weights=weights)
    return scored(bench.framework, inputs)


# -- recommendations --------------------------------------------------------------------------------------------------


def get_recommendation(recommendation_id: uuid.UUID) -> Recommendation:
    """Return a recommendation, or raise NotFound."""
    recommendation: Recommendation = get_or_404(Recommendation, recommendation_id)
    return recommendation


def list_recommendations(application: Application) -> Sequence[Recommendation]:
    """List a case's recommendations, oldest first."""
    query = sa.select(Recommendation).where(Recommendation.application_id == application.id)
    return db.session.scalars(query.order_by(Recommendation.number)).all()


def latest_recommendation(application: Application) -> Recommendation | None:
    """Return the newest recommendation, frozen or not."""
    query = sa.select(Recommendation).where(Recommendation.application_id == application.id)
    return db.session.scalar(query.order_by(Recommendation.number.desc()).limit(1))


def find_recommendation(application: Application) -> Recommendation | None:
    """Return the recommendation that can still be written."""
    newest = latest_recommendation(application)
    return newest if newest is not None and not newest.is_frozen else None


def find_recommendation_of_motion(motion_id: uuid.UUID) -> Recommendation | None:
    """Return the recommendation that a motion carries."""
    return db.session.scalar(sa.select(Recommendation).where(Recommendation.motion_id == motion_id))
