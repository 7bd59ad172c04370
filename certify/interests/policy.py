"""Who may do what with declarations of interest."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.kernel.policy import Actor, Policy, either, roles

touches_cases = roles(Role.OFFICER, Role.EXPERT, Role.BOARD, Role.FOCAL_POINT, Role.ASSOCIATED)
"""Everyone whose work opens files of other people's cases."""
works_on_cases = roles(Role.OFFICER, Role.EXPERT, Role.BOARD)


def was_asked(actor: Actor, subject: Any) -> bool:
    """Whether a government or associated entity was asked about this case; the asking slice states `asked:<key>`."""
    return actor.has(Role.FOCAL_POINT, Role.ASSOCIATED) and subject is not None and actor.holds("asked", subject.key)


def is_cleared(actor: Actor, subject_key: str) -> bool:
    """Whether the person declared and nothing bars them or the state they speak for; for the upper slices' policies."""
    return actor.holds("cleared", subject_key) and not actor.holds("barred", subject_key)


def is_barred(actor: Actor, subject_key: str) -> bool:
    """Whether a conflict keeps the person out of this case."""
    return actor.holds("barred", subject_key)


def is_own(actor: Actor, subject: Any) -> bool:
    """Whether the declaration is the person's own."""
    return actor.person_id is not None and getattr(subject, "person_id", None) == actor.person_id


def rules_on(actor: Actor, subject: Any) -> bool:
    """Whether the person is the acting chair for the case that the declaration is about."""
    return actor.has(Role.BOARD) and subject is not None and actor.holds("chairs", subject.subject_key)


POLICY: Policy = {
    "interest.declare": either(works_on_cases, was_asked),
    "interest.list": touches_cases,
    "interest.audit": roles(Role.AUDITOR),
    "interest.see": either(is_own, rules_on, roles(Role.AUDITOR)),
    "interest.rule": rules_on,
}
