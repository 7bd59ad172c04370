"""Weightings by their number, against all of them written out in order."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from certify.assessment.robustness import box_of, drawn_weightings, robustness, total_range
from certify.criteria.rules import MemberWeighting, Sampling
from tests.makers.frameworks import example_framework


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 4), st.integers(0, 4), st.integers(0, 6), st.integers(1, 30))
def test_a_weighting_has_its_place_in_lexicographic_order(themes: int, least: int, reach: int, points: int) -> None:
    most = max(1, least + reach)
    assume(themes * least <= points <= themes * most)
    box = box_of(themes, MemberWeighting(points, least, most, "mean", 1))
    every = sorted(found for found in product(range(least, most + 1), repeat=themes) if sum(found) == points)

    numbered = [box.weighting(number) for number in range(box.size)]

    assert numbered == every


def test_a_box_that_nobody_could_write_out_is_still_numbered() -> None:
    # Eight themes, 2..40 points each, 100 in all, as in the first framework.
    box = box_of(8, MemberWeighting(100, 2, 40, "mean", 18))

    first, last = box.weighting(0), box.weighting(box.size - 1)

    assert box.size > 10**9
    assert first == (2, 2, 2, 2, 2, 10, 40, 40)
    assert last == (40, 40, 10, 2, 2, 2, 2, 2)


def test_draws_are_fixed_by_the_seed() -> None:
    rule = MemberWeighting(100, 20, 80, "mean", 18)

    drawn = drawn_weightings(2, rule, Sampling(1000, 20190901))

    expected = [int(hashlib.sha256(f"20190901:{d}".encode("ascii")).hexdigest(), 16) % 61 + 20 for d in range(1000)]
    assert [weights[0] for weights in drawn] == expected
    assert {sum(weights) for weights in drawn} == {100}


def test_a_draw_that_is_exactly_on_the_threshold_reaches_it() -> None:
    # Both themes at 60 exactly, as thirds: 18 000/3 bp.
    framework = example_framework()

    found = robustness(framework, [18_000, 18_000], scale=3)

    assert (found.conditional, found.certified, found.distinction) == (1000, 1000, 0)


def test_a_draw_that_is_a_hair_under_the_threshold_does_not_reach_it() -> None:
    found = robustness(example_framework(), [17_999, 18_000], scale=3)

    assert (found.conditional, found.certified) == (0, 0)


def test_the_range_fills_the_weakest_or_strongest_theme_first() -> None:
    # The box is 20..80. Lowest: 80 x 30 + 20 x 90 = 4 200 of 100 points; highest: 20 x 30 + 80 x 90 = 7 800.
    found = total_range(example_framework(), [Fraction(90), Fraction(30)])

    assert (found.lowest, found.highest) == (42, 78)
    assert (found.lowest_weights, found.highest_weights) == ((20, 80), (80, 20))
