"""Who may do what with applications, their evidence and their snapshots."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.applications.rules import ONCE_TABLED, Status
from certify.kernel.policy import Actor, Permit, Policy, either, signed_in


def barred(actor: Actor, application: Any) -> bool:
    """Whether an interest keeps this person out of the case."""
    return actor.holds("barred", application.case_key)


def system(actor: Actor, subject: Any) -> bool:
    """Permit jobs and reactions."""
    return actor.is_system


def member(actor: Actor, application: Any) -> bool:
    """Permit people of the company, whatever their role there."""
    return actor.holds("member", application.organisation_id) and not barred(actor, application)


def editor(actor: Actor, application: Any) -> bool:
    """Permit the company's editors."""
    return actor.holds("editor", application.organisation_id) and not barred(actor, application)


def legal_representative(actor: Actor, application: Any) -> bool:
    """Permit the company's legal representatives."""
    return actor.holds("legal_representative", application.organisation_id) and not barred(actor, application)


def cleared(actor: Actor, application: Any) -> bool:
    """Whether this person declared no interest that keeps them out, before the file opened."""
    return actor.holds("cleared", application.case_key) and not barred(actor, application)


def assigned(actor: Actor, application: Any) -> bool:
    """Permit the case's assessor and reviewer, once cleared and while they hold their role."""
    of_the_case = actor.person_id is not None and actor.person_id in {application.assessor_id, application.reviewer_id}
    return of_the_case and actor.has(Role.OFFICER, Role.EXPERT) and cleared(actor, application)


def board_once_tabled(actor: Actor, application: Any) -> bool:
    """Permit cleared members of the Board from the day the case is tabled."""
    seated = actor.has(Role.BOARD) and actor.holds("sits", "board")
    return application.status in ONCE_TABLED and seated and cleared(actor, application)


def auditor(actor: Actor, application: Any) -> bool:
    """Permit the auditor, whose every reading is recorded."""
    return actor.has(Role.AUDITOR) and not barred(actor, application)


def officer_cleared(actor: Actor, application: Any) -> bool:
    """Permit officers who declared no interest that keeps them out."""
    return actor.has(Role.OFFICER) and cleared(actor, application)


def draft_editor(actor: Actor, application: Any) -> bool:
    """Permit editors while nothing has been signed off."""
    return application.status is Status.DRAFT and editor(actor, application)


def of_the_case(permit: Permit) -> Permit:
    """Ask the question about the application that a part of it belongs to."""
    return lambda actor, part: permit(actor, part.application)


may_apply: Permit = lambda actor, organisation: actor.holds("editor", organisation.id)  # noqa: E731
official_readers = either(assigned, board_once_tabled, auditor, system)
sees = either(member, official_readers)

POLICY: Policy = {
    "organisation.apply": may_apply,
    "application.list_own": signed_in,
    "application.see": sees,
    "application.read": sees,
    "application.prepare": member,
    "application.edit": editor,
    "application.request_sign_off": editor,
    "application.return_to_editing": either(editor, legal_representative),
    "application.submit": legal_representative,
    "application.withdraw": either(legal_representative, draft_editor),
    "application.begin_review": either(system, officer_cleared),
    "application.assign": either(system, officer_cleared),
    "application.ask_clarification": assigned,
    "application.advance": either(system, assigned),
    "application.decide": system,
    "application.declare_ineligible": system,
    "application.lapse_clarification": system,
    "evidence.see": of_the_case(sees),
    "evidence.read": of_the_case(sees),
    "evidence.remove": of_the_case(editor),
}
