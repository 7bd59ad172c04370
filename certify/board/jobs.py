"""Closing electronic consultations at their time, and reminding seats that have not voted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from certify.board.models import Ballot
from certify.board.service import close_due_ballots
from certify.board.service.letters import remind_of_ballot
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.jobs import Conclude, Job


def close_ballot(_payload: dict[str, Any]) -> Conclude:
    """Job: close what is due by the clock; a ballot that was closed or extended meanwhile is left alone."""
    return close_due_ballots


def remind() -> None:
    """Daily: remind the seats that have not voted, the rules' number of days before closing."""
    for ballot in db.session.scalars(
        sa.select(Ballot).where(Ballot.closed_at.is_(None), Ballot.closes_at.is_not(None))
    ):
        days = timedelta(days=ballot.motion.body.procedure.reminder_days)
        if ballot.closes_at and (ballot.closes_at - days).date() == clock.today():
            remind_of_ballot(ballot)


def close_overdue() -> None:
    """Daily: close what a lost job left open."""
    close_due_ballots()


JOBS: dict[str, Job] = {"board.close_ballot": close_ballot}
DAILY = (close_overdue, remind)
