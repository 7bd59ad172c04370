"""Questions about motions and the decisions that came of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from certify.board.models import Body, Motion, Resolution
from certify.board.rules import BodyKind, MotionKind, MotionStatus
from certify.kernel.db import db
from certify.kernel.web import get_or_404


def get_motion(motion_id: uuid.UUID) -> Motion:
    """Return a motion, or raise NotFound."""
    motion: Motion = get_or_404(Motion, motion_id)
    return motion


def get_resolution(resolution_id: uuid.UUID) -> Resolution:
    """Return a numbered decision, or raise NotFound."""
    resolution: Resolution = get_or_404(Resolution, resolution_id)
    return resolution


def find_motion(subject_key: str, *, kind: MotionKind) -> Motion | None:
    """Return the latest motion of a kind on a case."""
    query = sa.select(Motion).where(Motion.subject_key == subject_key, Motion.kind == kind)
    return db.session.scalar(query.order_by(Motion.tabled_at.desc(), Motion.number.desc()).limit(1))


def motions_on(subject_key: str) -> Sequence[Motion]:
    """List the motions on a case, oldest first: what was decided before."""
    query = sa.select(Motion).where(Motion.subject_key == subject_key).order_by(Motion.tabled_at, Motion.number)
    return db.session.scalars(query).all()


def list_motions(*, body: BodyKind | None = None, status: MotionStatus | None = None) -> Sequence[Motion]:
    """List motions, newest first, of a body and in a status where one is named."""
    query = sa.select(Motion).join(Motion.body).order_by(Motion.tabled_at.desc(), Motion.number.desc())
    if body is not None:
        query = query.where(Body.kind == body)
    if status is not None:
        query = query.where(Motion.status == status)
    return db.session.scalars(query).all()


def list_live_motions(body: BodyKind | None = None) -> Sequence[Motion]:
    """List the motions that wait for a decision, oldest first."""
    return list_motions(body=body, status=MotionStatus.TABLED)[::-1]


def list_resolutions(body: BodyKind | None = None) -> Sequence[Resolution]:
    """List the numbered decisions, newest first."""
    query = sa.select(Resolution).join(Resolution.body).order_by(Resolution.at.desc(), Resolution.number.desc())
    if body is not None:
        query = query.where(Body.kind == body)
    return db.session.scalars(query).all()
