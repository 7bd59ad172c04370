"""Reads the standing of certificates, fresh each time, and searches the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from certify.certificates.models import Certificate, Suspension
from certify.certificates.queries import find_by_code, find_by_document, keys
from certify.certificates.rules import Standing, State, searchable
from certify.kernel import clock
from certify.kernel.db import db
from certify.outside.seal import Finding, SealReport, check_seal
from certify.verification.rules import Answer, answer_of

PAGE = 50
"""Entries on one page of the register."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a verifier is told about one certificate, and when it was read."""

    answer: Answer
    checked_at: datetime
    certificate: Certificate | None = None
    suspension: Suspension | None = None
    seal: SealReport | None = None
    """What a dropped file's seal says; None where a code was asked for."""


def look_up(code: str) -> Shown:
    """Answer for a code, typed as it may be."""
    return told(find_by_code(code))


def told(certificate: Certificate | None, seal: SealReport | None = None) -> Shown:
    """Answer for a certificate as it stands at this moment."""
    at = clock.now()
    if certificate is None:
        return Shown(Answer.UNKNOWN, at, seal=seal)
    standing = certificate.standing_at(at)
    if standing is Standing.PENDING:
        return Shown(Answer.UNKNOWN, at, seal=seal)
    holding = next((each for each in certificate.suspensions if each.pause.holds(at=at)), None)
    return Shown(answer_of(standing), at, certificate, holding, seal)


def check_file(content: bytes, sha256: str) -> Shown:
    """Answer for a dropped PDF: only the very bytes that were issued are genuine, whatever a signature says."""
    issued = find_by_document(sha256)
    report = check_seal(content, certificates=keys().certificates, issued_sha256=sha256 if issued else None)
    if issued is not None and report.is_untouched:
        return told(issued, report)
    answer = Answer.ALTERED if report.finding is not Finding.UNREADABLE else Answer.UNKNOWN
    return Shown(answer, clock.now(), seal=report)


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor of the register looks for."""

    name: str = ""
    country: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the register."""

    certificates: Sequence[Certificate]
    total: int
    pages: int


def search_register(search: Search) -> Found:
    """Search by name (without accents, any part of it) and country; suspended and ended certificates are shown too."""
    query = sa.select(Certificate).where(Certificate.state != State.PENDING)
    if search.name:
        query = query.where(Certificate.holder_key.contains(searchable(search.name), autoescape=True))
    if search.country:
        query = query.where(Certificate.country == search.country)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, search.page), pages)
    rows = db.session.scalars(
        query.order_by(Certificate.holder_key, Certificate.id).offset((page - 1) * PAGE).limit(PAGE)
    )
    return Found(rows.all(), total, pages)


def countries_of_holders() -> list[str]:
    """List the countries that have a certificate in the register."""
    query = sa.select(Certificate.country).where(Certificate.state != State.PENDING).distinct()
    return sorted(db.session.scalars(query))
