"""JSON as the score accepts it: every number a short integer, every key once, every string whole."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

from certify.criteria.canonical import canonical_bytes
from certify.criteria.definition.shapes import shown
from certify.criteria.rules import Fault, Refused

LARGEST_FILE = 8 * 1024 * 1024
"""The most bytes of one input; a case with all its assessment records needs a small part of it."""
LONGEST_INTEGER = 10


class _NotPlain(ValueError):
    """The text is JSON, and yet not of the kind that is accepted."""


def read_json(content: bytes, *, file: str) -> Any:
    """The value of one JSON text in UTF-8; Refused, with the file's name, where it is not of the strict kind."""
    if len(content) > LARGEST_FILE:
        raise Refused([Fault(file, "", f"is larger than {LARGEST_FILE // 1024 // 1024} MiB")])
    try:
        return _checked(_DECODER.decode(content.decode("utf-8")))
    except UnicodeDecodeError:
        reason = "is not UTF-8"
    except UnicodeEncodeError:
        reason = "holds half of a surrogate pair"
    except json.JSONDecodeError as error:
        reason = f"is not JSON (line {error.lineno}, column {error.colno}: {error.msg})"
    except _NotPlain as error:
        reason = str(error)
    except RecursionError:
        reason = "is nested too deeply"
    raise Refused([Fault(file, "", reason)])


def _checked(value: Any) -> Any:
    """The value itself, once it is known that it can be written as canonical JSON."""
    canonical_bytes(value)
    return value


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise _NotPlain(f"holds an integer of more than {LONGEST_INTEGER} characters")
    return int(digits)


def _no_float(digits: str) -> NoReturn:
    raise _NotPlain(f"holds the number {digits[:40]}, which is not an integer")


def _no_constant(name: str) -> NoReturn:
    raise _NotPlain(f"holds {name}, which is not a number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        repeated = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise _NotPlain(f"has the key {shown(repeated)} twice in one object")
    return found


_DECODER = json.JSONDecoder(
    parse_int=_integer, parse_float=_no_float, parse_constant=_no_constant, object_pairs_hook=_once
)
