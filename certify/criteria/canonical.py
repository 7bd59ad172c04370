"""Canonical JSON and the digests that name frameworks, answers and results, equal on every machine."""

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> str:
    """Write integers, strings, null, lists and mappings so that equal values give equal text.

    Keys are sorted by code point, there are no spaces and no final newline, and characters outside ASCII stand as they
    are, without normalisation.
    """
    return _ENCODER.encode(value)


def canonical_bytes(value: Any) -> bytes:
    """Canonical JSON in UTF-8; UnicodeEncodeError where a string holds half of a surrogate pair."""
    return canonical_json(value).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
