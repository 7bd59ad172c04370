"""What one explained scorecard of sixty criteria costs, beside a bare weighted sum of sixty numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from time import perf_counter

from bench.figure import Figure, middle, note
from bench.instance import Instance
from certify.assessment.scoring import Answer, Case, Scorecard, score
from certify.criteria.library import load_framework
from certify.criteria.rules import Criterion, Framework

CRITERIA = 60
FRAMEWORK = "oas-certification@1.0.0"
ROUNDS, SCORES, SUMS = 9, 50, 5_000


def figures(_made: Instance) -> Iterator[Figure]:
    """Measure both in turn."""
    note(f"Scorecard of {CRITERIA} criteria: {ROUNDS} rounds")
    framework = framework_of_sixty()
    cases = [case_of(framework, turn) for turn in range(SCORES)]
    check(score(framework, cases[0]))
    weights = [criterion.weight for criterion in framework.criteria.values()]
    numbers = [2_500 * (place % 5) for place in range(CRITERIA)]
    rounds = []
    for _ in range(ROUNDS):
        ours = timed(lambda: [score(framework, case) for case in cases]) / SCORES
        bare = timed(lambda: [weighted_sum(weights, numbers) for _ in range(SUMS)]) / SUMS
        rounds.append((ours, bare))
    yield figure_of(rounds)


def framework_of_sixty() -> Framework:
    """Return the shipped framework with its criteria repeated or left out, so that everybody answers sixty."""
    framework = load_framework(FRAMEWORK)
    everyone = [one for one in framework.criteria.values() if one.applicability.covers("large", framework.sectors)]
    chosen = [
        replace(one, id=f"{one.id}-{turn}", required_level=None)
        for turn, one in enumerate(islice(cycle(everyone), CRITERIA))
    ]
    themes = tuple(replace(theme, criteria=of_theme(theme.id, chosen)) for theme in framework.themes)
    return replace(framework, themes=themes)


def of_theme(theme: str, criteria: list[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria of a theme."""
    return tuple(criterion for criterion in criteria if criterion.theme == theme)


def case_of(framework: Framework, turn: int) -> Case:
    """Return a company that answers everything, each one a little otherwise."""
    answers = {
        name: answer_to(criterion, turn + place) for place, (name, criterion) in enumerate(framework.criteria.items())
    }
    return Case(size="large", sectors=framework.sectors, exclusions={}, answers=answers)


def answer_to(criterion: Criterion, choice: int) -> Answer:
    """Return an answer with evidence of a middling grade."""
    if criterion.goalposts is not None:
        return Answer(grade=3, number=criterion.goalposts.full_at)
    return Answer(grade=2 + choice % 3, level=criterion.levels[choice % len(criterion.levels)])


def check(card: Scorecard) -> None:
    """Refuse to measure anything but sixty answered criteria."""
    counted = [one for one in card.criteria if one.result is not None]
    if len(counted) != CRITERIA:
        raise RuntimeError(f"The case counts {len(counted)} criteria instead of {CRITERIA}.")


def weighted_sum(weights: list[int], numbers: list[int]) -> float:
    """Return what a score would be without explanation, rules, bands and robustness."""
    return sum(weight * number for weight, number in zip(weights, numbers, strict=True)) / sum(weights)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes."""
    before = perf_counter()
    work()
    return perf_counter() - before


def figure_of(rounds: list[tuple[float, float]]) -> Figure:
    """Return the median over the rounds; reported without a goal."""
    ratio = middle([ours / bare for ours, bare in rounds])
    return Figure(
        name=f"explained scorecard of {CRITERIA} criteria",
        value=round(1_000 * middle([ours for ours, _bare in rounds]), 3),
        unit="ms",
        against=f"a bare weighted sum: {1_000_000 * middle([bare for _ours, bare in rounds]):.1f} µs",
        ratio=round(ratio),
    )
