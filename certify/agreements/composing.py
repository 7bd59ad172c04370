"""What an agreement says: its terms and the clauses with their blanks filled, in each authentic language. Pure.

The result is plain strings and lists. It is what is frozen, digested, printed and attached to the document; nothing is
looked up again when it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from certify.agreements.clauses import Library, fill, load_library
from certify.agreements.reference import areas, goal_of, goals

TEXT_PARTS = ("title", "purpose", "added_value", "particular")
"""The prose of an agreement, written in each authentic language."""
NEEDED_PARTS = ("title", "purpose", "added_value")


def clauses_of(terms: Mapping[str, Any], *, organisation: str) -> dict[str, list[dict[str, Any]]]:
    """Return the clauses of the terms' template in each of their languages, blanks filled."""
    library = load_library(terms["library"])
    return {language: _filled(library, terms, language, organisation) for language in terms["languages"]}


def _filled(library: Library, terms: Mapping[str, Any], language: str, organisation: str) -> list[dict[str, Any]]:
    values = blanks(terms, language, organisation=organisation)
    clauses = [(name, library.clause(name, language)) for name in library.templates[terms["template"]]]
    return [
        {
            "id": name,
            "title": fill(clause.title, values),
            "paragraphs": [fill(text, values) for text in clause.paragraphs],
        }
        for name, clause in clauses
    ]


def blanks(terms: Mapping[str, Any], language: str, *, organisation: str) -> dict[str, str]:
    """Return what goes into the blanks of the clauses, in a language."""
    words, texts = load_library(terms["library"]).words[language], terms["texts"][language]
    governments = [country(party["country"], language) for party in terms["parties"] if party["country"]]
    return {
        "company": terms["company"]["name"],
        "governments": listed(governments, language),
        "organisation": organisation,
        "certificate": terms["certificate"],
        "title": texts["title"],
        "purpose": texts["purpose"],
        "added_value": texts["added_value"],
        "area": areas()[terms["area"]][language],
        "sdg_targets": listed([target(code, language, words) for code in terms["sdg_targets"]], language),
        "starts_on": long_date(date.fromisoformat(terms["starts_on"]), language),
        "ends_on": long_date(date.fromisoformat(terms["ends_on"]), language),
        "languages": authentic(terms["languages"], language, words),
        "cost_bearer": words[f"costs_{terms['cost_bearer']}"],
    }


def authentic(languages: Sequence[str], language: str, words: Mapping[str, str]) -> str:
    """Say which languages the agreement is drawn up in, and that they are equally authentic where there are several."""
    names = listed([language_name(code, language) for code in languages], language)
    return fill(words["one_language" if len(languages) == 1 else "equally_authentic"], {"languages": names})


def target(code: str, language: str, words: Mapping[str, str]) -> str:
    """Write a target with the short title of its goal."""
    return fill(words["sdg_target"], {"target": code, "goal": goals()[goal_of(code)][language]})


def party_label(party: Mapping[str, Any], terms: Mapping[str, Any], language: str, *, organisation: str) -> str:
    """Write a party's name as the document names it."""
    words = load_library(terms["library"]).words[language]
    if party["kind"] == "company":
        seat = {"company": terms["company"]["name"], "country": country(terms["company"]["country"], language)}
        return fill(words["seat"], seat)
    if party["kind"] == "government":
        return fill(words["of_country"], {"country": country(party["country"], language)})
    return fill(words["of_organisation"], {"organisation": organisation})


# -- names and dates in a language ------------------------------------------------------------------------------------


def country(code: str, language: str) -> str:
    """Return a country's name (CLDR); the code where it has none."""
    return str(Locale(language).territories.get(code, code))


def language_name(code: str, language: str) -> str:
    """Return a language's name in another (CLDR)."""
    return str(Locale(language).languages.get(code, code))


def listed(words: Iterable[str], language: str) -> str:
    """Join words as a language lists them: "A, B and C"."""
    return str(format_list(list(words), locale=language))


def long_date(day: date, language: str) -> str:
    """Write a date in words: 2 March 2026, 2 de marzo de 2026, 1er mars 2026."""
    if language == "en":
        return format_date(day, "d MMMM y", locale="en")
    written = format_date(day, "long", locale=language)
    return written.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else written
