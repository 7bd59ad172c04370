"""How bodies, motions, ballots and rules of procedure read to people."""

from __future__ import annotations

from typing import Any

from certify.board.models import Seat
from certify.board.procedure import MotionRules
from certify.board.rules import (
    BallotMode,
    BodyKind,
    Capacity,
    MotionKind,
    MotionStatus,
    Office,
    SessionStatus,
)
from certify.board.tally import Comparison, Condition, Measure, Outcome, Vote
from certify.kernel.i18n import _, _l
from certify.organisations.words import country_name

BODIES: dict[BodyKind, Any] = {
    BodyKind.BOARD: _l("Management Board"),
    BodyKind.APPEALS_PANEL: _l("Appeals panel"),
}
CAPACITIES: dict[Capacity, Any] = {
    Capacity.REPRESENTATIVE: _l("Representative"),
    Capacity.ALTERNATE: _l("Alternate"),
}
OFFICES: dict[Office, Any] = {
    Office.CHAIR: _l("Chair"),
    Office.VICE_CHAIR: _l("Vice-chair"),
}
MOTIONS: dict[MotionKind, Any] = {
    MotionKind.CERTIFY: _l("Certify a company"),
    MotionKind.REFUSE: _l("Refuse certification"),
    MotionKind.CERTIFY_OVER_OBJECTION: _l("Certify a company over a government’s objection"),
    MotionKind.ADOPT_FRAMEWORK: _l("Adopt a framework"),
    MotionKind.CLEAR_AGREEMENT: _l("Clear an agreement"),
    MotionKind.RATIFY_SUSPENSION: _l("Ratify an urgent suspension"),
    MotionKind.WITHDRAW_CERTIFICATE: _l("Withdraw a certificate"),
    MotionKind.DECIDE_APPEAL: _l("Decide an appeal"),
    MotionKind.SET_LIST_EFFECT: _l("Set the effect of a list"),
    MotionKind.CHANGE_RULES: _l("Change the rules of procedure"),
}
MOTION_STATUSES: dict[MotionStatus, Any] = {
    MotionStatus.TABLED: _l("Tabled"),
    MotionStatus.ADOPTED: _l("Adopted"),
    MotionStatus.REJECTED: _l("Rejected"),
    MotionStatus.DEFERRED: _l("Deferred"),
    MotionStatus.LAPSED: _l("Lapsed without a quorum"),
    MotionStatus.WITHDRAWN: _l("Taken back"),
}
MOTION_TONES: dict[MotionStatus, str] = {
    MotionStatus.TABLED: "info",
    MotionStatus.ADOPTED: "active",
    MotionStatus.REJECTED: "refused",
    MotionStatus.DEFERRED: "attention",
    MotionStatus.LAPSED: "neutral",
    MotionStatus.WITHDRAWN: "neutral",
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.ADOPTED: _l("Adopted"),
    Outcome.REJECTED: _l("Rejected"),
    Outcome.NO_QUORUM: _l("No quorum"),
    Outcome.DEFERRED: _l("Deferred"),
}
OUTCOME_TONES: dict[Outcome, str] = {
    Outcome.ADOPTED: "active",
    Outcome.REJECTED: "refused",
    Outcome.NO_QUORUM: "neutral",
    Outcome.DEFERRED: "attention",
}
VOTES: dict[Vote, Any] = {
    Vote.FOR: _l("For"),
    Vote.AGAINST: _l("Against"),
    Vote.ABSTAIN: _l("Abstention"),
}
MODES: dict[BallotMode, Any] = {
    BallotMode.SESSION: _l("In session"),
    BallotMode.ELECTRONIC: _l("Electronic consultation"),
}
SESSION_STATUSES: dict[SessionStatus, Any] = {
    SessionStatus.CONVENED: _l("Convened"),
    SessionStatus.OPEN: _l("In progress"),
    SessionStatus.CLOSED: _l("Closed"),
}
SESSION_TONES: dict[SessionStatus, str] = {
    SessionStatus.CONVENED: "info",
    SessionStatus.OPEN: "attention",
    SessionStatus.CLOSED: "neutral",
}
TIMELINE: dict[str, Any] = {
    "MotionTabled": _l("The motion was put before the body."),
    "BallotOpened": _l("The ballot was opened."),
    "BallotWithoutQuorum": _l("The ballot had no quorum; nothing was decided."),
    "MotionDecided": _l("The motion was decided: %(resolution)s."),
    "MotionLapsed": _l("The motion lapsed without a quorum."),
    "MotionWithdrawn": _l("The motion was taken back before a decision."),
}


def seat_name(seat: Seat) -> str:
    """Return how a seat is called: by its own name where it has one, else by its state's."""
    return seat.name or country_name(seat.state)


# -- the rules of procedure in words ----------------------------------------------------------------------------------


def condition_sentence(condition: Condition) -> str:
    """Say a condition of a majority as a full sentence."""
    share = f"{condition.numerator}/{condition.denominator}"
    if (condition.of, condition.comparison, share) == (Measure.AGAINST, Comparison.MORE_THAN, "1/1"):
        return str(_("There are more votes for than against; a tie rejects."))
    return str(SENTENCES[condition.of, condition.comparison]() % {"share": share})


SENTENCES: dict[tuple[Measure, Comparison], Any] = {
    (Measure.BASE, Comparison.AT_LEAST): lambda: _("The votes for are at least %(share)s of the base."),
    (Measure.BASE, Comparison.MORE_THAN): lambda: _("The votes for are more than %(share)s of the base."),
    (Measure.CAST, Comparison.AT_LEAST): lambda: _("The votes for are at least %(share)s of the votes cast."),
    (Measure.CAST, Comparison.MORE_THAN): lambda: _("The votes for are more than %(share)s of the votes cast."),
    (Measure.AGAINST, Comparison.AT_LEAST): lambda: _("The votes for are at least %(share)s of the votes against."),
    (Measure.AGAINST, Comparison.MORE_THAN): lambda: _("The votes for are more than %(share)s of the votes against."),
}
"""A condition > its sentence, which names the share."""


def quorum_sentence(quorum: Condition) -> str:
    """Say when a body can decide."""
    share = f"{quorum.numerator}/{quorum.denominator}"
    if quorum.comparison is Comparison.MORE_THAN:
        return str(_("A quorum is there when more than %(share)s of the seats of the base are present.", share=share))
    return str(_("A quorum is there when at least %(share)s of the seats of the base are present.", share=share))


def modes_sentence(rules: MotionRules) -> str:
    """Say how a kind of motion may be decided."""
    if BallotMode.ELECTRONIC in rules.modes:
        return str(_("In session or by electronic consultation"))
    return str(_("Only in session"))
