"""Work outside the request: an outbox row is written with the change and handed to Huey after commit.

A job is a function `payload -> conclude`: the first part runs outside any transaction (render, send, fetch), what it
returns runs inside the job's one transaction, together with the mark that it is done. Both parts must bear repetition:
a row that was cut off is handed over again by the sweep.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from huey import crontab
from huey.api import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey
from sqlalchemy.orm import Mapped, mapped_column

from certify.kernel import clock
from certify.kernel.db import Base, UtcDateTime, after_commit, db, lock, new_id, transaction
from certify.kernel.errors import CertifyError

Conclude = Callable[[], object]
Job = Callable[[dict[str, Any]], Conclude | None]
ATTEMPTS = 8
"""Tries before a job waits in the visible queue of failed work for an officer."""
LONGEST_PAUSE = timedelta(hours=6)


class OutboxRow(Base):
    """A piece of work that was promised in a transaction."""

    __tablename__ = "outbox"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    job: Mapped[str] = mapped_column(sa.String(80))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    last_error: Mapped[str] = mapped_column(sa.Text, default="")
    once_key: Mapped[str | None] = mapped_column(sa.String(200), unique=True)


def enqueue(job: str, payload: dict[str, Any], *, due: datetime | None = None, once: str | None = None) -> uuid.UUID:
    """Promise a job in the open transaction; with `once`, a second promise under the same key is the first one."""
    if job not in current_app.extensions["certify.jobs"]:
        raise KeyError(f"No job is called {job}.")
    if once and (kept := db.session.scalar(sa.select(OutboxRow.id).where(OutboxRow.once_key == once))):
        return kept
    at = clock.now()
    row = OutboxRow(id=new_id(), job=job, payload=payload, created_at=at, due_at=due or at, once_key=once)
    db.session.add(row)
    db.session.flush()
    if due is None or due <= at:
        row_id = row.id
        after_commit(lambda: hand_over(row_id))
    return row.id


def hand_over(row_id: uuid.UUID) -> None:
    """Give one row to the queue; the sweep gives what is missed here."""
    queue: Huey = current_app.extensions["certify.queue"]
    task = current_app.extensions["certify.queue.task"]
    queue.enqueue(task.s(str(row_id)))


def run(row_id: uuid.UUID) -> bool:
    """Do one promised job; True when it is done now or was before."""
    row = begin(row_id)
    if row is None:
        return True
    jobs: Mapping[str, Job] = current_app.extensions["certify.jobs"]
    try:
        conclude = jobs[row.job](row.payload)
        with transaction():
            finish(row_id, conclude)
    except (CertifyError, OSError, sa.exc.SQLAlchemyError, ValueError) as fault:
        current_app.logger.warning("job %s %s did not finish: %r", row.job, row_id, fault)
        note_failure(row_id, fault)
        return False
    return True


def begin(row_id: uuid.UUID) -> OutboxRow | None:
    """Count the attempt and put the next one off, so that a crash is tried again later; None when nothing is left."""
    with transaction():
        row = db.session.get(OutboxRow, row_id)
        if row is None or lock(row).done_at or row.attempts >= ATTEMPTS:
            return None
        row.attempts += 1
        row.due_at = clock.now() + min(timedelta(seconds=15 * 4**row.attempts), LONGEST_PAUSE)
    db.session.refresh(row)
    db.session.expunge(row)
    return row


def finish(row_id: uuid.UUID, conclude: Conclude | None) -> None:
    """Do the part that changes the database and mark the row, together."""
    row = lock(db.session.get_one(OutboxRow, row_id))
    if row.done_at is None:
        if conclude is not None:
            conclude()
        row.done_at, row.last_error = clock.now(), ""


def note_failure(row_id: uuid.UUID, fault: Exception) -> None:
    """Keep what went wrong where an officer can see it."""
    with transaction():
        row = db.session.get_one(OutboxRow, row_id)
        row.last_error = f"{type(fault).__name__}: {fault}"[:500]


def due_rows(at: datetime) -> list[uuid.UUID]:
    """List what is due and not done, oldest first."""
    query = (
        sa.select(OutboxRow.id)
        .where(OutboxRow.done_at.is_(None), OutboxRow.due_at <= at, OutboxRow.attempts < ATTEMPTS)
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(500)
    )
    return list(db.session.scalars(query))


def run_due() -> int:
    """Do everything that is due now, and what follows from it; return how many jobs were done."""
    done = 0
    while rows := due_rows(clock.now()):
        done += sum(run(row_id) for row_id in rows)
    return done


def failed_rows() -> list[OutboxRow]:
    """List the work that needs a person: every attempt was used."""
    query = sa.select(OutboxRow).where(OutboxRow.done_at.is_(None), OutboxRow.attempts >= ATTEMPTS)
    return list(db.session.scalars(query.order_by(OutboxRow.created_at)))


def make_queue(url: str, *, folder: str) -> Huey:
    """Return the queue that the settings name: SQLite file, PostgreSQL or Redis."""
    if url.startswith("postgresql"):
        return PostgresHuey("certify", dsn=url.replace("+psycopg", ""), results=False)
    if url.startswith("redis"):
        return RedisHuey("certify", url=url, results=False)
    if url == "memory:":
        return MemoryHuey("certify", results=False)
    return SqliteHuey("certify", filename=f"{folder}/jobs.db", results=False)


def init_app(app: Flask, *, url: str, folder: str, jobs: Mapping[str, Job]) -> None:
    """Join the queue and the slices' jobs to the application."""
    queue = make_queue(url, folder=folder)

    def run_in_app(row_id: str) -> None:
        with app.app_context():
            run(uuid.UUID(row_id))

    def sweep_in_app() -> None:
        with app.app_context():
            sweep()

    app.extensions["certify.jobs"] = dict(jobs)
    app.extensions["certify.queue"] = queue
    app.extensions["certify.queue.task"] = queue.task(name="certify.run")(run_in_app)
    queue.periodic_task(crontab(minute="*"), name="certify.sweep")(sweep_in_app)


def sweep() -> None:
    """Hand over what is due and promise the daily and minutely work, each once."""
    at = clock.now()
    with transaction():
        for job, key in (("kernel.seal_audit", f"{at:%Y-%m-%dT%H:%M}"), ("kernel.daily", f"{at:%Y-%m-%d}")):
            if job in current_app.extensions["certify.jobs"]:
                enqueue(job, {}, once=f"{job}:{key}")
    for row_id in due_rows(at):
        hand_over(row_id)
