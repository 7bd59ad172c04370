"""Who may take, assess, review, recommend and find, and who reads what of a case."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.applications.rules import BEFORE_SIGN_OFF, ONCE_TABLED, Status
from certify.kernel.policy import Actor, Policy, either, every, roles

SCORES_TOLD = frozenset({Status.APPROVED, Status.APPROVED_WITH_CONDITIONS, Status.REFUSED, Status.INELIGIBLE})
"""Once its case is decided, the company reads its own scorecard."""


def case(subject: Any) -> Any:
    """Return the application that a scorecard, finding or recommendation belongs to."""
    return getattr(subject, "application", subject)


def unconcerned(actor: Actor, subject: Any) -> bool:
    """Whether no declared interest keeps the person out of the case."""
    return not actor.holds("barred", subject.case_key)


def cleared(actor: Actor, subject: Any) -> bool:
    """Whether the person declared, and nothing keeps them out."""
    return actor.holds("cleared", subject.case_key) and unconcerned(actor, subject)


def submitted(actor: Actor, subject: Any) -> bool:
    """Whether the company handed the case in; before that nobody else knows of it."""
    return case(subject).status not in BEFORE_SIGN_OFF and case(subject).submitted_at is not None


def off_the_board(actor: Actor, subject: Any) -> bool:
    """Whether the person holds no seat of the Board: whoever evaluates never votes."""
    return not actor.holds("sits", "board")


def assesses(actor: Actor, subject: Any) -> bool:
    """Permit the case's assessor."""
    return actor.person_id is not None and actor.person_id == case(subject).assessor_id and cleared(actor, subject)


def reviews(actor: Actor, subject: Any) -> bool:
    """Permit the case's reviewer."""
    return actor.person_id is not None and actor.person_id == case(subject).reviewer_id and cleared(actor, subject)


def named(actor: Actor, subject: Any) -> bool:
    """Whether the case was given to this person, declared or not yet."""
    return actor.person_id is not None and actor.person_id in {case(subject).assessor_id, case(subject).reviewer_id}


def by_system(actor: Actor, subject: Any) -> bool:
    """Permit jobs and reactions."""
    return actor.is_system


def seat_once_tabled(actor: Actor, subject: Any) -> bool:
    """Permit holders of a Board seat from the day the case is tabled, whom nothing keeps out."""
    seated = actor.has(Role.BOARD) and actor.holds("sits", "board")
    return seated and case(subject).status in ONCE_TABLED and unconcerned(actor, subject)


def chairs(actor: Actor, subject: Any) -> bool:
    """Permit the acting chair for this case, once declared."""
    return actor.has(Role.BOARD) and actor.holds("chairs", subject.case_key) and cleared(actor, subject)


def seated_and_told(actor: Actor, finding: Any) -> bool:
    """Permit cleared Board members to read a finding that the company was told of."""
    seated = actor.has(Role.BOARD) and actor.holds("sits", "board") and cleared(actor, finding)
    return seated and case(finding).submitted_at is not None and told(finding)


def told(finding: Any) -> bool:
    """Whether a finding was seconded, so that the company knows of it."""
    return getattr(finding, "answer_until", None) is not None


def member(actor: Actor, subject: Any) -> bool:
    """Permit people of the company."""
    return actor.holds("member", case(subject).organisation_id) and unconcerned(actor, subject)


def answers_for(actor: Actor, subject: Any) -> bool:
    """Permit whoever writes or signs for the company."""
    ours = case(subject).organisation_id
    return actor.holds("editor", ours) or actor.holds("legal_representative", ours)


def member_told(actor: Actor, finding: Any) -> bool:
    """Permit the company to read a finding that it was told of."""
    return member(actor, finding) and told(finding)


def member_decided(actor: Actor, subject: Any) -> bool:
    """Permit the company to read its scorecard once the case is decided."""
    return member(actor, subject) and case(subject).status in SCORES_TOLD


def officer_cleared(actor: Actor, subject: Any) -> bool:
    """Permit officers who declared, and whom nothing keeps out."""
    return actor.has(Role.OFFICER) and cleared(actor, subject)


caseworker = roles(Role.OFFICER, Role.EXPERT)
auditor = every(roles(Role.AUDITOR), unconcerned)
assigned = every(caseworker, either(assesses, reviews))
board = every(seat_once_tabled, cleared)
takes = every(submitted, officer_cleared, off_the_board)
knows_of = every(submitted, unconcerned, either(roles(Role.OFFICER, Role.AUDITOR), every(roles(Role.EXPERT), named)))
reads_scores = every(submitted, either(assigned, board, auditor, member_decided, by_system))
reads_findings = either(officer_cleared, assigned, seated_and_told, auditor, member_told, by_system)

POLICY: Policy = {
    "assessment.queue": roles(Role.OFFICER, Role.EXPERT, Role.AUDITOR),
    "case.see": knows_of,
    "case.take": takes,
    "case.give": every(submitted, roles(Role.OFFICER), unconcerned),
    "assessment.open_to": every(unconcerned, roles(Role.OFFICER, Role.BOARD)),
    "assessment.see": every(submitted, either(assigned, auditor, by_system)),
    "assessment.record": every(caseworker, assesses),
    "assessment.confirm_profile": every(caseworker, assesses),
    "assessment.finish": every(caseworker, assesses),
    "assessment.review": every(caseworker, reviews),
    "assessment.rule_on_request": every(caseworker, reviews),
    "assessment.finish_review": every(caseworker, reviews),
    "assessment.send_back": every(caseworker, reviews),
    "recommendation.see": every(submitted, either(assigned, board, auditor, by_system)),
    "recommendation.write": assigned,
    "recommendation.table": every(roles(Role.OFFICER), assigned),
    "scorecard.see": reads_scores,
    "dossier.see": every(submitted, either(assigned, seat_once_tabled, auditor, by_system)),
    "dossier.open": every(submitted, either(assigned, board, auditor, by_system)),
    "finding.see": reads_findings,
    "finding.open": every(submitted, either(officer_cleared, by_system)),
    "finding.complete": officer_cleared,
    "finding.second": officer_cleared,
    "finding.drop": officer_cleared,
    "finding.answer": every(member_told, answers_for),
    "finding.decide": chairs,
}
