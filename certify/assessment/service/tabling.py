"""The recommendation to the Board: written, bounded by the band, frozen when it is tabled, with its dossier."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from certify.applications import service as applications
from certify.applications.models import Application
from certify.applications.queries import pinned_framework
from certify.applications.rules import Status, Step
from certify.assessment.models import Recommendation, Scorecard
from certify.assessment.queries import (
    bench_of,
    find_recommendation,
    latest_recommendation,
    people_who_worked_on,
    reviewed_scorecard,
)
from certify.assessment.rules import (
    Condition,
    Gap,
    RecommendationTabled,
    Recommended,
    condition_gaps,
    motion_kind,
    permitted,
)
from certify.assessment.service.finishing import check_clear
from certify.assessment.service.opening import title_of
from certify.assessment.words import GAPS
from certify.board import queries as board
from certify.board import service as board_service
from certify.board.models import Motion
from certify.board.rules import MotionKind
from certify.consultations import queries as consultations
from certify.criteria.rules import Band
from certify.kernel import audit, clock, files
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.jobs import enqueue
from certify.kernel.policy import Actor, require

WRITTEN_IN = frozenset({Status.REVIEWED, Status.DEFERRED})
FIELDS = {Gap.TEXT: "text", Gap.OWNER: "owner", Gap.DUE: "due_on"}
"""Where on the form a gap of a condition is shown."""


def write_recommendation(
    application: Application,
    *,
    recommended: Recommended,
    text: str,
    reasons: str = "",
    added_value: str = "",
    conditions: Sequence[Condition] = (),
    actor: Actor,
) -> Recommendation:
    """Write, or write anew, what the Secretariat recommends; frozen once it is tabled.

    Raises RuleBroken where the band does not permit it, Invalid where a part is missing: reasons for refusing or
    deferring, the added value and the conditions' owners and dates for certifying.
    """
    require(actor, "recommendation.write", application)
    lock(application)
    scorecard = scorecard_to_rest_on(application)
    check_permitted(scorecard, recommended)
    check_parts(recommended, text, reasons, added_value)
    kept = tuple(conditions) if recommended is Recommended.CERTIFY else ()
    check_conditions(application, scorecard, recommended, kept)
    recommendation = find_recommendation(application) or new_recommendation(application)
    recommendation.recommended, recommendation.text = recommended, text
    recommendation.reasons, recommendation.added_value = reasons, added_value
    recommendation.conditions = [condition_fact(condition) for condition in kept]
    recommendation.scorecard = scorecard
    recommendation.written_by_id = writer(actor)
    recommendation.written_at = clock.now()
    db.session.add(recommendation)
    db.session.flush()
    audit.record(
        "recommendation.write",
        actor=actor,
        case_key=application.case_key,
        number=recommendation.number,
        recommended=recommended.value,
    )
    return recommendation


def writer(actor: Actor) -> uuid.UUID:
    """Return who writes; the system recommends nothing."""
    if actor.person_id is None:
        raise RuleBroken(_("A recommendation is written by a person."))
    return actor.person_id


def scorecard_to_rest_on(application: Application) -> Scorecard:
    """Return the reviewed scorecard; RuleBroken while the review is not finished or the Board has the case."""
    scorecard = reviewed_scorecard(application)
    if application.status not in WRITTEN_IN or scorecard is None:
        raise RuleBroken(_("A recommendation is written once the review is finished, and frozen once it is tabled."))
    return scorecard


def check_permitted(scorecard: Scorecard, recommended: Recommended) -> None:
    """Refuse to recommend more than the band permits."""
    if recommended not in permitted(scorecard.band):
        raise RuleBroken(_("The band does not permit this. The Board may refuse or defer this case, and not certify."))


def check_parts(recommended: Recommended, text: str, reasons: str, added_value: str) -> None:
    """Refuse a recommendation that leaves the Board without what it has to know."""
    fields = {}
    if not text.strip():
        fields["text"] = _("Say in a few sentences what you recommend.")
    if recommended is Recommended.CERTIFY and not added_value.strip():
        fields["added_value"] = _("Say what the cooperation adds, for whom.")
    if recommended is not Recommended.CERTIFY and not reasons.strip():
        fields["reasons"] = _("Give the reasons; a refusal or deferral always has some.")
    if fields:
        raise Invalid(_("Something is missing from the recommendation."), fields=fields)


def check_conditions(
    application: Application, scorecard: Scorecard, recommended: Recommended, conditions: Sequence[Condition]
) -> None:
    """Ask for a condition where the band is conditional, and for owner and due date of each."""
    if recommended is not Recommended.CERTIFY:
        return
    months = pinned_framework(application).bands.conditional.plan_months
    latest = clock.add_months(clock.today(), months)
    fields = {
        f"conditions-{number}-{FIELDS[gap]}": str(GAPS[gap]) % {"months": months}
        for number, condition in enumerate(conditions)
        for gap in condition_gaps(condition, on=clock.today(), latest=latest)
    }
    if scorecard.band is Band.CONDITIONAL and not conditions:
        fields["conditions-0-text"] = _("This band needs at least one condition that cures the gap.")
    if fields:
        raise Invalid(_("Each condition needs a text, an owner and a date."), fields=fields)


def new_recommendation(application: Application) -> Recommendation:
    """Begin the recommendation of the next round."""
    last = latest_recommendation(application)
    return Recommendation(
        id=new_id(),
        application_id=application.id,
        application=application,
        number=last.number + 1 if last else 1,
    )


def condition_fact(condition: Condition) -> dict[str, str]:
    """Return a condition as it is kept."""
    return {
        "text": condition.text,
        "owner": condition.owner,
        "due_on": condition.due_on.isoformat() if condition.due_on else "",
    }


# -- tabling ----------------------------------------------------------------------------------------------------------


def table_case(application: Application, *, actor: Actor) -> Motion:
    """Put the case before the Board: the recommendation is frozen, band and objections say which motion carries it.

    Raises RuleBroken while an exclusion finding or a hit is open, or no recommendation is written.
    """
    require(actor, "recommendation.table", application)
    lock(application)
    scorecard = scorecard_to_rest_on(application)
    check_clear(bench_of(application), Step.TABLE)
    recommendation = find_recommendation(application)
    if recommendation is None or recommendation.scorecard_id != scorecard.id:
        raise RuleBroken(_("The scorecard changed since the recommendation was written. Please write it anew."))
    check_permitted(scorecard, recommendation.recommended)
    check_conditions(application, scorecard, recommendation.recommended, recommendation.plan)
    lock(recommendation)
    motion = put_to_the_board(recommendation, actor=actor)
    recommendation.tabled_by_id, recommendation.tabled_at = actor.person_id, clock.now()
    applications.advance(application, Step.TABLE, actor=actor)
    audit.record(
        "recommendation.table",
        actor=actor,
        case_key=application.case_key,
        number=recommendation.number,
        kind=motion.kind,
    )
    event = RecommendationTabled(application.id, recommendation.id, motion.id)
    publish(event, case_key=application.case_key, actor=actor)
    enqueue(
        "assessment.print_dossier",
        {"recommendation": str(recommendation.id)},
        once=f"dossier:{recommendation.id}",
    )
    return motion


def put_to_the_board(recommendation: Recommendation, *, actor: Actor) -> Motion:
    """Table the motion that carries a recommendation, and remember which it is."""
    application = recommendation.application
    kind = motion_kind(recommendation.recommended, objected=consultations.has_objection(application.case_key))
    motion = board_service.table_motion(
        kind=kind,
        subject_key=application.case_key,
        title=title_of(application),
        link=f"/cases/{application.id}/dossier",
        organisations=[application.organisation.legal_name],
        countries=[application.organisation.country],
        text=recommendation.text,
        detail=motion_detail(recommendation),
        permitted=kinds_permitted(recommendation.scorecard.band),
        out=people_who_worked_on(application) | {recommendation.written_by_id},
        actor=actor,
    )
    recommendation.motion_id = motion.id
    db.session.flush()
    return motion


def kinds_permitted(band: Band) -> frozenset[MotionKind]:
    """Return the kinds of motion that a band permits."""
    every = {motion_kind(one, objected=objected) for one in permitted(band) for objected in (False, True)}
    return frozenset(every)


def motion_detail(recommendation: Recommendation) -> dict[str, Any]:
    """Return what is needed when the motion is decided."""
    framework = pinned_framework(recommendation.application)
    band = recommendation.scorecard.band
    return {
        "application_id": str(recommendation.application_id),
        "recommendation_id": str(recommendation.id),
        "recommended": recommendation.recommended.value,
        "band": band.value,
        "scorecard": recommendation.scorecard.digests["scorecard"],
        "conditions": list(recommendation.conditions),
        "validity_months": framework.bands.validity_months(band),
    }


# -- dossier ----------------------------------------------------------------------------------------------------------


def keep_dossier(recommendation: Recommendation, pdf: bytes) -> None:
    """Keep the printed dossier and attach it to its motion; printed again, the first one stays."""
    if lock(recommendation).dossier_file_id is not None:
        return
    actor = Actor.system("printed when the case was tabled")
    name = f"{recommendation.application.reference}-dossier-{recommendation.number}.pdf"
    stored = files.keep(pdf, name=name, media_type="application/pdf", actor=actor)
    recommendation.dossier_file_id = stored.id
    if recommendation.motion_id is not None:
        motion = lock(board.get_motion(recommendation.motion_id))
        motion.documents = [*motion.documents, {"file_id": str(stored.id), "title": name}]
    audit.record("dossier.print", actor=actor, case_key=recommendation.case_key, sha256=stored.sha256)
