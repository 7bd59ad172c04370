"""Work on certificates outside the request: making and sealing, and what dates bring."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from certify.certificates import service
from certify.certificates.service.suspending import lapse
from certify.kernel.jobs import Conclude, Job


def issue(payload: dict[str, Any]) -> Conclude | None:
    """Make and seal the documents; then, in one transaction, make the certificate active and append to the log."""
    certificate_id = uuid.UUID(payload["certificate_id"])
    made = service.make_documents(certificate_id)
    return partial(service.activate, certificate_id, made) if made else None


def take_effect(payload: dict[str, Any]) -> Conclude:
    """Publish that a suspension is in effect."""
    return partial(service.take_effect, uuid.UUID(payload["suspension_id"]))


def let_lapse(payload: dict[str, Any]) -> Conclude:
    """Publish that an urgent suspension lapsed."""
    return partial(lapse, uuid.UUID(payload["suspension_id"]))


JOBS: dict[str, Job] = {
    "certificates.issue": issue,
    "certificates.take_effect": take_effect,
    "certificates.lapse": let_lapse,
}
DAILY = (service.expire_certificates, service.settle_claims)
