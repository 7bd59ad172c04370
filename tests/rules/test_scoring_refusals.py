"""Every answer, record, weighting and JSON text that is refused, and what stands close to it and is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from certify.assessment.inputs import NO_ADJUSTMENTS, default_weights, read_inputs
from certify.assessment.scoring import Grant
from certify.assessment.strict_json import read_json
from certify.criteria.rules import Framework, Refused
from tests.makers.frameworks import example_framework

Node = dict[str, Any]
ANSWERS: Node = {
    "profile": {"size": "large", "sectors": ["energy", "services"]},
    "exclusions": {"EXC-01": "no"},
    "answers": {
        "HRT-01": {"level": 4, "grade": 3},
        "HRT-02": {"not_applicable": "granted", "reason": "no staff"},
        "ENV-01": {"number": "7.5", "grade": 2},
    },
}
RECORD: Node = {
    "criterion": "HRT-01",
    "value": 7500,
    "reason": "seen",
    "who": "reviewer-2",
    "when": "2026-03-01T09:30:00Z",
}
UNICODE_DIGITS = "\u0667"


@pytest.fixture(scope="module")
def framework() -> Framework:
    return example_framework()


def put(path: str, value: Any) -> Callable[[Node], None]:
    """A change that puts a value at a path of keys; REMOVED takes the key away."""

    def change(node: Node) -> None:
        *above, last = path.split("/")
        for key in above:
            node = node[key]
        if value is REMOVED:
            del node[last]
        else:
            node[last] = value

    return change


REMOVED = object()
DECIMALS = [
    "1e3",
    "+5",
    ".5",
    "5.",
    "05",
    "7,5",
    " 5",
    "5 ",
    "",
    "NaN",
    "-",
    "--5",
    "1_0",
    "0x1",
    "5\n",
    "-05",
    UNICODE_DIGITS,
]

REFUSED_ANSWERS = {
    "a mapping is asked": lambda node: node.clear(),
    "profile missing": put("profile", REMOVED),
    "answers missing": put("answers", REMOVED),
    "unknown key": put("notes", "x"),
    "exclusions null": put("exclusions", None),
    "answers null": put("answers", None),
    "answers a list": put("answers", []),
    "size unknown": put("profile/size", "huge"),
    "size all": put("profile/size", "all"),
    "size a list": put("profile/size", ["large"]),
    "size missing": put("profile/size", REMOVED),
    "profile key unknown": put("profile/country", "xx"),
    "sectors a string": put("profile/sectors", "energy"),
    "sectors empty": put("profile/sectors", []),
    "sector unknown": put("profile/sectors", ["mining"]),
    "sector all": put("profile/sectors", ["all"]),
    "sector twice": put("profile/sectors", ["energy", "energy"]),
    "exclusion unknown": put("exclusions/EXC-09", "no"),
    "exclusion a boolean": put("exclusions/EXC-01", True),
    "exclusion in capitals": put("exclusions/EXC-01", "YES"),
    "exclusion null": put("exclusions/EXC-01", None),
    "criterion unknown": put("answers/HRT-09", {"level": 4, "grade": 3}),
    "theme as a criterion": put("answers/HRT", {"level": 4, "grade": 3}),
    "answer null": put("answers/HRT-01", None),
    "answer empty": put("answers/HRT-01", {}),
    "level true": put("answers/HRT-01/level", True),
    "level a string": put("answers/HRT-01/level", "4"),
    "level too high": put("answers/HRT-01/level", 5),
    "level negative": put("answers/HRT-01/level", -1),
    "level null": put("answers/HRT-01/level", None),
    "level not in the rubric": put("answers/ENV-02", {"level": 1, "grade": 2}),
    "level missing": put("answers/HRT-01/level", REMOVED),
    "grade missing": put("answers/HRT-01/grade", REMOVED),
    "grade too high": put("answers/HRT-01/grade", 5),
    "grade negative": put("answers/HRT-01/grade", -1),
    "grade true": put("answers/HRT-01/grade", True),
    "grade a string": put("answers/HRT-01/grade", "3"),
    "level and number": put("answers/HRT-01/number", "5"),
    "number where levels are asked": put("answers/HRT-01", {"number": "5", "grade": 3}),
    "level where a number is asked": put("answers/ENV-01", {"level": 4, "grade": 3}),
    "number an integer": put("answers/ENV-01/number", 7),
    "number of 41 characters": put("answers/ENV-01/number", "0." + "1" * 39),
    "answer with a reason": put("answers/HRT-01/reason", "so"),
    "grant not permitted": put("answers/HRT-01", {"not_applicable": "granted"}),
    "grant not granted": put("answers/HRT-02", {"not_applicable": "requested"}),
    "grant a boolean": put("answers/HRT-02", {"not_applicable": True}),
    "grant with a grade": put("answers/HRT-02", {"not_applicable": "granted", "grade": 2}),
    "grant with a level": put("answers/HRT-02", {"not_applicable": "granted", "level": 4}),
    "grant reason null": put("answers/HRT-02/reason", None),
    "grant reason blank": put("answers/HRT-02/reason", " "),
    **{f"number {text!r}": put("answers/ENV-01/number", text) for text in DECIMALS},
}


@pytest.mark.parametrize("change", REFUSED_ANSWERS.values(), ids=REFUSED_ANSWERS.keys())
def test_answers_that_break_a_rule_are_refused(framework: Framework, change: Callable[[Node], None]) -> None:
    answers = copy.deepcopy(ANSWERS)
    change(answers)

    with pytest.raises(Refused) as refused:
        read_inputs(framework, answers=answers, adjustments=NO_ADJUSTMENTS, weights=default_weights(framework))

    assert str(refused.value).startswith("answers: ")


@pytest.mark.parametrize("whole", [None, [], "x", 1, True], ids=str)
def test_answers_that_are_no_object_are_refused(framework: Framework, whole: Any) -> None:
    with pytest.raises(Refused):
        read_inputs(framework, answers=whole, adjustments=NO_ADJUSTMENTS, weights=default_weights(framework))


ACCEPTED_ANSWERS = {
    "as it is": lambda _: None,
    "no exclusions": put("exclusions", REMOVED),
    "no answers": put("answers", {}),
    "an exclusion not answered": put("exclusions", {}),
    "sectors in another order": put("profile/sectors", ["services", "energy"]),
    "a grant without a reason": put("answers/HRT-02/reason", REMOVED),
    "number of 40 characters": put("answers/ENV-01/number", "0." + "1" * 38),
    "number negative zero": put("answers/ENV-01/number", "-0"),
    "an answer that does not apply": put("profile/size", "small"),
}


@pytest.mark.parametrize("change", ACCEPTED_ANSWERS.values(), ids=ACCEPTED_ANSWERS.keys())
def test_answers_that_break_no_rule_pass(framework: Framework, change: Callable[[Node], None]) -> None:
    answers = copy.deepcopy(ANSWERS)
    change(answers)

    inputs = read_inputs(framework, answers=answers, adjustments=NO_ADJUSTMENTS, weights=default_weights(framework))

    assert set(inputs.case.answers) == set(answers["answers"])


def test_every_fault_of_the_answers_is_named(framework: Framework) -> None:
    answers = copy.deepcopy(ANSWERS)
    answers["profile"]["size"] = "huge"
    answers["answers"] |= {"HRT-01": {"level": 9, "grade": 3}, "ENV-01": {"number": "x", "grade": 7}}

    with pytest.raises(Refused) as refused:
        read_inputs(framework, answers=answers, adjustments=NO_ADJUSTMENTS, weights=default_weights(framework))

    assert [fault.id for fault in refused.value.faults] == ["profile", "HRT-01", "ENV-01", "ENV-01"]


def grantable(*weights: int) -> Callable[[Node], None]:
    """A change of the first theme to criteria of these weights, all grantable, the last one asked of large only."""

    def change(structure: Node) -> None:
        model = structure["themes"][0]["criteria"][0] | {"not_applicable_on_request": "yes"}
        structure["themes"][0]["criteria"] = [
            model | {"id": f"HRT-{index:02d}", "weight": weight} for index, weight in enumerate(weights)
        ]
        structure["themes"][0]["criteria"][-1]["applicability"] = {"sizes": ["large"], "sectors": ["all"]}

    return change


GRANTS = [
    ("exactly half by grants", "large", (1, 1, 2), [2], True),
    ("more than half by grants", "large", (2, 1, 2), [0, 2], False),
    ("profile and grants together make half", "small", (1, 2, 1), [0], True),
    ("profile and grants together make more", "small", (2, 1, 1), [0], False),
    ("a grant for what does not apply adds nothing", "small", (1, 2, 1), [0, 2], True),
    ("everything granted", "large", (1, 1, 1), [0, 1, 2], False),
]


@pytest.mark.parametrize(
    ("size", "weights", "granted", "passes"), [row[1:] for row in GRANTS], ids=[row[0] for row in GRANTS]
)
def test_grants_leave_a_theme_with_half_of_its_weight(
    size: str, weights: Any, granted: list[int], passes: bool
) -> None:
    framework = example_framework(grantable(*weights))
    answers = {f"HRT-{index:02d}": {"not_applicable": "granted"} for index in granted}
    case = {"profile": {"size": size, "sectors": ["energy"]}, "answers": answers}

    def read() -> Any:
        return read_inputs(framework, answers=case, adjustments=NO_ADJUSTMENTS, weights=default_weights(framework))

    if passes:
        assert all(isinstance(answer, Grant) for answer in read().case.answers.values())
    else:
        with pytest.raises(Refused, match="HRT"):
            read()


OTHER = RECORD | {"when": "2026-03-01T09:30:01Z"}
REFUSED_ADJUSTMENTS: dict[str, Any] = {
    "no object": [RECORD],
    "null": None,
    "records null": {"adjustments": None},
    "records an object": {"adjustments": {}},
    "records missing": {},
    "unknown key": {"adjustments": [], "by": "me"},
    "record null": {"adjustments": [None]},
    "record a list": {"adjustments": [["HRT-01"]]},
    "two at one time": {"adjustments": [RECORD, RECORD | {"value": 2500, "who": "x"}]},
    "no answer": {"adjustments": [RECORD | {"criterion": "ENV-02", "value": 5000}]},
    "a grant": {"adjustments": [RECORD | {"criterion": "HRT-02", "value": 0}]},
    "a later fault": {"adjustments": [RECORD, OTHER | {"value": 1}]},
}
REFUSED_RECORDS: dict[str, Node] = {
    "criterion unknown": {"criterion": "HRT-09"},
    "criterion a list": {"criterion": ["HRT-01"]},
    "value above": {"value": 10_001},
    "value below": {"value": -1},
    "value true": {"value": True},
    "value a string": {"value": "7500"},
    "value null": {"value": None},
    "value between levels": {"value": 7000},
    "reason blank": {"reason": " \n\t\u00a0"},
    "reason empty": {"reason": ""},
    "reason a number": {"reason": 1},
    "who blank": {"who": " "},
    "who null": {"who": None},
    "unknown key": {"grade": 3},
    "when without Z": {"when": "2026-03-01T09:30:00"},
    "when with an offset": {"when": "2026-03-01T09:30:00+00:00"},
    "when with fractions": {"when": "2026-03-01T09:30:00.0Z"},
    "when with a space": {"when": "2026-03-01 09:30:00Z"},
    "when a date": {"when": "2026-03-01"},
    "when not in the calendar": {"when": "2026-02-29T09:30:00Z"},
    "when at 24 hours": {"when": "2026-03-01T24:00:00Z"},
    "when a leap second": {"when": "2026-03-01T23:59:60Z"},
    "when in other digits": {"when": "2026-03-01T09:30:0\u0660Z"},
    "when with a line end": {"when": "2026-03-01T09:30:00Z\n"},
    "when a number": {"when": 20260301},
}
EVERY_REFUSED_ADJUSTMENT = (
    REFUSED_ADJUSTMENTS
    | {name: {"adjustments": [RECORD | change]} for name, change in REFUSED_RECORDS.items()}
    | {f"{key} missing": {"adjustments": [{k: v for k, v in RECORD.items() if k != key}]} for key in RECORD}
)


@pytest.mark.parametrize("adjustments", EVERY_REFUSED_ADJUSTMENT.values(), ids=EVERY_REFUSED_ADJUSTMENT.keys())
def test_assessment_records_that_break_a_rule_are_refused(framework: Framework, adjustments: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_inputs(framework, answers=ANSWERS, adjustments=adjustments, weights=default_weights(framework))

    assert str(refused.value).startswith("adjustments: ")


@pytest.mark.parametrize("value", [0, 1, 7777, 10_000])
def test_a_record_of_a_number_may_have_any_value(framework: Framework, value: int) -> None:
    adjustments = {"adjustments": [RECORD | {"criterion": "ENV-01", "value": value}]}

    inputs = read_inputs(framework, answers=ANSWERS, adjustments=adjustments, weights=default_weights(framework))

    assert [record.value for record in inputs.records] == [value]


def test_records_are_digested_by_criterion_then_time(framework: Framework) -> None:
    third = RECORD | {"criterion": "ENV-01", "when": "2027-01-01T00:00:00Z"}
    weights = default_weights(framework)

    digests = [
        read_inputs(framework, answers=ANSWERS, adjustments={"adjustments": records}, weights=weights).digests
        for records in ([RECORD, OTHER, third], [third, OTHER, RECORD])
    ]

    assert digests[0] == digests[1]


REFUSED_WEIGHTS: dict[str, Any] = {
    "null": None,
    "no object": [["HRT", 1]],
    "weights missing": {},
    "weights null": {"weights": None},
    "a theme missing": {"weights": {"HRT": 1}},
    "a theme unknown": {"weights": {"HRT": 1, "ENV": 1, "LAB": 1}},
    "an unknown key": {"weights": {"HRT": 1, "ENV": 1}, "sum": 2},
    "zero": {"weights": {"HRT": 0, "ENV": 1}},
    "negative": {"weights": {"HRT": -1, "ENV": 1}},
    "too large": {"weights": {"HRT": 1_000_001, "ENV": 1}},
    "true": {"weights": {"HRT": True, "ENV": 1}},
    "a string": {"weights": {"HRT": "1", "ENV": 1}},
}


@pytest.mark.parametrize("weights", REFUSED_WEIGHTS.values(), ids=REFUSED_WEIGHTS.keys())
def test_weights_that_break_a_rule_are_refused(framework: Framework, weights: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_inputs(framework, answers=ANSWERS, adjustments=NO_ADJUSTMENTS, weights=weights)

    assert str(refused.value).startswith("weights: ")


REFUSED_JSON: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"{",
    "two values": b"{} {}",
    "a comment": b"{} // so",
    "a key twice": b'{"a": 1, "b": 2, "a": 1}',
    "a key twice, once escaped": b'{"a": 1, "\\u0061": 1}',
    "a key twice deep inside": b'[{"a": {"b": 1, "b": 1}}]',
    "a float": b'{"a": 1.0}',
    "an exponent": b'{"a": 1e3}',
    "NaN": b'{"a": NaN}',
    "infinity": b"-Infinity",
    "an integer of 11 characters": b"12345678901",
    "a negative integer of 11 characters": b"-1234567890",
    "a huge integer": b"9" * 100_000,
    "a lone surrogate": b'"\\ud800"',
    "a lone surrogate as a key": b'{"\\udc00": 1}',
    "a raw surrogate": b'"\xed\xa0\x80"',
    "not UTF-8": b'"\xff"',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a control character": b'"\x01"',
    "50 000 lists": b"[" * 50_000,
    "nested too deeply": b"[" * 50_000 + b"]" * 50_000,
    "nested objects": b'{"a":' * 50_000,
    "too large": b" " * (8 * 1024 * 1024 + 1),
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("content", REFUSED_JSON.values(), ids=REFUSED_JSON.keys())
def test_json_that_is_not_strict_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_json(content, file="answers")

    assert len(refused.value.faults) == 1
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_json_that_is_strict_is_read_as_it_stands() -> None:
    value = {"a": [1, -123456789, 1234567890, 0], "\u00e9\U0001f600": {"b": "\u2028", "c": None, "d": True}}

    found = read_json(json.dumps(value).encode(), file="answers")

    assert found == value
