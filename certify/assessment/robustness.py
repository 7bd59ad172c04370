"""How much a result hangs on the weights: the framework's fixed sample of weightings, and the exact range over all.

A weighting allots the framework's points over the themes as whole numbers within its box. All weightings of a box, in
lexicographic order, are numbered from 0; any one is found by its number without listing the others.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from operator import mul

from certify.criteria.rules import Framework, MemberWeighting, Sampling


@dataclass(frozen=True, slots=True)
class Box:
    """All weightings of a number of themes that share `spare` points above the minimum of each.

    `tails[k][s]` is the number of ways to give s points above the minimum to the last k themes; `summed` are its
    running sums over s.
    """

    themes: int
    minimum: int
    spare: int
    tails: tuple[tuple[int, ...], ...]
    summed: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """How many weightings the box holds."""
        return self.tails[self.themes][self.spare]

    def weighting(self, number: int) -> tuple[int, ...]:
        """The weighting of a number 0..size-1 in lexicographic order."""
        left, weights = self.spare, []
        for summed in reversed(self.summed):
            # The first weight is the least v with more than `number` weightings of weights up to v.
            above = bisect_left(summed, summed[left] - number, 0, left + 1)
            number -= summed[left] - summed[above]
            weights.append(self.minimum + left - above)
            left = above
        return tuple(weights)


@lru_cache(maxsize=32)
def box_of(themes: int, rule: MemberWeighting) -> Box:
    """The box of a framework of so many themes."""
    spare, reach = rule.points - themes * rule.minimum, rule.maximum - rule.minimum
    tails: list[tuple[int, ...]] = [(1,) + (0,) * spare]
    summed: list[tuple[int, ...]] = []
    for _ in range(themes):
        running = tuple(accumulate(tails[-1]))
        summed.append(running)
        tails.append(running[: reach + 1] + tuple(map(int.__sub__, running[reach + 1 :], running)))
    return Box(themes, rule.minimum, spare, tuple(tails), tuple(summed))


@lru_cache(maxsize=32)
def drawn_weightings(themes: int, rule: MemberWeighting, sampling: Sampling) -> tuple[tuple[int, ...], ...]:
    """The framework's fixed draws, one for all cases: draw d is weighting SHA-256("seed:d") mod the box's size."""
    box = box_of(themes, rule)
    return tuple(box.weighting(_draw(sampling.seed, number) % box.size) for number in range(sampling.draws))


def _draw(seed: int, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}:{number}".encode("ascii")).digest(), "big")


@dataclass(frozen=True, slots=True)
class Robustness:
    """Of so many draws, how many bring the total to the least total of each band."""

    draws: int
    conditional: int
    certified: int
    distinction: int


def robustness(framework: Framework, scores: Sequence[int], *, scale: int) -> Robustness:
    """Count the draws under which themes of these scores reach each band's least total.

    A theme's score is `scores[i] / scale`, in basis points.
    """
    rule = framework.member_weighting
    draws = drawn_weightings(len(scores), rule, framework.sampling)
    totals = sorted(sum(map(mul, weights, scores)) for weights in draws)
    bands = framework.bands
    conditional, certified, distinction = (
        len(totals) - bisect_left(totals, band.min_overall * rule.points * scale)
        for band in (bands.conditional, bands.certified, bands.distinction)
    )
    return Robustness(len(draws), conditional, certified, distinction)


@dataclass(frozen=True, slots=True)
class TotalRange:
    """The exact lowest and highest total over every weighting of the box, in percent points, and where they occur."""

    lowest: Fraction
    highest: Fraction
    lowest_weights: tuple[int, ...]
    highest_weights: tuple[int, ...]


def total_range(framework: Framework, scores: Sequence[Fraction]) -> TotalRange:
    """The range of the total of themes with these scores (percent points, in file order).

    A total is linear in the weights, so it is extreme where the spare points go to the weakest (or strongest) themes
    first, each filled to the box's maximum before the next.
    """
    rule = framework.member_weighting
    weakest_first = sorted(range(len(scores)), key=lambda theme: scores[theme])
    low, high = _filled(weakest_first, rule), _filled(weakest_first[::-1], rule)
    lowest, highest = (sum(map(mul, scores, weights), start=Fraction(0)) / rule.points for weights in (low, high))
    return TotalRange(lowest, highest, low, high)


def _filled(order: Sequence[int], rule: MemberWeighting) -> tuple[int, ...]:
    weights = [rule.minimum] * len(order)
    spare = rule.points - sum(weights)
    for theme in order:
        given = min(spare, rule.maximum - rule.minimum)
        weights[theme] += given
        spare -= given
    return tuple(weights)
