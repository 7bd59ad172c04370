"""The shapes that answers, assessment records and weights must have before one framework."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from certify.criteria.definition.shapes import DecimalString, Keyed, NotBlank, OneOf, Place, Whole, keyed, shown
from certify.criteria.rules import FULL, LEVEL, Criterion, Fault, YesNo

GRANTED = "granted"
MOST_WEIGHT = 1_000_000

_WHEN = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
_GRADE = Whole(0, 4)
_GRANT = keyed({"reason": NotBlank()}, not_applicable=OneOf((GRANTED,)))
_MEASURED = keyed(number=DecimalString(), grade=_GRADE)

FINDING = OneOf(tuple(YesNo))
WEIGHT = Whole(1, MOST_WEIGHT)


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """An answer to one criterion: exactly what its rubric asks for, or a grant where it permits one."""

    criterion: Criterion

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """The key `not_applicable` makes it a grant."""
        if isinstance(value, dict) and "not_applicable" in value:
            if not self.criterion.not_applicable_on_request:
                yield place.fault("cannot be found not applicable on request")
            yield from _GRANT.departures(value, place)
        else:
            yield from self._rated().departures(value, place)

    def _rated(self) -> Keyed:
        if self.criterion.goalposts is not None:
            return _MEASURED
        return keyed(level=LevelOf(self.criterion), grade=_GRADE)


@dataclass(frozen=True, slots=True)
class LevelOf:
    """A level of a criterion's rubric."""

    criterion: Criterion

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """A level between two of the rubric's is none."""
        if type(value) is not int or value not in self.criterion.levels:
            levels = ", ".join(str(level) for level in self.criterion.levels)
            yield place.fault(f"must be one of its rubric levels {levels}, not {shown(value)}")


def record_of(criterion: Criterion) -> Keyed:
    """An assessment record of an answer to one criterion."""
    return keyed(
        criterion=OneOf((criterion.id,)), value=ValueOf(criterion), reason=NotBlank(), who=NotBlank(), when=Moment()
    )


@dataclass(frozen=True, slots=True)
class ValueOf:
    """The value of an assessment record: any basis points for a number, else those of a rubric level."""

    criterion: Criterion

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """A value between two levels would be an answer that nobody could give."""
        faults = list(Whole(0, FULL).departures(value, place))
        yield from faults
        levels = [LEVEL * level for level in self.criterion.levels]
        if not faults and levels and value not in levels:
            allowed = ", ".join(map(str, levels))
            yield place.fault(f"must be one of {allowed}, the rubric levels of {self.criterion.id}, not {value}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of UTC, to the second."""

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """It must stand in the calendar."""
        found = _WHEN.fullmatch(value) if isinstance(value, str) else None
        if found is None or not _is_in_calendar([int(part) for part in found.groups()]):
            yield place.fault(f"must be a moment like 2026-03-01T09:30:00Z, not {shown(value)}")


def _is_in_calendar(parts: list[int]) -> bool:
    year, month, day, hour, minute, second = parts
    try:
        datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return False
    return True
