"""What the tests of agreements share: a certified company with everybody around it, made once and copied for each test.

A certificate needs a whole case before it. It is made through the real services once for each database; every test
starts from a copy of that database.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from certify.accounts.models import Person
from certify.agreements import service
from certify.board.rules import MotionDecided
from certify.certificates.models import Certificate
from certify.certificates.rules import (
    CertificateReinstated,
    CertificateSuspended,
    CertificateWithdrawn,
    SuspensionLapsed,
)
from certify.kernel import clock
from certify.kernel.db import db
from tests.conftest import DATABASES, START, House
from tests.makers.agreements import Sides, make_sides

LISTENERS: dict[type, Callable[[Any], None]] = {
    MotionDecided: service.when_motion_decided,
    CertificateSuspended: service.when_certificate_stopped,
    CertificateWithdrawn: service.when_certificate_stopped,
    CertificateReinstated: service.when_certificate_restored,
    SuspensionLapsed: service.when_certificate_restored,
}
_made: dict[str, dict[str, Any]] = {}
"""Database > ids of the sides that its copy holds."""
COPY = "certify_agreements"


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a copy of the database that holds the certified company."""
    house: House = request.getfixturevalue(f"{request.param}_house")
    house.app.extensions["certify.clock"] = clock.FixedClock(START)
    kept = house.app.extensions["certify.reactions"]
    house.app.extensions["certify.reactions"] = with_listeners(kept)
    with house.app.app_context():
        bring_back(house, request.param)
        yield house.app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()
    house.app.extensions["certify.reactions"] = kept


@pytest.fixture
def sides(app: Flask) -> Sides:
    """The certified company, the officer and the focal points."""
    ids = _made[db.engine.dialect.name]
    focal_points = {code: db.session.get_one(Person, one) for code, one in ids["focal_points"].items()}
    return Sides(
        db.session.get_one(Certificate, ids["certificate"]),
        db.session.get_one(Person, ids["officer"]),
        db.session.get_one(Person, ids["representative"]),
        focal_points,
    )


def with_listeners(kept: Any) -> dict[type, list[Callable[[Any], None]]]:
    """Let this slice's listeners hear, whether the house lists them yet or not."""
    joined = {event: list(listeners) for event, listeners in kept.items()}
    for event, listener in LISTENERS.items():
        known = joined.setdefault(event, [])
        known += [listener] if listener not in known else []
    return joined


def bring_back(house: House, database: str) -> None:
    """Copy the prepared database back; prepare it where this is the first test."""
    house.reset()
    if database not in _made:
        made = make_sides()
        _made[database] = ids_of(made)
        db.session.remove()
        db.engine.dispose()
        keep_copy(house, database)
    else:
        restore_copy(house, database)


def ids_of(made: Sides) -> dict[str, Any]:
    """What finds the sides again in another copy."""
    focal_points: dict[str, uuid.UUID] = {code: person.id for code, person in made.focal_points.items()}
    return {
        "certificate": made.certificate.id,
        "officer": made.officer.id,
        "representative": made.representative.id,
        "focal_points": focal_points,
    }


def keep_copy(house: House, database: str) -> None:
    """Keep the prepared database aside."""
    if database == "sqlite":
        file = sqlite_file(house)
        shutil.copy(file, file.with_name(COPY))
        return
    on_server(house, f"DROP DATABASE IF EXISTS {COPY}", f"CREATE DATABASE {COPY} TEMPLATE certify_test")


def restore_copy(house: House, database: str) -> None:
    """Put the prepared database in the place of the empty one."""
    if database == "sqlite":
        file = sqlite_file(house)
        shutil.copy(file.with_name(COPY), file)
        return
    on_server(
        house,
        "DROP DATABASE IF EXISTS certify_test WITH (FORCE)",
        f"CREATE DATABASE certify_test TEMPLATE {COPY}",
    )


def sqlite_file(house: House) -> Path:
    """Where the embedded database lies."""
    return Path(house.app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))


def on_server(house: House, *statements: str) -> None:
    """Do something to a whole PostgreSQL database."""
    address = sa.make_url(house.app.config["SQLALCHEMY_DATABASE_URI"]).set(database="postgres")
    server = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    server.dispose()
