"""The public pages of the criteria: open to all, in four languages, true to the framework."""

from __future__ import annotations

import json
from typing import Any

import pytest

from certify.criteria import queries
from certify.criteria.canonical import digest
from certify.criteria.library import load_framework
from certify.criteria.words import EVIDENCE, evidence_word
from tests.pages import parsed, words

FRAMEWORK = load_framework("oas-certification@1.0.0")
PAGE = "/framework/oas-certification/1.0.0"


# -- eligibility ------------------------------------------------------------------------------------------------------


def test_anyone_reads_what_excludes_what_is_asked_and_what_to_prepare(app: Any, visit: Any) -> None:
    page = visit().get("/eligibility?size=micro&sector=energy")

    shown = words(page)
    assert page.status_code == 200
    for exclusion in FRAMEWORK.exclusions:
        assert FRAMEWORK.text("en", f"{exclusion.id}.statement") in shown
    assert "45 questions in 8 themes" in shown
    assert "Certificate of the registry" in shown


def test_a_larger_company_prepares_more(app: Any, visit: Any) -> None:
    micro = queries.preparation(FRAMEWORK, size="micro", sectors=["energy"])
    large = queries.preparation(FRAMEWORK, size="large", sectors=["energy"])

    assert "59 questions" in words(visit().get("/eligibility?size=large&sector=energy"))
    assert micro.questions < large.questions
    assert micro.minutes < large.minutes


def test_the_time_is_the_sum_that_the_page_names(app: Any, visit: Any) -> None:
    chosen = queries.preparation(FRAMEWORK, size="small", sectors=["services"])

    shown = words(visit().get("/eligibility"))

    assert chosen.minutes == 5 * chosen.questions + 10 * len(chosen.evidence)
    assert f"About {chosen.hours} hours" in shown
    assert f"5 minutes for each of {chosen.questions} questions" in shown
    assert f"each of {len(chosen.evidence)} kinds of evidence" in shown


@pytest.mark.parametrize(
    "query",
    ["size=huge&sector=energy", "size=small&sector=%3Cscript%3E", "size=&sector="],
)
def test_what_is_not_offered_is_named_at_its_field(app: Any, visit: Any, query: str) -> None:
    page = visit().get(f"/eligibility?{query}")

    assert page.status_code == 422
    assert "Please choose one of the list." in words(page)
    assert "<script>alert" not in page.text and '<script>"' not in page.text


def test_the_choice_stays_in_the_form(app: Any, visit: Any) -> None:
    page = visit().get("/eligibility?size=large&sector=tourism")

    chosen = [option.get("value") for option in parsed(page).iter("option") if option.get("selected") is not None]
    assert chosen == ["large", "tourism"]


# -- the framework ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_framework_is_read_in_four_languages_with_its_digests(app: Any, visit: Any, language: str) -> None:
    page = visit().get(f"{PAGE}?lang={language}")

    shown = words(page)
    assert parsed(page).get("lang") == language
    assert FRAMEWORK.structure_digest in shown and FRAMEWORK.texts_digest in shown
    for key in ("HRT-01.question", "HRT-01.level.3", "EXC-07.statement", "CON-02.text", "LAB.title"):
        assert " ".join(FRAMEWORK.text(language, key).split()) in shown


def test_anyone_recomputes_the_digests_from_the_download(app: Any, visit: Any) -> None:
    answer = visit().get(f"{PAGE}.json")

    content = json.loads(answer.data)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert digest(content["structure"]) == FRAMEWORK.structure_digest
    assert digest(content["texts"]) == FRAMEWORK.texts_digest


@pytest.mark.parametrize(
    "path",
    [
        "/framework/oas-certification/9.9.9",
        "/framework/nothing/1.0.0",
        "/framework/..%2f..%2fetc/passwd",
        "/framework/oas-certification/1.0.0%00",
        "/framework/./1.0.0",
        "/framework/oas-certification/9.9.9.json",
    ],
)
def test_a_version_that_does_not_exist_is_not_found(app: Any, visit: Any, path: str) -> None:
    assert visit().get(path).status_code in {308, 400, 404}


def test_every_kind_of_evidence_of_the_first_framework_has_words() -> None:
    kinds = {kind for criterion in FRAMEWORK.criteria.values() for kind in criterion.evidence_required}

    assert kinds - EVIDENCE.keys() == set()


def test_a_kind_of_evidence_of_a_later_framework_reads_without_underscores() -> None:
    assert evidence_word("water_licence") == "Water licence"
