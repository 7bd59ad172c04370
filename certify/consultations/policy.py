"""Who may do what with consultations: a party sees its own, officers and the Board see the replies."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.interests.policy import is_barred, is_cleared
from certify.kernel.policy import Actor, Permit, Policy, either, every, roles


def unbarred(actor: Actor, consultation: Any) -> bool:
    """Whether no conflict keeps the person out of the case."""
    return not is_barred(actor, consultation.subject_key)


def speaks_for_party(actor: Actor, consultation: Any) -> bool:
    """Whether the person is the focal point of the country asked, or of the associated entity asked."""
    if consultation.country:
        return actor.has(Role.FOCAL_POINT) and actor.holds("focal_point", consultation.country)
    return actor.has(Role.ASSOCIATED)


def board_member(actor: Actor, consultation: Any) -> bool:
    """Whether the person sits on the Board and declared."""
    return actor.holds("sits", "board") and is_cleared(actor, consultation.subject_key)


def of_company(*parts: str) -> Permit:
    """Permit people of the company that the case is about, with one of these parts in it."""
    return lambda actor, consultation: any(actor.holds(part, consultation.respondent_id) for part in parts)


def has_objection(actor: Actor, consultation: Any) -> bool:
    """Whether there is an objection that the company may read."""
    return bool(consultation.is_objection)


def by_system(actor: Actor, consultation: Any) -> bool:
    """Whether a job or reaction acts."""
    return actor.is_system


officials = every(unbarred, either(roles(Role.OFFICER, Role.AUDITOR), board_member))
company_reads = every(has_objection, of_company("member", "editor", "legal_representative", "reader"))

POLICY: Policy = {
    "consultation.list": roles(Role.FOCAL_POINT, Role.ASSOCIATED, Role.OFFICER, Role.AUDITOR),
    "consultation.see": either(speaks_for_party, officials, by_system),
    "consultation.ask": either(roles(Role.OFFICER), by_system),
    "consultation.extend": every(unbarred, roles(Role.OFFICER)),
    "consultation.reply": speaks_for_party,
    "consultation.withdraw": either(roles(Role.OFFICER), by_system),
    "objection.see": either(company_reads, speaks_for_party, officials),
    "objection.answer": every(has_objection, of_company("legal_representative")),
    "objection.lift": speaks_for_party,
}
