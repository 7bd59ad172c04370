"""What tests stand on: one application for each database, a fresh database for each test, a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from certify import create_app
from certify.accounts.models import Person
from certify.config import Mode, Settings
from certify.kernel import clock, jobs
from certify.kernel.db import db, transaction
from tests import postgres
from tests.schema import make_tables

DATABASES = ("sqlite", "postgresql")
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TESTING: dict[str, Any] = {
    "TESTING": True,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {"argon2__rounds": 1, "argon2__memory_cost": 64},
}
"""The same password scheme as in earnest, at the least cost: a Board of nine has eighteen passwords."""


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A private PostgreSQL cluster."""
    with postgres.cluster() as address:
        yield address


class House:
    """One application on one database that can be made as new, or as it was kept under a name."""

    def __init__(self, app: Flask, reset: Callable[[str], None], keep: Callable[[str], None]) -> None:
        self.app, self.reset, self._keep = app, reset, keep
        self.kept: set[str] = set()

    def keep(self, name: str) -> None:
        """Keep the database as it is now."""
        db.session.remove()
        db.engine.dispose()
        self._keep(name)
        self.kept.add(name)


def settings_for(folder: Path, **more: Any) -> Settings:
    """Settings of a house under test: demonstration keys, mail to a folder, jobs by hand."""
    known: dict[str, Any] = {
        "mode": Mode.DEMONSTRATION,
        "instance": folder,
        "secret_key": "k" * 43,
        "password_salt": "salt-for-tests",
        "check_mail_domains": False,
        "queue_url": "memory:",
        "trusted_hosts": ["localhost", "127.0.0.1"],
    }
    return Settings(_env_file=None, **(known | more))


@pytest.fixture(scope="session")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The house on SQLite; a reset copies the empty database file back."""
    folder = tmp_path_factory.mktemp("sqlite")
    app = create_app(settings_for(folder), **TESTING)
    file, empty = folder / "certify.db", folder / "empty.db"
    with app.app_context():
        make_tables()
        db.session.remove()
        db.engine.dispose()
    shutil.copy(file, empty)

    def reset(name: str) -> None:
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)
        shutil.copy(folder / f"{name}.db", file)

    def keep(name: str) -> None:
        shutil.copy(file, folder / f"{name}.db")

    return House(app, reset, keep)


@pytest.fixture(scope="session")
def postgresql_house(postgres_address: str, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The house on PostgreSQL; a reset makes the database anew from a template."""
    folder = tmp_path_factory.mktemp("postgresql")
    server = sa.create_engine(postgres_address.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE certify_empty")
    server.dispose()
    template = create_app(settings_for(folder, database_url=postgres_address.format(name="certify_empty")), **TESTING)
    with template.app_context():
        make_tables()
        db.session.remove()
        db.engine.dispose()
    app = create_app(settings_for(folder, database_url=postgres_address.format(name="certify_test")), **TESTING)

    def copy(source: str, target: str) -> None:
        db.engine.dispose()
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS certify_{target} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE certify_{target} TEMPLATE certify_{source}")
        server.dispose()

    return House(app, reset=lambda name: copy(name, "test"), keep=lambda name: copy("test", name))


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a fresh database, inside an application context; every test runs on both databases."""
    house: House = request.getfixturevalue(f"{request.param}_house")
    house.app.extensions["certify.clock"] = clock.FixedClock(START)
    with house.app.app_context():
        house.reset("empty")
        yield house.app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def kept(app: Flask, request: pytest.FixtureRequest) -> Callable[[str, Callable[[], Any]], None]:
    """A house as it was built once: `kept("name", build)` builds it the first time and copies it later."""
    house: House = request.getfixturevalue(f"{request.node.callspec.params['app']}_house")

    def restore(name: str, build: Callable[[], Any]) -> None:
        if name not in house.kept:
            build()
            house.keep(name)
        db.session.remove()
        house.reset(name)

    return restore


@pytest.fixture
def time(app: Flask) -> clock.FixedClock:
    """The clock that stands still until a test moves it."""
    found: clock.FixedClock = app.extensions["certify.clock"]
    return found


@pytest.fixture
def change(app: Flask) -> Callable[[], Any]:
    """One change: `with change(): service...`, as a request, job or command would make it."""
    return transaction


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Do every job that is due, and what follows from it."""
    return jobs.run_due


class Browser(FlaskClient):
    """A browser whose every request stands in its own application context, as on a server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, then let the test see what it changed."""
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.rollback()
        return response


@pytest.fixture
def visit(app: Flask) -> Callable[..., FlaskClient]:
    """A browser for a person (or for nobody): `visit(person).get("/desk")`."""

    def open_browser(person: Person | None = None) -> FlaskClient:
        client = Browser(app, app.response_class, use_cookies=True)
        if person is not None:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = person.fs_uniquifier, True
                session["fs_cc"] = "set"
                session["fs_paa"] = datetime.now(UTC).timestamp()
        return client

    return open_browser
