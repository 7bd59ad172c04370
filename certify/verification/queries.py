"""Reads the standing of certificates, fresh each time, and searches the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from certify.certificates.codes import MistypedCode, normalise_code
from certify.certificates.models import Certificate, Suspension
from certify.certificates.queries import find_by_document, keys
from certify.certificates.rules import Ground, Pause, State, searchable, standing
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.prepared import Prepared
from certify.verification.rules import Answer, answer_of

if TYPE_CHECKING:
    from certify.outside.seal import SealReport

PAGE = 50
"""Entries on one page of the register."""
BY_CODE = Prepared(
    sa.select(
        Certificate.number,
        Certificate.code,
        Certificate.holder_name,
        Certificate.country,
        Certificate.band,
        Certificate.framework,
        Certificate.granted_on,
        Certificate.valid_until,
        Certificate.state,
        Certificate.ended_at,
        Certificate.public_reason,
        Certificate.record["scope"],
        Certificate.record["framework_title"],
        Certificate.record["framework_digest"].as_string(),
        Certificate.record["is_specimen"].as_boolean(),
        Suspension.effective_at,
        Suspension.lapses_at,
        Suspension.ended_at,
        Suspension.ground,
        Suspension.public_reason,
    )
    .outerjoin(Suspension, Suspension.certificate_id == Certificate.id)
    .where(Certificate.code == sa.bindparam("code"), Certificate.state != State.PENDING)
    .order_by(Suspension.id)
)
"""All that is public about the certificate of a code: one row, or one for each time it was suspended."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of a certificate; never scores, grades, answers, votes or interests."""

    number: str
    code: str
    holder_name: str
    country: str
    band: str
    framework: str
    granted_on: date
    valid_until: date
    state: State
    ended_at: datetime | None
    public_reason: str
    """Why it ended."""
    scope: dict[str, str]
    """What was certified, by language."""
    framework_title: dict[str, str]
    framework_digest: str
    is_specimen: bool

    @property
    def framework_version(self) -> str:
        """The version of the criteria."""
        return self.framework.partition("@")[2]


ENTRY = len(Entry.__slots__)
"""Columns of BY_CODE that make an entry; the others are of a suspension."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A suspension of a certificate, in effect or not: since when and why."""

    pause: Pause
    ground: Ground
    public_reason: str

    @property
    def effective_at(self) -> datetime | None:
        """Since when it holds."""
        return self.pause.effective_at


@dataclass(frozen=True, slots=True)
class Shown:
    """What a verifier is told about one certificate, and when it was read."""

    answer: Answer
    checked_at: datetime
    certificate: Entry | None = None
    suspension: Hold | None = None
    seal: SealReport | None = None
    """What a dropped file's seal says; None where a code was asked for."""


def look_up(typed: str) -> Shown:
    """Answer for a code as it stands at this moment, forgiving how it was typed."""
    try:
        return told(normalise_code(typed))
    except MistypedCode:
        return Shown(Answer.UNKNOWN, clock.now())


def told(code: str, seal: SealReport | None = None) -> Shown:
    """Answer for a well-formed code."""
    rows = BY_CODE.rows(code=code)
    at = clock.now()
    if not rows:
        return Shown(Answer.UNKNOWN, at, seal=seal)
    entry = Entry(*rows[0][:ENTRY])
    holds = [hold_of(*row[ENTRY:]) for row in rows if row[ENTRY] is not None]
    stands = standing(entry.state, valid_until=entry.valid_until, pauses=(hold.pause for hold in holds), at=at)
    return Shown(answer_of(stands), at, entry, next((hold for hold in holds if hold.pause.holds(at=at)), None), seal)


def hold_of(
    effective_at: datetime, lapses_at: datetime | None, ended_at: datetime | None, ground: Ground, public_reason: str
) -> Hold:
    """Return a suspension that has its date."""
    return Hold(Pause(effective_at, lapses_at, ended_at), ground, public_reason)


def check_file(content: bytes, sha256: str) -> Shown:
    """Answer for a dropped PDF: only the very bytes that were issued are genuine, whatever a signature says."""
    from certify.outside.seal import Finding, check_seal  # a file needs it, a code does not

    issued = find_by_document(sha256)
    report = check_seal(content, certificates=keys().certificates, issued_sha256=sha256 if issued else None)
    if issued is not None and report.is_untouched:
        return told(issued.code, report)
    answer = Answer.ALTERED if report.finding is Finding.ALTERED else Answer.UNKNOWN
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
