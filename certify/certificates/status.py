"""Bitstring Status Lists: one bit for each certificate, so that anyone may ask without saying which one they ask about.

W3C "Bitstring Status List v1.0": bit 0 is the most significant bit of the first byte, the string is compressed (gzip)
and written in base64url, and holds 131 072 bits at least, to hide each holder in a crowd. One list says what is
withdrawn (purpose `revocation`), another what is suspended.
"""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certify.certificates.proof import add_proof, rfc3339

SMALLEST_LIST = 131_072  # bits (Bitstring Status List v1.0, section 6.1)
LARGEST_LIST = 16 * 1024 * 1024  # bytes, before compression
VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"


class StatusPurpose(StrEnum):
    """What a set bit means."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class StatusListBroken(ValueError):
    """The text is no status list, or has no such index."""


def encode_bits(indexes: Iterable[int], *, length: int = SMALLEST_LIST) -> str:
    """The list of `length` bits in which those at `indexes` are set; equal arguments give equal text."""
    if length < SMALLEST_LIST or length % 8:
        raise StatusListBroken(f"A status list has {SMALLEST_LIST} bits or more, in whole bytes.")
    bits = bytearray(length // 8)
    for index in indexes:
        if not 0 <= index < length:
            raise StatusListBroken(f"A list of {length} bits has no index {index}.")
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_bit(encoded: str, index: int) -> bool:
    """Whether the bit at `index` is set. Raises `StatusListBroken` for a text that is no list or has no such bit."""
    bits = _unpacked(encoded)
    if not 0 <= index < len(bits) * 8:
        raise StatusListBroken(f"The list has no index {index}.")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def status_entries(index: int, *, addresses: Mapping[StatusPurpose, str]) -> list[dict[str, str]]:
    """What a credential says of where its status is to be found, one entry for each list in `addresses`."""
    return [
        {
            "id": f"{address}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose.value,
            "statusListIndex": str(index),
            "statusListCredential": address,
        }
        for purpose, address in addresses.items()
    ]


def status_list_credential(
    encoded: str,
    *,
    purpose: StatusPurpose,
    address: str,
    issuer: str,
    key: Ed25519PrivateKey,
    verification_method: str,
    valid_from: datetime,
    valid_until: datetime,
) -> dict[str, Any]:
    """The signed list, as served at `address`; whoever caches it may rely on it until `valid_until`."""
    unsigned = {
        "@context": [VC_CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": rfc3339(valid_from),
        "validUntil": rfc3339(valid_until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": encoded,
        },
    }
    return add_proof(unsigned, key=key, verification_method=verification_method, created=valid_from)


def _unpacked(encoded: str) -> bytes:
    if not encoded.startswith("u"):
        raise StatusListBroken("The list is not written in base64url.")
    try:
        packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), altchars=b"-_", validate=True)
        opened = zlib.decompressobj(wbits=31)
        bits = opened.decompress(packed, LARGEST_LIST)
    except (binascii.Error, zlib.error, ValueError) as why:
        raise StatusListBroken("The list cannot be unpacked.") from why
    if not opened.eof or len(bits) * 8 < SMALLEST_LIST:
        raise StatusListBroken(f"The list has fewer than {SMALLEST_LIST} bits, or too many.")
    return bits
