"""In which unit a number is asked, and which numbers can be true at all.

A framework's structure says how a number is scored, its question what is counted; the unit beside the field and the
range of possible answers are the service's own data, `data/measures.csv`. A criterion that is not listed takes any
decimal string.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from certify.criteria.decimals import is_decimal, scaled

DATA = Path(__file__).parent / "data" / "measures.csv"


class Unit(StrEnum):
    """What a number counts."""

    YEARS = "years"
    PERCENT = "percent"
    PER_MILLION_HOURS = "per_million_hours"


class NumberFault(StrEnum):
    """Why a typed number is not taken."""

    COMMA = "comma"
    FORM = "form"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit with the least and the largest number that can be true, as decimal strings."""

    unit: Unit
    least: str
    most: str


@cache
def measures() -> dict[tuple[str, str], Measure]:
    """Read the data file: (framework id, criterion) > measure."""
    with DATA.open(encoding="utf-8", newline="") as opened:
        return {
            (row["framework"], row["criterion"]): Measure(Unit(row["unit"]), row["least"], row["most"])
            for row in csv.DictReader(opened)
        }


def measure_of(framework_id: str, criterion: str) -> Measure | None:
    """Return the measure of a criterion; None where any decimal string is taken."""
    return measures().get((framework_id, criterion))


def number_fault(typed: str, measure: Measure | None) -> NumberFault | None:
    """Say why a typed number is not taken; None where it is."""
    if not is_decimal(typed):
        comma = typed.count(",") == 1 and is_decimal(typed.replace(",", "."))
        return NumberFault.COMMA if comma else NumberFault.FORM
    if measure is None:
        return None
    if less(typed, measure.least):
        return NumberFault.TOO_SMALL
    return NumberFault.TOO_LARGE if less(measure.most, typed) else None


def less(one: str, other: str) -> bool:
    """Compare two decimal strings exactly."""
    (digits, places), (other_digits, other_places) = scaled(one), scaled(other)
    return bool(digits * 10**other_places < other_digits * 10**places)
