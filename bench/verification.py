"""What an answer to "is this certificate genuine?" costs beside a bare hello, under the same web server.

The worker's CPU is read from the kernel; the three pages are asked in turn, fifty times each, so that whatever else the
machine does disturbs all of them alike. On SQLite with a goal, on PostgreSQL as a report.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack

import sqlalchemy as sa

from bench.figure import Figure, at_least, middle, note
from bench.instance import Instance, instance
from bench.serving import Served, served
from tests import postgres

ROUNDS, TURNS, BATCH = 7, 24, 50
"""Rounds, turns of every page in a round, requests in a turn."""
WARM_UP = 200
GOALS = {"verify page": 0.35, "verify JSON": 0.55}


def figures(made: Instance) -> Iterator[Figure]:
    """Measure on SQLite, then on PostgreSQL where the machine has one."""
    yield from compared(made, "SQLite", GOALS)
    try:
        postgres.binaries()
    except RuntimeError as missing:
        note(f"Not measured on PostgreSQL: {missing}")
        return
    with postgres.cluster() as server, instance(new_database(server)) as other:
        yield from compared(other, "PostgreSQL", {})


def new_database(server: str) -> str:
    """Make an empty database in a cluster and return its address."""
    name = f"certify_bench_{secrets.token_hex(4)}"
    engine = sa.create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.format(name=name)


def compared(made: Instance, database: str, goals: dict[str, float]) -> Iterator[Figure]:
    """Measure page and JSON beside the hello in one run."""
    pages = {
        "hello": ("bench.hello:app", "/"),
        "verify page": ("wsgi:app", f"/verify/{made.code}"),
        "verify JSON": ("wsgi:app", f"/api/v1/certificates/{made.code}"),
    }
    with ExitStack() as stack:
        note(f"Verification on {database}: {ROUNDS} rounds")
        running = [
            stack.enter_context(served(name, application, address, environment=made.environment))
            for name, (application, address) in pages.items()
        ]
        for page in running:
            page.ask(WARM_UP)
        rounds = [one_round(running) for _ in range(ROUNDS)]
    for name in GOALS:
        yield figure_of(name, database, rounds, goals.get(name))


def one_round(running: list[Served]) -> dict[str, float]:
    """Ask every page in turn; return each one's microseconds of CPU a request."""
    before = [page.spent() for page in running]
    for _ in range(TURNS):
        for page in running:
            page.ask(BATCH)
    spent = [page.spent() - start for page, start in zip(running, before, strict=True)]
    each = {page.name: 1e6 * seconds / (TURNS * BATCH) for page, seconds in zip(running, spent, strict=True)}
    note("  " + ", ".join(f"{name} {micros:.0f} µs" for name, micros in each.items()))
    return each


def figure_of(name: str, database: str, rounds: list[dict[str, float]], goal: float | None) -> Figure:
    """Return the median over the rounds."""
    ratio = middle([each["hello"] / each[name] for each in rounds])
    return Figure(
        name=f"{name} on {database}",
        value=round(middle([each[name] for each in rounds])),
        unit="µs of CPU a request",
        against=f"a bare Flask hello: {middle([each['hello'] for each in rounds]):.0f} µs",
        ratio=round(ratio, 3),
        goal=goal,
        goal_met=at_least(goal, ratio),
    )
