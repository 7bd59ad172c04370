"""Screening outside the request: the comparison runs before the transaction opens."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from certify.kernel.jobs import Conclude, Job
from certify.kernel.policy import Actor
from certify.organisations.queries import get_organisation
from certify.screening import service


def screen(payload: dict[str, Any]) -> Conclude:
    """Screen a company with its owners and directors, and store what was found."""
    organisation_id = uuid.UUID(payload["organisation_id"])
    screened = service.screen_now(get_organisation(organisation_id))
    return partial(service.store_run, organisation_id, screened, actor=Actor.system("screening"))


def rescreen_all(_payload: dict[str, Any]) -> Conclude:
    """Promise a screening of everybody whom a new version of a list may concern."""
    return service.request_all_screenings


JOBS: dict[str, Job] = {"screening.screen": screen, "screening.rescreen_all": rescreen_all}
