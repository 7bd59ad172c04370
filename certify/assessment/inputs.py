"""Checking answers, assessment records and weights against a framework before anything is scored.

Every fault is found and named. What passes is a `Case` with its records and weights, and the digests that name them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from certify.assessment.answer_shapes import FINDING, WEIGHT, AnswerTo, record_of
from certify.assessment.scoring.case import Answer, AssessmentRecord, Case, Grant
from certify.assessment.scoring.explaining import applying_criteria
from certify.criteria.canonical import digest
from certify.criteria.definition.shapes import Anything, Distinct, Keyed, Listed, OneOf, Place, keyed, shown
from certify.criteria.rules import Fault, Framework, Refused, Theme, YesNo

ANSWERS, ADJUSTMENTS, WEIGHTS = "answers", "adjustments", "weights"
"""The names of the three inputs, in sentences and digests."""

NO_ADJUSTMENTS: Mapping[str, Any] = {"adjustments": []}
"""The adjustments of a case without any assessment record; the same as no file."""

_TOP = keyed({"exclusions": Anything()}, profile=Anything(), answers=Anything())
_ADJUSTMENTS = keyed(adjustments=Listed(Anything()))
_WEIGHTS = keyed(weights=Anything())


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a score stands on: case, assessment records by criterion and time, weights, and their digests."""

    case: Case
    records: tuple[AssessmentRecord, ...]
    weights: Mapping[str, int]
    digests: Mapping[str, str]


def default_weights(framework: Framework) -> dict[str, Any]:
    """The weights that count where no others are given, as the value of a weights file."""
    return {"weights": framework.default_weights}


def read_inputs(framework: Framework, *, answers: Any, adjustments: Any, weights: Any) -> Inputs:
    """Check the values of the three inputs; Refused with every fault.

    A case without records has NO_ADJUSTMENTS, one without weights of its own `default_weights(framework)`.
    """
    faults = [
        *_answers_faults(framework, answers),
        *_adjustments_faults(framework, adjustments, answers),
        *_weights_faults(framework, weights),
    ]
    if faults:
        raise Refused(faults)
    records = sorted(adjustments["adjustments"], key=lambda record: (record["criterion"], record["when"]))
    return Inputs(
        case=_case(answers),
        records=tuple(AssessmentRecord(**record) for record in records),
        weights=weights["weights"],
        digests={
            ANSWERS: digest(answers),
            ADJUSTMENTS: digest({"adjustments": records}),
            WEIGHTS: digest(weights),
        },
    )


def _case(answers: Mapping[str, Any]) -> Case:
    return Case(
        size=answers["profile"]["size"],
        sectors=tuple(answers["profile"]["sectors"]),
        exclusions={name: YesNo(finding) for name, finding in answers.get("exclusions", {}).items()},
        answers={name: _answer(answer) for name, answer in answers["answers"].items()},
    )


def _answer(answer: Mapping[str, Any]) -> Answer | Grant:
    if "not_applicable" in answer:
        return Grant(answer.get("reason"))
    return Answer(answer["grade"], answer.get("level"), answer.get("number"))


def _profile(framework: Framework) -> Keyed:
    return keyed(size=OneOf(dict.fromkeys(framework.sizes)), sectors=Distinct(OneOf(dict.fromkeys(framework.sectors))))


def _answers_faults(framework: Framework, answers: Any) -> list[Fault]:
    place = Place(ANSWERS)
    faults = list(_TOP.departures(answers, place))
    if not isinstance(answers, dict):
        return faults
    if "profile" in answers:
        faults += _profile(framework).departures(answers["profile"], place.at("profile"))
    faults += _findings_faults(framework, answers.get("exclusions", {}), place)
    faults += _each_answer_faults(framework, answers.get("answers", {}), place)
    return faults or list(_grants_faults(framework, answers, place))


def _findings_faults(framework: Framework, findings: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(findings, dict):
        yield place.at("exclusions").fault(f"must be a mapping, not {shown(findings)}")
        return
    declared = {exclusion.id for exclusion in framework.exclusions}
    for name, finding in findings.items():
        if name in declared:
            yield from FINDING.departures(finding, place.of(name))
        else:
            yield place.at("exclusions").fault(f"names {shown(name)}, which is no exclusion of {framework.label}")


def _each_answer_faults(framework: Framework, answers: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(answers, dict):
        yield place.at("answers").fault(f"must be a mapping, not {shown(answers)}")
        return
    for name, answer in answers.items():
        criterion = framework.criteria.get(name)
        if criterion is None:
            yield place.at("answers").fault(f"names {shown(name)}, which is no criterion of {framework.label}")
        else:
            yield from AnswerTo(criterion).departures(answer, place.of(name))


def _grants_faults(framework: Framework, answers: Mapping[str, Any], place: Place) -> Iterator[Fault]:
    """Grants may leave a theme with half of its weight, and not with less."""
    profile = answers["profile"]
    applying = applying_criteria(framework, profile["size"], frozenset(profile["sectors"]))
    granted = {name for name, answer in answers["answers"].items() if "not_applicable" in answer}
    for theme in framework.themes:
        counting = _weight(theme, applying - granted)
        if 2 * counting < theme.weight:
            yield place.of(theme.id).fault(
                f"keeps only {counting} of its weight {theme.weight} after what was granted, which is less than half"
            )


def _weight(theme: Theme, counting: frozenset[str]) -> int:
    return sum(criterion.weight for criterion in theme.criteria if criterion.id in counting)


def _adjustments_faults(framework: Framework, adjustments: Any, answers: Any) -> Iterator[Fault]:
    place = Place(ADJUSTMENTS)
    faults = list(_ADJUSTMENTS.departures(adjustments, place))
    yield from faults
    if faults:
        return
    given = answers.get("answers") if isinstance(answers, dict) else None
    assessable = {name for name, answer in given.items() if _is_rated(answer)} if isinstance(given, dict) else set()
    for index, record in enumerate(adjustments["adjustments"]):
        yield from _record_faults(framework, record, assessable, place.at(ADJUSTMENTS).item(index))
    yield from _repeated_moments(adjustments["adjustments"], place)


def _is_rated(answer: Any) -> bool:
    return isinstance(answer, dict) and "not_applicable" not in answer


def _record_faults(framework: Framework, record: Any, assessable: set[str], place: Place) -> Iterator[Fault]:
    name = record.get("criterion") if isinstance(record, dict) else None
    criterion = framework.criteria.get(name) if isinstance(name, str) else None
    if criterion is None:
        yield place.fault(f"must be an assessment record of a criterion of {framework.label}, not of {shown(name)}")
        return
    yield from record_of(criterion).departures(record, place)
    if criterion.id not in assessable:
        yield place.fault(f"has no answer to {criterion.id} to assess")


def _repeated_moments(records: list[Any], place: Place) -> Iterator[Fault]:
    moments = Counter(
        (str(record.get("criterion")), str(record.get("when"))) for record in records if isinstance(record, dict)
    )
    for (criterion, when), count in moments.items():
        if count > 1:
            yield place.of(shown(criterion)).fault(f"has {count} records at {shown(when)}")


def _weights_faults(framework: Framework, weights: Any) -> Iterator[Fault]:
    place = Place(WEIGHTS)
    faults = list(_WEIGHTS.departures(weights, place))
    yield from faults
    if not faults:
        every_theme = Keyed({theme.id: WEIGHT for theme in framework.themes}, {})
        yield from every_theme.departures(weights["weights"], place)
