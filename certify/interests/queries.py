"""Questions about interests: who declared what, who is out, and who may open a file."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from certify.interests.models import Declaration, StateConflict, Subject
from certify.interests.rules import Interest
from certify.kernel import policy
from certify.kernel.db import db
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _
from certify.kernel.web import get_or_404

LIVE = Declaration.replaced_at.is_(None)


def get_subject(key: str) -> Subject:
    """Return the case that declarations are made about, or raise NotFound."""
    subject = find_subject(key)
    if subject is None:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    return subject


def find_subject(key: str) -> Subject | None:
    """Return the case that declarations are made about, if it was opened for them."""
    return db.session.get(Subject, key)


def get_declaration(declaration_id: uuid.UUID) -> Declaration:
    """Return a declaration, or raise NotFound."""
    declaration: Declaration = get_or_404(Declaration, declaration_id)
    return declaration


def find_declaration(person_id: uuid.UUID | None, key: str) -> Declaration | None:
    """Return what this person declared last about this case."""
    query = sa.select(Declaration).where(LIVE, Declaration.person_id == person_id, Declaration.subject_key == key)
    return db.session.scalar(query)


def list_declarations(person_id: uuid.UUID | None) -> Sequence[Declaration]:
    """List what a person declared and did not replace, newest first."""
    query = sa.select(Declaration).where(LIVE, Declaration.person_id == person_id).order_by(Declaration.at.desc())
    return db.session.scalars(query).all()


def list_everything() -> Sequence[Declaration]:
    """List every declaration ever made, replaced ones too, newest first; for auditors."""
    return db.session.scalars(sa.select(Declaration).order_by(Declaration.at.desc(), Declaration.id.desc())).all()


def declarations_on(key: str) -> Sequence[Declaration]:
    """List what everybody declared about a case, oldest first."""
    query = sa.select(Declaration).where(LIVE, Declaration.subject_key == key).order_by(Declaration.at)
    return db.session.scalars(query).all()


def history_on(key: str, person_id: uuid.UUID) -> Sequence[Declaration]:
    """List everything one person ever declared about a case, oldest first."""
    same = (Declaration.subject_key == key, Declaration.person_id == person_id)
    return db.session.scalars(sa.select(Declaration).where(*same).order_by(Declaration.at)).all()


def list_unruled() -> Sequence[Declaration]:
    """List the potential interests that wait for the chair, oldest first."""
    query = sa.select(Declaration).where(LIVE, Declaration.interest == Interest.POTENTIAL, Declaration.ruling.is_(None))
    return db.session.scalars(query.order_by(Declaration.at)).all()


def list_open_subjects() -> Sequence[Subject]:
    """List the cases that are under way, oldest first."""
    return db.session.scalars(sa.select(Subject).where(Subject.closed_at.is_(None)).order_by(Subject.opened_at)).all()


def barred_people(key: str) -> frozenset[uuid.UUID]:
    """Return the people whom a conflict keeps out of this case."""
    return frozenset(declaration.person_id for declaration in declarations_on(key) if declaration.bars)


def cleared_people(key: str) -> frozenset[uuid.UUID]:
    """Return the people who declared and whom nothing of their own keeps out."""
    return frozenset(declaration.person_id for declaration in declarations_on(key) if not declaration.bars)


def bars(person_id: uuid.UUID | None, key: str) -> bool:
    """Say whether the person's own declaration keeps them out."""
    declared = find_declaration(person_id, key)
    return declared is not None and declared.bars


def state_conflicts(key: str) -> frozenset[str]:
    """Return the states (ISO 3166) that are out of this case."""
    query = sa.select(StateConflict.country).where(StateConflict.subject_key == key)
    return frozenset(db.session.scalars(query))


def cases_closed_to(countries: Iterable[str]) -> list[str]:
    """List the keys of the cases that these states are out of, and of what belongs to them."""
    query = sa.select(Subject).join(StateConflict, StateConflict.subject_key == Subject.key)
    subjects = db.session.scalars(query.where(StateConflict.country.in_(list(countries))))
    return [key for subject in subjects for key in (subject.key, *subject.also)]


def may_open(person_id: uuid.UUID, key: str) -> bool:
    """Say whether this person may open the file: declared, and barred neither in person nor by their state."""
    facts = policy.facts_about(person_id)
    return f"cleared:{key}" in facts and f"barred:{key}" not in facts


def facts_about(person_id: uuid.UUID) -> Iterable[str]:
    """State for each declared case whether the person is cleared or barred: `cleared:<key>`, `barred:<key>`.

    Who is barred from a case is barred from what belongs to it as well.
    """
    declared = list_declarations(person_id)
    barred = [key for one in declared if one.bars for key in (one.subject_key, *one.subject.also)]
    return [f"cleared:{one.subject_key}" for one in declared if not one.bars] + [f"barred:{key}" for key in barred]


def open_conflicts() -> dict[str, tuple[frozenset[uuid.UUID], frozenset[str]]]:
    """Return for each case under way the people and the states that are out of it; three queries for all cases."""
    keys = [subject.key for subject in list_open_subjects()]
    people: dict[str, set[uuid.UUID]] = {key: set() for key in keys}
    states: dict[str, set[str]] = {key: set() for key in keys}
    for one in db.session.scalars(sa.select(Declaration).where(LIVE, Declaration.interest != Interest.NONE)):
        if one.bars and one.subject_key in people:
            people[one.subject_key].add(one.person_id)
    for conflict in db.session.scalars(sa.select(StateConflict)):
        if conflict.subject_key in states:
            states[conflict.subject_key].add(conflict.country)
    return {key: (frozenset(people[key]), frozenset(states[key])) for key in keys}
