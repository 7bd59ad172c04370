"""Make the keys of a demonstration, and put a new key in the place of an old one.

A demonstration moves its clock forward by days, over years: the keys are valid from the day before they were made, for
fifty years, and everything they sign says SPECIMEN.
"""

import os
import secrets
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certify.outside.keys.folder import LIST, load_keys, save_keys
from certify.outside.keys.ring import Key, KeyMissing, KeyRing, PrivateKey, Purpose, key_id_of

LEAD = timedelta(days=1)
LIFE = timedelta(days=50 * 365)
AUTHORITY_LIFE = timedelta(days=60 * 365)
LONGEST_NAME = 64  # X.520 ub-common-name and ub-organization-name
SUBJECTS = {
    Purpose.AUTHORITY: "SPECIMEN demonstration authority",
    Purpose.SEAL: "SPECIMEN document seal",
    Purpose.TIME_STAMP: "SPECIMEN time-stamp authority",
}


def make_demonstration_keys(folder: Path, *, organisation: str, now: datetime) -> KeyRing:
    """Make all keys of a demonstration in `folder`, whole or not at all; keys already there are kept and read."""
    if (folder / LIST).exists():
        return load_keys(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.{secrets.token_hex(4)}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    save_keys(_demonstration_ring(organisation, now), draft)
    try:
        draft.rename(folder)
    except OSError:  # another process was first, or the folder holds other files
        shutil.rmtree(draft)
    return load_keys(folder)


def rotate_key(folder: Path, purpose: Purpose, *, now: datetime) -> KeyRing:
    """Retire the key of `purpose` that signs today and make its successor; both stay in the ring.

    Raises `KeyMissing` for the authority, which is not rotated: a new one is a new root of trust.
    """
    if purpose is Purpose.AUTHORITY:
        raise KeyMissing("The authority is replaced by making a new ring, not by rotation.")
    ring = load_keys(folder)
    old = ring.current(purpose)
    kept = tuple(replace(key, retired_at=now) if key.id == old.id else key for key in ring.keys)
    made = _key(purpose, ring.organisation, now, signed_by=ring.current(Purpose.AUTHORITY))
    save_keys(replace(ring, keys=(*kept, made)), folder)
    return load_keys(folder)


def _demonstration_ring(organisation: str, now: datetime) -> KeyRing:
    authority = _authority(organisation, now)
    others = (Purpose.SEAL, Purpose.TIME_STAMP, Purpose.CREDENTIAL, Purpose.LOG)
    made = (_key(purpose, organisation, now, signed_by=authority) for purpose in others)
    return KeyRing(organisation, is_demonstration=True, keys=(authority, *made))


def _authority(organisation: str, now: datetime) -> Key:
    private = generate_private_key(SECP256R1())
    subject = _name(Purpose.AUTHORITY, organisation)
    usage = _usage("key_cert_sign", "crl_sign")
    builder = _builder(subject, private, (now, now + AUTHORITY_LIFE)).issuer_name(subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.add_extension(usage, critical=True).sign(private, SHA256())
    return _made(Purpose.AUTHORITY, private, now, now + AUTHORITY_LIFE, certificate)


def _key(purpose: Purpose, organisation: str, now: datetime, *, signed_by: Key) -> Key:
    if purpose in {Purpose.CREDENTIAL, Purpose.LOG}:
        return _made(purpose, Ed25519PrivateKey.generate(), now, now + LIFE, None)
    private = generate_private_key(SECP256R1())
    until = min(now + LIFE, signed_by.until)
    return _made(purpose, private, now, until, _certificate(purpose, organisation, private, (now, until), signed_by))


def _made(
    purpose: Purpose, private: PrivateKey, now: datetime, until: datetime, certificate: x509.Certificate | None
) -> Key:
    public = private.public_key()
    return Key(key_id_of(purpose, public), purpose, now - LEAD, until, public, private, certificate)


def _certificate(
    purpose: Purpose,
    organisation: str,
    private: EllipticCurvePrivateKey,
    term: tuple[datetime, datetime],
    signed_by: Key,
) -> x509.Certificate:
    if signed_by.certificate is None or not isinstance(signed_by.private, EllipticCurvePrivateKey):
        raise KeyMissing("The authority that certifies new keys is not here.")
    builder = _builder(_name(purpose, organisation), private, term)
    builder = builder.issuer_name(signed_by.certificate.subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    issuer = signed_by.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    identifier = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer)
    return _purposed(builder.add_extension(identifier, critical=False), purpose).sign(signed_by.private, SHA256())


def _purposed(builder: x509.CertificateBuilder, purpose: Purpose) -> x509.CertificateBuilder:
    """A time-stamp certificate may only stamp (RFC 3161, 2.3); a seal also binds to what was sealed."""
    if purpose is Purpose.TIME_STAMP:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return builder.add_extension(_usage("digital_signature"), critical=True)
    return builder.add_extension(_usage("digital_signature", "content_commitment"), critical=True)


def _builder(
    subject: x509.Name, private: EllipticCurvePrivateKey, term: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    now, until = term
    public = private.public_key()
    builder = x509.CertificateBuilder().subject_name(subject).public_key(public)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - LEAD).not_valid_after(until)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _name(purpose: Purpose, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, SUBJECTS[purpose]),
        ]
    )


def _usage(*granted: str) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in granted for name in every})
