"""What holds of every score, for frameworks and cases of any make."""

from __future__ import annotations

import copy
import random
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from certify.assessment.inputs import read_inputs
from certify.assessment.output import scored
from certify.assessment.scoring import Scorecard, range_of
from tests.makers.framework_strategies import answers, scored_cases
from tests.makers.frameworks import framework_of
from tests.makers.plain_scorer import Node, mean, plain_score, weightings

Scored = tuple[Node, Node, list[Node], dict[str, int]]
many = settings(max_examples=50, deadline=None)


def run(drawn: Scored) -> tuple[Scorecard, dict[str, Any]]:
    structure, case, records, weights = drawn
    framework = framework_of(structure)
    inputs = read_inputs(framework, answers=case, adjustments={"adjustments": records}, weights={"weights": weights})
    return scored(framework, inputs)


def fraction(written: dict[str, str]) -> Fraction:
    return Fraction(int(written["numerator"]), int(written["denominator"]))


@settings(max_examples=200, deadline=None)
@given(scored_cases())
def test_the_engine_agrees_with_the_words_of_the_reference(drawn: Scored) -> None:
    expected = plain_score(*drawn)

    _, found = run(drawn)

    assert found["band"] == expected["band"]
    assert [(reason["code"], reason["id"]) for reason in found["reasons"]] == expected["reasons"]
    if expected["band"] != "not_eligible":
        assert fraction(found["total"]) == expected["total"] / 100
        assert [fraction(theme["score"]) for theme in found["themes"]] == [
            score / 100 for score in expected["themes"].values()
        ]
        assert found["robustness"] == {"draws": 40, **expected["robustness"]}


@many
@given(scored_cases())
def test_contributions_sum_to_the_total_and_with_the_losses_to_one_hundred(drawn: Scored) -> None:
    _, found = run(drawn)

    counting = [criterion for criterion in found["criteria"] if "counted" in criterion]
    if counting:
        assert sum(fraction(each["contribution"]) for each in counting) == fraction(found["total"])
        assert sum(fraction(each["lost_total"]) for each in counting) == 100 - fraction(found["total"])
        assert sum(fraction(each["share"]) for each in counting) == 100
    for theme in found["themes"]:
        own = [fraction(each["lost_theme"]) for each in counting if each["theme"] == theme["id"]]
        assert sum(own) == 100 - fraction(theme["score"])


@many
@given(scored_cases(), st.data())
def test_a_better_level_or_a_higher_grade_never_lowers_the_total(drawn: Scored, data: st.DataObject) -> None:
    structure, case, _, weights = drawn
    case.pop("exclusions", None)
    criteria = {each["id"]: each for theme in structure["themes"] for each in theme["criteria"]}
    name = data.draw(st.sampled_from(sorted(criteria)))
    given_answer = case["answers"].get(name, {})
    weaker = given_answer if "grade" in given_answer else data.draw(answers(criteria[name]))
    better = dict(weaker, grade=data.draw(st.integers(weaker["grade"], 4)))
    if "level" in weaker:
        levels = [level for level in criteria[name]["rubric"]["levels"] if level >= weaker["level"]]
        better["level"] = data.draw(st.sampled_from(levels))

    totals = []
    for answer in (weaker, better):
        changed = copy.deepcopy(case)
        changed["answers"][name] = answer
        card, _ = run((structure, changed, [], weights))
        totals.append(card.total or Fraction(0))

    assert totals[0] <= totals[1]


@many
@given(scored_cases(), st.integers(2, 50))
def test_weights_of_any_common_factor_give_the_same_result(drawn: Scored, factor: int) -> None:
    structure, case, records, weights = drawn
    small = {name: weight % 20_000 + 1 for name, weight in weights.items()}
    large = {name: factor * weight for name, weight in small.items()}

    first, _ = run((structure, case, records, small))
    second, _ = run((structure, case, records, large))

    assert (first.total, first.band, first.reasons) == (second.total, second.band, second.reasons)
    assert [each.result for each in first.criteria] == [each.result for each in second.criteria]


@many
@given(scored_cases(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_records_changes_nothing(drawn: Scored, chance: random.Random) -> None:
    structure, case, records, weights = drawn
    shuffled = copy.deepcopy(case)
    names = list(case["answers"])
    chance.shuffle(names)
    shuffled["answers"] = {name: case["answers"][name] for name in names}
    other_records = chance.sample(records, len(records))
    other_weights = dict(reversed(weights.items()))

    _, first = run(drawn)
    _, second = run((structure, shuffled, other_records, other_weights))

    assert first == second


@many
@given(scored_cases(), st.randoms(use_true_random=False))
def test_the_order_of_sectors_changes_only_the_digest_of_the_answers(drawn: Scored, chance: random.Random) -> None:
    structure, case, records, weights = drawn
    shuffled = copy.deepcopy(case)
    chance.shuffle(shuffled["profile"]["sectors"])

    _, first = run(drawn)
    _, second = run((structure, shuffled, records, weights))

    for found in (first, second):
        del found["digests"]["answers"], found["digests"]["result"]
    assert first == second


@many
@given(scored_cases())
def test_what_is_shown_never_contradicts_what_is_decided(drawn: Scored) -> None:
    _, found = run(drawn)

    shown = [(theme["display"], theme["score"], theme["minimum"], theme["met"]) for theme in found["themes"]]
    for display, score, minimum, met in shown:
        assert Fraction(display) <= fraction(score) < Fraction(display) + Fraction(1, 100)
        assert (Fraction(display) * 100 >= minimum) == (met == "yes")
    if found["display"] is not None:
        assert Fraction(found["display"]) <= fraction(found["total"]) < Fraction(found["display"]) + Fraction(1, 100)


@many
@given(scored_cases())
def test_the_range_is_that_of_every_weighting_of_the_box(drawn: Scored) -> None:
    card, _ = run(drawn)

    extremes = range_of(card)

    if extremes is not None:
        scores = [theme.score for theme in card.themes]
        totals = [mean(scores, weights) for weights in weightings(drawn[0])]
        assert (extremes.lowest, extremes.highest) == (min(totals), max(totals))
        assert mean(scores, extremes.lowest_weights) == extremes.lowest
        assert mean(scores, extremes.highest_weights) == extremes.highest
