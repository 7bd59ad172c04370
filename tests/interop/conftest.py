"""One ring of keys and one sealed certificate for all tests against other people's tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from certify.outside.keys import KeyRing
from tests.makers.certified import keys_in, printed, record, sealed


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """The organisation's keys."""
    return keys_in(tmp_path_factory.mktemp("interop") / "keys")


@pytest.fixture(scope="session")
def plain(ring: KeyRing) -> bytes:
    """A certificate before it is sealed."""
    return printed(record(), ring)


@pytest.fixture(scope="session")
def certificate(ring: KeyRing, plain: bytes) -> bytes:
    """A sealed certificate."""
    return sealed(plain, ring)


@pytest.fixture
def file(tmp_path: Path, certificate: bytes) -> Path:
    """The sealed certificate as a file."""
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate)
    return path
