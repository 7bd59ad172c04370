"""A figure as it is printed: one JSON line each, notes for people beside it on the error stream."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. The goal is for the ratio where there is one, else for the value."""

    name: str
    value: float
    unit: str
    against: str | None = None
    """What the ratio compares with, and how much that took."""
    ratio: float | None = None
    goal: float | None = None
    goal_met: bool | None = None

    def line(self) -> str:
        """Write the figure as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def at_least(goal: float | None, ratio: float) -> bool | None:
    """Say whether a ratio that should be high is high enough; None where no goal is set."""
    return None if goal is None else ratio >= goal


def at_most(goal: float | None, measured: float) -> bool | None:
    """Say whether a ratio or a value that should be low is low enough; None where no goal is set."""
    return None if goal is None else measured <= goal


def middle(values: list[float]) -> float:
    """Return the median, which one disturbed round does not move."""
    return median(values)


def note(words: str) -> None:
    """Tell whoever waits what is being measured."""
    print(words, file=sys.stderr, flush=True)
