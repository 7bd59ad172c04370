"""The way of an exclusion: found with source and quotation, seconded, told to the company, decided by the chair."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from certify.applications.models import Application
from certify.applications.queries import list_applications, pinned_framework
from certify.applications.rules import IN_PROCEDURE
from certify.assessment.models import ExclusionFinding
from certify.assessment.rules import (
    ANSWER_DAYS,
    ExclusionAnswered,
    ExclusionDrafted,
    ExclusionDropped,
    ExclusionFound,
    ExclusionNotified,
    FindingSource,
    FindingStatus,
    may_second,
    next_finding_status,
)
from certify.assessment.service import letters
from certify.criteria.rules import Exclusion, Stage
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.screening.models import HitRecord
from certify.screening.queries import get_hit
from certify.screening.rules import Effect
from certify.screening.rules.verdicts import TrueMatchFound

STAGES = {FindingSource.LIST_HIT: Stage.SCREENING, FindingSource.DECLARATION: Stage.DECLARATION}
"""Where the framework has to name the stage for a source; a review may find any exclusion."""


# -- found ------------------------------------------------------------------------------------------------------------


def open_finding(
    application: Application, *, exclusion: str, source: FindingSource, reference: str, quotation: str, actor: Actor
) -> ExclusionFinding:
    """Find an exclusion, with its source and a quotation; another officer has to second it.

    A list hit is found by its true match alone (see `when_true_match_found`), never by hand.
    """
    require(actor, "finding.open", application)
    check_in_procedure(lock(application))
    if source is FindingSource.LIST_HIT:
        sentence = _("A true match on an excluding list opens its draft by itself; complete that one.")
        raise Invalid(sentence, fields={"source": sentence})
    check_found(application, exclusion, source, reference, quotation)
    finding = new_finding(application, source=source)
    finding.status = FindingStatus.FOUND
    write_found(finding, exclusion, reference, quotation, actor)
    return finding


def complete_finding(
    finding: ExclusionFinding, *, exclusion: str, reference: str, quotation: str, actor: Actor
) -> None:
    """Complete the draft that a true match opened: which exclusion it is, where it stands, in which words."""
    require(actor, "finding.complete", finding)
    step(finding, "find")
    check_in_procedure(finding.application)
    check_found(finding.application, exclusion, finding.source, reference, quotation)
    write_found(finding, exclusion, reference, quotation, actor)


def new_finding(
    application: Application, *, source: FindingSource, hit_id: uuid.UUID | None = None
) -> ExclusionFinding:
    """Begin a finding."""
    return ExclusionFinding(
        id=new_id(),
        application_id=application.id,
        application=application,
        status=FindingStatus.DRAFT,
        source=source,
        hit_id=hit_id,
        created_at=clock.now(),
    )


def write_found(finding: ExclusionFinding, exclusion: str, reference: str, quotation: str, actor: Actor) -> None:
    """Write down what was found, by whom and when."""
    finding.exclusion, finding.reference, finding.quotation = exclusion, reference, quotation
    finding.found_by_id, finding.found_at = actor.person_id, clock.now()
    db.session.add(finding)
    db.session.flush()
    audit.record("finding.open", actor=actor, case_key=finding.case_key, finding=str(finding.id), exclusion=exclusion)
    event = ExclusionFound(finding.application_id, finding.id, exclusion)
    publish(event, case_key=finding.case_key, actor=actor)


def check_found(
    application: Application, exclusion: str, source: FindingSource, reference: str, quotation: str
) -> None:
    """Refuse a finding without a known exclusion, a source that can be looked up, and a quotation."""
    rule = rule_of(application, exclusion)
    fields = {}
    if rule is None:
        fields["exclusion"] = _("Choose one of the exclusions of this version of the criteria.")
    elif STAGES.get(source) is not None and STAGES[source] not in rule.decided_on:
        fields["exclusion"] = _("This exclusion is not decided on a source of this kind.")
    if not reference.strip():
        fields["reference"] = _("Say where the source can be read.")
    if not quotation.strip():
        fields["quotation"] = _("Quote the words on which the finding rests.")
    if fields:
        raise Invalid(_("A finding needs an exclusion, a source and a quotation."), fields=fields)


def rule_of(application: Application, exclusion: str) -> Exclusion | None:
    """Return an exclusion of the case's framework."""
    return next((one for one in pinned_framework(application).exclusions if one.id == exclusion), None)


def check_in_procedure(application: Application) -> None:
    """Refuse a finding on a case that has ended or was not handed in."""
    if application.status not in IN_PROCEDURE:
        raise RuleBroken(_("This is not possible in the present state of the case."))


def when_true_match_found(event: TrueMatchFound) -> None:
    """Reaction: a true match on an excluding list opens a draft on each live case of the company; no other does."""
    if event.effect is not Effect.EXCLUDING:
        return
    cases = list_applications(statuses=IN_PROCEDURE, organisation_id=event.organisation_id)
    for application in cases:
        draft_finding(application, get_hit(event.hit_id))


def draft_finding(application: Application, hit: HitRecord) -> None:
    """Open a draft for an officer, once for each match, with what the list says."""
    same = (ExclusionFinding.application_id == application.id, ExclusionFinding.hit_id == hit.id)
    if db.session.scalar(sa.select(ExclusionFinding.id).where(*same)):
        return
    finding = new_finding(application, source=FindingSource.LIST_HIT, hit_id=hit.id)
    finding.reference = f"{hit.sanctions_list.title}, {hit.entry_uid}"[:500]
    finding.quotation = "\n".join(
        [hit.listed_name, *hit.entry.get("programs", []), hit.entry.get("remarks", "")]
    ).strip()
    db.session.add(finding)
    db.session.flush()
    actor = Actor.system("a true match on an excluding list")
    audit.record("finding.draft", actor=actor, case_key=finding.case_key, finding=str(finding.id))
    publish(ExclusionDrafted(application.id, finding.id), case_key=finding.case_key, actor=actor)


# -- seconded, answered -----------------------------------------------------------------------------------------------


def second_finding(finding: ExclusionFinding, *, actor: Actor) -> None:
    """Second a colleague's finding; the company is told and has ten working days to answer."""
    require(actor, "finding.second", finding)
    step(finding, "second")
    check_in_procedure(finding.application)
    if not may_second(actor.person_id, found_by=finding.found_by_id):
        raise RuleBroken(_("Another officer has to second what you found."))
    finding.seconded_by_id, finding.seconded_at = actor.person_id, clock.now()
    finding.answer_until = clock.add_working_days(clock.today(), ANSWER_DAYS)
    audit.record("finding.second", actor=actor, case_key=finding.case_key, finding=str(finding.id))
    event = ExclusionNotified(finding.application_id, finding.id, finding.exclusion, finding.answer_until)
    publish(event, case_key=finding.case_key, actor=actor)
    letters.tell_company_of_finding(finding, pinned_framework(finding.application))


def drop_finding(finding: ExclusionFinding, *, reason: str, actor: Actor) -> None:
    """Drop a draft or a finding that nobody seconded; the company was never told of it."""
    require(actor, "finding.drop", finding)
    step(finding, "drop")
    settle(finding, reason, actor)
    audit.record("finding.drop", actor=actor, case_key=finding.case_key, finding=str(finding.id), reason=reason)
    publish(ExclusionDropped(finding.application_id, finding.id), case_key=finding.case_key, actor=actor)


def answer_finding(finding: ExclusionFinding, *, text: str, actor: Actor) -> None:
    """Answer a finding for the company, once, until its last day."""
    require(actor, "finding.answer", finding)
    if finding.answer_until is None or clock.today() > finding.answer_until:
        raise RuleBroken(_("The time to answer is over. The chair decides on what is on record."))
    step(finding, "answer")
    if not text.strip():
        sentence = _("Write your answer.")
        raise Invalid(sentence, fields={"text": sentence})
    finding.answer, finding.answered_by_id, finding.answered_at = text, actor.person_id, clock.now()
    audit.record("finding.answer", actor=actor, case_key=finding.case_key, finding=str(finding.id))
    event = ExclusionAnswered(finding.application_id, finding.id, finding.exclusion)
    publish(event, case_key=finding.case_key, actor=actor)
    ask_the_chair(finding)


# -- one step of the way ----------------------------------------------------------------------------------------------


def step(finding: ExclusionFinding, name: str) -> None:
    """Hold the finding and take one step of its way; RuleBroken where it is not open."""
    target = next_finding_status(lock(finding).status, name)
    if target is None:
        raise RuleBroken(_("This finding is not at this step any more."))
    finding.status = target


def settle(finding: ExclusionFinding, reason: str, actor: Actor) -> None:
    """Write down who ended the finding, when and why."""
    finding.decided_by_id, finding.decided_at, finding.decision_reason = actor.person_id, clock.now(), reason
    db.session.flush()


def ask_the_chair(finding: ExclusionFinding) -> None:
    """Tell the acting chair that a finding waits, once."""
    if finding.chair_told_at is None and letters.tell_chair(finding, pinned_framework(finding.application)):
        finding.chair_told_at = clock.now()
