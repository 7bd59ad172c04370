"""Questions about what a company said and showed so far."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from certify.applications.models import Answer, Application, Evidence, ExclusionAnswer
from certify.criteria.rules import YesNo
from certify.kernel.db import db


def find_answer(application: Application, criterion: str) -> Answer | None:
    """Return the stored answer to a criterion."""
    query = sa.select(Answer).where(Answer.application_id == application.id, Answer.criterion == criterion)
    return db.session.scalar(query)


def answers_of(application: Application) -> dict[str, Answer]:
    """Return the stored answers by criterion."""
    query = sa.select(Answer).where(Answer.application_id == application.id).order_by(Answer.criterion)
    return {answer.criterion: answer for answer in db.session.scalars(query)}


def answered(application: Application) -> set[str]:
    """Return the criteria that are answered; a note alone is no answer."""
    return {criterion for criterion, answer in answers_of(application).items() if answer.given.answers}


def exclusion_answers_of(application: Application) -> dict[str, ExclusionAnswer]:
    """Return what the company declared, by exclusion."""
    query = sa.select(ExclusionAnswer).where(ExclusionAnswer.application_id == application.id)
    return {row.exclusion: row for row in db.session.scalars(query)}


def declared(application: Application) -> dict[str, YesNo]:
    """Return yes or no, by exclusion."""
    return {exclusion: row.answer for exclusion, row in exclusion_answers_of(application).items()}


def evidence_of(application: Application, criterion: str | None = None) -> Sequence[Evidence]:
    """List the evidence that stands now, for one criterion or for all, in the order it came."""
    query = sa.select(Evidence).where(Evidence.application_id == application.id, Evidence.removed_at.is_(None))
    if criterion is not None:
        query = query.where(Evidence.criterion == criterion)
    return db.session.scalars(query.order_by(Evidence.id)).all()


def evidence_by_criterion(application: Application) -> dict[str, list[Evidence]]:
    """Return the evidence that stands now, by criterion."""
    found: dict[str, list[Evidence]] = {}
    for evidence in evidence_of(application):
        found.setdefault(evidence.criterion, []).append(evidence)
    return found
