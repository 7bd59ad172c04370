"""Sign-off freezes what was said and shown."""

from __future__ import annotations

from typing import Any

from certify.applications.queries import latest_snapshot
from certify.applications.rules import Status
from certify.criteria.canonical import digest
from tests.makers.applications import make_submitted_application


def test_a_signed_off_application_is_frozen_under_its_digest(change: Any) -> None:
    with change():
        application = make_submitted_application()

    snapshot = latest_snapshot(application)

    assert application.status is Status.SUBMITTED
    assert snapshot is not None
    assert snapshot.sha256 == digest(snapshot.content)
    assert len(snapshot.content["answers"]) == len(snapshot.content["evidence"])
