"""Whether a version of the clause library can be used: every fault is named, by clause and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from certify.agreements.clauses.filling import PLACEHOLDERS, placeholders_in
from certify.agreements.clauses.library import LANGUAGES, Clause, Library

REQUIRED = frozenset(
    {
        "anti_corruption",
        "audit",
        "authority_of_signatories",
        "contributions",
        "cost_bearer",
        "data_protection",
        "dispute_settlement",
        "human_rights",
        "intellectual_property",
        "no_exclusivity",
        "privileges_and_immunities",
        "sanctions_and_fraud",
        "suspension",
        "termination",
        "use_of_name",
    }
)
"""Clauses that every template has to contain."""


class FlawKind(StrEnum):
    """What can be wrong with a library."""

    MISSING_LANGUAGE = "missing_language"
    MISSING_TEXT = "missing_text"
    EMPTY_TEXT = "empty_text"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    PLACEHOLDERS_DIFFER = "placeholders_differ"
    PARAGRAPHS_DIFFER = "paragraphs_differ"
    MISSING_CLAUSE = "missing_clause"
    UNKNOWN_CLAUSE = "unknown_clause"
    CLAUSE_TWICE = "clause_twice"
    WORDS_DIFFER = "words_differ"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One fault: what is wrong, where, and the name concerned."""

    kind: FlawKind
    place: str
    name: str = ""


def lint(library: Library) -> list[Flaw]:
    """Name every fault of a library; empty where it can be used."""
    return [
        *_language_flaws(library),
        *_template_flaws(library),
        *(flaw for language in library.texts for flaw in _text_flaws(library, language)),
        *(flaw for language in library.texts for flaw in _differences(library, language)),
    ]


def _language_flaws(library: Library) -> Iterator[Flaw]:
    for language in LANGUAGES:
        if language not in library.texts:
            yield Flaw(FlawKind.MISSING_LANGUAGE, language)


def _template_flaws(library: Library) -> Iterator[Flaw]:
    """Name what a template lacks, and what it names that is no clause or stands twice."""
    for name, clauses in library.templates.items():
        for missing in sorted(REQUIRED - set(clauses)):
            yield Flaw(FlawKind.MISSING_CLAUSE, name, missing)
        for unknown in sorted(set(clauses) - set(library.clauses)):
            yield Flaw(FlawKind.UNKNOWN_CLAUSE, name, unknown)
        for twice in sorted({clause for clause in clauses if clauses.count(clause) > 1}):
            yield Flaw(FlawKind.CLAUSE_TWICE, name, twice)


def _text_flaws(library: Library, language: str) -> Iterator[Flaw]:
    """Name the clauses that a language lacks, and the faults of those that it has."""
    texts = library.texts[language]
    for clause_id in library.clauses:
        if clause_id not in texts:
            yield Flaw(FlawKind.MISSING_TEXT, f"{language}/{clause_id}")
            continue
        yield from _clause_flaws(texts[clause_id], f"{language}/{clause_id}")


def _clause_flaws(clause: Clause, place: str) -> Iterator[Flaw]:
    if not clause.title.strip() or not clause.paragraphs or not all(text.strip() for text in clause.paragraphs):
        yield Flaw(FlawKind.EMPTY_TEXT, place)
    used = frozenset[str]().union(*(placeholders_in(text) for text in (clause.title, *clause.paragraphs)))
    for name in sorted(used - PLACEHOLDERS):
        yield Flaw(FlawKind.UNKNOWN_PLACEHOLDER, place, name)


def _differences(library: Library, language: str) -> Iterator[Flaw]:
    """Name where a language says less or more than the first: equally authentic texts have the same parts."""
    first = next(iter(library.texts))
    for clause_id, clause in library.texts[language].items():
        model = library.texts[first].get(clause_id, clause)
        place = f"{language}/{clause_id}"
        if len(model.paragraphs) != len(clause.paragraphs):
            yield Flaw(FlawKind.PARAGRAPHS_DIFFER, place)
        elif any(
            placeholders_in(one) != placeholders_in(other)
            for one, other in zip(model.paragraphs, clause.paragraphs, strict=True)
        ):
            yield Flaw(FlawKind.PLACEHOLDERS_DIFFER, place)
    for key in sorted(library.words[first].keys() ^ library.words[language].keys()):
        yield Flaw(FlawKind.WORDS_DIFFER, language, key)
