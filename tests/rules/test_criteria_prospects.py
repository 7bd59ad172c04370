"""What the linter warns of, against every answer tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certify.criteria.coverage import occurring_sets
from certify.criteria.library import load_framework, shipped
from certify.criteria.prospects import common_denominator, leaves_int64, warnings_of
from certify.criteria.reachability import unreachable_bands
from certify.criteria.rules import Band
from tests.makers.framework_strategies import bands
from tests.makers.frameworks import Change, example_framework, example_structure, framework_of
from tests.makers.plain_scorer import Node, applies, plain_score


@st.composite
def small_structures(draw: st.DrawFn) -> Node:
    """Two criteria of rubric levels in one or two themes: few enough answers to try them all."""
    structure = example_structure()
    model = structure["themes"][0]["criteria"][0]
    criteria = []
    for index in range(2):
        levels = draw(st.sampled_from([[0, 4], [0, 2, 4], [0, 3, 4], [0, 1, 2, 3, 4]]))
        criterion = model | {"weight": draw(st.integers(1, 3)), "rubric": {"levels": levels}}
        criterion |= {
            "min_evidence_grade": draw(st.integers(0, 4)),
            "required_level": draw(st.sampled_from(levels[1:])),
        }
        criterion["applicability"] = {"sizes": ["all"], "sectors": ["all"]}
        if index and draw(st.booleans()):
            del criterion["required_level"]
        criteria.append(criterion)
    structure["themes"] = _themes(
        criteria, draw(st.booleans()), draw(st.lists(st.integers(0, 10_000), min_size=2, max_size=2))
    )
    low, certified, best = sorted(draw(st.lists(st.integers(1, 10_000), min_size=3, max_size=3, unique=True)))
    structure["bands"] = bands(draw(st.sampled_from([low, certified])), certified, best, draw(st.integers(0, 10_000)))
    structure["bands"][4]["min_robustness"] = 0
    structure["scoring"]["evidence_caps"] = [
        0,
        *sorted(draw(st.lists(st.integers(0, 10_000), min_size=3, max_size=3))),
        10_000,
    ]
    structure["scoring"]["robustness"]["draws"] = 1
    structure["scoring"]["member_weighting"] |= {"points": 1, "min": 0, "max": 1}
    return structure


def _themes(criteria: list[Node], apart: bool, minimums: list[int]) -> list[Node]:
    first, second = criteria
    if apart:
        return [
            {
                "id": name,
                "default_weight": index + 1,
                "minimum": minimums[index],
                "criteria": [one | {"id": f"{name}-01"}],
            }
            for index, (name, one) in enumerate(zip(("ONE", "TWO"), criteria, strict=True))
        ]
    if second["weight"] <= first["weight"]:
        second |= {"applicability": {"sizes": ["large"], "sectors": ["all"]}, "not_applicable_on_request": "yes"}
    both = [first | {"id": "ONE-01"}, second | {"id": "ONE-02"}]
    return [{"id": "ONE", "default_weight": 1, "minimum": minimums[0], "criteria": both}]


def every_band(structure: Node) -> set[str]:
    """The bands that some case reaches, by trying every case."""
    weights = {theme["id"]: theme["default_weight"] for theme in structure["themes"]}
    return {plain_score(structure, case, [], weights)["band"] for case in every_case(structure)}


def every_case(structure: Node) -> Iterator[Node]:
    criteria = [criterion for theme in structure["themes"] for criterion in theme["criteria"]]
    for size in ("small", "large"):
        profile = {"size": size, "sectors": ["energy"]}
        options = [list(every_answer(criterion)) if applies(criterion, profile) else [None] for criterion in criteria]
        for chosen in product(*options):
            names = [criterion["id"] for criterion in criteria]
            answers = {name: answer for name, answer in zip(names, chosen, strict=True) if answer is not None}
            yield {"profile": profile, "answers": answers}


def every_answer(criterion: Node) -> Iterator[Any]:
    yield None
    if "not_applicable_on_request" in criterion:
        yield {"not_applicable": "granted"}
    for level, grade in product(criterion["rubric"]["levels"], range(5)):
        yield {"level": level, "grade": grade}


@settings(max_examples=60, deadline=None)
@given(small_structures())
def test_a_band_is_called_unreachable_exactly_where_no_answers_reach_it(structure: Node) -> None:
    reached = every_band(structure)

    unreachable = unreachable_bands(framework_of(structure))

    assert unreachable == [band for band in (Band.CONDITIONAL, Band.CERTIFIED) if band not in reached]


def minimums_of_all(structure: Node) -> None:
    for theme in structure["themes"]:
        theme["minimum"] = 10_000


def narrow_certified(structure: Node) -> None:
    """One yes-or-no criterion: totals of 0 and 100 and what evidence leaves, and nothing from 60 to 70."""
    theme = structure["themes"][0]
    theme |= {
        "minimum": 0,
        "criteria": [theme["criteria"][1] | {"applicability": {"sizes": ["all"], "sectors": ["all"]}}],
    }
    structure["themes"] = [theme]
    structure["scoring"]["member_weighting"] |= {"points": 50}
    structure["scoring"]["evidence_caps"] = [0, 5000, 5000, 10_000, 10_000]
    structure["bands"][2]["min_overall"] = 5500
    structure["bands"][4] |= {"min_overall": 7000, "min_every_theme": 0, "min_robustness": 0}
    structure["bands"][4]["min_evidence_grade_share"]["share"] = 0


WARNED: dict[str, tuple[list[Change], list[Band]]] = {
    "the example as it is": ([], []),
    "no exclusions": ([lambda node: node.update(exclusions=[])], [Band.NOT_ELIGIBLE]),
    "every theme must be perfect": ([minimums_of_all], [Band.CONDITIONAL, Band.CERTIFIED]),
    "no total between certified and distinction": ([narrow_certified], [Band.CONDITIONAL, Band.CERTIFIED]),
}


@pytest.mark.parametrize(("changes", "bands_warned_of"), WARNED.values(), ids=WARNED.keys())
def test_unreachable_bands_are_warned_of(changes: list[Change], bands_warned_of: list[Band]) -> None:
    framework = example_framework(*changes)

    assert unreachable_bands(framework) == bands_warned_of
    assert [warning.id for warning in warnings_of(framework)] == bands_warned_of


@pytest.mark.parametrize("name", shipped())
def test_shipped_frameworks_have_no_warnings(name: str) -> None:
    assert warnings_of(load_framework(name)) == []


def test_the_common_denominator_is_that_of_every_company_and_grant() -> None:
    # HRT weighs 3, for small companies and after the grant 2; ENV always weighs 3.
    assert common_denominator(example_framework()) == 6


def prime_weights(structure: Node) -> None:
    """Themes of so many different weights that their common multiple is beyond 64 bits."""
    model = structure["themes"][0]["criteria"][0] | {"weight": 1, "not_applicable_on_request": "yes"}
    structure["themes"] = [
        {
            "id": f"T{size}",
            "default_weight": 10_000,
            "minimum": 0,
            "criteria": [model | {"id": f"T{size}-{index:02d}"} for index in range(size)],
        }
        for size in (50, 60)
    ]


def test_weights_that_leave_64_bits_are_warned_of() -> None:
    framework = example_framework(prime_weights)

    assert leaves_int64(framework)
    assert [warning.id for warning in warnings_of(framework)] == ["themes"]


def test_companies_of_several_sectors_are_among_the_sets_that_occur() -> None:
    structure = example_structure()
    for index, sectors in enumerate((["energy"], ["services"])):
        structure["themes"][1]["criteria"][index] |= {
            "applicability": {"sizes": ["all"], "sectors": sectors},
            "weight": 1,
        }
    framework = framework_of(structure)

    sets = occurring_sets(framework.themes[1].criteria, sizes=framework.sizes, sectors=framework.sectors)

    assert sets == {0b01, 0b10, 0b11}
