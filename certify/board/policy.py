"""Who may do what with bodies, motions, ballots and sessions."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.interests.policy import is_barred, is_cleared
from certify.kernel.policy import Actor, Policy, anyone, either, every, roles


def sits(actor: Actor, subject: Any) -> bool:
    """Whether the person holds a seat of the body concerned, of any body where none is named."""
    if subject is None:
        return actor.has(Role.BOARD) and any(fact.startswith("sits:") for fact in actor.facts)
    return actor.has(Role.BOARD) and actor.holds("sits", subject.body_kind)


def chairs_case(actor: Actor, subject: Any) -> bool:
    """Whether the person is the acting chair for this motion or this ballot's motion."""
    motion = getattr(subject, "motion", subject)
    return motion is not None and sits(actor, motion) and actor.holds("chairs", motion.subject_key)


def chairs_body(actor: Actor, subject: Any) -> bool:
    """Whether the person chairs the body concerned; of any body where none is named."""
    if not actor.has(Role.BOARD):
        return False
    if subject is None:
        return any(fact.startswith(("chair:", "chairs:")) for fact in actor.facts)
    return actor.holds("chair", subject.body_kind)


def is_unconcerned(actor: Actor, subject: Any) -> bool:
    """Whether no conflict keeps the person out of the motion's case."""
    return not is_barred(actor, getattr(subject, "motion", subject).subject_key)


def has_declared(actor: Actor, subject: Any) -> bool:
    """Whether the person may open the motion's text and documents: permitted to see it, and declared."""
    permitted = sits(actor, subject) or actor.has(Role.OFFICER, Role.EXPERT)
    return permitted and is_cleared(actor, subject.subject_key)


def by_system(actor: Actor, subject: Any) -> bool:
    """Whether a job, a reaction or the operator acts."""
    return actor.is_system


reads_votes = every(is_unconcerned, either(sits, roles(Role.OFFICER, Role.AUDITOR)))
"""Votes by seat are for the body, officers and auditors, after closing; a house rule of the service, not of time."""

POLICY: Policy = {
    "body.compose": either(roles(Role.ADMINISTRATOR), by_system),
    "body.see": either(sits, roles(Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)),
    "board.see_index": either(sits, roles(Role.OFFICER, Role.AUDITOR)),
    "board.chair": chairs_body,
    "motion.see": every(is_unconcerned, either(sits, roles(Role.OFFICER, Role.EXPERT, Role.AUDITOR), by_system)),
    "motion.read": every(is_unconcerned, either(has_declared, roles(Role.AUDITOR))),
    "motion.list": either(sits, roles(Role.OFFICER, Role.AUDITOR)),
    "motion.table": either(roles(Role.OFFICER), by_system),
    "motion.withdraw": either(chairs_case, by_system),
    "ballot.open": chairs_case,
    "ballot.extend": chairs_case,
    "ballot.close": either(chairs_case, by_system),
    "ballot.strike": by_system,
    "ballot.vote": sits,
    "ballot.read": reads_votes,
    "session.see": either(sits, roles(Role.OFFICER, Role.AUDITOR)),
    "session.convene": chairs_body,
    "session.open": chairs_body,
    "session.attend": sits,
    "session.record": chairs_body,
    "session.close": chairs_body,
    "minutes.see": anyone,
    "decision.see": anyone,
    "procedure.see": anyone,
}
