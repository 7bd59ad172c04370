"""How a ballot opens, takes one vote a seat, and closes; rules and composition are pinned when it opens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from certify.board.models import Ballot, CastVote, Motion, Seat, Session
from certify.board.procedure import MotionRules
from certify.board.queries.ballots import (
    base_of,
    count,
    people_who_never_vote,
    present_at,
    recused_states,
    vote_of,
)
from certify.board.queries.bodies import list_seats, states_out
from certify.board.rules import BallotMode, BallotOpened, MotionStatus, SessionStatus
from certify.board.service.letters import tell_of_ballot
from certify.board.service.motions import conclude_motion
from certify.board.tally import Vote
from certify.interests import queries as interests
from certify.interests.policy import is_cleared
from certify.interests.rules import InterestDeclared, InterestRuled
from certify.kernel import audit, clock, jobs
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotAllowed, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require

# -- opening --------------------------------------------------------------------------------------------------------


def open_ballot(
    motion: Motion, *, session: Session | None = None, closes_at: datetime | None = None, actor: Actor
) -> Ballot:
    """Open voting on a motion, in a session in progress or as an electronic consultation that ends at `closes_at`.

    With fewer seats left in the base than the body needs, the motion is deferred at once. Raises RuleBroken where the
    motion is not live or a ballot is open, Invalid where the electronic consultation is too short.
    """
    require(actor, "ballot.open", motion)
    lock(motion)
    check_may_open(motion, actor)
    rules = motion.body.procedure.motions[motion.kind]
    mode = mode_of(motion, rules, session=session, closes_at=closes_at)
    ballot = new_ballot(motion, rules, mode=mode, session=session, closes_at=closes_at, actor=actor)
    audit.record("ballot.open", actor=actor, case_key=motion.case_key, ballot=ballot.id, mode=mode.value)
    publish(BallotOpened(motion.id, ballot.id, mode), case_key=motion.case_key, actor=actor)
    if len(base_of(ballot)) < rules.ballot.least_seats:
        conclude(ballot, actor=actor)
    elif closes_at is not None:
        jobs.enqueue("board.close_ballot", {"ballot": str(ballot.id)}, due=closes_at, once=closing_key(ballot))
        tell_of_ballot(ballot)
    return ballot


def check_may_open(motion: Motion, actor: Actor) -> None:
    """Refuse a ballot on a motion that is not live or has one open, and a chair who has not declared."""
    if not motion.is_live:
        raise RuleBroken(_("This motion does not wait for a decision any more."))
    if motion.open_ballot is not None:
        raise RuleBroken(_("A ballot on this motion is open already."))
    if not is_cleared(actor, motion.subject_key):
        raise RuleBroken(_("Declare first whether you have an interest in this case."))


def mode_of(motion: Motion, rules: MotionRules, *, session: Session | None, closes_at: datetime | None) -> BallotMode:
    """Return how the ballot is held, and refuse what the rules of procedure do not allow."""
    if (session is None) == (closes_at is None):
        raise Invalid(_("Choose a session, or the time at which an electronic consultation closes."))
    mode = BallotMode.SESSION if session is not None else BallotMode.ELECTRONIC
    if mode not in rules.modes:
        raise RuleBroken(_("The rules of procedure allow this motion to be decided only in session."))
    if session is not None and (session.status is not SessionStatus.OPEN or session.body_id != motion.body_id):
        raise RuleBroken(_("The session is not in progress."))
    if closes_at is not None:
        check_lasts_long_enough(closes_at, days=motion.body.procedure.electronic_days)
    return mode


def check_lasts_long_enough(closes_at: datetime, *, days: int) -> None:
    """Refuse an electronic consultation shorter than the rules of procedure ask for."""
    if closes_at < clock.now() + timedelta(days=days):
        sentence = _("An electronic consultation lasts at least %(days)d days.", days=days)
        raise Invalid(sentence, fields={"closes_at": sentence})


def new_ballot(
    motion: Motion,
    rules: MotionRules,
    *,
    mode: BallotMode,
    session: Session | None,
    closes_at: datetime | None,
    actor: Actor,
) -> Ballot:
    """Write the ballot down with the rules and the composition that hold until it closes."""
    procedure = motion.body.procedure
    ballot = Ballot(
        id=new_id(),
        motion=motion,
        mode=mode,
        session=session,
        opened_at=clock.now(),
        opened_by_id=actor.person_id,
        closes_at=closes_at,
        procedure=procedure.id,
        procedure_digest=procedure.digest,
        rules=rules.ballot.to_record(),
        composition=[str(seat.id) for seat in list_seats(motion.body)],
    )
    db.session.add(ballot)
    db.session.flush()
    return ballot


# -- voting ---------------------------------------------------------------------------------------------------------


def cast_vote(ballot: Ballot, seat: Seat, *, vote: Vote, reason: str = "", actor: Actor) -> CastVote:
    """Cast the one vote of a seat, by its representative or an alternate; it cannot be changed.

    Raises NotAllowed for who does not hold the seat or handled the case, RuleBroken for a conflict of interest, a
    missing declaration, a closed ballot, an absent seat, or a seat that voted.
    """
    require(actor, "ballot.vote", ballot)
    lock(ballot.motion)
    lock(ballot)
    db.session.expire(ballot, ["votes"])
    strike_votes(ballot)
    check_may_vote(ballot, seat, actor=actor)
    cast = CastVote(
        id=new_id(),
        ballot=ballot,
        seat=seat,
        person_id=actor.person_id,
        vote=vote,
        reason=reason,
        at=clock.now(),
    )
    db.session.add(cast)
    db.session.flush()
    audit.record("ballot.vote", actor=actor, case_key=ballot.case_key, ballot=ballot.id, seat=seat.label)
    return cast


def check_may_vote(ballot: Ballot, seat: Seat, *, actor: Actor) -> None:
    """Refuse whoever may not cast this seat's vote now, and say why."""
    check_holds(ballot, seat, actor)
    check_takes_votes(ballot)
    check_unconcerned(ballot, seat, actor)
    check_is_counted(ballot, seat)


def check_holds(ballot: Ballot, seat: Seat, actor: Actor) -> None:
    """Refuse who does not hold the seat, and who evaluated, reviewed or advised in the case."""
    if not actor.holds("seat", seat.id):
        raise NotAllowed(_("You do not hold this seat."))
    if actor.person_id in people_who_never_vote(ballot.motion):
        raise NotAllowed(_("Whoever evaluated, reviewed or advised in a case does not vote on it."))


def check_takes_votes(ballot: Ballot) -> None:
    """Refuse a vote after closing."""
    if ballot.is_over(clock.now()):
        raise RuleBroken(_("This ballot is closed. Votes are not taken any more."))


def check_unconcerned(ballot: Ballot, seat: Seat, actor: Actor) -> None:
    """Refuse the vote of who is in conflict, speaks for a state that is, or has not declared."""
    if seat.state is not None and seat.state in states_out(ballot.motion):
        raise RuleBroken(_("Your state is concerned in this case: its seat is out of the base and does not vote."))
    key = ballot.motion.subject_key
    declared = interests.find_declaration(actor.person_id, key)
    if declared is None:
        raise RuleBroken(_("Declare first whether you have an interest in this case."))
    if declared.bars:
        raise RuleBroken(_("You declared an interest in this case. An alternate without one may vote for your seat."))


def check_is_counted(ballot: Ballot, seat: Seat) -> None:
    """Refuse a seat that was not in term at the opening, is absent from the session, or has voted."""
    if str(seat.id) not in ballot.composition:
        raise RuleBroken(_("This seat was not in its term when the ballot opened."))
    if ballot.session is not None and seat.id not in ballot.session.present_seats:
        raise RuleBroken(_("Your seat is not recorded as present in this session."))
    if vote_of(ballot, seat) is not None:
        raise RuleBroken(_("This seat has voted already. A vote cannot be changed."))


# -- conflicts found before closing -----------------------------------------------------------------------------------


def strike_votes(ballot: Ballot) -> list[CastVote]:
    """Strike the votes of people or states whose conflict was found since; the base follows by itself."""
    barred = interests.barred_people(ballot.motion.subject_key)
    states = states_out(ballot.motion)
    struck = [vote for vote in ballot.live_votes if vote.person_id in barred or vote.seat.state in states]
    actor = Actor.system("a conflict of interest was found")
    for vote in struck:
        vote.struck_at = clock.now()
        audit.record("ballot.strike", actor=actor, case_key=ballot.case_key, ballot=ballot.id, seat=vote.seat.label)
    db.session.flush()
    return struck


def when_interest_declared(event: InterestDeclared) -> None:
    """Consequence: strike a vote in an open ballot as soon as its caster declares a conflict."""
    strike_on(event.subject_key)


def when_interest_ruled(event: InterestRuled) -> None:
    """Consequence: strike a vote in an open ballot as soon as the chair rules a conflict."""
    strike_on(event.subject_key)


def strike_on(subject_key: str) -> None:
    """Strike what has to be struck in the open ballots of a case.

    A motion that is being voted on or closed at this moment is passed over: closing strikes by itself, and waiting for
    it here, with the case held, could block both for ever.
    """
    live = sa.select(Motion).where(Motion.subject_key == subject_key, Motion.status == MotionStatus.TABLED)
    free = live.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    for motion in db.session.scalars(free).all():
        db.session.expire(motion, ["ballots"])
        if motion.open_ballot is not None:
            strike_votes(motion.open_ballot)


# -- closing --------------------------------------------------------------------------------------------------------


def close_ballot(ballot: Ballot, *, actor: Actor) -> None:
    """Close a ballot: the chair in session at once, an electronic consultation at its time and never early."""
    require(actor, "ballot.close", ballot)
    lock(ballot.motion)
    lock(ballot)
    db.session.expire(ballot, ["votes"])
    if ballot.closed_at is not None:
        raise RuleBroken(_("This ballot is closed already."))
    if ballot.closes_at is not None and clock.now() < ballot.closes_at:
        raise RuleBroken(_("An electronic consultation closes at its time, never early."))
    conclude(ballot, actor=actor)


def conclude(ballot: Ballot, *, actor: Actor) -> None:
    """Strike, count, write the sum, and draw the consequence for the motion."""
    strike_votes(ballot)
    base, present, recused = base_of(ballot), present_at(ballot), recused_states(ballot)
    counted = count(ballot, ballot.live_votes)
    ballot.base = ids(base)
    ballot.recused = ids(recused)
    ballot.present = sorted(str(seat.id) for seat in base if seat.id in present)
    ballot.sum = counted.to_record() | {"recused": len(recused)}
    ballot.outcome, ballot.closed_at, ballot.closed_by_id = counted.outcome, clock.now(), actor.person_id
    audit.record("ballot.close", actor=actor, case_key=ballot.case_key, ballot=ballot.id, result=counted.outcome.value)
    conclude_motion(ballot.motion, ballot, actor=actor)


def ids(seats: Iterable[Seat]) -> list[str]:
    """Return the ids of seats in order."""
    return sorted(str(seat.id) for seat in seats)


def close_due_ballots() -> int:
    """Close every electronic consultation whose time has come; return how many."""
    query = sa.select(Ballot).where(Ballot.closed_at.is_(None), Ballot.closes_at <= clock.now())
    due = db.session.scalars(query.order_by(Ballot.closes_at, Ballot.id)).all()
    for ballot in due:
        close_ballot(ballot, actor=Actor.system("the time of the electronic consultation is over"))
    return len(due)


def extend_ballot(ballot: Ballot, *, until: datetime, reason: str, actor: Actor) -> None:
    """Let an electronic consultation last longer, by the acting chair and with a reason; never shorter."""
    require(actor, "ballot.extend", ballot)
    lock(ballot.motion)
    lock(ballot)
    check_takes_votes(ballot)
    if ballot.closes_at is None or until <= ballot.closes_at:
        sentence = _("Choose a time after the present closing time.")
        raise Invalid(sentence, fields={"until": sentence})
    if not reason.strip():
        sentence = _("Give the reason for the extension.")
        raise Invalid(sentence, fields={"reason": sentence})
    step = {"from": ballot.closes_at.isoformat(), "until": until.isoformat(), "reason": reason, "by": actor.name}
    ballot.extensions, ballot.closes_at = [*ballot.extensions, step], until
    jobs.enqueue("board.close_ballot", {"ballot": str(ballot.id)}, due=until, once=closing_key(ballot))
    audit.record("ballot.extend", actor=actor, case_key=ballot.case_key, ballot=ballot.id, until=until)


def closing_key(ballot: Ballot) -> str:
    """Name the closing of a ballot at its present time."""
    return f"close:{ballot.id}:{ballot.closes_at.isoformat() if ballot.closes_at else ''}"
