"""What a key is, which one signs today, and which ones signed before."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PublicKey: TypeAlias = EllipticCurvePublicKey | Ed25519PublicKey
PrivateKey: TypeAlias = EllipticCurvePrivateKey | Ed25519PrivateKey


class KeyMissing(RuntimeError):
    """No key at hand may sign: the private file is absent, or every key of its purpose is retired."""


class Purpose(StrEnum):
    """What a key signs, and nothing else."""

    AUTHORITY = "authority"
    SEAL = "seal"
    TIME_STAMP = "time-stamp"
    CREDENTIAL = "credential"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its public half for ever, its private half while the file is there."""

    id: str
    purpose: Purpose
    since: datetime
    until: datetime
    public: PublicKey
    private: PrivateKey | None = None
    certificate: x509.Certificate | None = None
    retired_at: datetime | None = None
    compromised_at: datetime | None = None

    @property
    def can_sign(self) -> bool:
        """Whether the private half is here and the key is neither retired nor compromised."""
        return self.private is not None and self.retired_at is None and self.compromised_at is None

    @property
    def public_bytes(self) -> bytes:
        """The bare public key: 32 bytes of an Ed25519 key, 65 bytes of a point on P-256."""
        if isinstance(self.public, Ed25519PublicKey):
            return self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return self.public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def certificate_pem(self) -> str:
        """The key's X.509 certificate as text; raises `KeyMissing` for a key that has none."""
        if self.certificate is None:
            raise KeyMissing(f"The key {self.id} has no certificate.")
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key (SubjectPublicKeyInfo), in hexadecimal, as shown on the page of keys."""
        return _digest_of(self.public)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every key the organisation signs or ever signed with."""

    organisation: str
    is_demonstration: bool
    keys: tuple[Key, ...]

    def all(self, purpose: Purpose) -> tuple[Key, ...]:
        """The keys of one purpose, oldest first, retired ones among them."""
        return tuple(sorted((key for key in self.keys if key.purpose is purpose), key=lambda key: (key.since, key.id)))

    def current(self, purpose: Purpose) -> Key:
        """The key that signs today: the youngest that still may. Raises `KeyMissing` where there is none."""
        able = [key for key in self.all(purpose) if key.can_sign]
        if not able:
            raise KeyMissing(f"There is no {purpose} key that can sign.")
        return able[-1]

    def find(self, key_id: str) -> Key | None:
        """The key with this id, retired or not."""
        return next((key for key in self.keys if key.id == key_id), None)

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The certificates of all sealing keys and of their authorities, as handed to whoever checks a seal."""
        return tuple(_certificates(self.all(Purpose.AUTHORITY) + self.all(Purpose.SEAL)))


def key_id_of(purpose: Purpose, public: PublicKey) -> str:
    """The name of a key: its purpose and the first 16 hexadecimal digits of its fingerprint."""
    return f"{purpose}-{_digest_of(public)[:16]}"


def _digest_of(public: PublicKey) -> str:
    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _certificates(keys: Iterable[Key]) -> Iterable[x509.Certificate]:
    return (key.certificate for key in keys if key.certificate is not None)
