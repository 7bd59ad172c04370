"""Work outside the request: printing dossiers; telling the chair of findings whose time to answer has ended."""

from __future__ import annotations

import uuid
from typing import Any

from certify.assessment.document import print_dossier
from certify.assessment.queries import get_recommendation
from certify.assessment.service import keep_dossier, tell_chair_of_ripe_findings
from certify.kernel.jobs import Conclude, Job


def print_tabled(payload: dict[str, Any]) -> Conclude:
    """Job: print the dossier of a tabled case, then attach it to its motion."""
    recommendation_id = uuid.UUID(payload["recommendation"])
    pdf = print_dossier(get_recommendation(recommendation_id))
    return lambda: keep_dossier(get_recommendation(recommendation_id), pdf)


JOBS: dict[str, Job] = {"assessment.print_dossier": print_tabled}
DAILY = (tell_chair_of_ripe_findings,)
