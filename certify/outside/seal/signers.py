"""Hand a key of the ring to the signing library, with the certificates a checker will need."""

from collections.abc import Iterable

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certify.outside.keys import Key, KeyMissing


def signer_of(key: Key, *, chain: Iterable[x509.Certificate] = ()) -> SimpleSigner:
    """The signer for `key`, which carries `chain` along. Raises `KeyMissing` where the key may not or cannot sign."""
    if not key.can_sign or key.private is None:
        raise KeyMissing(f"The key {key.id} cannot sign.")
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own = as_asn1(certificate_of(key))
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(certificate for certificate in map(as_asn1, chain) if certificate.dump() != own.dump())
    return SimpleSigner(own, PrivateKeyInfo.load(private), registry, embed_roots=False)


def certificate_of(key: Key) -> x509.Certificate:
    """The certificate of a key that seals or stamps; raises `KeyMissing` for a key that has none."""
    if key.certificate is None:
        raise KeyMissing(f"The key {key.id} has no certificate.")
    return key.certificate


def as_asn1(certificate: x509.Certificate) -> Certificate:
    """The same certificate as the signing library wants it."""
    return Certificate.load(certificate.public_bytes(Encoding.DER))
