"""The certificate as a document to hang on a wall: one record in, one PDF in one language out, not yet sealed.

The rendering depends on nothing but the record, the language and the credential's bytes, so it can be repeated to the
same SHA-256 years later.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from certify.certificates.codes import format_code
from certify.certificates.engraving import first_ground, qr_png, second_ground
from certify.certificates.record import LANGUAGES, CertificateRecord, CertifiedBand, worded
from certify.outside.pdf import Attachment, Relationship, printable, render

TEMPLATES = Path(__file__).parents[1] / "templates" / "pdf"
TEXTS = Path(__file__).parent / "texts"
CREDENTIAL_NAME = "credential.json"
RAYS = {CertifiedBand.CONDITIONAL: 1, CertifiedBand.CERTIFIED: 2, CertifiedBand.DISTINCTION: 3}
NAME_SIZES = ((26, "name-1"), (40, "name-2"), (64, "name-3"), (110, "name-4"))
SCOPE_SIZES = ((110, "scope-1"), (240, "scope-2"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One quiet line of the grid: a label and what it says."""

    label: str
    value: str


def certificate_pdf(record: CertificateRecord, *, language: str, credential: bytes) -> bytes:
    """The certificate in one of the four languages, with its credential attached, ready to be sealed."""
    html = certificate_html(record, language=language, credential_sha256=hashlib.sha256(credential).hexdigest())
    attached = Attachment(CREDENTIAL_NAME, credential, "W3C Verifiable Credential 2.0", Relationship.ALTERNATIVE)
    return render(
        html,
        stylesheets=("certificate.css",),
        language=language,
        title=_document_title(record, language),
        identifier=record.symbol_in(language),
        created_at=record.issued_at,
        attachments=(attached,),
        images={"qr.png": qr_png(record.verify_url)},
        underlays=(first_ground(record.number, rays=RAYS[record.band]), second_ground(record.number)),
    )


def certificate_html(record: CertificateRecord, *, language: str, credential_sha256: str) -> str:
    """The two pages of the certificate as HTML, every value escaped and every character printable."""
    shown = _values(record, language)
    return (
        _environment()
        .get_template("certificate.html")
        .render(
            language=language,
            record=record,
            values=shown,
            say=lambda key: _said(language, key, shown),
            rays=RAYS[record.band],
            seal_words=document_texts(language)[f"seal.{record.band}"],
            facts=_facts(language, shown),
            themes=[(theme.id, _print(worded(theme.title, language)), len(theme.criteria)) for theme in record.themes],
            sizes={"name": _size(shown["holder"], NAME_SIZES), "scope": _size(shown["scope"], SCOPE_SIZES)},
            code_points=printable(record.holder_name).code_points,
            credential_sha256=credential_sha256,
        )
    )


@cache
def document_texts(language: str) -> Mapping[str, Any]:
    """The sentences of the document in one language, by key; raises `KeyError` for a language it is not written in."""
    if language not in LANGUAGES:
        raise KeyError(language)
    texts: Mapping[str, Any] = yaml.safe_load((TEXTS / f"{language}.yml").read_text(encoding="utf-8"))
    return texts


def long_date(day: date, language: str) -> str:
    """The date in words: `20 November 2026`, `20 de noviembre de 2026`, `1er novembre 2026`."""
    if language == "en":
        return format_date(day, "d MMMM y", locale="en")
    written = format_date(day, "long", locale=language)
    return written.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else written


def _values(record: CertificateRecord, language: str) -> dict[str, str]:
    """Everything the sentences may speak of, in the document's language and in printable characters."""
    spoken = {
        "organisation": worded(record.organisation, language),
        "holder": record.holder_name,
        "number": record.number,
        "symbol": record.symbol_in(language),
        "code": format_code(record.code),
        "country": worded(record.country, language),
        "scope": worded(record.scope, language),
        "sectors": ", ".join(worded(sector, language) for sector in record.sectors),
        "framework": worded(record.framework_title, language),
        "version": record.framework_version,
        "framework_version": f"{record.framework_id} {record.framework_version}",
        "body": worded(record.decided_by, language),
        "resolution": record.resolution,
        "address": record.verify_address,
        "granted_on": long_date(record.granted_on, language),
        "valid_until": long_date(record.valid_until, language),
        "criteria": str(len(record.criteria)),
        "themes": str(len(record.themes)),
        "code_points": printable(record.holder_name).code_points,
        "band": document_texts(language)[f"band.{record.band}"],
    }
    return {name: _print(value) for name, value in spoken.items()}


def _facts(language: str, shown: Mapping[str, str]) -> list[Fact]:
    keys = ("granted_on", "valid_until", "country", "number", "symbol", "framework_version")
    return [Fact(_said(language, key, shown), shown[key]) for key in keys]


def _said(language: str, key: str, shown: Mapping[str, str]) -> str:
    """The sentence `key`, filled in; numbers of pages are filled in by the template."""
    sentence: str = document_texts(language)[key]
    return sentence if key == "page" else sentence % shown


def _document_title(record: CertificateRecord, language: str) -> str:
    return _said(language, "document_title", _values(record, language))


def _print(text: str) -> str:
    return printable(text).text


def _size(text: str, sizes: tuple[tuple[int, str], ...]) -> str:
    """The class of the largest type that `text` fits its place in."""
    return next((name for longest, name in sizes if len(text) <= longest), f"{sizes[-1][1]}-more")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
