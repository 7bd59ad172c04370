"""How long one compiled web process takes from its start to its first answer, on an instance that stands."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from bench.figure import Figure, at_most, middle, note
from bench.instance import Instance, compile_package
from bench.serving import first_answer, free_port, gunicorn, started

ROUNDS = 5
GOAL = 2.0
"""Seconds."""


def figures(made: Instance) -> Iterator[Figure]:
    """Start once to compile everything, then measure."""
    note(f"Start of one web process: {ROUNDS} rounds")
    compile_package()
    taken = [one_start(made) for _ in range(1 + ROUNDS)][1:]
    seconds = middle(taken)
    yield Figure(
        name="start of one web process to its first answer",
        value=round(seconds, 2),
        unit="s",
        goal=GOAL,
        goal_met=at_most(GOAL, seconds),
    )


def one_start(made: Instance) -> float:
    """Return the seconds from the start of the process to its first page."""
    port = free_port()
    before = monotonic()
    with started(gunicorn("wsgi:app", port), environment=made.environment) as run:
        first_answer(run, port, "/")
        return monotonic() - before
