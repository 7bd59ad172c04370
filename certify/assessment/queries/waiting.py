"""What waits for a person: cases to assess, review and table, findings to second, answer and decide."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from certify.accounts.rules import Role
from certify.assessment.models import ExclusionFinding
from certify.assessment.queries.cases import Queued, find_queue
from certify.assessment.queries.findings import ripe_findings
from certify.assessment.rules import FindingStatus
from certify.assessment.rules import Waiting as CaseWaits
from certify.kernel.db import db
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting

MINE = {
    CaseWaits.ASSESSMENT: "assessor_id",
    CaseWaits.REVIEW: "reviewer_id",
    CaseWaits.RECOMMENDATION: "assessor_id",
}
"""What a case waits for > whose it is then."""


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say what waits for this person in cases under assessment."""
    return [*cases_of(actor), *findings_for_officers(actor), *findings_for_companies(actor), *findings_for_chair(actor)]


def cases_of(actor: Actor) -> Iterator[Waiting]:
    """Give the person's own cases, and to officers how many nobody has."""
    if not actor.has(Role.OFFICER, Role.EXPERT):
        return
    queue = [one for one in find_queue() if not actor.holds("barred", one.application.case_key)]
    for one in queue:
        owner = MINE.get(one.waiting)
        if owner is not None and getattr(one.application, owner) == actor.person_id:
            yield Waiting(own_words(one), "assessment.case", {"application_id": one.application.id}, one.due)
    if actor.has(Role.OFFICER):
        yield from unowned(queue)


def unowned(queue: list[Queued]) -> Iterator[Waiting]:
    """Say how many cases wait for an assessor and for a reviewer."""
    for waiting in (CaseWaits.ASSESSOR, CaseWaits.REVIEWER):
        found = [one for one in queue if one.waiting is waiting]
        if found:
            words = (
                _("Cases that wait for an assessor: %(count)d", count=len(found))
                if waiting is CaseWaits.ASSESSOR
                else _("Cases that wait for a reviewer: %(count)d", count=len(found))
            )
            yield Waiting(words, "assessment.queue", {"waiting": waiting.value}, found[0].due)


def own_words(one: Queued) -> str:
    """Say what is to be done with a case of one's own."""
    company = one.application.organisation.legal_name
    said = {
        CaseWaits.ASSESSMENT: _("Assess the case of %(company)s", company=company),
        CaseWaits.REVIEW: _("Review the case of %(company)s", company=company),
        CaseWaits.RECOMMENDATION: _("Write the recommendation on %(company)s", company=company),
    }
    return str(said[one.waiting])


def findings_in(*statuses: FindingStatus) -> list[ExclusionFinding]:
    """List the findings in these states, oldest first."""
    query = sa.select(ExclusionFinding).where(ExclusionFinding.status.in_(statuses))
    return list(db.session.scalars(query.order_by(ExclusionFinding.created_at, ExclusionFinding.id)))


def findings_for_officers(actor: Actor) -> Iterator[Waiting]:
    """Give officers the drafts to complete and the findings of others to second."""
    if not actor.has(Role.OFFICER):
        return
    for finding in findings_in(FindingStatus.DRAFT, FindingStatus.FOUND):
        if finding.found_by_id == actor.person_id or actor.holds("barred", finding.case_key):
            continue
        company = finding.application.organisation.legal_name
        words = (
            _("Complete the draft finding on %(company)s", company=company)
            if finding.status is FindingStatus.DRAFT
            else _("Second or drop the finding on %(company)s", company=company)
        )
        yield Waiting(words, "assessment.open_to", {"finding_id": finding.id})


def findings_for_companies(actor: Actor) -> Iterator[Waiting]:
    """Give the company's people the findings that they may still answer."""
    if not any(fact.startswith(("editor:", "legal_representative:")) for fact in actor.facts):
        return
    for finding in findings_in(FindingStatus.NOTIFIED):
        ours = finding.application.organisation_id
        if actor.holds("editor", ours) or actor.holds("legal_representative", ours):
            what = _("Answer the finding on %(reference)s", reference=finding.application.reference)
            yield Waiting(what, "assessment.answer", {"finding_id": finding.id}, finding.answer_until)


def findings_for_chair(actor: Actor) -> Iterator[Waiting]:
    """Give the acting chair the findings that may be decided now."""
    if not any(fact.startswith("chairs:") for fact in actor.facts):
        return
    for finding in ripe_findings():
        if actor.holds("chairs", finding.case_key):
            company = finding.application.organisation.legal_name
            what = _("Decide the finding on %(company)s as chair", company=company)
            yield Waiting(what, "assessment.open_to", {"finding_id": finding.id})
