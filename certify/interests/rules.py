"""What a declared interest does: whether it bars a person from a case, and what may be declared after what.

Declared before the file opens, by everyone who touches it. An actual interest bars; a potential one bars until the
chair has ruled that there is no conflict. Pure.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from enum import StrEnum

OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path of this service and nothing else: no host, no scheme, no backslash, no invisible characters."""


class Interest(StrEnum):
    """What somebody declares about a case."""

    NONE = "none"
    POTENTIAL = "potential"
    ACTUAL = "actual"


class Nature(StrEnum):
    """Whose interest it is: the person's own, or that of the state the person speaks for."""

    PERSONAL = "personal"
    STATE = "state"


class Ruling(StrEnum):
    """What the chair decides on a potential interest."""

    CONFLICT = "conflict"
    NO_CONFLICT = "no_conflict"


@dataclass(frozen=True, slots=True)
class InterestDeclared:
    """Somebody declared whether they have an interest in a case."""

    subject_key: str
    person_id: uuid.UUID
    interest: Interest
    nature: Nature | None


@dataclass(frozen=True, slots=True)
class InterestRuled:
    """The chair ruled on a potential interest."""

    subject_key: str
    person_id: uuid.UUID
    ruling: Ruling


def own_path(asked: str | None) -> str | None:
    """Return where to go on, if it is a path of this service; None for `//evil`, `/\\evil`, `https:` and the like."""
    return asked if asked and OWN_PATH.fullmatch(asked) else None


def bars(interest: Interest, ruling: Ruling | None) -> bool:
    """Say whether a declaration keeps the person out: actual always, potential unless ruled no conflict."""
    if interest is Interest.POTENTIAL:
        return ruling is not Ruling.NO_CONFLICT
    return interest is Interest.ACTUAL


def recuses_state(interest: Interest, nature: Nature | None, ruling: Ruling | None) -> bool:
    """Say whether a declaration takes the state's seat out of the base: a conflict of the state that is established."""
    if nature is not Nature.STATE:
        return False
    return interest is Interest.ACTUAL or (interest is Interest.POTENTIAL and ruling is Ruling.CONFLICT)


def may_follow(earlier: Interest | None, later: Interest) -> bool:
    """Say whether a person may declare this after that: an interest once declared is never taken back, only raised."""
    order = [Interest.NONE, Interest.POTENTIAL, Interest.ACTUAL]
    return earlier is None or order.index(later) > order.index(earlier)
