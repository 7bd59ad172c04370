"""What changes a case under assessment: taking it, assessing, reviewing, recommending, finding exclusions, deciding."""

from certify.assessment.service.cases import give_case, send_back, take_case
from certify.assessment.service.deciding import when_motion_decided, when_motion_lapsed, when_motion_withdrawn
from certify.assessment.service.findings import (
    answer_finding,
    complete_finding,
    drop_finding,
    open_finding,
    second_finding,
    when_true_match_found,
)
from certify.assessment.service.finishing import finish_assessment, finish_review, keep_scorecard
from certify.assessment.service.objections import when_objection_lifted, when_objection_raised
from certify.assessment.service.opening import (
    ask_governments,
    ask_governments_again,
    close_case,
    open_case,
    screen_company,
    screen_company_again,
)
from certify.assessment.service.recording import (
    agree_with_assessor,
    confirm_profile,
    record_opinion,
    rule_on_request,
)
from certify.assessment.service.rulings import confirm_finding, dismiss_finding, tell_chair_of_ripe_findings
from certify.assessment.service.tabling import (
    keep_dossier,
    table_case,
    write_recommendation,
)

__all__ = [
    "agree_with_assessor",
    "answer_finding",
    "ask_governments",
    "ask_governments_again",
    "close_case",
    "complete_finding",
    "confirm_finding",
    "confirm_profile",
    "dismiss_finding",
    "drop_finding",
    "finish_assessment",
    "finish_review",
    "give_case",
    "keep_dossier",
    "keep_scorecard",
    "open_case",
    "open_finding",
    "record_opinion",
    "rule_on_request",
    "screen_company",
    "screen_company_again",
    "second_finding",
    "send_back",
    "table_case",
    "take_case",
    "tell_chair_of_ripe_findings",
    "when_motion_decided",
    "when_motion_lapsed",
    "when_motion_withdrawn",
    "when_objection_lifted",
    "when_objection_raised",
    "when_true_match_found",
    "write_recommendation",
]
