"""How a motion is put before a body, and what is written down when it is decided."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from certify.board.models import Ballot, Body, Motion, Resolution
from certify.board.procedure import load_procedure
from certify.board.queries.bodies import find_body, get_body
from certify.board.rules import (
    BallotWithoutQuorum,
    MotionDecided,
    MotionKind,
    MotionLapsed,
    MotionStatus,
    MotionTabled,
    MotionWithdrawn,
)
from certify.board.service.letters import tell_of_motion
from certify.board.tally import Outcome
from certify.interests import service as interests
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require

EVERY_KIND = frozenset(MotionKind)


def table_motion(
    *,
    kind: MotionKind,
    subject_key: str,
    title: str,
    link: str,
    text: str,
    organisations: Iterable[str] = (),
    countries: Iterable[str] = (),
    detail: Mapping[str, Any] | None = None,
    documents: Iterable[Mapping[str, Any]] = (),
    permitted: Collection[MotionKind] = EVERY_KIND,
    out: Iterable[uuid.UUID] = (),
    actor: Actor,
) -> Motion:
    """Put a motion before the body that decides its kind.

    `link` is the own path of the dossier. `countries` are the states in conflict by rule (the company's seat country,
    the government parties of an agreement): their seats leave the base. `permitted` are the kinds that the case allows:
    what the band does not permit cannot be moved. `out` are the people who evaluated, reviewed or advised in the case:
    they never vote on it. Raises RuleBroken where the kind is not permitted, or a motion of the kind is tabled already.
    """
    require(actor, "motion.table")
    if kind not in permitted:
        raise RuleBroken(_("What was found in this case does not permit this motion."))
    check_detail(kind, detail or {})
    body = body_deciding(kind)
    subject = interests.open_subject(
        subject_key, title=title, link=link, organisations=organisations, countries=countries
    )
    motion = Motion(
        id=new_id(),
        body=lock(body),
        number=next_number(body, "last_motion"),
        kind=kind,
        subject_key=subject_key,
        title=title,
        link=link,
        organisations=sorted(subject.organisations),
        countries=sorted(subject.countries),
        text=text,
        detail=dict(detail or {}),
        documents=[dict(document) for document in documents],
        out=sorted(str(person_id) for person_id in set(out)),
        tabled_at=clock.now(),
        tabled_by_id=actor.person_id,
    )
    announce(motion, actor=actor)
    return motion


def announce(motion: Motion, *, actor: Actor) -> None:
    """Store a tabled motion and tell who reads it."""
    db.session.add(motion)
    db.session.flush()
    kind, key = motion.kind, motion.subject_key
    audit.record("motion.table", actor=actor, case_key=motion.case_key, kind=kind.value, subject=key)
    publish(MotionTabled(motion.id, kind, key), case_key=motion.case_key, actor=actor)
    tell_of_motion(motion)


def body_deciding(kind: MotionKind) -> Body:
    """Return the body that the rules of procedure name for a kind of motion."""
    for body_kind in load_procedure(1).bodies:
        body = find_body(body_kind)
        if body and body.procedure.motions[kind].body is body.kind:
            return body
    return get_body(load_procedure(1).motions[kind].body)


def check_detail(kind: MotionKind, detail: Mapping[str, Any]) -> None:
    """Refuse a change of the rules that names no version that exists."""
    if kind is not MotionKind.CHANGE_RULES:
        return
    try:
        load_procedure(int(detail["version"]))
    except (LookupError, ValueError, TypeError) as fault:
        raise Invalid(_("Name a version of the rules of procedure that exists.")) from fault


def next_number(body: Body, series: str) -> int:
    """Take the next number of a series of this body, which is locked."""
    number: int = getattr(body, series) + 1
    setattr(body, series, number)
    return number


def withdraw_motion(motion: Motion, *, reason: str, actor: Actor) -> None:
    """Take a motion back before a decision, as when the company withdraws its application; an open ballot ends."""
    require(actor, "motion.withdraw", motion)
    lock(motion)
    if not motion.is_live:
        raise RuleBroken(_("This motion does not wait for a decision any more."))
    if (ballot := motion.open_ballot) is not None:
        ballot.closed_at, ballot.closed_by_id = clock.now(), actor.person_id
    motion.status, motion.ended_at, motion.ended_reason = MotionStatus.WITHDRAWN, clock.now(), reason
    audit.record("motion.withdraw", actor=actor, case_key=motion.case_key, reason=reason)
    publish(MotionWithdrawn(motion.id, motion.kind, motion.subject_key), case_key=motion.case_key, actor=actor)


# -- what a closed ballot means for its motion ------------------------------------------------------------------------

DECIDED = {
    Outcome.ADOPTED: MotionStatus.ADOPTED,
    Outcome.REJECTED: MotionStatus.REJECTED,
    Outcome.DEFERRED: MotionStatus.DEFERRED,
}


def conclude_motion(motion: Motion, ballot: Ballot, *, actor: Actor) -> None:
    """Draw the consequence of a closed ballot: a decision once for each motion, or a failed quorum."""
    if ballot.outcome is None or not motion.is_live:
        raise RuleBroken(_("This motion was decided already."))
    if ballot.outcome is Outcome.NO_QUORUM:
        note_failed_quorum(motion, ballot, actor=actor)
    else:
        decide(motion, ballot, ballot.outcome, actor=actor)


def decide(motion: Motion, ballot: Ballot, outcome: Outcome, *, actor: Actor) -> None:
    """Write the decision down under its number, and tell the house once."""
    motion.status, motion.ended_at = DECIDED[outcome], clock.now()
    resolution = number_decision(motion, ballot, outcome)
    if motion.kind is MotionKind.CHANGE_RULES and outcome is Outcome.ADOPTED:
        change_rules(int(motion.detail["version"]))
    event = MotionDecided(
        motion.id, motion.kind, motion.subject_key, outcome.value, resolution.symbol, dict(motion.detail)
    )
    publish(event, case_key=motion.case_key, actor=actor, once=f"decided:{motion.id}")


def number_decision(motion: Motion, ballot: Ballot, outcome: Outcome) -> Resolution:
    """Give the decision its number and symbol: MB/RES.7/26 for what was adopted, MB/DEC.8/26 for what was not."""
    body = lock(motion.body)
    number = next_number(body, "last_resolution")
    series = "RES" if outcome is Outcome.ADOPTED else "DEC"
    at = clock.now()
    resolution = Resolution(
        id=new_id(),
        body=body,
        motion=motion,
        ballot=ballot,
        number=number,
        symbol=f"{body.procedure.bodies[body.kind].symbol}/{series}.{number}/{at:%y}",
        outcome=outcome,
        at=at,
    )
    db.session.add(resolution)
    db.session.flush()
    return resolution


def change_rules(version: int) -> None:
    """Put a version of the rules of procedure in force; open ballots keep the rules they were opened under."""
    for kind in load_procedure(version).bodies:
        if body := find_body(kind):
            body.procedure_version = version


def note_failed_quorum(motion: Motion, ballot: Ballot, *, actor: Actor) -> None:
    """Keep the motion tabled where it may be reopened, else let it lapse; nothing is decided."""
    motion.failed_quorums += 1
    may_reopen = motion.failed_quorums <= motion.body.procedure.reopenings
    publish(BallotWithoutQuorum(motion.id, ballot.id, may_reopen), case_key=motion.case_key, actor=actor)
    if not may_reopen:
        motion.status, motion.ended_at = MotionStatus.LAPSED, clock.now()
        publish(MotionLapsed(motion.id, motion.kind, motion.subject_key), case_key=motion.case_key, actor=actor)
