"""What an assessor or reviewer thinks of one answer, and which of two opinions counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
ENGINE = "certify.score/1"
"""The version of the engine; raised with every change that can alter a score."""


class Grant(StrEnum):
    """The reviewer's ruling on a request to find a criterion not applicable."""

    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one side found: the answer's value in basis points 0..10 000, and the grade 0..4 of its evidence."""

    value: int
    grade: int


def counting(assessor: Opinion | None, reviewer: Opinion | None) -> Opinion | None:
    """Return the opinion that counts: of two that differ, the lower value and the lower grade.

    What is counted is the least of value, cap and limit, each of which never falls with the grade; so the lower value
    with the lower grade counts exactly as much as the lower of the two opinions.
    """
    if assessor is None or reviewer is None:
        return assessor or reviewer
    return Opinion(min(assessor.value, reviewer.value), min(assessor.grade, reviewer.grade))


def differing(assessor: Opinion | None, reviewer: Opinion | None) -> bool:
    """Whether both sides looked and did not find the same; the Board sees both then."""
    return assessor is not None and reviewer is not None and assessor != reviewer


def last_of_each_second(records: Iterable[T], *, criterion: Callable[[T], str], at: Callable[[T], datetime]) -> list[T]:
    """Of several records of one criterion within one second, keep the last given.

    The format of adjustments tells records apart by criterion and second.
    """
    kept: dict[tuple[str, datetime], T] = {}
    for record in records:
        kept[(criterion(record), at(record).replace(microsecond=0))] = record
    return list(kept.values())
