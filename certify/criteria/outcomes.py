"""Everything that one theme can come to: each sum of weight x counted that some answers give it.

Sets of sums are held as the bits of one integer, so that all answers to a theme are tried at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certify.criteria.rules import FULL, LEVEL, Criterion

_GRADES = range(5)


@dataclass(frozen=True, slots=True)
class ThemeOutcomes:
    """What a theme of weight `weight` can come to where every required level is met and the minimum is reached.

    Bit n of `reached` says that the sum n occurs. `best` is, for each number of answers on evidence of the grade that
    distinction asks for, the greatest sum with that many (None where there is none).
    """

    weight: int
    reached: int
    best: tuple[int | None, ...]

    @property
    def smallest(self) -> int:
        """The smallest sum; there must be one."""
        return (self.reached & -self.reached).bit_length() - 1

    @property
    def greatest(self) -> int:
        """The greatest sum; there must be one."""
        return self.reached.bit_length() - 1

    @property
    def largest_gap(self) -> int:
        """The largest step from one sum to the next; 0 where there is only one."""
        between = bin(self.reached >> self.smallest)[3:].split("1")[:-1]
        return max((len(zeros) + 1 for zeros in between), default=0)

    def greatest_below(self, limit: int) -> int | None:
        """The greatest sum under a limit, if there is one."""
        return (self.reached & ((1 << limit) - 1)).bit_length() - 1 if limit > self.smallest else None

    def sums(self) -> list[int]:
        """Every sum, ascending."""
        return [place for place, bit in enumerate(reversed(bin(self.reached)[2:])) if bit == "1"]


def theme_outcomes(
    criteria: Sequence[Criterion], *, minimum: int, caps: tuple[int, ...], high_grade: int
) -> ThemeOutcomes:
    """Try every answer to the criteria of a theme that count."""
    weight = sum(criterion.weight for criterion in criteria)
    least = minimum * weight
    reached = 1
    for criterion in criteria:
        reached = _extended(reached, criterion, caps)
    best = _best_by_high_grades(criteria, caps, high_grade)
    enough = tuple(value if value is not None and value >= least else None for value in best)
    return ThemeOutcomes(weight, reached >> least << least, enough)


def _extended(reached: int, criterion: Criterion, caps: tuple[int, ...]) -> int:
    """The sums after one more criterion, given those before it."""
    extended = 0 if criterion.required_level else reached
    for lowest, highest in _sufficient(criterion, caps):
        extended |= _smeared(reached << criterion.weight * lowest, criterion.weight, highest - lowest)
    return extended


def _smeared(bits: int, stride: int, times: int) -> int:
    """`bits` together with `bits` moved up by the stride once, twice ... `times` times."""
    done = 1
    while done <= times:
        step = min(done, times + 1 - done)
        bits |= bits << stride * step
        done += step
    return bits


def _sufficient(criterion: Criterion, caps: tuple[int, ...]) -> set[tuple[int, int]]:
    """The ranges of counted values with which an answer meets the criterion's required level."""
    return {window for grade in _GRADES for window in _windows(criterion, grade, caps)}


def _windows(criterion: Criterion, grade: int, caps: tuple[int, ...]) -> list[tuple[int, int]]:
    """The same on evidence of one grade: single values of a rubric, one range of a measured number."""
    floor = LEVEL * (criterion.required_level or 0)
    if criterion.goalposts is not None:
        ranges = [(min(floor, FULL), criterion.counted(FULL, grade, caps))]
    else:
        counted = {criterion.counted(LEVEL * level, grade, caps) for level in criterion.levels}
        ranges = [(value, value) for value in counted]
    return [(low, high) for low, high in ranges if low <= high and criterion.meets(low, grade)]


def _best_by_high_grades(criteria: Sequence[Criterion], caps: tuple[int, ...], high_grade: int) -> list[int | None]:
    """For each number of answers on high-grade evidence, the greatest sum."""
    best: list[int | None] = [0]
    for criterion in criteria:
        low = _greatest(criterion, range(high_grade), caps, missing=True)
        high = _greatest(criterion, range(high_grade, 5), caps, missing=False)
        kept = [_plus(value, low) for value in best] + [None]
        raised = [None] + [_plus(value, high) for value in best]
        best = [_greater(*pair) for pair in zip(kept, raised, strict=True)]
    return best


def _greatest(criterion: Criterion, grades: range, caps: tuple[int, ...], *, missing: bool) -> int | None:
    values = [high for grade in grades for _, high in _windows(criterion, grade, caps)]
    if missing and not criterion.required_level:
        values.append(0)
    return criterion.weight * max(values) if values else None


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _greater(one: int | None, other: int | None) -> int | None:
    return max((value for value in (one, other) if value is not None), default=None)


def greatest_curable(criterion: Criterion, caps: tuple[int, ...]) -> int | None:
    """The most that a criterion counts where its required level is missed by one level; None if it cannot be so."""
    if criterion.required_level is None:
        return None
    goal = LEVEL * criterion.required_level
    values = [0]
    for grade in _GRADES:
        if criterion.goalposts is not None:
            limit = criterion.counted(FULL, grade, caps)
            values.append(min(limit, goal - 1) if grade >= criterion.min_evidence_grade else limit)
        else:
            counted = (criterion.counted(LEVEL * level, grade, caps) for level in criterion.levels)
            values += [value for value in counted if not criterion.meets(value, grade)]
    return max((value for value in values if criterion.curable(value)), default=None)
