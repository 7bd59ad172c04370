"""How states, decisions and events of applications read to people."""

from __future__ import annotations

from typing import Any

from certify.applications.measures import Measure, NumberFault, Unit
from certify.applications.rules import Progress, Status
from certify.criteria.rules import YesNo
from certify.kernel.i18n import _, _l

STATUSES: dict[Status, tuple[Any, str]] = {
    Status.DRAFT: (_l("Draft"), "neutral"),
    Status.AWAITING_SIGN_OFF: (_l("Awaiting sign-off"), "attention"),
    Status.SUBMITTED: (_l("Submitted"), "info"),
    Status.IN_REVIEW: (_l("In review"), "info"),
    Status.CLARIFICATION: (_l("Clarification asked"), "attention"),
    Status.ASSESSED: (_l("Assessed"), "info"),
    Status.REVIEWED: (_l("Reviewed"), "info"),
    Status.TABLED: (_l("Before the Board"), "info"),
    Status.APPROVED: (_l("Approved"), "active"),
    Status.APPROVED_WITH_CONDITIONS: (_l("Approved with conditions"), "active"),
    Status.DEFERRED: (_l("Deferred"), "attention"),
    Status.REFUSED: (_l("Refused"), "refused"),
    Status.INELIGIBLE: (_l("Not eligible"), "refused"),
    Status.WITHDRAWN: (_l("Withdrawn by the company"), "neutral"),
}
"""Status > its word and its tone."""
NEXT: dict[Status, Any] = {
    Status.DRAFT: _l("Answer the questions, attach evidence, then ask your legal representative to sign off."),
    Status.AWAITING_SIGN_OFF: _l("Your legal representative reads the answers and signs off."),
    Status.SUBMITTED: _l("The Secretariat takes up the case. You need to do nothing now."),
    Status.IN_REVIEW: _l(
        "The Secretariat checks your evidence and asks the governments concerned. You need to do nothing now."
    ),
    Status.CLARIFICATION: _l("Please answer the questions below, then sign off again."),
    Status.ASSESSED: _l("A second person checks the assessment. You need to do nothing now."),
    Status.REVIEWED: _l("The case is prepared for the Board of member states. You need to do nothing now."),
    Status.TABLED: _l("The Board of member states decides. You need to do nothing now."),
    Status.APPROVED: _l(
        "The Board approved. Your legal representative accepts the terms, then the certificate is issued."
    ),
    Status.APPROVED_WITH_CONDITIONS: _l(
        "The Board approved with conditions. Your legal representative accepts the terms and the plan, then the "
        "certificate is issued."
    ),
    Status.DEFERRED: _l("The Board put its decision off. The Secretariat will write to you."),
    Status.REFUSED: _l("The Board refused. The letter names the reasons and how to appeal."),
    Status.INELIGIBLE: _l("An exclusion was confirmed. The letter names the reasons and how to appeal."),
    Status.WITHDRAWN: _l("You withdrew this application. You may apply again at any time."),
}
"""What happens next, in the words of the company's own page."""
PROGRESS: dict[Progress, Any] = {
    Progress.NOT_STARTED: _l("Not started"),
    Progress.IN_PROGRESS: _l("In progress"),
    Progress.COMPLETE: _l("Complete"),
    Progress.NEEDS_ATTENTION: _l("Needs attention"),
}
YES_NO: dict[YesNo, Any] = {
    YesNo.NO: _l("No, this does not apply to us"),
    YesNo.YES: _l("Yes, this applies to us"),
}
UNITS: dict[Unit, Any] = {
    Unit.YEARS: _l("years"),
    Unit.PERCENT: _l("per cent"),
    Unit.PER_MILLION_HOURS: _l("for each million hours worked"),
}
TIMELINE: dict[str, Any] = {
    "ApplicationStarted": _l("The application was started under %(framework)s."),
    "SignOffRequested": _l("The legal representative was asked to sign off."),
    "ReturnedToEditing": _l("The application was returned to editing."),
    "ApplicationSubmitted": _l("The application was signed off and submitted; snapshot %(snapshot)s was frozen."),
    "ReviewBegun": _l("The Secretariat took up the case."),
    "ClarificationAsked": _l("The assessor asked for clarification and reopened %(criteria)s until %(until)s."),
    "ClarificationAnswered": _l("The clarification was answered and signed off; snapshot %(snapshot)s was frozen."),
    "ClarificationLapsed": _l("The time for the clarification ended without an answer; the case goes on."),
    "ApplicationAssessed": _l("The assessment was finished."),
    "ApplicationReviewed": _l("The review was finished."),
    "ReviewReopened": _l("The case went back to assessment."),
    "ApplicationTabled": _l("The case was put before the Board."),
    "ApplicationDecided": _l("The Board decided on the application."),
    "ApplicationIneligible": _l("The exclusion %(exclusion)s was confirmed; the case ended."),
    "ApplicationWithdrawn": _l("The company withdrew the application."),
}


def number_sentence(fault: NumberFault, typed: str, measure: Measure | None) -> str:
    """Say kindly why a number is not taken, and what to write instead."""
    if fault is NumberFault.COMMA:
        return str(_("Please write a point instead of the comma: %(number)s.", number=typed.replace(",", ".")))
    if fault is NumberFault.FORM or measure is None:
        return str(_("Please write the number in digits, with a point before decimals, such as 7.5."))
    if fault is NumberFault.TOO_SMALL:
        return str(_("Please write a number that is not below %(least)s.", least=measure.least))
    return str(_("Please write a number that is not above %(most)s.", most=measure.most))


def status_word(status: Status) -> str:
    """Return how a state reads, in the reader's language."""
    return str(STATUSES[status][0])
