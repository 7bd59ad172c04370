"""When two company names are nearly the same: accents, legal forms, order of words and slips of the pen aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz import fuzz

from certify.organisations.rules.reference import data_file

NEAR = 90.0
"""Likeness in percent (normalised insertions and deletions of the ordered words) of nearly the same names."""
_INITIALS = re.compile(r"\b(?:\w[ .&/]+)+\w\b(?=\W|$)")
LEGAL_FORMS: tuple[tuple[str, ...], ...] = tuple(
    sorted((tuple(form.split()) for form in data_file("legal_forms.yml")), key=len, reverse=True)
)
"""Legal forms in use in the member states, as folded words, longest first."""
SMALL_WORDS = frozenset(
    [
        "a",
        "al",
        "and",
        "da",
        "das",
        "de",
        "del",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "et",
        "for",
        "la",
        "las",
        "le",
        "les",
        "los",
        "o",
        "of",
        "the",
        "y",
    ]
)


def name_key(name: str) -> str:
    """Return what is left of a name without accents, case, legal form, small words and order of words.

    A name of which nothing would be left, as 'S.A.', keeps all its words.
    """
    words = folded(name).split()
    core = [word for word in without_legal_forms(words) if word not in SMALL_WORDS]
    return " ".join(sorted(core or words))


def folded(name: str) -> str:
    """Write a name in plain lower-case Latin letters and figures, initials joined: 'S. A.' becomes 'sa'."""
    plain = anyascii(unicodedata.normalize("NFKC", name)).lower().replace("'", "")
    joined = _INITIALS.sub(lambda match: re.sub(r"\W", "", match.group()), plain)
    return " ".join(re.findall(r"[a-z0-9]+", joined))


def without_legal_forms(words: list[str]) -> list[str]:
    """Drop every legal form, wherever in the name it stands."""
    kept: list[str] = []
    place = 0
    while place < len(words):
        length = form_at(words, place)
        if not length:
            kept.append(words[place])
        place += length or 1
    return kept


def form_at(words: list[str], place: int) -> int:
    """Return how many words the legal form at this place has, 0 where none stands."""
    return next((len(form) for form in LEGAL_FORMS if tuple(words[place : place + len(form)]) == form), 0)


def nearly_same(key: str, others: Iterable[str]) -> bool:
    """Say whether a name's key is nearly the same as one of others; figures in it are no slip of the pen."""
    return any(fuzz.ratio(key, other) >= NEAR and figures(key) == figures(other) for other in others)


def figures(key: str) -> list[str]:
    """Return the numbers in a name's key."""
    return re.findall(r"[0-9]+", key)


def registration_key(number: str) -> str:
    """Return a registration number without spaces, signs and case, so that '12.345-K' is '12345k'."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", number).casefold() if sign.isalnum())
