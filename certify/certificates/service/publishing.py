"""What is public about all certificates together: status lists, checkpoint, issuer document, trust bundle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app

from certify.certificates.checkpoint import Checkpoint, sign_checkpoint
from certify.certificates.credential import did_document, did_web
from certify.certificates.log import root
from certify.certificates.models import Certificate
from certify.certificates.queries import keys, log_node, log_size
from certify.certificates.rules import Standing, State
from certify.certificates.service.issuing import status_addresses
from certify.certificates.status import StatusPurpose, encode_bits, status_list_credential
from certify.certificates.trust import IssuedFile, log_origin, make_trust_bundle
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.errors import Unavailable
from certify.kernel.i18n import _
from certify.outside.keys import KeyMissing, Purpose

RELIED_ON = timedelta(minutes=5)
"""How long a status list may be relied on without asking again."""
WITHDRAWN = (State.WITHDRAWN, State.WITHDRAWN_BY_HOLDER, State.SUPERSEDED)


def host() -> str:
    """Return the issuer's host name."""
    name: str = current_app.config["CERTIFY"].issuer_host
    return name


def signing_key(purpose: Purpose) -> tuple[str, Ed25519PrivateKey]:
    """Return the current Ed25519 key of a purpose with its id; raises Unavailable where it is not at hand."""
    try:
        key = keys().current(purpose)
    except KeyMissing as fault:
        raise Unavailable(_("The signing key is not at hand. Please try again later.")) from fault
    if not isinstance(key.private, Ed25519PrivateKey):
        raise Unavailable(_("The signing key is not at hand. Please try again later."))
    return key.id, key.private


def places(purpose: StatusPurpose) -> list[int]:
    """List the places whose bit is set: withdrawn for good, or suspended now."""
    if purpose is StatusPurpose.REVOCATION:
        return list(db.session.scalars(sa.select(Certificate.status_index).where(Certificate.state.in_(WITHDRAWN))))
    at = clock.now()
    active = db.session.scalars(sa.select(Certificate).where(Certificate.state == State.ACTIVE))
    return [found.status_index for found in active if found.standing_at(at) is Standing.SUSPENDED]


def status_list(purpose: StatusPurpose) -> dict[str, Any]:
    """Return the signed status list of a purpose as it stands now."""
    key_id, private = signing_key(Purpose.CREDENTIAL)
    at = clock.now().replace(microsecond=0)
    return status_list_credential(
        encode_bits(places(purpose)),
        purpose=purpose,
        address=status_addresses()[purpose],
        issuer=did_web(host()),
        key=private,
        verification_method=f"{did_web(host())}#{key_id}",
        valid_from=at,
        valid_until=at + RELIED_ON,
    )


def checkpoint() -> str:
    """Return the signed checkpoint of the transparency log (C2SP tlog-checkpoint)."""
    _key_id, private = signing_key(Purpose.LOG)
    size = log_size()
    return sign_checkpoint(Checkpoint(log_origin(host()), size, root(size, nodes=log_node)), key=private)


def issuer_document() -> dict[str, Any]:
    """Return did.json: every key the organisation ever signed credentials with."""
    return did_document(host(), keys().all(Purpose.CREDENTIAL))


def issued_files() -> list[IssuedFile]:
    """List everything that was issued, by its SHA-256."""
    query = sa.select(Certificate).where(Certificate.state != State.PENDING).order_by(Certificate.serial)
    return [
        IssuedFile(document.sha256, "certificate", certificate.number, document.language)
        for certificate in db.session.scalars(query)
        for document in certificate.documents
    ]


def trust_bundle(more: list[IssuedFile] | None = None) -> bytes:
    """Return trust.json: keys, log key and checkpoint, status lists, and the SHA-256 of what was issued."""
    return make_trust_bundle(
        keys(),
        host=host(),
        at=clock.now().replace(microsecond=0),
        issued=[*issued_files(), *(more or [])],
        status_lists=[status_list(purpose) for purpose in StatusPurpose],
        checkpoint=checkpoint(),
    )
