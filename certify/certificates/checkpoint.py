"""The signed head of the transparency log, as a text anyone can keep, hand on and compare.

C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint): the name of the log, the number of its entries and the root of
its tree, one a line, in a signed note (https://c2sp.org/signed-note). Two checkpoints of one size with two roots prove
that the log was falsified, whoever holds them.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
LARGEST_TEXT = 100_000  # characters
SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointBroken(ValueError):
    """The text is no checkpoint of this log, or no signature of its key holds."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log claims to be at one moment: its name, its size and its root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The part that is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def sign_checkpoint(checkpoint: Checkpoint, *, key: Ed25519PrivateKey) -> str:
    """The checkpoint as a note signed by the log's key, which bears the log's name."""
    signature = _key_hash(checkpoint.origin, key.public_key()) + key.sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n— {checkpoint.origin} {_base64(signature)}\n"


def read_checkpoint(note: str, *, origin: str, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in a note, once the log's signature on it holds; signatures of witnesses are passed over.

    Raises `CheckpointBroken` for any other text.
    """
    text, divider, signatures = note.rpartition("\n\n")
    if not divider or len(note) > LARGEST_TEXT:
        raise CheckpointBroken("The text is not a signed note.")
    if not any(_holds(line, f"{text}\n", origin, key) for line in signatures.splitlines()):
        raise CheckpointBroken("The log's own key has not signed this checkpoint.")
    return _parsed(text, origin)


def verifier_key(origin: str, key: Ed25519PublicKey) -> str:
    """The log's public key in the form other programs read (`name+hash+key`)."""
    return f"{origin}+{_key_hash(origin, key).hex()}+{_base64(ED25519 + _raw(key))}"


def _parsed(text: str, origin: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) < 3 or lines[0] != origin or not SIZE.fullmatch(lines[1]):
        raise CheckpointBroken("The note is no checkpoint of this log.")
    root = _unbase64(lines[2])
    if root is None or len(root) != hashlib.sha256().digest_size:
        raise CheckpointBroken("The checkpoint has no root.")
    return Checkpoint(origin, int(lines[1]), root)


def _holds(line: str, text: str, origin: str, key: Ed25519PublicKey) -> bool:
    found = SIGNATURE_LINE.fullmatch(line)
    if not found or found[1] != origin:
        return False
    signature = _unbase64(found[2]) or b""
    if signature[:4] != _key_hash(origin, key):
        return False
    try:
        key.verify(signature[4:], text.encode())
    except InvalidSignature:
        return False
    return True


def _key_hash(origin: str, key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + ED25519 + _raw(key)).digest()[:4]


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _unbase64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
