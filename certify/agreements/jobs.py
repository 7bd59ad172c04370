"""Work on agreements outside the request: printing versions, sealing what all have signed, and what dates bring."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from certify.agreements import service
from certify.kernel.jobs import Conclude, Job


def print_version(payload: dict[str, Any]) -> Conclude | None:
    """Job: print a version's unsigned canonical PDF, then keep it."""
    version_id = uuid.UUID(payload["version_id"])
    pdf = service.printed(version_id)
    return partial(service.keep_print, version_id, pdf) if pdf else None


def seal_agreement(payload: dict[str, Any]) -> Conclude | None:
    """Job: seal the agreement and its signing record, then bring it into force."""
    agreement_id = uuid.UUID(payload["agreement_id"])
    sealed = service.make_sealed(agreement_id)
    return partial(service.conclude, agreement_id, sealed) if sealed else None


JOBS: dict[str, Job] = {"agreements.print": print_version, "agreements.seal": seal_agreement}
DAILY = (service.lapse_signings, service.expire_agreements, service.settle_sealing)
