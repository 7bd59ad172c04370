"""Whether some company, with some answers, reaches a band: a framework whose band nobody reaches deserves a warning.

Every answer to every theme is tried at once (see `outcomes`). The question is answered exactly, or left open (None)
where a framework is so large that trying everything would take too long; no warning is given then. Weights are the
framework's default weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import lcm

from certify.criteria.coverage import occurring_sets
from certify.criteria.outcomes import ThemeOutcomes, greatest_curable, theme_outcomes
from certify.criteria.rules import FULL, Band, Criterion, Framework, Theme

_MOST_SUMS = 100_000
_MOST_COMPANIES = 1_024
_MOST_GRANT_CHOICES = 64
_MOST_WORK = 2_000_000


class _TooLarge(Exception):
    """Trying every answer would take too long."""


@dataclass(slots=True)
class _Book:
    """What themes can come to, each set of counting criteria worked out once, within a limit of work."""

    framework: Framework
    known: dict[tuple[str, ...], ThemeOutcomes] = field(default_factory=dict)
    work: int = 0

    def outcomes(self, theme: Theme, counting: tuple[Criterion, ...]) -> ThemeOutcomes:
        """What one theme can come to where these criteria of it count."""
        name = tuple(criterion.id for criterion in counting)
        if name not in self.known:
            self.work += theme.weight * len(counting)
            if self.work > _MOST_WORK:
                raise _TooLarge
            self.known[name] = theme_outcomes(
                counting,
                minimum=theme.minimum,
                caps=self.framework.evidence_caps,
                high_grade=self.framework.bands.distinction.evidence_grade,
            )
        return self.known[name]


@dataclass(frozen=True, slots=True)
class _Company:
    """What one set of counting criteria can come to: themes with their factors to a common denominator.

    A total is sum(factor x sum of the theme) / scale, in basis points.
    """

    criteria: tuple[tuple[Criterion, ...], ...]
    outcomes: tuple[ThemeOutcomes, ...]
    factors: tuple[int, ...]
    scale: int

    @property
    def feasible(self) -> bool:
        """Whether every theme can reach its minimum and required levels."""
        return all(outcome.reached for outcome in self.outcomes)

    def total(self, sums: Sequence[int]) -> int:
        """The total of these theme sums, times the scale."""
        return sum(factor * reached for factor, reached in zip(self.factors, sums, strict=True))


_Verdict = Callable[[Framework, _Company], bool | None]


def unreachable_bands(framework: Framework) -> list[Band]:
    """The bands that no combination of profile, exclusions, answers and grants reaches, worst first.

    Not certified is always reached (by missing answers) and distinction too (by full answers on the best evidence).
    """
    bands = [] if framework.exclusions else [Band.NOT_ELIGIBLE]
    verdicts: dict[Band, _Verdict] = {
        Band.CONDITIONAL: _reaches_conditional,
        Band.CERTIFIED: _reaches_certified,
    }
    return bands + [band for band, reaches in verdicts.items() if _never(reaches, framework)]


def _never(reaches: _Verdict, framework: Framework) -> bool:
    """Whether it is certain that no company reaches the band."""
    companies = _companies(framework)
    try:
        none = all(reaches(framework, company) is False for company in islice(companies, _MOST_COMPANIES))
        return none and next(companies, None) is None
    except _TooLarge:
        return False


def _companies(framework: Framework) -> Iterator[_Company]:
    """Every set of criteria that can count for some company, the fullest first."""
    criteria = tuple(framework.criteria.values())
    sets = occurring_sets(criteria, sizes=framework.sizes, sectors=framework.sectors)
    if sets is None:
        raise _TooLarge
    book = _Book(framework)
    for applying in sorted(sets, key=int.bit_count, reverse=True):
        here = {criterion.id for place, criterion in enumerate(criteria) if applying >> place & 1}
        choices = [_after_grants(theme, here) for theme in framework.themes]
        for counting in product(*choices):
            outcomes = tuple(book.outcomes(*pair) for pair in zip(framework.themes, counting, strict=True))
            yield _company(framework, counting, outcomes)


def _company(
    framework: Framework, counting: tuple[tuple[Criterion, ...], ...], outcomes: tuple[ThemeOutcomes, ...]
) -> _Company:
    common = lcm(*(outcome.weight for outcome in outcomes))
    weights = framework.default_weights.values()
    factors = tuple(weight * (common // outcome.weight) for weight, outcome in zip(weights, outcomes, strict=True))
    return _Company(counting, outcomes, factors, sum(weights) * common)


def _after_grants(theme: Theme, applying: set[str]) -> list[tuple[Criterion, ...]]:
    """The sets that can be left of a theme's applying criteria after grants, the fullest first."""
    asked = [criterion for criterion in theme.criteria if criterion.id in applying]
    grantable = [criterion.id for criterion in asked if criterion.not_applicable_on_request]
    if 2 ** len(grantable) > _MOST_GRANT_CHOICES:
        raise _TooLarge
    left = []
    for choice in product((False, True), repeat=len(grantable)):
        granted = {name for name, chosen in zip(grantable, choice, strict=True) if chosen}
        remaining = tuple(criterion for criterion in asked if criterion.id not in granted)
        if 2 * sum(criterion.weight for criterion in remaining) >= theme.weight:
            left.append(remaining)
    return left


def _reaches_conditional(framework: Framework, company: _Company) -> bool | None:
    rules = framework.bands
    if any(_cured(framework, company, place) for place in range(len(company.criteria))):
        return True
    return _some_total(company, rules.conditional.min_overall, rules.certified.min_overall)


def _cured(framework: Framework, company: _Company, place: int) -> bool:
    """Whether conditional is reached by a company that lacks nothing but one required level of this theme."""
    full = [outcome.weight * FULL for outcome in company.outcomes]
    least = framework.themes[place].minimum * company.outcomes[place].weight
    for criterion in company.criteria[place]:
        counted = greatest_curable(criterion, framework.evidence_caps)
        if counted is not None:
            reached = full[place] - criterion.weight * (FULL - counted)
            total = company.total([*full[:place], reached, *full[place + 1 :]])
            if reached >= least and total >= framework.bands.conditional.min_overall * company.scale:
                return True
    return False


def _reaches_certified(framework: Framework, company: _Company) -> bool | None:
    rules = framework.bands
    if not company.feasible:
        return False
    if _fails_breadth(framework, company) or _fails_evidence(framework, company):
        return True
    by_total = _some_total(company, rules.certified.min_overall, rules.distinction.min_overall)
    return by_total or (None if by_total is None or _may_fail_robustness(framework, company) else False)


def _fails_breadth(framework: Framework, company: _Company) -> bool:
    """Whether a certified total is possible with some theme under what distinction asks of every theme."""
    best = [outcome.greatest for outcome in company.outcomes]
    for place, outcome in enumerate(company.outcomes):
        below = outcome.greatest_below(framework.bands.distinction.min_every_theme * outcome.weight)
        if below is not None:
            total = company.total([*best[:place], below, *best[place + 1 :]])
            if total >= framework.bands.certified.min_overall * company.scale:
                return True
    return False


def _fails_evidence(framework: Framework, company: _Company) -> bool:
    """Whether a certified total is possible with fewer answers on good evidence than distinction asks."""
    best: dict[int, int] = {0: 0}
    for factor, outcome in zip(company.factors, company.outcomes, strict=True):
        reached: dict[int, int] = {}
        for (count, total), (more, value) in product(best.items(), enumerate(outcome.best)):
            if value is not None:
                reached[count + more] = max(reached.get(count + more, 0), total + factor * value)
        best = reached
    asked = framework.bands.distinction.evidence_share * sum(len(each) for each in company.criteria)
    goal = framework.bands.certified.min_overall * company.scale
    return any(count * FULL < asked and total >= goal for count, total in best.items())


def _may_fail_robustness(framework: Framework, company: _Company) -> bool:
    """Whether some certified company could lose distinction under other weightings (some theme can stay under it)."""
    goal = framework.bands.distinction.min_overall
    asked = framework.bands.distinction.min_robustness > 0
    return asked and any(outcome.smallest < goal * outcome.weight for outcome in company.outcomes)


def _some_total(company: _Company, least: int, below: int) -> bool | None:
    """Whether some total is at least `least` and under `below` (basis points); None where there are too many to try."""
    if not company.feasible:
        return False
    low, high = least * company.scale, below * company.scale
    smallest = company.total([outcome.smallest for outcome in company.outcomes])
    greatest = company.total([outcome.greatest for outcome in company.outcomes])
    if smallest >= high or greatest < low or low >= high:
        return False
    if smallest >= low or _largest_step(company) <= high - low:
        return True
    return _search(company, low, high)


def _largest_step(company: _Company) -> int:
    """The largest rise of the total where one theme goes from one of its sums to the next.

    Going up from the smallest total to the greatest, no interval of this length can be stepped over.
    """
    pairs = zip(company.factors, company.outcomes, strict=True)
    return max(factor * outcome.largest_gap for factor, outcome in pairs)


def _search(company: _Company, low: int, high: int) -> bool | None:
    """Try every total, dropping those that can no longer fall between `low` and `high`."""
    totals = {0}
    parts = list(zip(company.factors, company.outcomes, strict=True))
    for place, (factor, outcome) in enumerate(parts):
        least = sum(other * later.smallest for other, later in parts[place + 1 :])
        most = sum(other * later.greatest for other, later in parts[place + 1 :])
        if len(totals) * outcome.reached.bit_count() > _MOST_SUMS:
            return None
        sums = {total + factor * reached for total in totals for reached in outcome.sums()}
        totals = {total for total in sums if total + least < high and total + most >= low}
    return bool(totals)
