"""Put the organisation's seal on a finished PDF, so that any later change shows."""

from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from certify.outside.keys import KeyRing, Purpose
from certify.outside.seal.signers import signer_of

FIELD = "Seal"
RESERVED = 24_576  # hexadecimal digits for the signature: ours takes 8 000, an outside authority's stamp 14 000


class SealRefused(RuntimeError):
    """The document was not sealed: it is no fresh PDF, or the time-stamp authority did not answer."""


class _PlainWriter(IncrementalPdfFileWriter):
    """A writer that leaves the document's metadata alone: the library's own would break PDF/A."""

    def _update_meta(self) -> None:
        return None


class _SignerAt(PdfSigner):
    """A signer that writes the time it is given, not the machine's: a demonstration's clock may be ahead of it."""

    def __init__(self, *arguments: Any, at: datetime, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._at = at

    def init_signing_session(self, *arguments: Any, **settings: Any) -> Any:
        """Sign at the moment that was given, not at the machine's."""
        session = super().init_signing_session(*arguments, **settings)
        session.system_time = self._at
        return session


def seal(pdf: bytes, *, keys: KeyRing, stamper: TimeStamper, at: datetime, reason: str, location: str) -> bytes:
    """Seal `pdf` with the ring's current sealing key and the time stamp of `stamper`; PDF/A and PDF/UA are kept.

    The bytes differ each time (signature and stamp are random): seal once and keep the file. `reason` and `location`
    are shown by PDF readers. Raises `KeyMissing` without a key that may sign, `SealRefused` without a fresh PDF or a
    stamp.
    """
    signer = signer_of(keys.current(Purpose.SEAL), chain=keys.certificates)
    described = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=keys.organisation,
        reason=reason,
        location=location,
    )
    field = SigFieldSpec(
        FIELD,
        readable_field_name=f"{keys.organisation}: {reason}",
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    try:
        return _signed(pdf, _SignerAt(described, signer, timestamper=stamper, new_field_spec=field, at=at))
    except (PdfReadError, SigningError, TimestampRequestError) as why:
        raise SealRefused(f"The document could not be sealed: {why}") from why


def _signed(pdf: bytes, signer: PdfSigner) -> bytes:
    writer = _PlainWriter(BytesIO(pdf))
    if writer.prev.embedded_signatures:
        raise SigningError("it carries a seal already.")
    return bytes(signer.sign_pdf(writer, bytes_reserved=RESERVED).getvalue())
