"""Sign a JSON document so that anyone can check it: Data Integrity, cryptosuite `eddsa-jcs-2022`.

W3C "Data Integrity EdDSA Cryptosuites v1.0", section 3.3: Ed25519 over the SHA-256 of the proof's options and of the
document, both canonical (RFC 8785). Every byte of the document counts, known term or not.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

CRYPTOSUITE = "eddsa-jcs-2022"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PREFIX = b"\xed\x01"  # multicodec ed25519-pub
LONGEST_PROOF = 100  # characters; an Ed25519 signature takes 88 or 89


class ProofBroken(ValueError):
    """The document bears no proof of a known key, or is not what was signed."""


def add_proof(
    document: Mapping[str, Any], *, key: Ed25519PrivateKey, verification_method: str, created: datetime
) -> dict[str, Any]:
    """A copy of `document` with a proof by the key that `verification_method` names, made at `created` (in seconds)."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": rfc3339(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    if "@context" in document:
        options = {"@context": document["@context"], **options}
    signature = key.sign(_signed_bytes(options, document))
    return {**document, "proof": {**options, "proofValue": f"z{base58(signature)}"}}


def verify_proof(document: Mapping[str, Any], *, keys: Mapping[str, Ed25519PublicKey]) -> str:
    """The verification method whose key signed exactly this document; `keys` are the issuer's, by that name.

    Raises `ProofBroken` for any other document.
    """
    proof = document.get("proof")
    if not isinstance(proof, dict) or not _is_of_our_suite(proof) or not _keeps_context(proof, document):
        raise ProofBroken("The document bears no proof that can be checked.")
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or method not in keys:
        raise ProofBroken("The document is signed by a key that is not the issuer's.")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    _verify(keys[method], proof.get("proofValue"), options, unsigned)
    return method


def multibase_key(key: Ed25519PublicKey) -> str:
    """The public key as a Multikey writes it (`z6Mk...`)."""
    return f"z{base58(ED25519_PREFIX + key.public_bytes_raw())}"


def key_from_multibase(text: str) -> Ed25519PublicKey:
    """The public key written as a Multikey. Raises `ProofBroken` for any other text."""
    content = _unbase58(text)
    if not content.startswith(ED25519_PREFIX) or len(content) != len(ED25519_PREFIX) + 32:
        raise ProofBroken("The key is no Ed25519 Multikey.")
    return Ed25519PublicKey.from_public_bytes(content.removeprefix(ED25519_PREFIX))


def rfc3339(moment: datetime) -> str:
    """The moment in UTC, to the second, as XML Schema and JSON write it: `2026-11-22T03:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def base58(content: bytes) -> str:
    """`content` in the alphabet of base58btc, leading zeros kept."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, 58)
        digits = BASE58[digit] + digits
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + digits


def _unbase58(text: str) -> bytes:
    digits = text.removeprefix("z")
    if not text.startswith("z") or len(text) > LONGEST_PROOF or not set(digits) <= set(BASE58):
        raise ProofBroken("The text is not base58btc.")
    number = 0
    for digit in digits:
        number = number * 58 + BASE58.index(digit)
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def _is_of_our_suite(proof: Mapping[str, Any]) -> bool:
    return (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose")) == (
        "DataIntegrityProof",
        CRYPTOSUITE,
        "assertionMethod",
    )


def _keeps_context(proof: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """A proof may not have been made for another reading of the same terms."""
    return proof.get("@context") == document.get("@context")


def _verify(key: Ed25519PublicKey, value: object, options: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    if not isinstance(value, str):
        raise ProofBroken("The proof has no value.")
    try:
        key.verify(_unbase58(value), _signed_bytes(options, document))
    except (InvalidSignature, rfc8785.CanonicalizationError) as why:
        raise ProofBroken("The document is not what was signed.") from why


def _signed_bytes(options: Mapping[str, Any], document: Mapping[str, Any]) -> bytes:
    return _digest(options) + _digest(document)


def _digest(part: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(rfc8785.dumps(dict(part))).digest()
