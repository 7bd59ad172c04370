"""Appending to the transparency log: one leaf for each event of a certificate."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from certify.certificates.log import leaf_hash, nodes_completed
from certify.certificates.models import Certificate, LogLeaf, LogNode
from certify.certificates.queries import last_leaf, log_node
from certify.kernel import audit, clock
from certify.kernel.db import db
from certify.kernel.errors import Unavailable
from certify.kernel.i18n import _

CHAIN = "certificate-log"
"""Serial numbers and leaves are given to one writer at a time under this name."""


def append_leaf(certificate: Certificate, *, kind: str, **facts: Any) -> LogLeaf:
    """Append an event; what is public is its kind, its moment and the salted hash of the record.

    Raises Unavailable where the clock stands behind the newest leaf (the order of the log is that of its numbers).
    """
    audit.hold_chain(CHAIN)
    newest = last_leaf()
    at = clock.now()
    if newest is not None and at < newest.at:
        raise Unavailable(_("The clock is behind the transparency log. Nothing was changed; the operator has to look."))
    record = {"certificate": certificate.number, "event": kind, **facts}
    salt = secrets.token_hex(32)
    index = newest.index + 1 if newest else 0
    entry = canonical({"at": at.isoformat(), "event": kind, "index": index, "record": record_hash(salt, record)})
    leaf = LogLeaf(index=index, at=at, certificate_id=certificate.id, entry=entry, salt=salt, record=record)
    db.session.add(leaf)
    for (level, place), digest in nodes_completed(index, leaf_hash(entry.encode()), nodes=log_node):
        db.session.add(LogNode(level=level, place=place, digest=digest))
    db.session.flush()
    return leaf


def record_hash(salt: str, record: dict[str, Any]) -> str:
    """Return the salted SHA-256 under which a record stands in the log."""
    return hashlib.sha256(salt.encode() + canonical(record).encode()).hexdigest()


def canonical(content: dict[str, Any]) -> str:
    """Return canonical JSON."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
