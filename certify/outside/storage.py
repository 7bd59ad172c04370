"""Files at rest, each under its SHA-256; what is written is whole or absent."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

HEX_DIGEST = re.compile(r"[0-9a-f]{64}")


class Storage(Protocol):
    """Keeps bytes by their digest."""

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hex."""

    def get(self, sha256: str) -> bytes:
        """Return the bytes; FileNotFoundError when they are not kept."""

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes for reading."""


@dataclass(frozen=True, slots=True)
class FolderStorage:
    """Files in a folder of this machine, in two levels of subfolders."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Write to a temporary file, sync, and rename to the digest; a full disk leaves no debris."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if target.exists():
            return sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=target.parent, prefix=".partial-")
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            Path(partial).replace(target)
        except OSError:
            Path(partial).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes."""
        return self.path(sha256).read_bytes()

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes for reading."""
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """Return where a digest lies; anything that is no digest is refused."""
        if not HEX_DIGEST.fullmatch(sha256):
            raise FileNotFoundError(sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256


def sync_folder(folder: Path) -> None:
    """Make a rename durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
