"""The agreement and its signing record as documents: content in, one PDF out, not yet sealed.

The printing depends on nothing but the content, so it can be repeated to the same SHA-256 years later. Where several
languages are equally authentic one file holds the whole text in each: one digest is agreed to, cleared and signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from certify.agreements.clauses import fill, load_library
from certify.agreements.composing import authentic, listed, long_date, party_label, target
from certify.agreements.reference import areas
from certify.criteria.canonical import canonical_bytes
from certify.outside.pdf import Attachment, Relationship, printable, render

TEMPLATES = Path(__file__).parents[1] / "templates" / "pdf"
AGREEMENT_NAME, RECORD_NAME = "agreement.json", "signing-record.json"
AGREEMENT_SCHEMA, RECORD_SCHEMA = "certify.agreement/1", "certify.signing-record/1"
STYLESHEETS = ("family.css", "agreement.css")


def print_agreement(content: Mapping[str, Any]) -> bytes:
    """Print a version: the whole text in each authentic language, its content attached as canonical JSON."""
    return _printed("agreement.html", content, symbol_of(content), AGREEMENT_NAME)


def print_record(content: Mapping[str, Any]) -> bytes:
    """Print the signing record of a concluded agreement, in each language of the agreement."""
    return _printed("agreement_record.html", content, f"{symbol_of(content)}/SIG", RECORD_NAME)


def symbol_of(content: Mapping[str, Any]) -> str:
    """Return the document symbol of a version: AGR-2026-7KM3QX/V2 (E/S)."""
    words = load_library(content["terms"]["library"]).words
    letters = "/".join(words[language]["symbol_letter"] for language in content["terms"]["languages"])
    return f"{content['reference']}/V{content['version']} ({letters})"


def _printed(template: str, content: Mapping[str, Any], symbol: str, name: str) -> bytes:
    language = content["terms"]["languages"][0]
    title = f"{symbol} · {content['terms']['texts'][language]['title']}"
    html = (
        _environment()
        .get_template(template)
        .render(content=content, terms=content["terms"], symbol=symbol, title=title, sections=_sections(content))
    )
    return render(
        printable(html).text,
        stylesheets=STYLESHEETS,
        language=language,
        title=printable(title).text,
        identifier=symbol,
        created_at=datetime.fromisoformat(content["made_at"]),
        attachments=[Attachment(name, canonical_bytes(content), "The same content in JSON.", Relationship.DATA)],
    )


def _sections(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what each language's part of the document says around its clauses."""
    words = load_library(content["terms"]["library"]).words
    return [_section(content, language, words[language]) for language in content["terms"]["languages"]]


def _section(content: Mapping[str, Any], language: str, words: Mapping[str, str]) -> dict[str, Any]:
    terms, organisation = content["terms"], content["organisation"]
    parties = terms["parties"]
    labels = {party["key"]: party_label(party, terms, language, organisation=organisation) for party in parties}
    made_on = long_date(datetime.fromisoformat(content["made_at"]).date(), language)
    return {
        "language": language,
        "words": words,
        "say": lambda key, **values: fill(words[key], values),
        "texts": terms["texts"][language],
        "clauses": terms["clauses"][language],
        "labels": labels,
        "facts": _facts(terms, language, words),
        "version": fill(words["version"], {"version": str(content["version"]), "made_on": made_on}),
    }


def _facts(terms: Mapping[str, Any], language: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    dates = {name: long_date(datetime.fromisoformat(terms[name]).date(), language) for name in ("starts_on", "ends_on")}
    return [
        (words["title"], terms["texts"][language]["title"]),
        (words["area"], areas()[terms["area"]][language]),
        (words["sdg_targets"], listed([target(code, language, words) for code in terms["sdg_targets"]], language)),
        (words["term"], fill(words["from_to"], dates)),
        (words["certificate"], terms["certificate"]),
        (words["languages"], authentic(terms["languages"], language, words)),
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
