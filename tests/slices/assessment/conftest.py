"""What follows from what, for the tests of this slice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from certify.applications.rules import ApplicationDecided, ApplicationIneligible, ApplicationWithdrawn
from certify.assessment import service
from certify.board.rules import MotionDecided, MotionLapsed, MotionWithdrawn
from certify.consultations.rules import ConsultationAnswered, ObjectionLifted
from certify.screening.verdicts import TrueMatchFound

LISTENERS = {
    TrueMatchFound: [service.when_true_match_found],
    ApplicationDecided: [service.close_case],
    ApplicationIneligible: [service.close_case],
    ApplicationWithdrawn: [service.close_case],
    ConsultationAnswered: [service.when_objection_raised],
    ObjectionLifted: [service.when_objection_lifted],
    MotionDecided: [service.when_motion_decided],
    MotionLapsed: [service.when_motion_lapsed],
    MotionWithdrawn: [service.when_motion_withdrawn],
}


@pytest.fixture(autouse=True)
def consequences(app: Flask) -> Iterator[None]:
    """Let this slice's listeners hear, whether the house lists them yet or not."""
    kept = app.extensions["certify.reactions"]
    joined = {event: list(listeners) for event, listeners in kept.items()}
    for event, listeners in LISTENERS.items():
        known = joined.setdefault(event, [])
        known += [one for one in listeners if one not in known]
    app.extensions["certify.reactions"] = joined
    yield
    app.extensions["certify.reactions"] = kept
