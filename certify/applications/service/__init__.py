"""What changes applications: drafting, evidence, sign-off, and the course of the case."""

from __future__ import annotations

from certify.applications.service.answers import AnsweredMeanwhile, asked_criterion, save_answer
from certify.applications.service.course import (
    advance,
    ask_clarification,
    assign_assessor,
    assign_reviewer,
    begin_review,
    decide,
    declare_ineligible,
    lapse_clarifications,
)
from certify.applications.service.drafting import (
    CooperationChanged,
    DeclaredMeanwhile,
    declare_exclusion,
    declare_exclusions,
    save_cooperation,
    start_application,
)
from certify.applications.service.evidence import add_evidence, remove_evidence
from certify.applications.service.freezing import content_now, digest_of_reading
from certify.applications.service.sign_off import (
    CONSULTATION_DAYS,
    ChangedSinceRead,
    keep_print,
    request_sign_off,
    return_to_editing,
    submit_application,
    withdraw_application,
)
from certify.applications.service.steps import require_draft, require_open

__all__ = [
    "CONSULTATION_DAYS",
    "AnsweredMeanwhile",
    "ChangedSinceRead",
    "CooperationChanged",
    "DeclaredMeanwhile",
    "add_evidence",
    "advance",
    "ask_clarification",
    "asked_criterion",
    "assign_assessor",
    "assign_reviewer",
    "begin_review",
    "content_now",
    "decide",
    "declare_exclusion",
    "declare_exclusions",
    "declare_ineligible",
    "digest_of_reading",
    "keep_print",
    "lapse_clarifications",
    "remove_evidence",
    "request_sign_off",
    "require_draft",
    "require_open",
    "return_to_editing",
    "save_answer",
    "save_cooperation",
    "start_application",
    "submit_application",
    "withdraw_application",
]
