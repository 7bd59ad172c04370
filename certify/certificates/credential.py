"""The certificate as a credential machines can read and check: W3C Verifiable Credentials 2.0.

It carries band, scope, dates, framework digest and criterion ids; never scores, grades or answers. The issuer is a
`did:web` of the organisation's host name, which finds the public keys; the status lists say what happened since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certify.certificates.proof import ProofBroken, add_proof, multibase_key, rfc3339, verify_proof
from certify.certificates.record import CertificateRecord, Wording
from certify.certificates.status import VC_CONTEXT, StatusListBroken, StatusPurpose, read_bit, status_entries
from certify.outside.keys import Key, KeyMissing

DID_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
TERMS = (
    "CertificationCredential",
    "CertifiedCompany",
    "Certification",
    "certification",
    "country",
    "number",
    "symbol",
    "band",
    "scope",
    "frameworkId",
    "frameworkVersion",
    "frameworkDigest",
    "criteria",
    "grantedOn",
    "validThrough",
    "resolution",
    "specimen",
)
LAST_MOMENT = time(23, 59, 59, tzinfo=UTC)


class CredentialFinding(StrEnum):
    """What became of a credential, in one word."""

    PROVEN = "proven"
    ALTERED = "altered"
    IMPOSTOR = "impostor"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """The finding on one credential, what it certifies until when, and what the status lists at hand say of it."""

    finding: CredentialFinding
    number: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    is_withdrawn: bool | None = None
    is_suspended: bool | None = None
    status_as_of: datetime | None = None


def did_web(host: str) -> str:
    """The issuer's identifier for a host name (with a port where it has one); raises `ValueError` for an IP address."""
    name, _, port = host.partition(":")
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return f"did:web:{name.lower()}" + (f"%3A{port}" if port else "")
    raise ValueError("An issuer needs a host name; did:web allows no IP address.")


def did_document(host: str, keys: Iterable[Key]) -> dict[str, Any]:
    """The issuer's public document with every key it ever signed credentials with; retired keys stay in it for ever."""
    did, kept = did_web(host), list(keys)
    return {
        "@context": DID_CONTEXTS,
        "id": did,
        "verificationMethod": [
            {
                "id": verification_method(host, key),
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": multibase_key(_public(key)),
            }
            for key in kept
        ],
        "assertionMethod": [verification_method(host, key) for key in kept],
    }


def verification_method(host: str, key: Key) -> str:
    """The full name of one of the issuer's keys."""
    return f"{did_web(host)}#{key.id}"


def credential_keys(host: str, keys: Iterable[Key]) -> dict[str, Ed25519PublicKey]:
    """The public keys of the issuer by their full names, as `verify_credential` wants them."""
    return {verification_method(host, key): _public(key) for key in keys}


def context_address(host: str) -> str:
    """Where the meaning of the credential's own terms is served, unchanged for ever."""
    return f"https://{host}/contexts/certification/v1"


def context_document(host: str) -> dict[str, Any]:
    """The meaning of the credential's own terms, as served at `context_address`."""
    terms = {term: f"https://{host}/ns/certification#{term}" for term in TERMS}
    return {"@context": {"@protected": True, "type": "@type", **terms}}


def make_credential(
    record: CertificateRecord, *, host: str, key: Key, status_index: int, status_addresses: Mapping[StatusPurpose, str]
) -> dict[str, Any]:
    """The signed credential of a certificate; equal arguments give an equal credential.

    Raises `KeyMissing` where `key` cannot sign.
    """
    if not key.can_sign or not isinstance(key.private, Ed25519PrivateKey):
        raise KeyMissing(f"The key {key.id} cannot sign credentials.")
    unsigned = _unsigned(record, host, status_entries(status_index, addresses=status_addresses))
    method = verification_method(host, key)
    return add_proof(unsigned, key=key.private, verification_method=method, created=record.issued_at)


def credential_bytes(credential: Mapping[str, Any]) -> bytes:
    """The credential as the one file that is attached and downloaded: canonical JSON (RFC 8785)."""
    return rfc8785.dumps(dict(credential))


def verify_credential(
    credential: object,
    *,
    keys: Mapping[str, Ed25519PublicKey],
    status_lists: Mapping[str, Mapping[str, Any]] | None = None,
) -> CredentialReport:
    """Check the proof with the issuer's `keys` and read the status bits in `status_lists`, by address.

    A list that is missing, or whose own proof does not hold, leaves its answer None: not known, never "no".
    """
    if not isinstance(credential, dict) or not isinstance(credential.get("proof"), dict):
        return CredentialReport(CredentialFinding.UNREADABLE)
    try:
        if credential["proof"].get("verificationMethod") not in keys:
            return CredentialReport(CredentialFinding.IMPOSTOR)
        _verify_issued(credential, keys)
        return _proven(credential, keys, status_lists or {})
    except (ProofBroken, LookupError, TypeError, AttributeError, ValueError, RecursionError, StopIteration):
        return CredentialReport(CredentialFinding.ALTERED)


def _unsigned(record: CertificateRecord, host: str, status: list[dict[str, str]]) -> dict[str, Any]:
    name = record.framework_title["en"] + (" (SPECIMEN)" if record.is_specimen else "")
    return {
        "@context": [VC_CONTEXT, context_address(host)],
        "id": record.verify_url,
        "type": ["VerifiableCredential", "CertificationCredential"],
        "name": name,
        "issuer": {"id": did_web(host), "name": record.organisation["en"]},
        "validFrom": rfc3339(datetime.combine(record.granted_on, time(tzinfo=UTC))),
        "validUntil": rfc3339(datetime.combine(record.valid_until, LAST_MOMENT)),
        "credentialSubject": {
            "type": "CertifiedCompany",
            "name": record.holder_name,
            "country": record.country_code,
            "certification": _certification(record),
        },
        "credentialStatus": status,
    }


def _certification(record: CertificateRecord) -> dict[str, Any]:
    return {
        "type": "Certification",
        "number": record.number,
        "symbol": record.symbol,
        "band": record.band.value,
        "scope": _in_languages(record.scope),
        "frameworkId": record.framework_id,
        "frameworkVersion": record.framework_version,
        "frameworkDigest": record.framework_digest,
        "criteria": list(record.criteria),
        "grantedOn": _day(record.granted_on),
        "validThrough": _day(record.valid_until),
        "resolution": record.resolution,
        "specimen": record.is_specimen,
    }


def _in_languages(wording: Wording) -> list[dict[str, str]]:
    return [{"@value": words, "@language": language} for language, words in sorted(wording.items())]


def _day(day: date) -> str:
    return day.isoformat()


def _verify_issued(credential: Mapping[str, Any], keys: Mapping[str, Ed25519PublicKey]) -> str:
    method = verify_proof(credential, keys=keys)
    issuer = credential["issuer"]
    did: str = issuer if isinstance(issuer, str) else issuer["id"]
    if method.partition("#")[0] != did:
        raise ProofBroken("The credential names an issuer who did not sign it.")
    return did


def _proven(
    credential: Mapping[str, Any], keys: Mapping[str, Ed25519PublicKey], lists: Mapping[str, Mapping[str, Any]]
) -> CredentialReport:
    read = {purpose: _status(credential, purpose, keys, lists) for purpose in StatusPurpose}
    moments = [as_of for _, as_of in read.values() if as_of is not None]
    return CredentialReport(
        CredentialFinding.PROVEN,
        number=credential["credentialSubject"]["certification"]["number"],
        valid_from=datetime.fromisoformat(credential["validFrom"]),
        valid_until=datetime.fromisoformat(credential["validUntil"]),
        is_withdrawn=read[StatusPurpose.REVOCATION][0],
        is_suspended=read[StatusPurpose.SUSPENSION][0],
        status_as_of=min(moments, default=None),
    )


def _status(
    credential: Mapping[str, Any],
    purpose: StatusPurpose,
    keys: Mapping[str, Ed25519PublicKey],
    lists: Mapping[str, Mapping[str, Any]],
) -> tuple[bool | None, datetime | None]:
    entry = next(entry for entry in credential["credentialStatus"] if entry["statusPurpose"] == purpose.value)
    address = entry["statusListCredential"]
    try:
        subject = _list_subject(lists[address], address, purpose, credential["issuer"]["id"], keys)
        as_of = datetime.fromisoformat(lists[address]["validFrom"])
        return read_bit(subject["encodedList"], int(entry["statusListIndex"])), as_of
    except (ProofBroken, StatusListBroken, KeyError, TypeError):
        return None, None


def _list_subject(
    listed: Mapping[str, Any], address: str, purpose: StatusPurpose, did: str, keys: Mapping[str, Ed25519PublicKey]
) -> Mapping[str, Any]:
    """The list of one purpose, once it is proven to be this issuer's and the one the credential names."""
    subject: Mapping[str, Any] = listed["credentialSubject"]
    if _verify_issued(listed, keys) != did or listed["id"] != address or subject["statusPurpose"] != purpose.value:
        raise StatusListBroken("The list is another one than the credential names.")
    return subject


def _public(key: Key) -> Ed25519PublicKey:
    if not isinstance(key.public, Ed25519PublicKey):
        raise KeyMissing(f"The key {key.id} is no Ed25519 key.")
    return key.public
