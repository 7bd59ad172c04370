"""The course of a case after sign-off: who works on it, clarifications, and how it ends."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from certify.applications.models import Answer, Application, Clarification, Evidence
from certify.applications.queries import answers_of, criteria_asked, latest_snapshot, pinned_framework
from certify.applications.rules import (
    DECISIONS,
    ApplicationAssessed,
    ApplicationDecided,
    ApplicationIneligible,
    ApplicationReviewed,
    ApplicationTabled,
    ClarificationAsked,
    ClarificationLapsed,
    Given,
    ReviewBegun,
    ReviewReopened,
    Status,
    Step,
)
from certify.applications.service import letters
from certify.applications.service.steps import move
from certify.applications.words import status_word
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _, _l
from certify.kernel.policy import Actor, require
from certify.kernel.settings import settings

LONGEST_CLARIFICATION = 60
"""Days that a clarification may stay open (default, to be set by the Board)."""
PUBLISHED: dict[Step, Callable[[uuid.UUID], Any]] = {
    Step.BEGIN_REVIEW: ReviewBegun,
    Step.ASSESS: ApplicationAssessed,
    Step.REVIEW: ApplicationReviewed,
    Step.RETURN_TO_REVIEW: ReviewReopened,
    Step.TABLE: ApplicationTabled,
}
"""The steps that `advance` takes, each with its event."""


# -- who works on it --------------------------------------------------------------------------------------------------


def assign_assessor(application: Application, *, person_id: uuid.UUID, actor: Actor) -> None:
    """Say who assesses the case; never whoever reviews it."""
    require(actor, "application.assign", application)
    if lock(application).reviewer_id == person_id:
        raise RuleBroken(_("Whoever reviews a case does not assess it."))
    application.assessor_id = person_id
    audit.record("application.assign", actor=actor, case_key=application.case_key, assessor=str(person_id))


def assign_reviewer(application: Application, *, person_id: uuid.UUID, actor: Actor) -> None:
    """Say who reviews the case; never whoever assessed it."""
    require(actor, "application.assign", application)
    if lock(application).assessor_id == person_id:
        raise RuleBroken(_("Whoever assessed a case does not review it."))
    application.reviewer_id = person_id
    audit.record("application.assign", actor=actor, case_key=application.case_key, reviewer=str(person_id))


# -- steps ------------------------------------------------------------------------------------------------------------


def begin_review(application: Application, *, actor: Actor) -> None:
    """Take up a submitted case; one that was taken up already stays as it is."""
    require(actor, "application.begin_review", application)
    if lock(application).status is Status.IN_REVIEW:
        return
    take(application, Step.BEGIN_REVIEW, actor)


def advance(application: Application, step: Step, *, actor: Actor) -> None:
    """Finish the assessment, the review, table the case, or send it back to review."""
    require(actor, "application.advance", application)
    if step not in PUBLISHED:
        raise RuleBroken(_("This step has its own way."))
    take(application, step, actor)


def take(application: Application, step: Step, actor: Actor) -> None:
    """Take one step and tell of it."""
    move(application, step)
    audit.record("application.advance", actor=actor, case_key=application.case_key, step=step.value)
    publish(PUBLISHED[step](application.id), case_key=application.case_key, actor=actor)


# -- clarification ----------------------------------------------------------------------------------------------------


def ask_clarification(
    application: Application, *, criteria: Iterable[str], until: date, text: str, actor: Actor
) -> Clarification:
    """Reopen the named criteria, and only these, until a date (inclusive); the company reads the question."""
    require(actor, "application.ask_clarification", application)
    move(application, Step.ASK_CLARIFICATION)
    named = checked_criteria(application, criteria)
    check_term(until)
    asked = Clarification(
        id=new_id(),
        application=application,
        criteria=named,
        text=text,
        until=until,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
    )
    db.session.add(asked)
    db.session.flush()
    audit.record("application.ask_clarification", actor=actor, case_key=application.case_key, criteria=named)
    publish(
        ClarificationAsked(application.id, ", ".join(named), until.isoformat()),
        case_key=application.case_key,
        actor=actor,
    )
    letters.tell(
        letters.writers_and_signers(application),
        application,
        subject=_l("Please clarify your application %(reference)s", reference=application.reference),
        notice="clarification_asked",
        clarification=asked,
        framework=pinned_framework(application),
    )
    return asked


def checked_criteria(application: Application, criteria: Iterable[str]) -> list[str]:
    """Return the named criteria in the framework's order; Invalid where none is named or one is not asked."""
    named = set(criteria)
    asked = [criterion.id for criterion in criteria_asked(application)]
    if not named or named - set(asked):
        sentence = _("Please name the questions that the company is to answer again.")
        raise Invalid(sentence, fields={"criteria": sentence})
    return [criterion for criterion in asked if criterion in named]


def check_term(until: date) -> None:
    """Refuse a date that is past, or too far off."""
    days = (until - clock.today()).days
    if not 1 <= days <= LONGEST_CLARIFICATION:
        sentence = _("Please choose a date from tomorrow to %(days)d days ahead.", days=LONGEST_CLARIFICATION)
        raise Invalid(sentence, fields={"until": sentence})


def lapse_clarifications() -> None:
    """Daily: close the clarifications whose date has passed; what was not signed off is put back as it stood."""
    query = sa.select(Clarification).where(Clarification.closed_at.is_(None), Clarification.until < clock.today())
    for asked in db.session.scalars(query).all():
        lapse(asked, actor=Actor.system("the time for a clarification ended"))


def lapse(asked: Clarification, *, actor: Actor) -> None:
    """Close one clarification and let the case go on with the snapshot that stands."""
    application = asked.application
    require(actor, "application.lapse_clarification", application)
    move(application, Step.CLOSE_CLARIFICATION)
    asked.closed_at = clock.now()
    put_back(application, asked.criteria)
    audit.record("application.lapse_clarification", actor=actor, case_key=application.case_key)
    publish(ClarificationLapsed(application.id), case_key=application.case_key, actor=actor)
    letters.tell(
        letters.writers_and_signers(application),
        application,
        subject=_l("The time to clarify %(reference)s has ended", reference=application.reference),
        notice="clarification_lapsed",
    )


def put_back(application: Application, criteria: Iterable[str]) -> None:
    """Make the named answers and files equal to the last snapshot again; nothing unsigned slips in later."""
    snapshot = latest_snapshot(application)
    frozen = snapshot.content if snapshot else {"answers": {}, "evidence": {}}
    stored = answers_of(application)
    for criterion in criteria:
        if criterion in stored:
            restore(stored[criterion], frozen["answers"].get(criterion, {}))
        put_files_back(application, criterion, {item["id"] for item in frozen["evidence"].get(criterion, [])})


def put_files_back(application: Application, criterion: str, frozen: set[str]) -> None:
    """Take the files away that were not signed off, and bring those back that were removed without a sign-off."""
    query = sa.select(Evidence).where(Evidence.application_id == application.id, Evidence.criterion == criterion)
    for evidence in db.session.scalars(query).all():
        if str(evidence.id) in frozen:
            evidence.removed_at = None
        elif evidence.frozen_in is None:
            db.session.delete(evidence)


def restore(answer: Answer, frozen: dict[str, Any]) -> None:
    """Put a frozen answer back into its row."""
    given = thawed(frozen)
    if answer.given == given:
        return
    answer.level, answer.number = given.level, given.number
    answer.not_applicable, answer.reason, answer.note = given.not_applicable, given.reason, given.note
    answer.revision += 1
    answer.saved_at = clock.now()


def thawed(frozen: dict[str, Any]) -> Given:
    """Read a frozen answer as a value."""
    return Given(
        level=frozen.get("level"),
        number=frozen.get("number"),
        not_applicable="not_applicable" in frozen,
        reason=frozen.get("reason", ""),
        note=frozen.get("note", ""),
    )


# -- the end ----------------------------------------------------------------------------------------------------------


def decide(
    application: Application,
    *,
    outcome: Status,
    reasons: str,
    conditions: Iterable[dict[str, Any]] = (),
    actor: Actor,
) -> None:
    """Carry out the Board's decision on a tabled case: approved, approved with conditions, deferred or refused.

    Each condition is {text, owner, due (ISO 8601)}. The letter names the reasons, and the way to appeal a refusal.
    """
    require(actor, "application.decide", application)
    if outcome not in DECISIONS:
        raise RuleBroken(_("The Board approves, approves with conditions, defers or refuses."))
    move(application, DECISIONS[outcome])
    application.decided_at, application.decision_reasons = clock.now(), reasons
    application.conditions = [dict(condition) for condition in conditions]
    audit.record("application.decide", actor=actor, case_key=application.case_key, decision=outcome.value)
    publish(
        ApplicationDecided(application.id, application.organisation_id, outcome),
        case_key=application.case_key,
        actor=actor,
        public_reason=reasons,
    )
    tell_decision(application, notice="decided", outcome=outcome)


def declare_ineligible(application: Application, *, exclusion: str, reasons: str = "", actor: Actor) -> None:
    """End the case because an exclusion was confirmed."""
    require(actor, "application.declare_ineligible", application)
    move(application, Step.DECLARE_INELIGIBLE)
    if (asked := application.open_clarification) is not None:
        asked.closed_at = clock.now()
    application.decided_at, application.decision_reasons = clock.now(), reasons
    audit.record("application.declare_ineligible", actor=actor, case_key=application.case_key, exclusion=exclusion)
    publish(
        ApplicationIneligible(application.id, application.organisation_id, exclusion),
        case_key=application.case_key,
        actor=actor,
        public_reason=reasons,
    )
    tell_decision(application, notice="ineligible", exclusion=exclusion, framework=pinned_framework(application))


def tell_decision(application: Application, *, notice: str, **context: Any) -> None:
    """Write to the company how its case ended, and how to appeal."""
    known = settings()
    letters.tell(
        letters.writers_and_signers(application),
        application,
        subject=_l("The decision on your application %(reference)s", reference=application.reference),
        notice=notice,
        status_word=status_word,
        appeal_address=known.appeal_address,
        appeal_until=clock.today() + timedelta(days=known.appeal_days),
        **context,
    )
