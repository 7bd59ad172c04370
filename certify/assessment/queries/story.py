"""A case's history for those who work on it: what the company reads, and what is told inside the house only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from certify.applications.models import Application
from certify.assessment.words import INTERNAL
from certify.kernel.events import list_events, sayable, timeline


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story."""

    when: datetime
    sentence: str
    who: str


def story_of(application: Application) -> list[Line]:
    """Tell a case's story, newest first."""
    told = [Line(one.when, one.sentence, one.who) for one in timeline(application.case_key)]
    inside = [
        Line(row.at, str(INTERNAL[row.kind]) % sayable(row.content), row.person_name)
        for row in list_events(application.case_key)
        if row.kind in INTERNAL
    ]
    return sorted([*told, *inside], key=lambda line: line.when)[::-1]
