"""The one clock: UTC, moved forward by days in demonstration mode, held still in tests, never turned back."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from flask import current_app


class Clock(Protocol):
    """Tells the time in UTC."""

    def now(self) -> datetime:
        """Return the current moment, always with its zone."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class OffsetClock:
    """The machine's clock plus whole days kept in the instance; the demonstration's way to let time pass."""

    path: Path

    def now(self) -> datetime:
        """Return the machine's time moved forward by the kept days."""
        return datetime.now(UTC) + timedelta(days=self.days())

    def days(self) -> int:
        """Return how many days the clock stands ahead."""
        try:
            written = os.stat(self.path).st_mtime_ns  # noqa: PTH116 - asked at every look at the clock
        except FileNotFoundError:
            return 0
        return days_in(self.path, written)

    def advance(self, *, days: int) -> None:
        """Move forward by 1 to 400 days; a clock never goes back."""
        if not 1 <= days <= 400:
            raise ValueError("The clock moves forward by 1 to 400 days.")
        ahead = self.days() + days
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps({"days": ahead}))
        partial.replace(self.path)


@lru_cache(maxsize=16)
def days_in(path: Path, _written: int) -> int:
    """Return the days that a clock's file keeps; it is read again once it was written anew."""
    return int(json.loads(path.read_text())["days"])


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved; for tests and scratch instances."""

    at: datetime
    moves: list[timedelta] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the fixed moment."""
        return self.at

    def advance(self, *, days: int = 0, seconds: int = 0) -> None:
        """Move forward."""
        step = timedelta(days=days, seconds=seconds)
        self.moves.append(step)
        self.at += step


def clock() -> Clock:
    """Return the running service's clock."""
    found: Clock = current_app.extensions["certify.clock"]
    return found


def now() -> datetime:
    """Return the current moment in UTC."""
    return clock().now()


def today() -> date:
    """Return the current date in UTC."""
    return now().date()


def add_working_days(start: date, days: int) -> date:
    """Return the date that lies `days` working days (Monday to Friday) after `start`.

    Public holidays differ between 34 member states and are not counted; default, to be set by the Board.
    """
    reached, left = start, days
    while left > 0:
        reached += timedelta(days=1)
        left -= reached.weekday() < 5
    return reached


def add_months(start: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))
