"""Questions about sessions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from certify.board.models import Body, Session
from certify.board.rules import BodyKind, SessionStatus
from certify.kernel.db import db
from certify.kernel.web import get_or_404


def get_session(session_id: uuid.UUID) -> Session:
    """Return a session, or raise NotFound."""
    session: Session = get_or_404(Session, session_id)
    return session


def list_sessions(body: BodyKind | None = None) -> Sequence[Session]:
    """List sessions, latest first."""
    query = sa.select(Session).join(Session.body).order_by(Session.starts_at.desc(), Session.number.desc())
    if body is not None:
        query = query.where(Body.kind == body)
    return db.session.scalars(query).all()


def open_session_of(body: Body) -> Session | None:
    """Return the session that is in progress."""
    query = sa.select(Session).where(Session.body_id == body.id, Session.status == SessionStatus.OPEN)
    return db.session.scalar(query.limit(1))
