"""What is recorded about each criterion: grade and value with a reason, agreement, rulings on requests, the profile."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from certify.applications.models import Application
from certify.applications.rules import Profile, Status
from certify.assessment.models import AssessmentRecord, ProfileRecord
from certify.assessment.queries import Bench, bench_of, thinned_theme
from certify.assessment.queries.merging import answer_digest
from certify.assessment.rules import Grant, Opinion, Side
from certify.criteria.decimals import is_decimal
from certify.criteria.rules import LEVEL, Criterion
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.kernel.i18n import _, current_language
from certify.kernel.policy import Actor, require

ACTIONS = {Side.ASSESSOR: "assessment.record", Side.REVIEWER: "assessment.review"}
OPEN_IN = {
    Side.ASSESSOR: frozenset({Status.IN_REVIEW, Status.CLARIFICATION}),
    Side.REVIEWER: frozenset({Status.ASSESSED}),
}
"""In which states each side writes records."""
OWN_WORD = 1
"""The best grade that needs no file behind it: the company's own statement."""


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found: a grade, the level or number if it differs from the answer, and why."""

    grade: int
    level: int | None = None
    number: str = ""
    reason: str = ""


def record_opinion(
    application: Application, *, side: Side, criterion: str, found: Found, actor: Actor
) -> AssessmentRecord:
    """Set the grade of an answer's evidence, and confirm or adjust its value; earlier records stay.

    Raises NotFound for a criterion that is not asked, Invalid for a grade or value that there is none of, and where a
    reason is missing; RuleBroken in the wrong state and where there is no answer to assess.
    """
    require(actor, ACTIONS[side], application)
    check_open(lock(application), side)
    bench = bench_of(application)
    rule = asked(bench, criterion)
    if not bench.is_rated(criterion):
        raise RuleBroken(_("There is no answer to assess here."))
    value = found_value(bench, rule, found)
    check_reason(bench, side, rule, found, Opinion(value, found.grade))
    record = new_record(bench, side, criterion, actor)
    record.value, record.number, record.grade, record.reason = value, found.number, found.grade, found.reason
    keep(record, ACTIONS[side], actor)
    return record


def check_open(application: Application, side: Side) -> None:
    """Refuse a record while the case is not on this side's desk."""
    if application.status not in OPEN_IN[side]:
        raise RuleBroken(_("This is not possible in the present state of the case."))


def asked(bench: Bench, criterion: str) -> Criterion:
    """Return a criterion that is asked of this company, or raise NotFound."""
    for rule in bench.asked:
        if rule.id == criterion:
            return rule
    raise NotFound(_("This page does not exist, or it is not open to you."))


def found_value(bench: Bench, rule: Criterion, found: Found) -> int:
    """Return the value in basis points; Invalid where grade, level or number is none of the rubric's."""
    if type(found.grade) is not int or not 0 <= found.grade <= 4:
        raise Invalid(_("Choose a grade."), fields={"grade": _("Choose a grade from 0 to 4.")})
    if rule.goalposts is not None:
        return measured_value(bench, rule, found)
    if found.level is not None and found.level not in rule.levels:
        raise Invalid(_("Choose one of the levels."), fields={"level": _("Choose one of the levels.")})
    return bench.answered(rule.id) or 0 if found.level is None else LEVEL * found.level


def measured_value(bench: Bench, rule: Criterion, found: Found) -> int:
    """Return the value of a corrected number, else of the number that was answered."""
    if not found.number:
        return bench.answered(rule.id) or 0
    if not is_decimal(found.number) or rule.goalposts is None:
        sentence = _("Please write the number with digits, and a point before decimals, such as 7.5.")
        raise Invalid(sentence, fields={"number": sentence})
    return rule.goalposts.basis_points(found.number)


def check_reason(bench: Bench, side: Side, rule: Criterion, found: Found, opinion: Opinion) -> None:
    """Ask for a reason wherever somebody departs from what stands, or grades what no file shows."""
    if found.reason.strip():
        return
    earlier = bench.opinion(side, rule.id)
    against = bench.opinion(Side.ASSESSOR, rule.id) if side is Side.REVIEWER else None
    unproven = found.grade > OWN_WORD and not bench.evidence(rule.id)
    departs = opinion.value != bench.answered(rule.id) and opinion != against
    if departs or unproven or (earlier and earlier != opinion) or (against and against != opinion):
        sentence = _("Say why: this departs from what stands here, or no file shows it.")
        raise Invalid(sentence, fields={"reason": sentence})


def new_record(bench: Bench, side: Side, criterion: str, actor: Actor) -> AssessmentRecord:
    """Begin a record of the answer as it was signed last."""
    last = sa.select(sa.func.max(AssessmentRecord.position)).where(
        AssessmentRecord.application_id == bench.application.id
    )
    return AssessmentRecord(
        id=new_id(),
        application_id=bench.application.id,
        position=(db.session.scalar(last) or 0) + 1,
        criterion=criterion,
        side=side,
        answer_digest=answer_digest(bench.file.snapshot.content, criterion),
        person_id=actor.person_id,
        at=clock.now(),
    )


def keep(record: AssessmentRecord, action: str, actor: Actor) -> None:
    """Write a record down with its audit entry."""
    db.session.add(record)
    db.session.flush()
    audit.record(
        action,
        actor=actor,
        case_key=record.case_key,
        criterion=record.criterion,
        value=record.value,
        grade=record.grade,
        not_applicable=record.not_applicable,
    )


# -- review -----------------------------------------------------------------------------------------------------------


def agree_with_assessor(application: Application, *, criteria: Collection[str], actor: Actor) -> int:
    """Agree with the assessor on these criteria, having looked at each; return how many were recorded.

    A criterion on which the reviewer found something else before is left alone.
    """
    require(actor, "assessment.review", application)
    check_open(lock(application), Side.REVIEWER)
    bench = bench_of(application)
    agreed = 0
    for criterion in criteria:
        opinion = bench.opinion(Side.ASSESSOR, asked(bench, criterion).id)
        if opinion is None or bench.opinion(Side.REVIEWER, criterion) is not None:
            continue
        record = new_record(bench, Side.REVIEWER, criterion, actor)
        record.value, record.grade = opinion.value, opinion.grade
        keep(record, "assessment.review", actor)
        agreed += 1
    return agreed


def rule_on_request(
    application: Application, *, criterion: str, ruling: Grant, reason: str, actor: Actor
) -> AssessmentRecord:
    """Grant or refuse the company's request to find a criterion not applicable.

    Raises RuleBroken where nothing was requested, and where a grant would leave a theme less than half of its points.
    """
    require(actor, "assessment.rule_on_request", application)
    check_open(lock(application), Side.REVIEWER)
    bench = bench_of(application)
    rule = asked(bench, criterion)
    if not bench.requested(criterion) or not rule.not_applicable_on_request:
        raise RuleBroken(_("The company did not ask to find this criterion not applicable."))
    if not reason.strip():
        sentence = _("Give the reason for the ruling; the company reads it.")
        raise Invalid(sentence, fields={"reason": sentence})
    if ruling is Grant.GRANTED:
        check_half(bench, bench.profile, {*bench.granted, criterion})
    record = new_record(bench, Side.REVIEWER, criterion, actor)
    record.not_applicable, record.reason = ruling, reason
    keep(record, "assessment.rule_on_request", actor)
    return record


def check_half(bench: Bench, profile: Profile, granted: Iterable[str]) -> None:
    """Refuse grants that leave a theme less than half of its points."""
    if theme := thinned_theme(bench.framework, profile, granted):
        title = bench.framework.title(current_language(), of=theme)
        raise RuleBroken(_("This would leave the theme “%(theme)s” less than half of its points.", theme=title))


# -- profile ----------------------------------------------------------------------------------------------------------


def confirm_profile(
    application: Application, *, size: str, sectors: Collection[str], reason: str = "", actor: Actor
) -> ProfileRecord:
    """Confirm the company's size and sectors, or set others with a reason; they say what is asked of it."""
    require(actor, "assessment.confirm_profile", application)
    check_open(lock(application), Side.ASSESSOR)
    bench = bench_of(application)
    check_profile(bench, size, sectors, reason)
    check_half(bench, Profile(size, tuple(sectors)), bench.granted)
    last = sa.select(sa.func.max(ProfileRecord.position)).where(ProfileRecord.application_id == application.id)
    record = ProfileRecord(
        id=new_id(),
        application_id=application.id,
        position=(db.session.scalar(last) or 0) + 1,
        size=size,
        sectors=sorted(set(sectors)),
        reason=reason,
        person_id=actor.person_id,
        at=clock.now(),
    )
    db.session.add(record)
    db.session.flush()
    audit.record(
        "assessment.confirm_profile", actor=actor, case_key=application.case_key, size=size, sectors=record.sectors
    )
    return record


def check_profile(bench: Bench, size: str, sectors: Collection[str], reason: str) -> None:
    """Refuse a size or sector that the framework does not have, and a change without a reason."""
    fields = {}
    if size not in bench.framework.sizes:
        fields["size"] = _("Choose one of the sizes.")
    if not sectors or not set(sectors) <= set(bench.framework.sectors):
        fields["sectors"] = _("Choose one or more of the sectors.")
    stands = bench.application.profile
    if (size, set(sectors)) != (stands.size, set(stands.sectors)) and not reason.strip():
        fields["reason"] = _("Say why this differs from what the company stated.")
    if fields:
        raise Invalid(_("Size and sectors decide which questions count."), fields=fields)
