"""The clause library: whole in four languages, blanks from one list, and nothing in it is ever run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.agreements.clauses import (
    PLACEHOLDERS,
    REQUIRED,
    Clause,
    Flaw,
    FlawKind,
    fill,
    lint,
    load_library,
    placeholders_in,
    versions,
)

LIBRARY = load_library()


def with_clause(language, clause_id, clause):
    """The library with one clause replaced in one language."""
    return replace(LIBRARY, texts={**LIBRARY.texts, language: {**LIBRARY.texts[language], clause_id: clause}})


@pytest.mark.parametrize("version", versions())
def test_every_shipped_version_is_without_fault(version):
    assert lint(load_library(version)) == []


def test_a_version_that_is_not_shipped_is_not_found():
    with pytest.raises(LookupError):
        load_library("9.9.9")


def test_every_required_clause_stands_in_every_template():
    for clauses in LIBRARY.templates.values():
        assert set(clauses) >= REQUIRED


def test_lint_names_a_missing_language():
    texts = {language: clauses for language, clauses in LIBRARY.texts.items() if language != "pt"}

    assert lint(replace(LIBRARY, texts=texts)) == [Flaw(FlawKind.MISSING_LANGUAGE, "pt")]


def test_lint_names_a_clause_that_a_language_lacks():
    spanish = {name: clause for name, clause in LIBRARY.texts["es"].items() if name != "audit"}

    found = lint(replace(LIBRARY, texts={**LIBRARY.texts, "es": spanish}))

    assert found == [Flaw(FlawKind.MISSING_TEXT, "es/audit")]


def test_lint_names_an_unknown_placeholder():
    changed = Clause("Audit", ("{company} and {secret_key}.", LIBRARY.texts["en"]["audit"].paragraphs[1]))

    found = lint(with_clause("en", "audit", changed))

    assert Flaw(FlawKind.UNKNOWN_PLACEHOLDER, "en/audit", "secret_key") in found


def test_lint_names_a_missing_mandatory_clause():
    short = tuple(clause for clause in LIBRARY.templates["tripartite"] if clause != "human_rights")

    found = lint(replace(LIBRARY, templates={"tripartite": short}))

    assert found == [Flaw(FlawKind.MISSING_CLAUSE, "tripartite", "human_rights")]


def test_lint_names_a_clause_that_does_not_exist_or_stands_twice():
    strange = (*LIBRARY.templates["tripartite"], "surprise", "audit")

    found = lint(replace(LIBRARY, templates={"tripartite": strange}))

    assert found == [
        Flaw(FlawKind.UNKNOWN_CLAUSE, "tripartite", "surprise"),
        Flaw(FlawKind.CLAUSE_TWICE, "tripartite", "audit"),
    ]


def test_lint_names_a_language_that_says_less():
    found = lint(with_clause("fr", "audit", Clause("Audit", ("Une phrase.",))))

    assert found == [Flaw(FlawKind.PARAGRAPHS_DIFFER, "fr/audit")]


def test_lint_names_placeholders_that_differ_between_languages():
    first, second = LIBRARY.texts["pt"]["audit"].paragraphs

    found = lint(with_clause("pt", "audit", Clause("Auditoria", (f"{first} {{company}}", second))))

    assert found == [Flaw(FlawKind.PLACEHOLDERS_DIFFER, "pt/audit")]


def test_lint_names_an_empty_text():
    found = lint(with_clause("en", "audit", Clause("Audit", ("Something.", " "))))

    assert found == [Flaw(FlawKind.EMPTY_TEXT, "en/audit")]


@pytest.mark.parametrize(
    "text",
    ["{{7*7}}", "{% for x in y %}", "${7*7}", "{{company}}", "{0}", "{company.name}"],
)
def test_input_17_what_is_no_placeholder_prints_as_it_stands(text):
    assert fill(text, {"company": "Andes"}) == text


def test_input_17_a_value_is_never_read_again():
    assert fill("{company} {title}", {"company": "{title} {{7*7}}", "title": "T"}) == "{title} {{7*7}} T"


def test_a_name_without_a_value_stays_as_it_stands():
    assert fill("{company} {other}", {"company": "Andes"}) == "Andes {other}"


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=40)))
def test_only_known_blanks_are_replaced(text, values):
    filled = fill(text, values)

    if not placeholders_in(text) & values.keys():
        assert filled == text
