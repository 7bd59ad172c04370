"""Check a file that someone holds in their hands, with nothing but a trust bundle: no network, no database, no account.

The answer is one word for the file and one for the standing, then every check on a line of its own, then what was *not*
established; nothing is called untouched unless its seal or proof holds and, for a document, it is the one that was
issued.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from certify.certificates.credential import CredentialFinding, CredentialReport, verify_credential
from certify.certificates.trust import TrustBundle, file_sha256

if TYPE_CHECKING:
    from certify.outside.seal import SealReport

CREDENTIAL_NAME = "credential.json"
LARGEST_CREDENTIAL = 1024 * 1024  # bytes


class Answer(StrEnum):
    """What became of the file, in one word."""

    UNTOUCHED = "untouched"
    ALTERED = "altered"
    STRIPPED = "stripped"
    IMPOSTOR = "impostor"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class KnownStanding(StrEnum):
    """What the status lists in the bundle say of the certificate; `NOT_KNOWN` is never taken for a good sign."""

    NOT_WITHDRAWN = "not_withdrawn"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_KNOWN = "not_known"
    NO_CERTIFICATE = "no_certificate"


class Examined(StrEnum):
    """The checks, in the order they are told."""

    SEAL = "seal"
    ISSUED_FILE = "issued_file"
    CREDENTIAL = "credential"
    DATES = "dates"
    WITHDRAWAL = "withdrawal"
    SUSPENSION = "suspension"


class Outcome(StrEnum):
    """What one check came to."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """All that was found out about one file."""

    answer: Answer
    standing: KnownStanding
    sha256: str
    checks: Mapping[Examined, Outcome] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    number: str | None = None
    sealed_by: str | None = None
    sealed_at: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    status_as_of: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether the file is untouched and nothing speaks against its certificate."""
        good = {KnownStanding.NOT_WITHDRAWN, KnownStanding.NOT_KNOWN, KnownStanding.NO_CERTIFICATE}
        return self.answer is Answer.UNTOUCHED and self.standing in good


def verify_file(content: bytes, *, bundle: TrustBundle, at: datetime) -> VerificationReport:
    """Check a sealed PDF or a credential in JSON; dates are judged at the moment `at`."""
    if content.lstrip()[:1] == b"{":
        return _verify_json(content, bundle, at)
    return _verify_pdf(content, bundle, at)


def attached_credential(pdf: bytes) -> dict[str, Any] | None:
    """The credential inside a PDF whose seal was found to hold, or None where it carries none."""
    import pikepdf  # only a few callers open PDFs

    with pikepdf.open(BytesIO(pdf)) as opened:
        if CREDENTIAL_NAME not in opened.attachments:
            return None
        return _parsed(opened.attachments[CREDENTIAL_NAME].get_file().read_bytes())


def _verify_json(content: bytes, bundle: TrustBundle, at: datetime) -> VerificationReport:
    found = verify_credential(_parsed(content), keys=bundle.keys, status_lists=bundle.status_lists)
    answers = {
        CredentialFinding.PROVEN: Answer.UNTOUCHED,
        CredentialFinding.ALTERED: Answer.ALTERED,
        CredentialFinding.IMPOSTOR: Answer.IMPOSTOR,
        CredentialFinding.UNREADABLE: Answer.UNREADABLE,
    }
    return _report(answers[found.finding], file_sha256(content), found, at, {})


def _verify_pdf(content: bytes, bundle: TrustBundle, at: datetime) -> VerificationReport:
    from certify.outside.seal import check_seal  # half a second, which other commands and pages need not wait for

    digest = file_sha256(content)
    issued = bundle.find(digest)
    seal = check_seal(content, certificates=bundle.certificates, issued_sha256=issued.sha256 if issued else None)
    checks = {Examined.SEAL: _passed(seal.is_untouched), Examined.ISSUED_FILE: _passed(issued is not None)}
    if not seal.is_untouched:
        return _with_seal(VerificationReport(Answer(seal.finding), KnownStanding.NOT_KNOWN, digest, checks), seal)
    credential = attached_credential(content)
    if credential is None:
        return _with_seal(_report(_answer(issued is not None, False), digest, None, at, checks), seal)
    found = verify_credential(credential, keys=bundle.keys, status_lists=bundle.status_lists)
    if found.finding is not CredentialFinding.PROVEN:
        return _with_seal(_report(Answer.ALTERED, digest, found, at, checks), seal)
    answer = _answer(issued is not None, bundle.knows_number(found.number or ""))
    return _with_seal(_report(answer, digest, found, at, checks), seal)


def _answer(is_issued: bool, is_known_number: bool) -> Answer:
    """A whole file with an issued number that is not the issued file was made later: altered, not merely unknown."""
    if is_issued:
        return Answer.UNTOUCHED
    return Answer.ALTERED if is_known_number else Answer.UNKNOWN


def _report(
    answer: Answer, digest: str, found: CredentialReport | None, at: datetime, checks: dict[Examined, Outcome]
) -> VerificationReport:
    if found is None:
        return VerificationReport(answer, KnownStanding.NO_CERTIFICATE, digest, checks)
    proven = found.finding is CredentialFinding.PROVEN
    checked = {
        **checks,
        Examined.CREDENTIAL: _passed(proven),
        Examined.DATES: _passed(not _is_over(found, at)) if proven else Outcome.NOT_CHECKED,
        Examined.WITHDRAWAL: _unset(found.is_withdrawn),
        Examined.SUSPENSION: _unset(found.is_suspended),
    }
    return VerificationReport(
        answer,
        _standing(found, at),
        digest,
        checked,
        number=found.number,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        status_as_of=found.status_as_of,
    )


def _with_seal(report: VerificationReport, seal: "SealReport") -> VerificationReport:
    doubts = tuple(doubt.value for doubt in seal.doubts)
    return replace(report, doubts=doubts, sealed_by=seal.sealed_by, sealed_at=seal.sealed_at)


def _standing(found: CredentialReport, at: datetime) -> KnownStanding:
    """Withdrawn before expired, expired before suspended: the word that changes least comes first."""
    if found.finding is not CredentialFinding.PROVEN:
        return KnownStanding.NOT_KNOWN
    if found.is_withdrawn:
        return KnownStanding.WITHDRAWN
    if _is_over(found, at):
        return KnownStanding.EXPIRED
    if found.is_suspended:
        return KnownStanding.SUSPENDED
    known = found.is_withdrawn is False and found.is_suspended is False
    return KnownStanding.NOT_WITHDRAWN if known else KnownStanding.NOT_KNOWN


def _is_over(found: CredentialReport, at: datetime) -> bool:
    return found.valid_until is not None and found.valid_until < at


def _passed(is_so: bool) -> Outcome:
    return Outcome.PASSED if is_so else Outcome.FAILED


def _unset(bit: bool | None) -> Outcome:
    return Outcome.NOT_CHECKED if bit is None else _passed(not bit)


def _parsed(content: bytes) -> dict[str, Any] | None:
    if len(content) > LARGEST_CREDENTIAL:
        return None
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None
