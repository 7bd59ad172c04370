"""Check a sealed agreement or a signing record that someone holds in their hands: no network, no database, no account.

The seal and the digest are checked as for every issued document; then the terms inside the file are digested again, and
the entries of a signing record are followed link by link from the digest of the file that was signed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from certify.agreements.document import AGREEMENT_NAME, AGREEMENT_SCHEMA, RECORD_NAME, RECORD_SCHEMA
from certify.agreements.rules import chain_faults
from certify.certificates.trust import TrustBundle
from certify.certificates.verifying import Answer, Examined, Outcome, VerificationReport, verify_file
from certify.criteria.canonical import digest

LARGEST_CONTENT = 4 * 1024 * 1024
"""Bytes of an attached content; the largest the house makes is a twentieth of it."""
FAULTS_OF_THE_FILE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class Kind(StrEnum):
    """What the file is."""

    AGREEMENT = "agreement"
    RECORD = "signing_record"
    OTHER = "other"


class Check(StrEnum):
    """The checks, in the order they are told."""

    SEAL = "seal"
    ISSUED_FILE = "issued_file"
    TERMS = "terms"
    CHAIN = "chain"
    NAMED_FILE = "named_file"


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """All that was found out about one file."""

    answer: Answer
    kind: Kind
    sha256: str
    checks: Mapping[Check, Outcome] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    reference: str = ""
    version: int = 0
    signed_sha256: str = ""
    """Digest of the file that the parties signed, before the seal; a record knows it."""
    sealed_sha256: str = ""
    """Digest of the sealed agreement that a record names."""
    broken_entries: tuple[int, ...] = ()
    signatures: tuple[Mapping[str, str], ...] = ()
    sealed_by: str | None = None
    sealed_at: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether the file is an untouched agreement or record, and no check failed."""
        held = Outcome.FAILED not in self.checks.values()
        return self.answer is Answer.UNTOUCHED and self.kind is not Kind.OTHER and held


def verify_agreement(
    content: bytes, *, bundle: TrustBundle, at: datetime, record: bytes | None = None
) -> AgreementReport:
    """Check a sealed agreement or signing record; with `record`, also that this record is the agreement's own."""
    base = verify_file(content, bundle=bundle, at=at)
    report = opened(content, base, bundle)
    if record is None or report.kind is not Kind.AGREEMENT:
        return report
    other = verify_agreement(record, bundle=bundle, at=at)
    belongs = other.is_good and other.kind is Kind.RECORD and other.sealed_sha256 == report.sha256
    checks = {**report.checks, Check.CHAIN: passed(not other.broken_entries), Check.NAMED_FILE: passed(belongs)}
    return replace(report, checks=checks, signatures=other.signatures, signed_sha256=other.signed_sha256)


def opened(content: bytes, base: VerificationReport, bundle: TrustBundle) -> AgreementReport:
    """Read what a file with a holding seal carries; of any other file nothing inside is believed."""
    checks = {
        Check.SEAL: base.checks.get(Examined.SEAL, Outcome.FAILED),
        Check.ISSUED_FILE: base.checks.get(Examined.ISSUED_FILE, Outcome.FAILED),
    }
    report = AgreementReport(
        base.answer,
        Kind.OTHER,
        base.sha256,
        checks,
        base.doubts,
        sealed_by=base.sealed_by,
        sealed_at=base.sealed_at,
    )
    if checks[Check.SEAL] is not Outcome.PASSED:
        return report
    return read_content(report, attached_content(content), bundle)


def read_content(report: AgreementReport, content: Mapping[str, Any], bundle: TrustBundle) -> AgreementReport:
    """Add what the attached content says and whether it holds together."""
    try:
        if content.get("schema") == AGREEMENT_SCHEMA:
            return with_terms(report, content)
        if content.get("schema") == RECORD_SCHEMA:
            return with_chain(report, content, bundle)
    except FAULTS_OF_THE_FILE:
        return replace(report, answer=Answer.UNREADABLE)
    return report


def with_terms(report: AgreementReport, content: Mapping[str, Any]) -> AgreementReport:
    """Digest an agreement's terms again."""
    holds = digest(content["terms"]) == content["terms_sha256"]
    return replace(
        report,
        kind=Kind.AGREEMENT,
        reference=str(content["reference"]),
        version=int(content["version"]),
        checks={**report.checks, Check.TERMS: passed(holds), Check.CHAIN: Outcome.NOT_CHECKED},
    )


def with_chain(report: AgreementReport, content: Mapping[str, Any], bundle: TrustBundle) -> AgreementReport:
    """Follow a record's entries from the digest of the signed file, and look for the sealed file it names."""
    signed = str(content["document_before"])
    entries = tuple({str(name): str(value) for name, value in entry.items()} for entry in content["signatures"])
    faults = tuple(chain_faults(entries, document=signed))
    named = bundle.find(str(content["document_after"])) is not None
    return replace(
        report,
        kind=Kind.RECORD,
        reference=str(content["reference"]),
        version=int(content["version"]),
        signed_sha256=signed,
        sealed_sha256=str(content["document_after"]),
        signatures=entries,
        broken_entries=faults,
        checks={
            **report.checks,
            Check.CHAIN: passed(bool(entries) and not faults),
            Check.NAMED_FILE: passed(named),
        },
    )


def attached_content(pdf: bytes) -> Mapping[str, Any]:
    """Return the content inside a PDF whose seal was found to hold; empty where it carries none of ours."""
    import pikepdf  # only a few callers open PDFs

    with pikepdf.open(BytesIO(pdf)) as document:
        for name in (AGREEMENT_NAME, RECORD_NAME):
            if name in document.attachments:
                return parsed(document.attachments[name].get_file().read_bytes())
    return {}


def parsed(content: bytes) -> Mapping[str, Any]:
    """Read an attached content; empty for what is none."""
    if len(content) > LARGEST_CONTENT:
        return {}
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def passed(holds: bool) -> Outcome:
    """Return what a check came to."""
    return Outcome.PASSED if holds else Outcome.FAILED
