"""The database: base class, types, identifiers, and the one transaction that every change rides in."""

from __future__ import annotations

import fcntl
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, current_app, g, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Session

from certify.kernel.errors import CertifyError, NoSpace, RuleBroken, Unavailable
from certify.kernel.i18n import _, _l

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
LOCK_WAIT = 10.0
"""Seconds that a change waits for its turn before the person is asked to try again."""


class Base(DeclarativeBase):
    """Every table of the house."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: sa.JSON, list[Any]: sa.JSON, list[str]: sa.JSON}


db = SQLAlchemy(metadata=Base.metadata)
Row = TypeVar("Row", bound=Base)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment with its zone, kept as UTC on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a moment without zone; store UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back to what SQLite returns naive."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(kind: type[Enum]) -> sa.Enum:
    """Return a column type that stores an enum by value, without a type left behind on PostgreSQL."""
    return sa.Enum(kind, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e])


def new_id() -> uuid.UUID:
    """Return an opaque, time-ordered identifier: UUID version 7 (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    number = number & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def lock(row: Row) -> Row:
    """Hold this row until the transaction ends, and read it afresh (a no-op lock on SQLite, which has one writer)."""
    db.session.refresh(row, with_for_update=True)
    return row


# -- one writer at a time -------------------------------------------------------------------------------------------

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_turn = threading.RLock()


def in_transaction() -> bool:
    """Say whether a change is under way here."""
    return _writing.get()


def after_commit(follow: Callable[[], None]) -> None:
    """Do this once the change is safe on disk, as handing a job to the queue."""
    g.setdefault("certify_after_commit", []).append(follow)


@contextmanager
def transaction() -> Iterator[Session]:
    """Make one change, wholly or not at all; audit entries, notices and outbox rows ride in it.

    Stands in four places only: `guarded`, each job, a CLI command that changes something, the audit row of a refusal.
    Raises Unavailable when the turn does not come within LOCK_WAIT seconds, NoSpace when the disk is full.
    """
    if _writing.get():
        raise RuntimeError("A transaction is open already; services never open one.")
    session = db.session()
    session.rollback()
    with _writer_turn():
        token = _writing.set(True)
        try:
            yield session
            session.commit()
        except sa.exc.DBAPIError as fault:
            session.rollback()
            raise translated(fault) from fault
        except BaseException:
            session.rollback()
            raise
        finally:
            _writing.reset(token)
    for follow in g.pop("certify_after_commit", []):
        follow()


@contextmanager
def _writer_turn() -> Iterator[None]:
    """Wait for this writer's turn on SQLite: within the process and, by a file lock, between processes."""
    g.pop("certify_after_commit", None)
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _turn.acquire(timeout=LOCK_WAIT):
        raise Unavailable(_("The service is busy. Nothing was changed; please try again in a moment."))
    try:
        with Path(current_app.config["CERTIFY_WRITE_LOCK"]).open("w") as handle:
            _wait_for(handle.fileno())
            yield
    finally:
        _turn.release()


def _wait_for(descriptor: int) -> None:
    """Take the file lock, or give up after LOCK_WAIT seconds."""
    end = time.monotonic() + LOCK_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                raise Unavailable(
                    _("The service is busy. Nothing was changed; please try again in a moment.")
                ) from None
            time.sleep(0.005)


# -- what the database refuses, in words --------------------------------------------------------------------------

CONSTRAINT_SENTENCES: dict[str, Any] = {}
"""Constraint name > sentence; slices add theirs beside the model."""

TWICE = _l("This was recorded already. Nothing was changed a second time.")


def translated(fault: sa.exc.DBAPIError) -> Exception:
    """Turn the database's last guard into a sentence for the person."""
    text = str(fault.orig)
    if isinstance(fault, sa.exc.IntegrityError):
        return RuleBroken(CONSTRAINT_SENTENCES.get(constraint_name(text), TWICE))
    if "disk is full" in text or "No space left" in text:
        return NoSpace(_("There is no space left to store this. Nothing was changed."))
    if isinstance(fault, sa.exc.OperationalError):
        return Unavailable(_("The database does not answer. Nothing was changed; please try again in a moment."))
    return fault


def constraint_name(text: str) -> str:
    """Find which constraint a message speaks of; SQLite names columns where PostgreSQL names the constraint."""
    for table in Base.metadata.tables.values():
        items: list[Any] = [*table.constraints, *table.indexes]
        for item in items:
            columns = ", ".join(f"{table.name}.{column.name}" for column in getattr(item, "columns", ()))
            if item.name and (f'"{item.name}"' in text or text.endswith(f": {item.name}")):
                return str(item.name)
            if columns and text.endswith(f"failed: {columns}"):
                return str(item.name)
    return ""


# -- connections --------------------------------------------------------------------------------------------------


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Set up one SQLite connection: explicit BEGIN, WAL, foreign keys, full durability."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_sqlite(connection: sa.Connection) -> None:
    """Begin IMMEDIATE for a change, deferred for a read."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def engine_options(url: str) -> dict[str, Any]:
    """Return the engine options that fit the database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": LOCK_WAIT}}
    return {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10}


def init_app(app: Flask, *, url: str, instance: Path) -> None:
    """Join the database to the application."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    app.config["CERTIFY_WRITE_LOCK"] = str(instance / "write.lock")
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sa.event.listen(db.engine, "connect", prepare_sqlite)
            sa.event.listen(db.engine, "begin", begin_sqlite)
    app.register_error_handler(sa.exc.OperationalError, answer_unavailable)


def answer_unavailable(fault: sa.exc.OperationalError) -> Any:
    """Answer a database that went away with 503 and not with a trace."""
    current_app.logger.error("database unavailable: %s", fault.orig)
    error = translated(fault)
    if has_app_context() and isinstance(error, CertifyError):
        return current_app.handle_user_exception(error)
    raise fault
