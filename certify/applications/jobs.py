"""Work outside the request: printing snapshots; closing clarifications whose time is over."""

from __future__ import annotations

import uuid
from typing import Any

from certify.applications.document import print_snapshot
from certify.applications.queries import get_snapshot
from certify.applications.service import keep_print, lapse_clarifications
from certify.kernel.jobs import Conclude, Job


def print_frozen(payload: dict[str, Any]) -> Conclude:
    """Job: print a snapshot as PDF, then keep it."""
    snapshot_id = uuid.UUID(payload["snapshot"])
    pdf = print_snapshot(get_snapshot(snapshot_id))
    return lambda: keep_print(get_snapshot(snapshot_id), pdf)


JOBS: dict[str, Job] = {"applications.print_snapshot": print_frozen}
DAILY = (lapse_clarifications,)
