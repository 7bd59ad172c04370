"""Say in one word what became of a sealed file, and name every doubt.

Four things must hold together for "untouched": the seal verifies and is ours; it covers the whole file; it allows no
change; and the file is the one that was issued, where that is known.
"""

import asyncio
import hashlib
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import NO_CHANGES_DIFF_POLICY
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from certify.outside.seal.signers import as_asn1

LARGEST_FILE = 25 * 1024 * 1024  # bytes; the largest document the house makes is a tenth of it
MARKS_OF_A_SEAL = (b"/ByteRange", b"ETSI.CAdES.detached")
MARKS_OF_A_PDF = (b"%PDF-", b"%%EOF", *MARKS_OF_A_SEAL)
# A hostile file may break a parser at any place: whatever it raises is the file's fault, not ours.
FAULTS_OF_THE_FILE = (
    PdfError,
    PathError,
    ValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    EOFError,
    OSError,
    zlib.error,
)
# The library logs a trace for each doubtful file; strangers send such files, and the report says it all.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Finding(StrEnum):
    """What became of the file, in one word."""

    UNTOUCHED = "untouched"
    ALTERED = "altered"
    STRIPPED = "stripped"
    IMPOSTOR = "impostor"
    UNREADABLE = "unreadable"


class Doubt(StrEnum):
    """One reason why a file is not called untouched."""

    NOT_A_PDF = "not_a_pdf"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    NO_SEAL = "no_seal"
    FURTHER_SEAL = "further_seal"
    CONTENT_CHANGED = "content_changed"
    SIGNATURE_BROKEN = "signature_broken"
    BYTES_APPENDED = "bytes_appended"
    CHANGES_ALLOWED = "changes_allowed"
    SEALED_BY_ANOTHER = "sealed_by_another"
    NO_TIME_STAMP = "no_time_stamp"
    NOT_TRUSTED_THEN = "not_trusted_then"
    NOT_THE_ISSUED_FILE = "not_the_issued_file"


@dataclass(frozen=True, slots=True)
class SealReport:
    """The finding on one file, the doubts behind it, and who sealed it when, as far as the seal says."""

    finding: Finding
    doubts: tuple[Doubt, ...]
    sha256: str
    sealed_by: str | None = None
    sealed_at: datetime | None = None
    certificate_sha256: str | None = None

    @property
    def is_untouched(self) -> bool:
        """Whether the file is whole, as sealed, by us."""
        return self.finding is Finding.UNTOUCHED


def check_seal(pdf: bytes, *, certificates: Sequence[x509.Certificate], issued_sha256: str | None = None) -> SealReport:
    """Examine `pdf` against the organisation's `certificates` and, where known, the digest of the file that was issued.

    Of `certificates`, those of authorities anchor the chains (of seals and of time stamps); the others are the only
    ones a seal may come from. Validity is judged at the stamped time, so a seal outlives its certificate. Nothing is
    fetched.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    if not any(mark in pdf for mark in MARKS_OF_A_PDF):
        return SealReport(Finding.UNREADABLE, (Doubt.NOT_A_PDF,), digest)
    if len(pdf) > LARGEST_FILE:
        return SealReport(Finding.UNREADABLE, (Doubt.TOO_LARGE,), digest)
    try:
        report = _examined(pdf, digest, certificates)
    except FAULTS_OF_THE_FILE:
        report = SealReport(_sealed_once(pdf, Finding.UNREADABLE), (Doubt.DAMAGED,), digest)
    return _compared(report, issued_sha256)


def _compared(report: SealReport, issued_sha256: str | None) -> SealReport:
    if issued_sha256 is None or report.sha256 == issued_sha256.lower():
        return report
    finding = Finding.ALTERED if report.is_untouched else report.finding
    doubts = (*report.doubts, Doubt.NOT_THE_ISSUED_FILE)
    return SealReport(finding, doubts, report.sha256, report.sealed_by, report.sealed_at, report.certificate_sha256)


def _examined(pdf: bytes, digest: str, certificates: Sequence[x509.Certificate]) -> SealReport:
    seals = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if not seals:
        return SealReport(_sealed_once(pdf, Finding.STRIPPED), (Doubt.NO_SEAL,), digest)
    if len(seals) > 1:
        return SealReport(Finding.ALTERED, (Doubt.FURTHER_SEAL,), digest)
    seal, moment = seals[0], _stamped_at(seals[0])
    status = asyncio.run(_status(seal, moment, certificates))
    doubts = tuple(_doubts(pdf, seal, status, certificates))
    signer = seal.signer_cert
    return SealReport(
        _finding(status, doubts),
        doubts,
        digest,
        signer.subject.human_friendly,
        moment,
        hashlib.sha256(signer.dump()).hexdigest(),
    )


def _sealed_once(pdf: bytes, otherwise: Finding) -> Finding:
    """A file that shows remains of a seal was altered, not merely something else."""
    return Finding.ALTERED if any(mark in pdf for mark in MARKS_OF_A_SEAL) else otherwise


def _finding(status: PdfSignatureStatus, doubts: tuple[Doubt, ...]) -> Finding:
    if not doubts:
        return Finding.UNTOUCHED
    if Doubt.SEALED_BY_ANOTHER in doubts and status.intact and status.valid:
        return Finding.IMPOSTOR
    return Finding.ALTERED


def _doubts(
    pdf: bytes, seal: EmbeddedPdfSignature, status: PdfSignatureStatus, certificates: Sequence[x509.Certificate]
) -> list[Doubt]:
    known = {certificate.public_bytes(Encoding.DER) for certificate in certificates}
    ours = {certificate.public_bytes(Encoding.DER) for certificate in certificates if not _is_authority(certificate)}
    carried = {certificate.dump() for certificate in seal.other_embedded_certs}
    stamp = status.timestamp_validity
    held = {
        Doubt.CONTENT_CHANGED: status.intact,
        Doubt.SIGNATURE_BROKEN: status.valid,
        Doubt.BYTES_APPENDED: _is_covered_whole(pdf, seal, status),
        Doubt.CHANGES_ALLOWED: seal.docmdp_level is MDPPerm.NO_CHANGES,
        Doubt.SEALED_BY_ANOTHER: seal.signer_cert.dump() in ours,
        Doubt.NO_TIME_STAMP: stamp is not None and stamp.valid and stamp.intact and stamp.trusted,
        Doubt.NOT_TRUSTED_THEN: carried <= known and (status.bottom_line or not (status.intact and status.valid)),
    }
    return [doubt for doubt, holds in held.items() if not holds]


def _is_covered_whole(pdf: bytes, seal: EmbeddedPdfSignature, status: PdfSignatureStatus) -> bool:
    """Whether every byte is signed but for one gap, and that holds the signature and zeros, nothing smuggled in."""
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return False
    _, first, second, _ = (int(number) for number in seal.byte_range)
    if not all(map(_names_one_digest, [seal.signed_data, *_stamps(seal)])):
        return False
    signature = cms.ContentInfo.load(seal.pkcs7_content).dump().hex().upper().encode()
    return bool(pdf[first:second] == b"<" + signature.ljust(second - first - 2, b"0") + b">")


async def _status(
    seal: EmbeddedPdfSignature, moment: datetime | None, certificates: Sequence[x509.Certificate]
) -> PdfSignatureStatus:
    anchors = [as_asn1(certificate) for certificate in certificates if _is_authority(certificate)]
    others = [as_asn1(certificate) for certificate in certificates if not _is_authority(certificate)]
    context = ValidationContext(
        trust_roots=anchors,
        other_certs=others,
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    return await async_validate_pdf_signature(seal, context, diff_policy=NO_CHANGES_DIFF_POLICY)


def _stamped_at(seal: EmbeddedPdfSignature) -> datetime | None:
    """The time in the seal's own time stamp; trusted only once the stamp itself has been verified."""
    for stamp in _stamps(seal):
        stated: datetime = stamp["encap_content_info"]["content"].parsed["gen_time"].native
        return stated
    return None


def _stamps(seal: EmbeddedPdfSignature) -> list[cms.SignedData]:
    return list(extract_tst_data_iter(seal.signer_info, signed=False))


def _names_one_digest(signed: cms.SignedData) -> bool:
    """Whether the unsigned list of digests says what the one signer says, so that no byte of it is free to change."""
    named = [algorithm.dump() for algorithm in signed["digest_algorithms"]]
    return named == [signer["digest_algorithm"].dump() for signer in signed["signer_infos"]]


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
