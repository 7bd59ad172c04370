"""What the Board's decision makes of a case."""

from __future__ import annotations

from typing import Any

from certify.applications import service as applications
from certify.applications.queries import case_file
from certify.applications.rules import Status
from certify.assessment.models import Recommendation
from certify.assessment.queries import find_recommendation_of_motion
from certify.assessment.rules import Recommended, decided
from certify.assessment.words import BANDS, reason_sentences
from certify.board.rules import MotionDecided, MotionKind, MotionLapsed, MotionWithdrawn
from certify.criteria.rules import Band
from certify.kernel.db import lock
from certify.kernel.i18n import _, current_language, in_language
from certify.kernel.policy import Actor


def when_motion_decided(event: MotionDecided) -> None:
    """Reaction: carry the Board's decision out on the case; told twice, or of another matter, nothing changes."""
    recommendation = find_recommendation_of_motion(event.motion_id)
    if recommendation is None or lock(recommendation.application).status is not Status.TABLED:
        return
    outcome = decided(
        event.motion_kind, event.outcome, recommended=recommendation.recommended, conditions=recommendation.plan
    )
    if outcome is not None:
        carry_out(recommendation, outcome, kind=event.motion_kind, symbol=event.resolution)


def carry_out(recommendation: Recommendation, outcome: Status, *, kind: MotionKind, symbol: str) -> None:
    """Decide the application as the Board did, with the reasons that the company reads."""
    applications.decide(
        recommendation.application,
        outcome=outcome,
        reasons=reasons_told(recommendation, outcome, kind=kind, symbol=symbol),
        conditions=[
            {"text": row["text"], "owner": row["owner"], "due": row["due_on"]}
            for row in (recommendation.conditions if outcome is Status.APPROVED_WITH_CONDITIONS else [])
        ],
        actor=Actor.system("the Board decided"),
    )


def reasons_told(recommendation: Recommendation, outcome: Status, *, kind: MotionKind, symbol: str) -> str:
    """Return the reasons in the language of the sign-off: the decision, then the criteria behind it."""
    file = case_file(recommendation.application)
    band = recommendation.scorecard.band
    with in_language(file.snapshot.language):
        lines = [opening(outcome, kind=kind, band=band, symbol=symbol)]
        if outcome in {Status.REFUSED, Status.DEFERRED, Status.APPROVED_WITH_CONDITIONS}:
            lines += gaps_told(recommendation, file.framework)
        if outcome is Status.REFUSED and recommendation.recommended is Recommended.REFUSE:
            lines.append(recommendation.reasons)
        return "\n".join(line for line in lines if line)


def gaps_told(recommendation: Recommendation, framework: Any) -> list[str]:
    """Return what the case lacks for certification; of one that reaches it, nothing."""
    if recommendation.scorecard.band in {Band.CERTIFIED, Band.DISTINCTION}:
        return []
    return reason_sentences(recommendation.scorecard.result, framework, current_language())


def opening(outcome: Status, *, kind: MotionKind, band: Band, symbol: str) -> str:
    """Return the sentence that says what was decided."""
    known = {"symbol": symbol, "band": str(BANDS[band][0])}
    if outcome in {Status.APPROVED, Status.APPROVED_WITH_CONDITIONS}:
        return str(_("By its decision %(symbol)s the Board approved the certification. Band: %(band)s.", **known))
    if outcome is Status.DEFERRED:
        return str(_("By its decision %(symbol)s the Board put the case off.", **known))
    if kind is MotionKind.REFUSE:
        return str(_("By its decision %(symbol)s the Board refused the certification.", **known))
    return str(_("By its decision %(symbol)s the Board did not adopt the motion to certify.", **known))


def when_motion_lapsed(event: MotionLapsed) -> None:
    """Reaction: a motion that failed its quorum twice decides nothing; the case is deferred and can be tabled anew."""
    put_off(event)


def when_motion_withdrawn(event: MotionWithdrawn) -> None:
    """Reaction: a motion that the chair took back leaves the case deferred, so that it can be tabled anew."""
    put_off(event)


def put_off(event: MotionLapsed | MotionWithdrawn) -> None:
    """Defer a case whose motion ended without a decision."""
    recommendation = find_recommendation_of_motion(event.motion_id)
    if recommendation is None or lock(recommendation.application).status is not Status.TABLED:
        return
    with in_language(case_file(recommendation.application).snapshot.language):
        reasons = _("The motion ended without a decision of the Board. The case can be put before it again.")
    applications.decide(
        recommendation.application,
        outcome=Status.DEFERRED,
        reasons=reasons,
        actor=Actor.system("the motion ended without a decision"),
    )
