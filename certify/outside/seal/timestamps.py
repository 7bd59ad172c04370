"""Say when a document was sealed, by a time-stamp authority (RFC 3161): an outside one, or a demonstration's own."""

from collections.abc import Callable
from datetime import datetime
from secrets import randbits

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from certify.outside.keys import Key, KeyMissing, KeyRing, Purpose
from certify.outside.seal.signers import as_asn1, certificate_of, signer_of

POLICY = "2.25.334910870264519720984112734094131427921"  # an object identifier of our own kind (ITU-T X.667)
TIMEOUT_SECONDS = 5


class DemonstrationTimeStamper(TimeStamper):
    """A time-stamp authority inside the process that tells the time of the demonstration's own clock."""

    def __init__(self, key: Key, *, now: Callable[[], datetime]) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self._signer = signer_of(key)
        self._name = x509.GeneralName(name="directory_name", value=as_asn1(certificate_of(key)).subject)
        self._now = now

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Stamp whatever is asked for, now."""
        at = self._now()
        token = await _token(_statement(req, self._name, at), req, self._signer, at)
        answer = tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "granted"}), "time_stamp_token": token})
        # As bytes, like any answer that was sent: a structure still open is encoded anew at every look, for seconds.
        return tsp.TimeStampResp.load(answer.dump())


def choose_time_stamper(keys: KeyRing, *, url: str | None, now: Callable[[], datetime]) -> TimeStamper:
    """The authority at `url` where one is set; else, in a demonstration only, our own with the clock `now`.

    Raises `KeyMissing` where neither is to be had: outside a demonstration nothing is sealed without an outside witness
    of the time.
    """
    if url:
        return RequestsHTTPTimeStamper(url, timeout=TIMEOUT_SECONDS)  # type: ignore[no-untyped-call]
    if not keys.is_demonstration:
        raise KeyMissing("No time-stamp authority is set, so nothing can be sealed.")
    return DemonstrationTimeStamper(keys.current(Purpose.TIME_STAMP), now=now)


async def _token(
    statement: tsp.TSTInfo, request: tsp.TimeStampReq, signer: SimpleSigner, at: datetime
) -> cms.ContentInfo:
    content = cms.EncapsulatedContentInfo(
        {
            "content_type": cms.ContentType("tst_info"),
            "content": core.ParsableOctetString(statement.dump()),
        }
    )
    return await signer.async_sign_general_data(
        content,
        request["message_imprint"]["hash_algorithm"]["algorithm"].native,
        detached=False,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
    )


def _statement(request: tsp.TimeStampReq, name: x509.GeneralName, at: datetime) -> tsp.TSTInfo:
    said = {
        "version": "v1",
        "policy": tsp.ObjectIdentifier(POLICY),
        "message_imprint": request["message_imprint"],
        "serial_number": randbits(159),
        "gen_time": at.replace(microsecond=0),
        "tsa": name,
    }
    if request["nonce"].native is not None:
        said["nonce"] = request["nonce"]
    return tsp.TSTInfo(said)
