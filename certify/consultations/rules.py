"""What a government can reply, by when, and what its silence means. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

REPLY_WORKING_DAYS = 20
"""Working days (Monday to Friday) that a party has to reply; default, to be set by the Board."""
REMINDER_WORKING_DAYS = 5
"""Working days before the date on which a party that has not replied is reminded."""
ANSWER_WORKING_DAYS = 10
"""Working days that the company has to answer an objection; default, to be set by the Board."""
BRIEF = ("name", "countries", "sector", "proposed_cooperation")
"""All that a party is told of the case: never evidence, answers, owners' personal data or scores."""


class ReplyKind(StrEnum):
    """What a party can reply."""

    NO_OBJECTION = "no_objection"
    COMMENT = "comment"
    OBJECTION = "objection"


class ConsultationStatus(StrEnum):
    """Where a consultation stands; every one of them is shown as such."""

    OPEN = "open"
    ANSWERED = "answered"
    SILENT = "silent"
    """No reply by the date: recorded as silence, and the case goes on."""
    NOT_CONSULTED = "not_consulted"
    """The country has named no focal point."""
    WITHDRAWN = "withdrawn"
    """The case ended before a reply."""


@dataclass(frozen=True, slots=True)
class ConsultationAsked:
    """A party was asked, or could not be asked for want of a focal point."""

    consultation_id: uuid.UUID
    subject_key: str
    party: str


@dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """A party replied; `kind` is no_objection, comment or objection."""

    consultation_id: uuid.UUID
    subject_key: str
    party: str
    kind: ReplyKind


@dataclass(frozen=True, slots=True)
class ConsultationSilent:
    """A party did not reply by the date; recorded, and the case goes on."""

    consultation_id: uuid.UUID
    subject_key: str
    party: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """The company answered an objection."""

    consultation_id: uuid.UUID
    subject_key: str
    party: str


@dataclass(frozen=True, slots=True)
class ObjectionLifted:
    """A government took its objection back."""

    consultation_id: uuid.UUID
    subject_key: str
    party: str


def strange_parts(brief: Mapping[str, Any]) -> list[str]:
    """Name what a brief holds that a party must not be told."""
    return sorted(set(brief) - set(BRIEF))


def needs_reasons(kind: ReplyKind) -> bool:
    """Say whether a reply has to be explained: a comment and an objection do."""
    return kind is not ReplyKind.NO_OBJECTION


def is_over(due_on: date, *, on: date) -> bool:
    """Say whether the time to reply has passed; the date itself still counts."""
    return on > due_on
