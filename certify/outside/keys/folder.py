"""The folder of keys: `keys.json` lists the public halves, `<id>.pem` holds each private one (mode 0400)."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from certify.outside.keys.ring import Key, KeyMissing, KeyRing, PrivateKey, PublicKey, Purpose

FORMAT = "certify.keys/1"
LIST = "keys.json"


def load_keys(folder: Path) -> KeyRing:
    """Read the ring; a key whose private file is absent still verifies. Raises `KeyMissing` without a list."""
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise KeyMissing(f"There are no keys in {folder}.") from absent
    if listed.get("format") != FORMAT:
        raise KeyMissing(f"{folder / LIST} is not a list of keys in the form {FORMAT}.")
    keys = tuple(_read(entry, folder) for entry in listed["keys"])
    return KeyRing(listed["organisation"], bool(listed["demonstration"]), keys)


def save_keys(ring: KeyRing, folder: Path) -> None:
    """Write the list anew and every private half that has no file yet; both reach the disk before this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for key in ring.keys:
        if key.private is not None and not (folder / f"{key.id}.pem").exists():
            _write(folder / f"{key.id}.pem", _private_pem(key.private), mode=0o400)
    listed = {
        "format": FORMAT,
        "organisation": ring.organisation,
        "demonstration": ring.is_demonstration,
        "keys": [_listed(key) for key in ring.keys],
    }
    _write(folder / LIST, (json.dumps(listed, indent=2, ensure_ascii=False) + "\n").encode(), mode=0o444)


def _write(path: Path, content: bytes, *, mode: int) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def _private_pem(private: PrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _listed(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "purpose": key.purpose.value,
        "since": key.since.isoformat(),
        "until": key.until.isoformat(),
        "retired_at": _moment(key.retired_at),
        "compromised_at": _moment(key.compromised_at),
        "public_key": key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        "certificate": None if key.certificate is None else key.certificate_pem,
    }


def _read(entry: dict[str, Any], folder: Path) -> Key:
    return Key(
        id=entry["id"],
        purpose=Purpose(entry["purpose"]),
        since=_time(entry["since"]),
        until=_time(entry["until"]),
        retired_at=entry["retired_at"] and _time(entry["retired_at"]),
        compromised_at=entry["compromised_at"] and _time(entry["compromised_at"]),
        public=_public(entry["public_key"]),
        private=_private(folder / f"{entry['id']}.pem"),
        certificate=entry["certificate"] and x509.load_pem_x509_certificate(entry["certificate"].encode()),
    )


def _public(pem: str) -> PublicKey:
    public = load_pem_public_key(pem.encode())
    if not isinstance(public, EllipticCurvePublicKey | Ed25519PublicKey):
        raise KeyMissing("Keys are of the kinds P-256 and Ed25519 only.")
    return public


def _private(path: Path) -> PrivateKey | None:
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    if not isinstance(private, EllipticCurvePrivateKey | Ed25519PrivateKey):
        raise KeyMissing("Keys are of the kinds P-256 and Ed25519 only.")
    return private


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
