"""Hand a key of the ring to the signing library, with the certificates a checker will need."""

from collections.abc import Iterable
from typing import Any

from asn1crypto import cms, parser
from asn1crypto.core import Asn1Value
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certify.outside.keys import Key, KeyMissing

SEQUENCE, SET = 16, 17  # tags (ITU-T X.690, 8.9 and 8.11)


class _PlainSigner(SimpleSigner):
    """A signer that puts the time stamp in as it came.

    The library takes a length whose last byte is 80 hexadecimal for an unknown one, and encodes everything within anew
    at each look: half a second for each seal, of one house in some and not of another.
    """

    async def unsigned_attrs(self, *arguments: Any, **settings: Any) -> cms.CMSAttributes | None:
        """What stands beside the signature: the time stamp."""
        made = await super().unsigned_attrs(*arguments, **settings)
        return None if made is None else cms.CMSAttributes.load(_emitted(SET, sorted(map(_attribute, made))))


def _attribute(attribute: cms.CMSAttribute) -> bytes:
    values = sorted(Asn1Value.dump(value) for value in attribute["values"])
    return _emitted(SEQUENCE, [attribute["type"].dump(), _emitted(SET, values)])


def _emitted(tag: int, parts: Iterable[bytes]) -> bytes:
    """Encode what is encoded already as one value made of these parts."""
    return bytes(parser.emit(0, 1, tag, b"".join(parts)))


def signer_of(key: Key, *, chain: Iterable[x509.Certificate] = ()) -> SimpleSigner:
    """The signer for `key`, which carries `chain` along. Raises `KeyMissing` where the key may not or cannot sign."""
    if not key.can_sign or key.private is None:
        raise KeyMissing(f"The key {key.id} cannot sign.")
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own = as_asn1(certificate_of(key))
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(certificate for certificate in map(as_asn1, chain) if certificate.dump() != own.dump())
    return _PlainSigner(own, PrivateKeyInfo.load(private), registry, embed_roots=False)


def certificate_of(key: Key) -> x509.Certificate:
    """The certificate of a key that seals or stamps; raises `KeyMissing` for a key that has none."""
    if key.certificate is None:
        raise KeyMissing(f"The key {key.id} has no certificate.")
    return key.certificate


def as_asn1(certificate: x509.Certificate) -> Certificate:
    """The same certificate as the signing library wants it."""
    return Certificate.load(certificate.public_bytes(Encoding.DER))
