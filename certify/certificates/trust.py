"""The trust bundle: all a stranger needs to check our documents without a network, in one signed JSON file.

It carries the issuer's keys, the certificates behind the seals, the key of the log, the SHA-256 of every file that was
issued, and the status lists of one date. It cannot tell what happened after that date, and says so.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from certify.certificates.checkpoint import verifier_key
from certify.certificates.credential import credential_keys, did_web, verification_method
from certify.certificates.proof import add_proof, key_from_multibase, multibase_key, rfc3339, verify_proof
from certify.outside.keys import Key, KeyMissing, KeyRing, Purpose

FORMAT = "certify.trust/1"
LARGEST_BUNDLE = 64 * 1024 * 1024  # bytes
FAULTS_OF_THE_FILE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, UnsupportedAlgorithm)


class TrustBroken(ValueError):
    """The file is no trust bundle, or was changed after it was signed."""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """One file that left the house: what it is, which number it bears, in which language, and its digest."""

    sha256: str
    kind: str
    number: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class TrustBundle:
    """A bundle whose own signature was found to hold."""

    organisation: str
    issuer: str
    made_at: datetime
    is_specimen: bool
    keys: Mapping[str, Ed25519PublicKey]
    certificates: tuple[x509.Certificate, ...]
    log_key: str
    checkpoint: str
    issued: tuple[IssuedFile, ...]
    status_lists: Mapping[str, Mapping[str, Any]]

    def find(self, sha256: str) -> IssuedFile | None:
        """The issued file with this digest."""
        return next((file for file in self.issued if file.sha256 == sha256), None)

    def knows_number(self, number: str) -> bool:
        """Whether any file of this number was issued when the bundle was made."""
        return any(file.number == number for file in self.issued)


def make_trust_bundle(
    keys: KeyRing,
    *,
    host: str,
    at: datetime,
    issued: Iterable[IssuedFile],
    status_lists: Sequence[Mapping[str, Any]] = (),
    checkpoint: str = "",
    time_stamp_certificates: Sequence[x509.Certificate] = (),
) -> bytes:
    """The bundle of one moment, signed with the current credential key, as the bytes of `trust.json`.

    `time_stamp_certificates` are the roots of an outside time-stamp authority; a demonstration's own needs none.
    """
    signing = keys.current(Purpose.CREDENTIAL)
    if not isinstance(signing.private, Ed25519PrivateKey):
        raise KeyMissing(f"The key {signing.id} cannot sign a bundle.")
    unsigned = {
        "format": FORMAT,
        "organisation": keys.organisation,
        "issuer": did_web(host),
        "madeAt": rfc3339(at),
        "specimen": keys.is_demonstration,
        "keys": [_listed_key(host, key) for key in keys.all(Purpose.CREDENTIAL)],
        "certificates": [_pem(certificate) for certificate in (*keys.certificates, *time_stamp_certificates)],
        "logKey": _log_key(keys, host),
        "checkpoint": checkpoint,
        "issued": [_listed_file(file) for file in issued],
        "statusLists": list(status_lists),
    }
    method = verification_method(host, signing)
    signed = add_proof(unsigned, key=signing.private, verification_method=method, created=at)
    return (json.dumps(signed, indent=1, ensure_ascii=False) + "\n").encode()


def read_trust_bundle(content: bytes) -> TrustBundle:
    """Read a bundle and check its own signature. Raises `TrustBroken` for anything else.

    The signature proves that the bundle is whole, by keys in the bundle itself; that it is the organisation's own must
    be known from where it was taken.
    """
    if len(content) > LARGEST_BUNDLE:
        raise TrustBroken("The trust bundle is too large.")
    try:
        return _read(json.loads(content))
    except FAULTS_OF_THE_FILE as why:
        raise TrustBroken("The file is no trust bundle, or was changed after it was signed.") from why


def file_sha256(content: bytes) -> str:
    """The digest by which issued files are known."""
    return hashlib.sha256(content).hexdigest()


def log_origin(host: str) -> str:
    """The name of the organisation's log, as its checkpoints and its key bear it."""
    return f"{host}/log"


def _read(listed: Mapping[str, Any]) -> TrustBundle:
    if listed.get("format") != FORMAT:
        raise TrustBroken(f"The file is not in the form {FORMAT}.")
    keys = {key["id"]: key_from_multibase(key["publicKeyMultibase"]) for key in listed["keys"]}
    verify_proof(listed, keys=keys)
    return TrustBundle(
        organisation=listed["organisation"],
        issuer=listed["issuer"],
        made_at=datetime.fromisoformat(listed["madeAt"]).astimezone(UTC),
        is_specimen=bool(listed["specimen"]),
        keys=keys,
        certificates=tuple(x509.load_pem_x509_certificate(pem.encode()) for pem in listed["certificates"]),
        log_key=listed["logKey"],
        checkpoint=listed["checkpoint"],
        issued=tuple(IssuedFile(**file) for file in listed["issued"]),
        status_lists={entry["id"]: entry for entry in listed["statusLists"]},
    )


def _listed_key(host: str, key: Key) -> dict[str, str | None]:
    ((method, public),) = credential_keys(host, [key]).items()
    return {
        "id": method,
        "publicKeyMultibase": multibase_key(public),
        "since": rfc3339(key.since),
        "until": rfc3339(key.until),
        "retiredAt": None if key.retired_at is None else rfc3339(key.retired_at),
        "compromisedAt": None if key.compromised_at is None else rfc3339(key.compromised_at),
    }


def _listed_file(file: IssuedFile) -> dict[str, str]:
    return {"sha256": file.sha256, "kind": file.kind, "number": file.number, "language": file.language}


def _log_key(keys: KeyRing, host: str) -> str:
    public = keys.all(Purpose.LOG)[-1].public
    if not isinstance(public, Ed25519PublicKey):
        raise KeyMissing("The log's key is no Ed25519 key.")
    return verifier_key(log_origin(host), public)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
