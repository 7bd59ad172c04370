"""What the tests of agreements share: a certified company with everybody around it, made once and copied for each test.

A certificate needs a whole case before it. It is made through the real services once for each database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from certify.accounts.models import Person
from certify.agreements import service
from certify.agreements.models import Agreement
from certify.board.rules import MotionDecided
from certify.certificates.models import Certificate
from certify.certificates.rules import (
    CertificateReinstated,
    CertificateSuspended,
    CertificateWithdrawn,
    SuspensionLapsed,
)
from certify.kernel.db import db
from tests.makers.agreements import Sides, in_languages, make_concluded, make_sides, make_signing

LISTENERS: dict[type, Callable[[Any], None]] = {
    MotionDecided: service.when_motion_decided,
    CertificateSuspended: service.when_certificate_stopped,
    CertificateWithdrawn: service.when_certificate_stopped,
    CertificateReinstated: service.when_certificate_restored,
    SuspensionLapsed: service.when_certificate_restored,
}
_ids: dict[str, dict[str, Any]] = {}
"""Database > ids of the sides that its copy holds."""


@pytest.fixture(autouse=True)
def consequences(app: Flask) -> Iterator[None]:
    """Let this slice's listeners hear, whether the house lists them yet or not."""
    kept = app.extensions["certify.reactions"]
    joined = {event: list(listeners) for event, listeners in kept.items()}
    for event, listener in LISTENERS.items():
        known = joined.setdefault(event, [])
        known += [listener] if listener not in known else []
    app.extensions["certify.reactions"] = joined
    yield
    app.extensions["certify.reactions"] = kept


Kept = Callable[[str, Callable[[], Any]], None]


@pytest.fixture
def sides(kept: Kept) -> Sides:
    """The certified company, the officer and the focal points."""
    bring_sides(kept)
    return known_sides()


@pytest.fixture
def signing(kept: Kept) -> Agreement:
    """An agreement that is open for signing, unsigned; its parties' people are `known_sides()`."""
    database = db.engine.dialect.name

    def build() -> None:
        bring_sides(kept)
        _ids[database]["signing"] = make_signing(known_sides()).id

    kept("agreement_signing", build)
    return db.session.get_one(Agreement, _ids[database]["signing"])


@pytest.fixture
def concluded(kept: Kept) -> Agreement:
    """An agreement in force in two languages, with its sealed documents."""
    database = db.engine.dialect.name

    def build() -> None:
        bring_sides(kept)
        _ids[database]["concluded"] = make_concluded(known_sides(), frame=in_languages("en", "pt")).id

    kept("agreement_concluded", build)
    return db.session.get_one(Agreement, _ids[database]["concluded"])


def bring_sides(kept: Kept) -> None:
    """Bring the certified company back, made the first time."""
    database = db.engine.dialect.name

    def build() -> None:
        _ids.setdefault(database, {}).update(ids_of(make_sides()))

    kept("agreement_sides", build)


def known_sides() -> Sides:
    """The people of the database as it was brought back."""
    ids = _ids[db.engine.dialect.name]
    return Sides(
        db.session.get_one(Certificate, ids["certificate"]),
        db.session.get_one(Person, ids["officer"]),
        db.session.get_one(Person, ids["representative"]),
        {code: db.session.get_one(Person, one) for code, one in ids["focal_points"].items()},
    )


def ids_of(made: Sides) -> dict[str, Any]:
    """What finds the sides again in a copy."""
    return {
        "certificate": made.certificate.id,
        "officer": made.officer.id,
        "representative": made.representative.id,
        "focal_points": {code: person.id for code, person in made.focal_points.items()},
    }
