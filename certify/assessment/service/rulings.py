"""What the chair decides on an exclusion: confirmed, it ends the case; dismissed, the case goes on."""

from __future__ import annotations

from certify.applications import service as applications
from certify.applications.queries import pinned_framework
from certify.assessment.models import ExclusionFinding
from certify.assessment.queries import bench_of, ripe_findings
from certify.assessment.rules import ExclusionConfirmed, ExclusionDismissed, Side, may_confirm, ripe
from certify.assessment.service import letters
from certify.assessment.service.findings import ask_the_chair, check_in_procedure, settle, step
from certify.assessment.service.finishing import keep_scorecard
from certify.kernel import audit, clock
from certify.kernel.db import lock
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _, current_language, in_language
from certify.kernel.policy import Actor, require
from certify.screening.queries import get_hit
from certify.screening.rules import Effect, HitStatus


def confirm_finding(finding: ExclusionFinding, *, reason: str, actor: Actor) -> None:
    """Confirm as chair, after the company's answer or its date: the exclusion ends the case, which is not scored."""
    require(actor, "finding.decide", finding)
    check_decidable(finding, reason, actor)
    check_match(finding)
    step(finding, "confirm")
    settle(finding, reason, actor)
    audit.record("finding.confirm", actor=actor, case_key=finding.case_key, finding=str(finding.id), reason=reason)
    keep_scorecard(bench_of(finding.application), side=Side.REVIEWER, actor=actor)
    event = ExclusionConfirmed(finding.application_id, finding.id, finding.exclusion)
    publish(event, case_key=finding.case_key, actor=actor)
    applications.declare_ineligible(
        finding.application,
        exclusion=finding.exclusion,
        reasons=reasons_of(finding),
        actor=Actor.system("the chair confirmed an exclusion"),
    )


def reasons_of(finding: ExclusionFinding) -> str:
    """Return why the case ended, as the company's letter says it, in the language in which the case was signed off."""
    file = bench_of(finding.application).file
    with in_language(file.snapshot.language):
        title = file.framework.title(current_language(), of=finding.exclusion)
        told = _(
            "The exclusion %(id)s, %(title)s, was confirmed. Source: %(reference)s. Quotation: %(quotation)s. "
            "Reason: %(reason)s",
            id=finding.exclusion,
            title=title,
            reference=finding.reference,
            quotation=finding.quotation,
            reason=finding.decision_reason,
        )
        return str(told)


def dismiss_finding(finding: ExclusionFinding, *, reason: str, actor: Actor) -> None:
    """Dismiss as chair: the finding does not hold, and the case goes on."""
    require(actor, "finding.decide", finding)
    check_decidable(finding, reason, actor)
    step(finding, "dismiss")
    settle(finding, reason, actor)
    audit.record("finding.dismiss", actor=actor, case_key=finding.case_key, finding=str(finding.id), reason=reason)
    event = ExclusionDismissed(finding.application_id, finding.id, finding.exclusion)
    publish(event, case_key=finding.case_key, actor=actor)
    letters.tell_company_of_dismissal(finding, pinned_framework(finding.application))


def check_decidable(finding: ExclusionFinding, reason: str, actor: Actor) -> None:
    """Refuse a decision by a proposer, before the company could answer, and without a reason."""
    lock(finding)
    check_in_procedure(lock(finding.application))
    if not may_confirm(actor.person_id, proposers={finding.found_by_id, finding.seconded_by_id}):
        raise RuleBroken(_("Whoever proposed or seconded a finding does not confirm it."))
    if not ripe(finding.status, answer_until=finding.answer_until, on=clock.today()):
        raise RuleBroken(_("The company may still answer. The chair decides after its answer or its last day."))
    if not reason.strip():
        sentence = _("Give the reason; the company reads it.")
        raise Invalid(sentence, fields={"reason": sentence})


def check_match(finding: ExclusionFinding) -> None:
    """Refuse to decide on a match that no longer stands on an excluding list; a national list confirms no exclusion."""
    hit = get_hit(finding.hit_id) if finding.hit_id is not None else None
    if hit is None:
        return
    if hit.status is not HitStatus.TRUE_MATCH or hit.sanctions_list.effect is not Effect.EXCLUDING:
        raise RuleBroken(_("The match does not stand on an excluding list any more; dismiss the finding."))


def tell_chair_of_ripe_findings() -> None:
    """Daily: tell the chair, once, of findings whose time to answer has ended."""
    for finding in ripe_findings():
        ask_the_chair(finding)
