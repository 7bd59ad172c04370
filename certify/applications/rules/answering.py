"""What a company says, what is asked of it, what may be changed when, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certify.applications.rules.course import Status
from certify.criteria.rules import Criterion, Exclusion, Framework, Stage, Theme, YesNo


@dataclass(frozen=True, slots=True)
class Profile:
    """What the organisation's own facts make of it: its size, and the sectors that its activities fall in."""

    size: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a company says to one criterion: a level of 0..4, a decimal string, or that it does not apply, and why."""

    level: int | None = None
    number: str | None = None
    not_applicable: bool = False
    reason: str = ""
    note: str = ""

    @property
    def answers(self) -> bool:
        """Whether this answers the question; a note alone does not."""
        return self.level is not None or self.number is not None or (self.not_applicable and bool(self.reason))


@dataclass(frozen=True, slots=True)
class Declared:
    """What a company declares on one exclusion, with its explanation."""

    answer: YesNo
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """The criteria that a clarification reopens, and the last day on which they may be changed."""

    criteria: frozenset[str]
    until: date


class Progress(StrEnum):
    """How far a theme is answered."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    NEEDS_ATTENTION = "needs_attention"


def may_edit(status: Status, criterion: str, reopened: Reopened | None, on: date) -> bool:
    """Whether an answer may be changed on a day: any in draft, in a clarification the named ones until its date."""
    if status is Status.DRAFT:
        return True
    named = reopened is not None and criterion in reopened.criteria and on <= reopened.until
    return status is Status.CLARIFICATION and named


def applicable_criteria(framework: Framework, profile: Profile) -> list[Criterion]:
    """Return the criteria that are asked of a company of this size and these sectors, in the framework's order."""
    return [
        criterion
        for criterion in framework.criteria.values()
        if criterion.applicability.covers(profile.size, profile.sectors)
    ]


def applicable_of(theme: Theme, profile: Profile) -> list[Criterion]:
    """Return a theme's criteria that are asked of this company."""
    return [each for each in theme.criteria if each.applicability.covers(profile.size, profile.sectors)]


def declared_exclusions(framework: Framework) -> list[Exclusion]:
    """Return the exclusions on which the company itself declares; the others are found by screening or review."""
    return [exclusion for exclusion in framework.exclusions if Stage.DECLARATION in exclusion.decided_on]


def missing_answers(framework: Framework, profile: Profile, answered: Iterable[str]) -> list[str]:
    """Return the criteria that are asked and not answered, in the framework's order."""
    known = set(answered)
    return [criterion.id for criterion in applicable_criteria(framework, profile) if criterion.id not in known]


def missing_declarations(framework: Framework, declared: Mapping[str, YesNo]) -> list[str]:
    """Return the exclusions on which the company has not declared yet."""
    return [exclusion.id for exclusion in declared_exclusions(framework) if exclusion.id not in declared]


def progress_of(criteria: Iterable[Criterion], answered: Iterable[str], begun: Iterable[str] = ()) -> Progress:
    """Say how far these criteria are answered; something typed that is no answer yet counts as begun."""
    asked = {criterion.id for criterion in criteria}
    done = asked & set(answered)
    if done == asked:
        return Progress.COMPLETE
    return Progress.IN_PROGRESS if done or asked & set(begun) else Progress.NOT_STARTED


def takes_level(criterion: Criterion, level: int) -> bool:
    """Whether the rubric has this level."""
    return level in criterion.levels
