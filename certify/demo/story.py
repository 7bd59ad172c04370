"""The story of a case, step by step through the real services, each step in a transaction of its own."""

from __future__ import annotations

from datetime import date, timedelta

from certify.accounts.models import Person
from certify.accounts.queries import get_actor, get_person
from certify.applications import queries as application_queries
from certify.applications import service as applications
from certify.applications.models import Application
from certify.applications.rules import declared_exclusions
from certify.assessment import queries as assessments
from certify.assessment import service as assessment
from certify.assessment.rules import Recommended, Side
from certify.assessment.service.recording import Found
from certify.board import queries as boards
from certify.board import service as board
from certify.board.models import Motion
from certify.board.rules import BodyKind, Capacity, Office
from certify.consultations import queries as consultations
from certify.consultations import service as consultation
from certify.consultations.rules import ReplyKind
from certify.criteria.rules import Band, YesNo
from certify.demo.companies import LIST, LIST_ID, Company, answer
from certify.demo.interests import declare_none
from certify.demo.people import ALTERNATES, EVERYBODY, FOCAL_POINTS, SEATS, called, hire
from certify.kernel import clock, jobs
from certify.kernel.db import transaction
from certify.kernel.inspection import inspect
from certify.kernel.policy import Actor
from certify.organisations import service as organisations
from certify.organisations.models import Organisation
from certify.organisations.rules import INVENTED_STATES, OwnerKind
from certify.screening import service as screening
from certify.screening.lists import generic
from certify.screening.queries import list_hits
from certify.screening.rules import Effect, HitStatus
from certify.screening.rules.verdicts import ReasonCode

OPERATOR = Actor.system("demonstration")
FRAMEWORK = "oas-certification@1.0.0"
GRADE = 3
"""Evidence grade that the demonstration's officers give: verified by a document of a third party."""


def as_actor(key: str) -> Actor:
    """Return a person of the cast as an actor."""
    return get_actor(called(key))


# -- the house ------------------------------------------------------------------------------------------------------


def people_the_house() -> None:
    """Open every account, compose the Board and import the invented list."""
    with transaction():
        for part in EVERYBODY:
            hire(part)
    with transaction():
        compose_board()
    with transaction():
        import_invented_list()


def compose_board() -> None:
    """Elect nine invented states, name who sits for them, and elect chair and vice-chair."""
    body = board.compose_body(BodyKind.BOARD, actor=OPERATOR)
    since = clock.today() - timedelta(days=200)
    until = date(since.year + 3, 12, 31)
    seats = [board.elect_seat(body, state=state, since=since, until=until, actor=OPERATOR) for state in INVENTED_STATES]
    for seat, part in zip(seats, SEATS, strict=True):
        board.name_holder(seat, person=called(part.key), capacity=Capacity.REPRESENTATIVE, actor=OPERATOR)
    for seat, part in zip(seats[: len(ALTERNATES)], ALTERNATES, strict=True):
        board.name_holder(seat, person=called(part.key), capacity=Capacity.ALTERNATE, actor=OPERATOR)
    board.elect_office(seats[2], office=Office.CHAIR, actor=OPERATOR)
    board.elect_office(seats[3], office=Office.VICE_CHAIR, actor=OPERATOR)


def import_invented_list() -> None:
    """Import the list with the planted entry; an invented resolution makes it excluding."""
    parsed = generic.parse({"list.csv": LIST.encode()}, list_id=LIST_ID)
    version = screening.import_list(
        parsed, title="Invented list of the demonstration", source="shipped", actor=OPERATOR
    )
    if version is not None:
        kept = version.sanctions_list
        screening.set_effect(kept, effect=Effect.EXCLUDING, resolution="SPECIMEN/RES.1", actor=OPERATOR)


# -- the company ----------------------------------------------------------------------------------------------------


def register(company: Company) -> Organisation:
    """Let the legal representative register the company with its owner and director."""
    with transaction():
        organisation = organisations.register_organisation(
            actor=as_actor(company.person), legal_name=company.legal_name, country=company.country,
            registration_number=f"{company.country}-{company.key}", isic_divisions=list(company.isic_divisions),
            employees=64, turnover_usd=3_200_000, countries=list(company.countries),
        )  # fmt: skip
        own = as_actor(company.person)
        organisations.add_owner(
            organisation, actor=own, kind=OwnerKind.COMPANY, name=f"Familia {company.director.split()[-1]}",
            country=company.country, share_bp=6_000,
        )  # fmt: skip
        organisations.add_director(
            organisation, actor=own, name=company.director, country=company.country, role_title="General manager"
        )
    return organisation


def draft(company: Company, organisation: Organisation, *, unanswered: int = 0) -> Application:
    """Start the application and answer it, all but the last few questions where wanted."""
    with transaction():
        own = as_actor(company.person)
        application = applications.start_application(
            organisation, framework=FRAMEWORK, proposed_cooperation=company.cooperation, actor=own
        )
        criteria = application_queries.criteria_asked(application)
        for criterion in criteria[: len(criteria) - unanswered]:
            applications.save_answer(
                application, criterion=criterion.id, given=answer(company, criterion), revision=0, actor=own
            )
            attach(application, criterion.id, company, own)
        for exclusion in declared_exclusions(application_queries.pinned_framework(application)):
            applications.declare_exclusion(application, exclusion=exclusion.id, answer=YesNo.NO, actor=own)
    return application


def attach(application: Application, criterion: str, company: Company, actor: Actor) -> None:
    """Attach one invented file to an answer."""
    text = f"SPECIMEN. Invented evidence of {company.legal_name} for {criterion}.\n"
    upload = inspect(text.encode(), name=f"{criterion}.txt")
    dated = clock.today() - timedelta(days=30)
    applications.add_evidence(application, criterion=criterion, upload=upload, document_date=dated, actor=actor)


def submit(application: Application, company: Company) -> None:
    """Sign off; screening, consultation and letters follow by themselves."""
    with transaction():
        applications.request_sign_off(application, actor=as_actor(company.person))
        applications.submit_application(application, actor=as_actor(company.person))
    jobs.run_due()


# -- governments, officers ------------------------------------------------------------------------------------------


def no_objection(application: Application) -> None:
    """Let every focal point that was asked say that its government does not object."""
    for part in FOCAL_POINTS:
        mine = [
            asked for asked in consultations.list_consultations(application.case_key) if asked.country == part.country
        ]
        for asked in mine:
            with transaction():
                declare_none(called(part.key), application.case_key)
                consultation.reply(asked, kind=ReplyKind.NO_OBJECTION, text="", actor=as_actor(part.key))


def take(application: Application, key: str, side: Side) -> Actor:
    """Let an officer declare and take a side of the case."""
    with transaction():
        declare_none(called(key), application.case_key)
        assessment.take_case(application, side=side, actor=as_actor(key))
    return as_actor(key)


def clear_hits(application: Application) -> None:
    """Let an officer set aside what is only alike by name."""
    for hit in list_hits(status=HitStatus.OPEN, organisation_id=application.organisation_id):
        with transaction():
            screening.adjudicate(
                hit, verdict=HitStatus.FALSE_POSITIVE, reason_code=ReasonCode.NAME_ONLY,
                text="Another person of a like name.", actor=as_actor("nadia"),
            )  # fmt: skip


def assess(application: Application) -> None:
    """Assess, review, recommend and table the case by two officers."""
    assessor = take(application, "olga", Side.ASSESSOR)
    with transaction():
        profile = application.profile
        assessment.confirm_profile(application, size=profile.size, sectors=profile.sectors, actor=assessor)
        for criterion in assessments.bench_of(application).unopined(Side.ASSESSOR):
            assessment.record_opinion(
                application, side=Side.ASSESSOR, criterion=criterion, found=Found(GRADE), actor=assessor
            )
        assessment.finish_assessment(application, actor=assessor)
    reviewer = take(application, "oscar", Side.REVIEWER)
    with transaction():
        waiting = assessments.bench_of(application).unopined(Side.REVIEWER)
        assessment.agree_with_assessor(application, criteria=waiting, actor=reviewer)
        assessment.finish_review(application, actor=reviewer)


def table(application: Application) -> Motion:
    """Recommend what the scorecard bears and put it before the Board."""
    assessor = as_actor("olga")
    with transaction():
        scorecard = assessments.reviewed_scorecard(application)
        certifies = scorecard is not None and scorecard.band is not Band.NOT_CERTIFIED
        assessment.write_recommendation(
            application,
            recommended=Recommended.CERTIFY if certifies else Recommended.REFUSE,
            text="The evidence bears the answers out." if certifies else "Human rights stay under the minimum.",
            reasons=""
            if certifies
            else "The minimum of the theme Human rights is not reached; a high total does not make up for it.",
            added_value="Young people trained and software shared between two member states.",
            conditions=[],
            actor=assessor,
        )
        motion = assessment.table_case(application, actor=assessor)
    jobs.run_due()
    return motion


# -- an exclusion ---------------------------------------------------------------------------------------------------


def exclude(application: Application, company: Company) -> None:
    """Confirm the planted hit, find the exclusion, hear the company, and let the chair confirm."""
    hits = [
        hit
        for hit in list_hits(status=HitStatus.OPEN, organisation_id=application.organisation_id)
        if hit.list_id == LIST_ID
    ]
    for hit in hits:
        with transaction():
            screening.adjudicate(
                hit, verdict=HitStatus.TRUE_MATCH, reason_code=ReasonCode.SAME_IDENTITY,
                text="Name, birth year and country agree.", actor=as_actor("nadia"),
            )  # fmt: skip
            screening.confirm_verdict(hit, actor=as_actor("oscar"))
    take(application, "olga", Side.ASSESSOR)
    draft_finding = next(found for found in assessments.list_findings(application) if found.hit_id is not None)
    with transaction():
        assessment.complete_finding(
            draft_finding, exclusion="EXC-01", reference=draft_finding.reference, quotation=draft_finding.quotation,
            actor=as_actor("olga"),
        )  # fmt: skip
        declare_none(called("oscar"), application.case_key)
        assessment.second_finding(draft_finding, actor=as_actor("oscar"))
    with transaction():
        assessment.answer_finding(
            draft_finding, text="We were not aware of the listing.", actor=as_actor(company.person)
        )
    with transaction():
        chair = boards.acting_chair_for(application.case_key) or session_chair_of_board()
        declare_none(chair, application.case_key)
        assessment.confirm_finding(draft_finding, reason="The director is the person listed.", actor=get_actor(chair))
    jobs.run_due()


def session_chair_of_board() -> Person:
    """Return the chair of the Board."""
    chair = boards.chair_of(boards.get_body(BodyKind.BOARD))
    if chair is None:
        raise LookupError("The Board has no chair.")
    return chair


def representative(application: Application) -> Person:
    """Return who signs for the company."""
    return get_person(application.organisation.registered_by_id)
