"""Which criteria apply together, for every company that a framework's profile allows.

A set of criteria is a bit mask: bit i stands for the i-th criterion of the sequence at hand. So the questions that a
framework must answer for *every* company stay quick for thousands of declared values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certify.criteria.rules import EVERYWHERE, Applicability, Criterion

MOST_SETS = 16_384
"""Where more sets than these can occur, questions about all of them are left open."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a sequence of criteria, ready to be summed over many sets."""

    classes: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, weights: Sequence[int]) -> Weights:
        """Group the criteria by weight."""
        masks: dict[int, int] = {}
        for index, weight in enumerate(weights):
            masks[weight] = masks.get(weight, 0) | 1 << index
        return cls(tuple(masks.items()))

    def sum(self, chosen: int) -> int:
        """Weight of the criteria in the set `chosen`."""
        return sum(weight * (mask & chosen).bit_count() for weight, mask in self.classes)


def by_value(named: Sequence[tuple[str, ...]], values: Iterable[str]) -> dict[str, int]:
    """For each declared size (or sector), the criteria whose list of sizes (or sectors) covers it."""
    base = sum(1 << index for index, names in enumerate(named) if names == (EVERYWHERE,))
    covered = dict.fromkeys(values, base)
    for index, names in enumerate(named):
        for name in names:
            if name in covered:
                covered[name] |= 1 << index
    return covered


@dataclass(frozen=True, slots=True)
class Loss:
    """The weight that drops out of a theme for companies of one size and sector."""

    size: str
    sector: str
    lost: int


def too_great_a_loss(
    applicabilities: Sequence[Applicability], weights: Sequence[int], *, sizes: Iterable[str], sectors: Iterable[str]
) -> Loss | None:
    """The first size and sector for which more than half of a theme's weight does not apply, or None.

    Exactly half is allowed. A company of several sectors loses no more than with any one of them.
    """
    summed, whole = Weights.of(weights), sum(weights)
    by_sector = _representatives(by_value([each.sectors for each in applicabilities], sectors))
    for size_mask, size in _representatives(by_value([each.sizes for each in applicabilities], sizes)).items():
        for sector_mask, sector in by_sector.items():
            lost = whole - summed.sum(size_mask & sector_mask)
            if 2 * lost > whole:
                return Loss(size, sector, lost)
    return None


def _representatives(covered: dict[str, int]) -> dict[int, str]:
    """One value for each set that values cover, the first in file order."""
    first: dict[int, str] = {}
    for value, mask in covered.items():
        first.setdefault(mask, value)
    return first


def occurring_sets(criteria: Sequence[Criterion], *, sizes: Iterable[str], sectors: Iterable[str]) -> set[int] | None:
    """Every set of criteria that applies to some company (one size, any sectors), or None if they are too many."""
    unions: set[int] = set()
    for mask in set(by_value([each.applicability.sectors for each in criteria], sectors).values()):
        unions |= {mask} | {mask | union for union in unions}
        if len(unions) > MOST_SETS:
            return None
    by_size = set(by_value([each.applicability.sizes for each in criteria], sizes).values())
    if len(by_size) * len(unions) > MOST_SETS:
        return None
    return {size_mask & union for size_mask in by_size for union in unions}


def weights_after_grants(criteria: Sequence[Criterion], applying: int) -> set[int]:
    """Every weight that can count in a theme of which the set `applying` applies, after any permitted grants.

    Grants may not leave less than half of the theme's whole weight.
    """
    weights = [criterion.weight for criterion in criteria]
    start = Weights.of(weights).sum(applying)
    remaining = {start}
    for index, criterion in enumerate(criteria):
        if applying >> index & 1 and criterion.not_applicable_on_request:
            remaining |= {weight - criterion.weight for weight in remaining}
    return {weight for weight in remaining if 2 * weight >= sum(weights)}
