"""Scorecards worked by hand. The arithmetic stands in the comments; nothing here was printed by the program first."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

import pytest

from certify.assessment.inputs import NO_ADJUSTMENTS, default_weights, read_inputs
from certify.assessment.output import scored
from certify.criteria.rules import Framework
from tests.makers.frameworks import Change, example_framework, example_structure, framework_of

Node = dict[str, Any]


def run(framework: Framework, answers: Node, adjustments: Any = NO_ADJUSTMENTS, weights: Any = None) -> Node:
    used = default_weights(framework) if weights is None else weights
    return scored(framework, read_inputs(framework, answers=answers, adjustments=adjustments, weights=used))[1]


def case(size: str = "small", /, exclusion: str = "no", **answers: Node) -> Node:
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return {
        "profile": {"size": size, "sectors": ["energy", "services"]},
        "exclusions": {"EXC-01": exclusion},
        "answers": named,
    }


def level(level: int, grade: int) -> Node:
    return {"level": level, "grade": grade}


def number(number: str, grade: int) -> Node:
    return {"number": number, "grade": grade}


def record(name: str, value: int, when: str = "2026-03-01T09:30:00Z") -> Node:
    reason = "not communicated to suppliers"
    return {"criterion": name, "value": value, "reason": reason, "who": "reviewer-2", "when": when}


def fraction(numerator: int, denominator: int = 1) -> Node:
    return {"numerator": str(numerator), "denominator": str(denominator)}


def of(found: Node, name: str) -> Node:
    return next(each for each in (*found["themes"], *found["criteria"]) if each["id"] == name)


def reasons(found: Node) -> list[tuple[str, str]]:
    return [(reason["code"], reason["id"]) for reason in found["reasons"]]


def test_the_worked_example_of_the_reference_to_the_last_digest() -> None:
    # HRT-01: 10 000, the record says 7 500, grade 3 (cap 10 000): 7 500, required 3 = 7 500 met. HRT-02: only large.
    # ENV-01: (7.5 - 20)/(0.5 - 20) = 12.5/19.5 = 0.641025..: 6 410. ENV-02: 10 000, cap 7 500, and grade 2 < 3: 2 500.
    # HRT = 75; ENV = (6 410 + 2 x 2 500)/3 = 11 410/3 bp; total = (3 x 7 500 + 2 x 11 410/3)/5 = 6 021.33 bp = 4516/75.
    answers = case(HRT_01=level(4, 3), ENV_01=number("7.5", 2), ENV_02=level(4, 2))

    found = run(example_framework(), answers, {"adjustments": [record("HRT-01", 7500)]})

    assert found["total"] == fraction(4516, 75)
    assert (found["display"], found["band"], reasons(found)) == (
        "60.21",
        "conditional",
        [("required_level", "ENV-02")],
    )
    assert found["themes"] == [
        {"id": "HRT", "weight": 3, "minimum": 5000, "score": fraction(75), "display": "75.00", "met": "yes"},
        {"id": "ENV", "weight": 2, "minimum": 3500, "score": fraction(1141, 30), "display": "38.03", "met": "yes"},
    ]
    assert found["criteria"][3] == {
        "id": "ENV-02",
        "theme": "ENV",
        "weight": 2,
        "references": ["SDG 12.4"],
        "adjustments": [],
        "status": "answered",
        "grade": 2,
        "answered": 10000,
        "value": 10000,
        "counted": 2500,
        "share": fraction(80, 3),
        "contribution": fraction(20, 3),
        "lost_theme": fraction(50),
        "lost_total": fraction(20),
        "required_level": 2,
        "met": "no",
    }
    assert found["robustness"] == {"draws": 1000, "conditional": 337, "certified": 337, "distinction": 0}
    assert found["digests"] == {
        "structure": "f4e0b20b2c0a532670db4cb8af00bf442e6ab2a86958e3b739d6ed0dd3b30ad8",
        "texts": "a3253b6c9b70fefb56dbcf3d7223779b5372496a6d985b8d212ebc81a49d29cd",
        "answers": "cbe7b36a689c16ccff87ef46e451fff3a80544bfb8d59a83d2143b4367022945",
        "adjustments": "305c443145e54b6614ad7fe80ec8d24ce01d5c8918eca050db2ecabbc3006993",
        "weights": "6844c4e70d8f7e97fbb0a8c5090abc51d161a54465934175896604a946bf061a",
        "result": "0b6899c85e20ba4d4c03e63471620950f7a37b7c18671f6b8d177cd731dc7484",
    }


def test_exactly_on_a_theme_minimum_passes_and_a_missing_answer_counts_nothing() -> None:
    # A large company. HRT-01: level 3 = 7 500, grade 2 (cap 7 500): 7 500, required 3 met. HRT-02 missing: 0.
    # HRT = 2 x 7 500/3 = 5 000, its minimum. ENV-01: (20 - 10.25)/19.5 = 0.5: 5 000, grade 1 (cap 5 000): 5 000.
    # ENV-02: level 2 = 5 000, grade 4: 5 000, required 2 met. ENV = 50. Total 50: under 60.
    found = run(example_framework(), case("large", HRT_01=level(3, 2), ENV_01=number("10.25", 1), ENV_02=level(2, 4)))

    assert (found["total"], found["band"]) == (fraction(50), "not_certified")
    assert reasons(found) == [("total", "certified")]
    assert [theme["met"] for theme in found["themes"]] == ["yes", "yes"]
    # HRT-02: share 3/5 x 1/3 = 20 points of the total, all lost; a third of its theme.
    assert of(found, "HRT-02") == {
        "id": "HRT-02",
        "theme": "HRT",
        "status": "missing",
        "weight": 1,
        "references": ["UNGP 29"],
        "adjustments": [],
        "counted": 0,
        "share": fraction(20),
        "contribution": fraction(0),
        "lost_theme": fraction(100, 3),
        "lost_total": fraction(20),
    }


def test_a_grant_shares_out_its_weight_and_only_robustness_keeps_from_distinction() -> None:
    # HRT-02 granted: a third of the theme's weight. HRT = HRT-01 = 100. ENV-01: 20 is zero_at: 0. ENV-02: 10 000.
    # ENV = 20 000/3 bp = 66.66; total = (3 x 10 000 + 2 x 20 000/3)/5 = 8 666.66 bp = 260/3 points: above 80.
    # ENV is above 65. Grades 4, 1, 3: two of three answered at 3 or more = 66.7 % >= 60 %.
    # A weighting (w, 100 - w) gives 66.66 + w/3 points: >= 80 from w = 40. The box has w = 20..80, numbered 0..60.
    granted = {"not_applicable": "granted", "reason": "no employees"}
    answers = case("large", HRT_01=level(4, 4), HRT_02=granted, ENV_01=number("20", 1), ENV_02=level(4, 3))
    numbers = [int(hashlib.sha256(f"20190901:{d}".encode()).hexdigest(), 16) % 61 for d in range(1000)]

    found = run(example_framework(), answers)

    assert (found["total"], found["display"]) == (fraction(260, 3), "86.66")
    assert found["robustness"]["distinction"] == sum(drawn >= 20 for drawn in numbers)
    assert (found["band"], reasons(found)) == ("certified", [("robustness", "distinction")])
    assert of(found, "HRT-02") == {
        "id": "HRT-02",
        "theme": "HRT",
        "status": "granted",
        "weight": 1,
        "references": ["UNGP 29"],
        "adjustments": [],
    }


def test_distinction_has_no_reasons() -> None:
    # As before with ENV-01 in the middle: 5 000, grade 3. ENV = (5 000 + 20 000)/3 bp = 83.33; total = (300 + 166.66)/5
    # = 280/3 points. Both themes are above 80, so every weighting is.
    found = run(example_framework(), case(HRT_01=level(4, 4), ENV_01=number("10.25", 3), ENV_02=level(4, 3)))

    assert (found["total"], found["band"], found["reasons"]) == (fraction(280, 3), "distinction", [])
    assert found["robustness"] == {"draws": 1000, "conditional": 1000, "certified": 1000, "distinction": 1000}


def test_certified_names_everything_that_distinction_asks_beyond() -> None:
    # HRT-01: 7 500 at grade 2. ENV-01: 0.5 is full_at: 10 000, grade 1: cap 5 000. ENV-02: 5 000 at grade 3.
    # HRT = 75, ENV = 50, total = (225 + 100)/5 = 65: certified. Under 80; ENV under 65; one of three at grade 3;
    # no weighting reaches 80, because no theme does.
    found = run(example_framework(), case(HRT_01=level(3, 2), ENV_01=number("0.5", 1), ENV_02=level(2, 3)))

    assert (found["total"], found["band"]) == (fraction(65), "certified")
    assert reasons(found) == [
        ("total", "distinction"),
        ("every_theme", "ENV"),
        ("evidence_share", "distinction"),
        ("robustness", "distinction"),
    ]


def test_a_level_missed_by_two_and_a_weak_theme_are_not_certified_whatever_the_total() -> None:
    # HRT-01: level 1 = 2 500: required 3 missed by two (2 500 < 5 000). HRT = 25, under its minimum 50.
    # ENV full = 100. With weights HRT 1, ENV 9 the total is (25 + 900)/10 = 92.5.
    answers = case(HRT_01=level(1, 4), ENV_01=number("0", 4), ENV_02=level(4, 4))

    found = run(example_framework(), answers, weights={"weights": {"ENV": 9, "HRT": 1}})

    assert (found["total"], found["band"]) == (fraction(185, 2), "not_certified")
    assert reasons(found) == [("required_level", "HRT-01"), ("theme_minimum", "HRT")]


def test_a_confirmed_exclusion_ends_the_case_unscored() -> None:
    answers = case(exclusion="yes", HRT_01=level(4, 4), ENV_01=number("0", 4), ENV_02=level(4, 4))

    found = run(example_framework(), answers)

    assert (found["band"], reasons(found)) == ("not_eligible", [("exclusion", "EXC-01")])
    assert (found["total"], found["display"], found["robustness"]) == (None, None, None)
    assert (found["themes"], found["criteria"]) == ([], [])
    assert set(found["digests"]) == {"structure", "texts", "answers", "adjustments", "weights", "result"}


def test_the_latest_record_counts_whatever_the_order_and_the_cap_binds_it() -> None:
    # The record of 10:00 says 10 000; the evidence has grade 2: cap 7 500. All records are listed, by time.
    later = record("HRT-01", 10_000, "2026-03-01T10:00:00Z")
    earlier = record("HRT-01", 0, "2026-03-01T09:59:59Z")

    found = run(example_framework(), case(HRT_01=level(2, 2)), {"adjustments": [later, earlier]})

    scored_criterion = of(found, "HRT-01")
    assert (scored_criterion["answered"], scored_criterion["value"], scored_criterion["counted"]) == (
        5000,
        10_000,
        7500,
    )
    assert scored_criterion["adjustments"] == [earlier, later]


def test_claims_without_evidence_never_certify() -> None:
    # Grade 1 caps at 5 000, and criteria that ask for grade 2 or 3 count 2 500.
    for grade in (0, 1):
        answers = case(HRT_01=level(4, grade), ENV_01=number("0", grade), ENV_02=level(4, grade))

        assert run(example_framework(), answers)["band"] == "not_certified"


@pytest.mark.parametrize(
    ("answered", "zero_at", "full_at", "value"),
    [
        ("7.5", "20", "0.5", 6410),
        ("0.00005", "0", "1", 1),
        ("0.00004999999999999999999999999999999999", "0", "1", 0),
        ("-0", "0", "1", 0),
        ("-1", "0", "1", 0),
        ("2", "0", "1", 10_000),
        ("15", "20", "10", 5000),
        ("25", "20", "10", 0),
        ("-5", "-10", "0.0", 5000),
        ("0.99995", "0", "1", 10_000),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_number_is_worth_its_way_between_the_goalposts(answered: str, zero_at: str, full_at: str, value: int) -> None:
    def measured(structure: Node) -> None:
        structure["themes"][1]["criteria"][0]["rubric"] = {"goalposts": {"zero_at": zero_at, "full_at": full_at}}

    found = run(example_framework(measured), case(ENV_01=number(answered, 4)))

    assert of(found, "ENV-01")["answered"] == value


def tied_structure() -> Node:
    """Two themes whose total is exactly 4 727 bp, where floats say 4 726.999999999999.

    Theme ONE: (2 x 3 333 + 3 x 1 + 1 x 6 410)/6 = 13 079/6. Theme TWO: (2 x 6 410 + 3 333)/3 = 16 153/3.
    Total: (8 x 13 079/6 + 31 x 16 153/3)/39 = (52 316 + 500 743)/(3 x 39) = 553 059/117 = 4 727.
    """
    structure = example_structure()
    model = structure["themes"][1]["criteria"][0]
    structure["exclusions"], structure["themes"] = [], []
    for name, default_weight, weights in (("ONE", 8, (2, 3, 1)), ("TWO", 31, (2, 1))):
        criteria = [
            model
            | {
                "id": f"{name}-{index:02d}",
                "weight": weight,
                "rubric": {"goalposts": {"zero_at": "0", "full_at": "10000"}},
            }
            for index, weight in enumerate(weights)
        ]
        structure["themes"].append({"id": name, "default_weight": default_weight, "minimum": 0, "criteria": criteria})
    structure["bands"][2]["min_overall"], structure["bands"][3]["min_overall"] = 4000, 4727
    return structure


TIED = {"ONE-00": 3333, "ONE-01": 1, "ONE-02": 6410, "TWO-00": 6410, "TWO-01": 3333}


def test_a_tie_is_decided_exactly_where_floats_fail() -> None:
    values = {name: {"number": str(value), "grade": 4} for name, value in TIED.items()}
    one = (2 * 3333 + 3 * 1 + 1 * 6410) / 6
    two = (2 * 6410 + 1 * 3333) / 3
    in_floats = (8 * one + 31 * two) / 39

    found = run(
        framework_of(tied_structure()), {"profile": {"size": "small", "sectors": ["energy"]}, "answers": values}
    )

    assert in_floats < 4727
    assert found["total"] == fraction(4727, 100)
    assert found["band"] == "certified"
    assert found["display"] == "47.27"


def test_the_smallest_lack_is_a_lack() -> None:
    values = {name: {"number": str(value), "grade": 4} for name, value in (TIED | {"ONE-01": 0}).items()}

    found = run(
        framework_of(tied_structure()), {"profile": {"size": "small", "sectors": ["energy"]}, "answers": values}
    )

    # One basis point of 3/6 of 8/39 less: 4 727 - 4/39.
    assert Fraction(int(found["total"]["numerator"]), int(found["total"]["denominator"])) == Fraction(
        4727 * 39 - 4, 3900
    )
    assert (found["display"], found["band"]) == ("47.26", "conditional")


def conditional_at_5000(structure: Node) -> None:
    structure["bands"][2]["min_overall"] = 5000


MISSED: list[tuple[str, Node, list[Change], str]] = [
    ("missed by one level", level(2, 4), [], "conditional"),
    ("missed by two levels", level(1, 4), [], "not_certified"),
    ("missed by too low a grade, whatever was answered", level(4, 1), [], "not_certified"),
]


@pytest.mark.parametrize(("answer", "changes", "band"), [row[1:] for row in MISSED], ids=[row[0] for row in MISSED])
def test_a_required_level_is_curable_when_missed_by_one(answer: Node, changes: list[Change], band: str) -> None:
    # HRT-01 requires 3. Level 2 = 5 000: HRT = 50, its minimum; ENV = 100; total = (150 + 200)/5 = 70.
    found = run(example_framework(*changes), case(HRT_01=answer, ENV_01=number("0", 4), ENV_02=level(4, 4)))

    assert found["band"] == band
    assert ("required_level", "HRT-01") in reasons(found)


def test_conditional_says_that_the_total_of_certified_is_lacking() -> None:
    # HRT-01: 7 500, met. ENV-01 missing, ENV-02: 7 500 (level 4, grade 2 < 3: 2 500, no) so level 2, grade 3: 5 000.
    # HRT = 75, ENV = 2 x 5 000/3 = 33.33 < 35. With ENV-01 at 1 000 (18.05): ENV = 11 000/3 = 36.66;
    # total = (225 + 73.33)/5 = 59.66: between 50 and 60.
    answers = case(HRT_01=level(3, 2), ENV_01=number("18.05", 4), ENV_02=level(2, 3))

    found = run(example_framework(conditional_at_5000), answers)

    assert (found["display"], found["band"], reasons(found)) == ("59.66", "conditional", [("total", "certified")])


def test_a_missing_answer_to_a_required_first_level_is_missed_by_one() -> None:
    def first_level(structure: Node) -> None:
        structure["themes"][1]["criteria"][1] |= {"required_level": 2, "rubric": {"levels": [0, 2, 4]}}
        structure["themes"][1]["criteria"][0]["required_level"] = 1

    # ENV-01 missing counts 0 >= 2 500 x (1 - 1). HRT = 100, ENV = 2 x 10 000/3 = 66.66; total = 86.66.
    found = run(example_framework(first_level), case(HRT_01=level(4, 4), ENV_02=level(4, 4)))

    assert (found["band"], reasons(found)) == ("conditional", [("required_level", "ENV-01")])
    assert of(found, "ENV-01")["met"] == "no"


def test_an_answer_that_does_not_apply_is_listed_and_not_counted() -> None:
    answers = case("small", HRT_01=level(4, 4), HRT_02=level(0, 0))
    records = {"adjustments": [record("HRT-02", 0)]}

    found = run(example_framework(), answers, records)

    assert of(found, "HRT")["score"] == fraction(100)
    assert of(found, "HRT-02")["status"] == "not_applicable"
    assert of(found, "HRT-02")["adjustments"] == records["adjustments"]
    assert "grade" not in of(found, "HRT-02")
