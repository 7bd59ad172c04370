"""What a name consists of, worked out once and kept: the words that count, and how much each of them says."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from certify.screening.rules import Schema


class WordKind(StrEnum):
    """What a word is in a name."""

    NAME = "name"
    COMMON = "common"
    GENERIC = "generic"
    WEAK = "weak"
    PLACE = "place"
    NUMBER = "number"
    INITIAL = "initial"


WEIGHTS: Final = {
    WordKind.NAME: 1.0,
    WordKind.COMMON: 0.65,
    WordKind.GENERIC: 0.45,
    WordKind.PLACE: 0.45,
    WordKind.NUMBER: 0.40,
    WordKind.INITIAL: 0.40,
    WordKind.WEAK: 0.12,
}
"""How much a word says about who the name's holder is, by its kind; 1 is a name that few share."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name in plain letters; `meaning` is a business concept or a country code.

    `family` marks a word the list itself gives as a family name, `of` one that follows "de", as a husband's name does.
    """

    text: str
    kind: WordKind = WordKind.NAME
    weight: float = 1.0
    meaning: str = ""
    family: bool = False
    of: bool = False
    abjad: bool = False


@dataclass(frozen=True, slots=True)
class NameAnalysis:
    """A name ready for comparison.

    `whole` is the name without legal form and gaps; `generation` is 1 for senior, 2 for junior, 0 when the name does
    not say; `syllables` are its Han or Hangul signs.
    """

    text: str
    schema: Schema
    words: tuple[Word, ...]
    forms: tuple[tuple[str, str], ...] = ()
    whole: str = ""
    generation: int = 0
    syllables: str = ""

    def as_plain(self) -> dict[str, Any]:
        """The analysis as JSON knows it, to be stored beside the entry and never worked out again."""
        return {
            "text": self.text,
            "schema": self.schema.value,
            "words": [[w.text, w.kind.value, w.weight, w.meaning, w.family, w.of, w.abjad] for w in self.words],
            "forms": [list(form) for form in self.forms],
            "whole": self.whole,
            "generation": self.generation,
            "syllables": self.syllables,
        }

    @classmethod
    def from_plain(cls, stored: dict[str, Any]) -> "NameAnalysis":
        """Read back what `as_plain` wrote."""
        return cls(
            text=stored["text"],
            schema=Schema(stored["schema"]),
            words=tuple(Word(text, WordKind(kind), *rest) for text, kind, *rest in stored["words"]),
            forms=tuple((form, family) for form, family in stored["forms"]),
            whole=stored["whole"],
            generation=stored["generation"],
            syllables=stored["syllables"],
        )


MAX_READINGS: Final = 6
"""Names of one line that are read; no list joins more."""

_OTHER_NAME: Final = re.compile(
    r"\s+/\s+|(?<=\w{3})/(?=\w{3})|\b(?:also known as|formerly known as|formerly|doing business as|trading as)\b"
    r"|\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|d\.?b\.?a\.?|f/k/a|a/k/a|d/b/a|antes|nombre comercial)(?=[\s:])",
    re.IGNORECASE,
)


def readings(text: str) -> tuple[str, ...]:
    """The names that one line holds: itself, and each of the names it joins by a slash, "a.k.a." or "formerly"."""
    parts = tuple(part.strip(" ,;:()[]\"'") for part in _OTHER_NAME.split(text))
    named = tuple(part for part in parts if len(part) > 3)[:MAX_READINGS]
    return (text, *named) if len(named) > 1 else (text,)
