"""Questions about frameworks, and what a company of a size and sector has to prepare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from certify.criteria.library import load_framework
from certify.criteria.rules import Criterion, Framework, Refused, Theme
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _

CURRENT_FRAMEWORK = "oas-certification@1.0.0"
"""The version of the criteria under which applications are started now."""
MINUTES_A_QUESTION = 5
"""To read a question and choose its answer; our estimate."""
MINUTES_A_KIND_OF_EVIDENCE = 10
"""To find one kind of evidence in the company's files and attach it; our estimate."""


def get_framework(framework: str, version: str) -> Framework:
    """Return a published version by id and version, or raise NotFound."""
    try:
        return load_framework(f"{framework}@{version}")
    except Refused:
        raise NotFound(_("There is no such version of the criteria.")) from None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a company of a size and of some sectors is asked, and what it shows for it."""

    themes: tuple[tuple[Theme, tuple[Criterion, ...]], ...]

    @property
    def by_theme(self) -> list[tuple[Theme, list[str]]]:
        """The kinds of evidence of each theme, each once, in the order they are asked for."""
        return [
            (theme, list(dict.fromkeys(kind for criterion in criteria for kind in criterion.evidence_required)))
            for theme, criteria in self.themes
        ]

    @property
    def evidence(self) -> frozenset[str]:
        """All kinds of evidence."""
        return frozenset(kind for _theme, kinds in self.by_theme for kind in kinds)

    @property
    def questions(self) -> int:
        """Number of questions."""
        return sum(len(criteria) for _theme, criteria in self.themes)

    @property
    def required(self) -> tuple[Criterion, ...]:
        """The criteria whose required level certification cannot do without."""
        return tuple(each for _theme, criteria in self.themes for each in criteria if each.required_level)

    @property
    def minutes(self) -> int:
        """Working time for reading, answering, finding and attaching; getting documents from others is not in it."""
        return self.questions * MINUTES_A_QUESTION + len(self.evidence) * MINUTES_A_KIND_OF_EVIDENCE

    @property
    def hours(self) -> int:
        """The same in hours, rounded up."""
        return -(-self.minutes // 60)


def preparation(framework: Framework, *, size: str, sectors: Iterable[str]) -> Preparation:
    """Return what has to be prepared for a size and sectors that the framework declares."""
    chosen = tuple(sectors)
    themes = tuple(
        (theme, tuple(each for each in theme.criteria if each.applicability.covers(size, chosen)))
        for theme in framework.themes
    )
    return Preparation(tuple(pair for pair in themes if pair[1]))
