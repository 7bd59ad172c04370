"""How long `certify run` takes to its first answer, the second time: tables, demonstration, worker and all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import monotonic

from bench.figure import Figure, at_most, middle, note
from bench.instance import Instance, compile_package
from bench.serving import first_answer, free_port, started

ROUNDS = 5
GOAL = 3.0
"""Seconds."""


def figures(made: Instance) -> Iterator[Figure]:
    """Run once, then measure the times after."""
    note(f"`certify run`: {ROUNDS} rounds")
    compile_package()
    taken = [one_run(made) for _ in range(1 + ROUNDS)][1:]
    seconds = middle(taken)
    yield Figure(
        name="certify run, the second time, to its first answer",
        value=round(seconds, 2),
        unit="s",
        goal=GOAL,
        goal_met=at_most(GOAL, seconds),
    )


def one_run(made: Instance) -> float:
    """Return the seconds from the start of the command to its first page."""
    port = free_port()
    command = [sys.executable, "-m", "certify.cli", "run", "--port", str(port)]
    before = monotonic()
    with started(command, environment=made.environment) as run:
        first_answer(run, port, "/")
        return monotonic() - before
