"""Who has a case: taken after declaring interests, given on with a reason, sent back to the assessor."""

from __future__ import annotations

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.applications import service as applications
from certify.applications.models import Application
from certify.applications.rules import Status, Step
from certify.assessment.models import Assignment
from certify.assessment.queries import ever_on
from certify.assessment.rules import CaseReassigned, CaseTaken, ReviewTaken, Side, may_take
from certify.assessment.service import letters
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require

OTHER = {Side.ASSESSOR: Side.REVIEWER, Side.REVIEWER: Side.ASSESSOR}
TAKEN: dict[Side, type[CaseTaken] | type[ReviewTaken]] = {Side.ASSESSOR: CaseTaken, Side.REVIEWER: ReviewTaken}
TAKEN_IN = {
    Side.ASSESSOR: frozenset({Status.SUBMITTED, Status.IN_REVIEW, Status.CLARIFICATION}),
    Side.REVIEWER: frozenset({Status.ASSESSED}),
}
"""In which states a side can be taken."""
GIVEN_IN = {
    Side.ASSESSOR: frozenset(
        {Status.SUBMITTED, Status.IN_REVIEW, Status.CLARIFICATION, Status.ASSESSED, Status.REVIEWED, Status.DEFERRED}
    ),
    Side.REVIEWER: frozenset({Status.ASSESSED, Status.REVIEWED, Status.DEFERRED}),
}
"""In which states somebody else can be given a side; once tabled, nothing changes hands."""


def take_case(application: Application, *, side: Side, actor: Actor) -> None:
    """Take a side of a case that nobody has, having declared no conflict.

    Raises RuleBroken where somebody has it, where the actor ever had the other side, or in the wrong state.
    """
    require(actor, "case.take", application)
    lock(application)
    check_state(application, TAKEN_IN[side])
    holder = holder_of(application, side)
    if holder == actor.person_id:
        return
    if holder is not None:
        raise RuleBroken(_("A colleague has this case already. A case can be given on with a reason."))
    check_hands(application, side, actor)
    assign(application, side, actor.person_id, given_by=None, reason="", actor=actor)
    audit.record("case.take", actor=actor, case_key=application.case_key, side=side.value)
    publish(TAKEN[side](application.id), case_key=application.case_key, actor=actor)


def give_case(application: Application, *, side: Side, person: Person, reason: str, actor: Actor) -> None:
    """Give a side of a case to somebody, with a reason; they declare interests before it opens to them."""
    require(actor, "case.give", application)
    lock(application)
    check_state(application, GIVEN_IN[side])
    if holder_of(application, side) == actor.person_id:
        raise RuleBroken(_("Another officer gives your case on; ask a colleague."))
    check_given(person, side, reason, actor)
    check_hands(application, side, get_actor(person))
    assign(application, side, person.id, given_by=actor.person_id, reason=reason, actor=actor)
    audit.record(
        "case.give", actor=actor, case_key=application.case_key, side=side.value, person=str(person.id), reason=reason
    )
    publish(CaseReassigned(application.id, side, person.id), case_key=application.case_key, actor=actor)
    letters.tell_given(application, side=side, person=person, reason=reason)


def check_given(person: Person, side: Side, reason: str, actor: Actor) -> None:
    """Refuse a giving without reason, to oneself, or to somebody without the role for it."""
    fields = {}
    if not reason.strip():
        fields["reason"] = _("Give the reason; it is kept with the case.")
    wanted = {Role.OFFICER.value} if side is Side.ASSESSOR else {Role.OFFICER.value, Role.EXPERT.value}
    if person.id == actor.person_id:
        fields["person"] = _("Take the case yourself, after declaring your interests.")
    elif not person.role_names & wanted:
        fields["person"] = _("This person does not assess or review.")
    if fields:
        raise Invalid(_("A case is given to a colleague, with a reason."), fields=fields)


def check_hands(application: Application, side: Side, taker: Actor) -> None:
    """Refuse whoever ever had the other side, sits on the Board, or is kept out by an interest."""
    other = ever_on(application, OTHER[side])
    free = may_take(
        side,
        person=taker.person_id,
        holder=None,
        other_side=other,
        sits_on_the_board=taker.holds("sits", "board"),
    )
    if not free or taker.holds("barred", application.case_key):
        raise RuleBroken(
            _("Nobody assesses and reviews one case, and nobody of the Board or with an interest in it does either.")
        )


def check_state(application: Application, states: frozenset[Status]) -> None:
    """Refuse what is not possible in the case's present state."""
    if application.status not in states:
        raise RuleBroken(_("This is not possible in the present state of the case."))


def holder_of(application: Application, side: Side) -> object:
    """Return who has this side now."""
    return application.assessor_id if side is Side.ASSESSOR else application.reviewer_id


def assign(
    application: Application, side: Side, person_id: object, *, given_by: object, reason: str, actor: Actor
) -> None:
    """Write down who has this side, here and on the application."""
    row = Assignment(
        id=new_id(),
        application_id=application.id,
        side=side,
        person_id=person_id,
        given_by_id=given_by,
        reason=reason,
        at=clock.now(),
    )
    db.session.add(row)
    by = Actor.system(f"{side.value} named by {actor.name}")
    assigns = applications.assign_assessor if side is Side.ASSESSOR else applications.assign_reviewer
    assigns(application, person_id=row.person_id, actor=by)
    db.session.flush()


def send_back(application: Application, *, reason: str, actor: Actor) -> None:
    """Give the case back to the assessor, with a reason; what was recorded stays."""
    require(actor, "assessment.send_back", application)
    if not reason.strip():
        sentence = _("Say what the assessor has to look at again.")
        raise Invalid(sentence, fields={"reason": sentence})
    applications.advance(application, Step.RETURN_TO_REVIEW, actor=actor)
    audit.record("assessment.send_back", actor=actor, case_key=application.case_key, reason=reason)
    letters.tell_sent_back(application, reason=reason)
