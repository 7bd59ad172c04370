"""Birth dates as people and lists write them, and how well two of them agree."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from certify.screening.rules import BirthDate

ABOUT_YEARS: Final = 2
"""Years on either side that "circa" and "approximately" stand for."""

NEAR_DAYS: Final = 366
"""Days between two dates of birth that a slip of a year explains."""

_MONTHS: Final = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")
_OFAC: Final = re.compile(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]{2}) )?(\d{4})")


class Agreement(StrEnum):
    """How two records' birth dates stand to each other."""

    UNKNOWN = "unknown"
    SAME_DAY = "same_day"
    OVERLAP = "overlap"
    NEAR = "near"
    OTHER = "other"


def span(year: int, month: int | None = None, day: int | None = None, *, approximate: bool = False) -> BirthDate:
    """The days a date known to the year, month or day covers; an impossible day counts as its month (1974-01-32)."""
    if month is None or not 1 <= month <= 12:
        about = ABOUT_YEARS if approximate else 0
        return BirthDate(date(max(1, year - about), 1, 1), date(min(9999, year + about), 12, 31), approximate)
    last = calendar.monthrange(year, month)[1]
    if day is None or not 1 <= day <= last:
        return BirthDate(date(year, month, 1), date(year, month, last), approximate)
    return BirthDate(date(year, month, day), date(year, month, day), approximate)


def read_iso(text: str) -> BirthDate | None:
    """Read YYYY, YYYY-M or YYYY-M-D; None for an empty text.

    Raises ValueError for anything else.
    """
    if not text.strip():
        return None
    found = _ISO.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    return span(year or 0, month, day)


def read_ofac(text: str) -> BirthDate | None:
    """Read a date as OFAC writes it: `12 Oct 1951`, `Jan 2021`, `circa 1961`, `1934 to 1936`; None otherwise."""
    approximate = text.startswith("circa ")
    ends = [_OFAC.fullmatch(part.strip()) for part in re.split(r" to |-", text.removeprefix("circa "))]
    spans = [
        span(
            int(end[3]),
            _MONTHS.get((end[2] or "").casefold()),
            int(end[1]) if end[1] else None,
            approximate=approximate,
        )
        for end in ends
        if end and int(end[3])
    ]
    if not spans or len(spans) != len(ends):
        return None
    return BirthDate(spans[0].earliest, max(spans[0].earliest, spans[-1].latest), approximate)


def agreement(ours: BirthDate | None, listed: Iterable[BirthDate]) -> Agreement:
    """The best agreement of a birth date with any that the list gives."""
    theirs = tuple(listed)
    if ours is None or not theirs:
        return Agreement.UNKNOWN
    order = (Agreement.SAME_DAY, Agreement.OVERLAP, Agreement.NEAR, Agreement.OTHER)
    return min((_agreement(ours, their) for their in theirs), key=order.index)


def _agreement(ours: BirthDate, theirs: BirthDate) -> Agreement:
    """How two birth dates stand to each other."""
    if ours.earliest <= theirs.latest and theirs.earliest <= ours.latest:
        return Agreement.SAME_DAY if ours.is_a_day and theirs.is_a_day else Agreement.OVERLAP
    gap = max(ours.earliest, theirs.earliest) - min(ours.latest, theirs.latest)
    return Agreement.NEAR if gap <= timedelta(days=NEAR_DAYS) or _is_slip(ours, theirs) else Agreement.OTHER


def _is_slip(ours: BirthDate, theirs: BirthDate) -> bool:
    """True when one wrong digit, or day and month in the other order, turns one day into the other."""
    if not (ours.is_a_day and theirs.is_a_day):
        return False
    first, second = ours.earliest, theirs.earliest
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return True
    return sum(a != b for a, b in zip(first.isoformat(), second.isoformat(), strict=True)) == 1


def shown(born: BirthDate) -> str:
    """A birth date for people: the day, or the first and last day it may lie on."""
    return born.earliest.isoformat() if born.is_a_day else f"{born.earliest.isoformat()}/{born.latest.isoformat()}"
