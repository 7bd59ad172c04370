"""Makes certificates, keys, credentials and sealed documents, for the tests that check them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from certify.certificates.credential import credential_bytes, did_web, make_credential, verification_method
from certify.certificates.document import certificate_pdf
from certify.certificates.record import CertificateRecord, CertifiedBand, CertifiedTheme
from certify.certificates.status import StatusPurpose, encode_bits, status_list_credential
from certify.certificates.trust import IssuedFile, TrustBundle, file_sha256, make_trust_bundle, read_trust_bundle
from certify.outside.keys import KeyRing, Purpose, make_demonstration_keys
from certify.outside.seal import choose_time_stamper, seal

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOST = "certify.example.org"
ADDRESSES = {purpose: f"https://{HOST}/status/{purpose}/1" for purpose in StatusPurpose}
INDEX = 94_567
ORGANISATION = "Organization of Example States"


def in_four(english: str, spanish: str, french: str, portuguese: str) -> dict[str, str]:
    """The same words in four languages."""
    return {"en": english, "es": spanish, "fr": french, "pt": portuguese}


THEMES = (
    CertifiedTheme(
        "INT",
        in_four(
            "Legal existence and integrity",
            "Existencia legal e integridad",
            "Existence légale et intégrité",
            "Existência legal e integridade",
        ),
        ("INT-01", "INT-02", "INT-03"),
    ),
    CertifiedTheme(
        "HRT",
        in_four("Human rights", "Derechos humanos", "Droits de l’homme", "Direitos humanos"),
        ("HRT-01", "HRT-02"),
    ),
)


def record(**changes: Any) -> CertificateRecord:
    """A certificate of an invented cooperative, with the given changes."""
    said: dict[str, Any] = {
        "number": "OASC-2026-0001",
        "symbol": "OES/CERT/2026/1",
        "code": "7K3QXM0V9D2RWT5H8B",
        "organisation": in_four(
            ORGANISATION,
            "Organización de Estados de Ejemplo",
            "Organisation d’États exemplaires",
            "Organização de Estados de Exemplo",
        ),
        "holder_name": "Cooperativa Agroindustrial Ñandú Ltda.",
        "country_code": "PY",
        "country": in_four("Paraguay", "Paraguay", "Paraguay", "Paraguai"),
        "scope": in_four("Sugar and yerba mate", "Azúcar y yerba mate", "Sucre et maté", "Açúcar e erva-mate"),
        "sectors": (in_four("agriculture", "agricultura", "agriculture", "agricultura"),),
        "framework_id": "oas-certification",
        "framework_title": in_four("OAS Certification", "Certificación OEA", "Certification OEA", "Certificação OEA"),
        "framework_version": "1.0.0",
        "framework_digest": "6d0c1e9a" * 8,
        "band": CertifiedBand.CERTIFIED,
        "granted_on": date(2026, 11, 20),
        "valid_until": date(2028, 11, 19),
        "issued_at": NOW,
        "themes": THEMES,
        "decided_by": in_four("Management Board", "Junta Directiva", "Conseil de direction", "Junta Diretora"),
        "resolution": "MB/RES. 12/26",
        "verify_url": f"https://{HOST}/verify/7K3QXM0V9D2RWT5H8B",
        "verify_address": f"{HOST}/verify",
        "is_specimen": True,
    }
    return CertificateRecord(**{**said, **changes})


def keys_in(folder: Path, *, organisation: str = ORGANISATION) -> KeyRing:
    """A ring of demonstration keys, made in a folder that does not exist yet."""
    return make_demonstration_keys(folder, organisation=organisation, now=NOW)


def credential_of(certified: CertificateRecord, keys: KeyRing) -> dict[str, Any]:
    """The credential of a certificate, signed with the ring's current key."""
    return make_credential(
        certified, host=HOST, key=keys.current(Purpose.CREDENTIAL), status_index=INDEX, status_addresses=ADDRESSES
    )


def status_lists(keys: KeyRing, *, withdrawn: tuple[int, ...] = (), suspended: tuple[int, ...] = ()) -> dict[str, Any]:
    """The two signed status lists, by address."""
    key = keys.current(Purpose.CREDENTIAL)
    bits = {StatusPurpose.REVOCATION: withdrawn, StatusPurpose.SUSPENSION: suspended}
    return {
        ADDRESSES[purpose]: status_list_credential(
            encode_bits(indexes),
            purpose=purpose,
            address=ADDRESSES[purpose],
            issuer=did_web(HOST),
            key=key.private,
            verification_method=verification_method(HOST, key),
            valid_from=NOW,
            valid_until=NOW + timedelta(minutes=5),
        )
        for purpose, indexes in bits.items()
    }


def printed(certified: CertificateRecord, keys: KeyRing, *, language: str = "en") -> bytes:
    """The certificate with its credential, not yet sealed."""
    return certificate_pdf(certified, language=language, credential=credential_bytes(credential_of(certified, keys)))


def sealed(pdf: bytes, keys: KeyRing, *, at: datetime = NOW) -> bytes:
    """The document under the ring's seal, stamped by the demonstration's own authority at `at`."""
    stamper = choose_time_stamper(keys, url=None, now=lambda: at)
    return seal(pdf, keys=keys, stamper=stamper, at=at, reason="Certificate", location="Example City")


def bundle_of(keys: KeyRing, *, issued: tuple[bytes, ...] = (), **listed: tuple[int, ...]) -> TrustBundle:
    """A trust bundle that lists these files as issued under the one number, with the given bits set."""
    files = [IssuedFile(file_sha256(content), "certificate", record().number, "en") for content in issued]
    lists = list(status_lists(keys, **listed).values())
    return read_trust_bundle(make_trust_bundle(keys, host=HOST, at=NOW, issued=files, status_lists=lists))
