"""What an objection that comes, or goes, after tabling makes of the motion."""

from __future__ import annotations

from certify.assessment.models import Recommendation
from certify.assessment.queries import find_recommendation_of_motion
from certify.assessment.rules import motion_kind
from certify.assessment.service.tabling import put_to_the_board
from certify.board import queries as board
from certify.board import service as board_service
from certify.board.models import Motion
from certify.consultations import queries as consultations
from certify.consultations.rules import ConsultationAnswered, ObjectionLifted
from certify.kernel.db import db
from certify.kernel.i18n import _, in_language
from certify.kernel.policy import Actor


def when_objection_raised(event: ConsultationAnswered) -> None:
    """Reaction: an objection after tabling makes it a motion over objection, and ends a ballot that is open.

    The case is then decided only in session, by two thirds of the votes cast.
    """
    fit_motions(event.subject_key)


def when_objection_lifted(event: ObjectionLifted) -> None:
    """Reaction: the last objection lifted turns the motion back into an ordinary one, unless a ballot is open."""
    fit_motions(event.subject_key)


def fit_motions(subject_key: str) -> None:
    """Table anew, under the kind that fits, what waits for a decision on a case."""
    for motion in board.motions_on(subject_key):
        recommendation = find_recommendation_of_motion(motion.id) if motion.is_live else None
        if recommendation is not None and is_of_the_wrong_kind(motion, recommendation):
            table_anew(motion, recommendation)


def is_of_the_wrong_kind(motion: Motion, recommendation: Recommendation) -> bool:
    """Whether objections make another motion of it; voting on the stricter one is not interrupted."""
    objected = consultations.has_objection(motion.subject_key)
    wanted = motion_kind(recommendation.recommended, objected=objected)
    return motion.kind is not wanted and (objected or motion.open_ballot is None)


def table_anew(motion: Motion, recommendation: Recommendation) -> None:
    """Take the motion back and table the same recommendation under the kind that is right now."""
    recommendation.motion_id = None
    db.session.flush()
    actor = Actor.system("the objections of governments changed")
    with in_language("en"):
        reason = _(
            "The objections of governments changed; the same recommendation is put under the rule that fits them."
        )
    board_service.withdraw_motion(motion, reason=reason, actor=actor)
    renewed = put_to_the_board(recommendation, actor=actor)
    renewed.documents = list(motion.documents)
