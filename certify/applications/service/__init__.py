"""What changes applications: drafting, evidence, sign-off, and the course of the case."""

from __future__ import annotations

from certify.applications.service.answers import AnsweredMeanwhile, save_answer
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
from certify.applications.service.sign_off import (
    keep_print,
    request_sign_off,
    return_to_editing,
    submit_application,
    withdraw_application,
)

__all__ = [
    "AnsweredMeanwhile",
    "CooperationChanged",
    "DeclaredMeanwhile",
    "add_evidence",
    "advance",
    "ask_clarification",
    "assign_assessor",
    "assign_reviewer",
    "begin_review",
    "decide",
    "declare_exclusion",
    "declare_exclusions",
    "declare_ineligible",
    "keep_print",
    "lapse_clarifications",
    "remove_evidence",
    "request_sign_off",
    "return_to_editing",
    "save_answer",
    "save_cooperation",
    "start_application",
    "submit_application",
    "withdraw_application",
]
