"""Two records side by side: what agrees, what differs, and what only one of them says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from certify.screening.dates import Agreement, agreement
from certify.screening.rules import Identifier, ListedEntry, Subject
from certify.screening.spelling import fold

_WORD: Final = re.compile(r"\S+")
_PLAIN: Final = re.compile(r"[^a-z0-9]")


class Fact(StrEnum):
    """What the two records can be compared by."""

    NAME = "name"
    SCHEMA = "schema"
    BIRTH_DATE = "birth_date"
    COUNTRY = "country"
    IDENTIFIERS = "identifiers"


class Standing(StrEnum):
    """How the two sides of a fact stand to each other."""

    SAME = "same"
    REORDERED = "reordered"
    ALIKE = "alike"
    DIFFERENT = "different"
    ONLY_OURS = "only_ours"
    ONLY_LISTED = "only_listed"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a name with the space behind it; `differs` where the other name does not have it."""

    text: str
    differs: bool


def marked(name: str, *, beside: str) -> tuple[Piece, ...]:
    """Take a name apart and mark the words that another name does not have, whatever their accents or order."""
    known = set(_words(beside))
    words = [(found.group(), _plain(found.group())) for found in _WORD.finditer(name)]
    return tuple(Piece(text, bool(plain) and plain not in known) for text, plain in words)


def side_by_side(subject: Subject, entry: ListedEntry, *, our_name: str, listed_name: str) -> dict[Fact, Standing]:
    """Compare the records fact by fact; what a side does not state is never the same and never different."""
    return {
        Fact.NAME: _names(_words(our_name), _words(listed_name)),
        Fact.SCHEMA: Standing.SAME if subject.schema is entry.schema else Standing.DIFFERENT,
        Fact.BIRTH_DATE: _births(subject, entry),
        Fact.COUNTRY: _shared([subject.country] if subject.country else [], entry.countries),
        Fact.IDENTIFIERS: _shared(_numbers(subject.identifiers), _numbers(entry.identifiers)),
    }


_BIRTHS: Final[Mapping[Agreement, Standing]] = {
    Agreement.SAME_DAY: Standing.SAME,
    Agreement.OVERLAP: Standing.SAME,
    Agreement.NEAR: Standing.ALIKE,
    Agreement.OTHER: Standing.DIFFERENT,
}


def _names(ours: list[str], listed: list[str]) -> Standing:
    """Whether two names are made of the same words."""
    if ours == listed:
        return Standing.SAME
    return Standing.REORDERED if sorted(ours) == sorted(listed) else Standing.ALIKE


def _births(subject: Subject, entry: ListedEntry) -> Standing:
    """How the birth dates stand to each other."""
    found = _BIRTHS.get(agreement(subject.birth_date, entry.birth_dates))
    return found or _one_sided(subject.birth_date is not None, bool(entry.birth_dates))


def _shared(ours: Iterable[str], listed: Iterable[str]) -> Standing:
    """Whether two sets have a member in common."""
    first, second = set(ours), set(listed)
    if first and second:
        return Standing.SAME if first & second else Standing.DIFFERENT
    return _one_sided(bool(first), bool(second))


def _one_sided(ours: bool, listed: bool) -> Standing:
    """Who states it, where not both do."""
    if ours:
        return Standing.ONLY_OURS
    return Standing.ONLY_LISTED if listed else Standing.UNSTATED


def _numbers(identifiers: Iterable[Identifier]) -> list[str]:
    """Numbers without the signs that part them."""
    return [plain for identifier in identifiers if (plain := _plain(identifier.number))]


def _words(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return [plain for found in _WORD.finditer(name) if (plain := _plain(found.group()))]


def _plain(word: str) -> str:
    """Letters and figures of a word, without case and accents."""
    return _PLAIN.sub("", fold(word))
