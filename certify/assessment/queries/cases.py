"""Which cases wait for the Secretariat, who has them, and until when they are due."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from certify.accounts.models import Person
from certify.applications.models import Application
from certify.applications.queries import list_applications
from certify.applications.rules import IN_PROCEDURE
from certify.assessment.models import Assignment, ExclusionFinding
from certify.assessment.rules import DAYS, Side, Waiting, waiting_for
from certify.kernel import clock
from certify.kernel.db import db


@dataclass(frozen=True, slots=True)
class Queued:
    """One case in the queue: what it waits for, until when, and who has it."""

    application: Application
    waiting: Waiting
    due: date
    assessor: str
    reviewer: str

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.due < clock.today()


def assignments_of(application: Application) -> Sequence[Assignment]:
    """List who had which side of a case, oldest first."""
    query = sa.select(Assignment).where(Assignment.application_id == application.id)
    return db.session.scalars(query.order_by(Assignment.at, Assignment.id)).all()


def ever_on(application: Application, side: Side) -> frozenset[uuid.UUID]:
    """Return everybody who ever had this side of the case."""
    return frozenset(row.person_id for row in assignments_of(application) if row.side is side)


def people_who_worked_on(application: Application) -> frozenset[uuid.UUID]:
    """Return everybody who ever assessed, reviewed or proposed an exclusion in the case: they never vote on it."""
    query = sa.select(ExclusionFinding.found_by_id, ExclusionFinding.seconded_by_id).where(
        ExclusionFinding.application_id == application.id
    )
    proposers = {person for row in db.session.execute(query) for person in row if person is not None}
    return frozenset(proposers | {row.person_id for row in assignments_of(application)})


def due_on(application: Application, waiting: Waiting) -> date:
    """Return the day until which the case's present wait should end, counted from its submission."""
    if application.submitted_at is None:
        raise RuntimeError("A case that was not submitted waits for nobody here.")
    return clock.add_working_days(application.submitted_at.date(), DAYS[waiting])


def find_queue(
    *,
    waiting: Waiting | None = None,
    person_id: uuid.UUID | None = None,
    country: str = "",
    search: str = "",
    hidden: Iterable[str] = (),
) -> list[Queued]:
    """List the cases in the Secretariat's hands, those due first; each filter narrows.

    `person_id` keeps the cases that person has; `hidden` are keys of cases that the reader is barred from.
    """
    keys = frozenset(hidden)
    cases = [case for case in list_applications(statuses=IN_PROCEDURE) if case.case_key not in keys]
    names = names_of({person for case in cases for person in (case.assessor_id, case.reviewer_id) if person})
    found = [queued for case in cases if (queued := queue_entry(case, names)) is not None]
    return sorted(
        (one for one in found if fits(one, waiting, person_id, country, search)),
        key=lambda one: (one.due, one.application.reference),
    )


def queue_entry(case: Application, names: dict[uuid.UUID, str]) -> Queued | None:
    """Say what a case waits for; None where it waits for nobody."""
    waiting = waiting_for(case.status, assessor=case.assessor_id, reviewer=case.reviewer_id)
    if waiting is None:
        return None
    assessor, reviewer = (names.get(person, "") if person else "" for person in (case.assessor_id, case.reviewer_id))
    return Queued(case, waiting, due_on(case, waiting), assessor, reviewer)


def fits(one: Queued, waiting: Waiting | None, person_id: uuid.UUID | None, country: str, search: str) -> bool:
    """Say whether a case passes the filters."""
    case = one.application
    text = f"{case.reference} {case.organisation.legal_name}".casefold()
    return (
        (waiting is None or one.waiting is waiting)
        and (person_id is None or person_id in {case.assessor_id, case.reviewer_id})
        and (not country or case.organisation.country == country)
        and search.casefold() in text
    )


def names_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return people's names by id."""
    query = sa.select(Person.id, Person.name).where(Person.id.in_(list(people)))
    return {row.id: row.name for row in db.session.execute(query)}
