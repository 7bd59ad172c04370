"""What is scored: one company's profile, the findings on exclusions, its answers, and the assessment records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from certify.criteria.rules import YesNo


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the grade 0..4 of its evidence: a rubric level, or a measured number as a decimal string."""

    grade: int
    level: int | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A reviewer's finding that a criterion does not apply to this company, on its request."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One company before one framework, checked against it. A missing answer is an absent key."""

    size: str
    sectors: tuple[str, ...]
    exclusions: Mapping[str, YesNo]
    answers: Mapping[str, Answer | Grant]


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """The assessor's value (basis points) for an answer, beside which the answer itself stands unchanged.

    `when` is `2026-03-01T09:30:00Z`; of several records of a criterion the latest counts.
    """

    criterion: str
    value: int
    reason: str
    who: str
    when: str
