"""Makes cases on their way to the Board, through the real services; inside `with change():`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import get_actor, get_person
from certify.accounts.rules import Role
from certify.applications.models import Application
from certify.applications.rules import ApplicationSubmitted, Given, Status
from certify.assessment import queries, service
from certify.assessment.models import Recommendation
from certify.assessment.rules import Condition, Recommended, Side
from certify.assessment.service.recording import Found
from certify.board.models import Motion
from certify.criteria.library import load_framework
from certify.criteria.rules import Band, Criterion
from certify.kernel import clock
from certify.kernel.policy import Actor
from certify.organisations.models import Organisation
from certify.screening.queries import list_lists
from tests.makers import make_person
from tests.makers.applications import full_answer, make_submitted_application
from tests.makers.board import declare_none
from tests.makers.screening import make_list, screen

FRAMEWORK = "oas-certification@1.0.0"
RIGHTS = "HRT"
CURABLE = "HRT-01"
"""A criterion whose required level is 2, so that level 1 misses it by one."""


def answers_for(band: Band) -> dict[str, Given]:
    """Answers that lead to a band if every file is graded 3; not certified by human rights alone, with a high total."""
    criteria = load_framework(FRAMEWORK).criteria.values()
    if band is Band.DISTINCTION:
        return {one.id: full_answer(one) for one in criteria}
    if band is Band.NOT_CERTIFIED:
        return {one.id: Given(level=1) if one.theme == RIGHTS else full_answer(one) for one in criteria}
    given = {one.id: good_answer(one) for one in criteria}
    return given | {CURABLE: Given(level=1)} if band is Band.CONDITIONAL else given


def good_answer(criterion: Criterion) -> Given:
    """Level 3 where the rubric has it, else the best answer."""
    return Given(level=3) if 3 in criterion.levels else full_answer(criterion)


def make_officer(name: str = "", *more: Role) -> Person:
    """An officer of the Secretariat."""
    return make_person(name, Role.OFFICER, *more)


def cleared(person: Person, application: Application) -> Actor:
    """The person as an actor who declared no interest in the case."""
    declare_none(person, application.case_key)
    return get_actor(person)


def make_case(
    organisation: Organisation | None = None, *, band: Band = Band.CERTIFIED, answers: Mapping[str, Given] | None = None
) -> Application:
    """A submitted case that is in review, with answers that lead to a band."""
    given = answers_for(band) | dict(answers or {})
    application = make_submitted_application(organisation, answers=given)
    if application.status is Status.SUBMITTED:
        event = ApplicationSubmitted(application.id, application.organisation_id, 1)
        service.open_case(event)
        service.ask_governments(event)
    return application


def make_taken(application: Application | None = None, *, officer: Person | None = None, **more: Any) -> Application:
    """A case that an officer who declared no interest assesses."""
    case = application or make_case(**more)
    service.take_case(case, side=Side.ASSESSOR, actor=cleared(officer or make_officer(), case))
    return case


def assessor_of(application: Application) -> Actor:
    """The case's assessor as an actor."""
    assert application.assessor_id is not None
    return get_actor(get_person(application.assessor_id))


def reviewer_of(application: Application) -> Actor:
    """The case's reviewer as an actor."""
    assert application.reviewer_id is not None
    return get_actor(get_person(application.reviewer_id))


def record_all(
    application: Application, *, grades: Mapping[str, int] | int = 3, levels: Mapping[str, int] | None = None
) -> None:
    """The assessor grades every answer; `levels` sets other levels than those answered."""
    bench, actor = queries.bench_of(application), assessor_of(application)
    for criterion in bench.unopined(Side.ASSESSOR):
        grade = grades if isinstance(grades, int) else grades.get(criterion, 3)
        level = (levels or {}).get(criterion)
        found = Found(grade, level=level, reason="" if level is None else "The document shows less.")
        service.record_opinion(application, side=Side.ASSESSOR, criterion=criterion, found=found, actor=actor)


def make_assessed_application(
    application: Application | None = None,
    *,
    grades: Mapping[str, int] | int = 3,
    levels: Mapping[str, int] | None = None,
    officer: Person | None = None,
    **more: Any,
) -> Application:
    """A case whose assessment is finished; `more` are those of `make_case`, as `band=Band.DISTINCTION`."""
    return finish_assessed(make_taken(application, officer=officer, **more), grades=grades, levels=levels)


def finish_assessed(
    case: Application, *, grades: Mapping[str, int] | int = 3, levels: Mapping[str, int] | None = None
) -> Application:
    """Do what is left of a taken case's assessment, and finish it."""
    make_screened(case)
    profile = case.profile
    service.confirm_profile(case, size=profile.size, sectors=profile.sectors, actor=assessor_of(case))
    record_all(case, grades=grades, levels=levels)
    service.finish_assessment(case, actor=assessor_of(case))
    return case


def make_screened(application: Application) -> None:
    """Screen the company on an invented list that knows nobody of it."""
    if not list_lists():
        make_list()
    screen(application.organisation)


def make_under_review(
    application: Application | None = None, *, reviewer: Person | None = None, **more: Any
) -> Application:
    """A case that a second officer reviews."""
    case = application or make_assessed_application(**more)
    service.take_case(case, side=Side.REVIEWER, actor=cleared(reviewer or make_officer(), case))
    return case


def make_reviewed_application(
    application: Application | None = None, *, reviewer: Person | None = None, **more: Any
) -> Application:
    """A case whose review is finished, the reviewer agreeing on everything."""
    case = make_under_review(application, reviewer=reviewer, **more)
    bench = queries.bench_of(case)
    service.agree_with_assessor(case, criteria=bench.unopined(Side.REVIEWER), actor=reviewer_of(case))
    service.finish_review(case, actor=reviewer_of(case))
    return case


def make_recommendation(application: Application, *, recommended: Recommended | None = None) -> Recommendation:
    """The recommendation that the band suggests, or another."""
    scorecard = queries.reviewed_scorecard(application)
    assert scorecard is not None
    certifies = scorecard.band not in {Band.NOT_CERTIFIED, Band.NOT_ELIGIBLE}
    choice = recommended or (Recommended.CERTIFY if certifies else Recommended.REFUSE)
    plan = Condition("Publish a human rights policy.", "General manager", clock.today() + timedelta(days=120))
    return service.write_recommendation(
        application,
        recommended=choice,
        text="The Secretariat recommends what the scorecard bears out.",
        reasons="The criteria named in the scorecard are not met." if choice is not Recommended.CERTIFY else "",
        added_value="Forty technicians trained in two countries.",
        conditions=[plan] if scorecard.band is Band.CONDITIONAL else [],
        actor=assessor_of(application),
    )


def make_tabled_application(
    application: Application | None = None, *, recommended: Recommended | None = None, **more: Any
) -> tuple[Application, Motion]:
    """A case before the Board, with its motion; the Board has to be composed before (`make_board`)."""
    case = application or make_reviewed_application(**more)
    make_recommendation(case, recommended=recommended)
    return case, service.table_case(case, actor=assessor_of(case))
