"""Every structure and every text that is refused, one departure at a time from a framework that is sound."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from certify.criteria.definition import read_values
from certify.criteria.references import SDG_TARGETS
from certify.criteria.rules import LANGUAGES, Fault
from tests.makers.frameworks import example_framework, example_structure, texts_for

Node = dict[str, Any]
REMOVED = object()


def put(path: str, value: Any) -> Callable[[Node], None]:
    """A change that puts a value at a path of keys and indexes; REMOVED takes the key away."""

    def change(node: Any) -> None:
        steps: list[Any] = [int(step) if step.isdigit() else step for step in path.split("/")]
        for step in steps[:-1]:
            node = node[step]
        if value is REMOVED:
            del node[steps[-1]]
        else:
            node[steps[-1]] = value

    return change


def together(*changes: Callable[[Node], None]) -> Callable[[Node], None]:
    def change(node: Node) -> None:
        for each in changes:
            each(node)

    return change


def faults_after(change: Callable[[Node], None]) -> tuple[Fault, ...]:
    structure = example_structure(change)
    return read_values(structure, texts_for(structure)).faults


EXC, HRT, ENV = "exclusions/0", "themes/0", "themes/1"
SCALE, YES_NO, NUMBER, THREE = f"{HRT}/criteria/0", f"{HRT}/criteria/1", f"{ENV}/criteria/0", f"{ENV}/criteria/1"
BOX, CONDITIONAL, CERTIFIED, DISTINCTION = "scoring/member_weighting", "bands/2", "bands/3", "bands/4"

# name: (change, the id that the sentence must name)
REFUSED: dict[str, tuple[Callable[[Node], None], str]] = {
    "schema of another version": (put("schema", "certify.framework/2"), "schema"),
    **{f"{key} missing": (put(key, REMOVED), key) for key in example_structure()},
    "title is text": (put("title", "x"), ""),
    "id with capitals": (put("id", "Example"), "id"),
    "id with a digit first": (put("id", "1example"), "id"),
    "id too long": (put("id", "a" * 65), "id"),
    "id with a line end": (put("id", "example\n"), "id"),
    "version of two parts": (put("version", "1.0"), "version"),
    "version with a leading zero": (put("version", "1.0.01"), "version"),
    "version with a v": (put("version", "v1.0.0"), "version"),
    "version empty pre-release": (put("version", "1.0.0-"), "version"),
    "sizes empty": (put("profile/sizes", []), "profile"),
    "sizes missing": (put("profile/sizes", REMOVED), "profile"),
    "a size called all": (put("profile/sizes", ["all", "small", "large"]), "profile"),
    "a size twice": (put("profile/sizes", ["small", "large", "small"]), "profile"),
    "a size with a hyphen": (put("profile/sizes", ["small", "large", "very-large"]), "profile"),
    "a size too long": (put("profile/sizes", ["small", "large", "a" * 33]), "profile"),
    "profile with another key": (put("profile/countries", ["x"]), "profile"),
    "exclusions a mapping": (put("exclusions", {}), "exclusions"),
    "exclusion id": (put(f"{EXC}/id", "EXC-1"), "EXC-1"),
    "exclusion trigger": (put(f"{EXC}/trigger", "revenue>5"), "EXC-01"),
    "exclusion trigger of years": (put(f"{EXC}/trigger", "years<05"), "EXC-01"),
    "exclusion decided nowhere": (put(f"{EXC}/decided_on", []), "EXC-01"),
    "exclusion decided elsewhere": (put(f"{EXC}/decided_on", ["vote"]), "EXC-01"),
    "exclusion answer type": (put(f"{EXC}/answer_type", "scale"), "EXC-01"),
    "exclusion disqualifies when": (put(f"{EXC}/disqualifies_when", True), "EXC-01"),
    "exclusion months zero": (put(f"{EXC}/monitoring_months", 0), "EXC-01"),
    "exclusion months 121": (put(f"{EXC}/monitoring_months", 121), "EXC-01"),
    "exclusion reference": (put(f"{EXC}/references", ["SDG 8.11"]), "EXC-01"),
    "exclusion key missing": (put(f"{EXC}/trigger", REMOVED), "EXC-01"),
    "exclusion with a weight": (put(f"{EXC}/weight", 1), "EXC-01"),
    "exclusion twice": (lambda node: node["exclusions"].append(dict(node["exclusions"][0])), "EXC-01"),
    "no themes": (put("themes", []), "themes"),
    "theme called EXC": (put(f"{HRT}/id", "EXC"), "EXC"),
    "theme of one letter": (put(f"{HRT}/id", "H"), "H"),
    "theme of nine letters": (put(f"{HRT}/id", "HRTHRTHRT"), "HRTHRTHRT"),
    "theme in small letters": (put(f"{HRT}/id", "hrt"), "hrt"),
    "theme twice": (put(f"{ENV}/id", "HRT"), "HRT"),
    "theme weight zero": (put(f"{HRT}/default_weight", 0), "HRT"),
    "theme weight 10 001": (put(f"{HRT}/default_weight", 10_001), "HRT"),
    "theme weight a string": (put(f"{HRT}/default_weight", "3"), "HRT"),
    "theme weight true": (put(f"{HRT}/default_weight", True), "HRT"),
    "theme minimum 10 001": (put(f"{HRT}/minimum", 10_001), "HRT"),
    "theme minimum negative": (put(f"{HRT}/minimum", -1), "HRT"),
    "theme without criteria": (put(f"{HRT}/criteria", []), "HRT"),
    "theme of 101 criteria": (
        lambda node: node["themes"][0].update(criteria=[node["themes"][0]["criteria"][0]] * 101),
        "HRT",
    ),
    "criterion of another theme": (put(f"{SCALE}/id", "ENV-09"), "ENV-09"),
    "criterion of one digit": (put(f"{SCALE}/id", "HRT-1"), "HRT-1"),
    "criterion of other digits": (put(f"{SCALE}/id", "HRT-\u0661\u0662"), "HRT"),
    "criterion twice": (put(f"{YES_NO}/id", "HRT-01"), "HRT-01"),
    "answer type": (put(f"{SCALE}/answer_type", "text"), "HRT-01"),
    "weight zero": (put(f"{SCALE}/weight", 0), "HRT-01"),
    "weight four": (put(f"{SCALE}/weight", 4), "HRT-01"),
    "applicability missing": (put(f"{SCALE}/applicability", REMOVED), "HRT-01"),
    "applicability of a size not declared": (put(f"{SCALE}/applicability/sizes", ["huge"]), "HRT-01"),
    "applicability of all and another": (put(f"{SCALE}/applicability/sizes", ["all", "small"]), "HRT-01"),
    "applicability of nobody": (put(f"{YES_NO}/applicability/sectors", []), "HRT-02"),
    "applicability twice": (put(f"{YES_NO}/applicability/sectors", ["energy", "energy"]), "HRT-02"),
    "applicability a string": (put(f"{SCALE}/applicability/sizes", "all"), "HRT-01"),
    "applicability with another key": (put(f"{SCALE}/applicability/countries", ["all"]), "HRT-01"),
    "evidence in capitals": (put(f"{SCALE}/evidence_required", ["Policy"]), "HRT-01"),
    "evidence with a digit first": (put(f"{SCALE}/evidence_required", ["1st"]), "HRT-01"),
    "least grade five": (put(f"{SCALE}/min_evidence_grade", 5), "HRT-01"),
    "reference not a target": (put(f"{SCALE}/references", ["SDG 16.c"]), "HRT-01"),
    "reference a goal alone": (put(f"{SCALE}/references", ["SDG 16"]), "HRT-01"),
    "reference two targets": (put(f"{SCALE}/references", ["SDG 8.7, 8.8"]), "HRT-01"),
    "reference with a leading zero": (put(f"{SCALE}/references", ["SDG 08.7"]), "HRT-01"),
    "reference principle 32": (put(f"{SCALE}/references", ["UNGP 32"]), "HRT-01"),
    "reference principle 0": (put(f"{SCALE}/references", ["UNGP 0"]), "HRT-01"),
    "reference principles with a space": (put(f"{SCALE}/references", ["UNGP 18, 24"]), "HRT-01"),
    "reference blank": (put(f"{SCALE}/references", [" "]), "HRT-01"),
    "months": (put(f"{SCALE}/monitoring_months", 0), "HRT-01"),
    "rubric empty": (put(f"{SCALE}/rubric", {}), "HRT-01"),
    "rubric of both kinds": (put(f"{SCALE}/rubric/goalposts", {"zero_at": "0", "full_at": "1"}), "HRT-01"),
    "rubric of another kind": (put(f"{SCALE}/rubric", {"steps": [0, 4]}), "HRT-01"),
    "levels for a number": (put(f"{NUMBER}/rubric", {"levels": [0, 4]}), "ENV-01"),
    "goalposts for a scale": (put(f"{SCALE}/rubric", {"goalposts": {"zero_at": "0", "full_at": "1"}}), "HRT-01"),
    "levels from one": (put(f"{SCALE}/rubric/levels", [1, 3, 4]), "HRT-01"),
    "levels to three": (put(f"{SCALE}/rubric/levels", [0, 3]), "HRT-01"),
    "levels to five": (put(f"{SCALE}/rubric/levels", [0, 3, 5]), "HRT-01"),
    "levels descending": (put(f"{SCALE}/rubric/levels", [0, 3, 2, 4]), "HRT-01"),
    "levels twice": (put(f"{SCALE}/rubric/levels", [0, 3, 3, 4]), "HRT-01"),
    "levels empty": (put(f"{SCALE}/rubric/levels", []), "HRT-01"),
    "levels of yes or no": (put(f"{YES_NO}/rubric/levels", [0, 2, 4]), "HRT-02"),
    "required level not in the rubric": (put(f"{THREE}/required_level", 3), "ENV-02"),
    "required level of yes or no": (put(f"{YES_NO}/required_level", 2), "HRT-02"),
    "required level zero": (put(f"{SCALE}/required_level", 0), "HRT-01"),
    "required level five": (put(f"{SCALE}/required_level", 5), "HRT-01"),
    "required level null": (put(f"{SCALE}/required_level", None), "HRT-01"),
    "goalposts equal": (put(f"{NUMBER}/rubric/goalposts/full_at", "20.0"), "ENV-01"),
    "goalposts equal at zero": (put(f"{NUMBER}/rubric/goalposts", {"zero_at": "-0", "full_at": "0.00"}), "ENV-01"),
    "goalpost an integer": (put(f"{NUMBER}/rubric/goalposts/full_at", 0), "ENV-01"),
    "goalpost with an exponent": (put(f"{NUMBER}/rubric/goalposts/full_at", "1e3"), "ENV-01"),
    "goalpost too long": (put(f"{NUMBER}/rubric/goalposts/full_at", "1" * 41), "ENV-01"),
    "goalpost missing": (put(f"{NUMBER}/rubric/goalposts/full_at", REMOVED), "ENV-01"),
    "grantable by true": (put(f"{YES_NO}/not_applicable_on_request", True), "HRT-02"),
    "grantable by no": (put(f"{YES_NO}/not_applicable_on_request", "no"), "HRT-02"),
    "criterion with another key": (put(f"{SCALE}/title", "x"), "HRT-01"),
    "more than half lost": (put(f"{SCALE}/applicability/sizes", ["large"]), "HRT"),
    "more than half lost in one sector": (put(f"{SCALE}/applicability/sectors", ["energy"]), "HRT"),
    "caps of four": (put("scoring/evidence_caps", [0, 5000, 7500, 10_000]), "scoring"),
    "caps from one": (put("scoring/evidence_caps", [1, 5000, 7500, 10_000, 10_000]), "scoring"),
    "caps to less": (put("scoring/evidence_caps", [0, 5000, 7500, 9000, 9999]), "scoring"),
    "caps descending": (put("scoring/evidence_caps", [0, 7500, 5000, 10_000, 10_000]), "scoring"),
    "box too small": (put(f"{BOX}/max", 49), "scoring"),
    "box too large": (put(f"{BOX}/min", 51), "scoring"),
    "box upside down": (together(put(f"{BOX}/min", 80), put(f"{BOX}/max", 20)), "scoring"),
    "aggregate": (put(f"{BOX}/aggregate", "median"), "scoring"),
    "quorum missing": (put(f"{BOX}/quorum", REMOVED), "scoring"),
    "no draws": (put("scoring/robustness/draws", 0), "scoring"),
    "seed missing": (put("scoring/robustness/seed", REMOVED), "scoring"),
    "seed negative": (put("scoring/robustness/seed", -1), "scoring"),
    "four bands": (put(DISTINCTION, REMOVED), "bands"),
    "bands in another order": (lambda node: node["bands"].reverse(), "distinction"),
    "band twice": (put("bands/0/id", "not_certified"), "not_certified"),
    "band with another key": (put("bands/0/min_overall", 1), "not_eligible"),
    "band key missing": (put(f"{CONDITIONAL}/plan_months", REMOVED), "conditional"),
    "conditional above certified": (put(f"{CONDITIONAL}/min_overall", 6001), "conditional"),
    "conditional at zero": (put(f"{CONDITIONAL}/min_overall", 0), "conditional"),
    "certified at distinction": (put(f"{CERTIFIED}/min_overall", 8000), "distinction"),
    "distinction above all": (put(f"{DISTINCTION}/min_overall", 10_001), "distinction"),
    "no required level may be missed": (put(f"{CONDITIONAL}/max_required_missed", 0), "conditional"),
    "evidence grade five": (put(f"{DISTINCTION}/min_evidence_grade_share/grade", 5), "distinction"),
    "evidence share above all": (put(f"{DISTINCTION}/min_evidence_grade_share/share", 10_001), "distinction"),
    "robustness above all": (put(f"{DISTINCTION}/min_robustness", 10_001), "distinction"),
    "conditional that nobody reaches": (
        together(put(f"{SCALE}/required_level", REMOVED), put(f"{THREE}/required_level", REMOVED)),
        "conditional",
    ),
    "a framework called as a band": (put("id", "certified"), "certified"),
    "condition id": (put("conditions", ["CON-1"]), "conditions[0]"),
    "condition twice": (put("conditions", ["CON-01", "CON-01"]), "CON-01"),
    "condition that is a criterion": (
        together(put(f"{ENV}/id", "CON"), put(f"{NUMBER}/id", "CON-01"), put(f"{THREE}/id", "CON-02")),
        "CON-01",
    ),
}


@pytest.mark.parametrize(("change", "named"), REFUSED.values(), ids=REFUSED.keys())
def test_a_structure_that_breaks_a_rule_is_refused(change: Callable[[Node], None], named: str) -> None:
    faults = faults_after(change)

    assert named in {fault.id for fault in faults}
    assert {fault.file for fault in faults} == {"framework.yml"}


ACCEPTED: dict[str, Callable[[Node], None]] = {
    "no exclusions": put("exclusions", []),
    "no conditions": put("conditions", []),
    "a version with everything": put("version", "1.0.0-rc.1+2026.03"),
    "an id of 64 letters": put("id", "a" * 64),
    "free references": put(f"{SCALE}/references", ["SDG Compass", "UNGP", "SDG", "UNGP 1,31", "SDG 17.19", "ILO 8"]),
    "no references": put(f"{SCALE}/references", []),
    "no evidence": put(f"{SCALE}/evidence_required", []),
    "a theme called CON": together(
        put(f"{ENV}/id", "CON"), put(f"{NUMBER}/id", "CON-02"), put(f"{THREE}/id", "CON-03")
    ),
    "exactly half lost": put(f"{SCALE}/weight", 1),
    "goalposts downwards": put(f"{NUMBER}/rubric/goalposts", {"zero_at": "20", "full_at": "-20.5"}),
    "a required level of a number": put(f"{NUMBER}/required_level", 3),
    "only one kind of required level": put(f"{SCALE}/required_level", REMOVED),
    "no required level, conditional below certified": together(
        put(f"{SCALE}/required_level", REMOVED),
        put(f"{THREE}/required_level", REMOVED),
        put(f"{CONDITIONAL}/min_overall", 5999),
    ),
    "caps that are all or nothing": put("scoring/evidence_caps", [0, 0, 0, 0, 10_000]),
    "a box of one weighting": together(put(f"{BOX}/min", 50), put(f"{BOX}/max", 50)),
    "a box from zero": together(put(f"{BOX}/min", 0), put(f"{BOX}/max", 100)),
    "a size and a sector of one name": together(
        put("profile/sectors", ["energy", "services", "small"]),
        put(f"{YES_NO}/applicability/sectors", ["small", "energy", "services"]),
    ),
    "triggers": put(f"{EXC}/trigger", "revenue>25%"),
}


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_structure_that_breaks_no_rule_passes(change: Callable[[Node], None]) -> None:
    assert faults_after(change) == ()


def test_every_fault_of_a_structure_is_named() -> None:
    changes = together(
        put("version", "1"),
        put(f"{SCALE}/weight", 9),
        put(f"{THREE}/rubric/levels", [0, 3, 4]),
        put(f"{NUMBER}/references", ["SDG 18.1"]),
        put(f"{DISTINCTION}/min_overall", 1),
    )

    faults = faults_after(changes)

    assert [fault.id for fault in faults] == ["version", "HRT-01", "ENV-01", "ENV-02", "distinction"]


def test_there_are_169_targets_and_each_can_be_cited() -> None:
    references = [f"SDG {code}" for code in sorted(SDG_TARGETS)]

    assert len(references) == 169
    assert {"SDG 1.b", "SDG 3.d", "SDG 8.b", "SDG 16.10", "SDG 17.19"} <= set(references)
    assert faults_after(put(f"{SCALE}/references", references)) == ()


TEXTS: dict[str, tuple[Callable[[Node], None], list[str]]] = {
    "missing": (put("fr/HRT-01.level.3", REMOVED), ["text/fr.yml: HRT-01.level.3: is missing."]),
    "empty": (put("es/HRT.title", ""), ["text/es.yml: HRT.title: must not be empty."]),
    "spaces": (put("es/HRT.title", " \n"), ["text/es.yml: HRT.title: must not be empty."]),
    "an integer": (put("pt/HRT.title", 5), ["text/pt.yml: HRT.title: must be a string, not 5."]),
    "null": (put("pt/HRT.title", None), ["text/pt.yml: HRT.title: must be a string, not null."]),
    "nested": (put("pt/HRT.title", {"a": "b"}), ["text/pt.yml: HRT.title: must be a string, not a mapping."]),
    "a level that the rubric lacks": (
        put("en/ENV-02.level.1", "x"),
        ['text/en.yml: "ENV-02.level.1" is not a text that framework.yml asks for.'],
    ),
    "a level of a number": (
        put("en/ENV-01.level.0", "x"),
        ['text/en.yml: "ENV-01.level.0" is not a text that framework.yml asks for.'],
    ),
    "an unknown id": (
        put("en/XYZ.title", "x"),
        ['text/en.yml: "XYZ.title" is not a text that framework.yml asks for.'],
    ),
    "a list": (put("en", []), ["text/en.yml: must be one mapping of texts, not a list."]),
}


@pytest.mark.parametrize(("change", "sentences"), TEXTS.values(), ids=TEXTS.keys())
def test_texts_that_break_a_rule_are_refused(change: Callable[[Node], None], sentences: list[str]) -> None:
    structure = example_structure()
    texts = copy.deepcopy(texts_for(structure))
    change(texts)

    reading = read_values(structure, texts)

    assert [str(fault) for fault in reading.faults] == sentences


def test_a_language_too_many_or_too_few_is_refused() -> None:
    structure = example_structure()
    four = texts_for(structure)
    three = {language: four[language] for language in LANGUAGES if language != "pt"}

    assert read_values(structure, four | {"de": four["en"]}).faults
    assert read_values(structure, three).faults


def test_the_frozen_framework_knows_its_words_and_parts() -> None:
    framework = example_framework()

    assert framework.text("es", "HRT-01.question") == "es HRT-01.question"
    assert framework.title("pt") == "pt example.title"
    assert framework.title("fr", of="ENV") == "fr ENV.title"
    assert list(framework.criteria) == ["HRT-01", "HRT-02", "ENV-01", "ENV-02"]
    assert framework.default_weights == {"HRT": 3, "ENV": 2}


def test_a_draft_that_is_nested_without_end_is_refused() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    structure = example_structure(put("profile", {"sizes": deep, "sectors": deep}))

    assert read_values(structure, texts_for(structure)).faults


def test_a_draft_with_half_of_a_surrogate_pair_is_refused() -> None:
    structure = example_structure()
    texts = texts_for(structure)
    texts["en"]["HRT.title"] = "\ud800"

    assert read_values(structure, texts).faults


def test_thousands_of_declared_values_are_checked_quickly() -> None:
    many = [f"s{number}" for number in range(20_000)]
    structure = example_structure(
        put("profile/sectors", many), put(f"{YES_NO}/applicability/sectors", [*many, "other"])
    )

    faults = read_values(structure, texts_for(structure)).faults

    assert [fault.reason for fault in faults] == [
        'applicability.sectors names "other", which the profile does not declare'
    ]
